package bot

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// outage is Slack's front in trouble: while it is down, every call is answered
// with an HTML page.
type outage struct {
	down  atomic.Bool
	calls atomic.Int64 // while it was down
}

// RoundTrip carries a call out, or not.
func (o *outage) RoundTrip(r *http.Request) (*http.Response, error) {
	if !o.down.Load() {
		return http.DefaultTransport.RoundTrip(r)
	}
	o.calls.Add(1)
	return &http.Response{
		StatusCode: http.StatusServiceUnavailable, Status: "503 Service Unavailable", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {"text/html"}}, Body: io.NopCloser(strings.NewReader("<!DOCTYPE html><title>Server Error | Slack</title>")),
	}, nil
}

func outageWorld(t *testing.T) (*world, *outage) {
	t.Helper()
	o := &outage{}
	w := newWorld(t, monday(t, 8, 30), func(c *Config) { c.HTTP = &http.Client{Transport: o, Timeout: 10 * time.Second} }, nil)
	due(t, w, coach.NewDate(2026, 3, 2))
	return w, o
}

// ticks lets the program look at the clock every minute; while Slack is down
// its looks may fail, and only that is forgiven.
func (w *world) ticks(from, to time.Time, forgive bool) {
	w.t.Helper()
	for at := from; !at.After(to); at = at.Add(time.Minute) {
		w.move(at)
		if err := w.bot.Tick(context.Background(), at); err != nil && !forgive {
			w.t.Fatal(err)
		}
	}
}

// An hour without Slack at nudge time: the nudge comes once when Slack is back,
// and Slack was not battered meanwhile.
func TestSlackIsDownForAnHour(t *testing.T) {
	t.Parallel()
	w, slack := outageWorld(t)
	slack.down.Store(true)
	w.ticks(monday(t, 9, 0), monday(t, 10, 0), true)
	if n := slack.calls.Load(); n == 0 || n > 10*60 {
		t.Errorf("%d calls in an hour without Slack", n)
	}
	slack.down.Store(false)
	w.ticks(monday(t, 10, 1), monday(t, 10, 4), false)
	if n := nudges(w); n != 1 {
		t.Errorf("%d nudges when Slack is back", n)
	}
}

// Mornings that Slack slept through do not pile up: today's nudge alone comes.
func TestOldNudgesGiveWayToTodays(t *testing.T) {
	t.Parallel()
	w, slack := outageWorld(t)
	slack.down.Store(true)
	for day := range 3 {
		w.ticks(monday(t, 9, 0).AddDate(0, 0, day), monday(t, 9, 5).AddDate(0, 0, day), true)
	}
	slack.down.Store(false)
	w.ticks(monday(t, 9, 6).AddDate(0, 0, 2), monday(t, 9, 15).AddDate(0, 0, 2), false)
	if n := nudges(w); n != 1 {
		t.Errorf("%d nudges after three mornings without Slack", n)
	}
	st, err := w.store.OutboxStats(context.Background())
	if err != nil || len(st.Counts) != 0 {
		t.Errorf("still in the outbox: %v, %v", st.Counts, err)
	}
}

// A Slack that takes its time over a nudge keeps nobody from their answer.
func TestAnAnswerDoesNotWaitForASlowPost(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 8, 30), nil, nil)
	due(t, w, coach.NewDate(2026, 3, 2))
	w.slack.SetIdle(nil)
	release := w.slack.Faults().Delay("chat.postMessage", 1)
	w.move(monday(t, 9, 0))
	ticked := make(chan error, 1)
	go func() { ticked <- w.bot.Tick(context.Background(), monday(t, 9, 0)) }()
	w.until("the nudge hangs in Slack", func() bool { return w.slack.Faults().Waiting() == 0 })
	for range 3 {
		r, err := w.slack.Person("ada").In("sales").Command("/prospect list")
		if err != nil || len(r.Shown) == 0 {
			t.Errorf("no answer while a post hangs: %v", err)
		}
	}
	select {
	case <-ticked:
		t.Error("the nudge did not hang")
	default:
	}
	release()
	if err := <-ticked; err != nil {
		t.Fatal(err)
	}
	if nudges(w) != 1 {
		t.Errorf("%d nudges", nudges(w))
	}
}

// A Slack that takes its time over the morning does not stop the clock: what
// becomes due meanwhile is planned.
func TestTheClockGoesOnWhileAPostHangs(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 8, 30), func(c *Config) { c.Heartbeat = time.Hour }, nil)
	due(t, w, coach.NewDate(2026, 3, 2))
	w.slack.SetIdle(nil)
	release := w.slack.Faults().Delay("chat.postMessage", 1)
	w.move(monday(t, 9, 0))
	for minute := range 3 {
		if err := w.bot.Tick(context.Background(), monday(t, 9, minute)); err != nil {
			t.Fatal(err)
		}
	}
	w.until("the nudge hangs in Slack", func() bool { return w.slack.Faults().Waiting() == 0 })
	if !w.bot.ready(w.bot.Health(context.Background()), monday(t, 9, 2)) {
		t.Error("not ready while Slack takes its time")
	}
	release()
	w.until("the nudge is there", func() bool { return nudges(w) == 1 })
}
