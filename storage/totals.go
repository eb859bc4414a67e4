package storage

import (
	"fmt"
	"sync"
)

// totals remembers how many rows a long list of one owner has. Going through
// thousands of index entries takes longer than all the rest of a page. It is
// for SQLite only, where all that is written goes through this store: any
// transaction of the writer that is not known to leave prospects alone, or to
// change certain owners' only, ends all that is remembered.
type totals struct {
	mu      sync.Mutex
	all     uint64            // how often everybody's ended
	byOwner map[string]uint64 // how often one owner's ended besides
	known   map[string]total
}

type total struct {
	all, own uint64
	n        int
	besides  string // of the owner by state, as [byState] tells them
}

// Totals under longList without the other states are counted each time, and at
// most manyTotals are remembered.
const (
	longList   = 50
	manyTotals = 10_000
)

// age tells how old what is counted from now on of an owner will be.
func (t *totals) age(owner string) total {
	t.mu.Lock()
	defer t.mu.Unlock()
	return total{all: t.all, own: t.byOwner[owner]}
}

// recall answers the number for a key if nothing was written since.
func (t *totals) recall(owner, key string) (total, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	k, ok := t.known[key]
	return k, ok && k.all == t.all && k.own == t.byOwner[owner]
}

// learn keeps a number that was counted after age was asked.
func (t *totals) learn(key string, age total, n int, besides string) {
	if n < longList && besides == "" {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.known == nil || len(t.known) >= manyTotals {
		t.known = map[string]total{}
	}
	age.n, age.besides = n, besides
	t.known[key] = age
}

// ended forgets the numbers of those owners, or with none of everybody.
func (t *totals) ended(owners []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(owners) == 0 || len(t.byOwner) > manyTotals {
		t.all++
		t.byOwner = nil
		return
	}
	if t.byOwner == nil {
		t.byOwner = map[string]uint64{}
	}
	for _, o := range owners {
		t.byOwner[o]++
	}
}

// count is what is known of a list's number before its transaction begins.
type count struct {
	known   bool
	n       int
	besides string
	learn   func(n int, besides string)
}

// countOf looks whether the number of a list is remembered.
func (s *Store) countOf(l ListQuery) count {
	if s.writer == nil || l.Owner == "" || l.Words != "" {
		return count{learn: func(int, string) {}} // others write too, or it is hardly asked again
	}
	key := fmt.Sprintf("%s %v %d %t %t", l.Owner, l.States, l.DueBy, l.Timed, l.Besides)
	if k, ok := s.totals.recall(l.Owner, key); ok {
		return count{known: true, n: k.n, besides: k.besides}
	}
	age := s.totals.age(l.Owner)
	return count{learn: func(n int, besides string) { s.totals.learn(key, age, n, besides) }}
}
