package storage

import (
	"fmt"
	"maps"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// A long list's number is right after everything that can change it.
var totalsTrials = []trial{
	{"a long list's number is right after every change", func(t *testing.T, w *world) {
		ids := make([]int64, 0, longList+10)
		_, err := w.Change(w.ctx, Change{Rep: "UADA", At: monday}, func(tx *Tx) error {
			for i := range cap(ids) {
				p := coach.Prospect{Owner: "UADA", Name: fmt.Sprintf("Jane %d", i), State: coach.Active, Added: monday}
				if err := tx.Add(&p); err != nil {
					return err
				}
				ids = append(ids, p.ID)
			}
			return nil
		})
		w.must(err)
		want := len(ids)
		active := ListQuery{Owner: "UADA", States: []coach.State{coach.Active}, OrderDue: true, Limit: 10}
		besides := active
		besides.Besides = true
		same := func(after string) {
			t.Helper()
			others := map[coach.State]int{}
			for _, state := range coach.States {
				_, n, err := w.List(w.ctx, ListQuery{Owner: "UADA", States: []coach.State{state}, Limit: 1})
				w.must(err)
				if n > 0 && state != coach.Active {
					others[state] = n
				}
			}
			for range 2 {
				p, err := w.Page(w.ctx, besides, func(Page) []int64 { return nil })
				if err != nil || p.Total != want || len(p.Rows) != 10 || !maps.Equal(p.Besides, others) {
					t.Errorf("after %s: %d rows of %d, want %d, besides %v, want %v, %v", after, len(p.Rows), p.Total, want, p.Besides, others, err)
				}
			}
			for range 2 {
				if rs, n, err := w.List(w.ctx, active); err != nil || n != want || len(rs) != 10 {
					t.Errorf("after %s: %d rows of %d, want %d, %v", after, len(rs), n, want, err)
				}
			}
		}
		same("adding")
		key := 0
		alter := func(rep string, id int64, fn func(p *coach.Prospect)) {
			t.Helper()
			key++
			_, err := w.Change(w.ctx, Change{Key: fmt.Sprintf("k%d", key), Rep: rep, At: monday}, func(tx *Tx) error {
				p, err := tx.Prospect(id)
				if err == nil {
					fn(p)
				}
				return err
			})
			w.must(err)
		}
		alter("UADA", ids[0], func(p *coach.Prospect) { p.State = coach.Snoozed })
		want--
		same("a snooze")
		_, err = w.Undo(w.ctx, Change{Rep: "UADA", At: monday}, 0)
		w.must(err)
		want++
		same("its undo")
		alter("UADA", ids[1], func(p *coach.Prospect) { p.Owner = "UEVE" })
		want--
		same("handing over")
		alter("UEVE", ids[1], func(p *coach.Prospect) { p.Owner = "UADA" })
		want++
		same("handing back")
		imp, err := w.Import(w.ctx, Change{Rep: "UADA", At: monday})
		w.must(err)
		w.must(imp.Add(w.ctx, []*coach.Prospect{{Owner: "UADA", Name: "Late Comer", State: coach.Active, Added: monday}}))
		same("an import under way")
		_, err = imp.Finish(w.ctx, nil)
		w.must(err)
		want++
		same("its end")
		_, err = w.Undo(w.ctx, Change{Rep: "UADA", At: monday}, imp.id)
		w.must(err)
		want--
		same("taking it back")
	}},
}
