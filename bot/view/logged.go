package view

import (
	"strconv"
	"strings"

	"github.com/prospectcoach/prospectcoach/coach"
)

// Logged is what a log button records: it stands in the button, because the
// rep did what the message said even if the advice has changed since.
type Logged struct {
	Channel coach.Channel
	Angle   coach.Angle
	Variant string
	Uses    []coach.Ref
}

func logged(s *coach.Suggestion) string {
	uses := make([]string, 0, len(s.Uses))
	for _, u := range s.Uses {
		kind := "f"
		if u.Nugget {
			kind = "n"
		}
		uses = append(uses, kind+strconv.FormatInt(u.ID, 10))
	}
	return strings.Join([]string{string(s.Channel), dash(string(s.Angle)), dash(s.Variant), dash(strings.Join(uses, ","))}, " ")
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// ParseLogged reads what [Suggestion] put into a log button.
func ParseLogged(rest string) (Logged, bool) {
	f := strings.Fields(strings.ReplaceAll(rest, "-,", ""))
	if len(f) != 4 {
		return Logged{}, false
	}
	undash := func(s string) string { return strings.TrimSuffix(s, "-") }
	l := Logged{Channel: coach.Channel(f[0]), Angle: coach.Angle(undash(f[1])), Variant: undash(f[2])}
	for _, u := range strings.Split(undash(f[3]), ",") {
		if len(u) < 2 {
			continue
		}
		id, err := strconv.ParseInt(u[1:], 10, 64)
		if err != nil {
			return Logged{}, false
		}
		l.Uses = append(l.Uses, coach.Ref{Nugget: u[0] == 'n', ID: id})
	}
	return l, true
}
