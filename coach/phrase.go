package coach

import "strings"

// A phrase is a run of words, compared by stem. Each place holds the stems
// that may stand there; a gap before a place lets up to five other words in.
type phrase struct {
	places []place
	after  []uint64 // words that may not stand right before it
	kind   kind
	worlds uint64 // of kindIndustry and kindWorldName: the industries it belongs to, as bits
}

type place struct {
	any   []uint64
	exact uint64 // the word itself, when its stem would find too much
	gap   bool
}

func (pl place) takes(t *token) bool {
	return has(pl.any, t.stem) && (pl.exact == 0 || pl.exact == t.word)
}

// phrases finds the phrases of a list by their first word.
type phrases map[uint64][]*phrase

const maxGap = 5

// phrases compiles a list: words between spaces, "a/b" for either word, "…"
// for up to five words that do not matter, "=word" for this very form, and
// "!a/b" in front for words after which it means something else.
func (x *lexicon) phrases(list []string) phrases {
	m := phrases{}
	for _, line := range list {
		p := x.phrase(line)
		if len(p.places) == 0 {
			continue
		}
		for _, first := range p.places[0].any {
			m[first] = append(m[first], p)
		}
	}
	return m
}

func (x *lexicon) phrase(line string) *phrase {
	p := &phrase{}
	gap := false
	for _, w := range strings.Fields(strings.ReplaceAll(strings.ReplaceAll(line, "...", "…"), "…", " … ")) {
		if w == "…" {
			gap = len(p.places) > 0
			continue
		}
		if not, ok := strings.CutPrefix(w, "!"); ok && len(p.places) == 0 {
			for alt := range strings.SplitSeq(not, "/") {
				p.after = append(p.after, hashWord(alt))
			}
			continue
		}
		if exact, ok := strings.CutPrefix(w, "="); ok {
			for _, t := range scan(nil, exact, 0) {
				p.places = append(p.places, place{any: []uint64{x.stemOf(exact, t)}, exact: t.word, gap: gap})
				gap = false
			}
			continue
		}
		var runs [][]uint64
		for _, alt := range strings.Split(w, "/") {
			var run []uint64
			for _, t := range scan(nil, alt, 0) {
				run = append(run, x.stemOf(alt, t))
			}
			if len(run) > 0 {
				runs = append(runs, run)
			}
		}
		if len(runs) == 0 {
			continue
		}
		if len(runs) == 1 { // "we're" and "call-center" are several words
			for _, s := range runs[0] {
				p.places = append(p.places, place{any: []uint64{s}, gap: gap})
				gap = false
			}
			continue
		}
		var any []uint64
		for _, run := range runs {
			any = append(any, run[0])
		}
		p.places = append(p.places, place{any: any, gap: gap})
		gap = false
	}
	return p
}

// stemOf is the stem of a token of text; a contraction's half has no letters
// of its own to stem.
func (x *lexicon) stemOf(text string, t token) uint64 {
	if t.bits&suffix != 0 || t.bits&numeric != 0 {
		return t.word
	}
	return x.stem(t.word, text[t.start:t.end])
}

// at answers the end (a token index) of the longest phrase that begins at
// token i, within one sentence, or 0.
func (m phrases) at(toks []token, i int) (end int, hit *phrase) {
	for _, p := range m[toks[i].stem] {
		if e := p.match(toks, i, 0, toks[i].sent); e > end {
			end, hit = e, p
		}
	}
	return end, hit
}

// match tries the places from n on at token i; it answers the token index
// after the phrase, or 0.
func (p *phrase) match(toks []token, i, n int, sent int32) int {
	if n == 0 && p.after != nil && i > 0 && toks[i-1].sent == sent && has(p.after, toks[i-1].word) {
		return 0
	}
	for ; n < len(p.places); n++ {
		pl := p.places[n]
		if pl.gap {
			for skip := 0; skip <= maxGap && i+skip < len(toks) && toks[i+skip].sent == sent; skip++ {
				if !pl.takes(&toks[i+skip]) {
					continue
				}
				if n+1 == len(p.places) {
					return i + skip + 1
				}
				if i+skip+1 < len(toks) {
					if e := p.match(toks, i+skip+1, n+1, sent); e > 0 {
						return e
					}
				}
			}
			return 0
		}
		if i >= len(toks) || toks[i].sent != sent || !pl.takes(&toks[i]) {
			return 0
		}
		i++
	}
	return i
}

func has(any []uint64, h uint64) bool {
	for _, a := range any {
		if a == h {
			return true
		}
	}
	return false
}
