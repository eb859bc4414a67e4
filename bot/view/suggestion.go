package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// Actions of a suggestion.
const (
	// ActionLog records the suggested touch; what stands after the ":" is the
	// outcome, the target's Rest a [Logged].
	ActionLog = "log"
	// ActionAngle declines the angle and shows another (A2); ":again" shows
	// those already declined once more.
	ActionAngle = "angle"
	// ActionDraft posts the draft alone, to be copied; ":pair" posts the email
	// that a voicemail announced.
	ActionDraft = "draft"
	// ActionSnooze, ActionReplied and ActionMoveOn begin those conversations.
	ActionSnooze  = "snooze"
	ActionReplied = "replied"
	ActionMoveOn  = "moveon"
	// ActionMet asks how the meeting went (C6); after the ":" stands the answer.
	ActionMet = "met"
)

// SuggestionView is what the coach proposes for one prospect now.
type SuggestionView struct {
	Prospect *coach.Prospect
	Advice   coach.Advice
	Today    coach.Date
	Slash    string
	Done     string   // what was just done; "" for nothing
	UndoID   int64    // of that change; 0 for none
	Notes    []string // further lines of the coach, such as that all angles were shown
	Back     []string // the rep's own last texts, where they are to be looked at again (D2)
}

// Suggestion draws it: the step and its why, the draft to copy, the buttons.
func Suggestion(v SuggestionView) Message {
	p, a := v.Prospect, v.Advice
	m := Message{Text: suggestionText(v)}
	m.Blocks = append(m.Blocks, doneBlocks(v.Done, v.UndoID)...)
	m.Blocks = append(m.Blocks, rich(fmt.Sprintf("card:%d", p.ID), headline(p, a, v.Today)))
	s := a.Suggestion
	if s == nil {
		m.Blocks = append(m.Blocks, rich("", verdictParts(a)...))
	} else {
		m.Blocks = append(m.Blocks, rich("", suggestionParts(p, s, v.Today)...))
	}
	for _, n := range coachLines(a) {
		m.Blocks = append(m.Blocks, smallPlain(n))
	}
	if asks := coachAsks(a); len(asks) > 0 {
		m.Blocks = append(m.Blocks, askBlock(p, a, asks))
	}
	for _, n := range v.Notes {
		m.Blocks = append(m.Blocks, smallPlain(sentence(n)))
	}
	m.Blocks = append(m.Blocks, suggestionButtons(p, a, v.Today, InSuggestion, true)...)
	m.Blocks = append(m.Blocks, lookBack(v)...)
	return m
}

func suggestionText(v SuggestionView) string {
	p, s := v.Prospect, v.Advice.Suggestion
	done := ""
	if v.Done != "" {
		done = v.Done + "\n"
	}
	if s == nil {
		return clipText(Escape(done + Who(p) + ": " + v.Advice.Verdict.Say))
	}
	text := Who(p) + ": " + step(s.Channel, s.Angle) + ". " + s.Why
	for _, d := range Drafts(s) {
		text += "\n\n" + d.Label + ":\n" + clip(d.Whole(), 900)
	}
	return clipText(Escape(done + text))
}

// headline is "Jane Doe, Acme  #12 · last tries · due today".
func headline(p *coach.Prospect, a coach.Advice, today coach.Date) slack.RichTextElement {
	parts := []span{bold(Who(p)), word("  " + Num(p.ID))}
	if a.Suggestion != nil {
		parts = append(parts, word(lastTriesMark(a)+" · "+dueWords(a, today)))
	}
	return para(parts...)
}

// lastTriesMark tells beside the name that the last tries have begun (V2).
func lastTriesMark(a coach.Advice) string {
	if a.Verdict.Kind == coach.LastTries {
		return " · last tries"
	}
	return ""
}

func dueWords(a coach.Advice, today coach.Date) string {
	switch {
	case a.OverdueDays > 0:
		return count(a.OverdueDays, "day", "days") + " late"
	case a.Due == 0:
		return "not due"
	}
	return "due " + Day(a.Due, today)
}

