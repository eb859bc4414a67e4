package coach_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

func TestV1_ThePlanHasItsLength(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule string
		do   func(p *coach.Prospect)
		want int
	}{
		{"ic", func(p *coach.Prospect) { p.Level = coach.IC }, 6},
		{"manager", func(p *coach.Prospect) { p.Level = coach.Manager }, 7},
		{"director", func(p *coach.Prospect) { p.Level = coach.Director }, 8},
		{"c_suite", func(p *coach.Prospect) {}, 8},
		{"capital, c_suite: every 14 days", func(p *coach.Prospect) { p.Purchase = coach.Capital }, 6},
		{"gap of nine", func(p *coach.Prospect) { p.Level, p.Urgency = coach.VP, coach.Low }, 8},
		{"gap of ten", func(p *coach.Prospect) { p.Urgency = coach.Low }, 6},
		{"email alone", func(p *coach.Prospect) { p.Phone, p.LinkedIn = "", "" }, 5},
		{"email alone, every 14 days", func(p *coach.Prospect) { p.Phone, p.LinkedIn, p.Purchase = "", "", coach.Capital }, 5},
		{"phone alone", func(p *coach.Prospect) { p.Email, p.LinkedIn = "", "" }, 8},
	} {
		c := fresh(t, "2026-03-02", coach.Cold)
		tt.do(c.Prospect)
		if a := c.Advise(); a.PlanLength != tt.want {
			t.Errorf("V1 %s: %d, want %d", tt.rule, a.PlanLength, tt.want)
		}
	}
}

// sound is a campaign that was worked through well, eight attempts a week
// apart from 2026-01-05 on, the last on 2026-02-23; ten days are still to go.
func sound(t testing.TB, today string) coach.Case {
	c := fresh(t, today, coach.Cold)
	for i, a := range []coach.Angle{coach.Homework, coach.ValueNugget, coach.ShortAsk, coach.AskGatekeeper, coach.RightPerson, coach.Story, coach.EitherWay, coach.BackAway} {
		ch := []coach.Channel{coach.Email, coach.Voicemail, coach.LinkedIn}[i%3]
		sent(t, c, (day(t, "2026-01-05") + coach.Date(7*i)).String(), ch, a)
	}
	return c
}

func TestV1_V3_MoveOnNeedsAllFiveTicks(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule, today string
		do          func(p *coach.Prospect)
		want        coach.VerdictKind
		open        string // the only tick that is missing
	}{
		{"V1 all hold", "2026-03-02", func(*coach.Prospect) {}, coach.MoveOnVerdict, ""},
		{"V3 the gap still runs", "2026-03-01", func(*coach.Prospect) {}, coach.WaitVerdict, "silence"},
		{"V1.4 the offer was not taken back", "2026-03-02", func(p *coach.Prospect) { p.Touches[7].Angle = coach.TheirWords }, coach.LastTries, "asked"},
		{"V1.4 no short answer was asked for", "2026-03-02", func(p *coach.Prospect) { p.Touches[6].Angle = coach.TheirWords }, coach.LastTries, "asked"},
		{"V1.2 the last two texts are alike", "2026-03-02", func(p *coach.Prospect) {
			p.Touches[6].Text = "Jane, one last thing about the hub in Leipzig: shall we go on with it or let it rest for good now?"
			p.Touches[7].Text = p.Touches[6].Text
		}, coach.LastTries, "reworked"},
		{"V1.3 after back_away no further family is required", "2026-03-02", func(p *coach.Prospect) {
			for i := range p.Touches {
				p.Touches[i].Channel, p.Touches[i].Outcome = []coach.Channel{coach.Email, coach.Voicemail}[i%2], coach.OutcomeSent
			}
		}, coach.MoveOnVerdict, ""},
		{"V4 one attempt is missing and the offer not taken back", "2026-03-02", func(p *coach.Prospect) { p.Touches = p.Touches[:7] }, coach.LastTries, "attempts asked"},
		{"a no-answer is an attempt that asked nothing", "2026-03-02", func(p *coach.Prospect) { p.Touches[7].Outcome = coach.OutcomeNoAnswer }, coach.LastTries, "asked"},
	} {
		c := sound(t, tt.today)
		tt.do(c.Prospect)
		a := c.Advise()
		var open []string
		for _, k := range a.Verdict.Checks {
			if !k.OK {
				open = append(open, k.ID)
			}
		}
		if a.Verdict.Kind != tt.want || strings.Join(open, " ") != tt.open {
			t.Errorf("%s: %s, open ticks %v; want %s, %q", tt.rule, a.Verdict.Kind, open, tt.want, tt.open)
		}
		if tt.want == coach.WaitVerdict && a.Verdict.Until != day(t, "2026-03-02") {
			t.Errorf("%s: until %s", tt.rule, a.Verdict.Until)
		}
		if (a.Suggestion != nil) != (tt.want == coach.LastTries) {
			t.Errorf("%s: suggestion %+v", tt.rule, a.Suggestion)
		}
	}
}

