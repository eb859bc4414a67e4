package coach

import "fmt"

// verdict is judge with the ticks of V1, which met does without (C6).
func (r *run) verdict(m move) Verdict {
	v := r.judge(m)
	if _, resting := r.resting(); !resting && r.camp.Situation != Met {
		v.Checks = r.checks(m)
	}
	return v
}

// judge is the word on the campaign as it stands (section 5): stop (V5), move
// on (V1), wait while the gap runs (V3), the last tries (V2), keep going (V4).
func (r *run) judge(m move) Verdict {
	if v, ok := r.resting(); ok {
		return v
	}
	v := Verdict{Kind: KeepGoing}
	first := r.p.First()
	switch back := r.k.add(r.p.AwayUntil, 2); {
	case m.kind == noWay:
		v.Kind = WaitVerdict
		v.Say = fmt.Sprintf("There is no way to reach %s yet; a phone number, an address or a LinkedIn profile would begin it.", first)
	case m.kind == askTalk && r.today >= m.due:
		v.Say = fmt.Sprintf("The meeting of %s is over. Did it take place, was it cancelled, did %s not show up, or has it moved?", r.p.NextMeeting.day(), first)
	case r.p.State == Snoozed && r.today < r.p.SnoozedUntil:
		v.Kind, v.Until = WaitVerdict, r.k.next(r.p.SnoozedUntil)
		v.Say = fmt.Sprintf("Snoozed until %s.", v.Until.day())
	case r.p.AwayUntil != 0 && r.today < back:
		v.Kind, v.Until = WaitVerdict, max(m.due, back)
		v.Say = fmt.Sprintf("%s is away until %s, so the plan goes on %s, once the pile is worked off.", first, r.p.AwayUntil.day(), v.Until.day())
	case m.kind == askTalk:
		v.Kind, v.Until = WaitVerdict, m.due
		v.Say = fmt.Sprintf("You meet on %s; nothing more is needed before. The day after, the coach asks how it went.", r.p.NextMeeting.day())
	case m.kind == tried && r.today < m.due:
		v.Kind, v.Until = WaitVerdict, m.due
		v.Say = fmt.Sprintf("All has been said. Leave %s time to answer until %s.", first, m.due.day())
	case m.kind == tried && r.camp.Situation == Met:
		v.Kind = MoveOnVerdict
		v.Say = fmt.Sprintf("Both messages went out and %s has not answered. Move on, and come back to it as a relationship asleep.", first)
	case m.kind == tried:
		v.Kind = MoveOnVerdict
		v.Say = fmt.Sprintf("You did this well and %s has not answered. That is an answer too; move on with your head up.", first)
	case m.kind == unready:
		v.Say = fmt.Sprintf("There is nothing new to say to %s yet. One fact or nugget would begin the campaign.", first)
	case m.last && m.ranOut:
		v.Kind = LastTries
		v.Say = fmt.Sprintf("There is nothing new left to say, so the last tries begin: %s, attempt %d of %d. One new fact would keep it going.", spoken(m.say.angle), r.made()+1, r.shown(m))
	case m.last:
		v.Kind = LastTries
		v.Say = fmt.Sprintf("The last tries: %s, attempt %d of %d, due %s.", spoken(m.say.angle), r.made()+1, r.shown(m), m.due.day())
	case m.nothing:
		v.Say = "You have seen all that fits this attempt. Add a fact and there will be something new."
	default:
		v.Say = fmt.Sprintf("Attempt %d of %d comes next: %s with %s, due %s.", r.made()+1, r.shown(m), m.say.channel.thing(), spoken(m.say.angle), m.due.day())
	}
	return v
}

// shown is the length that a sentence names beside the next attempt's number.
func (r *run) shown(m move) int { return max(r.length(m), r.made()+1) }

