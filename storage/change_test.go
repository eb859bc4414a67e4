package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

var changeTrials = []trial{
	{"the same key changes nothing twice", func(t *testing.T, w *world) {
		runs := 0
		c := Change{Key: "click:1", Rep: "UADA", Label: "Added", At: w.now}
		add := func(tx *Tx) error {
			runs++
			return tx.Add(&coach.Prospect{Owner: "UADA", Name: "Jane", State: coach.Active})
		}
		first, err := w.Change(w.ctx, c, add)
		w.must(err)
		second, err := w.Change(w.ctx, c, add)
		w.must(err)
		if runs != 1 || first.Repeated || !second.Repeated || first.ID != second.ID {
			t.Errorf("ran %d times: %+v, %+v", runs, first, second)
		}
	}},
	{"a failed change leaves nothing, and its key free", func(t *testing.T, w *world) {
		c := Change{Key: "click:1", Rep: "UADA", At: w.now}
		_, err := w.Change(w.ctx, c, func(tx *Tx) error {
			w.must(tx.Add(&coach.Prospect{Owner: "UADA", Name: "Jane", State: coach.Active}))
			return coach.Problem("no")
		})
		if err != coach.Problem("no") {
			t.Errorf("the problem came as %v", err)
		}
		func() {
			defer func() { _ = recover() }()
			_, _ = w.Change(w.ctx, c, func(tx *Tx) error { panic("bug") })
		}()
		done, err := w.Change(w.ctx, c, func(tx *Tx) error { return nil })
		if err != nil || done.Repeated {
			t.Errorf("the key was spent: %+v, %v", done, err)
		}
		if _, total, err := w.List(w.ctx, ListQuery{}); err != nil || total != 0 {
			t.Errorf("%d prospects are left, %v", total, err)
		}
	}},
	{"many at once: each key once, no lost update", func(t *testing.T, w *world) {
		id := w.add(coach.Prospect{Owner: "UADA", Name: "Jane", State: coach.Active})
		var wg sync.WaitGroup
		errs := make(chan error, 40)
		for i := range 40 {
			wg.Go(func() {
				_, err := w.Change(w.ctx, Change{Key: fmt.Sprint("k", i%20), Rep: "UADA", At: w.now}, func(tx *Tx) error {
					p, err := tx.Prospect(id)
					if err == nil {
						p.Asked++
						p.Facts = append(p.Facts, coach.Fact{Kind: coach.Said, Text: fmt.Sprint(p.Asked)})
					}
					return err
				})
				errs <- err
			})
		}
		wg.Wait()
		close(errs)
		for err := range errs {
			w.must(err)
		}
		p := w.life(id)
		if p.Asked != 20 || len(p.Facts) != 20 {
			t.Fatalf("asked %d, %d facts", p.Asked, len(p.Facts))
		}
		for i, f := range p.Facts {
			if f.Text != fmt.Sprint(i+1) {
				t.Errorf("fact %d is %q", i, f.Text)
			}
		}
	}},
	{"V5 the never-contact list knows hashes only", func(t *testing.T, w *world) {
		id := w.change("Asked not to be contacted", func(tx *Tx) error {
			w.must(tx.NeverContact([]byte("a"), nil, []byte("b")))
			on, err := tx.IsNeverContact([]byte("b"))
			if !on {
				t.Error("not on the list within the change")
			}
			return err
		})
		w.change("Again", func(tx *Tx) error { return tx.NeverContact([]byte("a")) })
		check := func(h string, want bool) {
			t.Helper()
			if on, err := w.IsNeverContact(w.ctx, nil, []byte(h)); err != nil || on != want {
				t.Errorf("%q on the list: %v, %v", h, on, err)
			}
		}
		check("a", true)
		check("c", false)
		_, err := w.Undo(w.ctx, Change{Rep: "UADA", At: w.now}, id)
		w.must(err)
		check("b", false)
	}},
	{"what nuggets were used for is counted, with the answers they earned", func(t *testing.T, w *world) {
		said := func(attempt int, on string, out coach.Outcome, refs ...coach.Ref) coach.Touch {
			return coach.Touch{Campaign: 1, Attempt: attempt, On: date(on), Channel: coach.Call, Outcome: out, Uses: refs}
		}
		three, four, fact := coach.Ref{Nugget: true, ID: 3}, coach.Ref{Nugget: true, ID: 4}, coach.Ref{ID: 3}
		replied := []coach.Campaign{{No: 1, Situation: coach.Cold, Ended: date("2026-03-02"), End: coach.EndReply, Attempt: 2}}
		w.add(coach.Prospect{Owner: "UADA", Name: "Jane", State: coach.Engaged, Campaigns: replied, Touches: []coach.Touch{
			said(1, "2026-02-02", coach.OutcomeLeft, four), said(2, "2026-02-09", coach.OutcomeLeft, three), said(2, "2026-02-09", coach.OutcomeSent, three)}}) // a voicemail and its email
		w.add(coach.Prospect{Owner: "UBOB", Name: "Bob", State: coach.Active, Campaigns: []coach.Campaign{{No: 1, Situation: coach.Cold}}, Touches: []coach.Touch{
			said(1, "2025-11-01", coach.OutcomeLeft, three), said(2, "2026-02-02", coach.OutcomeNoAnswer, three), said(3, "2026-02-09", coach.OutcomeLeft, three), said(4, "2026-02-16", coach.OutcomeLeft, fact)}})
		got, err := w.NuggetUses(w.ctx, date("2026-01-01"))
		w.must(err)
		if len(got) != 2 || got[3] != (coach.Rate{Tried: 2, Replied: 1}) || got[4] != (coach.Rate{Tried: 1}) {
			t.Errorf("%+v", got)
		}
	}},
	{"nuggets come, go and come back under their number", func(t *testing.T, w *world) {
		n := coach.Nugget{Kind: coach.NuggetStory, Text: "a third fewer errors"}
		w.change("Added", func(tx *Tx) error { return tx.AddNugget(&n) })
		w.change("Removed", func(tx *Tx) error { return tx.RemoveNugget(n.ID) })
		if ns, err := w.Nuggets(w.ctx); err != nil || len(ns) != 0 {
			t.Fatalf("after removal: %v, %v", ns, err)
		}
		_, err := w.Undo(w.ctx, Change{Rep: "UADA", At: w.now}, 0)
		w.must(err)
		if ns, err := w.Nuggets(w.ctx); err != nil || len(ns) != 1 || ns[0] != n {
			t.Fatalf("after undo: %v, %v", ns, err)
		}
		_, err = w.Undo(w.ctx, Change{Rep: "UADA", At: w.now}, 0)
		w.must(err)
		if ns, err := w.Nuggets(w.ctx); err != nil || len(ns) != 0 {
			t.Fatalf("after the second undo: %v, %v", ns, err)
		}
		if _, err := w.Change(w.ctx, Change{Rep: "UADA", At: w.now}, func(tx *Tx) error { return tx.RemoveNugget(77) }); !errors.Is(err, ErrNotFound) {
			t.Errorf("removing none: %v", err)
		}
	}},
}

