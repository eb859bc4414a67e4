package coach

import "slices"

// knowThem looks for something of this prospect in the text.
func (c *check) knowThem() {
	p := c.in.Prospect
	if p == nil {
		return
	}
	for _, f := range p.Facts {
		if c.mentions(f.Text, 2) {
			c.fact, c.specific, c.specificSay = true, true, map[FactKind]string{
				Said:    "It takes up what they said themselves.",
				Trigger: "It begins with something that happened to them.",
			}[f.Kind]
			if c.specificSay == "" {
				c.specificSay = "It rests on something you found out about them."
			}
			return
		}
	}
	for _, toks := range [][]token{c.r.toks[c.r.from:c.r.to], c.subject} {
		for _, t := range toks {
			if t.bits&quoted == 0 && slices.Contains(c.company, t.word) {
				c.specific, c.specificSay = true, "It names their company, so they can see it was written for them."
				return
			}
		}
	}
	own := c.ownWorlds()
	for _, h := range c.hits {
		if (h.kind == kindIndustry || h.kind == kindTrade) && h.phrase.worlds&own != 0 {
			c.specific, c.specificSay = true, "It speaks of their kind of business."
			return
		}
	}
	if p.Industry != "" && c.mentions(p.Industry, 1) {
		c.specific, c.specificSay = true, "It speaks of their kind of business."
		return
	}
	for _, h := range c.hits {
		if h.kind == kindBetween && h.sent >= 0 && !c.sentences[h.sent].empty {
			c.specific, c.specificSay = true, "It takes up what the two of you have between you."
			return
		}
	}
}

// mentions tells whether at least need telling words of known stand in the
// text; one is enough when it is a proper name, a rare word of a short
// fact, stands in a compound or after a number as it does in known ("no-shows",
// "three primaries"), or when known has no more.
func (c *check) mentions(known string, need int) bool {
	found, telling, rare := 0, 0, false
	var buf [64]token
	toks := scan(buf[:0], known, 0)
	for i, t := range toks {
		if t.bits&suffix != 0 || c.x.common[t.word] || slices.Contains(c.own, t.word) || t.end-t.start < 3 && t.bits&numeric == 0 {
			continue
		}
		telling++
		stem := c.x.stemOf(known, t)
		if !c.stands(stem) {
			continue
		}
		found++
		if need < 3 && (i > 0 && c.pair(known, toks[i-1], t) || i+1 < len(toks) && c.pair(known, t, toks[i+1])) {
			return true
		}
		rare = rare || t.end-t.start >= rareLetters
		if i > 0 && t.bits&capital != 0 && t.bits&sentStart == 0 && need < 3 {
			return true
		}
	}
	return found > 0 && (found >= min(need, telling) || rare && telling <= 3)
}

// pair tells whether two neighbours in known, joined by a hyphen or the first
// of them a number, stand side by side in the text too.
func (c *check) pair(known string, a, b token) bool {
	if known[a.end:b.start] != "-" && !numbers[a.word] && a.bits&numeric == 0 {
		return false
	}
	first, second := c.x.stemOf(known, a), c.x.stemOf(known, b)
	for _, toks := range [][]token{c.r.toks[c.r.from:c.r.to], c.subject} {
		for i := 1; i < len(toks); i++ {
			if toks[i].stem == second && toks[i-1].stem == first && toks[i].bits&quoted == 0 {
				return true
			}
		}
	}
	return false
}

var numbers = wordSet("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "twenty", "hundred", "second", "third", "half")

// rareLetters is the length from which one word of a short fact tells enough.
const rareLetters = 8

// stands tells whether a stem stands in the body or the subject.
func (c *check) stands(stem uint64) bool {
	for _, toks := range [][]token{c.r.toks[c.r.from:c.r.to], c.subject} {
		for i := range toks {
			if toks[i].stem == stem && toks[i].bits&quoted == 0 {
				return true
			}
		}
	}
	return false
}
