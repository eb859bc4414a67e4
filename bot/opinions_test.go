package bot

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// A list says of everybody what the coach says now, whatever was remembered:
// after each thing that can change a word, a bot that remembers and one that
// never looked before say the same.
func TestAListRemembersWithoutGoingStale(t *testing.T) {
	t.Parallel()
	k := newTalk(t, time.Date(2026, 3, 2, 9, 0, 0, 0, berlin(t)))
	for i := range 12 {
		k.types(fmt.Sprintf("add Jane Doe%c, Acme %d, CFO email:jane%d@acme.test", 'a'+i, i, i))
	}
	ctx, seen := context.Background(), map[coach.Hint]bool{}
	same := func(after string) {
		t.Helper()
		row, err := k.w.store.Rep(ctx, "U1")
		if err != nil {
			t.Fatal(err)
		}
		q := storage.ListQuery{Owner: "U1", OrderDue: true}
		lines, page, err := k.w.bot.standing(ctx, row, q, k.w.now())
		if err != nil || page.Total != len(lines) || len(lines) == 0 {
			t.Fatalf("after %s: %d of %d lines, %v", after, len(lines), page.Total, err)
		}
		lives, err := k.w.store.Full(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		cases, err := k.w.bot.cases(ctx, k.w.bot.rep(row), k.w.now(), lives)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range cases {
			want := c.Hint()
			want.Angle = ""
			if lines[i].ID != c.Prospect.ID || lines[i].Hint != want || lines[i].Meeting != c.Prospect.NextMeeting {
				t.Errorf("after %s: %+v, the coach says %+v", after, lines[i], want)
			}
			seen[want] = true
		}
	}
	same("the beginning")
	same("nothing")
	for _, line := range []string{
		"log 1 email homework", "note 2 research: opened a hub in Leipzig", "nugget add outcome: cut invoice errors by a third", "snooze 3 next fri",
		"undo", "away 4 until fri", "replied 5 meeting fri", "met 6 next fri", "log 2 call", "undo", "move-on 7 never", "situation 8 proposal", "undo", "skip 9 not-now",
	} {
		k.types(line)
		same(line)
		same(line + ", again")
		k.w.move(k.w.now().Add(time.Minute))
	}
	if err := k.w.store.UpdateRep(ctx, "U1", func(r *storage.RepRow) error { r.WorkingDays = coach.MonToFri &^ 1 &^ 2; return nil }); err != nil {
		t.Fatal(err)
	}
	same("other working days")
	for range 12 {
		k.w.move(k.w.now().AddDate(0, 0, 1))
		same("a day")
	}
	if len(seen) < 12 {
		t.Errorf("only %d different words", len(seen))
	}
}

// What is remembered is not worked out again.
func TestAListAskedForAgainNeedsNoLives(t *testing.T) {
	t.Parallel()
	w, rep := newOpinions(), &coach.Rep{ID: "U1", Zone: time.UTC}
	pb, row := &coach.Playbook{}, storage.Row{ID: 7, Stamp: 3}
	ground := w.ground(rep, nil)
	said := opinion{coach.Hint{Attempts: 2, PlanLength: 6, Due: 20000, OverdueDays: 3, Verdict: coach.LastTries, Until: 20003, Channel: coach.LinkedIn}, 20001}
	w.learn(pb, ground, 19999, row, said)
	if got, ok := w.recall(pb, ground, 19999, row); !ok || got != said {
		t.Errorf("recalled %+v, %v", got, ok)
	}
	for name, other := range map[string]func() (opinion, bool){
		"another life": func() (opinion, bool) { return w.recall(pb, ground, 19999, storage.Row{ID: 7, Stamp: 4}) },
		"another prospect": func() (opinion, bool) {
			return w.recall(pb, ground, 19999, storage.Row{ID: 7 + opinionSlots, Stamp: 3})
		},
		"another day": func() (opinion, bool) { return w.recall(pb, ground, 20000, row) },
		"other nuggets": func() (opinion, bool) {
			return w.recall(pb, w.ground(rep, []coach.Nugget{{ID: 1, Text: "x"}}), 19999, row)
		},
		"another playbook": func() (opinion, bool) { return w.recall(&coach.Playbook{}, ground, 19999, row) },
	} {
		if got, ok := other(); ok {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// Whoever is at work finds the coach's words on the first page of their list
// worked out; a rep who is off does not cost anything.
func TestTheDaysListsAreLookedAtBefore(t *testing.T) {
	t.Parallel()
	k := newTalk(t, time.Date(2026, 3, 2, 9, 0, 0, 0, berlin(t)))
	for i := range 12 {
		k.types(fmt.Sprintf("add Jane Doe%c, Acme %d, CFO email:jane%d@acme.test", 'a'+i, i, i))
	}
	ctx := context.Background()
	unknown := func() (n int) {
		t.Helper()
		row, err := k.w.store.Rep(ctx, "U1")
		if err != nil {
			t.Fatal(err)
		}
		day := coach.DateOf(k.w.now().In(row.Zone))
		_, err = k.w.store.Page(ctx, listQuery("U1", "", "", day, 1), func(p storage.Page) []int64 {
			ground := k.w.bot.opinions.ground(k.w.bot.rep(row), p.Nuggets)
			for _, r := range p.Rows {
				if _, ok := k.w.bot.opinions.recall(k.w.bot.Playbook(), ground, day, r); !ok {
					n++
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, c := range []struct {
		what string
		at   time.Time
		want int
	}{
		{"before", k.w.now(), 10},
		{"before work", time.Date(2026, 3, 3, 5, 0, 0, 0, berlin(t)), 10},
		{"at work", time.Date(2026, 3, 3, 10, 0, 0, 0, berlin(t)), 0},
		{"on Sunday", time.Date(2026, 3, 8, 10, 0, 0, 0, berlin(t)), 10},
	} {
		k.w.move(c.at)
		if c.what != "before" {
			if err := k.w.bot.lookAhead(ctx); err != nil {
				t.Fatal(err)
			}
		}
		if n := unknown(); n != c.want {
			t.Errorf("%s: %d words have to be worked out, want %d", c.what, n, c.want)
		}
	}
}

// The first beat may still look ahead when the second comes.
func TestTwoBeatsLookAheadSideBySide(t *testing.T) {
	t.Parallel()
	k := newTalk(t, time.Date(2026, 3, 2, 9, 0, 0, 0, berlin(t)))
	for i := range 3 {
		k.types(fmt.Sprintf("add Jane Doe%c, Acme %d, CFO email:jane%d@acme.test", 'a'+i, i, i))
	}
	var beats sync.WaitGroup
	for range 4 {
		beats.Go(func() {
			if err := k.w.bot.lookAhead(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	beats.Wait()
}
