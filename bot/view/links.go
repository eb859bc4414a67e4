package view

import (
	"net/mail"
	"net/url"
	"regexp"
	"strings"

	"github.com/prospectcoach/prospectcoach/coach"
)

var (
	phoneDigits = regexp.MustCompile(`^\+?[0-9]{4,15}$`)
	profilePath = regexp.MustCompile(`^(?:https?://)?(?:[a-z]{2,3}\.)?(?:linkedin\.com/)?(in/[\p{L}0-9_%-]{1,100})/?$`)
	phoneMarks  = strings.NewReplacer(" ", "", "-", "", "(0)", "", "(", "", ")", "", "/", "", ".", "")
)

// phoneLink, emailLink and profileLink are the only texts of people that
// become links, and only when they are what they claim to be. The zero span
// says that there is none.
func phoneLink(p *coach.Prospect) span {
	n := phoneMarks.Replace(p.Phone)
	if p.PhoneBad || !phoneDigits.MatchString(n) {
		return span{}
	}
	return link("tel:"+n, p.Phone)
}

func emailLink(p *coach.Prospect) span {
	a, err := mail.ParseAddress(p.Email)
	if p.EmailBad || len(p.Email) > 254 || err != nil || a.Address != p.Email || strings.ContainsAny(p.Email, "?&%<>\" ") {
		return span{}
	}
	return link("mailto:"+p.Email, p.Email)
}

// mailLink is the address, with subject and text already in the mail it opens.
func mailLink(p *coach.Prospect, subject, text string) span {
	l := emailLink(p)
	if l.url == "" || text == "" {
		return l
	}
	full := l.url + "?subject=" + mailEscape(subject) + "&body=" + mailEscape(text)
	if len(full) <= maxLink {
		l.url = full
	}
	return l
}

// mailEscape writes a value into a mailto address; nothing in it can end the
// value or begin another.
func mailEscape(s string) string {
	return strings.ReplaceAll(url.QueryEscape(strings.ReplaceAll(s, "\n", "\r\n")), "+", "%20")
}

func profileLink(p *coach.Prospect) span {
	m := profilePath.FindStringSubmatch(strings.TrimSpace(p.LinkedIn))
	if m == nil {
		return span{}
	}
	return link("https://www.linkedin.com/"+m[1], m[1])
}
