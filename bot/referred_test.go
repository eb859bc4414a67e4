package bot

import (
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// V5: a wrong person stops, and the right one is added with what is known of
// the company; what the wrong one said stays theirs.
func TestV5_TheRightPersonIsAddedWithTheHistory(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("note 1 research: hired forty drivers").sees("Noted")
	k.types("note 1 said: onboarding takes six weeks").sees("Noted")
	k.types("replied 1").presses("Wrong person").sees("is the wrong person. Stopped.")
	message := k.last.Shown[len(k.last.Shown)-1]
	k.presses("Add the right person")
	if k.last.View == nil || !strings.Contains(k.said(), "Jane Doe, CFO, named you") {
		t.Fatalf("the form is not filled: %s", k.said())
	}
	k.got(k.p.Fill("Name", "Bo Ek")).got(k.p.Fill("Email", "bo@acme.test")).got(k.p.Submit()).sees("Added #2 Bo Ek, Acme.")
	p := k.life(2)
	var facts []string
	for _, f := range p.Facts {
		facts = append(facts, string(f.Kind)+": "+f.Text)
	}
	got := strings.Join(facts, "; ")
	for _, want := range []string{"research: opened a hub in Leipzig", "research: hired forty drivers", "trigger: Jane Doe, CFO, named you"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
	if strings.Contains(got, "six weeks") || p.Company != "Acme" || p.Industry != "logistics" || p.State != coach.Active {
		t.Errorf("%s: %+v", got, p)
	}
	if now := k.message("", message.TS); !strings.Contains(now.Text, "Added #2 Bo Ek, Acme.") {
		t.Errorf("the message behind says %s", now.Text)
	}
}
