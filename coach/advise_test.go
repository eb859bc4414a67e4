package coach_test

import (
	"slices"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// documented is the example of the documentation of advise.
func documented(t testing.TB) coach.Case {
	c := berlin(t, "2026-03-02")
	c.Rep.Country = "DE"
	c.Rep.DaysOff = []coach.Span{{From: day(t, "2026-03-06"), To: day(t, "2026-03-06")}}
	p := c.Prospect
	p.Title, p.Industry, p.Purchase, p.Urgency, p.Line = "CFO", "logistics", coach.Capital, coach.Normal, coach.Switchboard
	p.Gatekeeper = coach.Gatekeeper{Name: "Ana", BestTime: "16:30"}
	p.Facts = []coach.Fact{{ID: 1, Kind: coach.Research, Text: "opened a hub in Leipzig in January", On: day(t, "2026-02-05")}}
	p.Campaigns = []coach.Campaign{{No: 1, Situation: coach.Cold, Starts: day(t, "2026-02-10")}}
	p.Touches = []coach.Touch{{ID: 1, Campaign: 1, On: day(t, "2026-02-10"), Channel: coach.Email, Angle: coach.Homework, Outcome: coach.OutcomeSent,
		Text: "…", Uses: []coach.Ref{{ID: 1}}, Variant: "homework/email/1", Attempt: 1}}
	p.Declined = []coach.Decline{{Angle: coach.Story}}
	c.Nuggets = []coach.Nugget{{ID: 1, Kind: coach.NuggetOutcome, Text: "cut invoice errors by a third in one quarter"}}
	return c
}

func TestAdvise_TheDocumentedExampleHoldsToTheLetter(t *testing.T) {
	t.Parallel()
	a := documented(t).Advise()
	if a.Attempts != 1 || a.PlanLength != 6 || a.Due != day(t, "2026-02-24") || a.OverdueDays != 6 || a.Verdict.Kind != coach.KeepGoing {
		t.Errorf("attempts %d of %d, due %s, overdue %d, verdict %s", a.Attempts, a.PlanLength, a.Due, a.OverdueDays, a.Verdict.Kind)
	}
	s := a.Suggestion
	if s == nil || s.Channel != coach.Call || s.Angle != coach.ValueNugget || s.Pair == nil || s.Pair.Channel != coach.Email || s.Voicemail == "" || s.Draft == "" {
		t.Fatalf("suggestion %+v", s)
	}
	if !slices.Equal(s.Uses, []coach.Ref{{Nugget: true, ID: 1}}) {
		t.Errorf("uses %v", s.Uses)
	}
	if want := []coach.Option{{Channel: coach.Call, Angle: coach.SharpQuestion}, {Channel: coach.Call, Angle: coach.ShortAsk}}; !slices.Equal(a.Alternatives, want) {
		t.Errorf("alternatives %v, want %v", a.Alternatives, want)
	}
	want := []coach.Missing{{Angle: coach.Homework, Say: "one fresh fact about Acme would open it"}, {Angle: coach.IntroduceThem, Say: "one person worth meeting would open it"}}
	if !slices.Equal(a.Missing, want) {
		t.Errorf("missing %v, want %v", a.Missing, want)
	}
	if len(a.Questions) != 0 {
		t.Errorf("questions %q", a.Questions)
	}
	var on []string
	for _, s := range a.Plan {
		on = append(on, s.On.String())
	}
	if !slices.Equal(on, []string{"2026-03-02", "2026-03-16", "2026-03-30", "2026-04-13", "2026-04-27"}) {
		t.Errorf("plan %v", a.Plan)
	}
	if a.Plan[0].Channel != coach.Call || a.Plan[0].Angle != coach.ValueNugget || a.MovesOn != day(t, "2026-05-11") {
		t.Errorf("plan begins %v, moves on %s", a.Plan[0], a.MovesOn)
	}
	var ids []string
	for _, k := range a.Verdict.Checks {
		ids = append(ids, k.ID)
		if k.Say == "" {
			t.Errorf("check %s says nothing", k.ID)
		}
	}
	if !slices.Equal(ids, []string{"attempts", "reworked", "channels", "asked", "silence"}) {
		t.Errorf("checks %v", ids)
	}
	if k := a.Verdict.Checks[0]; k.OK || k.Have != 1 || k.Need != 6 {
		t.Errorf("attempts check %+v", k)
	}
}
