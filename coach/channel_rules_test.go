package coach_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

func TestH1_WhoLeads(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule string
		do   func(c coach.Case)
		want coach.Channel
	}{
		{"ties: phone first", func(coach.Case) {}, coach.Call},
		{"then email", func(c coach.Case) { sent(t, c, "2026-02-02", coach.Voicemail, coach.ShortAsk) }, coach.Email},
		{"least used", func(c coach.Case) {
			sent(t, c, "2026-02-02", coach.Voicemail, coach.ShortAsk)
			sent(t, c, "2026-02-09", coach.Email, coach.RightPerson)
		}, coach.LinkedIn},
		{"after two emails another channel", func(c coach.Case) {
			sent(t, c, "2026-02-02", coach.Email, coach.ShortAsk)
			sent(t, c, "2026-02-09", coach.Email, coach.RightPerson)
			c.Prospect.Phone = ""
		}, coach.LinkedIn},
		{"a bounced address is not usable", func(c coach.Case) { c.Prospect.PhoneBad = true }, coach.Email},
		{"text once they have spoken", func(c coach.Case) {
			c.Prospect.LastTalk = c.Today() - 100
			sent(t, c, "2026-02-02", coach.Voicemail, coach.ShortAsk)
			sent(t, c, "2026-02-09", coach.Email, coach.RightPerson)
			sent(t, c, "2026-02-16", coach.LinkedIn, coach.Homework)
		}, coach.Text},
		{"no text to somebody never spoken to", func(c coach.Case) {
			c.Prospect.Email, c.Prospect.LinkedIn = "", ""
			sent(t, c, "2026-02-02", coach.Voicemail, coach.ShortAsk)
		}, coach.Call},
		{"the paired email belongs to the phone", func(c coach.Case) {
			sent(t, c, "2026-02-02", coach.Voicemail, coach.ShortAsk)
			sent(t, c, "2026-02-03", coach.Email, coach.ShortAsk)
		}, coach.Email},
	} {
		c := fresh(t, "2026-02-23", coach.Cold)
		c.Prospect.Campaigns[0].Starts = day(t, "2026-02-02")
		c.Prospect.Line = coach.Mobile
		c.Nuggets = []coach.Nugget{{ID: 1, Kind: coach.NuggetOutcome, Text: "cut errors"}}
		tt.do(c)
		if s := c.Advise().Suggestion; s == nil || s.Channel != tt.want {
			t.Errorf("H1 %s: %+v, want %s", tt.rule, s, tt.want)
		}
	}
}

func TestH1b_H2_APhoneSuggestionCarriesThreeTexts(t *testing.T) {
	t.Parallel()
	c := fresh(t, "2026-03-02", coach.Cold)
	s := c.Advise().Suggestion
	if s.Channel != coach.Call || s.Draft == "" || s.Voicemail == "" || s.Pair == nil || s.Pair.Draft == "" || s.Pair.Subject == "" || !strings.Contains(s.Voicemail, "email") {
		t.Errorf("H1b: %+v", s)
	}
	c.Prospect.Email = ""
	if s = c.Advise().Suggestion; s.Pair != nil || s.Voicemail == "" || strings.Contains(s.Voicemail, "email") {
		t.Errorf("H2: without an address: %+v", s)
	}
	c = fresh(t, "2026-03-02", coach.Cold)
	c.Prospect.Email, c.Prospect.LinkedIn = "", ""
	c.Prospect.Campaigns[0].LastTries = true
	sent(t, c, "2026-02-02", coach.Voicemail, coach.EitherWay)
	if s = c.Advise().Suggestion; s.Channel != coach.Voicemail || s.Angle != coach.BackAway || s.Draft != s.Voicemail || s.Draft == "" {
		t.Errorf("H1b: back_away by phone: %+v", s)
	}
}