func suggestionParts(p *coach.Prospect, s *coach.Suggestion, today coach.Date) []slack.RichTextElement {
	head := append([]span{bold(upper(step(s.Channel, s.Angle))), word("\n" + s.Why)}, reach(p, s)...)
	if last := lastTried(p, today); last != "" {
		head = append(head, italic("\n"+last))
	}
	parts := []slack.RichTextElement{para(head...)}
	for _, d := range Drafts(s) {
		parts = append(parts, para(word(d.Label)), quote(clip(d.Whole(), maxRich)))
	}
	return parts
}

// reach is our own link to the prospect's phone, address or profile.
func reach(p *coach.Prospect, s *coach.Suggestion) []span {
	var out []span
	add := func(l span) {
		if l.url != "" {
			out = append(out, word("\n"), l)
		}
	}
	switch s.Channel.Family() {
	case coach.FamilyPhone, coach.FamilyText:
		add(phoneLink(p))
		if s.Pair != nil {
			add(mailLink(p, s.Pair.Subject, s.Pair.Draft))
		}
	case coach.FamilyEmail:
		add(mailLink(p, s.Subject, s.Draft))
	case coach.FamilyLinkedIn:
		add(profileLink(p))
	}
	return out
}

// coachLines are what else the coach has to say about the prospect now.
func coachLines(a coach.Advice) []string {
	var out []string
	if a.Suggestion != nil && a.Verdict.Kind == coach.LastTries && len(a.Missing) > 0 { // A8: they need not be the last
		out = append(out, a.Verdict.Say)
	}
	if a.Silence.TooThin && a.Silence.Say != "" {
		out = append(out, a.Silence.Say)
	}
	return out
}

// lookBack asks for a look at the rep's own last texts (D2), and shows them. It
// stands beneath the buttons, because it is longer than the step itself.
func lookBack(v SuggestionView) []slack.Block {
	a := v.Advice
	if a.Suggestion == nil || !looksBack(a) {
		return nil
	}
	blocks := []slack.Block{small(fmt.Sprintf("*%d attempts without an answer: look at your last texts before the next one.* %s", a.Attempts, strings.Join(a.Questions[:3], " ")))}
	for _, s := range v.Back {
		blocks = append(blocks, smallPlain(s))
	}
	return blocks
}

// looksBack tells whether D2's three questions stand among the coach's.
func looksBack(a coach.Advice) bool { return a.Attempts >= 3 && len(a.Questions) >= 3 }

// coachAsks are the coach's questions to the rep (A7), and the facts that
// would open something where nothing can be suggested (A8).
func coachAsks(a coach.Advice) []string {
	asks := a.Questions
	if looksBack(a) { // those three stand together, beside a draft
		asks = asks[3:]
	}
	asks = slices.Clone(asks)
	if a.Suggestion == nil {
		for _, m := range a.Missing[:min(len(a.Missing), 3)] {
			asks = slices.DeleteFunc(asks, func(s string) bool { return strings.EqualFold(strings.TrimSuffix(s, "."), m.Say) })
			asks = append(asks, openedWords(m))
		}
	}
	return asks
}

// openedWords names the angle that a fact would open by its name.
func openedWords(m coach.Missing) string {
	if m.Angle == "" {
		return sentence(m.Say)
	}
	return upper(strings.TrimSuffix(strings.Replace(m.Say, "would open it", "would open “"+AngleName(m.Angle)+"”", 1), ".")) + "."
}

// askBlock puts the questions beside the button that answers them.
func askBlock(p *coach.Prospect, a coach.Advice, asks []string) slack.Block {
	b := words(strings.Join(asks, "\n"))
	if asksForFact(p, a) {
		b.Accessory = slack.NewAccessory(noteKnob(p, InSuggestion).draw())
	}
	return b
}

func noteKnob(p *coach.Prospect, place Place) knob {
	return button("Note a fact", ActionNote, target(p, place, ""))
}

