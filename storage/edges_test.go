package storage

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// TestEdges are faults that somebody looking for them has found.
func TestEdges(t *testing.T) {
	t.Parallel()
	for _, e := range engines {
		for _, c := range edgeTrials {
			t.Run(e.name+" "+c.name, func(t *testing.T) {
				t.Parallel()
				c.run(t, newWorld(t, e))
			})
		}
	}
}

var edgeTrials = []trial{
	{"two changes that wait for each other are both made", func(t *testing.T, w *world) {
		a, b := w.add(jane()), w.add(jane())
		// SQLite has one writer: there the second one begins after the first.
		both := func() {}
		if w.e.name == "postgres" {
			var calls atomic.Int32
			var met sync.WaitGroup
			met.Add(2)
			both = func() { // each holds its first; the one that is made again waits no more
				if calls.Add(1) <= 2 {
					met.Done()
					met.Wait()
				}
			}
		}
		var wg sync.WaitGroup
		for _, order := range [][2]int64{{a, b}, {b, a}} {
			wg.Go(func() {
				_, err := w.Change(w.ctx, Change{Rep: "UADA", Label: "both", At: w.now}, func(tx *Tx) error {
					p, err := tx.Prospect(order[0])
					if err != nil {
						return err
					}
					p.Warned++
					both()
					if p, err = tx.Prospect(order[1]); err == nil {
						p.Warned++
					}
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for _, id := range []int64{a, b} {
			if got := w.life(id).Warned; got != jane().Warned+2 {
				t.Errorf("%d: changed %d times", id, got-jane().Warned)
			}
		}
	}},
	{"who was met a moment ago is not met anew", func(t *testing.T, w *world) {
		w.must(w.AddRep(w.ctx, RepRow{Rep: coach.Rep{ID: "UADA"}, DM: "D1", Welcomed: true}))
		if err := w.AddRep(w.ctx, RepRow{Rep: coach.Rep{ID: "UADA"}}); !errors.Is(err, ErrConflict) {
			t.Errorf("added twice: %v", err)
		}
		if r, err := w.Rep(w.ctx, "UADA"); err != nil || r.DM != "D1" || !r.Welcomed {
			t.Errorf("overwritten: %+v, %v", r, err)
		}
	}},
	{"what changed nothing keeps no words, which forget would not find", func(t *testing.T, w *world) {
		id := w.add(jane())
		w.change("Edited Secretword and saved it as it was", func(tx *Tx) error { _, err := tx.Prospect(id); return err })
		if dump := w.dump("changes"); strings.Contains(dump, "Secretword") {
			t.Errorf("still known: %s", dump)
		}
	}},
	{"undo tells nobody what a colleague does with what is theirs now", func(t *testing.T, w *world) {
		id := w.add(jane())
		noted := w.change("noted something", func(tx *Tx) error {
			p, err := tx.Prospect(id)
			p.Title = "CEO"
			return err
		})
		for _, step := range []struct{ rep, label, owner, says string }{
			{"UMAX", "handed Jane to Eve", "UEVE", "somebody else changed it"},
			{"UEVE", "won Jane", "UEVE", "somebody else changed it"},
			{"UMAX", "handed Jane back", "UADA", "handed Jane back"},
		} {
			_, err := w.Change(w.ctx, Change{Rep: step.rep, Label: step.label, At: w.now}, func(tx *Tx) error {
				p, err := tx.Prospect(id)
				p.Owner, p.Warned = step.owner, p.Warned+1
				return err
			})
			w.must(err)
			var problem coach.Problem
			_, err = w.Undo(w.ctx, Change{Rep: "UADA", At: w.now}, noted)
			if !errors.As(err, &problem) || !strings.HasSuffix(err.Error(), "What happened since: "+step.says) {
				t.Errorf("after %q: %v", step.label, err)
			}
		}
	}},
	{"an import that meets a prospect in two steps is one change with one image", func(t *testing.T, w *world) {
		id := w.add(jane())
		imp, err := w.Import(w.ctx, Change{Rep: "UADA", Label: "import", At: w.now})
		w.must(err)
		for range 2 {
			w.must(imp.Merge(w.ctx, []int64{id}, func(_ *Tx, p *coach.Prospect) error { p.Title += "!"; return nil }))
		}
		done, err := imp.Finish(w.ctx, nil)
		w.must(err)
		if got := w.life(id).Title; got != "CFO!!" {
			t.Errorf("merged to %q", got)
		}
		if _, err = w.Undo(w.ctx, Change{Rep: "UADA", At: w.now}, done.ID); err != nil || w.life(id).Title != "CFO" {
			t.Errorf("taken back to %q, %v", w.life(id).Title, err)
		}
	}},
	{"somebody is looked for by a thousand words, or by one without an end", func(t *testing.T, w *world) {
		w.add(jane())
		for _, name := range []string{strings.Repeat("jane ", 1500), strings.Repeat("a-", 1500), strings.Repeat("x", 70_000)} {
			rs, err := w.Find(w.ctx, "UADA", name)
			many, _, ferr := w.FindRun(w.ctx, "UADA", strings.Fields(name))
			if err != nil || ferr != nil || len(many) > 1 || len(rs) > 1 {
				t.Errorf("%.20s…: %d, %v; %d, %v", name, len(rs), err, len(many), ferr)
			}
		}
	}},
	{"V5 who is being added while they ask not to be contacted is found there", func(t *testing.T, w *world) {
		wish, looked, seen := []byte{1, 2, 3}, make(chan struct{}), make(chan int, 1)
		var asking sync.WaitGroup
		w.change("added Jane", func(tx *Tx) error {
			if on, err := tx.IsNeverContact(wish); err != nil || on {
				t.Fatal(on, err)
			}
			asking.Go(func() {
				close(looked)
				_, err := w.Change(w.ctx, Change{Rep: "UMAX", At: w.now}, func(tx *Tx) error {
					if err := tx.NeverContact(wish); err != nil {
						return err
					}
					rs, err := w.Duplicates(w.ctx, jane())
					seen <- len(rs)
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
			<-looked
			select { // what could be done already, would be by now
			case n := <-seen:
				seen <- n
			case <-time.After(200 * time.Millisecond):
			}
			p := jane()
			p.NeverContact = false
			return tx.Add(&p)
		})
		asking.Wait()
		if n := <-seen; n != 1 {
			t.Errorf("%d found", n)
		}
	}},
}
