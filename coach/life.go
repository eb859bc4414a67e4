package coach

import (
	"fmt"
	"strings"
)

// Begin starts the prospect's first campaign in situation s (C0): active, the
// first attempt due on starts, or on the day C0 names if starts is zero.
func (c Case) Begin(s Situation, starts Date) error {
	if c.Prospect.NeverContact {
		return neverContact(c.Prospect)
	}
	c.start(s, starts)
	return nil
}

// Import puts the prospect into the waiting state (C11).
func (c Case) Import(s Situation) error {
	if c.Prospect.NeverContact {
		return neverContact(c.Prospect)
	}
	c.start(s, 0)
	c.Prospect.State = Waiting
	c.Prospect.current().Starts = 0
	c.Reindex()
	return nil
}

// LetIn makes a waiting prospect active today (C11).
func (c Case) LetIn() error {
	p := c.Prospect
	if p.State != Waiting {
		return Problem(fmt.Sprintf("%s is not waiting; only one who waits can be let in.", p.First()))
	}
	c.begun(c.Today())
	c.Reindex()
	return nil
}

// start opens a campaign in situation s; starts zero means the day of C0.
func (c Case) start(s Situation, starts Date) {
	p, today := c.Prospect, c.Today()
	if starts == 0 {
		starts = c.NextWorkingDay(c.Rep, today+1)
		if s == BlownOff || s == Met {
			starts = c.NextWorkingDay(c.Rep, today)
		}
	}
	if last := p.current(); last != nil && last.Ended == 0 {
		last.Ended, last.End = today, EndRestarted
	}
	no := 1
	if last := p.current(); last != nil {
		no = last.No + 1
	}
	p.Campaigns = append(p.Campaigns, Campaign{No: no, Situation: s, Starts: starts})
	p.State, p.SnoozedUntil, p.AwayUntil, p.ComeBack, p.NextAsk, p.Asked = Active, 0, 0, 0, 0, 0
	p.StopReason, p.Declined, p.Gatekeeper.NoChance = "", nil, false
	if s != Met {
		p.MetOn, p.NextMeeting = 0, 0
	}
	c.Reindex()
}

// end closes the current campaign (V9, V1, V5).
func (c Case) end(on Date, e End, reason string) {
	p := c.Prospect
	p.Declined, p.SnoozedUntil, p.AwayUntil, p.ComeBack, p.NextAsk, p.Asked = nil, 0, 0, 0, 0, 0
	camp := p.current()
	if camp == nil {
		p.Campaigns = append(p.Campaigns, Campaign{No: 1, Situation: Cold, Starts: on})
		camp = p.current()
	}
	if camp.Ended != 0 {
		return
	}
	camp.Ended, camp.End, camp.Reason = on, e, strings.TrimSpace(reason)
}

// Restart starts a new campaign in situation s.
func (c Case) Restart(s Situation) error {
	if c.Prospect.NeverContact {
		return neverContact(c.Prospect)
	}
	c.start(s, 0)
	if s == Met {
		c.Prospect.MetOn = c.Today()
		c.Reindex()
	}
	return nil
}

// Met starts a campaign in situation met (C6): the talk was on on (zero for
// today), the next meeting on next (zero for none).
func (c Case) Met(on, next Date) error {
	p, today := c.Prospect, c.Today()
	if on == 0 {
		on = today
	}
	switch {
	case p.NeverContact:
		return neverContact(p)
	case on > today:
		return Problem("A talk that took place lies on or before today, such as on:yesterday.")
	case next != 0 && next <= on:
		return Problem("The next meeting lies after the talk, such as next friday.")
	}
	c.start(Met, c.NextWorkingDay(c.Rep, on))
	p.MetOn, p.NextMeeting, p.LastTalk = on, next, max(p.LastTalk, on)
	c.Reindex()
	return nil
}

// MoveMeeting notes that the next meeting has moved (C6); it works for a met
// prospect and for one who is engaged.
func (c Case) MoveMeeting(next Date) error {
	p := c.Prospect
	switch {
	case next < c.Today():
		return Problem("The meeting's new day lies today or later, such as next friday.")
	case p.State == Engaged:
		p.NextAsk, p.Asked = c.NextWorkingDay(c.Rep, next+1), 0
	case p.Situation() != Met || p.State != Active && p.State != Snoozed:
		return Problem(fmt.Sprintf("No meeting with %s is planned; met says that one took place.", p.First()))
	}
	p.NextMeeting = next
	c.Reindex()
	return nil
}

// Snooze until a day after today. One who answered is asked about that day, and
// one who waits does so until that day instead of one with room (C11).
func (c Case) Snooze(until Date) error {
	p := c.Prospect
	switch {
	case until <= c.Today():
		return Problem("A snooze ends on a day to come, such as tomorrow, next tue or 3d.")
	case p.State == Engaged:
		p.NextAsk, p.Asked = until, 0
		c.Reindex()
		return nil
	case p.State == Waiting:
		c.begun(c.Today())
	case p.State != Active && p.State != Snoozed:
		return notActive(p)
	}
	p.State, p.SnoozedUntil = Snoozed, until
	c.Reindex()
	return nil
}

