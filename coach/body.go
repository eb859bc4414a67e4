package coach

import "strings"

// A reading is a text taken apart: subject, greeting, body, signature, quoted
// text. Tokens from toks[from] to toks[to] (exclusive) are the body.
type reading struct {
	text       string
	toks       []token
	from, to   int
	hasSubject bool
	subject    [2]int // byte range of the subject's words
	bodyStart  int    // byte offset where the text after the subject begins
}

// read takes text apart, reusing the space of r.
func (x *lexicon) read(r *reading, text string) {
	*r = reading{text: text, toks: r.toks[:0]}
	r.cutSubject()
	if r.toks == nil {
		r.toks = make([]token, 0, len(text)/5+4)
	}
	r.toks = scan(r.toks, text, r.bodyStart)
	for i := range r.toks {
		r.toks[i].stem = x.stemOf(text, r.toks[i])
	}
	r.to = r.quoteStart(len(r.toks))
	r.from = x.greetingEnd(r)
	r.to = x.signatureStart(r)
}

// cutSubject finds a first line "Subject: …".
func (r *reading) cutSubject() {
	start := 0
	for start < len(r.text) && (r.text[start] == ' ' || r.text[start] == '\n' || r.text[start] == '\r' || r.text[start] == '\t') {
		start++
	}
	const key = "subject:"
	if len(r.text)-start < len(key) || !strings.EqualFold(r.text[start:start+len(key)], key) {
		return
	}
	end := len(r.text)
	if n := strings.IndexByte(r.text[start:], '\n'); n >= 0 {
		end = start + n
	}
	from := start + len(key)
	words := strings.TrimSpace(r.text[from:end])
	if words != "" {
		from += strings.Index(r.text[from:end], words)
	} else {
		from = end
	}
	r.hasSubject, r.subject, r.bodyStart = true, [2]int{from, from + len(words)}, end
}

// quoteStart is the token at which an earlier message begins: "On … wrote:",
// "-----Original Message-----", or ">" lines down to the end.
func (r *reading) quoteStart(n int) int {
	for n > 0 && r.toks[n-1].bits&quoted != 0 {
		n--
	}
	for i := 0; i < n; i++ {
		t := r.toks[i]
		if t.bits&lineStart == 0 {
			continue
		}
		line := r.text[t.start:]
		if e := strings.IndexByte(line, '\n'); e >= 0 {
			line = line[:e]
		}
		line = strings.TrimRight(line, " \r\t-_")
		switch {
		case len(line) < 200 && (strings.HasPrefix(line, "On ") && strings.HasSuffix(line, "wrote:") || strings.HasPrefix(line, "Am ") && strings.HasSuffix(line, "schrieb:")),
			strings.EqualFold(line, "Original Message"), strings.EqualFold(line, "Forwarded message"),
			i > 0 && strings.HasPrefix(line, "From: ") && strings.Contains(r.text[t.start:min(len(r.text), int(t.start)+headerMost)], "\nSent: "):
			return i
		}
	}
	return n
}

// headerMost is how far below "From:" the "Sent:" of a quoted message stands.
const headerMost = 300

// maxNames is how many words a name in a greeting or signature has at most.
const maxNames = 4

// greetingEnd is the token after "Hi Jane," or "Dear Ms. Doe:".
func (x *lexicon) greetingEnd(r *reading) int {
	if r.to == 0 {
		return 0
	}
	i, _ := x.greetings.at(r.toks[:r.to], 0)
	if i == 0 {
		// A first line that is a name alone: "Jane,".
		for n := 0; n < maxNames-1 && n < r.to && r.toks[n].bits&capital != 0; n++ {
			if r.toks[n].bits&breakAt != 0 {
				if n+1 < r.to && r.toks[n+1].bits&lineStart != 0 {
					return n + 1
				}
				return 0
			}
		}
		return 0
	}
	for n := 0; n < maxNames && i < r.to; n++ {
		if r.toks[i-1].bits&breakAt != 0 || r.toks[i].bits&lineStart != 0 {
			break
		}
		if r.toks[i].bits&capital == 0 && r.toks[i].word != wordThere {
			break
		}
		i++
	}
	return i
}

// signatureStart is the token at which "Best regards, Ada" begins, or a last
// line that is a name alone; r.to when there is none.
func (x *lexicon) signatureStart(r *reading) int {
	for i := r.from; i < r.to; i++ {
		t := r.toks[i]
		if t.bits&lineStart != 0 && i > 0 && signatureRule(r.text[r.toks[i-1].end:t.start]) {
			return i
		}
		if t.bits&(lineStart|sentStart) == 0 || i == 0 {
			continue
		}
		end, _ := x.closings.at(r.toks[:r.to], i)
		if end == 0 {
			continue
		}
		if end == r.to {
			return i
		}
		if r.toks[end-1].bits&breakAt == 0 && r.toks[end].bits&capital == 0 {
			continue
		}
		if t.bits&lineStart == 0 {
			if r.to-end <= maxNames && allCapital(r.toks[end:r.to]) {
				return i
			}
			continue
		}
		rest := end
		for rest < r.to && r.toks[rest].bits&lineStart == 0 {
			rest++
		}
		if rest-end <= maxNames && allCapital(r.toks[end:rest]) {
			return i
		}
	}
	return lastNameLine(r)
}

// lastNameLine finds a last line that is one to three capitalised words
// without a stop, after something else.
func lastNameLine(r *reading) int {
	i := r.to - 1
	for i > r.from && r.toks[i].bits&lineStart == 0 {
		i--
	}
	if i <= r.from || r.to-i >= maxNames || !allCapital(r.toks[i:r.to]) {
		return r.to
	}
	tail := r.text[r.toks[r.to-1].end:]
	if tail != "" && strings.IndexByte(".!?:", tail[0]) >= 0 {
		return r.to
	}
	return i
}

func allCapital(toks []token) bool {
	for _, t := range toks {
		if t.bits&capital == 0 {
			return false
		}
	}
	return true
}

// signatureRule tells whether a line of two dashes stands between two words.
func signatureRule(between string) bool {
	for line := range strings.Lines(between) {
		if l := strings.TrimRight(line, " \r\n"); l == "--" || l == "—" || l == "__" {
			return true
		}
	}
	return false
}
