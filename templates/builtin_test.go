package templates

import (
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

func TestC1_BuiltInCadenceIsTheDocumentedTable(t *testing.T) {
	t.Parallel()
	want := map[coach.Purchase]map[coach.Urgency][5]int{
		coach.Commodity: {coach.High: {1, 1, 2, 3, 3}, coach.Normal: {2, 2, 3, 4, 5}, coach.Low: {3, 4, 5, 6, 7}},
		coach.Standard:  {coach.High: {1, 2, 3, 4, 5}, coach.Normal: {3, 4, 5, 6, 7}, coach.Low: {5, 6, 7, 9, 10}},
		coach.Capital:   {coach.High: {4, 5, 7, 8, 10}, coach.Normal: {7, 8, 10, 14, 14}, coach.Low: {10, 10, 12, 14, 14}},
	}
	got := mustBuiltIn(t).Cadence
	for p, rows := range want {
		for u, row := range rows {
			for i, l := range coach.Levels {
				if got[p][u][l] != row[i] {
					t.Errorf("%s / %s, %s: %d, want %d", p, u, l, got[p][u][l], row[i])
				}
			}
		}
	}
}

func TestBuiltInLimitsAreTheDocumentedDefaults(t *testing.T) {
	t.Parallel()
	got, want := mustBuiltIn(t).Limits, coach.DefaultLimits()
	for l, n := range want.PlanLength {
		if got.PlanLength[l] != n {
			t.Errorf("plan length of %s: %d, want %d", l, got.PlanLength[l], n)
		}
	}
	got.PlanLength, want.PlanLength = nil, nil
	a, b := got, want
	if a.PlanSlow != b.PlanSlow || a.SlowGap != b.SlowGap || a.ComeBackDays != b.ComeBackDays || a.Daily != b.Daily ||
		a.NewADay != b.NewADay || a.Shingles != b.Shingles || a.Stems != b.Stems || a.MinOutcomes != b.MinOutcomes {
		t.Errorf("limits %+v, want %+v", a, b)
	}
}
