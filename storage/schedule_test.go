package storage

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

var scheduleTrials = []trial{
	{"S6 a slot fires once over all replicas", func(t *testing.T, w *world) {
		slot := monday.Add(time.Hour)
		if at, err := w.Slot(w.ctx, "weekly"); err != nil || !at.IsZero() {
			t.Errorf("at first: %v, %v", at, err)
		}
		var wg sync.WaitGroup
		fired := make(chan bool, 8)
		for range 8 {
			wg.Go(func() {
				ok, err := w.Fire(w.ctx, "weekly", slot, []Message{{Key: "weekly:2", RunAt: slot}, {Key: "weekly:1", RunAt: slot}})
				if err != nil {
					t.Error(err)
				}
				fired <- ok
			})
		}
		wg.Wait()
		close(fired)
		n := 0
		for ok := range fired {
			if ok {
				n++
			}
		}
		st, err := w.OutboxStats(w.ctx)
		if n != 1 || err != nil || st.Counts[Pending] != 2 || !st.Oldest.Equal(slot) {
			t.Errorf("fired %d times, %+v, %v", n, st, err)
		}
		w.must(w.SetSlot(w.ctx, "weekly", slot.Add(-time.Hour))) // never back
		if at, err := w.Slot(w.ctx, "weekly"); err != nil || !at.Equal(slot) {
			t.Errorf("watermark: %v, %v", at, err)
		}
	}},
	{"S1 a nudge is planned once", func(t *testing.T, w *world) {
		w.must(w.SaveRep(w.ctx, RepRow{Rep: coach.Rep{ID: "UADA"}, NextNudge: monday}))
		w.must(w.SaveRep(w.ctx, RepRow{Rep: coach.Rep{ID: "UBOB"}, NextNudge: monday}))
		tuesday := monday.AddDate(0, 0, 1)
		for i, want := range []int{2, 0} {
			n, err := w.FireNudges(w.ctx,
				NudgePlan{"UBOB", monday, tuesday, nil},
				NudgePlan{"UADA", monday, tuesday, &Message{Key: fmt.Sprint("n", i), Kind: "nudge", Rep: "UADA", RunAt: monday}},
				NudgePlan{"UADA", tuesday.Add(time.Hour), time.Time{}, &Message{Key: "late", Kind: "nudge", Rep: "UADA", RunAt: monday}})
			if n != want || err != nil {
				t.Errorf("time %d: %v, %v", i, n, err)
			}
		}
		if n, err := w.FireNudges(w.ctx, NudgePlan{"UADA", tuesday, time.Time{}, nil}); n != 1 || err != nil {
			t.Errorf("nothing due: %v, %v", n, err)
		}
		if st, err := w.OutboxStats(w.ctx); err != nil || st.Counts[Pending] != 1 {
			t.Errorf("%+v, %v", st, err)
		}
	}},
	{"a lease has one holder", func(t *testing.T, w *world) {
		for i, c := range []struct {
			holder string
			after  time.Duration
			want   bool
		}{{"a", 0, true}, {"b", 10, false}, {"a", 20, true}, {"b", 45, false}, {"b", 51, true}, {"a", 52, false}} {
			now := w.now.Add(c.after * time.Second)
			if ok, err := w.TakeLease(w.ctx, "sender", c.holder, now, now.Add(30*time.Second)); ok != c.want || err != nil {
				t.Errorf("%d: %v, %v", i, ok, err)
			}
		}
	}},
}
