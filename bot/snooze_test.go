package bot

import (
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// C12: who has answered is not put aside but asked about on that day, and the
// day is said wherever it was chosen: typed, in the window, by a button.
func TestC12_WhoAnsweredIsAskedAboutOnTheDayThatWasChosen(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("replied jane interested")
	asked := func(day string) {
		t.Helper()
		if p := k.life(1); p.State != coach.Engaged || p.NextAsk.String() != day {
			t.Errorf("state %s, asked about %s, want %s", p.State, p.NextAsk, day)
		}
	}
	k.types("snooze jane fri").sees("Jane Doe, Acme answered: I ask again what came of it Fri 6 March 2026.")
	asked("2026-03-06")
	k.types("snooze 1").got(k.p.Fill("Or another day", "20 March")).got(k.p.Submit()).sees("I ask again what came of it Fri 20 March 2026.")
	asked("2026-03-20")
	k.p.ClearViews()
	k.types("note jane said: call me in May").presses("Snooze until Fri 1 May").sees("I ask again what came of it Fri 1 May 2026.")
	asked("2026-05-01")
	k.types("undo").sees("Taken back: put off asking about Jane Doe, Acme until Fri 1 May 2026.")
	asked("2026-03-20")
}
