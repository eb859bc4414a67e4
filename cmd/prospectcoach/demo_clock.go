package main

import (
	"context"
	"sync"
	"time"
)

// worldClock is a clock that runs like a real one from a moment of its own and
// can be moved forward. It never goes back.
type worldClock struct {
	real func() time.Time
	beat time.Duration // step of a move

	mu     sync.Mutex
	anchor time.Time // real time at which the world's time was at
	at     time.Time
	frozen bool

	moving sync.Mutex // one move at a time
}

func newWorldClock(real func() time.Time, at time.Time) *worldClock {
	return &worldClock{real: real, beat: 15 * time.Minute, anchor: real(), at: at}
}

// Now is the world's time.
func (c *worldClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.frozen {
		return c.at
	}
	return c.at.Add(c.real().Sub(c.anchor))
}

// freeze stops the clock; stories and moves work on a clock that stands.
func (c *worldClock) freeze() {
	now := c.Now()
	c.mu.Lock()
	c.at, c.frozen = now, true
	c.mu.Unlock()
}

func (c *worldClock) stands() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.frozen
}

// run lets the clock go on from where it stands.
func (c *worldClock) run() {
	c.mu.Lock()
	c.anchor, c.frozen = c.real(), false
	c.mu.Unlock()
}

// set moves a standing clock forward.
func (c *worldClock) set(t time.Time) {
	c.mu.Lock()
	if t.After(c.at) {
		c.at = t
	}
	c.mu.Unlock()
}

// moveTo goes forward to t in steps of a beat (a quarter of an hour: a nudge
// comes at its own time, and a week takes seconds), and calls tick at each, so
// that everything that is due on the way happens in its order. The clock goes
// on afterwards if it went before.
func (c *worldClock) moveTo(ctx context.Context, t time.Time, tick func(context.Context, time.Time) error) error {
	c.moving.Lock()
	defer c.moving.Unlock()
	if !c.stands() {
		c.freeze()
		defer c.run()
	}
	for c.Now().Before(t) {
		next := c.Now().Truncate(c.beat).Add(c.beat)
		if next.After(t) {
			next = t
		}
		c.set(next)
		if err := tick(ctx, next); err != nil {
			return err
		}
	}
	return nil
}
