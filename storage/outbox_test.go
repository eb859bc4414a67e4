package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/prospectcoach/prospectcoach/coach"
)

func keysOf(ms []Message) string {
	var out []string
	for _, m := range ms {
		out = append(out, m.Key)
	}
	return strings.Join(out, ",")
}

func (w *world) claimOne() Message {
	w.t.Helper()
	ms, err := w.Claim(w.ctx, "w1", w.now, w.now.Add(time.Minute), 1)
	w.must(err)
	if len(ms) != 1 {
		w.t.Fatalf("claimed %v", ms)
	}
	return ms[0]
}

// states counts all messages, those that are over among them.
func (w *world) states() map[string]int {
	w.t.Helper()
	counts := map[string]int{}
	w.must(w.read(w.ctx, "counting", func(q querier) error {
		return q.each("SELECT state, count(*) FROM outbox GROUP BY state", nil, func(rows *sql.Rows) error {
			var state string
			var n int
			err := rows.Scan(&state, &n)
			counts[state] = n
			return err
		})
	}))
	return counts
}

func (w *world) queue(keys ...string) {
	w.t.Helper()
	for _, k := range keys {
		w.must(w.Queue(w.ctx, Message{Key: k, Kind: "nudge", Rep: "UADA", Day: date("2026-03-02"), RunAt: w.now}))
	}
}

