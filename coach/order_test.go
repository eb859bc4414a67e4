package coach_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

func TestS2_TheOrderOfTheMorning(t *testing.T) {
	t.Parallel()
	added := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	want := []coach.Row{
		{ID: 1, Second: true, Urgency: coach.Low},
		{ID: 2, BestTime: true, Urgency: coach.Low},
		{ID: 3, Urgency: coach.High, Situation: coach.Cold},
		{ID: 4, Situation: coach.ProposalSent},
		{ID: 5, Situation: coach.BlownOff, Added: added},
		{ID: 6, Situation: coach.Cold, LastTries: true},
		{ID: 7, Situation: coach.Cold, Late: 5, Level: coach.IC},
		{ID: 8, Situation: coach.Cold, Late: 1, Level: coach.CSuite},
		{ID: 9, Situation: coach.Cold, Late: 1, Level: coach.IC},
		{ID: 10, Situation: coach.Cold, Late: 1, Level: coach.IC, Added: added},
		{ID: 11, Urgency: coach.Low, Situation: coach.ProposalSent, Late: 99},
	}
	for seed := range uint64(50) {
		rows := slices.Clone(want)
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		coach.OrderRows(rows)
		if !slices.Equal(rows, want) {
			t.Fatalf("S2: %v", rows)
		}
	}
}

func TestS2_ARowSeesWhatMatters(t *testing.T) {
	t.Parallel()
	// A voicemail whose email was not sent goes first.
	c := fresh(t, "2026-03-02", coach.Cold)
	plain := fresh(t, "2026-03-02", coach.Cold)
	plain.Prospect.ID, plain.Prospect.Urgency = 2, coach.High
	if _, err := c.Log(c.Advise().Suggestion.Touch(coach.OutcomeLeft)); err != nil {
		t.Fatal(err)
	}
	cases := []coach.Case{plain, c}
	coach.Order(cases)
	if cases[0].Prospect != c.Prospect || !c.Row().Second {
		t.Errorf("S2: the paired email comes second: %+v", c.Row())
	}
	plain.Prospect.Gatekeeper.BestTime = "before 9"
	if r := plain.Row(); !r.BestTime || r.Late != 0 {
		t.Errorf("S2: best time today: %+v", r)
	}
	if r := at(plain, day(t, "2026-03-05")).Row(); r.Late != 3 {
		t.Errorf("S2: how late: %+v", r)
	}
	if err := c.Met(0, day(t, "2026-03-20")); err != nil {
		t.Fatal(err)
	}
	c.Nuggets = []coach.Nugget{{ID: 1, Kind: coach.NuggetIssue, Text: "late invoices"}}
	follow(t, c, c.Advise().Suggestion)
	if at(c, day(t, "2026-03-04")).Row().Second || !at(c, day(t, "2026-03-05")).Row().Second {
		t.Error("S2: the second step counts first once it is overdue")
	}
}

func TestC11_NoPile(t *testing.T) {
	t.Parallel()
	var waiting []coach.Row
	for i := range 8 {
		waiting = append(waiting, coach.Row{ID: int64(i + 1), New: true, Situation: coach.Cold})
	}
	back := []coach.Row{{ID: 20, Urgency: coach.High, Situation: coach.Cold}, {ID: 21, Urgency: coach.Low, Situation: coach.Cold}}
	for _, tt := range []struct {
		rule       string
		rep        *coach.Rep
		due, fresh int
		rows       []coach.Row
		want       []int64
	}{
		{"five new ones a day, oldest first", nil, 0, 0, waiting, []int64{1, 2, 3, 4, 5}},
		{"filling up to ten", nil, 8, 0, waiting, []int64{1, 2}},
		{"none on a full day", nil, 10, 0, waiting, nil},
		{"the rep's own number", &coach.Rep{Daily: 3}, 1, 0, waiting, []int64{1, 2}},
		{"the day's five count over the day", nil, 4, 4, waiting, []int64{1}},
		{"what waited for the rep is not new", nil, 3, 0, append(slices.Clone(waiting), back...), []int64{20, 1, 2, 3, 4, 5, 21}},
	} {
		var got []int64
		for _, r := range shared.Admit(tt.rep, tt.due, tt.fresh, tt.rows) {
			got = append(got, r.ID)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("C11 %s: %v, want %v", tt.rule, got, tt.want)
		}
	}
	c := fresh(t, "2026-03-20", coach.Cold)
	if err := c.Import(coach.Cold); err != nil {
		t.Fatal(err)
	}
	if r, a := at(c, c.Today()+90).Row(), at(c, c.Today()+90).Advise(); !r.New || r.Late != 0 || a.OverdueDays != 0 || a.Due != 0 {
		t.Errorf("C11: a waiting one is never overdue: %+v", r)
	}
}
