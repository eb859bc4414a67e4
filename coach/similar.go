package coach

import (
	"slices"
	"strings"
)

// Print is what remains of a text to compare it with others (A1): its words
// without greeting, names, signature and quoted text, as two small sets of
// hashes. Make it once per text and compare it often.
type Print struct {
	words    int
	all      uint64   // hash of all words in their order
	shingles []uint64 // runs of three words, sorted
	stems    []uint64 // stemmed words, sorted
}

// fewWords is the number of words under which two texts are alike only when
// they are equal.
const fewWords = 8

// Empty tells whether nothing was left to compare; such a text is like no other.
func (p Print) Empty() bool { return p.words == 0 }

// Print reads a text for comparison. names are left out wherever they stand:
// the prospect's, the rep's, the companies'.
func (pb *Playbook) Print(text string, names ...string) Print {
	var r reading
	return pb.print(&r, text, nameWords(names))
}

// print is Print in the space of r.
func (pb *Playbook) print(r *reading, text string, names []uint64) Print {
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
func (p *Print) take(r *reading, names []uint64) {
	*p = Print{shingles: p.shingles[:0], stems: p.stems[:0], all: hashSeed}
	if n := r.to - r.from; cap(p.stems) < n {
		both := make([]uint64, 2*n)
		p.stems, p.shingles = both[:0:n], both[n:n]
	}
	var before, last uint64
	for _, t := range r.toks[r.from:r.to] {
		if t.bits&quoted != 0 || slices.Contains(names, t.word) {
			continue
		}
		p.words++
		p.all = (p.all ^ t.word) * hashPrime
		p.stems = append(p.stems, t.stem)
		if p.words > 2 {
			p.shingles = append(p.shingles, shingle(before, last, t.word))
		}
		before, last = last, t.word
	}
	slices.Sort(p.stems)
	p.stems = slices.Compact(p.stems)
	slices.Sort(p.shingles)
	p.shingles = slices.Compact(p.shingles)
}

// shingle is the hash of three words in their order.
func shingle(a, b, c uint64) uint64 { return ((a*hashPrime)^b)*hashPrime ^ c }

// Alike tells whether two texts are alike in the sense of A1.
func (pb *Playbook) Alike(a, b string) bool { return pb.AlikePrints(pb.Print(a), pb.Print(b)) }

// AlikePrints tells whether two texts are alike in the sense of A1: under
// eight words equal, else by the share of common three-word runs or of common
// stemmed words.
func (pb *Playbook) AlikePrints(a, b Print) bool {
	if a.words == 0 || b.words == 0 {
		return false
	}
	if a.words < fewWords || b.words < fewWords {
		return a.words == b.words && a.all == b.all
	}
	return jaccardAtLeast(a.shingles, b.shingles, pb.Limits.Shingles) || jaccardAtLeast(a.stems, b.stems, pb.Limits.Stems)
}

// jaccardAtLeast tells whether the common part of two sorted sets is at least
// limit of their union.
func jaccardAtLeast(a, b []uint64, limit float64) bool {
	small, big := len(a), len(b)
	if small > big {
		small, big = big, small
	}
	if big == 0 || float64(small) < limit*float64(big) {
		return false // even if the smaller one were wholly in the bigger one
	}
	both := common(a, b)
	return float64(both) >= limit*float64(len(a)+len(b)-both)
}

// common counts what is in both sorted sets.
func common(a, b []uint64) (n int) {
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
