package coach_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

func TestC6_TheTwoStepFollowUp(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule, meeting string
		plan          []string
		asks          string
	}{
		{"the same day and two working days after the talk", "2026-03-20", []string{"2026-03-05", "2026-03-09"}, "2026-03-23"},
		{"half-way when the meeting is sooner", "2026-03-09", []string{"2026-03-05", "2026-03-06"}, "2026-03-10"},
		{"left out when no working day lies between", "2026-03-06", []string{"2026-03-05"}, "2026-03-09"},
		{"without a meeting", "", []string{"2026-03-05", "2026-03-09"}, ""},
	} {
		c := fresh(t, "2026-03-05", coach.Cold) // a Thursday
		c.Nuggets = []coach.Nugget{{ID: 1, Kind: coach.NuggetIssue, Text: "late invoices"}}
		if err := c.Met(0, day(t, tt.meeting)); err != nil {
			t.Fatal(err)
		}
		a := c.Advise()
		var on []string
		for _, s := range a.Plan {
			on = append(on, s.On.String())
		}
		if !slices.Equal(on, tt.plan) || a.MovesOn != 0 || a.AsksOn != day(t, tt.asks) || a.PlanLength != len(tt.plan) || len(a.Verdict.Checks) != 0 {
			t.Errorf("C6 %s: %v of %d, asks %s, moves on %q", tt.rule, on, a.PlanLength, a.AsksOn, a.MovesOn)
		}
		plan := a.Plan
		for i, step := range plan {
			c = at(c, step.On)
			a = c.Advise()
			want := []coach.Angle{coach.ThanksNextStep, coach.SecondInsight}[i]
			if a.Verdict.Kind != coach.KeepGoing || a.Suggestion == nil || a.Suggestion.Angle != want || a.Suggestion.Channel != coach.Email || !slices.Equal(a.Plan, plan[i:]) {
				t.Fatalf("C6 %s: step %d: %+v, %+v, plan %v", tt.rule, i+1, a.Verdict, a.Suggestion, a.Plan)
			}
			follow(t, c, a.Suggestion)
		}
		a = c.Advise()
		until := day(t, tt.asks)
		if tt.asks == "" {
			until = day(t, "2026-03-16") // one gap of seven days
		}
		if a.Verdict.Kind != coach.WaitVerdict || a.Verdict.Until != until || c.Prospect.Due != until || a.Suggestion != nil {
			t.Errorf("C6 %s: after them %+v, due %s, want %s", tt.rule, a.Verdict, c.Prospect.Due, until)
		}
		a = at(c, until).Advise()
		if tt.asks == "" {
			if a.Verdict.Kind != coach.MoveOnVerdict {
				t.Errorf("C6 %s: %+v", tt.rule, a.Verdict)
			}
			continue
		}
		if a.Verdict.Kind != coach.KeepGoing || a.Suggestion != nil || len(a.Questions) != 1 || !strings.Contains(a.Verdict.Say, "cancelled") {
			t.Errorf("C6 %s: on the asking day %+v %q", tt.rule, a.Verdict, a.Questions)
		}
		c = at(c, until)
		if err := c.Restart(coach.BlownOff); err != nil || c.Prospect.Due != until || c.Advise().Suggestion.Angle != coach.WhatChanged {
			t.Errorf("C6: cancelled: due %s (%v)", c.Prospect.Due, err)
		}
	}

	c := fresh(t, "2026-03-05", coach.Cold)
	if err := c.Met(0, day(t, "2026-03-20")); err != nil {
		t.Fatal(err)
	}
	a := c.Advise()
	if len(a.Plan) != 1 || len(a.Missing) != 1 || a.Missing[0].Angle != coach.SecondInsight {
		t.Errorf("C6: a second message with nothing to use: plan %v, missing %v", a.Plan, a.Missing)
	}
	follow(t, c, a.Suggestion)
	if _, err := c.Note(coach.Said, "onboarding takes six weeks", 0); err != nil || c.Prospect.Due != day(t, "2026-03-09") {
		t.Errorf("C6: one fact opens it: due %s (%v)", c.Prospect.Due, err)
	}
	c.Prospect.Email = ""
	if s := c.Advise().Suggestion; s == nil || s.Channel != coach.LinkedIn {
		t.Errorf("C6: linkedin after email: %+v", s)
	}
	if err := c.MoveMeeting(day(t, "2026-04-01")); err != nil || c.Advise().AsksOn != day(t, "2026-04-02") {
		t.Errorf("C6: moved: %s (%v)", c.Advise().AsksOn, err)
	}
}
