package coach

import (
	"cmp"
	"slices"
	"time"
)

// Row is what the order of a nudge looks at (S2).
type Row struct {
	ID        int64
	Added     time.Time
	Second    bool // an overdue second step of met, or a paired email not sent
	BestTime  bool // best to be called today
	Urgency   Urgency
	Situation Situation
	LastTries bool
	Late      int // days
	Level     Level
	New       bool // imported or handed over, not begun (C11)
}

// Row is the prospect as the order of a nudge sees it. It is as cheap as Hint.
func (c Case) Row() Row {
	r := c.run()
	if !c.Prospect.running() {
		return r.who()
	}
	return r.row(r.next())
}

// who is what a row says of a prospect whatever comes next.
func (r *run) who() Row {
	p := r.p
	return Row{ID: p.ID, Added: p.Added, Urgency: p.Urgency, Situation: p.Situation(), Level: r.level, New: p.State == Waiting && !p.Begun()}
}

func (r *run) row(m move) Row {
	p, row := r.p, r.who()
	if !p.running() {
		return row
	}
	row.Late = r.overdue(m.due)
	row.LastTries = m.kind == tryNext && m.last
	row.Second = r.unpaired() || row.Situation == Met && m.kind == tryNext && r.metDone() > 0 && m.due < r.today
	if m.kind == tryNext && m.say.channel == Call && m.due <= r.today {
		b, ok := ParseBestTime(p.Gatekeeper.BestTime)
		row.BestTime = ok && (!b.HasDay || b.on(r.today, r.zone, r.theirZone()).In(r.theirZone()).Weekday() == b.Weekday)
	}
	return row
}

// Order sorts cases in the order of importance (S2), the oldest first among
// equals.
func Order(cases []Case) {
	type placed struct {
		c    Case
		rank rank
	}
	all := make([]placed, len(cases))
	for i, c := range cases {
		all[i] = placed{c, rankOf(c.Row())}
	}
	slices.SortStableFunc(all, func(a, b placed) int { return a.rank.compare(b.rank) })
	for i := range all {
		cases[i] = all[i].c
	}
}

// OrderRows sorts rows in the order of importance (S2), the oldest first among
// equals.
func OrderRows(rows []Row) {
	slices.SortStableFunc(rows, func(a, b Row) int { return rankOf(a).compare(rankOf(b)) })
}

// rank is the place of a row in the order of importance (S2), ready to be
// compared; the least comes first.
type rank struct {
	class int // what is asked before how late it is, weightiest first, in one number
	late  int
	level int
	added time.Time
	id    int64
}

// rankOf is S2: overdue second step or paired email; best time today; urgency;
// proposal and blown_off before cold; last tries; how late; level.
func rankOf(r Row) rank {
	class := yes(!r.Second)
	class = class<<1 | yes(!r.BestTime)
	class = class<<2 | slices.Index(Urgencies, urgencyOf(r)) + 1
	class = class<<2 | r.Situation.weight()
	class = class<<1 | yes(!r.LastTries)
	return rank{class: class, late: -r.Late, level: -slices.Index(Levels, r.Level), added: r.Added, id: r.ID}
}

func (a rank) compare(b rank) int {
	if c := cmp.Compare(a.class, b.class); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(a.late, b.late), cmp.Compare(a.level, b.level), a.added.Compare(b.added), cmp.Compare(a.id, b.id))
}

func urgencyOf(r Row) Urgency {
	if r.Urgency == "" {
		return Normal
	}
	return r.Urgency
}

// weight puts what was nearly won before what is only hoped for.
func (s Situation) weight() int {
	switch s {
	case ProposalSent, BlownOff:
		return 0
	case Cold:
		return 2
	}
	return 1
}

// Admit chooses whom to let in today (C11): as many as are missing to the
// rep's daily number, new ones at most as many as are left of the day's five,
// in the order of S2, then oldest first. due is how many are due today without
// them, fresh how many new ones were let in today already. Rows that wait only
// because the rep was away are not New and count against the daily number alone.
func (pb *Playbook) Admit(rep *Rep, due, fresh int, waiting []Row) []Row {
	daily := pb.Limits.Daily
	if rep != nil && rep.Daily > 0 {
		daily = rep.Daily
	}
	room, left := daily-due, pb.Limits.NewADay-fresh
	rows := slices.Clone(waiting)
	OrderRows(rows)
	var in []Row
	for _, r := range rows {
		if room <= 0 {
			break
		}
		if r.New {
			if left <= 0 {
				continue
			}
			left--
		}
		room--
		in = append(in, r)
	}
	return in
}