// H2: a message left for the assistant announced no email, so none is missing.
func TestH2_TheGatekeepersMessageIsNotPaired(t *testing.T) {
	t.Parallel()
	for angle, want := range map[coach.Angle]bool{coach.AskGatekeeper: false, coach.ValueNugget: true} {
		c := documented(t)
		if _, err := c.Log(coach.Touch{Channel: coach.Call, Angle: angle, Outcome: coach.OutcomeLeft}); err != nil {
			t.Fatal(err)
		}
		if got := c.Unpaired(); got != want {
			t.Errorf("H2: a message left with the angle %s waits for its email: %v", angle, got)
		}
	}
}

func TestH2_AVoicemailAndItsEmailAreOneAttempt(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule, email string
		angle       coach.Angle
		attempts    int
	}{
		{"the same day", "2026-03-06", coach.ShortAsk, 1},
		{"one working day later, over a weekend", "2026-03-09", coach.ShortAsk, 1},
		{"two working days later", "2026-03-10", coach.ShortAsk, 2},
		{"another angle", "2026-03-09", coach.RightPerson, 2},
	} {
		c := fresh(t, "2026-03-06", coach.Cold) // a Friday
		s := c.Advise().Suggestion
		vm, err := c.Log(s.Touch(coach.OutcomeLeft))
		if err != nil || !c.Unpaired() {
			t.Fatalf("H2 %s: unpaired %v, %v", tt.rule, c.Unpaired(), err)
		}
		if pair := c.PairOf(vm); pair == nil || *pair != *s.Pair {
			t.Errorf("H2 %s: the pair of the logged voicemail is %+v, want %+v", tt.rule, pair, s.Pair)
		}
		touch := s.PairTouch()
		touch.Angle = tt.angle
		touch, err = at(c, day(t, tt.email)).Log(touch)
		if got := at(c, day(t, tt.email)).Advise().Attempts; err != nil || got != tt.attempts || touch.Attempt != tt.attempts {
			t.Errorf("H2 %s: %d attempts, touch %d (%v), want %d", tt.rule, got, touch.Attempt, err, tt.attempts)
		}
		if done := at(c, day(t, tt.email)).Unpaired(); done {
			t.Errorf("H2 %s: still unpaired", tt.rule)
		}
	}
}

func TestH3_TheGatekeepersTurn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule string
		do   func(p *coach.Prospect)
		want bool
	}{
		{"director or above", func(p *coach.Prospect) {}, true},
		{"manager, none known", func(p *coach.Prospect) { p.Level = coach.Manager }, false},
		{"manager, one known", func(p *coach.Prospect) { p.Level, p.Gatekeeper.Name = coach.Manager, "Ana" }, true},
		{"mobile line", func(p *coach.Prospect) { p.Line = coach.Mobile }, false},
		{"direct line", func(p *coach.Prospect) { p.Line = coach.Direct }, false},
		{"asked before", func(p *coach.Prospect) { p.Touches[0].Angle = coach.AskGatekeeper }, false},
		{"somebody new may be asked anew", func(p *coach.Prospect) {
			p.Touches[0].Angle, p.Gatekeeper = coach.AskGatekeeper, coach.Gatekeeper{Name: "Bo", Since: p.Touches[0].On + 1}
		}, true},
		{"nobody answered when asked", func(p *coach.Prospect) {
			p.Touches[0].Angle, p.Touches[0].Channel, p.Touches[0].Outcome = coach.AskGatekeeper, coach.Call, coach.OutcomeNoAnswer
		}, true},
	} {
		c := fresh(t, "2026-03-02", coach.Cold)
		c.Prospect.LinkedIn = ""
		sent(t, c, "2026-02-02", coach.Voicemail, coach.ShortAsk)
		sent(t, c, "2026-02-09", coach.Email, coach.Homework)
		c.Nuggets = []coach.Nugget{{ID: 1, Kind: coach.NuggetOutcome, Text: "cut errors"}}
		tt.do(c.Prospect)
		s := c.Advise().Suggestion
		if s == nil || s.Channel != coach.Call || (s.Angle == coach.AskGatekeeper) != tt.want {
			t.Errorf("H3 %s: %+v, want %v", tt.rule, s, tt.want)
			continue
		}
		if tt.want && (s.Voicemail != "" || s.Pair != nil || s.Draft == "") {
			t.Errorf("H1b %s: the gatekeeper has the opener alone: %+v", tt.rule, s)
		}
	}
}

