package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestTheWeekUnderWayBeginsAfterTheLastSummary(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	for _, tt := range []struct {
		hour, days int
		want       string
	}{
		{10, 0, "28 February to 2 March"},
		{10, 3, "28 February to 5 March"},
		{10, 4, "28 February to 6 March"}, // Friday, before the hour
		{17, 4, "28 February to 6 March"}, // and after it
		{10, 5, "7 March to 7 March"},
	} {
		k.w.move(monday(t, tt.hour, 0).AddDate(0, 0, tt.days))
		k.types("week").sees("Your week, " + tt.want)
		k.types("team").sees("The week, " + tt.want)
	}
}

func TestS6_NamesOfProspectsOnlyWhereTheTeamAllowsIt(t *testing.T) {
	t.Parallel()
	for _, allowed := range []bool{false, true} {
		w := newWorld(t, monday(t, 10, 0), func(c *Config) { c.Settings.ShowNames = allowed }, nil)
		k := &talk{t: t, w: w, p: w.slack.Person("ada")}
		k.types(addJane)
		lastTries(k, 1)
		k.types("week").sees("Last tries begun: 1 (Jane Doe, Acme).")
		k.types("team").sees("Last tries begun: 1")
		if got := strings.Contains(k.said(), "Jane Doe"); got != allowed {
			t.Errorf("allowed %v, named %v", allowed, got)
		}
		max, eve := k.as("max"), k.as("eve")
		max.types("week @ada").sees("Ada Weber’s week, ", "Jane Doe, Acme")
		eve.types("week @ada").sees("Only managers")
		eve.types("team").sees("Last tries begun: 1")
		if got := strings.Contains(eve.said(), "Jane Doe"); got != allowed {
			t.Errorf("to a colleague: allowed %v, named %v", allowed, got)
		}
		eve.types("week")
		if strings.Contains(eve.said(), "Jane") || strings.Contains(eve.said(), "last tries") {
			t.Error("Eve's own week tells of Ada's")
		}
	}
}

// S6: why somebody was let go stands in the rep's own week as they wrote it,
// and where others read it by its kind alone.
func TestS6_OwnWordsForAReasonStayInOnesOwnWeek(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 10, 0), func(c *Config) { c.Settings.WeeklyReps = "thread" }, nil)
	k := &talk{t: t, w: w, p: w.slack.Person("ada")}
	k.types(addJane)
	k.types("log jane email")
	k.types("move-on jane never Jane Doe left Acme").sees("not everything")
	k.types("move-on jane never Jane Doe left Acme").sees("Moved on")
	k.types("week").sees("Moved on: 1, 1 of them early (jane doe left acme 1).")
	k.types("team").sees("Moved on: 1, 1 of them early (left their company 1).")
	k.as("max").types("week @ada").sees("(jane doe left acme 1)")
	w.tick(monday(t, 12, 0).AddDate(0, 0, 1))
	friday := monday(t, 16, 0).AddDate(0, 0, 4)
	w.tick(friday)
	w.tick(friday.Add(2 * time.Minute))
	told := 0
	for _, m := range w.slack.Person("ada").Channel("sales").Messages {
		if strings.Contains(strings.ToLower(m.Text+string(m.Blocks)), "jane doe") {
			t.Errorf("the channel reads %s", m.Text)
		}
		if strings.Contains(m.Text, "left their company 1") {
			told++
		}
	}
	if told != 2 { // the team's and Ada's under it
		t.Errorf("told %d times in the channel", told)
	}
	k.finds("(jane doe left acme 1)")
}

// lastTries begins the last tries of a prospect, as a rep may ask to (A3).
func lastTries(k *talk, id int64) {
	k.t.Helper()
	k.types(fmt.Sprintf("move-on %d", id)).presses("The last tries now").sees("begin: an easy question")
}
