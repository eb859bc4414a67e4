package storage

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// stagedTrials are what an import promises beyond showing at once.
var stagedTrials = []trial{
	{"what an import merges has one undo with what it adds", func(t *testing.T, w *world) {
		old := w.add(coach.Prospect{Owner: "UADA", Name: "Old", State: coach.Active})
		before := w.state()
		imp, err := w.Import(w.ctx, Change{Key: "F1", Rep: "UADA", Label: "Imported", At: w.now})
		w.must(err)
		w.must(imp.Add(w.ctx, []*coach.Prospect{{Owner: "UADA", Name: "New", State: coach.Waiting}}))
		title := func(p *coach.Prospect) error { p.Title = "CFO"; return nil }
		w.must(imp.Merge(w.ctx, []int64{old, 999}, title))
		_, err = imp.Finish(w.ctx, nil)
		w.must(err)
		if w.life(old).Title != "CFO" {
			t.Error("not merged")
		}
		_, err = w.Undo(w.ctx, Change{Rep: "UADA", At: w.now}, 0)
		w.must(err)
		if after := w.state(); after != before {
			t.Errorf("after undo: %v", differing(before, after))
		}
	}},
	{"an import that only merges has its undo too", func(t *testing.T, w *world) {
		old := w.add(coach.Prospect{Owner: "UADA", Name: "Old", State: coach.Active})
		imp, err := w.Import(w.ctx, Change{Rep: "UADA", Label: "Imported", At: w.now})
		w.must(err)
		w.must(imp.Merge(w.ctx, []int64{old}, func(p *coach.Prospect) error { p.Title = "CFO"; return nil }))
		done, err := imp.Finish(w.ctx, nil)
		w.must(err)
		_, err = w.Undo(w.ctx, Change{Rep: "UADA", At: w.now}, done.ID)
		if err != nil || w.life(old).Title != "" {
			t.Errorf("undo: %v, title %q", err, w.life(old).Title)
		}
	}},
	{"an import that is given up gives back what it merged", func(t *testing.T, w *world) {
		old := w.add(coach.Prospect{Owner: "UADA", Name: "Old", State: coach.Active})
		kept := w.add(coach.Prospect{Owner: "UADA", Name: "Kept", State: coach.Active})
		before := w.state()
		title := func(p *coach.Prospect) error { p.Title = "CFO"; return nil }
		for _, end := range []func(*Import) error{
			func(imp *Import) error { return imp.Abort(w.ctx) },
			func(*Import) error { _, err := w.Prune(w.ctx, w.now.Add(time.Hour)); return err },
		} {
			imp, err := w.Import(w.ctx, Change{Rep: "UADA", Label: "Imported", At: w.now})
			w.must(err)
			w.must(imp.Add(w.ctx, []*coach.Prospect{{Owner: "UADA", Name: "New", State: coach.Waiting}}))
			w.must(imp.Merge(w.ctx, []int64{old}, title))
			w.must(end(imp))
			if after := w.state(); after != before {
				t.Errorf("not as before: %v", differing(before, after))
			}
		}
		imp, err := w.Import(w.ctx, Change{Rep: "UADA", At: w.now})
		w.must(err)
		w.must(imp.Merge(w.ctx, []int64{kept}, title))
		w.change("Retitled", func(tx *Tx) error {
			p, err := tx.Prospect(kept)
			p.Title = "CTO"
			return err
		})
		w.must(imp.Abort(w.ctx))
		if got := w.life(kept).Title; got != "CTO" {
			t.Errorf("a later change was lost: %q", got)
		}
	}},
	{"an import that was taken back may be made again", func(t *testing.T, w *world) {
		run := func() Done {
			imp, err := w.Import(w.ctx, Change{Key: "F1", Rep: "UADA", Label: "Imported", At: w.now})
			w.must(err)
			w.must(imp.Add(w.ctx, []*coach.Prospect{{Owner: "UADA", Name: "New", State: coach.Waiting}}))
			done, err := imp.Finish(w.ctx, nil)
			w.must(err)
			return done
		}
		first := run()
		if at, err := w.Imported(w.ctx, "F1"); err != nil || !at.Equal(w.now) {
			t.Errorf("imported at %v, %v", at, err)
		}
		if again := run(); !again.Repeated {
			t.Error("the same key twice is not told")
		}
		_, err := w.Undo(w.ctx, Change{Rep: "UADA", At: w.now}, first.ID)
		w.must(err)
		if at, err := w.Imported(w.ctx, "F1"); err != nil || !at.IsZero() {
			t.Errorf("after undo: %v, %v", at, err)
		}
		if again := run(); again.Repeated {
			t.Error("cannot be made again after an undo")
		}
		if _, n, err := w.List(w.ctx, ListQuery{}); n != 1 || err != nil {
			t.Errorf("%d prospects, %v", n, err)
		}
	}},
	{"letting in by the bot does not cost the undo, a person's change does", func(t *testing.T, w *world) {
		imp, err := w.Import(w.ctx, Change{Rep: "UADA", Label: "Imported", At: w.now})
		w.must(err)
		p := &coach.Prospect{Owner: "UADA", Name: "New", State: coach.Waiting}
		w.must(imp.Add(w.ctx, []*coach.Prospect{p}))
		done, err := imp.Finish(w.ctx, nil)
		w.must(err)
		touch := func(rep, title string) {
			_, err := w.Change(w.ctx, Change{Rep: rep, Label: title, At: w.now}, func(tx *Tx) error {
				now, err := tx.Prospect(p.ID)
				now.Title = title
				return err
			})
			w.must(err)
		}
		touch("", "let in")
		touch("UADA", "retitled")
		touch("", "let in again")
		var problem coach.Problem
		if _, err := w.Undo(w.ctx, Change{Rep: "UADA", At: w.now}, done.ID); !errors.As(err, &problem) {
			t.Errorf("a person's work was lost: %v", err)
		}
		imp, err = w.Import(w.ctx, Change{Rep: "UADA", Label: "Imported", At: w.now})
		w.must(err)
		p = &coach.Prospect{Owner: "UADA", Name: "Other", State: coach.Waiting}
		w.must(imp.Add(w.ctx, []*coach.Prospect{p}))
		done, err = imp.Finish(w.ctx, nil)
		w.must(err)
		touch("", "let in")
		if _, err := w.Undo(w.ctx, Change{Rep: "UADA", At: w.now}, done.ID); err != nil {
			t.Errorf("undo after letting in: %v", err)
		}
	}},
	{"matches find the same person across the team, own ones first", func(t *testing.T, w *world) {
		bo := w.add(coach.Prospect{Owner: "UBEN", Name: "Bo Ek", Company: "Acme GmbH", Email: "bo@acme.test", Phone: "+49 341 1234567", State: coach.Active})
		own := w.add(coach.Prospect{Owner: "UADA", Name: "B. Ek", Company: "Acme", Email: "BO@acme.test", State: coach.Active})
		desk := w.add(coach.Prospect{Owner: "UADA", Name: "Cy", Company: "Beta", Phone: "030 7654321", Line: coach.Switchboard, State: coach.Active})
		for _, c := range []struct {
			p    coach.Prospect
			want []int64
		}{
			{coach.Prospect{Name: "X", Company: "Y", Email: "bo@ACME.test"}, []int64{own, bo}},
			{coach.Prospect{Name: "bö ek", Company: "ACME"}, []int64{bo}},
			{coach.Prospect{Name: "Somebody", Company: "Z", Phone: "0341 1234567"}, []int64{bo}},
			{coach.Prospect{Name: "Somebody", Company: "Z", Phone: "0341 1234567", Email: "other@acme.test"}, nil},
			{coach.Prospect{Name: "Di", Company: "Beta", Phone: "+49 30 7654321"}, nil},
			{coach.Prospect{Name: "CY", Company: "beta", Phone: "+49 30 7654321"}, []int64{desk}},
			{coach.Prospect{}, nil},
		} {
			got, err := w.Matches(w.ctx, "UADA", []*coach.Prospect{&c.p})
			w.must(err)
			var ids []int64
			for _, m := range got[0] {
				ids = append(ids, m.ID)
			}
			if fmt.Sprint(ids) != fmt.Sprint(c.want) {
				t.Errorf("%+v matches %v, want %v", c.p, ids, c.want)
			}
		}
	}},
	{"V5 the list of those who asked not to be contacted is read for many at once", func(t *testing.T, w *world) {
		w.change("V5", func(tx *Tx) error { return tx.NeverContact([]byte("one"), []byte("two")) })
		got, err := w.NeverAmong(w.ctx, [][]byte{[]byte("two"), []byte("three"), nil})
		if err != nil || !got["two"] || len(got) != 1 {
			t.Errorf("%v, %v", got, err)
		}
	}},
}
