package bot

import (
	"strings"
	"testing"
)

// A manager's first screen and Home are about the team, and a rep is named
// without an @ as well.
func TestAManagerSeesTheTeamFirst(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	max := &talk{t: t, w: k.w, p: k.w.slack.Person("max")}
	max.types("").sees("Your reps work with me")
	k.types(addJane)
	max.types("").sees("Your team", "Ada Weber: 1 due · 1 prospect in work").presses("Open").sees("Ada Weber: 1 prospect active", "#1 Jane Doe, Acme")
	max.types("list ada").sees("Ada Weber: 1 prospect active")
	max.types("list acme").sees("No prospects with “acme”")
	max.types("week ada").sees("Ada Weber")
	max.got(max.p.OpenHome())
	if h := string(max.p.Home().Blocks); !strings.Contains(h, "Your team") || !strings.Contains(h, "1 due") || strings.Contains(h, "Nothing due") {
		t.Errorf("the manager's Home: %s", h)
	}
	max.got(max.p.HomeClick("The team’s week")).sees("The week,", "Cadence and drafts") // charts stand in no window
	k.types("list max").sees("No prospects with “max”")                                 // who is a rep is a manager's to know
}

// A colleague's name without an @ is asked about, never guessed.
func TestAssignAsksForTheColleagueByName(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	eve := &talk{t: t, w: k.w, p: k.w.slack.Person("eve")}
	eve.types("add Bob Ray, Beta phone:+4934198765")
	max := &talk{t: t, w: k.w, p: k.w.slack.Person("max")}
	max.types("assign jane to eve").sees("Do you mean Eve Other? Nothing is handed over yet.")
	if p := k.life(1); p.Owner != "U1" {
		t.Fatalf("handed over unasked to %s", p.Owner)
	}
	max.presses("Yes: Eve Other")
	if p := k.life(1); p.Owner != "U6" {
		t.Errorf("still with %s", p.Owner)
	}
	max.types("assign jane to nobody").sees("Mention the colleague")
}
