package view

import (
	"fmt"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// ActionNote opens the form for a fact; CallbackNote is that form, its meta the
// target.
const (
	ActionNote   = "note"
	CallbackNote = "note"
)

var noteForm = form{callback: CallbackNote, title: "Note a fact", submit: "Note it", fields: []field{
	{id: "kind", label: "What is it?", options: []option{
		{string(coach.Research), "Something you found out"}, {string(coach.Said), "Something they said"}, {string(coach.Trigger), "Something that happened there"},
		{string(coach.Introduction), "Somebody worth introducing"}, {"gatekeeper", "The gatekeeper, or what they told you"},
	}},
	{id: "text", label: "In a few words", hint: "As you would say it in the message: opened a hub in Leipzig.", multiline: true, max: 500},
	{id: "on", label: "When you learned it", placeholder: "today", optional: true, max: 60},
}}

// NoteForm asks for one fact about a prospect.
func NoteForm(p *coach.Prospect, place Place) *slack.ModalViewRequest {
	return noteForm.draw(target(p, place, ""), map[string]string{"kind": string(coach.Research)}, smallPlain(Who(p)))
}

// Noting is what is noted: a kind of fact or "gatekeeper", and the words. On is
// the day as written, "" for today.
type Noting struct{ Kind, Text, On string }

// ReadNote reads a submitted NoteForm.
func ReadNote(s State) Noting {
	v := noteForm.read(s)
	return Noting{Kind: v["kind"], Text: v["text"], On: v["on"]}
}

// NotedWords repeats what was noted and says what came of it: the angle a fact
// opened, the best time as it was understood (C5), the end (V5).
func NotedWords(p *coach.Prospect, n Noting, before, after coach.Advice) string {
	text := "“" + clip(n.Text, 300) + "”"
	if n.Kind == "gatekeeper" {
		s := fmt.Sprintf("Noted for %s Gatekeeper: %s.", WhoEnds(p), text)
		switch g := p.Gatekeeper; {
		case p.State == coach.Stopped && g.NoChance:
			s += " No chance is clear, so this one is stopped."
		case g.BestTime != "" && g.BestOn != 0:
			s += " Best time to call: " + g.BestTime + "."
		}
		return s
	}
	s := fmt.Sprintf("Noted for %s %s: %s.", WhoEnds(p), factNames[coach.FactKind(n.Kind)], text)
	switch a := coach.Opened(coach.FactKind(n.Kind), before, after); {
	case a != "" && after.Suggestion != nil && after.Suggestion.Angle == a:
		s += fmt.Sprintf(" It opens “%s”, now the next step.", AngleName(a))
	case a != "":
		s += fmt.Sprintf(" It opens “%s”.", AngleName(a))
	}
	return s
}

// asksForFact tells whether a fact is what the coach asks for now (A7, A8).
func asksForFact(p *coach.Prospect, a coach.Advice) bool {
	if p.State != coach.Active || unreachable(a) {
		return false
	}
	return a.Suggestion == nil && len(a.Missing) > 0 || a.Attempts == 0 && len(a.Questions) > 0
}
