package coach

import (
	"slices"
	"strings"
)

// A check is one run of the draft check: the text taken apart once, then asked
// by each judge.
type check struct {
	pb *Playbook
	x  *lexicon
	in DraftInput

	r         reading
	subject   []token
	sentences []sentence
	hits      []hit
	words     wordBits
	isEnglish bool
	company   []uint64 // telling words of the prospect's company
	own       []uint64 // names of people and of the sender's company, which tell nothing of the prospect

	overHard      bool // over the hard length (D1)
	emptyFollowUp bool // checking_in with nothing besides (D1)
	reason        bool // there is a reason to answer
	fact          bool // it rests on a fact about them
	specific      bool // there is something of this prospect in it
	specificSay   string
	questions     int

	report DraftReport
}

// A sentence of the body: tokens from from to to (exclusive).
type sentence struct {
	from, to int
	question bool
	empty    bool // holds an empty follow-up and so asks nothing of its own
	asks     bool
}

// A hit is a phrase of one of the lists found in the text, as a byte range.
type hit struct {
	kind       kind
	start, end int
	sent       int // index into sentences, -1 outside the body
	phrase     *phrase
}

// fewForLanguage is the number of words from which the language can be told.
const fewForLanguage = 8

// englishShare is the least share of common words in an English text; other
// languages stay well under it.
const englishShare = 0.22

func (c *check) look() {
	c.x.read(&c.r, c.in.Text)
	r := &c.r
	if r.hasSubject {
		for _, t := range scan(nil, r.text[:r.subject[1]], r.subject[0]) {
			t.stem = c.x.stemOf(r.text, t)
			c.subject = append(c.subject, t)
		}
	}
	end := r.bodyStart
	if r.to > 0 {
		end = int(r.toks[r.to-1].end)
	}
	c.report.Words = wordCount(r.text[r.bodyStart:end])
	c.names()
	c.split()
	c.collect()
	c.language()
	c.knowThem()
	c.weigh()
}

// names gathers the words of names, which count for nothing else.
func (c *check) names() {
	if rep := c.in.Rep; rep != nil {
		c.own = append(nameWords([]string{rep.Name}), nameWords([]string{rep.Company})...)
	}
	p := c.in.Prospect
	if p == nil {
		return
	}
	for _, w := range nameWords([]string{p.Company}) {
		if !c.x.common[w] && !legalForms[w] && !slices.Contains(c.own, w) {
			c.company = append(c.company, w)
		}
	}
	c.own = append(c.own, nameWords([]string{p.Name, p.Gatekeeper.Name})...)
}

// legalForms tell nothing about a company.
var legalForms = func() map[uint64]bool {
	m := map[uint64]bool{}
	for w := range strings.FieldsSeq("inc ltd llc llp plc corp co company group holding gmbh ag kg se sa sas srl bv nv ab oy limited corporation international and the und of") {
		m[hashWord(w)] = true
	}
	return m
}()

// split finds the sentences of the body.
func (c *check) split() {
	r := &c.r
	for i := r.from; i < r.to; {
		j := i + 1
		for j < r.to && r.toks[j].sent == r.toks[i].sent {
			j++
		}
		if r.toks[i].bits&quoted == 0 {
			after := len(r.text)
			if j < len(r.toks) {
				after = int(r.toks[j].start)
			}
			tail := r.text[r.toks[j-1].end:after]
			c.sentences = append(c.sentences, sentence{from: i, to: j, question: strings.Contains(tail, "?") || c.x.inverted(r.toks[i:j])})
		}
		i = j
	}
}

// collect finds the phrases of the lists: in the body and the subject, those
// that stand in for a name also in the greeting.
func (c *check) collect() {
	r := &c.r
	for _, toks := range [][]token{r.toks[:r.to], c.subject} {
		for i := range toks {
			c.words.put(toks[i].stem)
		}
	}
	s := 0
	for i := 0; i < r.to; i++ {
		for s < len(c.sentences) && i >= c.sentences[s].to {
			s++
		}
		sent := -1
		if s < len(c.sentences) && i >= c.sentences[s].from {
			sent = s
		}
		c.collectAt(r.toks[:r.to], i, sent, i >= r.from)
	}
	for i := range c.subject {
		c.collectAt(c.subject, i, -1, true)
	}
}

