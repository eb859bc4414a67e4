package templates

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/prospectcoach/prospectcoach/coach"
)

var (
	blank    = regexp.MustCompile(`\{([^{}\n]*)\}`)
	repBlank = regexp.MustCompile(`\[[^\[\]\n]+\]`)
)

// blankProblems says what is wrong with the blanks of a text.
func blankProblems(text string) []string {
	var out []string
	for _, m := range blank.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(coach.BlankNames, m[1]) {
			out = append(out, fmt.Sprintf("{%s} is not a blank the coach can fill; there are {%s}", m[1], strings.Join(coach.BlankNames, "} {")))
		}
	}
	if strings.ContainsAny(blank.ReplaceAllString(text, ""), "{}") {
		out = append(out, "a brace stands alone; a blank is written {first}, what only the rep can fill [what you noticed]")
	}
	return out
}

// holdsNeed tells whether a text holds one of the blanks its angle rests on.
func holdsNeed(a coach.Angle, text string) bool {
	names := needs[a]
	if len(names) == 0 || repBlank.MatchString(text) {
		return true
	}
	return slices.ContainsFunc(names, func(n string) bool { return strings.Contains(text, "{"+n+"}") })
}

// usual fills the blanks with values of a usual length, to measure a draft
// before anybody's own are known.
var usual = strings.NewReplacer(
	"{first}", "Jane", "{name}", "Jane Miller", "{company}", "Acme", "{industry}", "logistics", "{title}", "head of operations",
	"{me}", "Ada", "{my_name}", "Ada Weber", "{my_company}", "Northwind",
	"{fact}", "opened a hub in Leipzig in January", "{said}", "onboarding takes six weeks",
	"{introduction}", "Tom Becker, who runs claims at Fastline", "{nugget}", "cut invoice errors by a third in one quarter",
	"{gatekeeper}", "Ana", "{last_talk}", "in May", "{meeting}", "Thursday 12 March",
)

// maxSpoken is how many seconds a voicemail draft may take (A6).
const maxSpoken = 20

// spokenSeconds is how long a voicemail draft takes with its blanks filled as
// usual, measured as the draft check measures it.
func spokenSeconds(text string) float64 {
	return speaker().SpokenSeconds(usual.Replace(text))
}

// speaker is a playbook that knows only how words are spoken.
var speaker = sync.OnceValue(func() *coach.Playbook {
	pb := &coach.Playbook{}
	for _, base := range []string{"syllables.yaml", "spoken.yaml"} {
		data, err := embedded.ReadFile("words/" + base)
		if p := readWords(&faults{}, base, string(data)); err == nil && p != nil {
			p.addTo(pb)
		}
	}
	return pb.Prepare()
})
