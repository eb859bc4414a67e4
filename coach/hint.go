package coach

// Hint is the little of Advise that a list needs: cheap, no plan.
type Hint struct {
	Attempts, PlanLength int
	Due                  Date // of the next attempt; 0 when none is to come
	OverdueDays          int
	Verdict              VerdictKind
	Until                Date
	Channel              Channel // of the next attempt, "" when none is to come
	Angle                Angle
}

// Hint is the little of Advise that a list needs.
func (c Case) Hint() Hint {
	r := c.run()
	m := r.next()
	v, resting := r.resting()
	if !resting {
		v = r.judge(m)
	}
	h := Hint{Attempts: r.made(), PlanLength: r.length(m), Verdict: v.Kind, Until: v.Until}
	if resting || m.kind != tryNext && m.kind != unready {
		return h
	}
	h.Due, h.Channel, h.Angle = m.due, m.say.channel, m.say.angle
	if v.Kind != WaitVerdict {
		h.OverdueDays = r.overdue(m.due)
	}
	return h
}

// Attention is the day on which the prospect wants attention, 0 for never: an
// attempt is due, the silence has lasted, a meeting is to be asked about, it
// comes back.
func (c Case) Attention() Date {
	p := c.Prospect
	r := c.run()
	next := func(d Date) Date {
		if d == 0 {
			return 0
		}
		return r.k.next(d)
	}
	switch {
	case p.NeverContact:
		return 0
	case p.State == Snoozed:
		return next(p.SnoozedUntil)
	case p.State == Engaged:
		return next(p.NextAsk)
	case p.State == MovedOn:
		return next(p.ComeBack)
	case !p.running():
		return 0
	}
	m := r.next()
	if m.kind == noWay && r.camp.Situation == Met {
		return r.asksOn()
	}
	return m.due
}

// Reindex rewrites Prospect.Due (C8); call it after every change.
func (c Case) Reindex() { c.Prospect.Due = c.Attention() }