func (c *check) collectAt(toks []token, i, sent int, body bool) {
	if toks[i].bits&quoted != 0 {
		return
	}
	for _, p := range c.x.lists[toks[i].stem] {
		if p.kind == kindWorldName || !body && p.kind != kindStranger || !c.words.may(p) {
			continue
		}
		e := p.match(toks, i, 0, toks[i].sent)
		if e == 0 {
			continue
		}
		h := hit{kind: p.kind, start: int(toks[i].start), end: int(toks[e-1].end), sent: sent, phrase: p}
		if p.kind != kindIndustry && p.kind != kindTrade {
			if n := c.lastOf(p.kind); n >= 0 && c.hits[n].start == h.start && c.hits[n].end < h.end {
				c.hits[n] = h
				continue
			} else if n >= 0 && h.start < c.hits[n].end && c.hits[n].start <= h.start {
				continue // it overlaps the one before
			}
		}
		c.hits = append(c.hits, h)
	}
}

// wordBits says which stems may stand in a text, by a bit each, so that most of
// the phrases that begin with an everyday word need no closer look.
type wordBits [16]uint64

func (w *wordBits) put(stem uint64) { w[stem>>6&15] |= 1 << (stem & 63) }

// may tells whether the last word of a phrase may stand in the text.
func (w *wordBits) may(p *phrase) bool {
	if len(p.places) < 2 {
		return true
	}
	for _, stem := range p.places[len(p.places)-1].any {
		if w[stem>>6&15]&(1<<(stem&63)) != 0 {
			return true
		}
	}
	return false
}

// lastOf is the index of the last hit of a kind, or -1.
func (c *check) lastOf(k kind) int {
	for n := len(c.hits) - 1; n >= 0; n-- {
		if c.hits[n].kind == k {
			return n
		}
	}
	return -1
}

// language tells whether the text is English by its common words (D4).
func (c *check) language() {
	words, common := 0, 0
	for _, t := range c.r.toks[:c.r.to] {
		if t.bits&(quoted|numeric) != 0 {
			continue
		}
		words++
		if c.x.common[t.word] {
			common++
		}
	}
	c.isEnglish = float64(common) >= englishShare*float64(words) || words < fewForLanguage && common > 0 || words < 3
}

// weigh gathers what several judges ask for: questions, asks, a reason.
func (c *check) weigh() {
	for _, h := range c.hits {
		if h.sent < 0 {
			continue
		}
		s := &c.sentences[h.sent]
		switch h.kind {
		case kindEmpty, kindBump:
			s.empty = true
		case kindRequest:
			s.asks = true
		}
	}
	for _, s := range c.sentences {
		if s.question && !s.empty {
			c.questions++
		}
	}
	c.reason = c.questions > 0 || c.fact || c.offers() || c.figures()
}

// offers tells whether something of value is announced outside an empty
// follow-up.
func (c *check) offers() bool {
	for _, h := range c.hits {
		if h.kind == kindOffer && h.sent >= 0 && !c.sentences[h.sent].empty {
			return true
		}
	}
	for _, n := range c.in.Nuggets {
		if c.mentions(n.Text, 3) {
			return true
		}
	}
	return false
}

// figures tells whether an outcome is told in numbers ("by 30 percent").
func (c *check) figures() bool {
	for i := c.r.from; i < c.r.to; i++ {
		t := c.r.toks[i]
		if t.bits&numeric == 0 || t.bits&quoted != 0 {
			continue
		}
		if rest := c.r.text[t.end:]; strings.HasPrefix(rest, "%") || strings.HasPrefix(rest, " %") {
			return true
		}
		if i+1 < c.r.to && c.r.toks[i+1].word == wordPercent {
			return true
		}
	}
	return false
}

var wordPercent = hashWord("percent")

// add notes a finding about a byte range.
func (c *check) add(id string, start, end int, say, do string) {
	c.report.Findings = append(c.report.Findings, Finding{ID: id, Start: start, End: end, Say: say, Do: do})
}

// addOf notes a finding about a phrase: what is said of it alone, and of
// several in a row.
func (c *check) addOf(id string, h hit, say, many, do string) {
	c.report.Findings = append(c.report.Findings, Finding{ID: id, Start: h.start, End: h.end, Say: c.quote(h) + say, Do: do, many: many})
}

// quote is the text of a hit, for use within a sentence.
func (c *check) quote(h hit) string {
	s := strings.Join(strings.Fields(c.r.text[h.start:h.end]), " ")
	return "“" + s + "”"
}
