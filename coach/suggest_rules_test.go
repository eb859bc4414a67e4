package coach_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

func TestSection4_WhoBegins(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule      string
		situation coach.Situation
		do        func(c *coach.Case)
		want      coach.Angle
	}{
		{"A4 proposal gone silent", coach.ProposalSent, func(*coach.Case) {}, coach.WhatChanged},
		{"A4 blown off", coach.BlownOff, func(*coach.Case) {}, coach.WhatChanged},
		{"A4 dormant with a last talk, in table order", coach.Dormant, func(c *coach.Case) { c.Prospect.LastTalk = c.Today() - 100 }, coach.Reconnect},
		{"A4 dormant without", coach.Dormant, func(*coach.Case) {}, coach.WhatChanged},
		{"A4 cold with homework", coach.Cold, func(c *coach.Case) {
			c.Prospect.Facts = []coach.Fact{{ID: 1, Kind: coach.Trigger, Text: "opened a hub"}}
			c.Nuggets = []coach.Nugget{{ID: 1, Kind: coach.NuggetOutcome, Text: "cut errors"}}
		}, coach.Homework},
		{"A4 cold with a nugget alone", coach.Cold, func(c *coach.Case) {
			c.Nuggets = []coach.Nugget{{ID: 1, Kind: coach.NuggetOutcome, Text: "cut errors"}}
		}, coach.ValueNugget},
		{"A7 cold with nothing still has a reason", coach.Cold, func(*coach.Case) {}, coach.ShortAsk},
		{"A4 existing: their own words before the nugget", coach.Existing, func(c *coach.Case) {
			c.Prospect.Facts = []coach.Fact{{ID: 1, Kind: coach.Said, Text: "onboarding takes six weeks"}}
			c.Nuggets = []coach.Nugget{{ID: 1, Kind: coach.NuggetOutcome, Text: "cut errors"}}
		}, coach.TheirWords},
		{"A4 the freshest fact", coach.Existing, func(c *coach.Case) {
			c.Prospect.Facts = []coach.Fact{{ID: 1, Kind: coach.Said, Text: "onboarding takes six weeks", On: c.Today() - 9}, {ID: 2, Kind: coach.Research, Text: "old", On: c.Today() - 90}}
		}, coach.TheirWords},
	} {
		c := fresh(t, "2026-03-02", tt.situation)
		tt.do(&c)
		if s := c.Advise().Suggestion; s == nil || s.Angle != tt.want {
			t.Errorf("%s: %+v, want %s", tt.rule, s, tt.want)
		}
	}
}

func TestA1_NothingIsUsedTwice(t *testing.T) {
	t.Parallel()
	c := fresh(t, "2026-03-23", coach.Cold)
	p := c.Prospect
	p.Phone, p.LinkedIn = "", ""
	p.Facts = []coach.Fact{{ID: 1, Kind: coach.Research, Text: "opened a hub", On: 2}, {ID: 2, Kind: coach.Research, Text: "hired a driver", On: 1}}
	first := c.Advise().Suggestion
	p.Campaigns = append([]coach.Campaign{{No: 1, Situation: coach.Cold, Starts: 1, Ended: c.Today() - 5, End: coach.EndMovedOn}}, coach.Campaign{No: 2, Situation: coach.Dormant, Starts: c.Today()})
	touch := first.Touch(coach.OutcomeSent)
	touch.Campaign, touch.On = 1, c.Today()-9
	p.Touches = []coach.Touch{touch, {Campaign: 1, On: c.Today() - 8, Channel: coach.Email, Angle: coach.WhatChanged, Outcome: coach.OutcomeSent}}
	s := c.Advise().Suggestion
	if s.Angle == coach.Homework {
		if s.Variant == first.Variant || slices.Equal(s.Uses, first.Uses) {
			t.Errorf("A1: over two campaigns: %+v then %+v", first, s)
		}
	} else if s.Angle == coach.WhatChanged {
		t.Errorf("A1: %s twice running over two campaigns", s.Angle)
	}

	// A call that nobody answered uses nothing up; a bounce neither.
	for _, o := range []coach.Outcome{coach.OutcomeNoAnswer, coach.OutcomeBounced} {
		c = fresh(t, "2026-03-23", coach.Cold)
		c.Prospect.LinkedIn = ""
		c.Prospect.Facts = []coach.Fact{{ID: 1, Kind: coach.Research, Text: "opened a hub"}}
		touch = c.Advise().Suggestion.Touch(o)
		touch.On, touch.Campaign = c.Today()-20, 1
		c.Prospect.Touches = []coach.Touch{touch}
		a := c.Advise()
		if want := map[coach.Outcome]int{coach.OutcomeNoAnswer: 1}[o]; a.Attempts != want || a.Suggestion.Angle != coach.Homework || a.Suggestion.Uses[0].ID != 1 {
			t.Errorf("A1 %s: %d attempts, then %+v", o, a.Attempts, a.Suggestion)
		}
	}
}