var importTrials = []trial{
	{"an import shows at once, as one change with one undo", func(t *testing.T, w *world) {
		old := w.add(coach.Prospect{Owner: "UADA", Name: "Old", State: coach.Active})
		imp, err := w.Import(w.ctx, Change{Key: "F1", Rep: "UADA", Label: "Imported 450", At: w.now})
		w.must(err)
		for step := range 3 {
			var ps []*coach.Prospect
			for i := range 150 {
				ps = append(ps, &coach.Prospect{Owner: "UADA", Name: fmt.Sprint("P", step, i), Email: fmt.Sprint(step, i, "@x.test"), State: coach.Waiting, Facts: []coach.Fact{{Kind: coach.Said, Text: "hi"}}})
			}
			w.must(imp.Add(w.ctx, ps))
			if _, err := w.Prospect(w.ctx, ps[0].ID); !errors.Is(err, ErrNotFound) {
				t.Errorf("visible before the end: %v", err)
			}
			if ds, err := w.Duplicates(w.ctx, coach.Prospect{Name: "x", Email: ps[0].Email}); err != nil || len(ds) != 0 {
				t.Errorf("found before the end: %v, %v", ds, err)
			}
		}
		if _, total, err := w.List(w.ctx, ListQuery{}); err != nil || total != 1 {
			t.Fatalf("before the end: %d, %v", total, err)
		}
		w.must(imp.Merge(w.ctx, []int64{old}, func(_ *Tx, p *coach.Prospect) error { p.Title = "merged"; return nil }))
		done, err := imp.Finish(w.ctx, nil)
		w.must(err)
		if _, total, err := w.List(w.ctx, ListQuery{Owner: "UADA"}); err != nil || total != 451 || done.Repeated {
			t.Fatalf("after the end: %d, %+v, %v", total, done, err)
		}
		w.must(imp.Abort(w.ctx)) // too late to do anything
		again, err := w.Import(w.ctx, Change{Key: "F1", Rep: "UADA", At: w.now})
		w.must(err)
		w.must(again.Add(w.ctx, []*coach.Prospect{{Owner: "UADA", Name: "Twice", State: coach.Waiting}}))
		if twice, err := again.Finish(w.ctx, nil); err != nil || !twice.Repeated || twice.ID != done.ID {
			t.Errorf("the same file again: %+v, %v", twice, err)
		}
		u, err := w.Undo(w.ctx, Change{Rep: "UADA", At: w.now}, 0)
		if err != nil || !slices.Equal(u.Prospects, []int64{old}) || u.Label != "Imported 450" {
			t.Errorf("undo: %d of %q, %v", len(u.Prospects), u.Label, err)
		}
		if _, total, err := w.List(w.ctx, ListQuery{}); err != nil || total != 1 || w.life(old).Title != "" {
			t.Errorf("after undo: %d, %v", total, err)
		}
	}},
	{"an abandoned import never shows and is swept", func(t *testing.T, w *world) {
		imp, err := w.Import(w.ctx, Change{Rep: "UADA", At: w.now})
		w.must(err)
		w.must(imp.Add(w.ctx, []*coach.Prospect{{Owner: "UADA", Name: "P", State: coach.Waiting}}))
		other, err := w.Import(w.ctx, Change{Rep: "UADA", At: w.now})
		w.must(err)
		w.must(other.Add(w.ctx, []*coach.Prospect{{Owner: "UADA", Name: "Q", State: coach.Waiting}}))
		w.must(other.Abort(w.ctx))
		w.sweep(w.now.Add(time.Hour))
		if _, err := imp.Finish(w.ctx, nil); !errors.Is(err, ErrConflict) {
			t.Errorf("finishing a swept import: %v", err)
		}
		w.must(w.read(w.ctx, "counting", func(q querier) error {
			var n int
			err := q.one("SELECT count(*) FROM prospects", nil, &n)
			if n != 0 {
				t.Errorf("%d rows are left", n)
			}
			return err
		}))
	}},
}

