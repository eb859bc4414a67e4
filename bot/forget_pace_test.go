package bot

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/storage"
)

// minutes notes when each method of Slack's was called, by the world's clock.
type minutes struct {
	now   func() time.Time
	mu    sync.Mutex
	calls map[string][]time.Time
}

func (m *minutes) RoundTrip(r *http.Request) (*http.Response, error) {
	m.mu.Lock()
	method := methodOf(r.URL.Path)
	m.calls[method] = append(m.calls[method], m.now())
	m.mu.Unlock()
	return http.DefaultTransport.RoundTrip(r)
}

// most is how many calls of a method fell into one minute, and of how many.
func (m *minutes) most(method string) (most, all int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	at := m.calls[method]
	for i, begin := range at {
		n := 0
		for _, t := range at[i:] {
			if t.Sub(begin) < time.Minute {
				n++
			}
		}
		most = max(most, n)
	}
	return most, len(at)
}

// However many messages show somebody, and however many DMs there are, Slack
// is searched and cleaned at its pace: 50 calls of a method a minute.
func TestForgettingKeepsSlacksPace(t *testing.T) {
	t.Parallel()
	k := &talk{t: t}
	seen := &minutes{calls: map[string][]time.Time{}}
	k.w = newWorld(t, monday(t, 10, 0), func(c *Config) {
		seen.now = c.Now
		c.HashKey, c.HTTP = []byte("a key for the tests"), &http.Client{Transport: seen, Timeout: 10 * time.Second}
		c.Sleep = func(ctx context.Context, d time.Duration) error {
			if d > 0 {
				k.w.move(k.w.now().Add(d))
			}
			return ctx.Err()
		}
	}, nil)
	k.p = k.w.slack.Person("ada")
	k.types(addJane)
	const many = 60
	for range many {
		k.got(k.p.Say("", "show 1"))
		k.got(k.p.SayInThread("", k.last.Shown[len(k.last.Shown)-1].TS, "show 1"))
	}
	dm := k.turn().Rep.DM
	for i := range many { // colleagues, whose DMs are looked through too
		row := storage.RepRow{DM: dm}
		row.ID = "U9" + string(rune('A'+i/10)) + string(rune('0'+i%10))
		if err := k.w.store.AddRep(t.Context(), row); err != nil {
			t.Fatal(err)
		}
		if err := k.w.store.UpdateRep(t.Context(), row.ID, func(r *storage.RepRow) error { r.DM = dm; return nil }); err != nil {
			t.Fatal(err)
		}
	}
	k.types("forget 1").presses("Forget for good")
	if k.hears("Jane Doe, Acme") {
		t.Error("still shown")
	}
	for _, method := range []string{"conversations.history", "conversations.replies", "chat.delete"} {
		if most, all := seen.most(method); most > 50 || all <= 50 {
			t.Errorf("%s: %d calls in one minute, of %d", method, most, all)
		}
	}
}

// A search that waits for its turn is one, however often the clock is looked
// at, and keeps no stop waiting: the rest is done after the next start.
func TestForgettingKeepsNoStopWaiting(t *testing.T) {
	t.Parallel()
	var waiting atomic.Int32
	k := newTalk(t, monday(t, 10, 0))
	k.w.halt()
	plain := k.w.setup
	k.w.setup = func(c *Config) {
		plain(c)
		c.Sleep = func(ctx context.Context, d time.Duration) error {
			if d <= 0 {
				return ctx.Err()
			}
			waiting.Add(1)
			defer waiting.Add(-1)
			<-ctx.Done()
			return ctx.Err()
		}
	}
	k.w.boot()
	k.types(addJane)
	k.types("show 1")
	k.w.bot.pace.hold(looking.Name, k.w.now().Add(time.Hour))
	r, err := k.w.bot.forgetClick(t.Context(), Click{Turn: k.turn(), Tail: "yes", Value: "1"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	k.w.until("the search waits", func() bool { return waiting.Load() > 0 })
	for m := 1; m < 10; m++ {
		if err := k.w.bot.eraseLater(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := waiting.Load(); n != 1 {
		t.Errorf("%d searches wait side by side", n)
	}
	select {
	case <-k.w.bot.lanes.quiet():
	default:
		t.Error("a search that waits counts as work to be finished")
	}
	k.w.halt()
	if n := waiting.Load(); n != 0 {
		t.Errorf("%d searches outlive their process", n)
	}
	k.w.setup = plain
	k.w.boot()
	k.w.tick(monday(t, 11, 1))
	k.w.bot.Idle(t.Context())
	if k.hears("Jane Doe, Acme (#1)") {
		t.Error("still shown")
	}
	if left, err := k.w.store.Erasures(t.Context()); err != nil || len(left) != 0 {
		t.Errorf("left to do: %+v, %v", left, err)
	}
}