// resting is the verdict on a prospect whose campaign does not run.
func (r *run) resting() (Verdict, bool) {
	p, first := r.p, r.p.First()
	switch {
	case p.NeverContact:
		return Verdict{Kind: StopVerdict, Say: fmt.Sprintf("%s asked not to be contacted. That is final.", first)}, true
	case p.State == Stopped:
		say := "Stopped."
		if p.StopReason != "" {
			say = fmt.Sprintf("Stopped: %s.", tidy(p.StopReason))
		}
		return Verdict{Kind: StopVerdict, Say: say}, true
	case p.State == Won:
		return Verdict{Kind: StopVerdict, Say: "Won. There is nothing left to chase here."}, true
	case p.State == MovedOn && p.ComeBack != 0:
		back := r.k.next(p.ComeBack)
		return Verdict{Kind: WaitVerdict, Until: back, Say: fmt.Sprintf("You moved on; %s comes back on %s.", first, back.day())}, true
	case p.State == MovedOn:
		return Verdict{Kind: MoveOnVerdict, Say: "You moved on, for good."}, true
	case p.State == Engaged:
		v := Verdict{Kind: WaitVerdict}
		if p.NextAsk != 0 {
			v.Until = r.k.next(p.NextAsk)
		}
		talking := r.camp.Answer == AnswerInterested
		switch {
		case v.Until > r.today && talking:
			v.Say = fmt.Sprintf("%s is interested and you are talking. The coach asks again on %s.", first, v.Until.day())
		case v.Until > r.today:
			v.Say = fmt.Sprintf("%s answered. The coach asks again on %s.", first, v.Until.day())
		case p.NextMeeting != 0 && p.NextMeeting < r.today:
			v.Say = fmt.Sprintf("The meeting of %s is over. Did it take place, was it cancelled, did %s not show up, or has it moved?", p.NextMeeting.day(), first)
		case talking:
			v.Say = fmt.Sprintf("%s was interested. What came of it: a meeting, still talking, not now, or no?", first)
		default:
			v.Say = fmt.Sprintf("%s answered. What came of it: a meeting, not now, no, or the wrong person?", first)
		}
		return v, true
	case p.State == Waiting:
		return Verdict{Kind: WaitVerdict, Say: fmt.Sprintf("%s waits for a day with room; next pulls it forward.", first)}, true
	case p.Gatekeeper.NoChance:
		return Verdict{Kind: StopVerdict, Say: fmt.Sprintf("%s made clear that there is no chance. Stop here and use the time elsewhere.", p.gate())}, true
	}
	return Verdict{}, false
}

// gate is what sentences call the gatekeeper.
func (p *Prospect) gate() string {
	if p.Gatekeeper.Name != "" {
		return oneLine(p.Gatekeeper.Name)
	}
	return "The gatekeeper"
}

// checks are the five ticks of V1.
func (r *run) checks(m move) []Check {
	need := r.length(m)
	out := []Check{{ID: "attempts", Have: r.made(), Need: need, OK: need > 0 && r.made() >= need}}
	out[0].Say = fmt.Sprintf("%d of %d attempts made", r.made(), need)
	if r.soon() || m.ranOut {
		out[0].Say += ", as there was nothing new left to say"
	}

	angles := r.angles()
	reworked := r.reworked(m)
	out = append(out, Check{ID: "reworked", OK: reworked, Have: angles, Need: leastAngles})
	switch say := &out[1].Say; {
	case r.made() == 0:
		*say = fmt.Sprintf("at least %d different reasons to answer tried", leastAngles)
	case r.lastAlike():
		*say = "the last two messages say nearly the same, so the next one needs a new reason to answer"
	case reworked && angles < leastAngles:
		*say = plural(angles, "different reason") + " to answer tried, all that there were"
	case reworked:
		*say = plural(angles, "different reason") + " to answer tried"
	default:
		*say = fmt.Sprintf("%s to answer tried, of at least %d", plural(angles, "different reason"), leastAngles)
	}

	asked := yes(r.hasUsed(EitherWay)) + yes(r.hasUsed(BackAway))
	say := "ask them for a short answer either way, then close politely"
	switch {
	case asked == 2:
		say = "asked for a short answer either way, and closed politely"
	case r.hasUsed(EitherWay):
		say = "asked for a short answer either way, but the polite last message is still to come"
	case r.hasUsed(BackAway):
		say = "closed politely, but they were not asked for a short answer either way"
	}
	return append(out, r.channelsCheck(), Check{ID: "asked", OK: asked == 2, Have: asked, Need: 2, Say: say}, r.silenceCheck())
}

// channelsCheck is V1.3: every way to reach them has led an attempt.
func (r *run) channelsCheck() Check {
	var used, open []string
	for _, f := range r.usable {
		if name := familyNames[f]; r.led(f) > 0 {
			used = append(used, name)
		} else {
			open = append(open, name)
		}
	}
	c := Check{ID: "channels", Have: len(used), Need: max(len(r.usable), 1)}
	c.OK = len(used) > 0 && len(open) == 0 || r.hasUsed(BackAway) || len(r.usable) == 1
	switch {
	case len(r.usable) == 0:
		c.Say = "no way to reach them is known"
	case len(r.usable) == 1:
		c.Say = familyNames[r.usable[0]] + " is the only way to them that is known, so it is enough; another one would help"
	case len(open) == 0:
		c.Say = "tried them by " + enumerate(used)
	case len(used) == 0:
		c.Say = "try them by " + enumerate(open)
	default:
		c.Say = "tried them by " + enumerate(used) + ", not yet by " + enumerate(open)
	}
	return c
}

