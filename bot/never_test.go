package bot

import (
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// V5: who asked not to be contacted is stopped under every rep, told by
// address or phone; the name alone is not enough.
func TestV5_WhoAskedNotToBeContactedIsStoppedUnderEveryRep(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	eve := k.as("eve")
	k.types(addJane)
	eve.types("add J. Doe, Acme Holding email:JANE@acme.test starts:today").sees("already").presses("Add all the same")
	eve.types("add Jane Doe, Acme phone:+49 30 999888 starts:today").sees("already").presses("Add all the same")
	eve.types("add Janey, Acme Two phone:(0049) 341 1234567 starts:today").sees("already").presses("Add all the same")
	k.types("replied 1 dnc").sees("asked not to be contacted")
	for id, want := range map[int64]bool{1: true, 2: true, 3: false, 4: true} {
		p := k.life(id)
		if p.NeverContact != want || want != (p.State == coach.Stopped) || want != (p.Due == 0) {
			t.Errorf("prospect %d: never %v, %s, due %s", id, p.NeverContact, p.State, p.Due)
		}
	}
	// A campaign that was stopped for another's answer earned no reply.
	if c := k.life(2).Campaigns[0]; c.End != coach.EndStopped || c.Attempt != 0 {
		t.Errorf("%+v", c)
	}
	k.w.tick(monday(t, 10, 1))
	eve.finds("J. Doe, Acme Holding (#2) asked not to be contacted.")
	eve.finds("Janey, Acme Two (#4) asked not to be contacted.")
	eve.types("reopen 2").sees("That is final")
	k.types("undo").sees("Taken back")
	if p := k.life(2); p.NeverContact || p.State != coach.Active {
		t.Errorf("after undo: never %v, %s", p.NeverContact, p.State)
	}
}

func TestV5_TakenBackBeforeItWasToldIsNotTold(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 19, 0)) // after hours: what is unasked waits
	eve := k.as("eve")
	k.types(addJane)
	eve.types("add J. Doe, Acme Holding email:jane@acme.test").presses("Add all the same")
	k.types("replied 1 dnc")
	k.types("undo").sees("Taken back")
	k.w.tick(monday(t, 10, 0).AddDate(0, 0, 1))
	if eve.hears("asked not to be contacted") {
		t.Error("told of what was taken back")
	}
}
