package coach

// CheckTouch is the draft check of a touch of this prospect, about to be
// logged or logged already: judged as on its day (On zero means today), beside
// what was sent before it. What belongs to its own attempt is no earlier text
// (A1), least of all itself, nor is what never reached them: a bounce, a call
// without an answer.
func (c Case) CheckTouch(t Touch) DraftReport {
	if t.On == 0 {
		t.On = c.Today()
	}
	r, _ := c.before(t.On)
	in := DraftInput{
		Text: t.Whole(), Channel: t.Channel, Angle: t.Angle, Attempt: t.Attempt, Rep: c.Rep, Prospect: c.Prospect, Nuggets: c.Nuggets,
	}
	said, made := len(r.said), r.made()
	i := r.attempt(&t)
	if i < made && r.attempts[i].said >= 0 { // the email of a voicemail of the day before
		said = r.attempts[i].said
	}
	if in.Attempt == 0 {
		in.Attempt = i + 1
	}
	for _, s := range r.said[:said] {
		if s.touch == nil {
			in.Earlier = append(in.Earlier, s.text)
			continue
		}
		for _, drawn := range r.redraw(s.touch) {
			if drawn != "" {
				in.Earlier = append(in.Earlier, drawn)
			}
		}
	}
	return c.Playbook.CheckDraft(in)
}

// Whole is the text of a touch with its subject above it, as the draft check
// reads it; the findings of CheckTouch point into it.
func (t Touch) Whole() string {
	if t.Subject == "" {
		return t.Text
	}
	return "Subject: " + t.Subject + "\n\n" + t.Text
}
