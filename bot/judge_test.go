package bot

import (
	"fmt"
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

const pasted = "Jane, new hub, new carriers: who checks their invoices? A forwarder your size found that a third were wrong in one quarter, and told me how."

// A pasted draft is checked for whom and for which channel a button says, and
// can be logged from there, once.
func TestAPastedDraftIsCheckedForSomebodyAndLogged(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	for i := range 6 {
		k.types(fmt.Sprintf("add P%d Other, Company%d email:p%d@x.test starts:fri", i, i, i)).sees("Added #")
	}
	k.got(k.p.Say("", "help")) // so that the welcome is over
	k.got(k.p.Say("", pasted)).sees("email, 26 words")
	checked := k.last.Shown[len(k.last.Shown)-1]
	if n := strings.Count(string(checked.Blocks), `"To `); n != 5 {
		t.Errorf("%d prospects as buttons, want 5", n)
	}
	k.got(k.p.Choose(checked, "judge:whom", "#1 Jane Doe, Acme")).sees("email to Jane Doe, Acme, 26 words")
	k.presses("As LinkedIn message").sees("LinkedIn message to Jane Doe, Acme")
	k.presses("As email").sees("email to Jane Doe, Acme")
	k.presses("Another angle").sees("Jane Doe, Acme: ")
	k.got(k.p.Click(k.message("", checked.TS), "Log it")).sees("Logged: email to Jane Doe, Acme.")
	if p := k.life(1); len(p.Touches) != 1 || p.Touches[0].Text != pasted || p.Touches[0].Channel != coach.Email {
		t.Errorf("logged %+v", p.Touches)
	}
	k.presses("Undo").sees("Taken back")
}

// The findings point at the words they mean.
func TestFindingsPointAtTheWords(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.got(k.p.Say("", "Hi Jane, I just wanted to check in and see if you had any time this week for a quick call about our leading solution.")).sees("“")
}

// Shorter words that are no command get a line of help and a way to be checked.
func TestShortWordsAreCheckedAllTheSame(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.got(k.p.Say("", "Who checks your invoices, Jane?")).sees("I do not know")
	k.presses("Check it all the same").sees("email, 5 words")
	k.types("Who checks your invoices?")
	if strings.Contains(string(k.last.Shown[0].Blocks), "Check it all") {
		t.Error("a mistyped command is no draft")
	}
}

// A long draft is read again where it stands; one in a thread too.
func TestALongDraftInAThreadIsReadWhereItStands(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	long := strings.Repeat("Jane, new hub and new carriers bring invoices that nobody looks at twice. ", 40)
	k.got(k.p.Say("", "help"))
	root := k.last.Shown[len(k.last.Shown)-1]
	k.got(k.p.SayInThread("", root.TS, long)).sees("email, ")
	k.presses("To Jane Doe, Acme").sees("email to Jane Doe, Acme, 520 words")
}
