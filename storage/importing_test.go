package storage

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// sweep removes what imports left behind.
func (w *world) sweep(abandoned time.Time) {
	w.t.Helper()
	left, err := w.Sweep(w.ctx, abandoned, 0)
	w.must(err)
	if left {
		w.t.Error("not all was swept")
	}
}

// sights are all the ways to come across prospects without knowing their ids.
func (w *world) sights(p *coach.Prospect) map[string]int {
	w.t.Helper()
	n := map[string]int{}
	_, listed, err := w.List(w.ctx, ListQuery{Owner: p.Owner})
	w.must(err)
	_, team, err := w.List(w.ctx, ListQuery{})
	w.must(err)
	full, err := w.Full(w.ctx, ListQuery{Owner: p.Owner})
	w.must(err)
	n["list"], n["team's list"], n["full"] = listed, team, len(full)
	for _, owner := range []string{p.Owner, ""} {
		due, err := w.DueCounts(w.ctx, owner, date("2020-01-01"), date("2030-01-01"))
		w.must(err)
		found, err := w.Find(w.ctx, owner, p.Name)
		w.must(err)
		run, _, err := w.FindRun(w.ctx, owner, strings.Fields(p.Name))
		w.must(err)
		n["due "+owner], n["find "+owner], n["run "+owner] = len(due), len(found), len(run)
	}
	twins, err := w.Duplicates(w.ctx, coach.Prospect{Name: p.Name, Company: p.Company, Email: p.Email, Phone: p.Phone})
	w.must(err)
	others, err := w.SameCompany(w.ctx, p.Company, "UBOB")
	w.must(err)
	matches, err := w.Matches(w.ctx, "UBOB", []*coach.Prospect{{Name: p.Name, Company: p.Company, Email: p.Email}})
	w.must(err)
	touches, ends, err := w.Week(w.ctx, "", date("2020-01-01"), date("2030-01-01"))
	w.must(err)
	last, err := w.CountLastTries(w.ctx, "")
	w.must(err)
	lasts, err := w.InLastTries(w.ctx, "", 10)
	w.must(err)
	n["duplicates"], n["company"], n["matches"] = len(twins), len(others), len(matches[0])
	n["week"], n["ends"], n["last tries"], n["in last tries"] = len(touches), len(ends), last, len(lasts)
	looked := 0
	w.must(w.Reindex(w.ctx, []int64{p.ID}, func(p *coach.Prospect) coach.Date { looked++; return p.Due }))
	n["reindex"] = looked
	return n
}

// hidden fails if any of them can be come across or loaded.
func (w *world) hidden(ps ...*coach.Prospect) {
	w.t.Helper()
	for _, p := range ps {
		for where, n := range w.sights(p) {
			if n != 0 {
				w.t.Errorf("%s: %d of %s", where, n, p.Name)
			}
		}
		if _, err := w.Prospect(w.ctx, p.ID); !errors.Is(err, ErrNotFound) {
			w.t.Errorf("%s can be loaded: %v", p.Name, err)
		}
	}
}

// visible fails unless each can be come across wherever it has anything to show.
func (w *world) visible(ps ...*coach.Prospect) {
	w.t.Helper()
	for _, p := range ps {
		for where, n := range w.sights(p) {
			if n == 0 && (len(p.Touches) > 0 || where == "list") {
				w.t.Errorf("%s: nothing of %s", where, p.Name)
			}
		}
	}
}

