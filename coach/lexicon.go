package coach

import (
	"maps"
	"slices"
	"strings"
	"sync/atomic"
)

// lexicon is the playbook's lists in the form that the checks need: words as
// hashes, phrases as patterns found by their first word. It is made once, in
// Prepare, and only read afterwards (but for the memory of stems, which is
// safe for use from everywhere).
type lexicon struct {
	stemmer func(string) string
	stems   []atomic.Pointer[stemmed] // nil in a playbook that was not prepared

	greetings, closings phrases
	lists               phrases // all lists of the draft check in one
	titles              []titleMatcher
	common              map[uint64]bool // by word
	ordinary            map[uint64]bool // by stem: what stands in the lists is no name
	syllables           map[string]int
	spoken              map[string]string
}

// A kind is the list that a phrase stands in.
type kind uint8

const (
	kindJargon kind = iota
	kindStock
	kindEmpty
	kindNeedy
	kindBump
	kindStranger
	kindOffer
	kindRequest
	kindPaired
	kindBetween
	kindIndustry
	kindTrade     // shows that their own business is meant, and is no stranger in another
	kindWorldName // tells which industry a prospect is in, and no more
)

// stemmed remembers one stem; its slots are chosen by the word, so that the
// memory is bounded and the last two words of each pair of slots win.
type stemmed struct{ word, stem uint64 }

const stemSlots = 1 << 13

// Prepare makes the playbook's lists ready for use; templates calls it last.
// A playbook that was changed is prepared again before it is shared. Without
// it everything works, slowly.
func (pb *Playbook) Prepare() *Playbook {
	pb.lexicon = newLexicon(pb, make([]atomic.Pointer[stemmed], stemSlots))
	pb.prints, pb.guesses = newPrints(), newGuesses()
	return pb
}

func (pb *Playbook) lex() *lexicon {
	if pb.lexicon != nil {
		return pb.lexicon
	}
	return newLexicon(pb, nil)
}

func newLexicon(pb *Playbook, stems []atomic.Pointer[stemmed]) *lexicon {
	x := &lexicon{stemmer: pb.Stem, stems: stems}
	if x.stemmer == nil {
		x.stemmer = func(s string) string { return s }
	}
	x.greetings = x.phrases(pb.Words.Greetings)
	x.closings = x.phrases(pb.Words.Closings)
	x.titles = x.titleMatchers(pb.Titles)
	x.common = wordSet(pb.Words.Common...)
	x.lists, x.ordinary = phrases{}, map[uint64]bool{}
	for k, list := range [][]string{
		kindJargon: pb.Words.Jargon, kindStock: pb.Words.Stock, kindEmpty: pb.Words.Empty, kindNeedy: pb.Words.Needy,
		kindBump: pb.Words.Bump, kindStranger: pb.Words.Strangers, kindOffer: pb.Words.Offers, kindRequest: pb.Words.Requests,
		kindPaired: pb.Words.Paired, kindBetween: pb.Words.Between,
	} {
		x.addList(kind(k), list)
	}
	x.addWorlds(pb.Words.Industries)
	x.syllables, x.spoken = foldKeys(pb.Words.Syllables), foldKeys(pb.Words.Spoken)
	return x
}

func foldKeys[V any](m map[string]V) map[string]V {
	out := make(map[string]V, len(m))
	for k, v := range m {
		out[strings.Trim(Fold(k), ".")] = v
	}
	return out
}

func (x *lexicon) addList(k kind, list []string) {
	for first, ps := range x.phrases(list) {
		for _, p := range ps {
			p.kind = k
			for _, pl := range p.places {
				for _, s := range pl.any {
					x.ordinary[s] = true
				}
			}
		}
		x.lists[first] = append(x.lists[first], ps...)
	}
}

// addWorlds adds the tell-tale words of each industry; a word may belong to
// several. One after "~" speaks for its industry, and against no other.
func (x *lexicon) addWorlds(worlds map[string][]string) {
	names := slices.Sorted(maps.Keys(worlds))
	words := map[string]uint64{}
	for i, name := range names[:min(len(names), 64)] {
		// By its very form: fitness is not what fits.
		x.addWorld("="+Fold(name), kindWorldName, 1<<i)
		for _, w := range worlds[name] {
			words[Fold(w)] |= 1 << i
		}
	}
	for _, w := range slices.Sorted(maps.Keys(words)) {
		if plain, ok := strings.CutPrefix(w, "~"); ok {
			x.addWorld(plain, kindTrade, words[w])
			continue
		}
		x.addWorld(w, kindIndustry, words[w])
	}
}

func (x *lexicon) addWorld(words string, k kind, worlds uint64) {
	p := x.phrase(words)
	if len(p.places) == 0 {
		return
	}
	p.kind, p.worlds = k, worlds
	for _, first := range p.places[0].any {
		x.lists[first] = append(x.lists[first], p)
	}
}

// worldsOf are the industries that a text speaks of, as bits.
func (x *lexicon) worldsOf(text string) (worlds uint64) {
	var buf [32]token
	toks := scan(buf[:0], text, 0)
	for i := range toks {
		toks[i].stem = x.stemOf(text, toks[i])
	}
	for i := range toks {
		for _, p := range x.lists[toks[i].stem] {
			if (p.kind == kindIndustry || p.kind == kindWorldName) && p.match(toks, i, 0, toks[i].sent) > 0 {
				worlds |= p.worlds
			}
		}
	}
	return worlds
}

// inverted tells whether a sentence asks by its order of words, with or
// without a question mark ("could you tell me …").
func (x *lexicon) inverted(toks []token) bool {
	return len(toks) > 2 && (verbsFirst[toks[0].word] && subjects[toks[1].word] || questionWords[toks[0].word] && verbsFirst[toks[1].word])
}

var (
	verbsFirst    = wordSet("do", "does", "did", "is", "are", "was", "were", "have", "has", "would", "could", "can", "should", "will", "may")
	subjects      = wordSet("you", "your", "it", "that", "there", "this", "we", "i", "they", "he", "she", "the", "anyone", "anybody", "someone", "somebody")
	questionWords = wordSet("how", "what", "which", "who", "where", "when", "why")
)

// stem of the word that text holds, whose hash is word.
func (x *lexicon) stem(word uint64, text string) uint64 {
	if x.stems == nil {
		return hashWord(x.stemmer(Fold(text)))
	}
	at := (word ^ word>>29) % stemSlots &^ 1
	slot, beside := &x.stems[at], &x.stems[at+1]
	last := slot.Load()
	if last != nil && last.word == word {
		return last.stem
	}
	if known := beside.Load(); known != nil && known.word == word {
		return known.stem
	}
	s := hashWord(x.stemmer(Fold(text)))
	beside.Store(last)
	slot.Store(&stemmed{word, s})
	return s
}
