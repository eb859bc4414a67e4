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

// V5: a switchboard's number is nobody's own. Who asked behind one is told by
// it and the name together; the colleagues whom it leads to are left alone.
func TestV5_ASwitchboardStopsNobodyElse(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	eve := k.as("eve")
	const central = " phone:+49 341 5550110 line:switchboard starts:today"
	k.types("add Jane Doe, Acme" + central)
	k.types("add Bob Ray, Acme" + central).sees("Added #2")
	eve.types("add Ann Lee, Acme" + central).sees("Added #3")
	eve.types("add Tom Fox, Acme phone:+49 341 5550110 starts:today").sees("Added #4")
	eve.types("add Jane Doe, Acme" + central).sees("already").presses("Add all the same")
	k.types("replied 1 dnc").sees("asked not to be contacted")
	for id, want := range map[int64]bool{1: true, 2: false, 3: false, 4: false, 5: true} {
		if p := k.life(id); p.NeverContact != want || want != (p.State == coach.Stopped) {
			t.Errorf("%s (#%d): never %v, %s", p.Name, id, p.NeverContact, p.State)
		}
	}
	k.types("add Kim Poe, Acme" + central).sees("Added #6")
	k.types("forget 1").presses("Forget for good")
	eve.types("forget 5").presses("Forget for good")
	k.types("add Jane Doe, Acme GmbH" + central).sees("asked not to be contacted")
	k.types("add Jane Doe, Acme phone:+49 341 5550110").sees("asked not to be contacted")
}

// V5: nobody who asked is worked on again by way of another kind of line.
func TestV5_ALineThatBecomesTheirOwnIsLookedAt(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types("add Jane Doe, Acme phone:+49 341 5550110 starts:today")
	k.types("replied 1 dnc")
	k.types("add Bob Ray, Acme phone:+49 341 5550110 line:switchboard").sees("Added #2")
	k.types("edit 2")
	k.got(k.p.Fill("Kind of line", "Direct")).got(k.p.Submit())
	if len(k.last.Errors) != 1 || k.life(2).Line != coach.Switchboard {
		t.Errorf("errors %v, line %s", k.last.Errors, k.life(2).Line)
	}
}
