package bot

import (
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// A kind is a whole word, or shortened before its colon: a nugget may begin
// with any word, and the answer says what was kept.
func TestANuggetKeepsItsFirstWord(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]coach.Nugget{
		"outcome: cut errors by a third":  {Kind: coach.NuggetOutcome, Text: "cut errors by a third"},
		"out: cut errors by a third":      {Kind: coach.NuggetOutcome, Text: "cut errors by a third"},
		"Story Kohler saved a day a week": {Kind: coach.NuggetStory, Text: "Kohler saved a day a week"},
		`issue:"late carriers"`:           {Kind: coach.NuggetIssue, Text: "late carriers"},
	} {
		k := newTalk(t, monday(t, 10, 0))
		k.types("nugget add "+said).sees("Added for the whole team:", string(want.Kind)+" “"+want.Text+"”")
		if all, err := k.w.store.Nuggets(t.Context()); err != nil || len(all) != 1 || all[0].Kind != want.Kind || all[0].Text != want.Text {
			t.Errorf("%q: %+v, %v", said, all, err)
		}
	}
	for _, said := range []string{"I cut errors by a third", "out of 40 invoices one was wrong", `"issue tracking cost them weeks"`} {
		k := newTalk(t, monday(t, 10, 0))
		k.types("nugget add "+said).sees("what is it?", "Nothing is added yet.").presses("A story")
		text := readLine(said).rest()
		if all, err := k.w.store.Nuggets(t.Context()); err != nil || len(all) != 1 || all[0].Kind != coach.NuggetStory || all[0].Text != text {
			t.Errorf("%q: %+v, %v", said, all, err)
		}
	}
}
