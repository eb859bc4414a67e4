package coach

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// titleMatcher is a TitleRule made ready.
type titleMatcher struct {
	level Level
	any   phrases
	ends  []string // folded ends of compounds
}

func (x *lexicon) titleMatchers(rules []TitleRule) []titleMatcher {
	plain := lexicon{stemmer: func(s string) string { return s }}
	var out []titleMatcher
	for _, r := range rules {
		m := titleMatcher{level: r.Level}
		var whole []string
		for _, w := range r.Any {
			if end, ok := strings.CutPrefix(w, "-"); ok {
				m.ends = append(m.ends, Fold(end))
			} else {
				whole = append(whole, w)
			}
		}
		m.any = plain.phrases(whole)
		out = append(out, m)
	}
	return out
}

// GuessLevel guesses a level from a title by the playbook's rules, first hit
// wins (C4). Without a hit it is Manager and false.
func (pb *Playbook) GuessLevel(title string) (Level, bool) {
	if pb.guesses == nil {
		return pb.lex().guessLevel(title)
	}
	slot := &pb.guesses.slots[maphash.String(pb.guesses.seed, title)%guessSlots]
	if g := slot.Load(); g != nil && g.title == title {
		return g.level, g.hit
	}
	level, hit := pb.lex().guessLevel(title)
	slot.Store(&guess{title, level, hit})
	return level, hit
}

// guesses remember the titles read last, as many people have the same one.
type guesses struct {
	seed  maphash.Seed
	slots []atomic.Pointer[guess]
}

// guess is what a title told.
type guess struct {
	title string
	level Level
	hit   bool
}

// guessSlots is how many titles a playbook remembers.
const guessSlots = 1 << 10

func newGuesses() *guesses {
	return &guesses{maphash.MakeSeed(), make([]atomic.Pointer[guess], guessSlots)}
}

func (x *lexicon) guessLevel(title string) (Level, bool) {
	title = undot(title)
	toks := scan(nil, title, 0)
	for i := range toks {
		// Titles are compared as they are, not by stem: a manager is no
		// management. Full stops end nothing in them ("Sr. VP").
		toks[i].stem, toks[i].sent = toks[i].word, 0
	}
	for _, m := range x.titles {
		for i, t := range toks {
			if end, _ := m.any.at(toks, i); end > 0 {
				return m.level, true
			}
			if len(m.ends) == 0 {
				continue
			}
			word := Fold(title[t.start:t.end])
			for _, e := range m.ends {
				if strings.HasSuffix(word, e) {
					return m.level, true
				}
			}
		}
	}
	return Manager, false
}

// undot makes "V.P." and "C.E.O." one word each.
func undot(title string) string {
	if !strings.Contains(title, ".") {
		return title
	}
	words := strings.Fields(title)
	for i, w := range words {
		plain := strings.ReplaceAll(w, ".", "")
		if 2*len(plain) <= len(strings.TrimRight(w, ",;"))+1 {
			words[i] = plain
		}
	}
	return strings.Join(words, " ")
}
