package bot

import (
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// Somebody who quotes what they heard sees it quoted once, wherever it comes back.
func TestANoteInQuotesIsQuotedOnce(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	for line, want := range map[string]string{
		"note 1 said: “customs costs us two days a week”": "They said: “customs costs us two days a week”.",
		`note 1 research: "moved to Halle".`:              "Research: “moved to Halle”.",
		"note 1 gatekeeper: „Ana, try before 9“":          "Gatekeeper: “Ana, try before 9”.",
	} {
		if k.types(line).sees(want); strings.Contains(k.said(), `"`) {
			t.Errorf("%s: quoted twice: %s", line, k.said())
		}
	}
	if p := k.life(1); p.Gatekeeper.Name != "Ana" || p.Gatekeeper.BestTime == "" {
		t.Errorf("%+v", p.Gatekeeper)
	}
}

// Somebody met whom nobody knows yet can be added.
func TestMeetingSomebodyNewOffersToAddThem(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types("met Clara Bauer at the fair").sees("None of your prospects is called “Clara Bauer”. Shall I add them").presses("Open the form")
	k.got(k.p.Fill("Company", "Rheinfracht")).got(k.p.Submit()).sees("Added #1 Clara Bauer, Rheinfracht.")
	if p := k.life(1); p.Situation() != coach.Met {
		t.Errorf("%+v", p)
	}
	k.types("met clara at the fair")
	if strings.Contains(k.said(), "Shall I add") {
		t.Error("Clara is known by now")
	}
	k.types("met bob at the fair").sees("None of your prospects is called “bob”")
}
