package coach

import (
	"fmt"
	"strings"
)

// askAgain is after how many days an engaged prospect without a date is asked
// about, and then once more (C12).
const askAgain = 7

// Reply ends the campaign (V9) with what came of it; until is the meeting's or
// the later day. meeting plans the question after it, later the next date,
// interested has none and is asked about after seven days (C12), no stops, dnc
// stops for good (V5), wrong-person stops, won wins. It may be called again on
// an engaged prospect to say what came of the answer. on zero means today. Who
// asked not to be contacted is asked about no more, whatever they say.
func (c Case) Reply(a Answer, on, until Date, words string) error {
	p, today := c.Prospect, c.Today()
	if on == 0 {
		on = today
	}
	switch {
	case p.NeverContact:
		return neverContact(p)
	case on > today:
		return Problem("A reply came today or earlier, such as on:yesterday.")
	case a == AnswerLater && until != 0 && until <= today:
		return Problem("Later is a day to come, such as later next month.")
	case a == AnswerMeeting && until != 0 && until < on:
		return Problem("The meeting lies on the day of the reply or later, such as meeting friday.")
	}
	c.answered(on, a, words)
	camp := p.current()
	switch a {
	case AnswerMeeting:
		p.NextMeeting = until
		if until != 0 {
			p.NextAsk = c.NextWorkingDay(c.Rep, max(until, today)+1)
		}
	case AnswerLater:
		if until != 0 {
			p.NextAsk = c.NextWorkingDay(c.Rep, until)
		}
	case AnswerNo:
		c.stop(camp, "said no", words)
	case AnswerWrongPerson:
		c.stop(camp, "wrong person", words)
	case AnswerDNC:
		p.NeverContact = true
		c.stop(camp, "asked not to be contacted", words)
	case AnswerWon:
		p.State, p.NextAsk = Won, 0
	}
	c.Reindex()
	return nil
}

// answered ends the campaign with a reply, records what earned it (V8), and
// plans the question what came of it (C12).
func (c Case) answered(on Date, a Answer, words string) {
	p := c.Prospect
	camp := p.current()
	first := camp == nil || camp.Ended == 0
	c.end(on, EndReply, "")
	camp = p.current()
	if first {
		camp.Angle, camp.Channel, camp.Attempt = p.earned(camp.No, on)
	}
	if a != AnswerUnknown {
		camp.Answer = a
	}
	if words = strings.TrimSpace(words); words != "" {
		camp.Reason = words
	}
	p.State, p.NextMeeting = Engaged, 0
	p.NextAsk, p.Asked = c.NextWorkingDay(c.Rep, on+askAgain), 0
}

// earned is what earned a reply on a day: the last attempt before it (V8).
func (p *Prospect) earned(campaign int, on Date) (Angle, Channel, int) {
	var best Touch
	for _, t := range p.Touches {
		if (t.Campaign == campaign || t.Campaign == 0) && t.On <= on && t.Attempt > best.Attempt {
			best = t
		}
	}
	return best.Angle, best.Channel, best.Attempt
}

func (c Case) stop(camp *Campaign, reason, words string) {
	p := c.Prospect
	p.State, p.NextAsk = Stopped, 0
	p.StopReason = reason
	if words = strings.TrimSpace(words); words != "" {
		p.StopReason = fmt.Sprintf("%s: %s", reason, words)
	}
	if camp.Answer == AnswerDNC {
		p.StopReason = reason
	}
}

// Stop ends the campaign for a reason of the rep's, such as a bad fit (V5).
func (c Case) Stop(reason string) error {
	p := c.Prospect
	if p.State == Stopped {
		return notActive(p)
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return Problem("A stop has a reason in a few words, such as bad fit.")
	}
	c.end(c.Today(), EndStopped, reason)
	p.State, p.StopReason = Stopped, reason
	c.Reindex()
	return nil
}

// CountAsk notes that an engaged prospect was asked about: once more after
// seven days, then no more (C12).
func (c Case) CountAsk() {
	p := c.Prospect
	if p.State != Engaged {
		return
	}
	p.Asked++
	p.NextAsk = 0
	if p.Asked < 2 {
		p.NextAsk = c.NextWorkingDay(c.Rep, c.Today()+askAgain)
	}
	c.Reindex()
}
