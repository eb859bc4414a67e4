package main

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/bot"
	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/storage"
)

// fleet is a story with several replicas of the bot on one PostgreSQL database
// and one Slack app. The story's own bot is the first of them.
type fleet struct {
	*story
	mu   sync.Mutex
	more map[string]*replica
}

// replica is one more process, as far as database, socket and memory go.
type replica struct {
	store   *storage.Store
	bot     *bot.Bot
	stop    context.CancelFunc
	stopped chan error
}

func newFleet(t *testing.T, at string) *fleet {
	t.Helper()
	f := &fleet{story: newWorld(t, at, "Europe/Berlin", withDatabase(cluster.Database(t))), more: map[string]*replica{}}
	f.slack.SetIdle(f.idle)
	f.clock.beat = 3 * time.Hour
	return f
}

// idle waits for all replicas. Who does not hold the sender's lease has
// nothing to send, so the one that does is asked last as well as first.
func (f *fleet) idle(ctx context.Context) {
	for _, b := range append(f.bots(), f.bots()...) {
		b.Idle(ctx)
	}
}

func (f *fleet) bots() []*bot.Bot {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := []*bot.Bot{}
	if f.bot != nil {
		all = append(all, f.bot)
	}
	for _, r := range f.more {
		all = append(all, r.bot)
	}
	return all
}

// join starts one more replica; tune may change how it is made.
func (f *fleet) join(name string, tune ...func(*bot.Config)) *replica {
	f.Helper()
	store, err := storage.Open(f.Context(), storage.Options{URL: f.dbURL, Now: f.clock.Now})
	if err != nil {
		f.Fatal(err)
	}
	c := f.config(store, name)
	for _, change := range tune {
		change(&c)
	}
	b, err := bot.New(c)
	if err != nil {
		f.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(f.Context()))
	r := &replica{store: store, bot: b, stop: stop, stopped: make(chan error, 1)}
	go func() { r.stopped <- b.Run(ctx) }()
	ready, cancel := context.WithTimeout(f.Context(), 20*time.Second)
	defer cancel()
	if err := b.Ready(ready); err != nil {
		f.Fatalf("replica %s did not connect: %v", name, err)
	}
	f.mu.Lock()
	f.more[name] = r
	f.mu.Unlock()
	f.Cleanup(func() { f.leave(name) })
	return r
}

// leave ends a replica as SIGTERM does.
func (f *fleet) leave(name string) {
	f.Helper()
	f.mu.Lock()
	r := f.more[name]
	delete(f.more, name)
	f.mu.Unlock()
	if r == nil {
		return
	}
	r.stop()
	if err := <-r.stopped; err != nil {
		f.Errorf("replica %s: %v", name, err)
	}
	if err := r.store.Close(); err != nil {
		f.Error(err)
	}
}

// die ends a replica as kill -9 does: from one moment to the next it cannot
// write a thing any more.
func (f *fleet) die(name string) {
	f.Helper()
	f.mu.Lock()
	r := f.more[name]
	delete(f.more, name)
	f.mu.Unlock()
	if err := r.store.Close(); err != nil {
		f.Error(err)
	}
	r.stop()
}

// lookAt lets all replicas look at the clock at once, as their own heartbeats do.
func (f *fleet) lookAt(ctx context.Context, now time.Time) error {
	bots := f.bots()
	errs := make([]error, len(bots))
	var wg sync.WaitGroup
	for i, b := range bots {
		wg.Go(func() { errs[i] = b.Tick(ctx, now) })
	}
	wg.Wait()
	f.idle(ctx)
	return errors.Join(errs...)
}

// Until moves the clock, with every replica's heartbeat on the way.
func (f *fleet) Until(when string) {
	f.Helper()
	if err := f.clock.moveTo(f.Context(), f.moment(when), f.lookAt); err != nil {
		f.Fatal(err)
	}
}

// takeAll takes every message that begins like one of these.
func (s *story) takeAll(beginnings ...string) {
	for _, m := range s.slack.Unexpected() {
		for _, b := range beginnings {
			if strings.HasPrefix(words(m), b) {
				s.slack.Take(m)
			}
		}
	}
}

// nudges are the morning messages in a person's DM.
func (a *actor) nudges() (found []localslack.Message) {
	for _, m := range a.p.DM().Messages {
		if strings.Contains(string(m.Metadata), "prospect_nudge") {
			found = append(found, m)
		}
	}
	return found
}

// gatedPost holds the first post back on its way to Slack; then it goes on, or
// is cut off.
type gatedPost struct {
	once          sync.Once
	held, release chan struct{}
	cut           bool
}

func (g *gatedPost) RoundTrip(r *http.Request) (res *http.Response, err error) {
	first := false
	if strings.HasSuffix(r.URL.Path, "/chat.postMessage") {
		g.once.Do(func() { first = true })
	}
	if first {
		close(g.held)
		<-g.release
		if g.cut {
			return nil, errors.New("the process is gone")
		}
	}
	return http.DefaultTransport.RoundTrip(r)
}

// waitFor waits for something that happens on another goroutine: it looks
// again at every change of the local Slack, and now and then besides.
func (s *story) waitFor(what string, ok func() bool) {
	s.Helper()
	changes, cancel := s.slack.Subscribe()
	defer cancel()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	deadline := time.NewTimer(20 * time.Second)
	defer deadline.Stop()
	for !ok() {
		select {
		case <-changes:
		case <-look.C:
		case <-deadline.C:
			s.Fatal("waited in vain: " + what)
		}
	}
}
