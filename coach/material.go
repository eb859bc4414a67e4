package coach

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

// material is what a touch rests on: a fact, a nugget, the industry, or
// nothing at all (the zero material).
type material struct {
	fact     *Fact
	nugget   *Nugget
	industry string
}

// blank is the brace blank that the material fills, "" for nothing.
func (m *material) blank() string {
	switch {
	case m.fact != nil:
		return factBlanks[m.fact.Kind]
	case m.nugget != nil:
		return "nugget"
	case m.industry != "":
		return "industry"
	}
	return ""
}

var factBlanks = map[FactKind]string{Research: "fact", Trigger: "fact", Said: "said", Introduction: "introduction"}

// text is what the blank is filled with.
func (m *material) text() string {
	switch {
	case m.fact != nil:
		return Unquoted(m.fact.Text) // it may have been kept with its quotes before
	case m.nugget != nil:
		return m.nugget.Text
	}
	return m.industry
}

// uses are the references to the material that a touch keeps (A1).
func (m *material) uses() []Ref {
	switch {
	case m.fact != nil:
		return []Ref{{ID: m.fact.ID}}
	case m.nugget != nil:
		return []Ref{{Nugget: true, ID: m.nugget.ID}}
	}
	return nil
}

// materials are what angle a can rest on now, best first; nothing when its
// need is not met (section 4).
func (r *run) materials(a Angle) iter.Seq[material] {
	return func(yield func(material) bool) {
		switch a {
		case Homework:
			r.freshest(yield, Research, Trigger)
		case ValueNugget:
			r.unused(yield, NuggetOutcome, NuggetIssue)
		case Story:
			r.unused(yield, NuggetStory)
		case TheirWords:
			r.freshest(yield, Said)
		case SharpQuestion:
			if r.freshest(yield, Research) && r.p.Industry != "" && !r.industry {
				yield(material{industry: r.p.Industry})
			}
		case UsefulPiece:
			r.unused(yield, NuggetResource)
		case IntroduceThem:
			r.freshest(yield, Introduction)
		case SecondInsight:
			_ = r.freshest(yield, Research, Said) && r.unused(yield, NuggetKinds...)
		case Reconnect:
			if r.p.LastTalk != 0 {
				yield(material{})
			}
		default:
			yield(material{})
		}
	}
}

// best is the first of the materials of an angle; false when its need is not
// met.
func (r *run) best(a Angle) (material, bool) {
	for m := range r.materials(a) {
		return m, true
	}
	return material{}, false
}

// rests tells whether an angle needs something to rest on.
func (a Angle) rests() bool {
	switch a {
	case Homework, ValueNugget, Story, TheirWords, SharpQuestion, UsefulPiece, IntroduceThem, SecondInsight:
		return true
	}
	return false
}

// freshest yields the unused facts of some kinds, the freshest first, and
// tells whether it was asked for more.
func (r *run) freshest(yield func(material) bool, kinds ...FactKind) bool {
	for _, f := range r.stock().facts {
		if slices.Contains(kinds, f.Kind) && !slices.Contains(r.spent, Ref{ID: f.ID}) && !yield(material{fact: f}) {
			return false
		}
	}
	return true
}

// unused yields the team's unused nuggets of some kinds, those that speak of
// the prospect's industry first, then in the team's order, and tells whether
// it was asked for more.
func (r *run) unused(yield func(material) bool, kinds ...NuggetKind) bool {
	for _, n := range r.stock().nuggets {
		if slices.Contains(kinds, n.Kind) && !slices.Contains(r.spent, Ref{Nugget: true, ID: n.ID}) && !yield(material{nugget: n}) {
			return false
		}
	}
	return true
}

// stock is all that angles can rest on, used or not, in the order in which it
// is taken.
type stock struct {
	facts   []*Fact
	nuggets []*Nugget
}

func (r *run) stock() *stock {
	if r.stocked != nil {
		return r.stocked
	}
	s := &stock{make([]*Fact, 0, len(r.p.Facts)), make([]*Nugget, 0, len(r.c.Nuggets))}
	for i := range r.p.Facts {
		if f := &r.p.Facts[i]; strings.TrimSpace(f.Text) != "" {
			s.facts = append(s.facts, f)
		}
	}
	slices.SortStableFunc(s.facts, func(a, b *Fact) int { return cmp.Or(cmp.Compare(b.On, a.On), cmp.Compare(b.ID, a.ID)) })
	theirs, first := Fold(r.p.Industry), 0
	for i := range r.c.Nuggets {
		switch n := &r.c.Nuggets[i]; {
		case strings.TrimSpace(n.Text) == "":
		case theirs != "" && strings.Contains(Fold(n.Text), theirs):
			s.nuggets = slices.Insert(s.nuggets, first, n)
			first++
		default:
			s.nuggets = append(s.nuggets, n)
		}
	}
	r.stocked = s
	return s
}
