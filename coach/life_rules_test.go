package coach_test

import (
	"errors"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

func TestLog_TouchesOfADayAreOneAttempt(t *testing.T) {
	t.Parallel()
	c := fresh(t, "2026-03-06", coach.Cold)
	for _, tt := range []struct {
		rule    string
		touch   coach.Touch
		attempt int
		channel coach.Channel
	}{
		{"a late entry", coach.Touch{On: day(t, "2026-03-04"), Channel: coach.Email}, 1, coach.Email},
		{"an earlier one renumbers it", coach.Touch{On: day(t, "2026-03-02"), Channel: coach.LinkedIn}, 1, coach.LinkedIn},
		{"call and left is a voicemail", coach.Touch{Channel: coach.Call, Outcome: coach.OutcomeLeft, Angle: coach.ShortAsk}, 3, coach.Voicemail},
		{"the same day", coach.Touch{Channel: coach.Email, Angle: coach.Homework}, 3, coach.Email},
		{"a bounce is no attempt", coach.Touch{Channel: coach.LinkedIn, Outcome: coach.OutcomeBounced}, 0, coach.LinkedIn},
	} {
		got, err := c.Log(tt.touch)
		if err != nil || got.Attempt != tt.attempt || got.Channel != tt.channel || got.Campaign != 1 {
			t.Errorf("%s: %+v (%v)", tt.rule, got, err)
		}
	}
	if p := c.Prospect; p.LinkedIn != "" || p.Touches[1].Attempt != 2 || c.Advise().Attempts != 3 {
		t.Errorf("after all: %+v", p.Touches)
	}
	for _, bad := range []coach.Touch{{On: c.Today() + 1, Channel: coach.Email}, {Channel: "fax"}, {Channel: coach.Email, Outcome: "eaten"}} {
		var problem coach.Problem
		if _, err := c.Log(bad); !errors.As(err, &problem) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	if n := len(c.Prospect.Touches); n != 5 {
		t.Errorf("a refused touch was kept: %d", n)
	}
}

func TestLog_BouncesAndBadDataMakeAnAddressUnusable_H1(t *testing.T) {
	t.Parallel()
	c := fresh(t, "2026-03-02", coach.Cold)
	if _, err := c.Log(coach.Touch{Channel: coach.Email, Outcome: coach.OutcomeBounced}); err != nil || !c.Prospect.EmailBad {
		t.Errorf("H1: %+v (%v)", c.Usable(), err)
	}
	if err := c.Skip("bad-data"); err != nil || !c.Prospect.PhoneBad {
		t.Errorf("H1: the phone that was due stays usable: %v (%v)", c.Usable(), err)
	}
	if err := c.Skip(""); err == nil {
		t.Error("a skip without a reason passes")
	}
}

func TestSnooze_UntilThatDayAndNotBefore(t *testing.T) {
	t.Parallel()
	c := fresh(t, "2026-03-02", coach.Cold)
	if err := c.Snooze(c.Today()); err == nil {
		t.Error("snoozed until today")
	}
	if err := c.Snooze(day(t, "2026-03-14")); err != nil || c.Prospect.State != coach.Snoozed || c.Prospect.Due != day(t, "2026-03-16") {
		t.Fatalf("C3: due %s (%v)", c.Prospect.Due, err)
	}
	a := c.Advise()
	if a.Verdict.Kind != coach.WaitVerdict || a.Verdict.Until != day(t, "2026-03-16") || a.Suggestion != nil || a.Plan[0].On != day(t, "2026-03-16") {
		t.Errorf("%+v, plan %v", a.Verdict, a.Plan)
	}
	c = at(c, day(t, "2026-03-16"))
	if !c.Wake() || c.Prospect.State != coach.Active || c.Prospect.Due != c.Today() {
		t.Errorf("awake: %s due %s", c.Prospect.State, c.Prospect.Due)
	}
	if a = c.Advise(); a.OverdueDays != 0 || a.Suggestion == nil {
		t.Errorf("on the day: %+v", a)
	}
	if err := c.MoveOn(0, ""); err != nil {
		t.Fatal(err)
	}
	if err := c.Snooze(c.Today() + 3); err == nil {
		t.Error("snoozed what moved on")
	}
}

func TestReopen_IsDormantUnlessTheyNeverTalked_C0(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule string
		talk coach.Date
		want coach.Situation
	}{{"never talked", 0, coach.Cold}, {"talked once", 700_000, coach.Dormant}} {
		c := fresh(t, "2026-03-02", coach.ProposalSent)
		c.Prospect.LastTalk = tt.talk
		if err := c.Reopen(); err == nil {
			t.Error("reopened what is open")
		}
		if err := c.MoveOn(0, ""); err != nil {
			t.Fatal(err)
		}
		if err := c.Reopen(); err != nil || c.Prospect.Situation() != tt.want || c.Prospect.Due != day(t, "2026-03-03") || len(c.Prospect.Campaigns) != 2 {
			t.Errorf("C0 %s: %s due %s (%v)", tt.rule, c.Prospect.Situation(), c.Prospect.Due, err)
		}
	}
}

func TestMoveOn_AnAnswerAfterItIsAnAnswer_V9(t *testing.T) {
	t.Parallel()
	c := sound(t, "2026-03-02")
	if err := c.MoveOn(c.Today()+90, ""); err != nil {
		t.Fatal(err)
	}
	if err := c.MoveOn(0, ""); err != nil || c.Prospect.ComeBack != 0 {
		t.Errorf("V8: never, chosen afterwards: %s (%v)", c.Prospect.ComeBack, err)
	}
	sunday := c.Today() + 90
	for sunday.Weekday() != time.Sunday {
		sunday++
	}
	if err := c.MoveOn(sunday, ""); err != nil || c.Prospect.ComeBack != sunday+1 {
		t.Errorf("C3: coming back on a Sunday is on %s (%v)", c.Prospect.ComeBack, err)
	}
	if _, err := at(c, c.Today()+1).Log(coach.Touch{Channel: coach.Call, Outcome: coach.OutcomeSpoke}); err != nil || c.Prospect.State != coach.Engaged || c.Prospect.Campaigns[0].End != coach.EndMovedOn {
		t.Errorf("V9: %s, %+v (%v)", c.Prospect.State, c.Prospect.Campaigns[0], err)
	}
	if err := c.Snooze(c.Today() + 30); err != nil || c.Prospect.State != coach.Engaged || c.Prospect.NextAsk != c.Today()+30 {
		t.Errorf("C12: snoozing one who answered: %s, asked on %s (%v)", c.Prospect.State, c.Prospect.NextAsk, err)
	}
}

func TestNoteGatekeeper_NameTimeAndWords_C5_V5(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text, name, best string
		noChance         bool
	}{
		{"Ana, try before 9", "Ana", "before 9", false},
		{"Ana Lopez: Thursdays after 16", "Ana Lopez", "thursdays after 16", false},
		{"Ana", "Ana", "", false},
		{"try tuesday 8:30", "", "tuesday 8:30", false},
		{"best at 16:30", "", "16:30", false},
		{"before 9", "", "before 9", false},
		{"Ana, no chance this year", "Ana", "", true},
		{"no chance", "", "", true},
		{"Ana, she has 3 kids and loves tea", "Ana", "", false},
		{"he is in on fridays", "", "fridays", false},
	} {
		c := fresh(t, "2026-03-02", coach.Cold)
		if err := c.NoteGatekeeper(tt.text); err != nil {
			t.Fatal(err)
		}
		g := c.Prospect.Gatekeeper
		if g.Name != tt.name || g.BestTime != tt.best || g.NoChance != tt.noChance {
			t.Errorf("%q: %+v", tt.text, g)
		}
		if _, ok := coach.ParseBestTime(g.BestTime); g.BestTime != "" && (!ok || g.BestOn != c.Today()) {
			t.Errorf("C5 %q: %q is no best time", tt.text, g.BestTime)
		}
	}
	if err := fresh(t, "2026-03-02", coach.Cold).NoteGatekeeper("  "); err == nil {
		t.Error("an empty note passes")
	}
}

