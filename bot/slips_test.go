package bot

import (
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// A slip inside a command gets the nearest word as a button, as one in the
// command's own word does; nothing is done or changed by the question.
func TestASlipInsideACommandIsAButton(t *testing.T) {
	t.Parallel()
	const draft = "Jane, new hub, new carriers: who checks their invoices?"
	for _, c := range []struct{ line, asks, press, sees string }{
		{"list actve", "No prospects with “actve”. Did you mean “active”?", "Yes: active", "1 prospect active"},
		{"list actve acme", "No prospects with “actve acme”. Did you mean “active acme”?", "Yes: active acme", "1 prospect active, with “acme”"},
		{"list snozed", "Did you mean “snoozed”?", "Yes: snoozed", "No prospects snoozed"},
		{"situation jane propsal", "“propsal” is no situation I know. Did you mean “proposal”? Nothing is changed yet.", "Yes: proposal", "Began anew with Jane Doe, Acme: silent after a proposal"},
		{"situation jane blwon off", "Did you mean “blown-off”?", "Yes: blown-off", "Began anew with Jane Doe, Acme: blown off"},
		{"check emial jane " + draft, "“emial”: did you mean “email”? Nothing is checked yet.", "Yes: email", "Jane Doe"},
		{"check voicemial 1 " + draft, "did you mean “voicemail”?", "Yes: voicemail", "Jane Doe"},
	} {
		k := newTalk(t, monday(t, 10, 0))
		k.types(addJane).types(c.line).sees(c.asks)
		if p := k.life(1); len(p.Campaigns) != 1 {
			t.Errorf("%q was done before it was asked", c.line)
		}
		k.presses(c.press).sees(c.sees)
	}
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane).as("max").types("list @ada actve").sees("Ada Weber: no prospects with “actve”. Did you mean “active”?").presses("Yes: active").sees("Ada Weber: 1 prospect active")
}

// What begins with a word like that and can be meant as it stands is left alone.
func TestAWordThatIsMeantIsNoSlip(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane).types("add Al Activ, Beta email:al@beta.test").types("list activ").sees("2 prospects active") // the beginning of a word
	k.types("list wont").sees("No prospects with “wont”").types("list zebra").sees("No prospects with “zebra”")
	if strings.Contains(k.said(), "mean") {
		t.Errorf("zebra is near nothing: %s", k.said())
	}
	k.types("situation jane banana").sees("Which situation?")
	for _, draft := range []string{"Next week Jane opens a hub. Who checks the invoices of the new carriers?", "Mails cost time. Who reads them in your team?"} {
		k.types("check " + draft)
		if strings.Contains(k.said(), "did you mean") {
			t.Errorf("%q is a draft: %s", draft, k.said())
		}
	}
	k.types("check Texts 1 of 3 carriers is late").sees("did you mean").presses("It is the draft")
	if strings.Contains(k.said(), "did you mean") {
		t.Errorf("asked twice: %s", k.said())
	}
	if p := k.life(1); p.Situation() != coach.Cold {
		t.Errorf("situation %s", p.Situation())
	}
}
