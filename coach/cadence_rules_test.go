package coach_test

import (
	"slices"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// fresh is a cold prospect whose campaign starts today, without any touch.
func fresh(t testing.TB, on string, s coach.Situation) coach.Case {
	c := berlin(t, on)
	c.Prospect.Campaigns = []coach.Campaign{{No: 1, Situation: s, Starts: c.Today()}}
	return c
}

// sent adds a touch of the current campaign, made on a day.
func sent(t testing.TB, c coach.Case, on string, ch coach.Channel, a coach.Angle) {
	t.Helper()
	o := coach.OutcomeSent
	if ch == coach.Voicemail {
		o = coach.OutcomeLeft
	}
	p := c.Prospect
	p.Touches = append(p.Touches, coach.Touch{Campaign: len(p.Campaigns), On: day(t, on), Channel: ch, Angle: a, Outcome: o})
}

func TestC1_GapComesFromTheTable(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule string
		p    coach.Prospect
		want int
	}{
		{"C1 commodity high ic", coach.Prospect{Purchase: coach.Commodity, Urgency: coach.High, Level: coach.IC}, 1},
		{"C1 capital low c_suite", coach.Prospect{Purchase: coach.Capital, Urgency: coach.Low, Level: coach.CSuite}, 14},
		{"C1 capital normal director", coach.Prospect{Purchase: coach.Capital, Urgency: coach.Normal, Level: coach.Director}, 10},
		{"C4 purchase and urgency default", coach.Prospect{Level: coach.VP}, 6},
		{"C4 level defaults to manager", coach.Prospect{}, 4},
	} {
		if got := shared.Gap(&tt.p); got != tt.want {
			t.Errorf("%s: %d days, want %d", tt.rule, got, tt.want)
		}
	}
}

func TestC3_DatesMoveToTheRepsWorkingDays(t *testing.T) {
	t.Parallel()
	pb := *shared
	pb.Holiday = func(country string, d coach.Date) (string, bool) {
		return "Good Friday", country == "DE" && d == coach.NewDate(2026, 4, 3)
	}
	rep := &coach.Rep{Country: "DE", WorkingDays: coach.MonToFri, DaysOff: []coach.Span{{From: day(t, "2026-04-06"), To: day(t, "2026-04-08")}}}
	for _, tt := range []struct{ rule, from, want string }{
		{"C3 a working day stays", "2026-04-02", "2026-04-02"},
		{"C3 holiday, weekend and days off", "2026-04-03", "2026-04-09"},
		{"C3 weekend", "2026-04-11", "2026-04-13"},
	} {
		if got := pb.NextWorkingDay(rep, day(t, tt.from)); got != day(t, tt.want) {
			t.Errorf("%s: %s, want %s", tt.rule, got, tt.want)
		}
	}
	if got := pb.NextWorkingDay(&coach.Rep{}, day(t, "2026-04-03")); got != day(t, "2026-04-03") {
		t.Errorf("C3: without a country there is no holiday, got %s", got)
	}
	rep.DaysOff = []coach.Span{{From: day(t, "2026-01-01"), To: day(t, "2028-01-01")}}
	if err := pb.CheckCalendar(rep, day(t, "2026-03-02")); err == nil {
		t.Error("C3: two years off pass")
	}
	if err := pb.CheckCalendar(&coach.Rep{}, day(t, "2026-03-02")); err != nil {
		t.Errorf("C3: the default week: %v", err)
	}
}

func TestC3_AGapOfOneMeansEveryWorkingDay_C1b_TheLastTriesLeaveTimeToAnswer(t *testing.T) {
	t.Parallel()
	c := fresh(t, "2026-03-02", coach.Cold)
	p := c.Prospect
	p.Level, p.Purchase, p.Urgency, p.LinkedIn, p.Industry = coach.IC, coach.Commodity, coach.High, "", "logistics"
	p.Facts = []coach.Fact{{ID: 1, Kind: coach.Research, Text: "opened a hub"}}
	c.Nuggets = []coach.Nugget{{ID: 1, Kind: coach.NuggetOutcome, Text: "cut errors"}, {ID: 2, Kind: coach.NuggetStory, Text: "a story"}}
	a := c.Advise()
	var on []string
	for _, s := range a.Plan {
		on = append(on, s.On.String())
	}
	want := []string{"2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-10", "2026-03-13"}
	if !slices.Equal(on, want) || a.MovesOn != day(t, "2026-03-18") {
		t.Errorf("C3, C1b: %v until %s, want %v until 2026-03-18", on, a.MovesOn, want)
	}
	p.Phone = ""
	a = c.Advise()
	if len(a.Plan) != 5 || a.Plan[1].On != day(t, "2026-03-04") {
		t.Errorf("C1b, H5: with email alone the plan is %v", a.Plan)
	}
}

