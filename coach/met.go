package coach

// metFamilies is the order in which families lead in met (C6).
var metFamilies = []Family{FamilyEmail, FamilyLinkedIn, FamilyPhone}

// metDone counts the messages of the two-step follow-up that reached them.
func (r *run) metDone() int {
	n := 0
	for _, a := range r.attempts {
		if a.made {
			n++
		}
	}
	return n
}

// metOn is the day of the talk.
func (r *run) metOn() Date {
	if r.p.MetOn != 0 {
		return r.p.MetOn
	}
	return r.camp.Starts
}

// asksOn is the first working day after the next meeting, 0 without one.
func (r *run) asksOn() Date {
	if r.p.NextMeeting == 0 {
		return 0
	}
	return r.k.next(r.p.NextMeeting + 1)
}

// nextMet is what comes next in the two-step follow-up (C6).
func (r *run) nextMet() move {
	if ask := r.asksOn(); ask != 0 && r.today >= ask {
		return move{kind: askTalk}
	}
	if r.metDone() == 0 {
		return r.sayMet(ThanksNextStep)
	}
	if r.metDone() == 1 && r.secondDue() != 0 {
		if m := r.sayMet(SecondInsight); m.kind == tryNext && m.say.angle != "" {
			return m
		}
	}
	if r.asksOn() != 0 {
		return move{kind: askTalk}
	}
	return move{kind: tried}
}

// metFamily leads when no draft decides it.
func (r *run) metFamily() Family {
	for _, f := range metFamilies {
		for _, u := range r.usable {
			if u == f {
				return f
			}
		}
	}
	return ""
}

// sayMet is the message of the day, or what else could be said that day once
// it was declined; without a draft its angle is "".
func (r *run) sayMet(a Angle) move {
	if r.metFamily() == "" {
		return move{kind: noWay}
	}
	m := move{kind: tryNext}
	for d := range r.rankedMet(a) {
		if !r.isDeclined(d.angle) {
			m.say, m.nothing = d, false
			return m
		}
		if m.say.angle == "" {
			m.say, m.nothing = d, true
		}
	}
	return m
}

// rankedMet are the angles of a day in met: the one that leads it, then what
// else fits, if that one can be made.
func (r *run) rankedMet(a Angle) func(func(dressed) bool) {
	return func(yield func(dressed) bool) {
		for _, angle := range [3]Angle{a, TheirWords, UsefulPiece} {
			if _, ok := r.best(angle); !ok {
				if angle == a {
					return // a second message with nothing to use is left out
				}
				continue
			}
			d, ok := r.dressMet(angle)
			if !ok && angle == a {
				if a != ThanksNextStep {
					return
				}
				d, ok = unwritten(a, r.metFamily()), true
			}
			if ok && !yield(d) {
				return
			}
		}
	}
}

func (r *run) dressMet(a Angle) (dressed, bool) {
	for _, f := range metFamilies {
		for _, u := range r.usable {
			if u != f {
				continue
			}
			if d, ok := r.dress(f, a); ok {
				return d, true
			}
		}
	}
	return dressed{}, false
}

// secondDue is the day of the second message, 0 when it is left out: two
// working days after the talk; half-way if the meeting is sooner (C6). It
// never falls on the day of the first, however late that was.
func (r *run) secondDue() Date {
	first := r.metOn()
	if n := len(r.attempts); n > 0 {
		first = max(first, r.attempts[n-1].on)
	}
	d := max(r.k.add(r.metOn(), 2), r.k.next(first+1))
	meeting := r.p.NextMeeting
	if meeting == 0 || d < meeting {
		return d
	}
	d = r.k.next(first + max(1, (meeting-first)/2))
	if d < meeting {
		return d
	}
	if d = r.k.next(first + 1); d < meeting {
		return d
	}
	return 0
}

// metDue is the day of a move in met.
func (r *run) metDue(m move) Date {
	switch m.kind {
	case tryNext:
		d := r.k.next(r.metOn())
		if r.metDone() > 0 {
			d = r.secondDue()
		} else if r.base() != 0 {
			d = r.k.next(r.base() + 1) // a call without an answer, or a skip
		}
		return r.movedByBest(m, r.k.next(max(d, r.floor())))
	case askTalk:
		return r.asksOn()
	case tried:
		base := max(r.base(), r.metOn())
		return r.k.next(max(base+Date(r.gap), r.floor()))
	}
	return 0
}

// metLength is how many messages the follow-up has: those made, and those
// still to come.
func (r *run) metLength(m move) int {
	switch {
	case m.kind == noWay:
		return 0
	case m.kind != tryNext:
		return r.made()
	case r.metDone() > 0:
		return r.made() + 1
	}
	_, more := r.best(SecondInsight)
	return r.made() + 1 + yes(more && r.secondDue() != 0)
}
