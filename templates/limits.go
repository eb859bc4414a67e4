package templates

import (
	"maps"
	"slices"
	"strconv"

	"github.com/prospectcoach/prospectcoach/coach"
)

// limits is the piece of limits.yaml: each entry sets one number.
type limits []func(*coach.Limits)

func (l limits) addTo(pb *coach.Playbook) {
	for _, set := range l {
		set(&pb.Limits)
	}
}

// whole and share are the numbers by name, with their bounds.
var whole = map[string]struct {
	min, max int
	of       func(*coach.Limits) *int
}{
	"plan_slow":      {3, 30, func(l *coach.Limits) *int { return &l.PlanSlow }},
	"slow_gap":       {1, 31, func(l *coach.Limits) *int { return &l.SlowGap }},
	"come_back_days": {1, 730, func(l *coach.Limits) *int { return &l.ComeBackDays }},
	"daily":          {1, 200, func(l *coach.Limits) *int { return &l.Daily }},
	"new_a_day":      {1, 200, func(l *coach.Limits) *int { return &l.NewADay }},
	"min_outcomes":   {1, 10000, func(l *coach.Limits) *int { return &l.MinOutcomes }},
}

var share = map[string]func(*coach.Limits) *float64{
	"shingles": func(l *coach.Limits) *float64 { return &l.Shingles },
	"stems":    func(l *coach.Limits) *float64 { return &l.Stems },
}

// A plan has at least an attempt besides the two last tries (V2).
const (
	minPlan = 3
	maxPlan = 30
)

// readLimits reads the numbers; a broken one is left out.
func readLimits(f *faults, data string) *limits {
	root := parse(f, data)
	if root == nil {
		return nil
	}
	list, ok := pairs(f, root, "the file")
	if !ok {
		return nil
	}
	var l limits
	for _, p := range list {
		w, isWhole := whole[p.key]
		s, isShare := share[p.key]
		switch {
		case p.key == "plan_length":
			l = append(l, readPlanLength(f, p)...)
		case isWhole:
			if n, ok := number(f, p, w.min, w.max); ok {
				l = append(l, func(to *coach.Limits) { *w.of(to) = n })
			}
		case isShare:
			v, err := strconv.ParseFloat(p.value.Value, 64)
			if err != nil || !(v > 0 && v <= 1) {
				f.add(p.line, "%s is a number over 0 and up to 1, such as 0.5, not %q", p.key, p.value.Value)
				continue
			}
			l = append(l, func(to *coach.Limits) { *s(to) = v })
		default:
			names := slices.Sorted(maps.Keys(whole))
			f.add(p.line, "%q is not known; there are plan_length, shingles, stems, %s", p.key, join(names))
		}
	}
	return &l
}

func readPlanLength(f *faults, p pair) limits {
	list, ok := pairs(f, p.value, "plan_length")
	if !ok {
		return nil
	}
	var l limits
	for _, q := range list {
		level := coach.Level(q.key)
		if !slices.Contains(coach.Levels, level) {
			f.add(q.line, "level %q is not known; the levels are %s", q.key, join(coach.Levels))
			continue
		}
		if n, ok := number(f, q, minPlan, maxPlan); ok {
			l = append(l, func(to *coach.Limits) { to.PlanLength[level] = n })
		}
	}
	return l
}

func number(f *faults, p pair, low, high int) (int, bool) {
	n, err := strconv.Atoi(p.value.Value)
	if err != nil || n < low || n > high {
		f.add(p.line, "%s is a whole number from %d to %d, not %q", p.key, low, high, p.value.Value)
		return 0, false
	}
	return n, true
}
