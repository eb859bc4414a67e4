package bot

import (
	"context"
	"errors"
	"sync"
	"time"
)

// asideFor is how long something may wait for Slack's pace outside its turn.
const asideFor = 5 * time.Minute

// aside is what waits for Slack's pace outside the turns, so that nobody else's
// turn waits with it: in order within one conversation or Home, side by side
// for several.
type aside struct {
	mu    sync.Mutex
	byKey map[string][]func(context.Context) error // has a key as long as somebody works at it
}

func newAside() *aside { return &aside{byKey: map[string][]func(context.Context) error{}} }

// holds tells whether there is work for that key, and how much of it nobody
// began.
func (a *aside) holds(key string) (any bool, waiting int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	works, any := a.byKey[key]
	return any, len(works)
}

var errAsideFull = errors.New("too much waits for Slack's pace already")

// putAside has something done as soon as it is the key's turn; what becomes of
// it is logged. An error means that there is no room.
func (b *Bot) putAside(key string, work func(context.Context) error) error {
	b.aside.mu.Lock()
	defer b.aside.mu.Unlock()
	waiting, running := b.aside.byKey[key]
	if len(waiting) >= laneLength {
		return errAsideFull
	}
	b.aside.byKey[key] = append(waiting, work)
	if !running {
		b.lanes.begin()
		go b.doAside(key)
	}
	return nil
}

// doAside does what there is for one key until nothing is left.
func (b *Bot) doAside(key string) {
	defer b.lanes.done()
	for work := b.aside.next(key); work != nil; work = b.aside.next(key) {
		ctx, enough := context.WithTimeout(b.work, asideFor)
		if err := b.guard(func() error { return work(ctx) }); err != nil {
			b.Log.WithError(hideURL(err)).WithField("for", key).Error("what waited for Slack's pace could not be shown")
		}
		enough()
	}
}

func (a *aside) next(key string) func(context.Context) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	waiting := a.byKey[key]
	if len(waiting) == 0 {
		delete(a.byKey, key)
		return nil
	}
	a.byKey[key] = waiting[1:]
	return waiting[0]
}

// turnKey marks the context of a turn, which holds a worker of the lanes.
type turnKey struct{}

func inTurn(ctx context.Context) context.Context { return context.WithValue(ctx, turnKey{}, true) }

// waitAside waits for Slack's pace. A turn that does lends its worker's place.
func (b *Bot) waitAside(ctx context.Context, d time.Duration) error {
	if d <= 0 || ctx.Value(turnKey{}) == nil {
		return b.Sleep(ctx, d)
	}
	return b.lanes.lend(func() error { return b.Sleep(ctx, d) })
}
