package view

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// maxCards is how many prospects one nudge shows (S1).
const maxCards = 10

// maxDone is how many lines of what was done from it a nudge keeps, newest
// last, and maxAsks how many questions beside its cards; maxBlocks is what Slack
// takes in a message.
const (
	maxDone   = 15
	maxAsks   = 5
	maxBlocks = 50
)

// NudgeView is what is due for one rep, in order of importance.
type NudgeView struct {
	Rep   *coach.Rep
	Today coach.Date
	Cards []NudgeCard // the ten that matter most
	More  More        // how many further ones there are
	Why   string      // S5: the rep's own why, or ""
	Slash string

	Place Place          // InNudge(Today) if empty
	Done  []DoneLine     // what was done from this message, so that it stays in sight
	Moved bool           // an older nudge, redrawn on a later day
	Asks  []NudgeAsk     // questions that stand in place of rows
	Next  coach.DayCount // when nothing is due any more: the next day on which something is
}

// More is how many there are beside those shown: Due now, and Owed an email that
// a voicemail announced, with a next attempt on a later day.
type More struct{ Due, Owed int }

func (m More) all() int { return m.Due + m.Owed }

// words lead to the due ones; the others stand in no list, and come up here.
func (m More) words(slash string) string {
	switch {
	case m.Owed == 0:
		return fmt.Sprintf("And %d more. %s shows them all.", m.Due, Command(slash, "list due"))
	case m.Due == 0:
		return fmt.Sprintf("And %s; they come up here as these are done.", count(m.Owed, "more announced email", "more announced emails"))
	}
	return fmt.Sprintf("And %d more, which %s shows, and %s; they come up here as these are done.", m.Due, Command(slash, "list due"), count(m.Owed, "announced email", "announced emails"))
}

// NudgeAsk is a question about one prospect of a nudge, until it is answered.
type NudgeAsk struct {
	ID     int64
	Row    int // where it stood before, if it is no longer among the cards
	Text   string
	Blocks []slack.Block
}

// Has tells whether the nudge shows a prospect already, as a card or a question.
func (v NudgeView) Has(id int64) bool {
	return slices.ContainsFunc(v.Cards, func(c NudgeCard) bool { return c.Prospect.ID == id }) ||
		slices.ContainsFunc(v.Asks, func(a NudgeAsk) bool { return a.ID == id })
}

// askAt are the questions about prospects without a card that stand at a row;
// those beyond the last row stand at the end.
func (v NudgeView) askAt(row int, cards []NudgeCard) []slack.Block {
	var blocks []slack.Block
	for _, a := range v.Asks {
		if min(a.Row, len(cards)) == row && !slices.ContainsFunc(cards, func(c NudgeCard) bool { return c.Prospect.ID == a.ID }) {
			blocks = append(append(blocks, divider()), a.Blocks...)
		}
	}
	return blocks
}

// NudgeCard is one prospect that is due, with the coach's Brief.
type NudgeCard struct {
	Prospect *coach.Prospect
	Advice   coach.Advice
	Owes     bool        // the email that an earlier day's voicemail announced comes first (S2)
	Pair     *coach.Pair // that email; nil if the voicemail was in the rep's own words
}

// step is what there is to do, in a few words.
func (c NudgeCard) step(today coach.Date) string {
	if c.Owes {
		return "the email your voicemail announced"
	}
	return cardStep(c.Prospect, c.Advice, today)
}

// DoneLine is one thing done from the message.
type DoneLine struct {
	Words string
	Undo  int64
}

// Nudge draws the morning's one message (S1), and what is due now.
func Nudge(v NudgeView) Message {
	if v.Place == "" {
		v.Place = InNudge(v.Today)
	}
	cards := v.Cards[:min(len(v.Cards), maxCards)]
	more := v.More
	more.Due += len(v.Cards) - len(cards)
	v.Asks = v.fewAsks(cards)
	title := v.title(len(cards), more.all())
	var body []slack.Block
	for i, c := range cards {
		blocks := nudgeCard(c, v)
		if i := slices.IndexFunc(v.Asks, func(a NudgeAsk) bool { return a.ID == c.Prospect.ID }); i >= 0 {
			blocks = v.Asks[i].Blocks
		}
		body = append(append(append(body, v.askAt(i, cards)...), divider()), blocks...)
	}
	body = append(body, v.askAt(len(cards), cards)...)
	if more.all() > 0 {
		body = append(body, small(more.words(v.Slash)))
	}
	if len(cards) == 0 && v.Next.Attempts > 0 {
		body = append(body, small(fmt.Sprintf("Next: %s, %d due.", FullDay(v.Next.Day, v.Today), v.Next.Attempts)))
	}
	if v.Why != "" {
		body = append(body, smallPlain("Your why: "+v.Why))
	}
	older := max(0, len(v.Done)-max(1, min(maxDone, maxBlocks-2-len(body)))) // what does not fit is counted
	m := Message{Text: nudgeText(v, title, cards, more.all()), Blocks: []slack.Block{header(title)}}
	if older > 0 {
		m.Blocks = append(m.Blocks, small("And "+count(older, "more change", "more changes")+" from here."))
	}
	for _, d := range v.Done[older:] {
		m.Blocks = append(m.Blocks, doneBlocks(d.Words, d.Undo, v.Place)...)
	}
	m.Blocks = append(m.Blocks, body...)
	return m
}

