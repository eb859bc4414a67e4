package coach

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"strings"
)

// material is what a touch rests on: a fact, a nugget, the industry, or
// nothing at all (the zero material).
type material struct {
	ref   Ref
	fact  *Fact
	nug   *Nugget
	blank string // the brace blank it fills, "" for nothing
	text  string
}

// option is an angle that may be offered on a family, with what ranks it (A4).
type option struct {
	family    Family
	angle     Angle
	materials []material // what it can rest on, best first; never empty
	lead      bool       // leads: first of the campaign, or the gatekeeper's turn
	fits      bool       // fits the phase
	worth     int        // 2 a fact about them, 1 a nugget, 0 nothing
	fresh     Date       // of the fact
	recent    bool       // one of the last two angles
	rate      int64      // Wilson's lower bound, in billionths
	row       int        // of the table
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
		seen := map[Angle]bool{}
		order := r.order()
		for p := another; p < passes; p++ {
			families := order
			if p == gatekeeper {
				families = phoneOnly
			}
			for _, f := range families {
				for _, o := range r.options(f, p) {
					if seen[o.angle] {
						continue
					}
					d, ok := r.dress(o)
					if !ok {
						continue
					}
					seen[o.angle] = true
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
	var out []option
	for row, a := range Angles {
		rule := angleRules[a]
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
		ms := r.materials(a)
		if len(ms) == 0 {
			continue
		}
		o := option{family: f, angle: a, materials: ms, row: row}
		o.lead = n == 1 && rule.first || a == AskGatekeeper && n >= 3 && !r.phoneBefore()
		o.fits = n <= 2 && rule.early || n > 2 && rule.middle || n == 1 && rule.first
		switch m := ms[0]; {
		case m.fact != nil:
			o.worth, o.fresh = 2, m.fact.On
		case m.nug != nil:
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

// materials is what angle a can rest on now, best first; nothing when its need
// is not met (section 4).
func (r *run) materials(a Angle) []material {
	switch a {
	case Homework:
		return r.freshest(Research, Trigger)
	case ValueNugget:
		return r.unused(NuggetOutcome, NuggetIssue)
	case Story:
		return r.unused(NuggetStory)
	case TheirWords:
		return r.freshest(Said)
	case SharpQuestion:
		ms := r.freshest(Research)
		if r.p.Industry != "" && !r.industry {
			ms = append(ms, material{blank: "industry", text: r.p.Industry})
		}
		return ms
	case UsefulPiece:
		return r.unused(NuggetResource)
	case IntroduceThem:
		return r.freshest(Introduction)
	case SecondInsight:
		return append(r.freshest(Research, Said), r.unused(NuggetKinds...)...)
	case Reconnect:
		if r.p.LastTalk == 0 {
			return nil
		}
	}
	return []material{{}}
}

// rests tells whether an angle needs something to rest on.
func (a Angle) rests() bool {
	switch a {
	case Homework, ValueNugget, Story, TheirWords, SharpQuestion, UsefulPiece, IntroduceThem, SecondInsight:
		return true
	}
	return false
}

// freshest are the unused facts of some kinds, the freshest first.
func (r *run) freshest(kinds ...FactKind) []material {
	var ms []material
	for i := range r.p.Facts {
		f := &r.p.Facts[i]
		if slices.Contains(kinds, f.Kind) && !slices.Contains(r.spent, Ref{ID: f.ID}) && strings.TrimSpace(f.Text) != "" {
			ms = append(ms, material{ref: Ref{ID: f.ID}, fact: f, blank: factBlanks[f.Kind], text: f.Text})
		}
	}
	slices.SortStableFunc(ms, func(a, b material) int {
		return cmp.Or(cmp.Compare(b.fact.On, a.fact.On), cmp.Compare(b.fact.ID, a.fact.ID))
	})
	return ms
}

var factBlanks = map[FactKind]string{Research: "fact", Trigger: "fact", Said: "said", Introduction: "introduction"}

// unused are the team's unused nuggets of some kinds, those that speak of the
// prospect's industry first, then in the team's order.
func (r *run) unused(kinds ...NuggetKind) []material {
	var ms []material
	for _, n := range r.nuggets() {
		if slices.Contains(kinds, n.Kind) && !slices.Contains(r.spent, Ref{Nugget: true, ID: n.ID}) {
			ms = append(ms, material{ref: Ref{Nugget: true, ID: n.ID}, nug: n, blank: "nugget", text: n.Text})
		}
	}
	return ms
}

// nuggets are those of the team, first the ones that speak of the prospect's
// industry.
func (r *run) nuggets() []*Nugget {
	if r.inTurn != nil || len(r.c.Nuggets) == 0 {
		return r.inTurn
	}
	theirs := Fold(r.p.Industry)
	r.inTurn = make([]*Nugget, 0, len(r.c.Nuggets))
	first := 0
	for i := range r.c.Nuggets {
		switch n := &r.c.Nuggets[i]; {
		case strings.TrimSpace(n.Text) == "":
		case theirs != "" && strings.Contains(Fold(n.Text), theirs):
			r.inTurn = slices.Insert(r.inTurn, first, n)
			first++
		default:
			r.inTurn = append(r.inTurn, n)
		}
	}
	return r.inTurn
}
