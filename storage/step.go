package storage

import (
	"context"
	"sync"
)

// steps gathers those of the outbox's messages that wait for the writer. A
// commit waits for the disk, and a morning has two steps for each of its
// messages: so those that come while one is being written are written together
// after it. Nobody's step is told to be done before it is on disk. PostgreSQL,
// whose writers need not queue, gathers its commits itself.
type steps struct {
	turn sync.Mutex // held by whoever writes

	mu      sync.Mutex
	waiting []*step
}

// step is one fenced statement: it moves a row on if it is still the caller's.
type step struct {
	text string
	args []any

	over bool // written or failed; set by whoever had the turn
	ok   bool
	err  error
}

// run writes the step, alone or with all that wait.
func (g *steps) run(ctx context.Context, s *Store, it *step) (bool, error) {
	if s.writer == nil {
		s.writeSteps(ctx, []*step{it})
		return it.ok, it.err
	}
	if err := ctx.Err(); err != nil {
		return false, wrapped(movingOn, err)
	}
	g.mu.Lock()
	g.waiting = append(g.waiting, it)
	g.mu.Unlock()
	g.turn.Lock()
	defer g.turn.Unlock()
	if !it.over { // nobody wrote it along with theirs
		g.mu.Lock()
		some := g.waiting
		g.waiting = nil
		g.mu.Unlock()
		s.writeSteps(context.WithoutCancel(ctx), some) // the others' steps do not end with ours
	}
	return it.ok, it.err
}

const movingOn = "moving a message on"

// writeSteps writes some steps in one transaction; when that fails, each in
// one of its own, so that none fails for another's sake.
func (s *Store) writeSteps(ctx context.Context, some []*step) {
	err := s.write(ctx, movingOn, func(q querier) error {
		for _, it := range some {
			n, err := q.exec(it.text, it.args...)
			if err != nil {
				return err
			}
			it.ok = n == 1
		}
		return nil
	})
	for _, it := range some {
		if err != nil && len(some) > 1 {
			s.writeSteps(ctx, []*step{it})
			continue
		}
		it.over, it.ok, it.err = true, it.ok && err == nil, err
	}
}
