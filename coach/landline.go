package coach

import "strings"

// mobileAfter are, by country code, the beginnings of the mobile numbers of
// countries whose numbers tell a mobile from a land line. Where they do not,
// as in North America, nothing is known.
var mobileAfter = map[string][]string{
	"30": {"69"}, "31": {"6"}, "32": {"4"}, "33": {"6", "7"}, "34": {"6", "7"}, "39": {"3"}, "41": {"74", "75", "76", "77", "78", "79"},
	"43": {"6"}, "44": {"7"}, "46": {"7"}, "49": {"15", "16", "17"}, "61": {"4"}, "64": {"2"}, "351": {"9"}, "353": {"8"},
}

// landLine tells whether the phone is known to take no text message (H1): it
// is a switchboard, or a number that its country gives to land lines. A number
// without its country says nothing.
func (p *Prospect) landLine() bool {
	switch p.Line {
	case Switchboard:
		return true
	case Mobile:
		return false
	}
	number := strings.TrimSpace(strings.ReplaceAll(p.Phone, "(0)", ""))
	international := strings.HasPrefix(number, "+") || strings.HasPrefix(number, "00")
	digits := strings.TrimLeft(strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number), "0")
	if !international || len(digits) < 8 {
		return false
	}
	for n := 2; n <= 3; n++ {
		if mobile, ok := mobileAfter[digits[:n]]; ok {
			for _, m := range mobile {
				if strings.HasPrefix(digits[n:], m) {
					return false
				}
			}
			return true
		}
	}
	return false
}
