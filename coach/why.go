package coach

import "fmt"

// why names what a suggestion rests on (A5), the evidence first: what is known
// of them or new to them, then what went before and the number of the attempt.
// Without such evidence what went before comes first, and then the purpose.
func (r *run) why(m move, d dressed) string {
	number := fmt.Sprintf("ttempt %d of %d", r.made()+1, r.shown(m))
	var s string
	if ground := r.ground(d); ground != "" {
		s = ground + ". "
		if len(r.attempts) == 0 {
			s += "A" + number + ", " + r.since()
		} else {
			s += upper(r.before()) + "; this is a" + number
		}
	} else {
		first := "They have not heard from you yet"
		switch {
		case len(r.attempts) > 0:
			first = upper(r.before())
		case r.talked():
			first = "You last talked " + ago(r.p.LastTalk, r.today)
		}
		s = first + ". A" + number + " is to " + d.angle.Purpose()
	}
	switch {
	case d.draft == nil:
		s += "; every draft for it was used, so the words are yours"
	case m.ranOut:
		s += ", as nothing new is left to say"
	case r.camp.Situation == Cold && r.made() == 0 && d.from.fact == nil:
		s += "; without a fact about them it is weaker than it could be"
	}
	return s + "."
}

// talked tells whether there was a talk before that the campaign goes back to.
func (r *run) talked() bool { return r.p.LastTalk != 0 && r.camp.Situation != Cold }

// since says what the first attempt follows.
func (r *run) since() string {
	if r.talked() {
		return "the first since you talked " + ago(r.p.LastTalk, r.today)
	}
	return "the first they hear from you"
}

// before says what went unanswered.
func (r *run) before() string {
	n := len(r.attempts)
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
	case r.today < r.k.add(last.on, 1): // nobody could have answered yet
		return wroteWords[last.channel] + " " + on(last.on, r.today)
	case r.camp.Situation == Met:
		return "it follows your " + what + " of " + last.on.Time().Format("2 January")
	case run > 1:
		return fmt.Sprintf("%s %ss in a row went unanswered", count(run), what)
	}
	return "your " + what + " went unanswered"
}

// wroteWords say what went out, before there was time to answer it.
var wroteWords = map[Channel]string{
	Call: "you called", Voicemail: "you left a voicemail", Email: "you wrote an email", LinkedIn: "you wrote on LinkedIn", Text: "you wrote a text", InPerson: "you were with them",
}

// on is a day of this or the last few days: "today", "on Friday".
func on(d, today Date) string {
	if d == today {
		return "today"
	}
	return "on " + d.Time().Format("Monday")
}

func count(n int) string {
	words := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if n < len(words) {
		return words[n]
	}
	return fmt.Sprint(n)
}

// ground is the evidence that the draft rests on; "" when it has its purpose
// alone.
func (r *run) ground(d dressed) string {
	text := short(tidy(d.from.text()), 90)
	switch f := d.from.fact; {
	case f != nil && f.Kind == Said:
		return "They said " + when(f.On, r.today) + "“" + text + "”"
	case f != nil && f.Kind == Introduction:
		return "You know somebody worth meeting for them: “" + text + "”"
	case f != nil:
		return "You found out " + when(f.On, r.today) + "“" + text + "”"
	case d.from.nugget != nil:
		return fmt.Sprintf("The team’s %s “%s” is new to them", d.from.nugget.Kind, text)
	case d.from.industry != "":
		return upper(text) + " is their field, so a sharp question about it is easy to answer"
	}
	switch {
	case d.angle == AskGatekeeper:
		who := oneLine(r.p.Gatekeeper.Name)
		if who == "" {
			who = "The assistant"
		}
		return who + " answers the phone there and knows whether, when and how to go on"
	case d.angle == ThanksNextStep && r.p.NextMeeting != 0:
		return "The talk was good and you meet again on " + r.p.NextMeeting.day() + ", so thank them while it is warm"
	case d.angle == ThanksNextStep:
		return "The talk was good, so thank them while it is warm and confirm the next step"
	}
	return ""
}

func when(d, today Date) string {
	if d == 0 {
		return ""
	}
	return ago(d, today) + " "
}
