package bot

import (
	"context"
	"fmt"
	"sync"

	"github.com/prospectcoach/prospectcoach/coach"
)

// How much of the work that holds a whole file in memory is under way, over
// all people, and how much of one person's, its one under way included.
const (
	bulkAtOnce  = 3
	bulkWaiting = 20
)

// bulk lets later work with whole files, in and out, come one after the other
// for each person and a few at a time for all. What waits holds no file yet.
type bulk struct {
	places chan struct{}
	mu     sync.Mutex
	people map[string]*ownBulk
}

// ownBulk is what one person has under way or waiting.
type ownBulk struct {
	n    int
	turn chan struct{}
}

func newBulk() *bulk {
	return &bulk{places: make(chan struct{}, bulkAtOnce), people: map[string]*ownBulk{}}
}

// run does the work when its turn has come. A coach.Problem says that too much
// of that person's waits already.
func (b *bulk) run(ctx context.Context, user string, work func() error) error {
	own, err := b.enter(user)
	if err != nil {
		return err
	}
	defer b.leave(user, own)
	for _, place := range []chan struct{}{own.turn, b.places} {
		select {
		case place <- struct{}{}:
			defer func() { <-place }()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return work()
}

func (b *bulk) enter(user string) (*ownBulk, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	own := b.people[user]
	if own == nil {
		own = &ownBulk{turn: make(chan struct{}, 1)}
		b.people[user] = own
	}
	if own.n == bulkWaiting {
		return nil, coach.Problem(fmt.Sprintf("I am still busy with %d of your files. Please try this one again when they are done.", own.n))
	}
	own.n++
	return own, nil
}

func (b *bulk) leave(user string, own *ownBulk) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if own.n--; own.n == 0 {
		delete(b.people, user)
	}
}