var forgetTrials = []trial{
	{"what is left to erase comes by number", func(t *testing.T, w *world) {
		for _, id := range []int64{100, 9, 10} {
			w.must(w.SaveErasure(w.ctx, Erasure{Prospect: id}))
		}
		var order []int64
		left, err := w.Erasures(w.ctx)
		w.must(err)
		for _, e := range left {
			order = append(order, e.Prospect)
		}
		if !slices.Equal(order, []int64{9, 10, 100}) {
			t.Errorf("they come as %v", order)
		}
	}},
	{"who is forgotten is looked for again while a message may be drawn or on its way", func(t *testing.T, w *world) {
		for i, row := range []struct {
			why   string
			begin func(m Message) // a message that is claimed
			again bool
		}{
			{"sent", func(m Message) {
				_, err := w.Sending(w.ctx, m)
				w.must(err)
				_, err = w.Sent(w.ctx, m, "D1", "1.2")
				w.must(err)
			}, false},
			{"dropped", func(m Message) { w.must(w.Drop(w.ctx, m, "for the test")) }, false},
			{"waiting for another day", func(m Message) { w.must(w.Release(w.ctx, m, w.now.AddDate(0, 0, 1))) }, false},
			{"due", func(m Message) { w.must(w.Release(w.ctx, m, w.now)) }, true},
			{"claimed", func(Message) {}, true},
			{"sending", func(m Message) {
				_, err := w.Sending(w.ctx, m)
				w.must(err)
			}, true},
			{"unknown", func(m Message) {
				_, err := w.Sending(w.ctx, m)
				w.must(err)
				m.RunAt = w.now.Add(time.Hour)
				w.must(w.Unclear(w.ctx, m))
			}, true},
		} {
			p := jane()
			p.Name, p.Email, p.Phone = "P "+itoa(i), "", ""
			id := w.add(p)
			w.must(w.Queue(w.ctx, Message{Key: row.why, Kind: "nudge", Rep: "UADA", RunAt: w.now}))
			ms, err := w.Claim(w.ctx, "w", w.now, w.now.Add(time.Minute), 1)
			w.must(err)
			row.begin(ms[0])
			w.must(w.Forget(w.ctx, Change{Rep: "UADA", At: w.now}, id, nil, nil))
			left, err := w.Erasures(w.ctx)
			w.must(err)
			if len(left) != 1 || left[0].Again.IsZero() == row.again {
				t.Errorf("%s: %+v", row.why, left)
			}
			w.must(w.EndErasure(w.ctx, left[0], nil))
			w.now = w.now.Add(time.Hour)
			_, err = w.Expired(w.ctx, w.now)
			w.must(err)
			for _, claim := range []func(context.Context, string, time.Time, time.Time, int) ([]Message, error){w.Claim, w.Unknowns} {
				rest, err := claim(w.ctx, "w", w.now, w.now.Add(time.Minute), 5)
				w.must(err)
				for _, m := range rest {
					w.must(w.Drop(w.ctx, m, "for the test"))
				}
			}
		}
	}},
	{"forget erases the person and keeps the counts", func(t *testing.T, w *world) {
		p := jane()
		p.StopReason = "Secretword"
		p.Name, p.Company, p.Gatekeeper.Said, p.Facts[0].Text, p.Touches[0].Text = "Secretword", "Secretword Ltd", "Secretword", "Secretword", "Secretword"
		p.Touches[0].Subject, p.Skips[0].Reason, p.Campaigns[0].Reason, p.Email, p.Title, p.LinkedIn = "Secretword", "Secretword", "Secretword", "secretword@x.test", "Secretword", "in/secretword"
		id := w.add(p)
		w.change("Renamed Secretword", func(tx *Tx) error {
			w.must(tx.Queue(Message{Key: "r1", Kind: "reminder", Rep: "UADA", Prospect: id, RunAt: w.now}))
			p, err := tx.Prospect(id)
			p.Name = "Secretword II"
			return err
		})
		before, _, err := w.Week(w.ctx, "UADA", date("2026-01-01"), date("2026-12-31"))
		w.must(err)
		ms, err := w.Claim(w.ctx, "w", w.now, w.now.Add(time.Minute), 1)
		w.must(err)
		if ok, err := w.Sending(w.ctx, ms[0]); !ok || err != nil {
			t.Fatal(err)
		}
		if ok, err := w.Sent(w.ctx, ms[0], "D1", "1.2"); !ok || err != nil {
			t.Fatal(err)
		}
		w.must(w.SetMeta(w.ctx, "said:UADA", "about Secretword"))
		w.must(w.SetMeta(w.ctx, "saidBy:UADA", "about somebody else"))
		w.must(w.Forget(w.ctx, Change{Rep: "UADA", At: w.now}, id, []string{"a mark"}, func(tx *Tx) error {
			kept, err := tx.Metas("said:")
			if err != nil || len(kept) != 1 || kept["said:UADA"] != "about Secretword" {
				t.Errorf("kept is %v, %v", kept, err)
			}
			return tx.SetMeta("said:UADA", "")
		}))
		left, err := w.Erasures(w.ctx)
		w.must(err)
		if len(left) != 1 || left[0].Prospect != id || left[0].By != "UADA" || asJSON(t, left[0].Known) != `[["D1","1.2"]]` || asJSON(t, left[0].Marks) != `["a mark"]` {
			t.Fatalf("left to do: %+v", left)
		}
		left[0].Known, left[0].Searched, left[0].Left = nil, []string{"UADA"}, 1
		w.must(w.SaveErasure(w.ctx, left[0]))
		if again, err := w.Erasures(w.ctx); err != nil || asJSON(t, again) != asJSON(t, left) {
			t.Errorf("kept %+v instead of %+v, %v", again, left, err)
		}
		w.must(w.EndErasure(w.ctx, left[0], &Message{Key: "told", Kind: "forgotten", Rep: "UADA", Slot: "1:0", RunAt: w.now}))
		if again, err := w.Erasures(w.ctx); err != nil || len(again) != 0 {
			t.Errorf("after its end: %+v, %v", again, err)
		}
		if told, err := w.Claim(w.ctx, "w", w.now, w.now.Add(time.Minute), 5); err != nil || len(told) != 1 || told[0].Slot != "1:0" {
			t.Errorf("the word on how it ended: %+v, %v", told, err)
		}
		if _, err := w.Prospect(w.ctx, id); !errors.Is(err, ErrNotFound) {
			t.Errorf("still there: %v", err)
		}
		var problem coach.Problem
		if _, err := w.Undo(w.ctx, Change{Rep: "UADA", At: w.now}, 0); !errors.As(err, &problem) || strings.Contains(err.Error(), "Secretword") {
			t.Errorf("undo after forget: %v", err)
		}
		after, _, err := w.Week(w.ctx, "UADA", date("2026-01-01"), date("2026-12-31"))
		if err != nil || asJSON(t, before) != asJSON(t, after) {
			t.Errorf("the week changed from %v to %v, %v", before, after, err)
		}
		for _, table := range []string{"prospects", "facts", "touches", "skips", "campaigns", "changes", "change_items", "outbox", "meta"} {
			if dump := w.dump(table); strings.Contains(strings.ToLower(dump), "secretword") {
				t.Errorf("%s still knows: %s", table, dump)
			}
		}
		w.noTraces("ecretword")
	}},
}
