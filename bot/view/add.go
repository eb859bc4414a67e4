package view

import (
	"fmt"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// Actions and forms of adding and editing.
const (
	ActionAdd      = "add"      // opens the form; the value is an add line to fill it with
	ActionSettings = "settings" // opens the rep's settings

	CallbackAdd  = "add"  // its meta is an [AddMeta]
	CallbackEdit = "edit" // its meta is the target

	// ActionAddAnyway adds what the command line in the value says in spite of
	// a likely duplicate.
	ActionAddAnyway = "addanyway"
)

var factFields = []field{
	{id: "research", label: "Something you found out about them", hint: "One fact, such as: opened a hub in Leipzig. The first message is built on it.", optional: true, multiline: true, max: 1000},
	{id: "said", label: "Something they said", optional: true, multiline: true, max: 1000},
	{id: "trigger", label: "Something that happened there", optional: true, max: 1000},
	{id: "introduction", label: "Somebody worth introducing", optional: true, max: 1000},
}

var prospectFields = []field{
	{id: "name", label: "Name", placeholder: "Jane Doe", max: 120},
	{id: "company", label: "Company", placeholder: "Acme", max: 120},
	{id: "title", label: "Title", placeholder: "CFO", optional: true, max: 120},
	{id: "email", label: "Email", placeholder: "jane@acme.test", optional: true},
	{id: "phone", label: "Phone", placeholder: "+49 341 1234", optional: true, max: 60},
	{id: "linkedin", label: "LinkedIn", placeholder: "in/janedoe", optional: true},
}

// rarerFields stand below what is nearly always known.
var rarerFields = []field{
	{id: "industry", label: "Industry", placeholder: "logistics", optional: true, max: 80},
	{id: "level", label: "Level", hint: "Left open, I guess it from the title.", optional: true, options: levelOptions()},
	{id: "purchase", label: "How big a purchase for them", hint: "Bigger ones are decided slowly; it sets the rhythm.", optional: true, options: []option{{"commodity", "Everyday"}, {"standard", "Standard"}, {"capital", "Capital"}}},
	{id: "urgency", label: "Urgency they showed", optional: true, options: []option{{"high", "High"}, {"normal", "Normal"}, {"low", "Low"}}},
	{id: "line", label: "Kind of line", hint: "On a switchboard an assistant may answer.", optional: true, options: []option{{"switchboard", "Switchboard"}, {"mobile", "Mobile"}, {"direct", "Direct"}}},
}

var (
	zoneField       = field{id: "zone", label: "Time zone", placeholder: "Europe/Berlin", optional: true, max: 60}
	gatekeeperField = field{id: "gatekeeper", label: "Gatekeeper", placeholder: "Ana, try before 9", optional: true, max: mostGatekeeper}
)

var addForm = form{callback: CallbackAdd, title: "Add a prospect", submit: "Add", fields: joinFields(prospectFields, factFields[:1], rarerFields, []field{
	{id: "situation", label: "Why now", hint: "Left open: a first approach.", optional: true, options: situationOptions()},
}, factFields[1:], []field{
	{id: "last", label: "Last talk", hint: "The day you last really spoke.", placeholder: "15 Jan", optional: true, max: 60},
	{id: "starts", label: "First attempt", hint: "Left open: on the next working day.", placeholder: "mon", optional: true, max: 60},
	zoneField, gatekeeperField,
})}

var editForm = form{callback: CallbackEdit, title: "Edit a prospect", submit: "Save", fields: joinFields(prospectFields, rarerFields, []field{
	zoneField,
	{id: "last", label: "Last talk", placeholder: "15 Jan", optional: true, max: 60},
	gatekeeperField,
})}

func joinFields(parts ...[]field) []field {
	var all []field
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

func levelOptions() []option {
	var out []option
	for _, l := range coach.Levels {
		out = append(out, option{string(l), upper(levelNames[l])})
	}
	return out
}

func situationOptions() []option {
	var out []option
	for _, s := range coach.Situations {
		out = append(out, option{string(s), upper(SituationName(s))})
	}
	return out
}

// AddForm draws the form filled with what is known; keys are those of the
// add command, with name, company and title.
func AddForm(values map[string]string) *slack.ModalViewRequest { return addForm.draw("", values) }

// AddAgain draws the form once more with a likely duplicate above it, named by
// its owner only; submitting it once more adds all the same.
func AddAgain(values map[string]string, duplicate string, meta AddMeta) *slack.ModalViewRequest {
	w := addForm.draw(meta.String(), values, words(duplicate+" Add all the same?"))
	w.Submit = plain("Add all the same", 24)
	return w
}

// ReadAdd reads a submitted add form, by the keys of the add command.
func ReadAdd(s State) map[string]string { return addForm.read(s) }

// EditForm draws the form filled with what is stored.
func EditForm(p *coach.Prospect, place Place) *slack.ModalViewRequest {
	return editForm.draw(target(p, place, ""), map[string]string{
		"name": p.Name, "company": p.Company, "title": p.Title, "email": p.Email, "phone": p.Phone, "line": string(p.Line),
		"linkedin": p.LinkedIn, "industry": p.Industry, "level": string(p.Level), "purchase": string(p.Purchase),
		"urgency": string(p.Urgency), "zone": p.Zone, "last": p.LastTalk.String(), "gatekeeper": GatekeeperText(p.Gatekeeper),
	})
}

// mostGatekeeper is how many characters the form has for the gatekeeper.
const mostGatekeeper = 300

// GatekeeperText is what the form shows of the gatekeeper.
func GatekeeperText(g coach.Gatekeeper) string {
	said := orDefault(g.Said, g.BestTime)
	if g.Name != "" && said != "" {
		said = ", " + said
	}
	return clip(g.Name+said, mostGatekeeper)
}

// ReadEdit reads a submitted edit form.
func ReadEdit(s State) map[string]string { return editForm.read(s) }

// AddedView is the outcome of adding.
type AddedView struct {
	Prospect *coach.Prospect
	Advice   coach.Advice
	Today    coach.Date
	Undo     int64
}

// AddedWords is "Added #12 Jane Doe, Acme. First attempt Tue 3 March".
func AddedWords(v AddedView) string {
	s := fmt.Sprintf("Added %s %s", Num(v.Prospect.ID), WhoEnds(v.Prospect))
	switch {
	case v.Advice.Due != 0:
		s += " First attempt " + FullDay(v.Advice.Due, v.Today) + "."
	case v.Prospect.State == coach.Stopped:
		s += " " + upper(stateLine(v.Prospect, v.Advice, v.Today))
	case v.Prospect.State == coach.Waiting:
		s += " It waits until there is room in your day."
	}
	return s
}

// Added answers an add: when it begins, what would help, and the way on.
func Added(v AddedView) Message {
	text := AddedWords(v)
	m := Message{Text: clipText(Escape(joinLines(text, addedNote(v))))}
	m.Blocks = append(m.Blocks, doneBlocks(text, v.Undo)...)
	if note := addedNote(v); note != "" {
		m.Blocks = append(m.Blocks, addedAsk(v, note))
	}
	t := target(v.Prospect, InCard, "")
	knobs := []knob{button("Next step", ActionNext, t), button("Plan", ActionPlan, t), button("Edit", ActionEdit, t)}
	switch {
	case unreachable(v.Advice):
		knobs = []knob{button("Edit", ActionEdit, t).primary()}
	case v.Prospect.State == coach.Stopped:
		knobs = []knob{button("Card", ActionShow, t), button("Edit", ActionEdit, t)}
	}
	return withButtons(m, row(fmt.Sprintf("card:%d:added", v.Prospect.ID), knobs))
}

// AddedWindow is the same in the window of the form.
func AddedWindow(v AddedView) *slack.ModalViewRequest {
	var more []slack.Block
	if note := addedNote(v); note != "" {
		more = append(more, addedAsk(v, note))
	}
	return DoneWindow("Added", AddedWords(v), v.Undo, more...)
}

// addedAsk is that question, beside the button that answers it.
func addedAsk(v AddedView, note string) slack.Block {
	if !asksForFact(v.Prospect, v.Advice) {
		return smallPlain(note)
	}
	b := words(note)
	b.Accessory = slack.NewAccessory(noteKnob(v.Prospect, InCard).draw())
	return b
}

func addedNote(v AddedView) string {
	a := v.Advice
	switch {
	case len(a.Questions) > 0: // A7 asks for homework first
		return a.Questions[0]
	case unreachable(a):
		return sentence(a.Missing[0].Say)
	}
	return ""
}

// unreachable is H6: there is no way to reach them yet.
func unreachable(a coach.Advice) bool { return a.PlanLength == 0 && len(a.Missing) > 0 }

// Duplicate asks before a likely duplicate is added. In a message the answer
// is a button that carries the line.
func Duplicate(text, line string, own *int64) Message {
	m := Done(text+" Nothing was added.", 0)
	var knobs []knob
	if own != nil {
		knobs = append(knobs, button("Show it", ActionShow, Target{ID: *own, Stamp: "-", Place: InCard}.String()).primary())
	}
	if len(line) <= maxValue {
		knobs = append(knobs, button("Add all the same", ActionAddAnyway, line))
	}
	if len(knobs) == 0 {
		return m
	}
	return withButtons(m, row("", knobs))
}

// EditFirst offers the form of a prospect, where words can open no window.
func EditFirst(p *coach.Prospect) Message {
	return withButtons(Words("What is known of "+Who(p)+" stands in a form."), row("", []knob{button("Edit", ActionEdit, target(p, InSuggestion, "")).primary()}))
}

// OpenFormFirst offers the form, filled, where a window cannot be opened by
// itself (words in the DM carry no trigger).
func OpenFormFirst(text, line string) Message {
	m := Done(text, 0)
	if len(line) > maxValue {
		line = ""
	}
	return withButtons(m, row("", []knob{button("Open the form", ActionAdd, line).primary()}))
}
