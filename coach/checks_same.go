package coach

import "strings"

// repeat looks for a message alike to an earlier one (A1), or a forward or
// bump of it.
func (c *check) repeat() {
	const do = "Give them a new reason: another fact, a story, or one question you have not asked yet."
	for _, h := range c.hits {
		if h.kind == kindBump {
			c.addOf(Repeat, h, " sends the old message again; they have seen it and did not answer.", " send the old message again; they have seen it and did not answer.", do)
			return
		}
	}
	if c.r.hasSubject {
		s := strings.ToLower(c.r.text[c.r.subject[0]:c.r.subject[1]])
		for _, f := range []string{"fwd:", "fw:", "wg:"} {
			if strings.HasPrefix(s, f) {
				c.add(Repeat, c.r.subject[0], c.r.subject[0]+len(f), "Forwarding the old message asks them to do the work of reading it again.", do)
				return
			}
		}
	}
	c.earlier(do)
}

// bumpMost is the number of words up to which a line above a quoted own
// message is a bump and no message of its own.
const bumpMost = 15

func (c *check) earlier(do string) {
	if len(c.in.Earlier) == 0 {
		return
	}
	var names []string
	if p := c.in.Prospect; p != nil {
		names = append(names, p.Name, p.Company)
	}
	if rep := c.in.Rep; rep != nil {
		names = append(names, rep.Name, rep.Company)
	}
	words := setOf(nameWords(names))
	var mine, below, theirs Print
	mine.take(&c.r, words)
	if mine.words <= bumpMost {
		if at := c.r.quoteStart(len(c.r.toks)); at < len(c.r.toks) {
			q := reading{text: c.r.text, toks: unquoted(c.r.toks[at:])}
			q.to = len(q.toks)
			below.take(&q, words)
		}
	}
	r := reading{toks: make([]token, 0, 2*len(c.r.toks)+64)}
	stems, shingles := newSieve(mine.stems.members, c.pb.Limits.Stems), newSieve(mine.shingles.members, c.pb.Limits.Shingles)
	for _, e := range c.in.Earlier {
		c.x.read(&r, e)
		if mine.words >= fewWords && below.words == 0 && !mayBeAlike(&r, words, stems, shingles) {
			continue
		}
		theirs.take(&r, words)
		if c.pb.AlikePrints(mine, theirs) {
			c.add(Repeat, 0, 0, "This says nearly the same as a message you sent before.", do)
			return
		}
		if below.words >= fewWords && common(&below.shingles, &theirs.shingles)*2 >= len(theirs.shingles.members) && len(theirs.shingles.members) > 0 {
			c.add(Repeat, 0, 0, "This puts one line on top of your old message; they have seen it and did not answer.", do)
			return
		}
	}
}

// unquoted copies tokens without their mark, so that they can be compared.
func unquoted(toks []token) []token {
	out := make([]token, len(toks))
	for i, t := range toks {
		t.bits &^= quoted
		out[i] = t
	}
	return out
}

// placeholder looks for blanks left in and stand-ins for a name.
func (c *check) placeholder() {
	const do = "Fill it in, or take the sentence out."
	text, seen := c.r.text, 0
	for i := 0; i < len(text); {
		end := blankAt(text, i)
		if end == 0 {
			i++
			continue
		}
		if seen++; seen > hitsMost {
			break
		}
		c.addOf(Placeholder, hit{start: i, end: end}, " is a blank left in.", " are blanks left in.", do)
		i = end
	}
	for _, h := range c.hits {
		if h.kind == kindStranger {
			c.addOf(Placeholder, h, " tells them that you do not know who they are.", " tell them that you do not know who they are.", "Use their name.")
		}
	}
}

// blankMost is how long a blank may be, in bytes.
const blankMost = 60

// blankAt answers the end of a blank that begins at i, or 0: {{…}} and {…},
// […] that is no link or footnote, (INSERT …), <word>, %WORD%, *|WORD|*, and a row of
// underscores.
func blankAt(text string, i int) int {
	closer := ""
	switch text[i] {
	case '{':
		closer = "}"
		if strings.HasPrefix(text[i:], "{{") {
			closer = "}}"
		}
	case '[':
		closer = "]"
	case '(':
		closer = ")"
	case '<':
		closer = ">"
	case '%':
		closer = "%"
	case '*':
		if !strings.HasPrefix(text[i:], "*|") {
			return 0
		}
		closer = "|*"
	case '_':
		n := i
		for n < len(text) && text[n] == '_' {
			n++
		}
		if n-i >= 3 && (i == 0 || text[i-1] != '_') && strings.Trim(text[i:lineEnd(text, i)], "_ \r") != "" {
			return n
		}
		return 0
	default:
		return 0
	}
	rest := text[i+1 : min(len(text), i+1+blankMost)]
	n := strings.Index(rest, closer)
	if n < 0 {
		return 0
	}
	inside := rest[:n]
	end := i + 1 + n + len(closer)
	if strings.ContainsAny(inside, "\n") || !strings.ContainsFunc(inside, func(r rune) bool { return isWord(r) && (r < '0' || r > '9') }) {
		return 0
	}
	switch text[i] {
	case '(':
		if inside != strings.ToUpper(inside) || !strings.HasPrefix(inside, "INSERT ") && !strings.HasSuffix(inside, "NAME") {
			return 0 // an aside
		}
	case '[':
		if end < len(text) && text[end] == '(' {
			return 0 // a link
		}
	case '<':
		if strings.ContainsAny(inside, "@:/=.") || !isWord(rune(inside[0])) {
			return 0 // an address, a link, a mark of Slack's, a heart
		}
	case '%':
		if strings.ContainsAny(inside, " ") || strings.ToUpper(inside) != inside || i > 0 && isWord(rune(text[i-1])) {
			return 0 // 5% to 10%
		}
	}
	return end
}

// lineEnd is where the line that holds i ends, or where looking on is idle.
func lineEnd(text string, i int) int {
	text = text[:min(len(text), i+2*blankMost)]
	if n := strings.IndexByte(text[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(text)
}
