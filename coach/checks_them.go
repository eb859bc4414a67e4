package coach

import (
	"fmt"
	"slices"
)

// generic: nothing of this prospect in it. It needs a known prospect (D3).
func (c *check) generic() {
	p := c.in.Prospect
	if p == nil || p.Industry == "" && len(p.Facts) == 0 && len(c.company) == 0 {
		c.report.NotJudged = append(c.report.NotJudged, Generic)
		return
	}
	if !c.specific {
		c.add(Generic, 0, 0, "Nothing in it is about them; it could have been sent to anyone.", "Name one thing you know of their company, their trade, or what they said.")
	}
}

// ownWorlds are the industries that may be spoken of to this prospect: what
// the industry, the company, the title and the facts name.
func (c *check) ownWorlds() uint64 {
	p := c.in.Prospect
	own := c.x.worldsOf(p.Industry) | c.x.worldsOf(p.Company) | c.x.worldsOf(p.Title)
	for _, f := range p.Facts {
		own |= c.x.worldsOf(f.Text)
	}
	return own
}

// wrongWorld: words of an industry that is not theirs. One in passing is no
// harm (a story may come from elsewhere, a school may stand beside the site);
// it takes two different ones of one industry, one that is said of them ("your
// patients", "hotels like yours"), or one where nothing else is theirs. An industry that the lists do not
// know needs two in any case, since one could be its own.
func (c *check) wrongWorld() {
	p := c.in.Prospect
	if p == nil || p.Industry == "" && c.x.worldsOf(p.Company) == 0 {
		c.report.NotJudged = append(c.report.NotJudged, WrongWorld)
		return
	}
	own, need := c.ownWorlds(), 1
	if c.in.Rep != nil {
		own |= c.x.worldsOf(c.in.Rep.Company) // an insurer may speak of insurance to anyone
	}
	if c.x.worldsOf(p.Industry)|c.x.worldsOf(p.Company) == 0 {
		need = 2
	}
	var wrong []hit
	for _, h := range c.hits {
		if h.kind != kindIndustry || h.phrase.worlds&own != 0 || c.holds(p.Industry, h.phrase) {
			continue
		}
		if !slices.ContainsFunc(wrong, func(o hit) bool { return o.phrase == h.phrase || o.start <= h.start && h.end <= o.end }) {
			wrong = append(wrong, h)
		}
	}
	if len(wrong) < need {
		return
	}
	wrong = slices.DeleteFunc(wrong, func(h hit) bool {
		return c.specific && !c.saidOfThem(h) && !slices.ContainsFunc(wrong, func(o hit) bool {
			return o.phrase != h.phrase && o.phrase.worlds&h.phrase.worlds != 0
		})
	})
	theirs := p.Industry
	if theirs == "" {
		theirs = p.Company
	}
	for _, h := range wrong {
		c.addOf(WrongWorld, h, " is about another business; theirs is "+theirs+".", " are about another business; theirs is "+theirs+".", "Say it in the words of their own business, or leave it out.")
	}
}

// saidOfThem tells whether a phrase is said of the reader: "your …", "… like
// you", "as a …", "in the … business", or anything in a subject.
func (c *check) saidOfThem(h hit) bool {
	if h.sent < 0 {
		return true
	}
	s := c.sentences[h.sent]
	toks := c.r.toks[s.from:s.to]
	first, after := 0, len(toks)
	for i, t := range toks {
		if int(t.end) <= h.start {
			first = i + 1
		}
		if int(t.start) >= h.end {
			after = i
			break
		}
	}
	for i := max(0, first-3); i < first; i++ {
		if toks[i].word == wordYour || toks[i].word == wordFor && i == first-1 {
			return true
		}
	}
	for i := after; i+1 < min(len(toks), after+5); i++ {
		if (toks[i].word == wordLike || toks[i].word == wordAs) && secondPerson[toks[i+1].word] {
			return true
		}
	}
	return false
}

var (
	wordYour = hashWord("your")
	wordFor  = hashWord("for")
	wordLike = hashWord("like")
	wordAs   = hashWord("as")
)

// holds tells whether a known text holds the phrase.
func (c *check) holds(known string, ph *phrase) bool {
	var buf [16]token
	toks := scan(buf[:0], known, 0)
	for i := range toks {
		toks[i].stem = c.x.stemOf(known, toks[i])
	}
	for i := range toks {
		if ph.match(toks, i, 0, toks[i].sent) > 0 {
			return true
		}
	}
	return false
}

// aboutMe counts first against second person.
func (c *check) aboutMe() {
	mine, yours := 0, 0
	for _, s := range c.sentences {
		for _, t := range c.r.toks[s.from:s.to] {
			if t.bits&suffix != 0 {
				continue
			}
			switch {
			case firstPerson[t.word]:
				mine++
			case secondPerson[t.word]:
				yours++
			}
		}
	}
	if mine+yours >= 5 && 2*mine > 3*yours {
		c.add(AboutMe, 0, 0, fmt.Sprintf("It says I, we or our %s and you or your %s.", times(mine), times(yours)), "Turn the sentences round so that they begin with them.")
	}
}

func times(n int) string {
	switch n {
	case 0:
		return "not once"
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}

var (
	firstPerson  = wordSet("i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves")
	secondPerson = wordSet("you", "your", "yours", "yourself", "yourselves")
)

func wordSet(words ...string) map[uint64]bool {
	m := map[uint64]bool{}
	for _, w := range words {
		m[hashWord(w)] = true
	}
	return m
}
