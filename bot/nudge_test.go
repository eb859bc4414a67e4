package bot

import (
	"context"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// Between the look and the change somebody may be forgotten, handed over or
// begun with; the others' morning goes on without them.
func TestTheMorningGoesOnWithoutWhoIsGone(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	ctx, tomorrow := context.Background(), monday(t, 9, 0).AddDate(0, 0, 1)
	for _, name := range []string{"Ann Gone", "Ben Given", "Cleo Kept"} {
		k.types("add " + name + ", Acme starts:today").sees("Added")
	}
	for _, ref := range []string{"1", "2", "3"} {
		k.types("snooze " + ref + " tomorrow").sees("Snoozed")
	}
	row, err := k.w.store.Rep(ctx, "U1")
	if err != nil {
		t.Fatal(err)
	}
	asleep, _, err := k.w.store.List(ctx, storage.ListQuery{Owner: "U1", States: []coach.State{coach.Snoozed}})
	if err != nil || len(asleep) != 3 {
		t.Fatalf("%v, %v", asleep, err)
	}
	if err := k.w.store.Forget(ctx, storage.Change{Rep: "U1", At: k.w.now()}, 1, nil, nil); err != nil {
		t.Fatal(err)
	}
	k.as("max").types("assign 2 @eve").sees("Eve Other’s now")
	rep := k.w.bot.rep(row)
	asks := []ask{{1, coach.DateOf(monday(t, 9, 0))}, {2, coach.DateOf(monday(t, 9, 0))}}
	var waiting []coach.Case
	for _, r := range asleep {
		waiting = append(waiting, coach.Case{Playbook: k.w.bot.Playbook(), Now: tomorrow, Rep: rep, Prospect: &coach.Prospect{ID: r.ID, Owner: "U1", State: coach.Waiting}})
	}
	_, err = k.w.store.Change(ctx, storage.Change{Key: "a morning", At: tomorrow}, func(tx *storage.Tx) error {
		woken, err := k.w.bot.wakeUp(tx, coach.Case{Playbook: k.w.bot.Playbook(), Now: tomorrow, Rep: rep}, asleep)
		if err != nil || woken != 1 {
			t.Errorf("woken: %d, %v", woken, err)
		}
		if err := k.w.bot.countAsks(tx, rep, asks); err != nil {
			t.Error(err)
		}
		return k.w.bot.letIn(tx, rep, 0, waiting)
	})
	if err != nil {
		t.Fatal(err)
	}
	if p := k.life(3); p.State != coach.Active {
		t.Errorf("Cleo is %s", p.State)
	}
	if p := k.life(2); p.State != coach.Snoozed || p.Owner != "U6" {
		t.Errorf("Ben, Eve’s by now, was woken by Ada's morning: %s", p.State)
	}
}

// A replica that dies right after it planned the nudge takes no reminder of
// that day along: whoever else saw the hour come plans them as well.
func TestC5_TheReminderOutlivesTheReplicaThatPlannedTheNudge(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 8, 40), nil, nil)
	due(t, w, coach.NewDate(2026, 3, 2))
	change(t, w, func(c coach.Case) error {
		c.Prospect.Email = "" // so that the phone leads
		return c.NoteGatekeeper("Ana, try 16:30")
	})
	ctx := context.Background()
	w.move(monday(t, 9, 0))
	row, err := w.store.Rep(ctx, "U1")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := w.store.FireNudges(ctx, storage.NudgePlan{Rep: "U1", Was: row.NextNudge, Next: row.NextNudge.AddDate(0, 0, 1)}); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	plan, err := w.bot.planNudge(ctx, row, w.now()) // the other one, with the row as it was
	if err != nil {
		t.Fatal(err)
	}
	if n, err := w.store.FireNudges(ctx, plan); err != nil || n != 0 {
		t.Fatal(n, err)
	}
	w.tick(monday(t, 16, 30))
	if n := said(w, "good time to call"); n != 1 {
		t.Errorf("reminded %d times: %q", n, inDM(w, "ada"))
	}
}
