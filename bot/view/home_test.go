package view

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// What the Home has no room for it counts.
func TestTheHomeCountsWhatItLeavesOut(t *testing.T) {
	t.Parallel()
	drawn := func(tries, replies int) string {
		v := HomeView{Rep: &coach.Rep{ID: "UADA", Name: "Ada Weber"}, Today: today, Slash: "/prospect",
			LastTries: make([]Line, tries), Replies: make([]HomeReply, replies)}
		raw, err := json.Marshal(Home(v))
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	if full := drawn(homeMostTries, homeMostReplies); strings.Contains(full, "more") {
		t.Errorf("nothing is left out, and it says %s", full)
	}
	if over := drawn(homeMostTries+3, homeMostReplies+4); !strings.Contains(over, "and 3 more") || !strings.Contains(over, "and 4 more") {
		t.Errorf("three tries and four replies are left out, and it says %s", over)
	}
}

// A manager who pursues nobody has hours and days off as well.
func TestALeadsHomeHasSettings(t *testing.T) {
	t.Parallel()
	for _, team := range [][]TeamLine{nil, {{ID: "U1", Name: "Ada"}}} {
		raw, err := json.Marshal(Home(HomeView{Leads: true, Team: team, Slash: "/prospect"}))
		if err != nil || !strings.Contains(string(raw), `"action_id":"`+ActionSettings+`"`) {
			t.Errorf("%s (%v)", raw, err)
		}
	}
}
