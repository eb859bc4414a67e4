package coach

import (
	"fmt"
	"strings"
)

// why is the sentence that names what a suggestion rests on (A5): the number
// of the attempt, what went before, and the fact, nugget or purpose.
func (r *run) why(m move, d dressed) string {
	var parts []string
	parts = append(parts, fmt.Sprintf("Attempt %d of %d with %s", r.made()+1, r.shown(m), r.company()))
	parts = append(parts, r.before())
	parts = append(parts, r.ground(d))
	s := strings.Join(parts, ", ")
	switch {
	case m.ranOut:
		s += ", because nothing new is left to say"
	case r.camp.Situation == Cold && r.made() == 0 && d.from.fact == nil:
		s += "; without a fact about them it is weaker than it could be"
	}
	if d.blank {
		s += "; every draft for it was used, so the words are yours"
	}
	return s + "."
}

// before says what went unanswered.
func (r *run) before() string {
	n := len(r.attempts)
	if n == 0 {
		if r.p.LastTalk != 0 && r.camp.Situation != Cold {
			return "the first one since you last talked " + ago(r.p.LastTalk, r.today)
		}
		return "the first one, with nothing said before it"
	}
	last := r.attempts[n-1]
	run := 1
	for n-run > 0 && r.attempts[n-run-1].family == last.family {
		run++
	}
	what := map[Family]string{FamilyPhone: "call", FamilyEmail: "email", FamilyLinkedIn: "LinkedIn message", FamilyText: "text", FamilyInPerson: "visit"}[last.family]
	if last.channel == Voicemail && run == 1 {
		what = "voicemail"
	}
	switch {
	case r.camp.Situation == Met:
		return "after your " + what + " of " + last.on.Time().Format("2 January")
	case run > 1:
		return fmt.Sprintf("%s %ss in a row went unanswered", count(run), what)
	}
	return fmt.Sprintf("the %s of %s went unanswered", what, last.on.Time().Format("2 January"))
}

func count(n int) string {
	words := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if n < len(words) {
		return words[n]
	}
	return fmt.Sprint(n)
}

// ground says what the draft rests on.
func (r *run) ground(d dressed) string {
	text := short(tidy(d.from.text), 90)
	switch f := d.from.fact; {
	case f != nil && f.Kind == Said:
		return "they said " + when(f.On, r.today) + "“" + text + "”, so ask about it"
	case f != nil && f.Kind == Introduction:
		return "you know someone worth meeting for them: “" + text + "”"
	case f != nil:
		return "you found out " + when(f.On, r.today) + "“" + text + "”, which gives them a reason to answer"
	case d.from.nug != nil:
		return fmt.Sprintf("the team's %s “%s” is new to them", d.from.nug.Kind, text)
	case d.from.blank == "industry":
		return "you know that " + text + " is their field, so a sharp question about it is easy to answer"
	}
	switch d.angle {
	case AskGatekeeper:
		who := oneLine(r.p.Gatekeeper.Name)
		if who == "" {
			who = "the assistant"
		}
		return "and " + who + " can tell whether, when and how to go on"
	case Reconnect, WhatChanged:
		return "so it is time to " + d.angle.Purpose()
	case ThanksNextStep:
		if r.p.NextMeeting != 0 {
			return "the talk was good and the next meeting is on " + r.p.NextMeeting.day() + ", so confirm it while it is warm"
		}
		return "the talk was good, so thank them while it is warm and confirm the next step"
	}
	return "so this one is to " + d.angle.Purpose()
}

func when(d, today Date) string {
	if d == 0 {
		return ""
	}
	return ago(d, today) + " "
}
