package view

import (
	"fmt"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// ActionAnswer says what came of a reply; after the ":" stands the answer.
const ActionAnswer = "answer"

// answerKnobs are the choices of V9.
func answerKnobs(p *coach.Prospect, place Place) []knob {
	t := target(p, place, "")
	return []knob{
		button("Meeting", ActionAnswer+":meeting", t).primary(), button("Interested", ActionAnswer+":interested", t), button("Not now, later", ActionAnswer+":later", t),
		button("They said no", ActionAnswer+":no", t), button("Wrong person", ActionAnswer+":wrong-person", t),
		button("Won", ActionAnswer+":won", t),
		button("Asked not to be contacted", ActionAnswer+":dnc", t).danger().asking("No contact, for good",
			"Nobody here will be nudged or get a draft for this person again.", "Yes, stop for good"),
	}
}

// RepliedView asks what came of a reply (V9).
type RepliedView struct {
	Prospect *coach.Prospect
	Done     string // what was recorded; "" if nothing new
	Undo     int64
	Place    Place
}

// Replied draws the question and its answers.
func Replied(v RepliedView) Message {
	ask := fmt.Sprintf("What came of %s’s answer?", clip(v.Prospect.Name, 80))
	m := Message{Text: clipText(Escape(joinWords(v.Done, ask)))}
	m.Blocks = append(m.Blocks, doneBlocks(v.Done, v.Undo)...)
	question := words(ask)
	question.BlockID = fmt.Sprintf("card:%d:replied", v.Prospect.ID)
	m.Blocks = append(m.Blocks, question)
	m.Blocks = append(m.Blocks, row("", answerKnobs(v.Prospect, v.Place)))
	return m
}

func joinWords(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}

// CallbackAnswer is the form behind "Meeting" and "Not now, later".
const CallbackAnswer = "answer"

var answerForm = form{callback: CallbackAnswer, submit: "Save", fields: []field{
	{id: "day", label: "Which day?", hint: "As you would write it: tomorrow, next tue, 2 weeks, 1 Dec.", placeholder: "next tue", max: 60},
	{id: "words", label: "What they said", optional: true, multiline: true, max: 1000},
}}

// AnswerForm asks for the day of a meeting, or the day to come back to them.
// The meta is the target with the answer as its Rest.
func AnswerForm(p *coach.Prospect, a coach.Answer, place Place) *slack.ModalViewRequest {
	f := answerForm
	f.title = "Not now, later"
	if a == coach.AnswerMeeting {
		f.title = "A meeting"
	}
	return f.draw(target(p, place, string(a)), nil, smallPlain(Who(p)))
}

// Moved is the Rest of a MovedForm's target.
const Moved = "moved"

// MovedForm asks for the new day of a meeting (C6).
func MovedForm(p *coach.Prospect, place Place) *slack.ModalViewRequest {
	f := answerForm
	f.title = "The meeting moved"
	return f.draw(target(p, place, Moved), nil, smallPlain(Who(p)))
}

// Answered is what AnswerForm gives back.
type Answered struct{ Day, Words string }

// ReadAnswer reads a submitted AnswerForm.
func ReadAnswer(s State) Answered {
	v := answerForm.read(s)
	return Answered{v["day"], v["words"]}
}

// AnsweredWords says what was recorded, with the day as it was understood.
func AnsweredWords(p *coach.Prospect, a coach.Answer, day, today coach.Date) string {
	who := Who(p)
	switch a {
	case coach.AnswerMeeting:
		return fmt.Sprintf("A meeting with %s, %s. I ask how it went on the first working day after it.", who, FullDay(day, today))
	case coach.AnswerInterested:
		return fmt.Sprintf("%s is interested: you are talking, and no plan runs. I ask what came of it %s.", who, FullDay(p.NextAsk, today))
	case coach.AnswerLater:
		return fmt.Sprintf("%s: not now. I bring them up again %s.", who, FullDay(day, today))
	case coach.AnswerNo:
		return who + " said no. Stopped."
	case coach.AnswerWrongPerson:
		return who + " is the wrong person. Stopped. If they named the right one, add them and the history helps you both."
	case coach.AnswerDNC:
		return who + " asked not to be contacted. Nobody here will be nudged or get a draft for them again."
	case coach.AnswerWon:
		return who + ": won."
	}
	return who + " answered."
}

// MetWords says what was noted after a talk (C6).
func MetWords(p *coach.Prospect, on, next, today coach.Date) string {
	s := fmt.Sprintf("Noted the talk with %s, %s.", Who(p), Day(on, today))
	if next != 0 {
		s += " Next meeting " + FullDay(next, today) + "."
	}
	return s
}
