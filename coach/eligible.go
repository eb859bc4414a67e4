package coach

import (
	"cmp"
	"iter"
	"math"
	"slices"
)

// option is an angle that may be offered, with what ranks it (A4).
type option struct {
	angle  Angle
	row    int   // of the table
	lead   bool  // leads: first of the campaign, or the gatekeeper's turn
	fits   bool  // fits the phase
	recent bool  // one of the last two angles
	fresh  Date  // of the fact
	worth  int   // 2 a fact about them, 1 a nugget, 0 nothing
	rate   int64 // Wilson's lower bound, in billionths
}

// pass says how far the search for an angle goes; each is tried only when the
// one before found nothing.
type pass int

const (
	another    pass = iota // an angle other than the last attempt's (A1)
	again                  // the same angle, as no other is eligible
	early                  // angles of attempt 3, as nothing else is eligible
	gatekeeper             // the gatekeeper out of turn (H1)
	passes
)

// ranked are the suggestions that can be made for the next attempt before the
// last tries, best first, each angle once: on the family whose turn it is,
// then on the next (A4, A8). What was declined is among them.
func (r *run) ranked() iter.Seq[dressed] {
	return func(yield func(dressed) bool) {
		var seen []Angle
		order := r.order()
		for p := another; p < passes; p++ {
			families := order
			if p == gatekeeper {
				families = phoneOnly
			}
			for _, f := range families {
				for _, o := range r.options(f, p) {
					if slices.Contains(seen, o.angle) {
						continue
					}
					d, ok := r.dress(f, o.angle)
					if !ok {
						continue
					}
					seen = append(seen, o.angle)
					if !yield(d) {
						return
					}
				}
			}
			if len(seen) > 0 {
				return
			}
		}
	}
}

// options are the angles whose needs are met on a family, ranked (A4).
func (r *run) options(f Family, p pass) []option {
	n := r.made() + 1
	if p == gatekeeper && !(slices.Contains(r.usable, f) && r.gatekept()) {
		return nil
	}
	out := make([]option, 0, len(Angles))
	for row := range angleRules {
		rule := &angleRules[row]
		a := rule.angle
		switch {
		case rule.last || rule.metOnly || !slices.Contains(rule.families, f) || !slices.Contains(rule.situations, r.camp.Situation):
			continue
		case rule.once && r.hasUsed(a), rule.firstOnly && n > 1:
			continue
		case a == AskGatekeeper && !r.gatekept():
			continue
		case p == gatekeeper && a != AskGatekeeper:
			continue
		case p == another && a == r.lastAngles[0]:
			continue
		case p < early && rule.fromThree && n < 3:
			continue
		}
		best, ok := r.best(a)
		if !ok {
			continue
		}
		o := option{angle: a, row: row}
		o.lead = n == 1 && rule.first || a == AskGatekeeper && n >= 3 && !r.phoneBefore()
		o.fits = n <= 2 && rule.early || n > 2 && rule.middle || n == 1 && rule.first
		switch {
		case best.fact != nil:
			o.worth, o.fresh = 2, best.fact.On
		case best.nugget != nil:
			o.worth = 1
		}
		o.recent = a == r.lastAngles[0] || a == r.lastAngles[1]
		o.rate = r.c.Evidence.bound(r.camp.Situation, a, r.c.Limits.MinOutcomes)
		out = append(out, o)
	}
	slices.SortStableFunc(out, func(a, b option) int {
		return cmp.Or(yes(b.lead)-yes(a.lead), yes(a.lead)*(a.row-b.row), yes(b.fits)-yes(a.fits), b.worth-a.worth, cmp.Compare(b.fresh, a.fresh),
			yes(a.recent)-yes(b.recent), cmp.Compare(b.rate, a.rate), a.row-b.row)
	})
	return out
}

func yes(b bool) int {
	if b {
		return 1
	}
	return 0
}

// bound is the lower end of Wilson's 95 % interval of an angle's reply rate in
// a situation, in billionths, 0 below least outcomes (A4). Rounding makes it
// the same on every machine.
func (e Evidence) bound(s Situation, a Angle, least int) int64 {
	rate := e.Angles[s][a]
	if rate.Tried < max(least, 1) {
		return 0
	}
	const z = 1.96
	n := float64(rate.Tried)
	p := min(float64(rate.Replied)/n, 1)
	low := (p + z*z/(2*n) - z*math.Sqrt(p*(1-p)/n+z*z/(4*n*n))) / (1 + z*z/n)
	return int64(math.Round(low * 1e9))
}