// fewAsks are those in the place of a card, and of the others as many as fit.
func (v NudgeView) fewAsks(cards []NudgeCard) []NudgeAsk {
	var asks []NudgeAsk
	beside := 0
	for _, a := range v.Asks {
		if !slices.ContainsFunc(cards, func(c NudgeCard) bool { return c.Prospect.ID == a.ID }) {
			if beside++; beside > maxAsks {
				continue
			}
		}
		asks = append(asks, a)
	}
	return asks
}

// title says how much there is to do, or that all is done.
func (v NudgeView) title(cards, more int) string {
	title := nudgeTitle(cards+more, v.Place)
	switch {
	case cards == 0 && len(v.Asks) > 0:
		title = count(len(v.Asks), "thing", "things") + " left"
	case cards == 0 && len(v.Done) > 0:
		title = "All done for today"
	}
	if v.Moved {
		title = "Moved to today. " + title
	}
	return title
}

func nudgeTitle(n int, place Place) string {
	when := " due now"
	if place.NudgeDay() != 0 {
		when = " due today"
	}
	if n == 0 {
		return "Nothing" + when
	}
	return strconv.Itoa(n) + when
}

func nudgeText(v NudgeView, title string, cards []NudgeCard, more int) string {
	var b strings.Builder
	b.WriteString(title)
	for i, c := range cards {
		sep := "; "
		if i == 0 {
			sep = ": "
		}
		b.WriteString(sep + Escape(Who(c.Prospect)+" ("+c.step(v.Today)+")"))
	}
	if more > 0 {
		fmt.Fprintf(&b, "; and %d more", more)
	}
	b.WriteString(".")
	for _, d := range v.Done[max(0, len(v.Done)-maxDone):] {
		b.WriteString("\n" + Escape(d.Words))
	}
	for _, a := range v.Asks {
		b.WriteString("\n" + a.Text)
	}
	return clipText(b.String())
}

// cardStep is what there is to do, in a few words.
func cardStep(p *coach.Prospect, a coach.Advice, today coach.Date) string {
	switch {
	case a.Suggestion != nil:
		return ChannelName(a.Suggestion.Channel)
	case a.Verdict.Kind == coach.MoveOnVerdict:
		return "time to move on"
	case asksHowItWent(p, a, today):
		return "how was the meeting?"
	case p.State == coach.Engaged:
		return "what came of the answer?"
	case unreachable(a):
		return "needs a contact"
	case len(p.Declined) > 0:
		return "all angles declined"
	}
	return "needs a new fact"
}

// nudgeCard is name, step, why and buttons, with what was tried last.
func nudgeCard(c NudgeCard, v NudgeView) []slack.Block {
	if c.Owes {
		return owedCard(c, v)
	}
	p, a := c.Prospect, c.Advice
	parts := []span{bold(Who(p)), word("  " + Num(p.ID))}
	if a.Suggestion != nil {
		parts = append(parts, word(lastTriesMark(a)))
	}
	if a.OverdueDays > 0 {
		parts = append(parts, word(" · "+dueWords(a, v.Today)))
	}
	why := a.Verdict.Say
	if a.Suggestion != nil {
		parts = append(parts, word("\n"+upper(step(a.Suggestion.Channel, a.Suggestion.Angle))))
		if l := phoneLink(p); l.url != "" && a.Suggestion.Channel.Family() == coach.FamilyPhone {
			parts = append(parts, word("  "), l)
		}
		why = a.Suggestion.Why
	}
	parts = append(parts, word("\n"+clip(why, 400)))
	if last := lastTried(p, v.Today); last != "" {
		parts = append(parts, italic("\n"+last))
	}
	blocks := []slack.Block{rich(fmt.Sprintf("due:%d", p.ID), para(parts...))}
	return append(blocks, suggestionButtons(p, a, v.Today, v.Place, false)...)
}

// lastTried is "Last: 24 February, email, homework".
func lastTried(p *coach.Prospect, today coach.Date) string {
	if len(p.Touches) == 0 {
		return ""
	}
	said, _ := triedWords(p.Touches, today)
	return "Last: " + said
}

// triedWords are the words for the last of some touches. A voicemail and the
// email that it announced are one attempt, and are named as one: pair.
func triedWords(touches []coach.Touch, today coach.Date) (said string, pair bool) {
	n := len(touches)
	last := touches[n-1]
	if n > 1 && last.Channel == coach.Email {
		if before := touches[n-2]; before.Channel == coach.Voicemail && before.On == last.On && before.Angle == last.Angle {
			return strings.Replace(touchWords(before, today), ChannelName(coach.Voicemail), "voicemail and its email", 1), true
		}
	}
	return touchWords(last, today), false
}

func touchWords(t coach.Touch, today coach.Date) string {
	s := Day(t.On, today) + ", " + ChannelName(t.Channel)
	if t.Angle != "" {
		s += ", " + AngleName(t.Angle)
	}
	if t.Outcome != "" && t.Outcome != coach.OutcomeSent && t.Outcome != coach.OutcomeLeft {
		s += ", " + OutcomeName(t.Outcome)
	}
	return s
}

// NothingDue is the answer when the list is empty: what comes next.
func NothingDue(next *coach.Prospect, today coach.Date, slash string) Message {
	if next != nil {
		return Done(fmt.Sprintf("Nothing is due now. Next: %s, %s.", Who(next), Day(next.Due, today)), 0,
			Next{"Show it now", fmt.Sprintf("next %d", next.ID)}, Next{"Add a prospect", "add"})
	}
	return tell(word("Nothing is due now. "), code(slash+" list all"), word(" shows all of yours.")).then(Next{"Add a prospect", "add"})
}
