package coach

import "slices"

// maxSteps bounds the fold of a plan; a plan of the rules is far shorter.
const maxSteps = 40

// fold walks the campaign to its end as the plan says (V7): each attempt made
// on its due day as suggested, an overdue one today, and nothing comes back.
// It answers the steps and the day the silence after the last has lasted, 0
// when there is none.
func (r *run) fold(m move) (plan []Step, end Date) {
	r.attempts = slices.Grow(r.attempts, usualAttempts)
	for range maxSteps {
		if m.kind == tried {
			return plan, m.due
		}
		if m.kind != tryNext {
			return plan, 0
		}
		on := m.due
		if len(plan) == 0 {
			on = max(on, r.k.next(max(r.today, r.base()+1)))
		}
		if on > r.today {
			r.today = on
			// What is said depends on the day only through words such as
			// "last week", and on whether the next meeting is over.
			if r.p.LastTalk != 0 || r.p.NextMeeting != 0 {
				if m = r.decide(); m.kind != tryNext {
					m.due = r.due(m)
					continue
				}
			}
		}
		plan = append(plan, Step{On: on, Channel: m.say.channel, Angle: m.say.angle})
		r.declined = nil
		for _, t := range r.proposed(m.say).folded(on, r.camp.No) {
			r.add(&t)
		}
		m = r.next()
	}
	return plan, 0
}

// folded is the touches that a suggestion becomes in the fold (V7).
func (s *Suggestion) folded(on Date, campaign int) []Touch {
	t := s.Touch(OutcomeSent)
	if s.Channel == Call || s.Channel == Voicemail {
		t = s.Touch(OutcomeLeft)
		if s.Angle == AskGatekeeper {
			t = s.Touch(OutcomeGatekeeper)
		}
	}
	t.On, t.Campaign = on, campaign
	if !t.isVoicemail() || s.Pair == nil {
		return []Touch{t}
	}
	email := s.PairTouch()
	email.On, email.Campaign = on, campaign
	return []Touch{t, email}
}

// Touch is the suggestion as the touch it becomes with an outcome: a call that
// was left is a voicemail, one that nobody answered uses nothing up. On, At and
// Campaign are left to Log.
func (s *Suggestion) Touch(o Outcome) Touch {
	t := Touch{Channel: s.Channel, Angle: s.Angle, Outcome: o, Subject: s.Subject, Text: s.Draft, Uses: s.Uses, Variant: s.Variant}
	switch {
	case o == OutcomeLeft:
		t.Channel, t.Text = Voicemail, s.Voicemail
	case o == OutcomeNoAnswer:
		t.Text = ""
	}
	return t
}

// PairTouch is the companion email as the touch it becomes when it was sent
// (H2); only for a suggestion with a Pair.
func (s *Suggestion) PairTouch() Touch {
	return Touch{Channel: s.Pair.Channel, Angle: s.Angle, Outcome: OutcomeSent, Subject: s.Pair.Subject, Text: s.Pair.Draft, Uses: s.Uses, Variant: s.Variant}
}
