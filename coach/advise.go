package coach

import (
	"fmt"
	"slices"
)

// Advise answers everything at once: what is due, what to say, how the plan
// goes on, and the verdict. It changes nothing.
func (c Case) Advise() Advice {
	r := c.run()
	m := r.next()
	a := r.brief(m)
	if !c.Prospect.running() {
		return a
	}
	if m.kind == tryNext && a.Verdict.Kind != WaitVerdict {
		a.Alternatives = r.alternatives(m)
	}
	a.Plan, a.MovesOn = r.fold(m)
	if r.camp.Situation == Met {
		a.MovesOn = 0
	}
	return a
}

// Brief is Advise without Alternatives, Plan and MovesOn: what a morning with
// many prospects shows of each, at a third of the work.
func (c Case) Brief() Advice {
	r := c.run()
	return r.brief(r.next())
}

func (r *run) brief(m move) Advice {
	a := Advice{Attempts: r.made(), PlanLength: r.length(m), Verdict: r.verdict(m), Silence: r.silence(m), Level: r.level, LevelGuessed: r.guess}
	if !r.p.running() {
		return a
	}
	a.AsksOn = r.asks(m)
	if m.kind == tryNext || m.kind == unready {
		a.Due = m.due
		if a.Verdict.Kind != WaitVerdict {
			a.OverdueDays = r.overdue(a.Due)
		}
	}
	if m.kind == tryNext && a.Verdict.Kind != WaitVerdict && !m.nothing {
		a.Suggestion = r.suggestion(m)
	}
	a.Missing = r.missing(m)
	a.Questions = r.questions(m, a.Verdict)
	return a
}

// asks is the day on which a met prospect is asked about (C6).
func (r *run) asks(m move) Date {
	if r.camp.Situation != Met {
		return 0
	}
	return r.asksOn()
}

// running tells whether a campaign is under way: advice is given and plans are
// made.
func (p *Prospect) running() bool {
	return !p.NeverContact && !p.Gatekeeper.NoChance && (p.State == Active || p.State == Snoozed || p.State == "")
}

// suggestion is a draft as the rep sees it.
func (r *run) suggestion(m move) *Suggestion {
	s := r.proposed(m.say)
	s.Why = r.why(m, m.say)
	return s
}

// proposed is a draft as it will be logged, without its why.
func (r *run) proposed(d dressed) *Suggestion {
	s := &Suggestion{Attempt: r.made() + 1, Channel: d.channel, Angle: d.angle, Uses: d.from.uses()}
	if d.draft != nil {
		s.Variant = d.draft.ID
	}
	w := r.written(d)
	switch d.channel {
	case Call:
		s.Draft, s.Voicemail = w.opener, w.voicemail
	case Voicemail:
		s.Draft, s.Voicemail = w.voicemail, w.voicemail
	case Email:
		s.Draft, s.Subject = w.text, w.subject
	default:
		s.Draft = w.text
	}
	if s.Voicemail != "" && w.text != "" {
		s.Pair = &Pair{Channel: Email, Subject: w.subject, Draft: w.text}
	}
	return s
}

// alternatives are what asking for another angle would give, in that order (A2).
func (r *run) alternatives(m move) []Option {
	if m.last || m.nothing {
		return nil
	}
	seq := r.ranked()
	if r.camp.Situation == Met {
		seq = r.rankedMet(m.day(r))
	}
	var out []Option
	for d := range seq {
		if d.angle != m.say.angle && !r.isDeclined(d.angle) {
			out = append(out, Option{Channel: d.channel, Angle: d.angle})
		}
	}
	return out
}

// day is the angle that leads this day of met.
func (m move) day(r *run) Angle {
	if r.metDone() == 0 {
		return ThanksNextStep
	}
	return SecondInsight
}

// missing names the closed angles of this attempt and the one fact that would
// open each (section 4). Last tries are not left, so they miss nothing, unless
// they are only about to begin for want of something new (A8).
func (r *run) missing(m move) []Missing {
	if m.kind == noWay {
		return []Missing{{Say: fmt.Sprintf("a phone number, an address or a LinkedIn profile of %s would open the campaign", r.p.First())}}
	}
	if r.camp.Situation == Met {
		if _, ok := r.best(SecondInsight); !ok && r.metDone() < 2 && r.secondDue() != 0 {
			return []Missing{{SecondInsight, fmt.Sprintf("one fresh fact about %s, something they said or a nugget would open it", r.company())}}
		}
		return nil
	}
	if m.kind == tried || m.last && !m.ranOut {
		return nil
	}
	families := []Family{m.say.family}
	if m.kind == unready || m.ranOut || m.nothing {
		families = r.usable
	}
	var out []Missing
	for i := range angleRules {
		rule := &angleRules[i]
		a := rule.angle
		if rule.last || rule.metOnly || rule.once && r.hasUsed(a) || rule.firstOnly && r.made() > 0 || r.isDeclined(a) || !slices.Contains(rule.situations, r.camp.Situation) {
			continue
		}
		fits := slices.ContainsFunc(families, func(f Family) bool { return slices.Contains(rule.families, f) })
		if !fits {
			continue
		}
		if _, ok := r.best(a); !ok {
			out = append(out, Missing{a, r.opens(a)})
		}
	}
	return out
}