func TestV2_LastTriesBeginWithTheLastButOne(t *testing.T) {
	t.Parallel()
	c := sound(t, "2026-03-02")
	p := c.Prospect
	c.Nuggets = []coach.Nugget{{ID: 1, Kind: coach.NuggetOutcome, Text: "cut errors"}}
	p.Touches = p.Touches[:5]
	if k := c.Advise().Verdict.Kind; k != coach.KeepGoing {
		t.Errorf("V2: attempt 6 of 8 is %s", k)
	}
	p.Touches = sound(t, "2026-03-02").Prospect.Touches[:6]
	a := c.Advise()
	if a.Verdict.Kind != coach.LastTries || a.Suggestion.Angle != coach.EitherWay || len(a.Missing) != 0 || len(a.Alternatives) != 0 {
		t.Errorf("V2: attempt 7 of 8: %+v, %+v", a.Verdict, a.Suggestion)
	}
	// A longer plan since then does not bring the campaign back (V2).
	p.Level, p.Touches = coach.IC, p.Touches[:4]
	follow(t, c, c.Advise().Suggestion)
	p.Level = coach.CSuite
	if a = at(c, c.Today()+7).Advise(); a.Suggestion == nil || a.Suggestion.Angle != coach.BackAway {
		t.Errorf("V2: left the last tries: %+v", a.Suggestion)
	}
	// The rep may ask to finish (A3).
	c = fresh(t, "2026-03-02", coach.Cold)
	if err := c.Finish(); err != nil {
		t.Fatal(err)
	}
	if a = c.Advise(); a.PlanLength != 2 || len(a.Plan) != 2 || a.Plan[0].Angle != coach.EitherWay || a.Plan[1].Angle != coach.BackAway {
		t.Errorf("A3: finishing: %d, %v", a.PlanLength, a.Plan)
	}
}

func TestV5_StopNow(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule string
		do   func(c coach.Case) error
	}{
		{"they said no", func(c coach.Case) error { return c.Reply(coach.AnswerNo, 0, 0, "bought elsewhere") }},
		{"asked not to be contacted", func(c coach.Case) error { return c.Reply(coach.AnswerDNC, 0, 0, "") }},
		{"wrong person", func(c coach.Case) error { return c.Reply(coach.AnswerWrongPerson, 0, 0, "") }},
		{"bad fit", func(c coach.Case) error { return c.Stop("bad fit") }},
		{"the gatekeeper: no chance", func(c coach.Case) error { return c.NoteGatekeeper("Ana: no chance, he never takes these calls") }},
	} {
		c := fresh(t, "2026-03-02", coach.Cold)
		if err := tt.do(c); err != nil {
			t.Fatal(err)
		}
		a := c.Advise()
		if a.Verdict.Kind != coach.StopVerdict || a.Suggestion != nil || len(a.Plan) != 0 || c.Prospect.Due != 0 || a.Verdict.Say == "" {
			t.Errorf("V5 %s: %+v, due %s", tt.rule, a, c.Prospect.Due)
		}
		if c.Prospect.NeverContact {
			if err := c.Snooze(c.Today() + 7); err == nil || err.Error() != c.Reopen().Error() {
				t.Errorf("V5: what is final names a way on: %v", err)
			}
			for what, err := range map[string]error{"reopen": c.Reopen(), "begin": c.Begin(coach.Cold, 0), "met": c.Met(0, 0), "restart": c.Restart(coach.Dormant), "reply": c.Reply(coach.AnswerInterested, 0, 0, "")} {
				if err == nil || c.Prospect.State != coach.Stopped || c.Prospect.NextAsk != 0 {
					t.Errorf("V5: %s after they asked not to be contacted", what)
				}
			}
		}
	}
}

func TestV6_GivingUpEarlyIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	c := sound(t, "2026-03-02")
	if c.Early() {
		t.Error("V6: moving on is earned, and yet asked about")
	}
	c.Prospect.Touches = c.Prospect.Touches[:3]
	c.Evidence.Attempts = []int{0, 3, 3, 2, 4}
	if v := c.Advise().Verdict; !c.Early() || !slices.ContainsFunc(v.Checks, func(k coach.Check) bool { return !k.OK && k.Say == "3 of 8 attempts made" }) {
		t.Errorf("V6: %+v", v)
	}
	if s := c.EvidenceSay(); s != "Of your team's last 12 replies, 4 came at attempt 4 or later." {
		t.Errorf("V8b: %q", s)
	}
	c.Warn()
	if c.Early() {
		t.Error("V6: asked twice")
	}
	if err := c.MoveOn(c.Today()+90, "no budget"); err != nil || !c.Prospect.Campaigns[0].Early || c.Prospect.State != coach.MovedOn || c.Prospect.Due != day(t, "2026-06-01") {
		t.Errorf("V6, V8: %+v due %s (%v)", c.Prospect.Campaigns[0], c.Prospect.Due, err)
	}
	c = sound(t, "2026-03-02")
	if err := c.MoveOn(0, ""); err != nil || c.Prospect.Campaigns[0].Early || c.Prospect.Due != 0 {
		t.Errorf("V1: earned, yet %+v due %s (%v)", c.Prospect.Campaigns[0], c.Prospect.Due, err)
	}
}