// What the form holds of the gatekeeper is all there is, but for a best time
// that it had no words of.
func TestEditGatekeeper_WhatIsTakenOutIsGone_C5_H3(t *testing.T) {
	t.Parallel()
	told := coach.NewDate(2026, 2, 20)
	ana := coach.Gatekeeper{Name: "Ana", Said: "try before 9", BestTime: "before 9", BestOn: told}
	today := coach.NewDate(2026, 3, 2)
	for _, tt := range []struct {
		was  coach.Gatekeeper
		text string
		want coach.Gatekeeper
	}{
		{ana, "", coach.Gatekeeper{Since: today}},
		{ana, "Ana", coach.Gatekeeper{Name: "Ana"}},
		{ana, "try before 9", coach.Gatekeeper{Said: "try before 9", BestTime: "before 9", BestOn: told, Since: today}},
		{ana, "Ana, try 16:30", coach.Gatekeeper{Name: "Ana", Said: "try 16:30", BestTime: "16:30", BestOn: today}},
		{ana, "Bea, try before 9", coach.Gatekeeper{Name: "Bea", Said: "try before 9", BestTime: "before 9", BestOn: told, Since: today}},
		{coach.Gatekeeper{Name: "Ana", Said: "no chance", NoChance: true}, "Ana", coach.Gatekeeper{Name: "Ana"}},
		{coach.Gatekeeper{Name: "Ana", Said: "likes tea", BestTime: "before 9", BestOn: told}, "Ana, likes coffee",
			coach.Gatekeeper{Name: "Ana", Said: "likes coffee", BestTime: "before 9", BestOn: told}},
		{coach.Gatekeeper{}, "Ana, try before 9", coach.Gatekeeper{Name: "Ana", Said: "try before 9", BestTime: "before 9", BestOn: today}},
	} {
		c := fresh(t, "2026-03-02", coach.Cold)
		c.Prospect.Gatekeeper = tt.was
		if err := c.EditGatekeeper(tt.text); err != nil || c.Prospect.Gatekeeper != tt.want {
			t.Errorf("%+v, edited to %q: %+v (%v), want %+v", tt.was, tt.text, c.Prospect.Gatekeeper, err, tt.want)
		}
	}
}

