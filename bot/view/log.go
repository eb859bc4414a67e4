package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// CallbackLog is the form that logs a touch; its meta is the prospect's
// number, or "" when the form asks for it.
const CallbackLog = "log"

var logForm = form{callback: CallbackLog, title: "Log a message or call", submit: "Log it", fields: []field{
	{id: "prospect", label: "To whom?", hint: "A name, or the number on the card.", max: 120},
	{id: "other", label: "Or somebody else", hint: "A name, or the number on the card. If you write here, this counts.", optional: true, max: 120},
	{id: "channel", label: "How?", options: channelOptions()},
	{id: "outcome", label: "What came of it?", hint: "Left open: it is sent, or left on the voicemail.", options: outcomeOptions(), optional: true},
	{id: "on", label: "When?", hint: "As you would write it: yesterday, mon, 2 March. Left open: today.", placeholder: "today", optional: true, max: 60},
	{id: "text", label: "What you wrote or said", hint: "Kept, so that nothing is sent twice.", optional: true, multiline: true, max: 3000},
	{id: "angle", label: "Your reason to get in touch", hint: "Left open: one of its own.", options: angleOptions(), optional: true},
}}

func channelOptions() []option {
	var out []option
	for _, c := range coach.Channels {
		out = append(out, option{string(c), upper(ChannelName(c))})
	}
	return out
}

func angleOptions() []option {
	var out []option
	for _, a := range coach.Angles {
		out = append(out, option{string(a), upper(AngleName(a))})
	}
	return out
}

func outcomeOptions() []option {
	return []option{
		{string(coach.OutcomeSent), "It is sent"}, {string(coach.OutcomeLeft), "Left a voicemail"}, {string(coach.OutcomeNoAnswer), "No answer"},
		{string(coach.OutcomeSpoke), "Spoke with them"}, {string(coach.OutcomeGatekeeper), "Spoke with the gatekeeper"}, {string(coach.OutcomeBounced), "It bounced"},
	}
}

// Touched is what the log form holds, as written.
type Touched struct{ Prospect, Channel, Angle, Outcome, On, Text string }

// whoseField is the field of a form in which the prospect was named, where an
// error about it belongs.
func whoseField(s State) string {
	if strings.TrimSpace(s["other"]["other"].Value) != "" {
		return "other"
	}
	return "prospect"
}

// Whom are the rep's own prospects that a form offers; More tells that there
// are others beside them.
type Whom struct {
	Lines []Line
	More  bool
}

// asking puts them into a form's field "prospect". Its field "other", where a
// name or a number is written, stays where the choice does not hold them all;
// of nobody there is no choice, and that line is all.
func (w Whom) asking(f form) form {
	var mine []option
	for _, l := range w.Lines[:min(len(w.Lines), mostListed)] {
		mine = append(mine, option{fmt.Sprint(l.ID), Num(l.ID) + " " + who(l.Name, l.Company)})
	}
	switch {
	case len(mine) == 0:
		return f.without("other")
	case !w.More && len(w.Lines) <= mostListed:
		return f.choosing("prospect", mine).without("other")
	}
	f = f.choosing("prospect", mine)
	i := slices.IndexFunc(f.fields, func(fd field) bool { return fd.id == "prospect" })
	f.fields[i].optional = true // one of the two is needed, which the reading sees to
	return f
}

// LogForm draws the form, filled with what is known.
func LogForm(t Touched, w Whom) *slack.ModalViewRequest {
	return w.asking(logForm).draw("", map[string]string{
		"prospect": t.Prospect, "channel": t.Channel, "angle": t.Angle, "outcome": t.Outcome, "on": t.On, "text": t.Text,
	})
}

// ReadLog reads a submitted log form, and gives the field that named the
// prospect.
func ReadLog(s State) (t Touched, at string) {
	v := logForm.read(s)
	return Touched{orDefault(v["other"], v["prospect"]), v["channel"], v["angle"], v["outcome"], v["on"], v["text"]}, whoseField(s)
}
