package coach

import (
	"hash/maphash"
	"strings"
	"sync"
	"sync/atomic"
)

// Comparing a draft with all that was ever said to a prospect reads the same
// texts again and again, for each advice and each step of a plan. A prepared
// playbook remembers what it read, in a fixed number of slots, so that the
// memory stays bounded and nobody waits for a lock. What it remembers depends
// on nothing but the text and the names: it changes the time, never the answer.

// printSlots is how many texts a playbook remembers.
const printSlots = 1 << 12

// printed is a text that was read, with all that its print depends on.
type printed struct {
	text, names string
	print       Print
}

// prints is the memory; the zero value remembers nothing.
type prints struct {
	seed     maphash.Seed
	slots    []atomic.Pointer[printed]
	readings sync.Pool // of *reading: space to read a text in
}

func newPrints() *prints {
	p := &prints{seed: maphash.MakeSeed(), slots: make([]atomic.Pointer[printed], printSlots)}
	p.readings.New = func() any { return new(reading) }
	return p
}

// names are those of both sides of a life, which count in no comparison.
type names struct {
	all   string // in one piece
	words *set   // the hashes of their single words
}

func newNames(all []string) *names { return &names{strings.Join(all, "\x00"), setOf(nameWords(all))} }

// printOf is Print, remembered.
func (pb *Playbook) printOf(text string, n *names) *Print {
	if pb.prints == nil {
		p := pb.print(&reading{}, text, n.words)
		return &p
	}
	slot := &pb.prints.slots[(maphash.String(pb.prints.seed, text)^maphash.String(pb.prints.seed, n.all))%printSlots]
	if p := slot.Load(); p != nil && p.text == text && p.names == n.all {
		return &p.print
	}
	r := pb.prints.readings.Get().(*reading)
	p := &printed{text, n.all, pb.print(r, text, n.words)}
	pb.prints.readings.Put(r)
	slot.Store(p)
	return &p.print
}