func TestV8_WhatMovedOnComesBackAsDormant(t *testing.T) {
	t.Parallel()
	c := sound(t, "2026-03-02")
	if err := c.MoveOn(day(t, "2026-05-31"), ""); err != nil { // a Sunday
		t.Fatal(err)
	}
	if at(c, day(t, "2026-05-31")).Wake() {
		t.Error("V8, C3: woke on a Sunday")
	}
	c = at(c, day(t, "2026-06-01"))
	if !c.Wake() || c.Prospect.Situation() != coach.Dormant || c.Prospect.State != coach.Active || c.Prospect.Due != c.Today() || len(c.Prospect.Campaigns) != 2 {
		t.Errorf("V8: %+v due %s", c.Prospect.Campaigns, c.Prospect.Due)
	}
	if a := c.Advise(); a.Attempts != 0 || a.Suggestion.Angle != coach.WhatChanged {
		t.Errorf("V8: the new campaign: %d attempts, %+v", a.Attempts, a.Suggestion)
	}
	if c.Wake() {
		t.Error("V8: woke twice")
	}
}

func TestV8b_TheTeamsOwnEvidence(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule     string
		attempts []int
		n        int
		want     string
	}{
		{"nine are too few", []int{0, 4, 5}, 2, ""},
		{"at this attempt or later", []int{99, 4, 3, 2, 1}, 3, "Of your team's last 10 replies, 3 came at attempt 3 or later."},
		{"none: it argues for stopping", []int{0, 8, 4}, 3, "Of your team's last 12 replies, none came at attempt 3 or later. Stopping here is sound."},
	} {
		if got := (coach.Evidence{Attempts: tt.attempts}).AtQuit(tt.n); got != tt.want {
			t.Errorf("V8b %s: %q, want %q", tt.rule, got, tt.want)
		}
	}
}

func TestV9_C12_AReplyEndsTheCampaign(t *testing.T) {
	t.Parallel()
	c := fresh(t, "2026-03-09", coach.Cold)
	sent(t, c, "2026-03-02", coach.Email, coach.Homework)
	sent(t, c, "2026-03-05", coach.Voicemail, coach.ShortAsk)
	c.Prospect.Touches[0].Attempt, c.Prospect.Touches[1].Attempt = 1, 2
	if err := c.Reply("", 0, 0, "call me in spring"); err != nil {
		t.Fatal(err)
	}
	p := c.Prospect
	k := p.Campaigns[0]
	if p.State != coach.Engaged || k.End != coach.EndReply || k.Ended != c.Today() || k.Angle != coach.ShortAsk || k.Channel != coach.Voicemail || k.Attempt != 2 {
		t.Errorf("V8, V9: %s, %+v", p.State, k)
	}
	if a := c.Advise(); a.Suggestion != nil || len(a.Plan) != 0 || a.Verdict.Kind != coach.WaitVerdict {
		t.Errorf("V9: %+v", a)
	}
	if p.Due != day(t, "2026-03-16") {
		t.Errorf("C12: asked about on %s", p.Due)
	}
	at(c, p.Due).CountAsk()
	if p.Due != day(t, "2026-03-23") {
		t.Errorf("C12: asked about again on %s", p.Due)
	}
	at(c, p.Due).CountAsk()
	if p.Due != 0 {
		t.Errorf("C12: asked about a third time on %s", p.Due)
	}
	if err := at(c, day(t, "2026-03-24")).Reply(coach.AnswerMeeting, 0, day(t, "2026-03-27"), ""); err != nil {
		t.Fatal(err)
	}
	if p.Due != day(t, "2026-03-30") || p.NextMeeting != day(t, "2026-03-27") || p.Campaigns[0].Ended != day(t, "2026-03-09") || p.Campaigns[0].Attempt != 2 {
		t.Errorf("V9: what came of it: due %s, %+v", p.Due, p.Campaigns[0])
	}
	if err := at(c, day(t, "2026-03-31")).Reply(coach.AnswerLater, 0, day(t, "2026-06-06"), ""); err != nil || p.Due != day(t, "2026-06-08") {
		t.Errorf("C12, C3: later: due %s (%v)", p.Due, err)
	}
	if err := at(c, day(t, "2026-06-08")).Reply(coach.AnswerWon, 0, 0, ""); err != nil || p.State != coach.Won || p.Due != 0 {
		t.Errorf("V9: won: %s due %s (%v)", p.State, p.Due, err)
	}
	c = fresh(t, "2026-03-09", coach.Cold)
	touch, err := c.Log(coach.Touch{Channel: coach.Call, Outcome: coach.OutcomeSpoke, Angle: coach.ShortAsk})
	if err != nil || touch.Attempt != 1 || c.Prospect.State != coach.Engaged || c.Prospect.LastTalk != c.Today() || c.Prospect.Campaigns[0].Attempt != 1 {
		t.Errorf("V9: spoke: %+v, %s (%v)", touch, c.Prospect.State, err)
	}
}