var outboxTrials = []trial{
	{"claims go by priority, hour and number, and never twice", func(t *testing.T, w *world) {
		for _, m := range []Message{
			{Key: "late", RunAt: w.now, Priority: 2}, {Key: "early", RunAt: w.now.Add(-time.Hour), Priority: 2}, {Key: "first", RunAt: w.now, Priority: 1},
			{Key: "future", RunAt: w.now.Add(time.Millisecond)}, {Key: "first", RunAt: w.now.Add(-time.Hour), Kind: "again"},
		} {
			w.must(w.Queue(w.ctx, m))
		}
		for n, want := range map[int]string{2: "first,early", 9: "first,early,late,future"} {
			if ms, err := w.Upcoming(w.ctx, w.now, w.now.Add(time.Second), n); err != nil || keysOf(ms) != want {
				t.Errorf("%d upcoming: %s, %v; want %s", n, keysOf(ms), err, want)
			}
		}
		for _, want := range []string{"first,early", "late", ""} {
			ms, err := w.Claim(w.ctx, "w1", w.now, w.now.Add(time.Minute), 2)
			if err != nil || keysOf(ms) != want {
				t.Fatalf("claimed %s, %v; want %s", keysOf(ms), err, want)
			}
			for _, m := range ms {
				if m.State != Pending || m.Worker != "w1" || m.Attempts != 1 || !m.LeaseUntil.Equal(w.now.Add(time.Minute)) {
					t.Errorf("claimed as %+v", m)
				}
			}
		}
		if at, err := w.NextRun(w.ctx); err != nil || !at.Equal(w.now.Add(time.Millisecond)) {
			t.Errorf("next run %v, %v", at, err)
		}
		if _, err := w.Claim(w.ctx, "", w.now, w.now.Add(time.Minute), 2); err == nil {
			t.Error("a nameless worker claimed")
		}
	}},
	{"a message is sent once and found again", func(t *testing.T, w *world) {
		w.queue("k")
		m := w.claimOne()
		for later, want := range map[time.Duration]int{0: 0, time.Minute + time.Millisecond: 1} {
			if n, err := w.Unsettled(w.ctx, w.now.Add(later)); err != nil || n != want {
				t.Errorf("unsettled %s after the claim: %d, %v", later, n, err)
			}
		}
		if ok, err := w.Sent(w.ctx, m, "D1", "1.0"); ok || err != nil {
			t.Errorf("sent without sending: %v, %v", ok, err)
		}
		for _, want := range []bool{true, false} {
			if ok, err := w.Sending(w.ctx, m); ok != want || err != nil {
				t.Errorf("sending: %v, %v", ok, err)
			}
		}
		for worker, want := range map[string]int{"w1": 1, "w2": 0} {
			if n, err := w.Renew(w.ctx, worker, w.now.Add(time.Hour)); n != want || err != nil {
				t.Errorf("%s renewed %d, %v", worker, n, err)
			}
		}
		if n, err := w.Expired(w.ctx, w.now.Add(30*time.Minute)); n != 0 || err != nil {
			t.Errorf("a renewed lease ended: %d, %v", n, err)
		}
		for _, want := range []bool{true, false} {
			if ok, err := w.Sent(w.ctx, m, "D1", "1.0"); ok != want || err != nil {
				t.Errorf("sent: %v, %v", ok, err)
			}
		}
		got, err := w.Posted(w.ctx, "nudge", "UADA", date("2026-03-02"))
		if err != nil || got.Channel != "D1" || got.TS != "1.0" || got.State != Sent {
			t.Errorf("posted: %+v, %v", got, err)
		}
		if _, err := w.Posted(w.ctx, "nudge", "UADA", date("2026-03-03")); !errors.Is(err, ErrNotFound) {
			t.Errorf("another day: %v", err)
		}
		if got := w.states(); !maps.Equal(got, map[string]int{Sent: 1}) {
			t.Errorf("states: %v", got)
		}
		if st, err := w.OutboxStats(w.ctx); err != nil || len(st.Counts) != 0 || !st.Oldest.IsZero() {
			t.Errorf("what is over still counts: %+v, %v", st, err)
		}
		if n, err := w.Unsettled(w.ctx, w.now.Add(2*time.Hour)); err != nil || n != 0 {
			t.Errorf("unsettled after the post: %d, %v", n, err)
		}
		w.queue("k") // the key is taken for ever
		if at, err := w.NextRun(w.ctx); err != nil || !at.IsZero() {
			t.Errorf("sent twice: %v, %v", at, err)
		}
		if n, err := w.Prune(w.ctx, w.now.Add(time.Second)); err != nil || n != 1 {
			t.Errorf("pruned %d, %v", n, err)
		}
	}},
	{"a lease that ran out before the call frees, during it is unknown", func(t *testing.T, w *world) {
		w.queue("claimed", "sending")
		a, b := w.claimOne(), w.claimOne()
		if ok, err := w.Sending(w.ctx, b); !ok || err != nil {
			t.Fatal(err)
		}
		later := w.now.Add(2 * time.Minute)
		if n, err := w.Expired(w.ctx, later); n != 2 || err != nil {
			t.Fatalf("expired %d, %v", n, err)
		}
		if ok, err := w.Sending(w.ctx, a); ok || err != nil {
			t.Errorf("the old worker may still send: %v, %v", ok, err)
		}
		if ok, err := w.Sent(w.ctx, b, "D1", "1"); ok || err != nil {
			t.Errorf("the old worker may still say sent: %v, %v", ok, err)
		}
		for _, err := range []error{w.Release(w.ctx, a, later), w.Unclear(w.ctx, b), w.Drop(w.ctx, b, "late")} {
			if !errors.Is(err, ErrConflict) {
				t.Errorf("the old worker got %v", err)
			}
		}
		ms, err := w.Claim(w.ctx, "w2", later, later.Add(time.Minute), 5)
		if err != nil || keysOf(ms) != "claimed" || ms[0].Attempts != 2 {
			t.Errorf("claimed again: %+v, %v", ms, err)
		}
		us, err := w.Unknowns(w.ctx, "w2", later, later.Add(time.Minute), 5)
		if err != nil || keysOf(us) != "sending" || us[0].Looks != 0 { // nobody has looked yet
			t.Fatalf("unknowns: %+v, %v", us, err)
		}
	}},
	{"an unknown one is looked at again, then sent or released", func(t *testing.T, w *world) {
		w.queue("k")
		m := w.claimOne()
		if err := w.Unclear(w.ctx, m); !errors.Is(err, ErrConflict) {
			t.Errorf("unclear before sending: %v", err)
		}
		ok, err := w.Sending(w.ctx, m)
		if !ok || err != nil {
			t.Fatal(err)
		}
		m.RunAt = w.now.Add(10 * time.Second)
		w.must(w.Unclear(w.ctx, m))
		if us, err := w.Unknowns(w.ctx, "w1", w.now, w.now.Add(time.Minute), 5); err != nil || len(us) != 0 {
			t.Errorf("looked too soon: %v, %v", us, err)
		}
		now := w.now.Add(10 * time.Second)
		us, err := w.Unknowns(w.ctx, "w1", now, now.Add(time.Minute), 5)
		if err != nil || len(us) != 1 {
			t.Fatalf("unknowns: %v, %v", us, err)
		}
		us[0].RunAt, us[0].Looks = now.Add(10*time.Second), 1
		w.must(w.Unclear(w.ctx, us[0]))
		now = now.Add(10 * time.Second)
		us, err = w.Unknowns(w.ctx, "w1", now, now.Add(time.Minute), 5)
		if err != nil || len(us) != 1 || us[0].Looks != 1 {
			t.Fatalf("second look: %+v, %v", us, err)
		}
		w.must(w.Release(w.ctx, us[0], now))
		ms, err := w.Claim(w.ctx, "w1", now, now.Add(time.Minute), 5)
		if err != nil || len(ms) != 1 || ms[0].Looks != 0 {
			t.Fatalf("released: %+v, %v", ms, err)
		}
		w.must(w.Drop(w.ctx, ms[0], "nothing due"))
	}},
	{"an old nudge gives way", func(t *testing.T, w *world) {
		w.queue("old")
		w.must(w.SaveRep(w.ctx, RepRow{Rep: coach.Rep{ID: "UADA"}, NextNudge: w.now}))
		plan := NudgePlan{Rep: "UADA", Was: w.now, Next: w.now.AddDate(0, 0, 1),
			Message: &Message{Key: "new", Kind: "nudge", Rep: "UADA", Day: date("2026-03-03"), RunAt: w.now}}
		if n, err := w.FireNudges(w.ctx, plan); n != 1 || err != nil {
			t.Errorf("planned %d, %v", n, err)
		}
		if ms, err := w.Claim(w.ctx, "w", w.now, w.now.Add(time.Minute), 5); err != nil || keysOf(ms) != "new" {
			t.Errorf("left: %s, %v", keysOf(ms), err)
		}
	}},
	{"steps written together are fenced one by one, and none waits for another's sake", func(t *testing.T, w *world) {
		for i := range 40 {
			w.must(w.Queue(w.ctx, Message{Key: fmt.Sprintf("k%02d", i), Kind: "nudge", RunAt: w.now}))
		}
		ms, err := w.Claim(w.ctx, "w", w.now, w.now.Add(time.Minute), 40)
		w.must(err)
		stopped, stop := context.WithCancel(w.ctx)
		stop()
		if ok, err := w.Sending(stopped, ms[0]); ok || !errors.Is(err, context.Canceled) {
			t.Errorf("a step that was called off: %v, %v", ok, err)
		}
		var all sync.WaitGroup
		for i, m := range ms {
			all.Go(func() {
				if i%4 == 1 {
					m.Attempts++ // somebody else's by now
				}
				if ok, err := w.Sending(w.ctx, m); ok != (i%4 != 1) || err != nil {
					t.Errorf("%s: %v, %v", m.Key, ok, err)
				}
				if i%4 == 2 {
					w.must(w.Unclear(w.ctx, m))
				} else if ok, err := w.Sent(w.ctx, m, "D1", "1.0"); ok != (i%4 != 1) || err != nil {
					t.Errorf("%s: %v, %v", m.Key, ok, err)
				}
			})
		}
		all.Wait()
		st, err := w.OutboxStats(w.ctx)
		if err != nil || st.Counts[Pending] != 10 || st.Counts[Unknown] != 10 || st.Counts[Sending] != 0 {
			t.Errorf("%+v, %v", st, err)
		}
	}},
	{"500 messages drained by four workers, none twice", func(t *testing.T, w *world) {
		var msgs []Message
		for i := range 500 {
			msgs = append(msgs, Message{Key: fmt.Sprintf("k%03d", i), Kind: "nudge", RunAt: w.now})
		}
		if ok, err := w.Fire(w.ctx, "bulk", w.now, msgs); !ok || err != nil {
			t.Fatal(ok, err)
		}
		stores := []*Store{w.Store, w.Store}
		if w.e.name == "postgres" {
			stores[1] = w.open() // a second replica
		}
		var mu sync.Mutex
		posted := map[string]int{}
		var wg sync.WaitGroup
		for i := range 4 {
			s, worker := stores[i%2], fmt.Sprint("w", i)
			wg.Go(func() {
				for {
					ms, err := s.Claim(w.ctx, worker, w.now, w.now.Add(time.Hour), 5)
					if err != nil {
						t.Error(err)
						return
					}
					if len(ms) == 0 {
						return
					}
					for _, m := range ms {
						if ok, err := s.Sending(w.ctx, m); !ok || err != nil {
							t.Error(ok, err)
						}
						mu.Lock()
						posted[m.Key]++
						mu.Unlock()
						if ok, err := s.Sent(w.ctx, m, "D", "1"); !ok || err != nil {
							t.Error(ok, err)
						}
					}
				}
			})
		}
		wg.Wait()
		if got := w.states(); got[Sent] != 500 || len(posted) != 500 {
			t.Errorf("%v, %d posted", got, len(posted))
		}
		for k, n := range posted {
			if n != 1 {
				t.Errorf("%s was posted %d times", k, n)
			}
		}
	}},
	{"property: whatever crashes, none is posted blindly twice", func(t *testing.T, w *world) {
		round := 0
		rapid.Check(t, func(rt *rapid.T) { round++; outboxProperty(rt, w, round) })
	}},
}
