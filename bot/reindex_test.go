package bot

import (
	"context"
	"maps"
	"sync/atomic"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// C8: a table that the team edited moves what is due, at the next minute.
func TestC8_DueDaysFollowAnEditedTable(t *testing.T) {
	t.Parallel()
	var pb atomic.Pointer[coach.Playbook]
	w := newWorld(t, monday(t, 10, 0), func(c *Config) {
		pb.Store(c.Playbook())
		c.Playbook = pb.Load
	}, nil)
	k := &talk{t: t, w: w, p: w.slack.Person("ada")}
	k.types(addJane)
	k.types("log 1 email homework Jane, new hub, new carriers: who checks their invoices?")
	w.tick(monday(t, 10, 1))
	before := k.life(1).Due
	edited := *pb.Load()
	edited.Cadence = coach.Table{}
	for p, rows := range pb.Load().Cadence {
		edited.Cadence[p] = map[coach.Urgency]map[coach.Level]int{}
		for u, row := range rows {
			edited.Cadence[p][u] = maps.Clone(row)
			for l := range row {
				edited.Cadence[p][u][l] = 30
			}
		}
	}
	pb.Store(&edited)
	w.tick(monday(t, 10, 2))
	if after := k.life(1).Due; after <= before || after.String() != "2026-04-01" {
		t.Errorf("due %s, before %s", after, before)
	}
	k.types("undo").sees("Taken back: email")
}

// C8: a title rule that the team edited moves what is due too: the level sets
// the gap.
func TestC8_DueDaysFollowAnEditedTitle(t *testing.T) {
	t.Parallel()
	var pb atomic.Pointer[coach.Playbook]
	w := newWorld(t, monday(t, 10, 0), func(c *Config) {
		pb.Store(c.Playbook())
		c.Playbook = pb.Load
	}, nil)
	k := &talk{t: t, w: w, p: w.slack.Person("ada")}
	k.types(addJane)
	k.types("log 1 email homework Jane, new hub, new carriers: who checks their invoices?")
	w.tick(monday(t, 10, 1))
	before := k.life(1).Due
	edited := *pb.Load()
	edited.Titles = append([]coach.TitleRule{{Level: coach.IC, Any: []string{"cfo"}}}, edited.Titles...)
	pb.Store(edited.Prepare())
	w.tick(monday(t, 10, 2))
	if after := k.life(1).Due; after >= before {
		t.Errorf("a CFO who counts as the lowest level is due %s, before %s", after, before)
	}
}

// C8: what rewrites due days weighs the nuggets as a card does. Where a nugget
// is all there is to say, the last tries have not begun, which would take
// longer.
func TestC8_RewrittenDueDaysAreThoseOfTheCard(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 10, 0), nil, nil)
	k := &talk{t: t, w: w, p: w.slack.Person("ada")}
	k.types("nugget add outcome: cut invoice errors by a third")
	k.types("add Jane Doe, Acme, Clerk email:jane@acme.test phone:+49 341 1234567 level:ic urgency:high purchase:commodity situation:blown-off starts:today")
	k.types("log 1 email what_changed Jane, what changed on your side since May?")
	card := k.life(1).Due
	same := func(after string) {
		t.Helper()
		if due := k.life(1).Due; due != card {
			t.Errorf("%s: due %s, want %s as on the card", after, due, card)
		}
	}
	k.types("settings").fills("Days off", "24 December").got(k.p.Submit())
	same("after settings")
	k.types("undo").sees("Taken back")
	same("after their undo")
	k.types("snooze 1 tomorrow")
	k.types("undo").sees("Taken back")
	same("after an undo")
	k.types("snooze 1 tomorrow")
	w.tick(monday(t, 9, 0).AddDate(0, 0, 1))
	if due := k.life(1).Due; due != card {
		t.Errorf("awake again: due %s, want %s", due, card)
	}
}

// C8: settings that were saved and undone by a process that died right after
// move what is due at the next beat, before anybody is told of it.
func TestC8_DueDaysFollowACalendarThatAProcessDiedOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 10, 0), nil, nil)
	k := &talk{t: t, w: w, p: w.slack.Person("ada")}
	k.types(addJane)
	due := k.life(1).Due
	ctx := context.Background()
	// The save alone, as changeRep makes it; then nothing more.
	off := coach.Span{From: due, To: due + 1}
	d, err := w.store.Change(ctx, storage.Change{Rep: "U1", Label: "changed the settings", At: w.now()}, func(tx *storage.Tx) error {
		r, err := tx.Rep("U1")
		if err == nil {
			r.DaysOff = []coach.Span{off}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	w.tick(monday(t, 10, 1))
	if after := k.life(1).Due; after <= off.To {
		t.Errorf("after days off were saved: due %s, which is off", after)
	}
	if _, err := w.store.Undo(ctx, storage.Change{Rep: "U1", At: w.now()}, d.ID); err != nil {
		t.Fatal(err)
	}
	w.tick(monday(t, 10, 2))
	if after := k.life(1).Due; after != due {
		t.Errorf("after they were undone: due %s, was %s", after, due)
	}
	if owed, err := w.store.Debts(ctx); err != nil || len(owed) != 0 {
		t.Errorf("still owed: %v, %v", owed, err)
	}
	// What is done to the end leaves nothing to do.
	k.types("settings").fills("Days off", "9 March").got(k.p.Submit())
	k.types("undo").sees("Taken back")
	before := k.life(1).Due
	k.types("pause until 30 March")
	if after := k.life(1).Due; after <= before {
		t.Errorf("in a pause: due %s, before it %s", after, before)
	}
	k.types("undo").sees("Taken back")
	if owed, err := w.store.Debts(ctx); err != nil || len(owed) != 0 {
		t.Errorf("owed after settings and undo: %v, %v", owed, err)
	}
}
