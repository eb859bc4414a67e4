package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pgregory.net/rapid"
)

// outboxProperty lets two workers step, stall and crash in any order against a
// Slack that remembers what was posted. A worker that looks an unknown message
// up sees the truth.
func outboxProperty(rt *rapid.T, w *world, round int) {
	key := fmt.Sprint("p", round)
	w.must(w.Queue(w.ctx, Message{Key: key, Kind: "nudge", Rep: "UADA", RunAt: w.now}))
	posted := 0
	held := map[string]*Message{} // what each worker believes to hold
	calling := map[string]bool{}
	take := func(worker string, ms []Message, err error) {
		w.must(err)
		for _, m := range ms {
			if m.Key == key {
				held[worker], calling[worker] = &m, false
			}
		}
	}
	ctx := context.Background()
	for range rapid.IntRange(1, 25).Draw(rt, "steps") {
		worker := rapid.SampledFrom([]string{"w1", "w2"}).Draw(rt, "worker")
		m := held[worker]
		step := rapid.SampledFrom([]string{"claim", "look", "send", "post", "answer", "unclear", "release", "crash", "time"}).Draw(rt, "step")
		switch {
		case step == "claim":
			ms, err := w.Claim(ctx, worker, w.now, w.now.Add(time.Minute), 5)
			take(worker, ms, err)
		case step == "look":
			ms, err := w.Unknowns(ctx, worker, w.now, w.now.Add(time.Minute), 5)
			take(worker, ms, err)
			if m := held[worker]; m != nil && m.State == Unknown && len(ms) > 0 {
				if posted > 0 {
					_, err = w.Sent(ctx, *m, "D", "1")
				} else if !calling["w1"] && !calling["w2"] { // no call can still be under way
					err = w.Release(ctx, *m, w.now)
				} else {
					err = w.Unclear(ctx, *m)
				}
				w.must(err)
				delete(held, worker)
			}
		case step == "time":
			w.now = w.now.Add(61 * time.Second)
			_, err := w.Expired(ctx, w.now)
			w.must(err)
		case m == nil:
		case step == "send" && m.State == Pending && !calling[worker]:
			ok, err := w.Sending(ctx, *m)
			w.must(err)
			if calling[worker] = ok; !ok {
				delete(held, worker)
			}
		case step == "post" && calling[worker]:
			posted++
			m.TS = "posted"
			calling[worker] = false
		case step == "answer" && m.TS == "posted":
			_, err := w.Sent(ctx, *m, "D", "1")
			w.must(err)
			delete(held, worker)
		case step == "unclear" && calling[worker]:
			calling[worker] = false // the call failed without reaching Slack
			m.RunAt = w.now
			if err := w.Unclear(ctx, *m); err != nil && !errors.Is(err, ErrConflict) {
				rt.Fatal(err)
			}
			delete(held, worker)
		case step == "release" && m.State == Pending && !calling[worker] && m.TS == "":
			if err := w.Release(ctx, *m, w.now); err != nil && !errors.Is(err, ErrConflict) {
				rt.Fatal(err)
			}
			delete(held, worker)
		case step == "crash":
			delete(held, worker)
			calling[worker] = false
		}
		if posted > 1 {
			rt.Fatalf("posted %d times", posted)
		}
	}
	w.now = w.now.Add(time.Hour)
	_, err := w.Expired(ctx, w.now)
	w.must(err)
	ms, err := w.Claim(ctx, "end", w.now, w.now.Add(time.Second), 500)
	w.must(err)
	for _, m := range ms {
		if m.Key == key && posted > 0 {
			rt.Fatalf("%d were posted and it is pending", posted)
		}
		w.must(w.Drop(ctx, m, "end of the round"))
	}
	us, err := w.Unknowns(ctx, "end", w.now, w.now.Add(time.Second), 500)
	w.must(err)
	for _, m := range us {
		w.must(w.Drop(ctx, m, "end of the round"))
	}
}