func TestH5_EmailIsNotPersevering(t *testing.T) {
	t.Parallel()
	c := fresh(t, "2026-04-20", coach.Cold)
	c.Prospect.Phone = ""
	c.Nuggets = []coach.Nugget{{ID: 1, Kind: coach.NuggetOutcome, Text: "cut errors"}}
	for i, on := range []string{"2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30"} {
		sent(t, c, on, []coach.Channel{coach.Email, coach.LinkedIn}[i%2], []coach.Angle{coach.ShortAsk, coach.RightPerson, coach.Homework, coach.Story, coach.SharpQuestion}[i])
	}
	if s := c.Advise().Suggestion; s == nil || s.Channel != coach.LinkedIn {
		t.Errorf("H5: after three emails of five: %+v", s)
	}
	c.Prospect.Touches[1].Channel, c.Prospect.Touches[4].Channel = coach.Email, coach.LinkedIn
	c.Prospect.Campaigns[0].Situation = coach.Existing
	c.Prospect.Touches = c.Prospect.Touches[:3]
	if s := c.Advise().Suggestion; s == nil || s.Channel != coach.LinkedIn {
		t.Errorf("H5: after three in a row: %+v", s)
	}

	c = fresh(t, "2026-03-02", coach.Cold)
	c.Prospect.Phone, c.Prospect.LinkedIn, c.Prospect.Industry = "", "", "logistics"
	c.Prospect.Facts = []coach.Fact{{ID: 1, Kind: coach.Research, Text: "opened a hub"}}
	a := c.Advise()
	if a.PlanLength != 5 || len(a.Plan) != 5 || a.Plan[3].Angle != coach.EitherWay || a.Plan[4].Angle != coach.BackAway {
		t.Errorf("H5: email alone: %d, %v", a.PlanLength, a.Plan)
	}
}

func TestH6_WithoutAContactThereIsNoCampaignYet(t *testing.T) {
	t.Parallel()
	c := fresh(t, "2026-03-02", coach.Cold)
	p := c.Prospect
	p.Email, p.Phone, p.LinkedIn = "", "", ""
	a := c.Advise()
	if a.PlanLength != 0 || a.Due != 0 || a.Verdict.Kind != coach.WaitVerdict || a.Suggestion != nil || len(a.Plan) != 0 || a.MovesOn != 0 || len(a.Missing) != 1 {
		t.Errorf("H6: %+v", a)
	}
}

func TestH1_TheLastTriesChooseTheirOwnWay(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule string
		led  []coach.Channel
		want []coach.Channel
	}{
		{"who has not led yet", []coach.Channel{coach.Email, coach.Voicemail, coach.Email, coach.Voicemail}, []coach.Channel{coach.LinkedIn, coach.Email}},
		{"else email first, never the one before", []coach.Channel{coach.Voicemail, coach.LinkedIn, coach.Voicemail, coach.Email}, []coach.Channel{coach.LinkedIn, coach.Email}},
	} {
		c := fresh(t, "2026-06-01", coach.Existing)
		c.Prospect.Purchase = coach.Capital
		for i, ch := range tt.led {
			sent(t, c, (day(t, "2026-03-02") + coach.Date(14*i)).String(), ch, coach.Angles[i])
		}
		var got []coach.Channel
		for _, s := range c.Advise().Plan {
			got = append(got, s.Channel)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("H1 %s: %v, want %v", tt.rule, got, tt.want)
		}
	}
}
