package coach

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Log records a touch (On zero means today), renumbers the attempts of the
// campaign, and does what the outcome means: spoke ends the campaign (V9),
// bounced makes the address unusable, call with left becomes a voicemail.
// It answers the touch as recorded. A touch that breaks a rule of the cadence
// is recorded all the same; only what cannot have happened is refused.
func (c Case) Log(t Touch) (Touch, error) {
	p, today := c.Prospect, c.Today()
	if t.On == 0 {
		t.On = today
	}
	if t.On > today {
		return Touch{}, Problem("A touch is logged once it was made, so its day is today or earlier, such as on:yesterday.")
	}
	if t.At.IsZero() {
		t.At = c.Now
	}
	if err := t.settle(); err != nil {
		return Touch{}, err
	}
	if len(p.Campaigns) == 0 || p.State == Waiting {
		c.begun(t.On)
	}
	t.Campaign = p.campaignOn(t.On)
	current := p.current()
	runs := t.Campaign == current.No && current.Ended == 0 && (p.State == Active || p.State == Snoozed)

	before, at := c.before(t.On)
	m := before.next()
	i, _ := slices.BinarySearchFunc(p.Touches, t, func(a, b Touch) int {
		return cmp.Or(cmp.Compare(a.Campaign, b.Campaign), cmp.Compare(a.On, b.On), -1)
	})
	p.Touches = slices.Insert(p.Touches, i, t)
	leads := c.renumber(t.Campaign, i)
	if runs && t.Outcome != OutcomeBounced {
		if leads {
			p.Touches[i].Due = m.due
			p.Declined = nil
			current.LastTries = current.LastTries || m.kind == tryNext && m.last && at
		} else {
			p.Touches[i].Due = c.leader(i).Due
		}
		if p.State == Snoozed {
			p.State = Active
		}
		if p.SnoozedUntil > t.On {
			p.SnoozedUntil = 0
		}
	}
	t = p.Touches[i]
	c.outcome(t, runs)
	c.Reindex()
	return t, nil
}

// settle gives the touch its usual outcome and makes a call that was left a
// voicemail.
func (t *Touch) settle() error {
	if !slices.Contains(Channels, t.Channel) {
		return Problem(fmt.Sprintf("%q is no channel; there are call, voicemail, email, linkedin, text and in_person.", string(t.Channel)))
	}
	if t.Outcome == "" {
		t.Outcome = OutcomeSent
		switch t.Channel {
		case Call:
			t.Outcome = OutcomeNoAnswer
		case Voicemail:
			t.Outcome = OutcomeLeft
		case InPerson:
			t.Outcome = OutcomeSpoke
		}
	}
	switch {
	case !slices.Contains(Outcomes, t.Outcome):
		return Problem(fmt.Sprintf("%q is no outcome; there are sent, left, no-answer, spoke, gatekeeper and bounced.", string(t.Outcome)))
	case t.Channel == Call && t.Outcome == OutcomeLeft:
		t.Channel = Voicemail
	case t.Channel == Voicemail && t.Outcome == OutcomeSent:
		t.Outcome = OutcomeLeft
	}
	t.Subject, t.Text = strings.TrimSpace(t.Subject), strings.TrimSpace(t.Text)
	return nil
}

// begun makes a waiting prospect active: its turn has come, or it was touched
// before. A campaign that was begun goes on where it stood (C11).
func (c Case) begun(on Date) {
	p := c.Prospect
	camp := p.current()
	switch {
	case camp == nil || camp.Ended != 0:
		c.start(p.Situation(), on)
		return
	case p.Begun():
		p.SnoozedUntil = on // it goes on where it stood, and is due again from here on
	default:
		camp.Starts = on
	}
	p.State = Active
}

// campaignOn is the number of the campaign a touch on that day belongs to: the
// current one, or an earlier one that had not ended by then.
func (p *Prospect) campaignOn(on Date) int {
	for _, camp := range p.Campaigns[:len(p.Campaigns)-1] {
		if camp.Ended > on {
			return camp.No
		}
	}
	return p.current().No
}

// before is the life as it stood before the day on, to know what was due that
// day; now tells whether nothing was logged since.
func (c Case) before(on Date) (r *run, now bool) {
	touches := c.Prospect.Touches
	i := len(touches)
	for i > 0 && touches[i-1].On >= on {
		i--
	}
	return c.runOn(on, c.zone(), touches[:i]), i == len(touches)
}

// renumber sets the attempts of a campaign anew and tells whether touch i
// leads its attempt.
func (c Case) renumber(campaign, i int) (leads bool) {
	p := c.Prospect
	r := c.runOn(c.Today(), c.zone(), nil)
	r.camp.No = campaign
	r.begin(campaign)
	for j := range p.Touches {
		t := &p.Touches[j]
		if r.number(t) != campaign {
			continue
		}
		n := r.made()
		t.Attempt = r.add(t)
		if j == i {
			leads = r.made() > n
		}
	}
	return leads
}

// leader is the touch that leads the attempt of touch i.
func (c Case) leader(i int) Touch {
	t := c.Prospect.Touches[i]
	for _, u := range c.Prospect.Touches {
		if u.Campaign == t.Campaign && u.Attempt == t.Attempt && u.Attempt != 0 {
			return u
		}
	}
	return t
}

// outcome does what the outcome of a touch means for the prospect.
func (c Case) outcome(t Touch, runs bool) {
	p := c.Prospect
	switch t.Outcome {
	case OutcomeBounced:
		p.spoil(t.Channel.Family())
	case OutcomeSpoke:
		p.LastTalk = max(p.LastTalk, t.On)
		if runs || p.State == MovedOn && t.Campaign == p.current().No {
			c.answered(t.On, AnswerUnknown, "")
		}
	}
}

// spoil marks the data of a family as unusable (H1).
func (p *Prospect) spoil(f Family) {
	switch f {
	case FamilyEmail:
		p.EmailBad = true
	case FamilyPhone, FamilyText:
		p.PhoneBad = true
	case FamilyLinkedIn:
		p.LinkedIn = ""
	}
}

// Skip leaves out the attempt now due (C8); "bounced" and "bad-data" make the
// channel that was due unusable.
func (c Case) Skip(reason string) error {
	p := c.Prospect
	if p.State != Active && p.State != Snoozed {
		return notActive(p)
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return Problem("A skip has a reason: bounced, not-now, bad-data, or your own words.")
	}
	if word := strings.ToLower(reason); word == "bounced" || word == "bad-data" {
		if m := c.run().next(); m.kind == tryNext {
			p.spoil(m.say.family)
		}
		reason = word
	}
	p.Skips = append(p.Skips, Skip{Campaign: p.current().No, On: c.Today(), Reason: reason})
	p.Declined = nil
	c.Reindex()
	return nil
}
