package view

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// PlanView is the dated plan of one prospect to its end (V7).
type PlanView struct {
	Prospect *coach.Prospect
	Advice   coach.Advice
	Today    coach.Date
}

// Plan draws the attempts still to come and the day of moving on.
func Plan(v PlanView) Message {
	p, a := v.Prospect, v.Advice
	head := "Plan for " + Who(p)
	if len(a.Plan) == 0 {
		say := orDefault(a.Verdict.Say, "There is nothing to plan.")
		m := Message{Text: clipText(Escape(head + ": " + say))}
		m.Blocks = append(m.Blocks, rich(fmt.Sprintf("card:%d:plan", p.ID), para(bold(head), word("\n"+say))))
		return planButtons(m, v)
	}
	var lines []string
	for _, s := range a.Plan {
		lines = append(lines, FullDay(s.On, v.Today)+": "+step(s.Channel, s.Angle))
	}
	end := ""
	if a.MovesOn != 0 {
		end = "If nothing comes back, you move on " + FullDay(a.MovesOn, v.Today) + "."
	}
	m := Message{Text: clipText(Escape(head+"\n"+strings.Join(lines, "\n")) + "\n" + end)}
	made := fmt.Sprintf("%s made, %d to come", count(a.Attempts, "attempt", "attempts"), len(a.Plan))
	list := slack.NewRichTextList(slack.RTEListOrdered, 0, planItems(a, v.Today, 20)...)
	list.Offset = a.Attempts
	m.Blocks = append(m.Blocks, rich(fmt.Sprintf("card:%d:plan", p.ID), para(bold(head), word("\n"+made)), list))
	if end != "" {
		m.Blocks = append(m.Blocks, section(end))
	}
	return planButtons(m, v)
}

func planButtons(m Message, v PlanView) Message {
	t := target(v.Prospect, InCard, "")
	var knobs []knob
	if v.Prospect.State == coach.Active {
		knobs = append(knobs, button("Next step", ActionNext, t).primary())
	}
	return withButtons(m, row("", append(knobs, button("Card", ActionShow, t))))
}

func planItems(a coach.Advice, today coach.Date, n int) []slack.RichTextElement {
	var items []slack.RichTextElement
	for _, s := range a.Plan[:min(n, len(a.Plan))] {
		items = append(items, para(word(FullDay(s.On, today)+": "+step(s.Channel, s.Angle))))
	}
	return items
}
