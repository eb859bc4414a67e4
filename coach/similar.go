package coach

import (
	"math/bits"
	"slices"
	"strings"
)

// Print is what remains of a text to compare it with others (A1): its words
// without greeting, names, signature and quoted text, as two small sets of
// hashes. Make it once per text and compare it often.
type Print struct {
	words    int
	all      uint64 // hash of all words in their order
	shingles set    // runs of three words
	stems    set    // stemmed words
}

// set is a set of hashes, sorted, with a mark that tells quickly what is not in
// it and how much two of them can have in common: each member sets one bit of
// 256.
type set struct {
	members []uint64
	mark    [4]uint64
	marked  int // how many bits are set
}

// setOf makes a set of hashes, which it keeps.
func setOf(hashes []uint64) *set {
	s := &set{members: hashes}
	s.settle()
	return s
}

// settle sorts what was put in and leaves out what is doubled.
func (s *set) settle() {
	slices.Sort(s.members)
	s.members = slices.Compact(s.members)
	s.mark, s.marked = [4]uint64{}, 0
	for _, h := range s.members {
		s.mark[h>>6&3] |= 1 << (h & 63)
	}
	for _, m := range s.mark {
		s.marked += bits.OnesCount64(m)
	}
}

// has tells whether h is in the set.
func (s *set) has(h uint64) bool {
	return s.mark[h>>6&3]&(1<<(h&63)) != 0 && slices.Contains(s.members, h)
}

// fewWords is the number of words under which two texts are alike only when
// they are equal.
const fewWords = 8

// Print reads a text for comparison. names are left out wherever they stand:
// the prospect's, the rep's, the companies'.
func (pb *Playbook) Print(text string, names ...string) Print {
	var r reading
	return pb.print(&r, text, setOf(nameWords(names)))
}

// print is Print in the space of r.
func (pb *Playbook) print(r *reading, text string, names *set) Print {
	pb.lex().read(r, text)
	var p Print
	p.take(r, names)
	return p
}

// nameWords are the hashes of the single words of names.
func nameWords(names []string) []uint64 {
	toks := scan(nil, strings.Join(names, "\n"), 0)
	words := make([]uint64, len(toks))
	for i, t := range toks {
		words[i] = t.word
	}
	return words
}

// take fills p from a reading, reusing the space of p.
func (p *Print) take(r *reading, names *set) {
	stems, shingles := p.stems.members[:0], p.shingles.members[:0]
	if n := r.to - r.from; cap(stems) < n {
		both := make([]uint64, 2*n)
		stems, shingles = both[:0:n], both[n:n]
	}
	*p = Print{all: hashSeed}
	var before, last uint64
	for _, t := range r.toks[r.from:r.to] {
		if t.bits&quoted != 0 || names.has(t.word) {
			continue
		}
		p.words++
		p.all = (p.all ^ t.word) * hashPrime
		stems = append(stems, t.stem)
		if p.words > 2 {
			shingles = append(shingles, shingle(before, last, t.word))
		}
		before, last = last, t.word
	}
	p.stems.members, p.shingles.members = stems, shingles
	p.stems.settle()
	p.shingles.settle()
}

// shingle is the hash of three words in their order.
func shingle(a, b, c uint64) uint64 { return ((a*hashPrime)^b)*hashPrime ^ c }

// Alike tells whether two texts are alike in the sense of A1.
func (pb *Playbook) Alike(a, b string) bool { return pb.AlikePrints(pb.Print(a), pb.Print(b)) }

// AlikePrints tells whether two texts are alike in the sense of A1: under
// eight words equal, else by the share of common three-word runs or of common
// stemmed words.
func (pb *Playbook) AlikePrints(a, b Print) bool { return pb.alike(&a, &b) }

func (pb *Playbook) alike(a, b *Print) bool {
	if a.words == 0 || b.words == 0 {
		return false
	}
	if a.words < fewWords || b.words < fewWords {
		return a.words == b.words && a.all == b.all
	}
	return jaccardAtLeast(&a.shingles, &b.shingles, pb.Limits.Shingles) || jaccardAtLeast(&a.stems, &b.stems, pb.Limits.Stems)
}

// jaccardAtLeast tells whether the common part of two sets is at least limit of
// their union.
func jaccardAtLeast(a, b *set, limit float64) bool {
	if len(a.members) == 0 && len(b.members) == 0 {
		return false
	}
	all := len(a.members) + len(b.members)
	enough := func(both int) bool { return float64(both) >= limit*float64(all-both) }
	return enough(mostCommon(a, b)) && enough(common(a, b))
}

// mostCommon is how much two sets can have in common by their marks: what they
// share sets the same bits in both, and no more of it can have fallen on one
// bit than fell on one in either.
func mostCommon(a, b *set) int {
	n := min(len(a.members)-a.marked, len(b.members)-b.marked)
	for i := range a.mark {
		n += bits.OnesCount64(a.mark[i] & b.mark[i])
	}
	return min(n, len(a.members), len(b.members))
}

// common counts what is in both sets.
func common(x, y *set) (n int) {
	a, b := x.members, y.members
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return n
}
