package storage

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"testing"
	"time"
)

var replicaTrials = []trial{
	{"replicas know of each other while they live", func(t *testing.T, w *world) {
		until := w.now.Add(15 * time.Second)
		for i, name := range []string{"a", "b", "a"} {
			f, err := w.Present(w.ctx, name, i+1, w.now, until)
			want := []Fleet{{1, 1}, {2, 3}, {2, 5}}[i]
			if err != nil || f != want {
				t.Errorf("%s: %+v, %v; want %+v", name, f, err, want)
			}
		}
		w.now = w.now.Add(16 * time.Second)
		if f, err := w.Present(w.ctx, "c", 1, w.now, w.now.Add(15*time.Second)); err != nil || f != (Fleet{1, 1}) {
			t.Errorf("the dead still count: %+v, %v", f, err)
		}
		if f, err := w.Present(w.ctx, "c", 0, w.now, w.now.Add(-1)); err != nil || f != (Fleet{}) {
			t.Errorf("who left still counts: %+v, %v", f, err)
		}
	}},
	{"a budget's moments are given once, evenly, to whoever asks", func(t *testing.T, w *world) {
		const each, workers = 20, 4
		var mu sync.Mutex
		given := map[time.Duration]int{}
		var wg sync.WaitGroup
		for k := range workers {
			wg.Go(func() {
				for range each {
					ms, err := w.TakePace(context.WithoutCancel(w.ctx), w.now, Pace{"post", time.Second / 4}, Pace{fmt.Sprint("post:D", k), time.Second})
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					given[ms[0].At.Sub(w.now)]++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		for i := range each * workers {
			if n := given[time.Duration(i)*time.Second/4]; n != 1 {
				t.Errorf("the moment at %s was given %d times", time.Duration(i)*time.Second/4, n)
			}
		}
		ms, err := w.TakePace(w.ctx, w.now, Pace{"post:D0", time.Second})
		if err != nil || ms[0].At != w.now.Add(each*time.Second) {
			t.Errorf("a conversation's own moment: %v, %v", ms, err)
		}
		// What was not used is not saved up.
		w.now = w.now.Add(time.Hour)
		for i := range 3 {
			ms, err := w.TakePace(w.ctx, w.now, Pace{"post", time.Second / 4})
			if err != nil || ms[0].At.Sub(w.now) != time.Duration(i)*time.Second/4 {
				t.Errorf("after an hour's rest: %v, %v", ms, err)
			}
		}
	}},
	{"a Retry-After holds for all, and the longer one counts", func(t *testing.T, w *world) {
		until := w.now.Add(40 * time.Second)
		w.must(w.HoldPace(w.ctx, "post", until))
		w.must(w.HoldPace(w.ctx, "post", w.now.Add(time.Second)))
		w.must(w.HoldPace(w.ctx, "chat.update", w.now.Add(-time.Second)))
		held, err := w.HeldPaces(w.ctx, w.now)
		if err != nil || !maps.EqualFunc(held, map[string]time.Time{"post": until}, time.Time.Equal) {
			t.Errorf("held: %v, %v", held, err)
		}
		ms, err := w.TakePace(w.ctx, w.now, Pace{"post", time.Second / 4}, Pace{"post:D1", time.Second})
		if err != nil || !ms[0].Held.Equal(until) || !ms[0].At.Equal(until) || !ms[1].Held.IsZero() || !ms[1].At.Equal(w.now) {
			t.Errorf("taken: %+v, %v", ms, err)
		}
	}},
	{"what one replica learns of a person all can see", func(t *testing.T, w *world) {
		ada := Known{"UADA", "Europe/Berlin", "member"}
		moved := Known{"UADA", "America/New_York", "member"}
		for i, c := range []struct {
			p         Known
			onlyKnown bool
			was       Known
			changed   int
		}{
			{ada, true, Known{}, 0}, {ada, false, Known{}, 1}, {ada, true, ada, 0}, {moved, true, ada, 1}, {moved, false, moved, 0},
		} {
			w.now = w.now.Add(time.Minute)
			was, err := w.Learn(w.ctx, w.now, c.onlyKnown, c.p)
			if err != nil || was[c.p.ID] != c.was {
				t.Errorf("step %d: was %+v, %v", i, was, err)
			}
			ps, err := w.ChangedPeople(w.ctx, w.now)
			if err != nil || len(ps) != c.changed || c.changed == 1 && ps[0] != c.p {
				t.Errorf("step %d: changed %+v, %v", i, ps, err)
			}
		}
	}},
}

// The lock on a SQLite file proves that whoever had leases is dead.
func TestAStartOnAFileEndsTheLeasesOfTheDead(t *testing.T) {
	t.Parallel()
	w := newWorld(t, engines[0])
	w.queue("claimed", "sending")
	a, b := w.claimOne(), w.claimOne()
	if ok, err := w.Sending(w.ctx, b); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if ok, err := w.TakeLease(w.ctx, "sender", "dead", w.now, w.now.Add(time.Minute)); !ok || err != nil {
		t.Fatal(ok, err)
	}
	w.must(w.HoldPace(w.ctx, "post", w.now.Add(time.Minute)))
	w.must(w.Close())
	w.Store = w.open()
	if ok, err := w.TakeLease(w.ctx, "sender", "next", w.now, w.now.Add(time.Minute)); !ok || err != nil {
		t.Errorf("the sender's lease: %v, %v", ok, err)
	}
	if ms, err := w.Claim(w.ctx, "next", w.now, w.now.Add(time.Minute), 5); err != nil || keysOf(ms) != a.Key {
		t.Errorf("what was claimed: %+v, %v", ms, err)
	}
	if us, err := w.Unknowns(w.ctx, "next", w.now, w.now.Add(time.Minute), 5); err != nil || keysOf(us) != b.Key {
		t.Errorf("what was on its way: %+v, %v", us, err)
	}
	if held, err := w.HeldPaces(w.ctx, w.now); err != nil || len(held) != 1 {
		t.Errorf("Slack's Retry-After: %v, %v", held, err)
	}
}

// BenchmarkOutboxStats is what one look at the metrics costs beside a million
// messages that are over.
func BenchmarkOutboxStats(b *testing.B) {
	for _, e := range engines {
		b.Run(e.name, func(b *testing.B) {
			s, err := Open(b.Context(), Options{URL: e.url(b), Now: func() time.Time { return monday }})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			err = s.write(b.Context(), "filling", func(q querier) error {
				_, err := q.exec(`INSERT INTO outbox (key, kind, rep, day, slot, prospect, priority, state, attempts, looks, run_at, lease_until, worker, channel, ts, ended_at)
					WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
					SELECT 'k' || i, 'nudge', 'U' || (i % 5000), '2026-03-02', '', 0, 2, CASE WHEN i % 100000 = 0 THEN 'pending' ELSE 'sent' END,
						1, 0, i, 0, '', 'D1', '1.0', CASE WHEN i % 100000 = 0 THEN 0 ELSE i END FROM n`)
				if err == nil {
					_, err = q.exec("ANALYZE outbox") // as PostgreSQL does by itself
				}
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if st, err := s.OutboxStats(b.Context()); err != nil || st.Counts[Pending] != 10 {
					b.Fatal(st, err)
				}
			}
		})
	}
}