func TestA1_AnAlikeTextIsPassedOver_AndABlankComesWhenNoneIsLeft(t *testing.T) {
	t.Parallel()
	c := fresh(t, "2026-03-23", coach.Cold)
	first := c.Advise().Suggestion
	sent(t, c, "2026-03-02", coach.LinkedIn, "")
	c.Prospect.Touches[0].Text = first.Pair.Draft // the rep wrote the very same words
	c.Prospect.Touches[0].Campaign = 0
	if s := c.Advise().Suggestion; s.Variant == first.Variant {
		t.Errorf("A1: %s again, alike to what was written", s.Variant)
	}

	c = fresh(t, "2026-03-23", coach.Cold)
	c.Prospect.Phone, c.Prospect.LinkedIn = "", ""
	c.Prospect.Campaigns[0].LastTries = true
	sent(t, c, "2026-03-02", coach.Email, coach.ShortAsk)
	for i := range 8 {
		c.Prospect.Declined = append(c.Prospect.Declined, coach.Decline{Angle: coach.EitherWay, Variant: "either_way/email/" + string(rune('1'+i))})
	}
	s := c.Advise().Suggestion
	if s == nil || s.Angle != coach.EitherWay || s.Draft != "["+coach.EitherWay.Purpose()+"]" || s.Variant != "" {
		t.Errorf("A1: no variant left: %+v", s)
	}
}

func TestA2_AskingForAnotherGivesAnotherUntilAllAreShown(t *testing.T) {
	t.Parallel()
	c := documented(t)
	c.Prospect.Declined = nil
	a := c.Advise()
	want := []coach.Option{{Channel: a.Suggestion.Channel, Angle: a.Suggestion.Angle}}
	want = append(want, a.Alternatives...)
	plan := a.Plan
	var got []coach.Option
	for a.Suggestion != nil && len(got) < 20 {
		got = append(got, coach.Option{Channel: a.Suggestion.Channel, Angle: a.Suggestion.Angle})
		c.Decline(*a.Suggestion)
		a = c.Advise()
	}
	if !slices.Equal(got, want) || len(got) != 3 {
		t.Errorf("A2: shown %v, announced %v", got, want)
	}
	if len(a.Questions) == 0 || !strings.Contains(a.Questions[len(a.Questions)-1], "open it") || a.Verdict.Kind != coach.KeepGoing || len(a.Plan) != len(plan) {
		t.Errorf("A2: all shown: %q, %+v, plan %v", a.Questions, a.Verdict, a.Plan)
	}
	c.Again()
	if s := c.Advise().Suggestion; s == nil || s.Angle != got[0].Angle {
		t.Errorf("A2: seen once more, the first is %+v", s)
	}
	c.Decline(*c.Advise().Suggestion)
	if _, err := c.Log(coach.Touch{Channel: coach.Email, Text: "something of my own"}); err != nil || len(c.Prospect.Declined) != 0 {
		t.Errorf("A2: declined for the next attempt, too: %v", c.Prospect.Declined)
	}

	c.Prospect.Campaigns[0].LastTries = true
	one := c.Advise().Suggestion
	c.Decline(*one)
	two := c.Advise().Suggestion
	if two.Angle != coach.EitherWay || two.Variant == one.Variant {
		t.Errorf("A2: declining either_way gave %+v", two)
	}
}

func TestA4_TheTeamsRecordIsShownFromTenAttempts(t *testing.T) {
	t.Parallel()
	c := documented(t)
	c.Evidence.Angles = map[coach.Situation]map[coach.Angle]coach.Rate{coach.Cold: {coach.Story: {Tried: 9, Replied: 9}, coach.ValueNugget: {Tried: 10, Replied: 1}}}
	if _, enough := c.Record(coach.Story); enough {
		t.Error("A4: nine attempts were taken for a record")
	}
	if r, enough := c.Record(coach.ValueNugget); !enough || r.Replied != 1 {
		t.Errorf("A4: the record of ten attempts is %+v, %v", r, enough)
	}
}

