package coach

import (
	"math"
	"slices"
	"time"
)

// Sight is what can be known of a prospect without its life, read from a list:
// enough to tell how important it is at most (S2).
type Sight struct {
	ID        int64
	Added     time.Time
	Urgency   Urgency
	Situation Situation // of the current campaign
	Level     Level     // "" means guessed from Title
	Title     string
	Due       Date // as it is stored (C8)
	LastTouch Date // in the whole life; 0 when there was none
	BestTime  bool // a gatekeeper told one
	LastTries bool // the last tries were begun
}

// Foremost answers the n most important of many (S2) in their order, just as
// [Order] would place them, but loads only the lives that may be among them:
// whoever is less important at best than the n-th for certain need not be
// looked at. load answers the cases of some ids, in any order; who is no longer
// there may be missing. c names the playbook, the rep and the moment.
func (c Case) Foremost(n int, sights []Sight, load func(ids []int64) ([]Case, error)) ([]Placed, error) {
	atMost := c.bounds()
	rest := make([]rank, len(sights))
	for i := range sights {
		rest[i] = rankOf(atMost(&sights[i]))
	}
	best := make([]Placed, 0, 2*n)
	for len(rest) > 0 {
		leastFirst(rest, n)
		ids := make([]int64, 0, n)
		for _, s := range rest[:min(len(rest), n)] {
			if len(best) < n || best[n-1].rank.compare(s) > 0 {
				ids = append(ids, s.id)
			}
		}
		if len(ids) == 0 {
			break
		}
		rest = rest[len(ids):]
		cases, err := load(ids)
		if err != nil {
			return nil, err
		}
		for _, c := range cases {
			r := c.run()
			m := r.next()
			best = append(best, Placed{c, r, m, rankOf(r.row(m))})
		}
		slices.SortFunc(best, func(a, b Placed) int { return a.rank.compare(b.rank) })
		best = best[:min(len(best), n)]
	}
	return best, nil
}

// leastFirst moves the n least to the front, in their order.
func leastFirst(all []rank, n int) {
	for i := range all {
		if i >= n {
			if all[i].compare(all[n-1]) > 0 {
				continue
			}
			all[i], all[n-1] = all[n-1], all[i]
		}
		for j := min(i, n-1); j > 0 && all[j].compare(all[j-1]) < 0; j-- {
			all[j], all[j-1] = all[j-1], all[j]
		}
	}
}

// Placed is a case that was put in its place among many. What was seen of it
// then serves Brief too; whoever changes the prospect asks the case anew.
type Placed struct {
	Case
	run  *run
	next move
	rank rank
}

// Brief is that of the case.
func (p Placed) Brief() Advice { return p.run.brief(p.next) }

// bounds answers a function that places a prospect no later than Row does once
// its life is known. What only the life tells is taken as important as it can
// be.
func (c Case) bounds() func(*Sight) Row {
	k, today := c.calendar(c.Rep), c.Today()
	late := run{k: k, today: today}
	shortest := c.shortest()
	return func(s *Sight) Row {
		r := Row{ID: s.ID, Added: s.Added, Urgency: s.Urgency, Situation: s.Situation, Level: s.Level, BestTime: s.BestTime}
		if r.Level == "" {
			r.Level, _ = c.GuessLevel(s.Title)
		}
		// A voicemail waits one working day for its email (H2), and the second
		// step of met follows a touch or a talk (C6).
		r.Second = s.Situation == Met || s.LastTouch != 0 && today <= k.add(s.LastTouch, 1)
		// Before the first touch the last tries are begun by the rep alone; after
		// it whenever nothing else can be said (A8).
		r.LastTries = s.LastTries || s.LastTouch != 0 || shortest <= 2
		// Since the day was stored the team may have come to have something to say
		// or nothing more. Who then turns out to be due earlier is not in the last
		// tries, and so was placed before that; in them it is due later, if at all
		// moved (C1b).
		r.Late = late.overdue(s.Due)
		if s.BestTime || s.Situation == Met {
			r.Late = math.MaxInt // moves with the channel, and with the meeting
		}
		return r
	}
}

// shortest is the length of the shortest plan there is (V1).
func (pb *Playbook) shortest() int {
	n := min(emailAlone, pb.Limits.PlanSlow)
	for _, l := range pb.Limits.PlanLength {
		n = min(n, l)
	}
	return n
}
