package coach

import (
	"strings"
	"unicode"
)

// ReasonKind is why somebody was moved on from in one of a few words of ours,
// for a count that may be read by more people than the rep's own words were
// written for: those can name the prospect (S6). "" when nothing was said.
func ReasonKind(said string) string {
	words := strings.FieldsFunc(Fold(said), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' })
	if len(words) == 0 {
		return ""
	}
	text := " " + strings.Join(words, " ") + " "
	for _, k := range reasonKinds {
		for _, p := range k.said {
			if strings.Contains(text, " "+p+" ") {
				return k.name
			}
		}
	}
	return "another reason"
}

// reasonKinds are told by what people say for them; the first that fits counts,
// so that “left two voicemails, no answer” is nobody who left.
var reasonKinds = []struct {
	name string
	said []string
}{
	{"no answer", []string{
		"no answer", "no answers", "no reply", "no replies", "no response", "no reaction", "never answered", "never answers", "never replied",
		"not answering", "does not answer", "doesn't answer", "did not answer", "didn't answer", "silent", "silence", "unresponsive", "ghosted", "voicemail", "voicemails",
	}},
	{"bad data", []string{"bad data", "bounced", "bounces", "wrong number", "wrong address", "wrong email", "no contact", "no address"}},
	{"no budget", []string{"budget", "budgets", "no money", "expensive", "price", "prices", "pricing", "cost", "costs", "costly", "afford"}},
	{"somebody else has it", []string{
		"vendor", "vendors", "supplier", "suppliers", "competitor", "competitors", "competition", "provider", "incumbent", "in house", "inhouse", "contract",
	}},
	{"no need", []string{"no need", "not needed", "do not need", "don't need", "doesn't need", "does not need", "no interest", "not interested", "uninterested", "no use"}},
	{"not now", []string{
		"not now", "timing", "bad time", "no time", "busy", "later", "next year", "next quarter", "next month", "freeze", "frozen", "on hold", "postponed", "merger", "reorganisation", "reorganization",
	}},
	{"left their company", []string{"left", "retired", "retiring", "resigned", "quit", "fired", "laid off", "new job", "no longer there", "no longer works", "no longer with", "gone"}},
	{"no fit", []string{"fit", "too small", "too big", "too large", "wrong industry", "not our market"}},
}
