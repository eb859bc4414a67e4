package view

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/prospectcoach/prospectcoach/coach"
)

// MaxText is how long the text of a message may be, in characters.
const MaxText = 3900

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// Escape makes people's text harmless in mrkdwn and in Message.Text: no
// mention and no link in it comes alive.
func Escape(s string) string { return escaper.Replace(s) }

// clip shortens s to at most n characters, with an ellipsis where it was cut.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)
	return strings.TrimRight(string(r[:n-1]), " \n") + "…"
}

// clipText keeps a finished Message.Text within MaxText without cutting an
// entity in half.
func clipText(s string) string {
	if utf8.RuneCountInString(s) <= MaxText {
		return s
	}
	s = string([]rune(s)[:MaxText-1])
	if i := strings.LastIndexByte(s, '&'); i >= 0 && !strings.Contains(s[i:], ";") {
		s = s[:i]
	}
	return s + "…"
}

// Who is the prospect as answers name them: Jane Doe, Acme.
func Who(p *coach.Prospect) string { return who(p.Name, p.Company) }

// WhoEnds is Who at the end of a sentence: a company that ends with a full stop
// (Acme, Inc.) gets no second one.
func WhoEnds(p *coach.Prospect) string { return strings.TrimSuffix(Who(p), ".") + "." }

func who(name, company string) string {
	if company == "" {
		return clip(name, 120)
	}
	return clip(name, 80) + ", " + clip(company, 80)
}

// Num is the short number as answers show it: #12.
func Num(id int64) string { return fmt.Sprintf("#%d", id) }

// Day is a day as answers say it: today, tomorrow, Tue 3 March; with the year
// when it is not this one.
func Day(d, today coach.Date) string {
	switch {
	case d == 0:
		return "no day"
	case d == today:
		return "today"
	case d == today+1:
		return "tomorrow"
	case d == today-1:
		return "yesterday"
	}
	return FullDay(d, today)
}

// FullDay is a day with its name and number, also when it is near.
func FullDay(d, today coach.Date) string {
	if d == 0 {
		return "no day"
	}
	if d.Time().Year() != today.Time().Year() {
		return d.Time().Format("Mon 2 January 2006")
	}
	return d.Time().Format("Mon 2 January")
}

// sentence begins with a capital and ends with a full stop, if with nothing else.
func sentence(s string) string {
	if s = upper(strings.TrimSpace(s)); s == "" || strings.ContainsRune(".?!”:", []rune(s)[len([]rune(s))-1]) {
		return s
	}
	return s + "."
}

// count is "1 attempt", "2 attempts".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// Sentence makes a label of a change, such as "logged email to Jane", a
// sentence.
func Sentence(label string) string {
	return upper(strings.TrimSuffix(label, ".")) + "."
}

// upper is s with a capital first letter; s is our own English.
func upper(s string) string {
	if s == "" {
		return ""
	}
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}
