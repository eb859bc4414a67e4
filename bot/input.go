package bot

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// clean takes a text as Slack delivers it back to what was typed: links and
// mentions unwrapped, the three entities decoded (once), every double quote of
// every language a ", odd spaces a space, invisible characters gone. Lines are
// kept. It is called once, at the door.
func clean(text string) string {
	return tidy(entities.Replace(wrapped.ReplaceAllStringFunc(text, unwrap)))
}

// tidy is clean for text that Slack hands over as it was typed, such as the
// fields of a form: nothing is wrapped there, so a < is a < of the person's.
func tidy(text string) string {
	text = strings.Map(plainRune, strings.ReplaceAll(text, "\r\n", "\n"))
	// Only what is left is composed: an accent may stand beside its letter
	// because what parted them has just been dropped.
	return strings.TrimSpace(norm.NFC.String(text))
}

var (
	// A < typed by a person arrives as &lt;, so every < here is Slack's own.
	wrapped  = regexp.MustCompile(`<([^<>\n]+)>`)
	entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")
)

// unwrap turns one of Slack's wrappings into what the person typed.
func unwrap(s string) string {
	body := s[1 : len(s)-1]
	target, label, labelled := strings.Cut(body, "|")
	if target == "" {
		return s // not Slack's
	}
	switch target[0] {
	case '@': // the id is what later code can look up; a label may be anything
		return target
	case '#', '!':
		if labelled && label != "" {
			return strings.TrimPrefix(string(target[0]), "!") + label
		}
		if target[0] == '!' {
			return "@" + target[1:]
		}
		return target
	}
	if labelled && label != "" {
		return label
	}
	for _, scheme := range []string{"mailto:", "tel:"} {
		target = strings.TrimPrefix(target, scheme)
	}
	return target
}

// plainRune maps one character to the plain one that people mean; -1 drops it.
func plainRune(r rune) rune {
	switch r {
	case '“', '”', '„', '‟', '«', '»', '‹', '›', '＂', '❝', '❞':
		return '"'
	case '’', '‘', '‚', '‛':
		return '\''
	case '\n':
		return r
	}
	switch {
	case unicode.IsSpace(r), r == '\u2800', r == '\u3164':
		return ' '
	case unicode.IsControl(r), r == unicode.ReplacementChar, unseen(r):
		return -1
	}
	return r
}

// unseen are characters that show nothing and could make two different names
// look the same, or turn a line around. The Arabic number signs are seen.
func unseen(r rune) bool {
	return unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

// line is a cleaned line that is read from left to right.
type line struct {
	s  string
	at int
}

// token is one word, or one quoted phrase without its quotes.
type token struct {
	text   string
	quoted bool
	end    int // where the next one begins
}

func readLine(s string) *line { return &line{s: s} }

// peek answers the next token without reading it; false at the end.
func (l *line) peek() (token, bool) {
	at := l.at
	for at < len(l.s) && (l.s[at] == ' ' || l.s[at] == '\n') {
		at++
	}
	if at == len(l.s) {
		return token{}, false
	}
	if l.s[at] == '"' {
		rest := l.s[at+1:]
		if end := strings.IndexAny(rest, "\"\n"); end >= 0 {
			return token{rest[:end], true, at + 1 + end + 1}, true
		}
		return token{rest, true, len(l.s)}, true
	}
	end := strings.IndexAny(l.s[at:], " \n")
	if end < 0 {
		end = len(l.s) - at
	}
	return token{l.s[at : at+end], false, at + end}, true
}

// next reads one token; the zero token at the end.
func (l *line) next() token {
	t, ok := l.peek()
	if ok {
		l.at = t.end
	}
	return t
}

// done tells that nothing is left.
func (l *line) done() bool { _, ok := l.peek(); return !ok }

// rest reads everything that is left as TEXT; quotes around the whole of it
// are optional and go.
func (l *line) rest() string {
	s := strings.TrimSpace(l.s[l.at:])
	l.at = len(l.s)
	if len(s) >= 1 && s[0] == '"' {
		inner := s[1:]
		if end := strings.IndexByte(inner, '"'); end < 0 || end == len(inner)-1 {
			return strings.TrimSpace(strings.TrimSuffix(inner, "\""))
		}
	}
	return s
}

// asText writes words into a command line so that rest gives them back as they
// are, line by line, and no word of them counts as a keyword. Only a double
// quote would end them.
func asText(words string) string { return `"` + strings.ReplaceAll(words, `"`, "'") + `"` }

// bare are the next words up to n that are not quoted, unread.
func (l *line) bare(n int) []string {
	ahead := *l
	var words []string
	for len(words) < n {
		t, ok := ahead.peek()
		if !ok || t.quoted {
			break
		}
		words = append(words, t.text)
		ahead.next()
	}
	return words
}

// skip reads n tokens.
func (l *line) skip(n int) {
	for range n {
		l.next()
	}
}

// key reads "name:" where name is one of the known keys, case-blind; what
// stands after the colon is next. "" and nothing read otherwise.
func (l *line) key(known ...string) string {
	t, ok := l.peek()
	if !ok || t.quoted {
		return ""
	}
	name, _, ok := strings.Cut(t.text, ":")
	if !ok {
		return ""
	}
	for _, k := range known {
		if strings.EqualFold(name, k) {
			l.at = t.end - len(t.text) + len(name) + 1
			return k
		}
	}
	return ""
}

// keyword reads the next word if it is one of the known ones or the unique
// beginning of one; hyphen, underscore and case do not matter.
func (l *line) keyword(known ...string) (string, bool) {
	t, ok := l.peek()
	if !ok || t.quoted {
		return "", false
	}
	word, ok := oneOf(t.text, known...)
	if ok {
		l.next()
	}
	return word, ok
}

// oneOf finds the known word that is meant: itself, or the only one that
// begins so.
func oneOf(said string, known ...string) (string, bool) {
	said = foldWord(said)
	if said == "" {
		return "", false
	}
	hit, hits := "", 0
	for _, k := range known {
		if foldWord(k) == said {
			return k, true
		}
		if strings.HasPrefix(foldWord(k), said) {
			hit, hits = k, hits+1
		}
	}
	return hit, hits == 1
}

func foldWord(s string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(s))
}

// nearest is the known word at most two slips away from a typo: a wrong,
// missing, additional or swapped letter each is one. "" when none is near or
// two are equally near.
func nearest(typo string, known ...string) string {
	typo = strings.ToLower(typo)
	letters := utf8.RuneCountInString(typo)
	best, at := "", min(2, letters/2)+1
	for _, k := range known {
		if n := utf8.RuneCountInString(k); n-letters > at || letters-n > at {
			continue // each letter too many is a slip
		}
		switch d := slips(typo, k); {
		case d < at:
			best, at = k, d
		case d == at:
			best = ""
		}
	}
	return best
}

// slips is the distance of Damerau and Levenshtein (optimal alignment).
func slips(a, b string) int {
	x, y := []rune(a), []rune(b)
	width := len(y) + 1
	cells := make([]int, 3*width) // the row in hand and the two before it
	row := func(i int) []int { return cells[i%3*width:][:width] }
	for j := range width {
		row(0)[j] = j
	}
	for i := 1; i <= len(x); i++ {
		now, before, swapped := row(i), row(i+2), row(i+1)
		now[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			now[j] = min(before[j]+1, now[j-1]+1, before[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				now[j] = min(now[j], swapped[j-2]+1)
			}
		}
	}
	return row(len(x))[len(y)]
}
