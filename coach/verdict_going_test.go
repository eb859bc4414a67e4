package coach_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// Until the last tries the word is to keep going: attempt n of N, with what
// comes next and when.
func TestV4_KeepGoingSaysWhichAttemptAndWhatComesNext(t *testing.T) {
	t.Parallel()
	c := fresh(t, "2026-01-05", coach.Cold)
	c.Prospect.Facts = []coach.Fact{{ID: 1, Kind: coach.Research, Text: "opened a hub in Leipzig", On: c.Today()}}
	c.Nuggets = []coach.Nugget{{ID: 1, Kind: coach.NuggetOutcome, Text: "six weeks became two"}, {ID: 2, Kind: coach.NuggetStory, Text: "a forwarder in Bern did it"}}
	for made := range 4 {
		a := c.Advise()
		if a.Verdict.Kind != coach.KeepGoing {
			t.Fatalf("after %d attempts: %s, %q", made, a.Verdict.Kind, a.Verdict.Say)
		}
		if want := fmt.Sprintf("Attempt %d of %d comes next: ", made+1, a.PlanLength); !strings.HasPrefix(a.Verdict.Say, want) {
			t.Errorf("after %d attempts it says %q, want %q…", made, a.Verdict.Say, want)
		}
		if a.Suggestion == nil || a.Due == 0 {
			t.Fatalf("after %d attempts nothing comes next", made)
		}
		if missing := slices.ContainsFunc(a.Verdict.Checks, func(k coach.Check) bool { return k.ID == "attempts" && !k.OK }); !missing {
			t.Errorf("after %d attempts the tick for attempts is not open: %+v", made, a.Verdict.Checks)
		}
		c = at(c, a.Due)
		sent(t, c, a.Due.String(), a.Suggestion.Channel, a.Suggestion.Angle)
	}
}
