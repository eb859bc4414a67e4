package coach

import "slices"

// The least words of a voicemail and of an email (section 6).
const (
	voicemailLeast = 20
	emailLeast     = 15
	// One question about something of theirs needs no more to be understood.
	questionLeast = 9
)

// cryptic: nobody could tell who this is, from where, or about what.
func (c *check) cryptic() {
	least, what := 0, "An email"
	switch c.in.Channel {
	case Email, "":
		least = emailLeast
	case Voicemail:
		least, what = voicemailLeast, "A voicemail"
	default:
		return
	}
	known := c.saysWho()
	switch {
	case !known && (c.in.Rep != nil || c.in.Channel == Voicemail):
		c.add(Cryptic, 0, 0, "They cannot tell who is writing or from where.", "Say your name and your company, once.")
	case c.report.Words < least && !(c.specific && c.questions > 0 && c.report.Words >= questionLeast):
		c.add(Cryptic, 0, 0, what+" this short leaves them guessing what it is about.", "Add the one sentence that says why you thought of them.")
	case !c.reason && !c.excused():
		c.add(Cryptic, 0, 0, "They cannot tell what it is about.", "Say in one sentence what made you think of them.")
	case !known:
		c.report.NotJudged = append(c.report.NotJudged, Cryptic)
	}
}

// saysWho looks for the sender's name or company, or, when the sender is not
// known, for a signature or an introduction.
func (c *check) saysWho() bool {
	r := &c.r
	if rep := c.in.Rep; rep != nil {
		names := append(nameWords([]string{rep.Name}), nameWords([]string{rep.Company})...)
		var theirs []uint64
		if c.in.Prospect != nil {
			theirs = nameWords([]string{c.in.Prospect.Name})
		}
		for i, t := range r.toks {
			if t.bits&quoted == 0 && slices.Contains(names, t.word) && !legalForms[t.word] && (i >= r.from || !slices.Contains(theirs, t.word)) {
				return true
			}
		}
		if rep.Name != "" || rep.Company != "" {
			return false
		}
	}
	if r.to < len(r.toks) && r.toks[r.to].bits&quoted == 0 && r.quoteStart(len(r.toks)) > r.to {
		return true
	}
	for i := r.from; i+1 < r.to; i++ {
		a, b := r.toks[i], r.toks[i+1]
		if b.bits&capital == 0 && b.bits&suffix == 0 {
			if b.word == wordHere && a.bits&capital != 0 { // "Ada here"
				return true
			}
			continue
		}
		switch {
		case a.word == wordThis && b.word == wordIs, a.word == wordI && b.word == wordAm, a.word == wordName && b.word == wordIs:
			if i+2 < r.to && r.toks[i+2].bits&capital != 0 {
				return true
			}
		case (a.word == wordIs || a.word == wordFrom || a.word == wordWith || a.word == wordAt) && b.bits&capital != 0 && i > 0 && r.toks[i-1].bits&capital != 0:
			return true // "this is Ada", "Ada from Engines"
		case a.word == wordIs && i > 0 && (r.toks[i-1].word == wordThis || r.toks[i-1].word == wordName) && b.bits&capital != 0:
			return true
		case a.word == wordAm && b.bits&capital != 0:
			return true
		}
	}
	return false
}

var (
	wordThis = hashWord("this")
	wordAm   = hashWord("am")
	wordName = hashWord("name")
	wordFrom = hashWord("from")
	wordWith = hashWord("with")
	wordAt   = hashWord("at")
	wordHere = hashWord("here")
)
