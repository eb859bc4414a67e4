package storage

import (
	"database/sql"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

func TestCopyMovesEverythingBetweenEngines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, to int }{{0, 1}, {1, 0}, {0, 0}} {
		t.Run(engines[c.from].name+" to "+engines[c.to].name, func(t *testing.T) {
			t.Parallel()
			a, b := newWorld(t, engines[c.from]), newWorld(t, engines[c.to])
			id := a.add(jane())
			gone := a.add(jane())
			_, err := a.undo(0)
			a.must(err)
			a.must(a.SaveRep(a.ctx, RepRow{Rep: coach.Rep{ID: "UADA", Paused: true}, NextNudge: monday}))
			a.queue("k")
			a.must(a.SetMeta(a.ctx, "workspace", "T1"))
			a.change("Renamed", func(tx *Tx) error {
				p, err := tx.Prospect(id)
				p.Name = "New"
				return err
			})
			n, err := Copy(a.ctx, a.Store, b.Store)
			if err != nil || n < 10 {
				t.Fatalf("%d rows, %v", n, err)
			}
			if x, y := asJSON(t, a.life(id)), asJSON(t, b.life(id)); x != y {
				t.Errorf("from %s\nto   %s", x, y)
			}
			if _, err := b.undo(0); err != nil || b.life(id).Name != jane().Name {
				t.Errorf("undo after the move: %v", err)
			}
			if next := b.add(jane()); next <= gone {
				t.Errorf("the number %d came again as %d", gone, next)
			}
			if r, err := b.Rep(b.ctx, "UADA"); err != nil || !r.Paused || !r.NextNudge.Equal(monday) {
				t.Errorf("rep: %+v, %v", r, err)
			}
			_, err = Copy(a.ctx, a.Store, b.Store)
			b.wantProblem(err, "not empty")
		})
	}
}

var skipTrials = []trial{
	{"after a restore nothing of the past is said", func(t *testing.T, w *world) {
		w.queue("k1", "k2")
		m := w.claimOne()
		if ok, err := w.Sending(w.ctx, m); !ok || err != nil {
			t.Fatal(err)
		}
		hours := map[string]time.Duration{"U1": -time.Hour, "U2": -49 * time.Hour, "U3": time.Hour, "U4": 0}
		for id, h := range hours {
			w.must(w.SaveRep(w.ctx, RepRow{Rep: coach.Rep{ID: id}, NextNudge: w.now.Add(h)}))
		}
		w.must(w.SetSlot(w.ctx, "weekly", w.now.Add(-time.Hour)))
		w.must(w.SkipTo(w.ctx, w.now))
		if st, err := w.OutboxStats(w.ctx); err != nil || st.Counts[Dropped] != 2 || len(st.Counts) != 1 {
			t.Errorf("%+v, %v", st, err)
		}
		if ok, err := w.Fire(w.ctx, "weekly", w.now.Add(-time.Minute), nil); ok || err != nil {
			t.Errorf("a past slot fired: %v, %v", ok, err)
		}
		for id, want := range map[string]time.Duration{"U1": 23 * time.Hour, "U2": 23 * time.Hour, "U3": time.Hour, "U4": 24 * time.Hour} {
			if r, err := w.Rep(w.ctx, id); err != nil || !r.NextNudge.Equal(w.now.Add(want)) {
				t.Errorf("%s: %v, %v", id, r.NextNudge.Sub(w.now), err)
			}
		}
	}},
}

func TestCopyKnowsEveryTable(t *testing.T) {
	t.Parallel()
	w := newWorld(t, engines[0])
	known := map[string]bool{"leases": true, "goose_db_version": true}
	for _, t := range tables {
		known[t.name] = true
	}
	w.must(w.read(w.ctx, "listing tables", func(q querier) error {
		return q.each("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", nil, func(rows *sql.Rows) error {
			var name string
			err := rows.Scan(&name)
			if !known[name] {
				t.Errorf("table %s would be left behind", name)
			}
			return err
		})
	}))
}
