package view

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// PairView is the email that a voicemail announced (H2).
type PairView struct {
	Prospect *coach.Prospect
	Pair     coach.Pair
	Say      string // what stands above the email; "" for the ordinary words
	Place    Place  // the message it stands in; its own if empty
	Done     string
	Undo     int64
}

// PairOffer shows the companion email, ready to send and to log.
func PairOffer(v PairView) Message {
	p := v.Prospect
	ask := v.Say
	if ask == "" {
		ask = fmt.Sprintf("The voicemail to %s says an email is coming. Here it is.", p.First())
	}
	text := coach.Touch{Subject: v.Pair.Subject, Text: v.Pair.Draft}.Whole()
	m := Message{Text: clipText(Escape(joinLines(v.Done, ask) + "\n\n" + text))}
	m.Blocks = append(m.Blocks, doneBlocks(v.Done, v.Undo)...)
	parts := []span{word(ask)}
	if l := mailLink(p, v.Pair.Subject, v.Pair.Draft); l.url != "" {
		parts = append(parts, word("\n"), l)
	}
	m.Blocks = append(m.Blocks, rich(fmt.Sprintf("card:%d:pair", p.ID), para(parts...), quote(clip(text, maxRich))))
	place := v.Place
	if place == "" {
		place = InSuggestion
	}
	t := target(p, place, pairLogged(p))
	return withButtons(m, row(fmt.Sprintf("pair:%d", p.ID), []knob{button("Log it", ActionLog+":sent", t).primary(), button("Draft", ActionDraft+":pair", t)}))
}

// PairOwed asks for the email after a voicemail in the rep's own words, of
// which the coach knows no draft (H2).
func PairOwed(p *coach.Prospect) Message {
	ask := fmt.Sprintf("A voicemail works best with an email of the same day that says the same. Log it here when it is with %s.", p.First())
	m := Message{Text: Escape(ask)}
	parts := []span{word(ask)}
	if l := mailLink(p, "", ""); l.url != "" {
		parts = append(parts, word(" "), l)
	}
	m.Blocks = append(m.Blocks, rich(fmt.Sprintf("card:%d:pair", p.ID), para(parts...)))
	return withButtons(m, row(fmt.Sprintf("pair:%d", p.ID), []knob{button("Log it", ActionLog+":sent", target(p, InSuggestion, pairLogged(p))).primary()}))
}

// pairLogged is what the email's log button records: the angle and the draft
// of the voicemail it belongs to.
func pairLogged(p *coach.Prospect) string {
	v := p.LastVoicemail()
	return logged(&coach.Suggestion{Channel: coach.Email, Angle: v.Angle, Variant: v.Variant})
}

// owedCard is the row of a nudge for an email that was announced and not sent
// (S2): the mail a click away, and what else there is in the menu.
func owedCard(c NudgeCard, v NudgeView) []slack.Block {
	p := c.Prospect
	voicemail := p.LastVoicemail().On
	parts := []span{bold(Who(p)), word("  " + Num(p.ID)), word("\n" + upper(c.step(v.Today)))}
	t := target(p, v.Place, pairLogged(p))
	knobs := []knob{button("Log it", ActionLog+":sent", t).primary()}
	if c.Pair != nil {
		if l := mailLink(p, c.Pair.Subject, c.Pair.Draft); l.url != "" {
			parts = append(parts, word("  "), l)
		}
		knobs = append(knobs, button("Draft", ActionDraft+":pair", t))
	}
	parts = append(parts, word(fmt.Sprintf("\nYour voicemail of %s says that an email follows, and none is logged yet.", Day(voicemail, v.Today))))
	plain := target(p, v.Place, "")
	if c.Advice.Suggestion != nil && p.Due <= v.Today { // the next attempt is due as well
		knobs = append(knobs, button("Open", ActionNext, plain))
	}
	menu := []option{{ActionSnooze + " " + plain, "Snooze"}, {ActionReplied + " " + plain, "They replied"}, {ActionMoveOn + " " + plain, "Move on"}}
	return []slack.Block{rich(fmt.Sprintf("due:%d", p.ID), para(parts...)), row(fmt.Sprintf("do:%d:%s", p.ID, v.Place), knobs, menu...)}
}