func TestA4_TheTeamsOwnRateCountsFromTwentyOutcomes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule  string
		rates map[coach.Angle]coach.Rate
		want  coach.Angle
	}{
		{"none: table order", nil, coach.ValueNugget},
		{"nineteen are too few", map[coach.Angle]coach.Rate{coach.Story: {Tried: 19, Replied: 19}}, coach.ValueNugget},
		{"twenty count", map[coach.Angle]coach.Rate{coach.Story: {Tried: 20, Replied: 4}}, coach.Story},
		{"the lower bound, not the rate", map[coach.Angle]coach.Rate{coach.Story: {Tried: 20, Replied: 6}, coach.ValueNugget: {Tried: 400, Replied: 100}}, coach.ValueNugget},
	} {
		c := fresh(t, "2026-03-02", coach.Cold)
		c.Nuggets = []coach.Nugget{{ID: 1, Kind: coach.NuggetOutcome, Text: "cut errors"}, {ID: 2, Kind: coach.NuggetStory, Text: "a story"}}
		c.Evidence.Angles = map[coach.Situation]map[coach.Angle]coach.Rate{coach.Cold: tt.rates}
		if s := c.Advise().Suggestion; s.Angle != tt.want {
			t.Errorf("A4 %s: %s, want %s", tt.rule, s.Angle, tt.want)
		}
	}
}

func TestA5_A7_TheCoachSaysWhyAndAsks(t *testing.T) {
	t.Parallel()
	c := fresh(t, "2026-03-02", coach.Cold)
	a := c.Advise()
	if len(a.Questions) != 2 || !strings.Contains(a.Suggestion.Why, "weaker") {
		t.Errorf("A7: %q, %s", a.Questions, a.Suggestion.Why)
	}
	c.Prospect.Facts = []coach.Fact{{ID: 1, Kind: coach.Research, Text: "opened a hub in Leipzig.", On: c.Today() - 10}}
	if a = c.Advise(); len(a.Questions) != 1 || !strings.Contains(a.Suggestion.Why, "opened a hub in Leipzig”") {
		t.Errorf("A7: with homework: %q, %s", a.Questions, a.Suggestion.Why)
	}
	c = fresh(t, "2026-03-23", coach.Existing)
	c.Prospect.Phone = ""
	c.Prospect.Facts = []coach.Fact{{ID: 1, Kind: coach.Said, Text: "onboarding takes six weeks", On: day(t, "2025-11-20")}}
	for _, on := range []string{"2026-03-02", "2026-03-09", "2026-03-16"} {
		sent(t, c, on, coach.Email, coach.ShortAsk)
	}
	a = c.Advise()
	for _, part := range []string{"They said in November “onboarding takes six weeks”. Three emails in a row went unanswered; this is attempt 4 of 8."} {
		if !strings.Contains(a.Suggestion.Why, part) {
			t.Errorf("A5: %q lacks %q", a.Suggestion.Why, part)
		}
	}
	if len(a.Questions) != 3 {
		t.Errorf("D2: after three silent attempts: %q", a.Questions)
	}
	c = fresh(t, "2026-03-09", coach.Cold)
	sent(t, c, "2026-03-02", coach.Voicemail, coach.ShortAsk)
	sent(t, c, "2026-03-02", coach.Email, coach.ShortAsk)
	if a = c.Advise(); !strings.Contains(a.Suggestion.Why, "Your voicemail went unanswered") {
		t.Errorf("A5: a voicemail and its email are named as what they were: %q", a.Suggestion.Why)
	}
}

// Two who are due on the same morning for the same reason get different words,
// each always the same ones, and number 1 what the documentation shows.
func TestA4_TwoOfTheSameMorningGetDifferentWords(t *testing.T) {
	t.Parallel()
	seen := map[string]int64{}
	for id := int64(1); id <= 3; id++ {
		c := fresh(t, "2026-03-02", coach.Cold)
		c.Prospect.ID, c.Prospect.Phone = id, ""
		c.Prospect.Facts = []coach.Fact{{ID: 1, Kind: coach.Research, Text: "opened a hub"}}
		s := c.Advise().Suggestion
		if again := c.Advise().Suggestion; again.Variant != s.Variant || again.Draft != s.Draft {
			t.Errorf("A4 #%d: %s, then %s", id, s.Variant, again.Variant)
		}
		if other, twice := seen[s.Variant]; twice {
			t.Errorf("A4: #%d and #%d both get %s", other, id, s.Variant)
		}
		seen[s.Variant] = id
		if id == 1 && s.Variant != "homework/email/1" {
			t.Errorf("A4: number 1 begins with %s", s.Variant)
		}
	}
}

// Nothing went unanswered on the day it was written, nor before the next
// working day.
func TestA5_WhatWasJustSentDidNotGoUnanswered(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ on, today, want string }{
		{"2026-03-06", "2026-03-06", "ou wrote an email today"},
		{"2026-03-06", "2026-03-08", "ou wrote an email on Friday"}, // a Sunday
		{"2026-03-06", "2026-03-09", "our email went unanswered"},
	} {
		c := fresh(t, tt.today, coach.Existing)
		sent(t, c, tt.on, coach.Email, coach.ShortAsk)
		if why := c.Advise().Suggestion.Why; !strings.Contains(why, tt.want) || len(strings.Fields(why)) < 12 {
			t.Errorf("A5 %s on %s: %q", tt.on, tt.today, why)
		}
	}
}

