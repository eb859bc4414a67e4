package bot

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// small makes the pages of users.list hold two users, so that a handful of
// them are many pages; cut loses every page but the first.
type small struct{ cut atomic.Bool }

func (s *small) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/users.list") {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		if s.cut.Load() && !bytes.Contains(body, []byte("cursor=&")) {
			return nil, io.ErrUnexpectedEOF
		}
		body = bytes.Replace(body, []byte("limit=200"), []byte("limit=2"), 1)
		r = r.Clone(r.Context())
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	return http.DefaultTransport.RoundTrip(r)
}

func (s *small) in(c *Config) { c.HTTP = &http.Client{Transport: s, Timeout: 10 * time.Second} }

// Slack's Retry-After is waited out by the bot's own clock, page by page.
func TestTheUsersOfALargeWorkspaceAreReadPageByPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 8, 0), new(small).in, nil)
	before := w.slack.Calls("users.list")
	w.slack.Faults().RateLimit("users.list", 2, 7*time.Second)
	if err := w.bot.refreshPeople(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := w.slack.Calls("users.list") - before; n < 3 {
		t.Errorf("read in %d pages", n)
	}
	waited := slices.DeleteFunc(slices.Clone(w.slept), func(d time.Duration) bool { return d != 7*time.Second })
	if len(waited) != 2 {
		t.Errorf("waited %v", w.slept)
	}
	for _, id := range []string{"U1", "U4", "U6"} {
		if _, known := w.bot.people.get(id, w.now()); !known {
			t.Errorf("%s is not known", id)
		}
	}
}

// What the first pages said is taken up also when a later one cannot be read.
func TestWhoLeftIsNoticedAlthoughALaterPageFails(t *testing.T) {
	t.Parallel()
	var way small
	w := newWorld(t, monday(t, 8, 0), way.in, nil)
	w.slack.Person("ada").Say("", "help")
	w.halt()
	deactivate(w, "U1")
	w.boot()
	way.cut.Store(true)
	if err := w.bot.refreshPeople(t.Context()); err == nil {
		t.Error("a page that was lost went unnoticed")
	}
	if row, err := w.store.Rep(t.Context(), "U1"); err != nil || !row.Gone {
		t.Errorf("Ada is gone: %v, %v", row.Gone, err)
	}
}

// A Slack that asks to wait again and again is left alone in the end.
func TestTheListOfUsersIsNotAskedForWithoutEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 8, 0), nil, nil)
	w.slack.Faults().RateLimit("users.list", 100, time.Second)
	if err := w.bot.refreshPeople(t.Context()); err == nil {
		t.Error("read, although every call was refused")
	}
	if n := len(w.slept); n == 0 || n > 10 {
		t.Errorf("waited %d times", n)
	}
}

// However long Slack takes to list everybody, the morning does not wait.
func TestTheMorningDoesNotWaitForTheListOfUsers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 8, 0).AddDate(0, 0, -3), func(c *Config) { c.Heartbeat, c.HTTP = time.Hour, &http.Client{} }, nil)
	due(t, w, coach.NewDate(2026, 3, 2))
	w.bot.Idle(t.Context()) // the beat of the start is over
	w.until("everybody was read at the start", func() bool { return w.slack.Calls("users.list") > 0 })
	release := w.slack.Faults().Delay("users.list", 1)
	w.move(monday(t, 9, 0))
	done := make(chan error, 1)
	go func() { done <- w.bot.Tick(t.Context(), w.now()) }()
	w.until("the users are being read", func() bool { return w.slack.Faults().Waiting() == 0 })
	w.until("the nudge came", func() bool { return nudges(w) == 1 })
	release()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