// Away: the prospect is out of office, until is the last day away (C9).
func (c Case) Away(until Date) error {
	p := c.Prospect
	switch {
	case until < c.Today():
		return Problem("The last day away lies today or later, such as until friday.")
	case p.State != Active && p.State != Snoozed && p.State != Waiting:
		return notActive(p)
	}
	p.AwayUntil = until
	c.Reindex()
	return nil
}

// MoveOn ends the campaign (V6, V8); again is the day to come back as
// dormant, zero for never. It may be called again on a prospect that moved on,
// to choose the day.
func (c Case) MoveOn(again Date, reason string) error {
	p := c.Prospect
	if again != 0 && again <= c.Today() {
		return Problem("The day to come back lies after today, such as again:2026-09-01, or never.")
	}
	if again != 0 {
		again = c.NextWorkingDay(c.Rep, again) // C3
	}
	switch {
	case p.State == MovedOn:
		p.ComeBack = again
		c.Reindex()
		return nil
	case p.State == Stopped, p.State == Won:
		return notActive(p)
	}
	early := p.running() && !c.earned()
	c.end(c.Today(), EndMovedOn, reason)
	p.current().Early = early
	p.State, p.ComeBack = MovedOn, again
	c.Reindex()
	return nil
}

// Warn notes that a rep who would move on too early was told so in this
// campaign; it is never said twice (V6).
func (c Case) Warn() {
	if camp := c.Prospect.current(); camp != nil {
		c.Prospect.Warned = camp.No
	}
}

// earned tells whether moving on is what the coach says, too (V1, V5).
func (c Case) earned() bool {
	r := c.run()
	k := r.judge(r.next()).Kind
	return k == MoveOnVerdict || k == StopVerdict
}

// Reopen starts a new campaign for a prospect that moved on, stopped, was won
// or is engaged (C0); dormant unless it never talked.
func (c Case) Reopen() error {
	p := c.Prospect
	switch {
	case p.NeverContact:
		return neverContact(p)
	case p.State == Waiting:
		return notActive(p)
	case p.State == Active || p.State == Snoozed:
		return Problem(fmt.Sprintf("%s is open already.", p.First()))
	}
	s := Cold
	if (Case{Playbook: c.Playbook, Now: c.Now, Rep: c.Rep, Prospect: p}).run().heard() != 0 {
		s = Dormant
	}
	c.start(s, 0)
	return nil
}

// Wake does what the calendar brings without anybody asking: a snoozed
// prospect whose day has come is active again, a moved-on one comes back as
// dormant (V8). It tells whether anything changed.
func (c Case) Wake() bool {
	p, today := c.Prospect, c.Today()
	switch {
	case p.NeverContact:
		return false
	case p.State == Snoozed && p.SnoozedUntil <= today:
		// SnoozedUntil stays: it is the first day the prospect is due again.
		p.State = Active
		c.Reindex()
		return true
	case p.State == MovedOn && p.ComeBack != 0 && c.NextWorkingDay(c.Rep, p.ComeBack) <= today:
		c.start(Dormant, c.NextWorkingDay(c.Rep, p.ComeBack))
		return true
	}
	return false
}

// Decline puts the suggested angle aside for this attempt (A2).
func (c Case) Decline(s Suggestion) {
	d := Decline{Angle: s.Angle}
	if s.Angle == EitherWay || s.Angle == BackAway {
		d.Variant = s.Variant
	}
	c.Prospect.Declined = append(c.Prospect.Declined, d)
	c.Reindex()
}

// Again takes back what was declined for the attempt now due, so that the
// drafts already shown can be seen once more (A2).
func (c Case) Again() {
	c.Prospect.Declined = nil
	c.Reindex()
}

// Finish begins the last tries now because the rep asks to (A3).
func (c Case) Finish() error {
	p := c.Prospect
	if p.State != Active && p.State != Snoozed || len(p.Campaigns) == 0 {
		return notActive(p)
	}
	if p.Situation() == Met {
		return Problem("The follow-up of a good talk ends by itself; move-on ends it now.")
	}
	p.State, p.Declined = Active, nil
	p.current().LastTries = true
	c.Reindex()
	return nil
}

func neverContact(p *Prospect) error {
	return Problem(fmt.Sprintf("%s asked not to be contacted. That is final.", p.First()))
}

// notActive says what leads on from where the prospect is.
func notActive(p *Prospect) error {
	switch {
	case p.NeverContact:
		return neverContact(p)
	case p.State == Waiting:
		return Problem(fmt.Sprintf("%s waits for a day with room; next %d begins now.", p.First(), p.ID))
	}
	return Problem(fmt.Sprintf("%s is %s; reopen begins anew.", p.First(), stateWords[p.State]))
}

var stateWords = map[State]string{
	Active: "active", Snoozed: "snoozed", Engaged: "engaged", MovedOn: "moved on", Won: "won", Stopped: "stopped",
}
