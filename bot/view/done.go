package view

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"
)

// doneBlocks say what was just done, with Undo. The words may hold names. at
// is the kind of message they stand in, so that undoing redraws it.
func doneBlocks(done string, undo int64, at ...Place) []slack.Block {
	if done == "" {
		return nil
	}
	b := words(done)
	if undo == 0 {
		return []slack.Block{b}
	}
	b.Accessory = slack.NewAccessory(undoKnob(undo, at).draw())
	b.BlockID = "undo:" + strconv.FormatInt(undo, 10)
	return []slack.Block{b}
}

func undoKnob(id int64, at []Place) knob {
	value := strconv.FormatInt(id, 10)
	for _, p := range at {
		value += " " + string(p)
	}
	return button("Undo", ActionUndo, value)
}

// ParseUndo reads the value of an Undo button: the change, and the kind of
// message it stands in, if that is redrawn.
func ParseUndo(value string) (int64, Place, bool) {
	number, at, _ := strings.Cut(value, " ")
	id, err := strconv.ParseInt(number, 10, 64)
	return id, Place(at), err == nil && id > 0
}

// Words is a message of one paragraph; people's text may stand in it.
func Words(text string) Message { return Done(text, 0) }

// Done says what was done, with Undo and whatever may come next. People's
// text may stand in it as it is.
func Done(text string, undo int64, next ...Next) Message {
	m := Message{Text: clipText(Escape(text)), Blocks: doneBlocks(text, undo)}
	if len(next) > 0 {
		m.Blocks = append(m.Blocks, row("", nextKnobs(next)))
	}
	return m
}

// Next is a button that runs a command line.
type Next struct {
	Label string
	Line  string // without the slash, such as "next 12"
}

func nextKnobs(next []Next) []knob {
	var knobs []knob
	for i, n := range next {
		if len(n.Line) > maxValue {
			continue // a cut command line would do something else
		}
		knobs = append(knobs, button(n.Label, ActionRun+":"+strconv.Itoa(i), n.Line))
	}
	return knobs
}

// Ask puts a question with at most five answers, each a command line. Nothing
// is changed until one is chosen.
func Ask(question string, answers ...Next) Message {
	m := Message{Text: clipText(Escape(question)), Blocks: []slack.Block{words(question)}}
	answers = answers[:min(len(answers), 5)]
	knobs := nextKnobs(answers)
	if len(knobs) > 0 {
		m.Blocks = append(m.Blocks, row("", knobs))
	}
	if len(knobs) < len(answers) {
		m.Blocks = append(m.Blocks, small(tooLongToAsk))
		m.Text = clipText(m.Text + "\n" + tooLongToAsk)
	}
	return m
}

// tooLongToAsk stands beneath a question of which an answer has no button.
const tooLongToAsk = "What you wrote is too long for a button. Nothing was changed: send it again in fewer words, or with the answer in it."

// tell is a message of spans: words of people beside words to be typed.
func tell(parts ...span) Message {
	return Message{Text: said(parts...), Blocks: []slack.Block{rich("", para(parts...))}}
}

// then adds buttons that run command lines.
func (m Message) then(next ...Next) Message {
	m.Blocks = append(m.Blocks, row("", nextKnobs(next)))
	return m
}

// Undone says what was taken back.
func Undone(label string, next ...Next) Message {
	return Done("Taken back: "+strings.TrimPrefix(label, "logged: ")+".", 0, next...)
}

// Notes are lines of small print that may hold people's text.
func Notes(lines []string) []slack.Block {
	var blocks []slack.Block
	for _, l := range lines {
		blocks = append(blocks, smallPlain(l))
	}
	return blocks
}
