package bot

import (
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
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

// Whom nobody works on is not in work, though they have a day on which they
// come back.
func TestAManagerSeesHowManyAreInWork(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	for _, line := range []string{
		"add Bob Ray, Beta email:bob@beta.test starts:today", "add Cleo Fox, Gamma email:cleo@gamma.test starts:today",
		"add Dan Orr, Delta email:dan@delta.test starts:today", "snooze 2 2026-03-16", "replied 4 interested", "move-on 3 again:2026-06-01 no budget",
	} {
		k.types(line)
	}
	k.presses("Move on all the same")
	if p := k.life(3); p.State != coach.MovedOn || p.Due == 0 {
		t.Fatalf("Cleo is %s, due %s", p.State, p.Due)
	}
	max := &talk{t: t, w: k.w, p: k.w.slack.Person("max")}
	max.types("").sees("Ada Weber: 1 due · 2 prospects in work") // Jane, and Dan who answered
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