func TestNote_AFactIsKeptOnce(t *testing.T) {
	t.Parallel()
	c := fresh(t, "2026-03-02", coach.Cold)
	if f, err := c.Note(coach.Research, " opened a hub. ", 0); err != nil || f.Text != "opened a hub." || f.On != c.Today() {
		t.Errorf("%+v (%v)", f, err)
	}
	for _, bad := range [][2]string{{"research", "Opened a hub"}, {"rumour", "x"}, {"said", " "}} {
		if _, err := c.Note(coach.FactKind(bad[0]), bad[1], 0); err == nil {
			t.Errorf("%v passes", bad)
		}
	}
}

func TestSettle_ALifeOutOfBareFacts(t *testing.T) {
	t.Parallel()
	c := berlin(t, "2026-03-09")
	p := c.Prospect
	p.State = ""
	p.Touches = []coach.Touch{
		{On: day(t, "2025-12-01"), Channel: coach.Email, Angle: coach.Homework, Outcome: coach.OutcomeSent},
		{On: day(t, "2026-03-02"), Channel: coach.Call, Angle: coach.ShortAsk, Outcome: coach.OutcomeLeft},
		{On: day(t, "2026-03-02"), Channel: coach.Email, Angle: coach.ShortAsk, Outcome: coach.OutcomeBounced},
	}
	c.Settle("", day(t, "2026-03-01"))
	if len(p.Campaigns) != 2 || p.Touches[0].Campaign != 1 || p.Touches[1].Campaign != 2 || p.Touches[1].Channel != coach.Voicemail || p.Touches[1].Attempt != 1 || !p.EmailBad || p.State != coach.Active {
		t.Errorf("%+v %+v", p.Campaigns, p.Touches)
	}
	if a := c.Advise(); a.Attempts != 1 || a.Due != c.Today() {
		t.Errorf("%d attempts, due %s", a.Attempts, a.Due)
	}
	p.EmailBad, p.Touches[2].Outcome = false, coach.OutcomeSpoke
	c.Settle(coach.Existing, 0)
	if len(p.Campaigns) != 1 || p.State != coach.Engaged || p.Campaigns[0].Starts != day(t, "2025-12-01") || p.Campaigns[0].End != coach.EndReply {
		t.Errorf("V9: %s %+v", p.State, p.Campaigns)
	}
}

// V5: no chance stops whoever is pursued, and nobody who is not.
func TestV5_NoChanceStopsWhoeverIsPursued(t *testing.T) {
	t.Parallel()
	for state, want := range map[coach.State]coach.State{
		coach.Active: coach.Stopped, coach.Snoozed: coach.Stopped, coach.Waiting: coach.Stopped,
		coach.Engaged: coach.Engaged, coach.Won: coach.Won, coach.MovedOn: coach.MovedOn,
	} {
		c := fresh(t, "2026-03-02", coach.Cold)
		c.Prospect.State = state
		if err := c.NoteGatekeeper("Ana, no chance"); err != nil || c.Prospect.State != want {
			t.Errorf("V5 %s: now %s (%v)", state, c.Prospect.State, err)
		}
	}
}

// A fact opens the angle that it makes eligible now, and says so of no other.
func TestOpened_NamesWhatAFactMadeEligible(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		situation coach.Situation
		kind      coach.FactKind
		want      coach.Angle
	}{
		{coach.Cold, coach.Research, coach.Homework},
		{coach.Cold, coach.Trigger, coach.Homework},
		{coach.Cold, coach.Said, ""},
		{coach.ProposalSent, coach.Said, coach.TheirWords},
		{coach.Cold, coach.Introduction, coach.IntroduceThem},
	} {
		c := fresh(t, "2026-03-02", tt.situation)
		before := c.Advise()
		if _, err := c.Note(tt.kind, "opened a hub in Leipzig", 0); err != nil {
			t.Fatal(err)
		}
		c.Prospect.Facts[0].ID = 1
		if got := coach.Opened(tt.kind, before, c.Advise()); got != tt.want {
			t.Errorf("%s, %s: opened %q, not %q", tt.situation, tt.kind, got, tt.want)
		}
	}
	c := fresh(t, "2026-03-02", coach.Cold)
	if _, err := c.Note(coach.Research, "will open a hub", c.Today()+1); err == nil {
		t.Error("a fact of tomorrow passes")
	}
}
