package coach

import "time"

// PairOf is the companion email of a logged voicemail, drawn again from its
// variant and uses (H2); nil without a usable address, without a known draft,
// when its email was logged, or after more than one working day.
func (c Case) PairOf(t Touch) *Pair {
	if !t.isVoicemail() || !c.Prospect.Emailable() || !c.Prospect.running() {
		return nil
	}
	r := c.run()
	if !r.unpaired() || r.attempts[len(r.attempts)-1].on != t.On {
		return nil
	}
	return c.Companion(t)
}

// Companion is the email that a voicemail announced, also when it is no longer
// waited for; nil when its words are not known, because they were the rep's own.
func (c Case) Companion(t Touch) *Pair {
	if !t.isVoicemail() {
		return nil
	}
	r := c.run()
	for i := range c.Drafts[t.Angle] {
		if v := &c.Drafts[t.Angle][i]; v.ID == t.Variant && v.Text != "" {
			m := r.usedMaterial(&t)
			f := r.filler(&m)
			return &Pair{Channel: Email, Subject: f.in(v.Subject), Draft: f.in(v.Text)}
		}
	}
	return nil
}

// Wrote is what was written or said with a touch, and its subject: as it was
// logged, or drawn again from its draft; "" when nothing is known of it, or
// nobody heard it.
func (c Case) Wrote(t Touch) (subject, text string) {
	if t.Text != "" || t.Outcome == OutcomeNoAnswer {
		return t.Subject, t.Text
	}
	r := c.run()
	for i := range c.Drafts[t.Angle] {
		if v := &c.Drafts[t.Angle][i]; v.ID == t.Variant {
			m := r.usedMaterial(&t)
			for _, u := range c.Prospect.Touches { // an email rests on what its voicemail rested on
				if len(t.Uses) == 0 && len(u.Uses) > 0 && u.Variant == t.Variant && u.Campaign == t.Campaign && u.Attempt == t.Attempt {
					m = r.usedMaterial(&u)
				}
			}
			w := r.render(v, &m)
			switch {
			case t.isVoicemail() && w.voicemail != "":
				return "", w.voicemail
			case t.Channel == Call:
				return "", w.opener
			}
			return w.subject, w.text
		}
	}
	return "", ""
}

// LastVoicemail is the one left last; the zero touch when none was.
func (p *Prospect) LastVoicemail() Touch {
	for i := len(p.Touches) - 1; i >= 0; i-- {
		if p.Touches[i].Channel == Voicemail {
			return p.Touches[i]
		}
	}
	return Touch{}
}

// Unpaired tells whether the voicemail last left still waits for its email (H2).
func (c Case) Unpaired() bool { return c.Prospect.running() && c.run().unpaired() }

// unpaired tells whether the last attempt holds a voicemail whose email is
// still to come, within one working day.
func (r *run) unpaired() bool {
	n := len(r.attempts)
	return n > 0 && r.attempts[n-1].voice && r.p.Emailable() && r.today <= r.k.add(r.attempts[n-1].on, 1)
}

// PairDays are the days before today whose voicemail may still wait for its
// email (H2): back to the last working day.
func (c Case) PairDays() []Date {
	k, today := c.calendar(c.Rep), c.Today()
	var days []Date
	for d := today - 1; d > today-noDay; d-- {
		days = append(days, d)
		if k.works(d) {
			break
		}
	}
	return days
}

// Emailable tells whether the address is known and good.
func (p *Prospect) Emailable() bool { return p.Email != "" && !p.EmailBad }

// Remind is the instant of the best time on the day the next call is due (C5,
// S3), in the rep's zone; false without a time, or when no call comes next.
func (c Case) Remind() (time.Time, bool) {
	r := c.run()
	if !c.Prospect.running() {
		return time.Time{}, false
	}
	m := r.next()
	if m.kind != tryNext || m.say.channel != Call {
		return time.Time{}, false
	}
	b, ok := r.bestTime(max(m.due, r.today))
	if !ok || b.Minute < 0 {
		return time.Time{}, false
	}
	return b.on(m.due, r.zone, r.theirZone()), true
}
