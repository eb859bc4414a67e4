package coach

import "slices"

// moveKind says what comes next in a campaign.
type moveKind int

const (
	tryNext moveKind = iota // an attempt
	tried                   // the last tries are over; only silence is left
	unready                 // a first attempt without anything to say (A8)
	noWay                   // no usable family (H6)
	askTalk                 // met: ask how the meeting went (C6)
)

// move is what comes next. For tryNext it holds the suggestion, unless all
// that could be said was declined.
type move struct {
	kind    moveKind
	say     dressed
	nothing bool // all were declined (A2)
	ranOut  bool // A8 began the last tries
	last    bool // either_way or back_away
	due     Date
}

// begun tells whether the last tries have begun; they are not left (V2).
func (r *run) begun() bool { return r.finished || r.hasUsed(EitherWay) || r.hasUsed(BackAway) }

// nominal is the plan's length of V1.
func (r *run) nominal() int { return r.c.nominal(r.level, r.gap, r.usable) }

// next decides what comes next and when it is due.
func (r *run) next() move {
	m := r.decide()
	m.due = r.due(m)
	return m
}

func (r *run) decide() move {
	switch {
	case r.camp.Situation == Met:
		return r.nextMet()
	case len(r.usable) == 0 && !r.hasUsed(BackAway):
		return move{kind: noWay}
	case r.begun() || r.made() >= r.nominal()-2:
		return r.lastTry(false)
	}
	if m, ok := r.ordinary(); ok {
		return m
	}
	if r.made() == 0 {
		return move{kind: unready}
	}
	return r.lastTry(true)
}

// ordinary is the best suggestion that was not declined; when all were, it is
// the best of them without being offered.
func (r *run) ordinary() (move, bool) {
	var best *dressed
	for d := range r.ranked() {
		if !r.isDeclined(d.angle) {
			return move{say: d}, true
		}
		if best == nil {
			best = &d
		}
	}
	if best == nil {
		return move{}, false
	}
	return move{say: *best, nothing: true}, true
}

// lastTry is either_way, then back_away, then silence (A3, V2). When the rep
// took the offer back in the words of the message before, it was not reworked
// (V1.2), and another way to take it back is shown.
func (r *run) lastTry(ranOut bool) move {
	m := move{last: true, ranOut: ranOut}
	switch {
	case !r.hasUsed(EitherWay):
		m.say = r.mustSay(EitherWay)
	case !r.hasUsed(BackAway) || r.lastAlike():
		m.say = r.mustSay(BackAway)
	default:
		return move{kind: tried}
	}
	return m
}

// mustSay is the draft of an angle that must come, with a blank when no
// variant is left (A1).
func (r *run) mustSay(a Angle) dressed {
	f := r.lastFamily()
	if d, ok := r.dress(f, a); ok {
		return d
	}
	return unwritten(a, f)
}

// unwritten is an angle for which no draft is left.
func unwritten(a Angle, f Family) dressed {
	return dressed{family: f, channel: a.channelFor(f), angle: a}
}

// isDeclined tells whether the rep put the angle aside for this attempt (A2).
func (r *run) isDeclined(a Angle) bool {
	return slices.ContainsFunc(r.declined, func(d Decline) bool { return d.Angle == a && d.Variant == "" })
}

// declinedVariant tells whether the rep put this very draft aside (A2).
func (r *run) declinedVariant(a Angle, id string) bool {
	return slices.ContainsFunc(r.declined, func(d Decline) bool { return d.Angle == a && d.Variant == id })
}

// putAside is how many drafts of one of the last tries were declined without
// naming them; each gives the next one (A2).
func (r *run) putAside(a Angle) int {
	n := 0
	for _, d := range r.declined {
		n += yes(a.last() && d.Angle == a && d.Variant == "")
	}
	return n
}

// last tells whether an angle belongs to the last tries (A3).
func (a Angle) last() bool { return a == EitherWay || a == BackAway }

// soon tells whether the last tries began before the plan's length asked for
// them: nothing new was left to say, or the rep asked to finish.
func (r *run) soon() bool {
	for i, a := range r.attempts {
		if a.angle.last() {
			return i+1 < r.nominal()-1
		}
	}
	return r.finished && r.made() < r.nominal()-2
}

// length is the plan's length to be shown: the nominal one, or, when the last
// tries began early, the attempts made plus those still to come (V1.1).
func (r *run) length(m move) int {
	if r.camp.Situation == Met {
		return r.metLength(m)
	}
	if !m.ranOut && !r.soon() {
		return r.nominal()
	}
	return r.made() + yes(!r.hasUsed(EitherWay)) + yes(!r.hasUsed(BackAway))
}

// due is the day of move m (C8): for an attempt the day it is due, for
// silence the day on which it has lasted, 0 for none.
func (r *run) due(m move) Date {
	if r.camp.Situation == Met {
		return r.metDue(m)
	}
	if m.kind == noWay {
		return 0
	}
	d := r.camp.Starts
	if base := r.base(); base != 0 {
		least := 0
		if len(r.usable) == 1 {
			least = 2 // C1b
		}
		if m.last || m.kind == tried && r.lastAngles[0] == BackAway {
			least = 3 // C1b: time to answer
		}
		d = max(base+Date(r.gap), r.k.add(base, least), base+1)
	}
	return r.movedByBest(m, r.k.next(max(d, r.floor())))
}

// floor is the day before which nothing is due: the prospect is away (C9) or
// snoozed.
func (r *run) floor() Date {
	d := r.p.SnoozedUntil
	if r.p.AwayUntil != 0 {
		d = max(d, r.k.add(r.p.AwayUntil, 2))
	}
	return d
}

// movedByBest moves a call's due day to the best weekday, by at most one gap,
// at least three working days (C5).
func (r *run) movedByBest(m move, due Date) Date {
	if m.kind != tryNext || m.say.channel != Call {
		return due
	}
	b, ok := r.bestTime(due)
	if !ok || !b.HasDay {
		return due
	}
	return b.moveTo(due, max(due+Date(r.gap), r.k.add(due, 3)), r.k, r.zone, r.theirZone())
}

// overdue is the number of days since due, without the rep's own days off (C9).
func (r *run) overdue(due Date) int {
	if due == 0 || due >= r.today {
		return 0
	}
	return int(r.today-due) - r.k.daysOff(due, r.today)
}
