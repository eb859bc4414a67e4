package bot

import (
	"strings"
	"testing"
)

const twoJanes = "add Jane Roe, Umbrella phone:+4934198765 starts:today"

// Several of that name are a choice here too; the draft and its channel come
// along. A greeting names nobody for sure and stays in the draft.
func TestACheckForOneOfSeveralAsksWhom(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane).types(twoJanes)
	const draft = "New hub, new carriers: who checks their invoices?"
	k.types("check voicemail jane "+draft).sees("“jane” can be several", "#1 Jane Doe, Acme", "#2 Jane Roe, Umbrella")
	k.presses("#2 Jane Roe, Umbrella").sees("voicemail to Jane Roe, Umbrella, 8 words")
	k.types("check jane").sees("“jane” can be several").presses("#1 Jane Doe, Acme").sees("Check a draft")
	k.got(k.p.ClearViews())
	k.types("check jane, " + draft).sees("email, 9 words")
	k.types("check jane doe " + draft).sees("email to Jane Doe, Acme, 8 words")
}

// Under a card a draft is for the one on the card.
func TestUnderACardADraftIsForTheOneOnIt(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane).types(twoJanes)
	k.got(k.p.Say("", "show 1"))
	card := k.last.Shown[0].TS
	for _, m := range k.last.Shown {
		if strings.Contains(m.Text, "Jane Doe, Acme (#1)") {
			card = m.TS
		}
	}
	under := func(text string) *talk { return k.got(k.p.SayInThread("", card, text)) }
	under("check linkedin New hub, new carriers: who checks their invoices?").sees("LinkedIn message to Jane Doe, Acme, 8 words")
	under("check Jane, new hub, new carriers: who checks their invoices?").sees("email to Jane Doe, Acme, 9 words")
	under("check 2 New hub, new carriers: who checks their invoices?").sees("email to Jane Roe, Umbrella, 8 words")
	under(pasted).sees("email to Jane Doe, Acme, 26 words").presses("Check as voicemail").sees("voicemail to Jane Doe, Acme, 26 words")
	k.as("max").types("assign 1 @eve").sees("Eve")
	under(pasted).sees("email, 26 words") // the card of somebody who is no longer one's own
}