var familyNames = map[Family]string{FamilyPhone: "phone", FamilyEmail: "email", FamilyLinkedIn: "LinkedIn", FamilyText: "text message"}

// silenceCheck is V1.5: one full gap since the last attempt.
func (r *run) silenceCheck() Check {
	c := Check{ID: "silence", Need: r.gap, Say: fmt.Sprintf("after the last attempt, %s without an answer", plural(r.gap, "day"))}
	base := r.base()
	if base == 0 {
		return c
	}
	until := r.due(move{kind: tried})
	c.Need, c.Have, c.OK = int(until-base), int(r.today-base), r.today >= until
	c.Say = fmt.Sprintf("%s without an answer since the last attempt", plural(c.Have, "day"))
	if !c.OK {
		c.Say = fmt.Sprintf("%d of %s without an answer since the last attempt", c.Have, plural(c.Need, "day"))
	}
	return c
}

// leastAngles is how many different angles make a reworked message (V1.2).
const leastAngles = 4

// angles counts the different angles of the campaign; a text without one
// counts as an angle of its own if it is unlike the others (section 1).
func (r *run) angles() int {
	n := len(r.used)
	for i, a := range r.attempts {
		if a.angle != "" || a.said < 0 {
			continue
		}
		own := true
		for j, b := range r.attempts {
			// Of two that are alike, the first counts if neither has an angle.
			if j != i && b.said >= 0 && (j < i || b.angle != "") && r.alike(a.said, b.said) {
				own = false
			}
		}
		n += yes(own)
	}
	return n
}

// reworked is V1.2: four different angles or all that were eligible, and the
// last two texts not alike. Nothing else was eligible when it ran out, nor is
// anything once the offer was taken back, as the last tries are not left (V2).
func (r *run) reworked(m move) bool {
	switch {
	case r.lastAlike():
		return false
	case m.ranOut || r.soon() || r.hasUsed(BackAway) || r.angles() >= leastAngles:
		return true
	case m.kind == tryNext && !m.last && !r.hasUsed(m.say.angle):
		return false // what comes next is another one
	}
	for d := range r.ranked() {
		if !r.hasUsed(d.angle) {
			return false
		}
	}
	return true
}

// lastAlike tells whether the texts of the last two attempts are alike.
func (r *run) lastAlike() bool {
	n := len(r.attempts)
	if n < 2 || r.attempts[n-1].said < 0 || r.attempts[n-2].said < 0 {
		return false
	}
	return r.alike(r.attempts[n-1].said, r.attempts[n-2].said)
}

// alike compares two earlier texts.
func (r *run) alike(i, j int) bool {
	r.printSaid()
	for _, a := range r.said[i].print {
		for _, b := range r.said[j].print {
			if r.c.alike(a, b) {
				return true
			}
		}
	}
	return false
}

// plural is a number with its noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// spoken is an angle as a sentence calls it.
func spoken(a Angle) string {
	if s, ok := angleWords[a]; ok {
		return s
	}
	return string(a)
}

var angleWords = map[Angle]string{
	Homework: "your homework", ValueNugget: "a value nugget", Story: "a story", TheirWords: "their own words",
	SharpQuestion: "a sharp question", UsefulPiece: "a useful piece", IntroduceThem: "an introduction",
	AskGatekeeper: "the gatekeeper", RightPerson: "the question for the right person", ShortAsk: "a short ask",
	Reconnect: "what has changed since you talked", ThanksNextStep: "thanks and the next step", SecondInsight: "a second insight",
	WhatChanged: "the question what changed", EitherWay: "a short answer either way", BackAway: "taking the offer back",
}

// thing is a touch on the channel as a sentence calls it.
func (c Channel) thing() string {
	switch c {
	case Call:
		return "a call"
	case Voicemail:
		return "a voicemail"
	case Email:
		return "an email"
	case LinkedIn:
		return "a LinkedIn message"
	case Text:
		return "a text"
	}
	return "a meeting"
}
