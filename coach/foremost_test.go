package coach_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// sight is what a list would show of the case.
func sight(p *coach.Prospect) coach.Sight {
	s := coach.Sight{ID: p.ID, Added: p.Added, Urgency: p.Urgency, Situation: p.Situation(), Level: p.Level, Title: p.Title, Due: p.Due, BestTime: p.Gatekeeper.BestTime != ""}
	for _, t := range p.Touches {
		s.LastTouch = max(s.LastTouch, t.On)
	}
	s.LastTries = len(p.Campaigns) > 0 && p.Campaigns[len(p.Campaigns)-1].LastTries
	return s
}

// pile is a rep's morning: lives that went on in many ways, all of them due.
func pile(t *testing.T, seed uint64) (c coach.Case, cases map[int64]coach.Case) {
	rnd := rand.New(rand.NewPCG(seed, 11))
	c = at(berlin(t, "2026-03-02"), day(t, "2026-03-02")+coach.Date(10+rnd.IntN(40)))
	first := life(t, seed*1000)
	c.Rep.DaysOff, c.Nuggets = first.Rep.DaysOff, first.Nuggets
	cases = map[int64]coach.Case{}
	titles := []string{"", "CFO", "Assistant to the CEO", "Head of Procurement", "Buyer"}
	for id := int64(1); id <= 60; id++ {
		l := life(t, seed*1000+uint64(id))
		l.Rep, l.Nuggets = c.Rep, c.Nuggets
		p := l.Prospect
		p.ID, p.Added, p.State = id, c.Now.AddDate(0, 0, -rnd.IntN(3)), coach.Active
		if rnd.IntN(2) == 0 {
			p.Level, p.Title = "", titles[rnd.IntN(len(titles))]
		}
		if rnd.IntN(2) == 0 {
			p.Urgency = ""
		}
		for steps := rnd.IntN(9); steps > 0; steps-- {
			due := l.Hint().Due
			if due == 0 || due > c.Today() {
				break
			}
			l = at(l, min(c.Today(), due+coach.Date(rnd.IntN(4))))
			lived(t, l, rnd)
		}
		l.Reindex()
		l = at(l, c.Today())
		if p.Due != 0 && p.Due <= c.Today() {
			cases[id] = l
		}
	}
	if rnd.IntN(3) == 0 { // the team learned something since the days were stored
		c.Nuggets = append(slices.Clone(c.Nuggets), coach.Nugget{ID: 99, Kind: coach.NuggetKinds[rnd.IntN(4)], Text: "an outcome that came in later"})
	} else if rnd.IntN(3) == 0 {
		c.Nuggets = nil
	}
	for id, l := range cases {
		l.Nuggets = c.Nuggets
		cases[id] = l
	}
	return c, cases
}

// lived is one thing that may happen to a prospect that is due.
func lived(t *testing.T, l coach.Case, rnd *rand.Rand) {
	t.Helper()
	var err error
	switch rnd.IntN(12) {
	case 0:
		err = l.Finish()
	case 1:
		err = l.Met(0, 0)
	case 2:
		err = l.Met(l.Today()-coach.Date(rnd.IntN(2)), l.Today()+coach.Date(1+rnd.IntN(9)))
	case 3:
		err = l.Skip("busy")
	default:
		s := l.Advise().Suggestion
		if s == nil {
			return
		}
		touch := s.Touch(coach.OutcomeSent)
		if s.Channel == coach.Call || s.Channel == coach.Voicemail {
			touch = s.Touch([]coach.Outcome{coach.OutcomeLeft, coach.OutcomeNoAnswer, coach.OutcomeLeft}[rnd.IntN(3)])
		}
		if _, err := l.Log(touch); err != nil {
			return // the log refuses what cannot have happened
		}
		if s.Pair != nil && touch.Outcome == coach.OutcomeLeft && rnd.IntN(2) == 0 {
			_, err = l.Log(s.PairTouch())
		}
	}
	_ = err // what is refused did not happen
}

func TestLives_S2_TheForemostAreThoseOfTheWholeOrder(t *testing.T) {
	t.Parallel()
	loaded, all, seconds, tries, late := 0, 0, 0, 0, 0
	for seed := range uint64(max(20, *lives/40)) {
		c, cases := pile(t, seed)
		var want []coach.Case
		var sights []coach.Sight
		for id := int64(1); id <= 60; id++ {
			if l, ok := cases[id]; ok {
				want, sights = append(want, l), append(sights, sight(l.Prospect))
				r := l.Row()
				seconds, tries, late = seconds+btoi(r.Second), tries+btoi(r.LastTries), late+btoi(r.Late > 0)
			}
		}
		coach.Order(want)
		n := 1 + int(seed%10)
		got, err := c.Foremost(n, sights, func(ids []int64) (out []coach.Case, _ error) {
			loaded += len(ids)
			for _, id := range ids {
				out = append(out, cases[id])
			}
			return out, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		all += len(sights)
		if len(got) != min(n, len(want)) {
			t.Fatalf("seed %d: %d of %d", seed, len(got), n)
		}
		for i, g := range got {
			if g.Prospect.ID != want[i].Prospect.ID {
				t.Errorf("S2, seed %d, place %d: %d %+v, want %d %+v, seen as %+v", seed, i+1, g.Prospect.ID, g.Row(), want[i].Prospect.ID, want[i].Row(), sight(want[i].Prospect))
			}
		}
	}
	t.Logf("%d of %d lives loaded", loaded, all)
	if loaded > all*2/3 {
		t.Errorf("%d of %d lives loaded; that is hardly fewer", loaded, all)
	}
	if seconds == 0 || tries == 0 || late == 0 {
		t.Errorf("the piles hold %d second steps, %d last tries, %d late", seconds, tries, late)
	}
}

// TestH2_S2_AnEmailStillToComeIsSeenFromAList is rare among the piles: the next
// attempt is due before the email's working day is over.
func TestH2_S2_AnEmailStillToComeIsSeenFromAList(t *testing.T) {
	t.Parallel()
	daily := func(id int64) coach.Case {
		c := fresh(t, "2026-03-02", coach.Cold)
		p := c.Prospect
		p.ID, p.Level, p.Purchase, p.Urgency = id, coach.IC, coach.Commodity, coach.High
		return c
	}
	// first asks for the foremost when only one of two may be loaded.
	first := func(cases ...coach.Case) int64 {
		t.Helper()
		var sights []coach.Sight
		for _, c := range cases {
			sights = append(sights, sight(c.Prospect))
		}
		got, err := cases[0].Foremost(1, sights, func(ids []int64) (out []coach.Case, _ error) {
			for _, c := range cases {
				if slices.Contains(ids, c.Prospect.ID) {
					out = append(out, c)
				}
			}
			return out, nil
		})
		if err != nil || len(got) != 1 {
			t.Fatal(got, err)
		}
		return got[0].Prospect.ID
	}

	spoke, plain := daily(1), daily(2)
	plain.Prospect.Campaigns[0].Situation = coach.ProposalSent
	if _, err := spoke.Log(spoke.Advise().Suggestion.Touch(coach.OutcomeLeft)); err != nil {
		t.Fatal(err)
	}
	spoke.Reindex()
	plain.Reindex()
	spoke, plain = at(spoke, day(t, "2026-03-03")), at(plain, day(t, "2026-03-03"))
	if !spoke.Row().Second || spoke.Prospect.Due != spoke.Today() {
		t.Fatalf("H2: %+v, due %v", spoke.Row(), spoke.Prospect.Due)
	}
	if id := first(plain, spoke); id != 1 {
		t.Errorf("S2: %d comes first, want whose email is still to come", id)
	}
}