func TestC0_WhereACampaignStarts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule string
		do   func(c coach.Case) error
		want string
	}{
		{"C0 the working day after", func(c coach.Case) error { return c.Begin(coach.Cold, 0) }, "2026-03-09"},
		{"C0 blown_off the same day", func(c coach.Case) error { return c.Begin(coach.BlownOff, 0) }, "2026-03-06"},
		{"C0 met the same day", func(c coach.Case) error { return c.Met(0, 0) }, "2026-03-06"},
		{"C0 starts: as told", func(c coach.Case) error { return c.Begin(coach.Cold, c.Today()+5) }, "2026-03-11"},
		{"C3 starts on a Saturday", func(c coach.Case) error { return c.Begin(coach.Cold, c.Today()+1) }, "2026-03-09"},
		{"C0 a waiting one when let in", func(c coach.Case) error {
			if err := c.Import(coach.Cold); err != nil || c.Prospect.Due != 0 {
				return err
			}
			return c.LetIn()
		}, "2026-03-06"},
		{"C0 reopened", func(c coach.Case) error {
			c.Prospect.State = coach.MovedOn
			return c.Reopen()
		}, "2026-03-09"},
	} {
		c := berlin(t, "2026-03-06") // a Friday
		if err := tt.do(c); err != nil || c.Prospect.Due != day(t, tt.want) {
			t.Errorf("%s: due %s (%v), want %s", tt.rule, c.Prospect.Due, err, tt.want)
		}
	}
}

func TestC7_C8_TheNextDueDayFollowsWhatHappened(t *testing.T) {
	t.Parallel()
	c := fresh(t, "2026-03-02", coach.Cold)
	c.Prospect.Purchase = coach.Capital // every 14 days
	touch, err := at(c, day(t, "2026-03-05")).Log(coach.Touch{Channel: coach.Email, Angle: coach.ShortAsk})
	if err != nil || touch.Due != day(t, "2026-03-02") || touch.OnTime() {
		t.Errorf("C7: %+v (%v) counts as on time %v", touch, err, touch.OnTime())
	}
	if c.Prospect.Due != day(t, "2026-03-19") {
		t.Errorf("C8: after a late attempt due %s", c.Prospect.Due)
	}
	touch, err = at(c, day(t, "2026-03-10")).Log(coach.Touch{Channel: coach.Call, Outcome: coach.OutcomeLeft, Angle: coach.RightPerson})
	if err != nil || touch.Channel != coach.Voicemail || touch.Due != day(t, "2026-03-19") || !touch.OnTime() || c.Prospect.Due != day(t, "2026-03-24") {
		t.Errorf("C8: an early attempt %+v (%v), then due %s", touch, err, c.Prospect.Due)
	}
	if err := at(c, day(t, "2026-03-24")).Skip("not-now"); err != nil || c.Prospect.Due != day(t, "2026-04-07") {
		t.Errorf("C8: after a skip due %s (%v)", c.Prospect.Due, err)
	}
	if a := at(c, day(t, "2026-03-25")).Advise(); a.Attempts != 2 {
		t.Errorf("C8: a skip counts as an attempt: %d", a.Attempts)
	}
}

func TestC9_WhoIsAwayIsWaitedFor(t *testing.T) {
	t.Parallel()
	c := fresh(t, "2026-03-10", coach.Cold)
	sent(t, c, "2026-03-02", coach.Email, coach.ShortAsk) // c_suite: due after 7 days
	if a := c.Advise(); a.OverdueDays != 1 {
		t.Fatalf("overdue %d", a.OverdueDays)
	}
	if err := c.Away(day(t, "2026-03-13")); err != nil { // a Friday
		t.Fatal(err)
	}
	a := c.Advise()
	if a.Verdict.Kind != coach.WaitVerdict || a.Verdict.Until != day(t, "2026-03-17") || a.OverdueDays != 0 || a.Suggestion != nil || a.Plan[0].On != day(t, "2026-03-17") {
		t.Errorf("C9: until Friday means Tuesday: %+v, overdue %d, plan %v", a.Verdict, a.OverdueDays, a.Plan)
	}
	if a = at(c, day(t, "2026-03-18")).Advise(); a.Verdict.Kind != coach.KeepGoing || a.OverdueDays != 1 || a.Silence.TooThin {
		t.Errorf("C9: back again: %+v, overdue %d", a.Verdict, a.OverdueDays)
	}
	c.Prospect.AwayUntil = 0
	c.Rep.DaysOff = []coach.Span{{From: day(t, "2026-03-10"), To: day(t, "2026-03-20")}}
	if a = at(c, day(t, "2026-03-23")).Advise(); a.OverdueDays != 3 || a.Silence.TooThin {
		t.Errorf("C9: the rep was away: overdue %d, %+v", a.OverdueDays, a.Silence)
	}
}

func TestC10_TooThinIsAFaultToo(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule, today string
		level       coach.Level
		urgency     coach.Urgency
		thin        bool
	}{
		{"twice the gap is not more", "2026-03-16", coach.CSuite, coach.Normal, false},
		{"more than twice the gap", "2026-03-17", coach.CSuite, coach.Normal, true},
		{"working days under five: six after a weekend", "2026-03-10", coach.IC, coach.Normal, false},
		{"working days under five: seven", "2026-03-11", coach.IC, coach.Normal, true},
	} {
		c := fresh(t, tt.today, coach.Cold)
		c.Prospect.Level, c.Prospect.Urgency = tt.level, tt.urgency
		sent(t, c, "2026-03-02", coach.Email, coach.ShortAsk)
		s := c.Advise().Silence
		if s.TooThin != tt.thin || s.Ours != int(c.Today()-day(t, "2026-03-02")) || s.Theirs != -1 || s.Say == "" {
			t.Errorf("C10 %s: %+v, want %v", tt.rule, s, tt.thin)
		}
	}
	c := fresh(t, "2026-03-25", coach.Cold)
	sent(t, c, "2026-03-02", coach.Email, coach.ShortAsk)
	c.Prospect.SnoozedUntil = day(t, "2026-03-24")
	if s := c.Advise().Silence; s.TooThin {
		t.Errorf("C10: the coach asked to wait, yet %q", s.Say)
	}
}