// LoggedWords is "Logged: email to Jane Doe, Acme. Next attempt Tue 17 March."
func LoggedWords(p *coach.Prospect, t coach.Touch, a coach.Advice, today coach.Date) string {
	if t.Outcome == coach.OutcomeBounced {
		return fmt.Sprintf("Bounced: that way does not reach %s any more. A better address would help.", Who(p))
	}
	s := Sentence(LoggedLabel(p, t, today))
	switch {
	case p.State == coach.Engaged:
		s += " " + conversationWords(p, today)
	case a.Verdict.Kind == coach.WaitVerdict && a.Verdict.Until != 0:
		s += " Now wait until " + FullDay(a.Verdict.Until, today) + "."
	case p.State == coach.Active && a.Due > today:
		s += " Next attempt " + FullDay(a.Due, today) + "."
	}
	return s
}

// LoggedLabel is what was logged in the words that its receipt keeps: "logged:
// voicemail to Jane Doe, Acme".
func LoggedLabel(p *coach.Prospect, t coach.Touch, today coach.Date) string {
	what, to := ChannelName(t.Channel), "to"
	if t.Channel == coach.InPerson {
		to = "with"
	}
	switch t.Outcome {
	case coach.OutcomeLeft:
		what = "voicemail"
	case coach.OutcomeNoAnswer:
		what = "call without an answer"
	case coach.OutcomeGatekeeper:
		what, to = "call with", "the assistant of"
		if name := p.Gatekeeper.Name; name != "" {
			to = name + ", " + to
		}
	case coach.OutcomeSpoke:
		what, to = "talk", "with"
	case coach.OutcomeBounced:
		what = "bounced " + what
	}
	s := fmt.Sprintf("logged: %s %s %s", what, to, Who(p))
	if t.On != 0 && t.On != today {
		s += ", " + FullDay(t.On, today)
	}
	return s
}

// conversationWords say what is logged after an answer: the campaign is over,
// and this belongs to what came of it.
func conversationWords(p *coach.Prospect, today coach.Date) string {
	s := p.First() + " answered, so the campaign is over and this is part of your conversation."
	if n := len(p.Campaigns); n > 0 && p.Campaigns[n-1].Ended != 0 {
		s = p.First() + " answered " + FullDay(p.Campaigns[n-1].Ended, today) + ", so the campaign is over and this is part of your conversation."
	}
	if p.NextAsk > today {
		s += " I ask what came of it " + FullDay(p.NextAsk, today) + "."
	}
	return s
}

// LoggedInTalk says so, and asks whether it is as it looks: what came of the
// answer is not known yet, or they may have gone silent again.
func LoggedInTalk(p *coach.Prospect, done string, undo int64) Message {
	return Done(done+" Are the two of you talking?", undo, Next{"Yes, we are talking", fmt.Sprintf("replied %d interested", p.ID)},
		Next{"Something came of it", fmt.Sprintf("replied %d", p.ID)}, Next{"No, they are silent: begin anew", fmt.Sprintf("reopen %d", p.ID)})
}

// CheckLine is one line on a logged text, from the draft check: the worst in
// full, the rest by name; "" when there is nothing to better.
func CheckLine(t coach.Touch, r coach.DraftReport) string {
	points := r.Points(t.Whole())
	if len(points) == 0 {
		return ""
	}
	return strings.TrimSpace("About that text: " + pointWords(points[0]) + " " + restWords(points, 1))
}

// RevisitedLine shows one of the rep's own texts again, with the first thing
// the draft check finds in it (D2).
func RevisitedLine(t coach.Touch, r coach.DraftReport, today coach.Date) string {
	s := "You wrote, " + touchWords(t, today) + ": “" + clip(strings.Join(strings.Fields(t.Text), " "), 400) + "”"
	if points := r.Points(t.Whole()); len(points) > 0 {
		s += " " + pointWords(points[0])
	}
	return s
}
