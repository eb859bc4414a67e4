package coach

import (
	"strings"
	"unicode/utf8"
)

// First is the prospect's first name.
func (p *Prospect) First() string {
	first, _, _ := strings.Cut(oneLine(p.Name), " ")
	return first
}

// oneLine is people's text without line breaks and doubled spaces.
func oneLine(s string) string {
	if isOneLine(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// isOneLine tells whether a text is plain ASCII with single spaces between its
// words, as nearly all are; then nothing needs to be made anew.
func isOneLine(s string) bool {
	space := true // before the first word, none may stand
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c >= utf8.RuneSelf || c == ' ' && space {
			return false
		}
		space = s[i] == ' '
	}
	return !space || s == ""
}

// tidy makes a fact or nugget, typed in free words, fit to stand in a
// sentence: trimmed and without its final full stop, its case as it is.
func tidy(s string) string {
	s = oneLine(s)
	if strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "..") {
		s = strings.TrimRight(s[:len(s)-1], " ")
	}
	return s
}

// Unquoted is a text without the one pair of double quotes, of whatever
// language, that stands around the whole of it: people quote what somebody
// said, and so do the drafts and the cards.
func Unquoted(s string) string {
	s = strings.TrimSpace(s)
	inner, _ := strings.CutSuffix(s, ".")
	first, n := utf8.DecodeRuneInString(inner)
	last, m := utf8.DecodeLastRuneInString(inner)
	if len(inner) < n+m || !strings.ContainsRune(doubleQuotes, first) || !strings.ContainsRune(doubleQuotes, last) {
		return s
	}
	inner = strings.TrimSpace(inner[n : len(inner)-m])
	if inner == "" || strings.ContainsAny(inner, doubleQuotes) {
		return s // nothing in them, or two things in quotes
	}
	return inner
}

const doubleQuotes = "\"“”„‟«»"

// short is at most n runes of a text, cut at a word.
func short(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	s = string([]rune(s)[:n])
	if i := strings.LastIndexByte(s, ' '); i > n/2 {
		s = s[:i]
	}
	return s + "…"
}

// upper is a phrase at the beginning of a sentence.
func upper(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}

// day is a date as a sentence says it: "Thursday 12 March".
func (d Date) day() string { return d.Time().Format("Monday 2 January") }

// ago says when a talk was, as a draft would: "last week", "in May".
func ago(d, today Date) string {
	switch days := today - d; {
	case d == 0:
		return ""
	case days < 1:
		return "today"
	case days == 1:
		return "yesterday"
	case days < 7:
		return "a few days ago"
	case days < 14:
		return "last week"
	case days < 320:
		return "in " + d.Time().Format("January")
	default:
		return "in " + d.Time().Format("January 2006")
	}
}
