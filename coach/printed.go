package coach

import (
	"hash/maphash"
	"strings"
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
	seed  maphash.Seed
	slots []atomic.Pointer[printed]
}

func newPrints() *prints {
	return &prints{seed: maphash.MakeSeed(), slots: make([]atomic.Pointer[printed], printSlots)}
}

// printOf is Print, remembered. key is the names in one piece.
func (pb *Playbook) printOf(text string, names []string, key string) Print {
	if pb.prints == nil {
		return pb.Print(text, names...)
	}
	slot := &pb.prints.slots[(maphash.String(pb.prints.seed, text)^maphash.String(pb.prints.seed, key))%printSlots]
	if p := slot.Load(); p != nil && p.text == text && p.names == key {
		return p.print
	}
	p := pb.Print(text, names...)
	slot.Store(&printed{strings.Clone(text), key, p})
	return p
}