// suggestionButtons are the ways to go on. In a nudge, where ten prospects
// share a message, the rarer ones stand in a menu.
func suggestionButtons(p *coach.Prospect, a coach.Advice, today coach.Date, place Place, full bool) []slack.Block {
	id := fmt.Sprintf("do:%d:%s", p.ID, place)
	t := target(p, place, "")
	knobs := firstKnobs(p, a, today, place)
	if a.Suggestion != nil {
		if full {
			knobs = append(knobs, button("Another angle", ActionAngle, t))
		} else {
			knobs = append(knobs, button("Open", ActionNext, t))
		}
		knobs = append(knobs, button("Draft", ActionDraft, t))
	}
	if p.State != coach.Active {
		if len(knobs) == 0 {
			return nil
		}
		return []slack.Block{row(id, knobs)}
	}
	rest := []knob{button("Snooze", ActionSnooze, t), button("They replied", ActionReplied, t), noteKnob(p, place), button("Move on", ActionMoveOn, t)}
	if a.Verdict.Kind == coach.MoveOnVerdict { // that button leads, and a fact changes nothing any more
		rest = rest[:2]
	}
	if full {
		if asksForFact(p, a) { // it stands beside the question
			rest = slices.Delete(rest, 2, 3)
		}
		if first := firstKnobs(p, a, today, place); len(first) > 2 { // what happened, and then what else there is
			return []slack.Block{row(id, first), row(id+":more", append(knobs[len(first):], rest...))}
		}
		return []slack.Block{row(id, append(knobs, rest...))}
	}
	if slices.ContainsFunc(knobs, func(k knob) bool { return k.action == ActionNote }) {
		rest = slices.Delete(rest, 2, 3)
	}
	var menu []option
	if a.Suggestion != nil {
		menu = append(menu, option{ActionAngle + " " + t, "Another angle"})
	}
	for _, k := range rest {
		menu = append(menu, option{k.action + " " + k.value, k.label})
	}
	return []slack.Block{row(id, knobs, menu...)}
}

func firstKnobs(p *coach.Prospect, a coach.Advice, today coach.Date, place Place) []knob {
	s := a.Suggestion
	switch {
	case s == nil && a.Verdict.Kind == coach.MoveOnVerdict:
		return []knob{button("Move on now", ActionMoveOn+":now", target(p, place, "")).primary()}
	case s == nil && asksHowItWent(p, a, today):
		return metKnobs(p, place)
	case s == nil && p.State == coach.Active && len(p.Declined) > 0:
		return []knob{button("Show them again", ActionAngle+":again", target(p, place, "")).primary()}
	case s == nil && p.State == coach.Engaged:
		return answerKnobs(p, place)
	case s == nil && p.State == coach.Active && unreachable(a):
		return []knob{button("Add a contact", ActionEdit, target(p, place, "")).primary()}
	case s == nil && asksForFact(p, a) && place != InSuggestion:
		return []knob{noteKnob(p, place).primary()}
	case s == nil:
		return nil
	}
	t := target(p, place, logged(s))
	if s.Channel == coach.Voicemail {
		return []knob{button("Left voicemail", ActionLog+":left", t).primary()}
	}
	if s.Channel == coach.Call {
		gatekeeper := button("Gatekeeper", ActionLog+":gatekeeper", t)
		if s.Angle == coach.AskGatekeeper { // whom the call is for
			gatekeeper = gatekeeper.primary()
		}
		return []knob{
			button("No answer", ActionLog+":no-answer", t), button("Left voicemail", ActionLog+":left", t),
			button("Spoke", ActionLog+":spoke", t), gatekeeper,
		}
	}
	return []knob{button("Log it", ActionLog+":sent", t).primary()}
}

// asksHowItWent tells whether it is time to ask about the meeting that was to
// take place (C6, C12).
func asksHowItWent(p *coach.Prospect, a coach.Advice, today coach.Date) bool {
	if p.State == coach.Engaged {
		return p.NextMeeting != 0 && p.NextMeeting < today
	}
	return p.State == coach.Active && p.MetOn != 0 && a.Suggestion == nil && a.Verdict.Kind == coach.KeepGoing
}

// metKnobs ask how the meeting went (C6).
func metKnobs(p *coach.Prospect, place Place) []knob {
	t := target(p, place, "")
	return []knob{
		button("It took place", ActionMet+":took-place", t).primary(), button("Cancelled", ActionMet+":cancelled", t),
		button("No-show", ActionMet+":no-show", t), button("Moved", ActionMet+":moved", t),
	}
}
