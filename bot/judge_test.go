package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

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
	if n := strings.Count(string(checked.Blocks), `"For `); n != 5 {
		t.Errorf("%d prospects as buttons, want 5", n)
	}
	k.got(k.p.Choose(checked, "judge:whom", "#1 Jane Doe, Acme")).sees("email to Jane Doe, Acme, 26 words")
	k.presses("Check as LinkedIn message").sees("LinkedIn message to Jane Doe, Acme")
	k.presses("Check as email").sees("email to Jane Doe, Acme")
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
	k.presses("For Jane Doe, Acme").sees("email to Jane Doe, Acme, 520 words")
}

const longDraft = "Jane, new hub and new carriers bring invoices that nobody looks at twice. "

// A draft too long for a button is kept, so that the buttons work all the same,
// wherever it was typed.
func TestALongDraftBySlashCommandCanBeLogged(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	long := strings.TrimSpace(strings.Repeat(longDraft, 40))
	there := &talk{t: t, w: k.w, p: k.p.In("C00000001")}                    // an answer for Ada's eyes only
	there.types("check " + long).sees("email to Jane Doe, Acme, 520 words") // the greeting names her, and stays
	there.presses("Check as LinkedIn message").sees("LinkedIn message to Jane Doe, Acme, 520 words")
	there.presses("Log it").sees("Logged: LinkedIn message to Jane Doe, Acme.")
	if p := k.life(1); len(p.Touches) != 1 || p.Touches[0].Text != long {
		t.Fatalf("logged %d touches", len(p.Touches))
	}
	there.types("check Dear Jane: " + long).sees("email, 522 words")
	for i := range keptDrafts {
		k.types(fmt.Sprintf("check Draft %d: %s", i, long)).sees("email, 522 words")
	}
	there.presses("Check as LinkedIn message").sees("only your last few long drafts")
}

// The check form goes on in its own window: another channel, somebody else,
// logged with Undo.
func TestTheCheckWindowLogs(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("check")
	k.got(k.p.Fill("Your draft", strings.Repeat(longDraft, 38))).got(k.p.Fill("channel", "Email")).got(k.p.Submit()).sees("email, 494 words", "For Jane Doe, Acme")
	k.got(k.p.ViewClick("For Jane Doe, Acme")).sees("email to Jane Doe, Acme")
	k.got(k.p.ViewClick("Check as LinkedIn message")).sees("LinkedIn message to Jane Doe, Acme")
	k.w.move(k.w.now().Add(time.Second))
	k.got(k.p.ViewClick("Log it")).sees("Logged: LinkedIn message to Jane Doe, Acme.", "Undo")
	if p := k.life(1); len(p.Touches) != 1 {
		t.Fatalf("%d touches", len(p.Touches))
	}
	k.w.move(k.w.now().Add(time.Second))
	k.got(k.p.ViewClick("Undo")).sees("Taken back")
	k.types("check email 1 Just checking in.")
	k.got(k.p.ClearViews())
	k.types("check")
	k.got(k.p.Fill("Your draft", pasted)).got(k.p.Fill("channel", "Email")).got(k.p.Fill("prospect", "1")).got(k.p.Submit()).sees("email to Jane Doe, Acme")
	k.w.move(k.w.now().Add(time.Second))
	k.got(k.p.ViewClick("Another angle")).sees("is in our DM")
	if !k.hears("Jane Doe, Acme: ") {
		t.Errorf("no other angle in the DM:\n%s", inDMText(k, "ada"))
	}
}

// What a talk logged by the form asks for comes in the DM: what came of it.
func TestTheLogFormGoesOnInTheDM(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("log")
	k.got(k.p.Fill("prospect", "1")).got(k.p.Fill("channel", "Call")).got(k.p.Fill("What came of it?", "Spoke with them")).got(k.p.Submit())
	k.sees("Logged: talk with Jane Doe, Acme.", "in our DM I ask what came of it")
	k.finds("What came of")
}

// A voicemail of the coach's own, checked and logged in the window, brings its
// email along (H2).
func TestH2_AVoicemailLoggedInTheCheckWindowBringsItsEmail(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	c, err := k.w.bot.open(t.Context(), k.turn(), 1)
	if err != nil {
		t.Fatal(err)
	}
	for c.Advise().Suggestion.Voicemail == "" {
		k.types("log 1 email outcome:sent")
		k.w.move(k.w.now().AddDate(0, 0, 14))
		if c, err = k.w.bot.open(t.Context(), k.turn(), 1); err != nil {
			t.Fatal(err)
		}
	}
	s := c.Advise().Suggestion
	touch := coach.Touch{Channel: s.Channel, Angle: s.Angle, Variant: s.Variant, Uses: s.Uses, Outcome: coach.OutcomeLeft, Text: s.Voicemail}
	d, err := k.w.bot.logTouch(t.Context(), k.turn(), 1, touch)
	if err != nil {
		t.Fatal(err)
	}
	r := k.w.bot.loggedInWindow(k.turn(), d, touch)
	if !strings.Contains(r.Text, "says an email is coming") || !r.ToDM {
		t.Errorf("in the DM: %q", r.Text)
	}
}