// stagedTrials are what an import promises beyond showing at once.
var stagedTrials = []trial{
	{"what an import merges has one undo with what it adds", func(t *testing.T, w *world) {
		old := w.add(coach.Prospect{Owner: "UADA", Name: "Old", State: coach.Active})
		before := w.state()
		imp, err := w.Import(w.ctx, Change{Key: "F1", Rep: "UADA", Label: "Imported", At: w.now})
		w.must(err)
		w.must(imp.Add(w.ctx, []*coach.Prospect{{Owner: "UADA", Name: "New", State: coach.Waiting}}))
		title := func(_ *Tx, p *coach.Prospect) error { p.Title = "CFO"; return nil }
		w.must(imp.Merge(w.ctx, []int64{old, 999}, title))
		_, err = imp.Finish(w.ctx, nil)
		w.must(err)
		if w.life(old).Title != "CFO" {
			t.Error("not merged")
		}
		_, err = w.Undo(w.ctx, Change{Rep: "UADA", At: w.now}, 0)
		w.must(err)
		w.sweep(w.now)
		if after := w.state(); after != before {
			t.Errorf("after undo: %v", differing(before, after))
		}
	}},
	{"an import that only merges has its undo too", func(t *testing.T, w *world) {
		old := w.add(coach.Prospect{Owner: "UADA", Name: "Old", State: coach.Active})
		imp, err := w.Import(w.ctx, Change{Rep: "UADA", Label: "Imported", At: w.now})
		w.must(err)
		w.must(imp.Merge(w.ctx, []int64{old}, func(_ *Tx, p *coach.Prospect) error { p.Title = "CFO"; return nil }))
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
		title := func(_ *Tx, p *coach.Prospect) error { p.Title = "CFO"; return nil }
		for _, end := range []func(*Import) error{
			func(imp *Import) error { return imp.Abort(w.ctx) },
			func(*Import) error { w.sweep(w.now.Add(time.Hour)); return nil },
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
	{"what an import brings is hidden from every list until the last, and shows by one row", func(t *testing.T, w *world) {
		imp, err := w.Import(w.ctx, Change{Key: "F1", Rep: "UADA", Label: "Imported 2", At: w.now})
		w.must(err)
		p := jane()
		p.Touches[0].On, p.Campaigns[0].Ended = date("2026-02-10"), date("2026-02-20")
		w.must(imp.Add(w.ctx, []*coach.Prospect{&p, {Owner: "UADA", Name: "Bo Ek", Company: "Beta", State: coach.Waiting}}))
		w.hidden(&p)
		before := w.dump("prospects")
		done, err := imp.Finish(w.ctx, nil)
		w.must(err)
		if w.dump("prospects") != before {
			t.Error("the last step wrote prospects")
		}
		w.visible(&p)
		// A restart between the undo and the sweeping.
		_, err = w.undo(done.ID)
		w.must(err)
		w.hidden(&p)
		if w.dump("prospects") != before {
			t.Error("the undo wrote prospects")
		}
		_, err = w.undo(done.ID)
		w.wantProblem(err, "undone already")
		_, err = w.Prune(w.ctx, w.now.Add(time.Hour))
		w.must(err)
		w.hidden(&p)
		for left := true; left; {
			left, err = w.Sweep(w.ctx, w.now, 1)
			w.must(err)
			w.hidden(&p)
		}
		if rows := w.dump("prospects") + w.dump("touches") + w.dump("campaigns"); rows != "" {
			t.Errorf("left: %s", rows)
		}
		_, err = w.undo(done.ID)
		w.wantProblem(err, "undone already")
	}},
	{"what a person worked on since keeps an import from being undone, and the line says who and what", func(t *testing.T, w *world) {
		w.must(w.SaveRep(w.ctx, RepRow{Rep: coach.Rep{ID: "UBOB", Name: "Bob Lind"}}))
		old := w.add(coach.Prospect{Owner: "UADA", Name: "Old", State: coach.Active})
		imp, err := w.Import(w.ctx, Change{Rep: "UADA", Label: "imported 2 prospects from a.csv", At: w.now})
		w.must(err)
		a, b := &coach.Prospect{Owner: "UADA", Name: "A", State: coach.Waiting}, &coach.Prospect{Owner: "UADA", Name: "B", State: coach.Waiting}
		w.must(imp.Add(w.ctx, []*coach.Prospect{a, b}))
		w.must(imp.Merge(w.ctx, []int64{old}, func(_ *Tx, p *coach.Prospect) error { p.Title = "CFO"; return nil }))
		done, err := imp.Finish(w.ctx, nil)
		w.must(err)
		retitle := func(rep, label string, id int64) int64 {
			done, err := w.Change(w.ctx, Change{Rep: rep, Label: label, At: w.now}, func(tx *Tx) error {
				p, err := tx.Prospect(id)
				p.Title = label
				return err
			})
			w.must(err)
			return done.ID
		}
		own := retitle("UADA", "Snoozed A", a.ID)
		_, err = w.undo(done.ID)
		w.wantProblem(err, "(imported 2 prospects from a.csv): 1 of them has been changed since, last by you (Snoozed A). Undo that first;")
		theirs := retitle("UBOB", "Handed over B", b.ID)
		_, err = w.undo(done.ID)
		w.wantProblem(err, "2 of them have been changed since, last by Bob Lind (Handed over B)")
		merged := retitle("UADA", "Retitled Old", old)
		_, err = w.undo(done.ID)
		w.wantProblem(err, "3 of them have been changed since, last by you (Retitled Old)")
		w.visible(a, b)
		for rep, id := range map[string]int64{"UADA": own, "UBOB": theirs} {
			_, err = w.Undo(w.ctx, Change{Rep: rep, At: w.now}, id)
			w.must(err)
		}
		_, err = w.undo(merged)
		w.must(err)
		_, err = w.undo(done.ID)
		w.must(err)
		if _, total, err := w.List(w.ctx, ListQuery{}); err != nil || total != 1 || w.life(old).Title != "" {
			t.Errorf("after the undo: %d, %v", total, err)
		}
	}},
	{"one whom somebody changed in the moment of the undo, or who was forgotten, is not swept away", func(t *testing.T, w *world) {
		imp, err := w.Import(w.ctx, Change{Rep: "UADA", Label: "Imported", At: w.now})
		w.must(err)
		a, b, c := &coach.Prospect{Owner: "UADA", Name: "A", State: coach.Waiting}, &coach.Prospect{Owner: "UADA", Name: "B", State: coach.Waiting}, &coach.Prospect{Owner: "UADA", Name: "C", State: coach.Waiting}
		w.must(imp.Add(w.ctx, []*coach.Prospect{a, b, c}))
		done, err := imp.Finish(w.ctx, nil)
		w.must(err)
		err = w.Forget(w.ctx, Change{Rep: "UADA", At: w.now}, c.ID, nil, nil)
		w.must(err)
		_, err = w.undo(done.ID)
		w.must(err)
		// On PostgreSQL a change that began before the undo may end after it.
		late := w.change("Late", func(*Tx) error { return nil })
		w.must(w.write(w.ctx, "ending a late change", func(q querier) error {
			if _, err := q.exec("UPDATE prospects SET title = 'late', last_change = $2 WHERE id = $1", a.ID, late); err != nil {
				return err
			}
			_, err := q.exec("INSERT INTO change_items (change_id, kind, ref, before) VALUES ($1, 'prospect', $2, '{}')", late, itoa64(a.ID))
			return err
		}))
		w.sweep(w.now)
		if got := w.life(a.ID).Title; got != "late" {
			t.Errorf("A is titled %q", got)
		}
		if _, err := w.Prospect(w.ctx, b.ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("B: %v", err)
		}
		if n := strings.Count(w.dump("prospects"), "\n") + 1; n != 2 {
			t.Errorf("%d rows, want the late one and the forgotten one", n)
		}
	}},
	{"an import that was swept meanwhile cannot go on", func(t *testing.T, w *world) {
		imp, err := w.Import(w.ctx, Change{Rep: "UADA", Label: "Imported", At: w.now})
		w.must(err)
		w.must(imp.Add(w.ctx, []*coach.Prospect{{Owner: "UADA", Name: "A", State: coach.Waiting}}))
		w.sweep(w.now) // begun just now: somebody's, not abandoned
		w.must(imp.Add(w.ctx, []*coach.Prospect{{Owner: "UADA", Name: "B", State: coach.Waiting}}))
		w.sweep(w.now.Add(time.Hour))
		if err := imp.Add(w.ctx, []*coach.Prospect{{Owner: "UADA", Name: "C", State: coach.Waiting}}); !errors.Is(err, ErrConflict) {
			t.Errorf("added to nothing: %v", err)
		}
		if err := imp.Merge(w.ctx, []int64{1}, func(*Tx, *coach.Prospect) error { return nil }); !errors.Is(err, ErrConflict) {
			t.Errorf("merged into nothing: %v", err)
		}
		if rows := w.dump("prospects") + w.dump("changes"); rows != "" {
			t.Errorf("left: %s", rows)
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