// opens names the one fact that would open an angle.
func (r *run) opens(a Angle) string {
	switch a {
	case Homework:
		return fmt.Sprintf("one fresh fact about %s would open it", r.company())
	case ValueNugget:
		return "one more nugget, an outcome or an issue, would open it"
	case Story:
		return "one more nugget, a story of someone like them, would open it"
	case TheirWords:
		return fmt.Sprintf("one thing that %s said would open it", r.p.First())
	case SharpQuestion:
		if r.p.Industry != "" {
			return fmt.Sprintf("one fresh fact about %s would open it", r.company())
		}
		return "their industry, or one fresh fact about them, would open it"
	case UsefulPiece:
		return "one more nugget, a resource worth reading, would open it"
	case IntroduceThem:
		return "one person worth meeting would open it"
	case Reconnect:
		return "the date of your last talk would open it"
	}
	return ""
}

// questions are what the coach asks: the homework and the fit before a cold
// campaign (A7), how the meeting went (C6), for a fact when there is nothing to
// say (A8), and the three questions after three silent attempts (D2).
func (r *run) questions(m move, v Verdict) []string {
	switch {
	case m.kind == noWay:
		return nil
	case m.kind == askTalk && r.today >= m.due:
		return []string{fmt.Sprintf("How was the meeting of %s: took place, cancelled, no-show, or moved?", r.p.NextMeeting.day())}
	case r.camp.Situation == Met || v.Kind == WaitVerdict || v.Kind == MoveOnVerdict:
		return nil
	}
	var out []string
	switch {
	case r.made() == 0 && r.camp.Situation == Cold:
		if _, ok := r.best(Homework); !ok {
			out = append(out, fmt.Sprintf("What is one thing you found out about %s?", r.company()))
		}
		out = append(out, fmt.Sprintf("What makes %s a fit for what you sell?", r.company()))
	case m.kind == unready:
		out = append(out, fmt.Sprintf("What is new about %s? One fact or nugget gives you something to say.", r.company()))
	case r.made() >= 3:
		out = append(out,
			"Is the message tailored to them and free of jargon?",
			"Can they see at a glance who you are and what you want?",
			"Is there reason enough for them to answer?")
	}
	if m.nothing {
		ask := fmt.Sprintf("What is new about %s?", r.company())
		if missing := r.missing(m); len(missing) > 0 {
			ask = upper(missing[0].Say) + "."
		}
		out = append(out, ask)
	}
	return out
}

// silence counts it honestly and says when the effort is too thin (C10).
func (r *run) silence(m move) Silence {
	s := Silence{Ours: -1, Theirs: -1}
	if r.wrote != 0 {
		s.Ours = int(r.today - r.wrote)
	}
	if d := r.heard(); d != 0 {
		s.Theirs = int(r.today - d)
	}
	switch {
	case s.Ours >= 0 && s.Theirs >= 0:
		s.Say = fmt.Sprintf("You wrote %s ago, they answered %s ago.", plural(s.Ours, "day"), plural(s.Theirs, "day"))
	case s.Ours >= 0:
		s.Say = fmt.Sprintf("You wrote %s ago; they have never answered.", plural(s.Ours, "day"))
	case s.Theirs >= 0:
		s.Say = fmt.Sprintf("You have not written yet; you last talked %s ago.", plural(s.Theirs, "day"))
	default:
		s.Say = "Nobody has written yet."
	}
	if r.p.State != Active && r.p.State != "" || m.kind != tryNext || r.made() == 0 || r.today <= m.due {
		return s
	}
	// The waiting that the coach itself asked for does not count: it is taken
	// as if the last attempt lay one gap before the day that was due.
	from := max(r.attempts[len(r.attempts)-1].on, m.due-Date(r.gap))
	elapsed, unit := int(r.today-from)-r.k.daysOff(from, r.today), "days"
	if r.gap < 5 {
		from = r.attempts[len(r.attempts)-1].on
		if plain := r.k.next(from + Date(r.gap)); m.due > plain {
			from = m.due - Date(r.gap)
		}
		elapsed, unit = r.k.between(from, r.today), "working days"
	}
	if elapsed > 2*r.gap {
		s.TooThin = true
		s.Say += fmt.Sprintf(" That is %d %s against a rhythm of %d; they no longer feel an effort.", elapsed, unit, r.gap)
	}
	return s
}

// heard is the day we last heard from them, 0 for never.
func (r *run) heard() Date {
	d := r.p.LastTalk
	for _, c := range r.p.Campaigns {
		if c.End == EndReply {
			d = max(d, c.Ended)
		}
	}
	for _, t := range r.p.Touches {
		if t.Outcome == OutcomeSpoke {
			d = max(d, t.On)
		}
	}
	return d
}
