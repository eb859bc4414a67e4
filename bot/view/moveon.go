package view

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// EarlyView is the answer to a rep who moves on before it is earned (V6).
type EarlyView struct {
	Prospect *coach.Prospect
	Advice   coach.Advice
	Today    coach.Date
	Evidence string // V8b, our words; "" under ten replies
	Place    Place
	Decision MoveOnDay // as far as the rep gave it
	Decided  bool      // whether they come back was said, too
}

// MoveOnDay is what a rep decides when moving on, and what the button carries
// that does it: when they come back, 0 for never, and why it ends.
type MoveOnDay struct {
	Again  coach.Date
	Reason string
}

// String is it as a target's Rest.
func (d MoveOnDay) String() string { return strings.TrimSpace(d.Again.String() + " " + d.Reason) }

// ParseMoveOnDay reads that; an error for anything without a day.
func ParseMoveOnDay(rest string) (MoveOnDay, error) {
	day, reason, _ := strings.Cut(rest, " ")
	again, err := coach.ParseDate(day)
	return MoveOnDay{again, reason}, err
}

// EarlyMoveOn says once what has not been tried, with the next suggestion and
// "Move on all the same".
func EarlyMoveOn(v EarlyView) Message {
	p, a := v.Prospect, v.Advice
	open := openChecks(a.Verdict)
	head := fmt.Sprintf("%s: not everything has been tried yet.", Who(p))
	m := Message{Text: Escape(head)}
	items := make([]slack.RichTextElement, 0, len(open))
	for _, c := range open {
		m.Text += "\n• " + Escape(upper(c.Say))
		items = append(items, para(word(upper(c.Say))))
	}
	parts := []slack.RichTextElement{para(bold(head))}
	if len(items) > 0 {
		parts = append(parts, bullets(items...))
	}
	if s := a.Suggestion; s != nil {
		next := fmt.Sprintf("Next would be: %s, %s.", step(s.Channel, s.Angle), Day(max(a.Due, v.Today), v.Today))
		m.Text += "\n" + next
		parts = append(parts, para(word(next)))
	}
	m.Text = clipText(joinLines(m.Text, Escape(v.Evidence)))
	m.Blocks = []slack.Block{rich(fmt.Sprintf("card:%d:early", p.ID), parts...)}
	if v.Evidence != "" {
		m.Blocks = append(m.Blocks, smallPlain(v.Evidence))
	}
	var knobs []knob
	if a.Suggestion != nil {
		knobs = append(knobs, button("Show the next step", ActionNext, target(p, v.Place, "")).primary())
	}
	if a.Verdict.Kind != coach.LastTries && p.Situation() != coach.Met {
		knobs = append(knobs, button("The last tries now", ActionMoveOn+":finish", target(p, v.Place, ""))) // A3
	}
	knobs = append(knobs, allTheSame(v), keepKnob(p, v.Place))
	m.Blocks = append(m.Blocks, row("", knobs))
	return m
}

// allTheSame moves on in spite of it, as the rep has decided; where nothing is
// decided yet it asks.
func allTheSame(v EarlyView) knob {
	what, rest := ":now", v.Decision.Reason
	switch {
	case v.Decided && v.Decision.Again != 0:
		what, rest = ":on", v.Decision.String()
	case v.Decided:
		what = ":never"
	}
	return button("Move on all the same", ActionMoveOn+what, target(v.Prospect, v.Place, rest))
}

// keepKnob is the way back: nothing changes, and the message is as it was.
func keepKnob(p *coach.Prospect, place Place) knob {
	return button("Keep going", ActionMoveOn+":keep", target(p, place, ""))
}

func openChecks(v coach.Verdict) []coach.Check {
	var open []coach.Check
	for _, c := range v.Checks {
		if !c.OK {
			open = append(open, c)
		}
	}
	return open
}

func joinLines(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n" + b
}

// MoveOnChoice asks the one question of moving on: come back, or never (V8).
// days is how many until they would come back.
func MoveOnChoice(p *coach.Prospect, back coach.Date, today coach.Date, days int, evidence, reason string, place Place) Message {
	ask := fmt.Sprintf("Moving on from %s Come back to them later?", WhoEnds(p))
	m := Message{Text: clipText(Escape(joinLines(ask, evidence)))}
	question := words(ask)
	question.BlockID = fmt.Sprintf("card:%d:moveon", p.ID)
	m.Blocks = append(m.Blocks, question)
	if evidence != "" {
		m.Blocks = append(m.Blocks, smallPlain(evidence))
	}
	t := target(p, place, reason)
	m.Blocks = append(m.Blocks, row("",
		[]knob{
			button(fmt.Sprintf("Come back in %s (%s)", count(days, "day", "days"), FullDay(back, today)), ActionMoveOn+":again", t).primary(),
			button("Never", ActionMoveOn+":never", t), keepKnob(p, place),
		}))
	return m
}

// FinishingWords says that the last tries begin.
func FinishingWords(p *coach.Prospect) string {
	return fmt.Sprintf("The last tries with %s begin: an easy question, then a goodbye that leaves the door open.", Who(p))
}

// MovedOnWords says what was decided, with the day they come back.
func MovedOnWords(p *coach.Prospect, today coach.Date) string {
	if p.ComeBack == 0 {
		return fmt.Sprintf("Moved on from %s, for good.", Who(p))
	}
	return fmt.Sprintf("Moved on from %s They come back %s.", WhoEnds(p), FullDay(p.ComeBack, today))
}
