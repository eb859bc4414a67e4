package coach

// A sieve tells quickly and without sorting that a text cannot be alike to
// the one it was made from: it counts how many different members of a set the
// other text has, which bounds the common part of both from above.
type sieve struct {
	slots []sieveSlot // open addressing, a power of two
	need  int         // members that must be found before the texts can be alike
	found int
	round int32
}

type sieveSlot struct {
	hash  uint64
	round int32 // the last round in which it was found
}

// newSieve makes a sieve from a set without doubles. Two sets whose common
// part is limit of their union have at least limit of either in common.
func newSieve(set []uint64, limit float64) *sieve {
	size := 16
	for size < 2*len(set) {
		size *= 2
	}
	s := &sieve{slots: make([]sieveSlot, size), need: int(limit * float64(len(set)))}
	for _, h := range set {
		i := h & uint64(size-1)
		for s.slots[i].round != 0 {
			i = (i + 1) & uint64(size-1)
		}
		s.slots[i] = sieveSlot{h, -1}
	}
	return s
}

func (s *sieve) begin() {
	s.round++
	s.found = 0
}

func (s *sieve) see(h uint64) {
	mask := uint64(len(s.slots) - 1)
	for i := h & mask; s.slots[i].round != 0; i = (i + 1) & mask {
		if s.slots[i].hash == h {
			if s.slots[i].round != s.round {
				s.slots[i].round = s.round
				s.found++
			}
			return
		}
	}
}

func (s *sieve) passed() bool { return s.found >= s.need }

// mayBeAlike reads the body of r against both sieves.
func mayBeAlike(r *reading, names *set, stems, shingles *sieve) bool {
	stems.begin()
	shingles.begin()
	var before, last uint64
	n := 0
	for i := r.from; i < r.to; i++ {
		t := &r.toks[i]
		if t.bits&quoted != 0 || names.has(t.word) {
			continue
		}
		n++
		stems.see(t.stem)
		if n > 2 {
			shingles.see(shingle(before, last, t.word))
		}
		before, last = last, t.word
	}
	return stems.passed() || shingles.passed()
}