func TestA6_BlanksAreFilledOrShown(t *testing.T) {
	t.Parallel()
	c := fresh(t, "2026-03-02", coach.Cold)
	c.Prospect.Phone, c.Prospect.LinkedIn = "", ""
	c.Prospect.Facts = []coach.Fact{{ID: 1, Kind: coach.Research, Text: "  They opened a hub {first}.\n", On: 1}}
	pb := *shared
	pb.Drafts = map[coach.Angle][]coach.Variant{coach.Homework: {
		{ID: "1", Channel: coach.Email, Subject: "for {company}", Text: "{first}, in {industry}: {fact}. [what you noticed] {me}"},
		{ID: "2", Channel: coach.Email, Subject: "for {company}", Text: "{name}: {fact}. {my_name} of {my_company}"},
	}}
	c.Playbook = pb.Prepare()
	s := c.Advise().Suggestion
	if s.Variant != "2" || s.Draft != "Jane Doe: They opened a hub {first}. Ada Weber of Northwind" || s.Subject != "for Acme" {
		t.Errorf("A6: a variant whose blanks can be filled goes before: %+v", s)
	}
	pb.Drafts[coach.Homework] = pb.Drafts[coach.Homework][:1]
	if s = c.Advise().Suggestion; s.Variant != "1" || s.Draft != "Jane, in [industry]: They opened a hub {first}. [what you noticed] Ada" {
		t.Errorf("A6: what is not known is shown as a blank: %+v", s)
	}
}

func TestA8_NothingNewToSay(t *testing.T) {
	t.Parallel()
	c := fresh(t, "2026-03-16", coach.BlownOff)
	c.Prospect.LinkedIn, c.Prospect.Line = "", coach.Mobile
	sent(t, c, "2026-03-02", coach.Email, coach.WhatChanged)
	a := c.Advise()
	if a.Verdict.Kind != coach.LastTries || a.Suggestion.Angle != coach.EitherWay || a.PlanLength != 3 || len(a.Plan) != 2 || len(a.Missing) == 0 {
		t.Fatalf("A8: %+v, of %d, plan %v, missing %v", a.Verdict, a.PlanLength, a.Plan, a.Missing)
	}
	c.Prospect.Facts = []coach.Fact{{ID: 1, Kind: coach.Said, Text: "onboarding takes six weeks"}}
	if a = c.Advise(); a.Verdict.Kind != coach.KeepGoing || a.Suggestion.Angle != coach.TheirWords {
		t.Errorf("A8: one fact keeps it going: %+v", a.Suggestion)
	}
	c.Prospect.Facts = nil
	follow(t, c, c.Advise().Suggestion)
	c.Prospect.Facts = []coach.Fact{{ID: 1, Kind: coach.Said, Text: "onboarding takes six weeks"}}
	if a = at(c, c.Today()+7).Advise(); a.Verdict.Kind != coach.LastTries || a.Suggestion.Angle != coach.BackAway || a.PlanLength != 3 {
		t.Errorf("V2: last tries are not left: %+v of %d", a.Suggestion, a.PlanLength)
	}

	// On a first attempt nothing is offered, and the coach asks.
	c = fresh(t, "2026-03-16", coach.BlownOff)
	pb := *shared
	pb.Drafts = map[coach.Angle][]coach.Variant{}
	c.Playbook = pb.Prepare()
	a = c.Advise()
	if a.Suggestion != nil || len(a.Plan) != 0 || a.Verdict.Kind != coach.KeepGoing || len(a.Questions) == 0 || a.Due != c.Today() {
		// The gatekeeper of a c_suite is exempt only with a draft.
		t.Errorf("A8: first attempt: %+v %v %q", a.Suggestion, a.Plan, a.Questions)
	}

	// The next family leads when the one whose turn it is has nothing.
	c = fresh(t, "2026-03-16", coach.BlownOff)
	c.Prospect.Line = coach.Mobile
	sent(t, c, "2026-03-02", coach.Email, coach.WhatChanged)
	c.Nuggets = []coach.Nugget{{ID: 1, Kind: coach.NuggetResource, Text: "a checklist"}}
	if s := c.Advise().Suggestion; s.Channel != coach.LinkedIn || s.Angle != coach.UsefulPiece {
		t.Errorf("A8: phone has nothing, linkedin has: %+v", s)
	}
}
