package coach_test

import (
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

func TestC5_BestTimesAreRead(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in   string
		want coach.BestTime
	}{
		{"before 9", coach.BestTime{Minute: 8*60 + 30}}, {"after 16", coach.BestTime{Minute: 16*60 + 30}}, {"16:30", coach.BestTime{Minute: 16*60 + 30}}, {"9", coach.BestTime{Minute: 9 * 60}},
		{"Thu 8:15", coach.BestTime{Weekday: time.Thursday, HasDay: true, Minute: 8*60 + 15}}, {"tuesday", coach.BestTime{Weekday: time.Tuesday, HasDay: true, Minute: -1}},
		{"tuesdays before 10", coach.BestTime{Weekday: time.Tuesday, HasDay: true, Minute: 9*60 + 30}},
	} {
		if b, ok := coach.ParseBestTime(tt.in); !ok || b != tt.want {
			t.Errorf("C5 %q: %+v %v, want %+v", tt.in, b, ok, tt.want)
		}
	}
	for _, words := range []string{"mornings", "", "before", "25", "thu before", "before 0", "try before 9", "12:60"} {
		if b, ok := coach.ParseBestTime(words); ok {
			t.Errorf("C5 %q: %+v", words, b)
		}
	}
}

func TestC5_ABestTimeMovesACall(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule, best, zone, told, due string
		remind                      string
	}{
		{"a time moves the reminder only", "before 9", "", "", "2026-03-09", "2026-03-09T08:30:00+01:00"},
		{"a weekday moves the day", "thu 16:30", "", "", "2026-03-12", "2026-03-12T16:30:00+01:00"},
		{"by at most one gap, here to Friday after a week", "fri", "", "", "2026-03-13", ""},
		{"their zone", "before 9", "America/New_York", "", "2026-03-09", "2026-03-09T13:30:00+01:00"},
		{"their weekday may be the rep's next", "mon 20:30", "America/Los_Angeles", "", "2026-03-10", "2026-03-10T04:30:00+01:00"},
		{"words move nothing", "when she is in", "", "", "2026-03-09", ""},
		{"told when it was overdue", "thu 16:30", "", "2026-03-10", "2026-03-09", "2026-03-09T16:30:00+01:00"},
	} {
		c := fresh(t, "2026-03-03", coach.Cold)
		p := c.Prospect
		p.Campaigns[0].Starts = day(t, "2026-03-02")
		p.Level, p.LinkedIn, p.Zone = coach.VP, "", tt.zone
		p.Gatekeeper = coach.Gatekeeper{Name: "Ana", BestTime: tt.best, BestOn: day(t, tt.told)}
		sent(t, c, "2026-03-02", coach.Email, coach.ShortAsk)
		c.Nuggets = []coach.Nugget{{ID: 1, Kind: coach.NuggetOutcome, Text: "cut errors"}}
		a := c.Advise()
		if a.Due != day(t, tt.due) || len(a.Plan) == 0 || a.Plan[0].On != a.Due {
			t.Errorf("C5 %s: due %s, plan %v, want %s", tt.rule, a.Due, a.Plan, tt.due)
		}
		if tt.told != "" {
			continue
		}
		got := ""
		if at, ok := c.Remind(); ok {
			got = at.Format(time.RFC3339)
		}
		if got != tt.remind {
			t.Errorf("C5 %s: reminder %q, want %q", tt.rule, got, tt.remind)
		}
	}
	// With a gap of one the reach is three working days: Friday is too far from Monday.
	c := fresh(t, "2026-03-02", coach.Cold)
	c.Prospect.Level, c.Prospect.Purchase, c.Prospect.Urgency = coach.IC, coach.Commodity, coach.High
	c.Prospect.Gatekeeper.BestTime = "fri 10"
	if a := c.Advise(); a.Suggestion.Channel != coach.Call || a.Due != day(t, "2026-03-02") {
		t.Errorf("C5: a Friday four working days away moves to %s", a.Due)
	}
	c.Prospect.Gatekeeper.BestTime = "thu 10"
	if a := c.Advise(); a.Due != day(t, "2026-03-05") {
		t.Errorf("C5: a Thursday three working days away: due %s", a.Due)
	}
}
