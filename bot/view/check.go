package view

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// CallbackCheck is the form that takes a draft to be checked.
const CallbackCheck = "check"

var checkForm = form{callback: CallbackCheck, title: "Check a draft", submit: "Check", fields: []field{
	{id: "text", label: "Your draft", hint: "A subject goes into a first line: Subject: …", multiline: true, max: 3000},
	{id: "channel", label: "How will you send it?", options: channelOptions()},
	{id: "prospect", label: "Who is it for?", hint: "Knowing them, I can tell whether it is written for them.", optional: true, max: 120},
	{id: "other", label: "Or somebody else", hint: "A name, or the number on the card. If you write here, this counts.", optional: true, max: 120},
}}

// Checking is what the check form holds, as written.
type Checking struct{ Text, Channel, Prospect string }

// CheckForm draws the form, filled with what is known.
func CheckForm(c Checking, w Whom) *slack.ModalViewRequest {
	return w.asking(checkForm).draw("", map[string]string{"text": c.Text, "channel": c.Channel, "prospect": c.Prospect})
}

// ReadCheck reads a submitted check form, and gives the field that named the
// prospect.
func ReadCheck(s State) (c Checking, at string) {
	v := checkForm.read(s)
	return Checking{v["text"], v["channel"], orDefault(v["other"], v["prospect"])}, whoseField(s)
}

// CheckView is what the draft check found.
type CheckView struct {
	Text     string
	Channel  coach.Channel
	ID       int64           // 0 when nobody is named
	Prospect *coach.Prospect // nil when nobody is named
	Report   coach.DraftReport
	Draft    Drafted // what the buttons carry
	Lines    []Line  // the rep's own prospects, due ones first, to choose from
	Greeted  bool    // the first of them is whom the draft seems to be for
}

var draftVerdicts = map[coach.DraftVerdict]string{
	coach.Send: "Send it", coach.Tighten: "Tighten it first", coach.Rework: "Rework it first",
}

// Check draws the verdict, each finding with the words it points at, and what
// is good about the draft.
func Check(v CheckView) Message {
	head, parts := checkParts(v)
	text := []string{head}
	for _, p := range v.Report.Points(v.Text) {
		text = append(text, "• "+pointWords(p))
	}
	m := Message{Text: clipText(Escape(strings.Join(text, "\n"))), Blocks: []slack.Block{rich("", parts...)}}
	if note := v.Report.Unjudged(v.Prospect); note != "" {
		m.Blocks = append(m.Blocks, smallPlain(note))
	}
	m.Blocks = append(m.Blocks, judgeRows(v, false)...)
	return m
}

// CheckWindow is the same in a window.
func CheckWindow(v CheckView) *slack.ModalViewRequest {
	_, parts := checkParts(v)
	blocks := []slack.Block{rich("", parts...)}
	if note := v.Report.Unjudged(v.Prospect); note != "" {
		blocks = append(blocks, smallPlain(note))
	}
	return &slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: CallbackDone, Title: plain("Draft check", 24), Close: plain("Done", 24),
		Blocks: slack.Blocks{BlockSet: append(blocks, judgeRows(v, true)...)},
	}
}

func checkParts(v CheckView) (string, []slack.RichTextElement) {
	r := v.Report
	head := draftVerdicts[r.Verdict] + ": " + ChannelName(v.Channel)
	if v.Prospect != nil {
		head += " to " + Who(v.Prospect)
	}
	head += ", " + count(r.Words, "word", "words")
	if r.SpokenSeconds > 0 {
		head += fmt.Sprintf(", about %d to %d seconds spoken", r.SpokenFrom, r.SpokenTo)
	}
	parts := []slack.RichTextElement{para(bold(head + "."))}
	points := r.Points(v.Text)
	var items []slack.RichTextElement
	for _, p := range points[:min(len(points), worst)] {
		items = append(items, para(word(pointWords(p))))
	}
	if len(items) > 0 {
		parts = append(parts, bullets(items...))
	}
	if rest := restWords(points, worst); rest != "" {
		parts = append(parts, para(word(rest)))
	}
	if len(r.Good) > 0 {
		parts = append(parts, para(word("Good: "+strings.Join(r.Good, " "))))
	}
	return head + ".", parts
}

// worst is how many findings are said in full, the worst first; the rest stands
// in one line.
const worst = 3

// pointWords is "“just checking in” says nothing new. Name one fact."
func pointWords(p coach.Point) string { return clip(strings.TrimSpace(p.Say+" "+p.Do), maxRich) }

// restWords names in one line what is not said in full: "Then: jargon
// (“synergy”, “leverage”); too long."
func restWords(points []coach.Point, from int) string {
	var rest []string
	for _, p := range points[min(len(points), from):] {
		name := p.Name
		if len(p.Words) > 0 {
			name += " (“" + strings.Join(p.Words, "”, “") + "”)"
		}
		rest = append(rest, name)
	}
	if len(rest) == 0 {
		return ""
	}
	return clip("Then: "+strings.Join(rest, "; ")+".", maxRich)
}
