package storage

import (
	"slices"
	"strings"
	"sync"

	"github.com/prospectcoach/prospectcoach/coach"
)

// wrote tells which tables a transaction of the writer may have changed, of
// those of which something is remembered.
type wrote uint8

const (
	wroteReps wrote = 1 << iota
	wroteNuggets
	wroteProspects // prospects, or the changes that hide and show them

	wroteAny = wroteReps | wroteNuggets | wroteProspects
)

// writes is what a statement may change. It goes by the names that stand in
// it, so that a statement nobody has thought of counts as changing too much.
func writes(text string) (w wrote) {
	switch {
	case strings.HasPrefix(text, "SELECT "), strings.HasPrefix(text, "BEGIN"), text == "COMMIT", text == "ROLLBACK":
		return 0
	}
	if strings.Contains(text, "reps") {
		w |= wroteReps
	}
	if strings.Contains(text, "nuggets") {
		w |= wroteNuggets
	}
	if strings.Contains(text, "prospects") || strings.Contains(text, "changes") {
		w |= wroteProspects
	}
	return w
}

// kept remembers the reps and the nuggets, which nearly every turn needs and
// hardly any changes. It is for SQLite only, where all that is written goes
// through this store: a transaction that may have changed some ends them.
type kept struct {
	mu      sync.Mutex
	age     uint64 // how often they ended
	reps    map[string]RepRow
	nuggets []coach.Nugget
	all     bool // the nuggets are known
}

// manyReps is how many are remembered.
const manyReps = 10_000

// ended forgets what a transaction may have changed.
func (k *kept) ended(w wrote) {
	if w&(wroteReps|wroteNuggets) == 0 {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.age++
	if w&wroteReps != 0 {
		clear(k.reps)
	}
	if w&wroteNuggets != 0 {
		k.nuggets, k.all = nil, false
	}
}

// rep answers the remembered row, or how old one that is read from now on is.
func (k *kept) rep(id string) (r RepRow, ok bool, age uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	r, ok = k.reps[id]
	return cloneRep(r), ok, k.age
}

// learnRep keeps a row that was read after age was told.
func (k *kept) learnRep(r RepRow, age uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.age != age {
		return
	}
	if k.reps == nil || len(k.reps) >= manyReps {
		k.reps = map[string]RepRow{}
	}
	k.reps[r.ID] = cloneRep(r)
}

// team answers the remembered nuggets, or how old those read from now on are.
func (k *kept) team() (ns []coach.Nugget, ok bool, age uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Clone(k.nuggets), k.all, k.age
}

// learnTeam keeps nuggets that were read after age was told.
func (k *kept) learnTeam(ns []coach.Nugget, age uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.age == age {
		k.nuggets, k.all = slices.Clone(ns), true
	}
}
