package storage

import (
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// Reps and nuggets are seen as they are after everything that changes them.
var keptTrials = []trial{
	{"a rep and the nuggets are right after every change", func(t *testing.T, w *world) {
		why := func(want, after string) {
			t.Helper()
			for range 2 {
				if r, err := w.Rep(w.ctx, "UADA"); err != nil || r.Why != want {
					t.Errorf("after %s: %q, want %q, %v", after, r.Why, want, err)
				}
			}
		}
		w.must(w.SaveRep(w.ctx, RepRow{Rep: coach.Rep{ID: "UADA"}}))
		why("", "the beginning")
		w.must(w.UpdateRep(w.ctx, "UADA", func(r *RepRow) error { r.Why = "one"; return nil }))
		why("one", "an update")
		done, err := w.Change(w.ctx, Change{Rep: "UADA", Label: "why", At: monday}, func(tx *Tx) error {
			r, err := tx.Rep("UADA")
			if err == nil {
				r.Why = "two"
			}
			return err
		})
		w.must(err)
		why("two", "a change")
		_, err = w.Undo(w.ctx, Change{Rep: "UADA", Label: "undo", At: monday}, done.ID)
		w.must(err)
		why("one", "its undo")
		own, err := w.Rep(w.ctx, "UADA")
		w.must(err)
		own.DaysOff = append(own.DaysOff, coach.Span{From: 1, To: 2})
		if again, err := w.Rep(w.ctx, "UADA"); err != nil || len(again.DaysOff) != 0 {
			t.Errorf("who asked changed everybody's row: %v, %v", again.DaysOff, err)
		}

		count := func(want int, after string) {
			t.Helper()
			for range 2 {
				if ns, err := w.Nuggets(w.ctx); err != nil || len(ns) != want {
					t.Errorf("after %s: %d nuggets, want %d, %v", after, len(ns), want, err)
				}
			}
		}
		count(0, "the beginning")
		n := coach.Nugget{Kind: coach.NuggetStory, Text: "a story"}
		done, err = w.Change(w.ctx, Change{Rep: "UADA", Label: "a nugget", At: monday}, func(tx *Tx) error { return tx.AddNugget(&n) })
		w.must(err)
		count(1, "adding")
		_, err = w.Undo(w.ctx, Change{Rep: "UADA", Label: "undo", At: monday}, done.ID)
		w.must(err)
		count(0, "the undo")
	}},
}

func TestWrites(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]wrote{
		"SELECT * FROM reps":                                0,
		"BEGIN IMMEDIATE":                                   0,
		"COMMIT":                                            0,
		"UPDATE reps SET why = $2 WHERE id = $1":            wroteReps,
		"DELETE FROM nuggets WHERE id = $1":                 wroteNuggets,
		"UPDATE outbox SET state = 'sending' WHERE id = $1": 0,
		"INSERT INTO replicas (name, sockets, until) VALUES ($1, $2, $3)":  0,
		"INSERT INTO changes (key) VALUES ($1)":                            wroteProspects,
		"UPDATE prospects SET owner = $2 WHERE id IN (SELECT 1 FROM reps)": wroteProspects | wroteReps,
		"INSERT INTO change_items (change_id) VALUES ($1)":                 0,
		"WITH gone AS (SELECT id FROM prospects) DELETE FROM reps":         wroteProspects | wroteReps,
	} {
		if got := writes(text); got != want {
			t.Errorf("%s: %b, want %b", text, got, want)
		}
	}
}
