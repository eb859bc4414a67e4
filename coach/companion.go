package coach

import "time"

// Companion is the email that follows the voicemail last left (H2), as a
// suggestion with the voicemail's angle, uses and variant; false when none is
// open: no voicemail, no usable address, its email sent, or more than one
// working day gone by.
func (c Case) Companion() (Suggestion, bool) {
	if !c.Prospect.running() {
		return Suggestion{}, false
	}
	return c.companion(c.run())
}

func (c Case) companion(r *run) (Suggestion, bool) {
	n := len(r.attempts)
	if n == 0 || !r.attempts[n-1].voice || !c.Prospect.emailable() || r.today > r.k.add(r.attempts[n-1].on, 1) {
		return Suggestion{}, false
	}
	a := r.attempts[n-1]
	for i := len(c.Prospect.Touches) - 1; i >= 0; i-- {
		t := &c.Prospect.Touches[i]
		if t.On != a.on || !t.isVoicemail() {
			continue
		}
		s := Suggestion{Attempt: n, Channel: Email, Angle: t.Angle, Uses: t.Uses, Variant: t.Variant,
			Why: "You left a voicemail that said an email would follow, so send it while they still remember your voice."}
		for j := range c.Drafts[t.Angle] {
			if v := &c.Drafts[t.Angle][j]; v.ID == t.Variant {
				m := r.usedMaterial(t)
				d := r.render(v, option{angle: t.Angle}, m, r.filler(m))
				s.Subject, s.Draft = d.subject, d.text
			}
		}
		if s.Draft == "" {
			s.Draft = "[" + t.Angle.Purpose() + "]"
		}
		return s, true
	}
	return Suggestion{}, false
}

// emailable tells whether the address is known and good.
func (p *Prospect) emailable() bool { return p.Email != "" && !p.EmailBad }

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
