package view

import (
	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// CallbackLog is the form that logs a touch; its meta is the prospect's
// number, or "" when the form asks for it.
const CallbackLog = "log"

var logForm = form{callback: CallbackLog, title: "Log a touch", submit: "Log it", fields: []field{
	{id: "prospect", label: "Prospect", hint: "Number or name", placeholder: "12", max: 120},
	{id: "channel", label: "Channel", options: channelOptions()},
	{id: "angle", label: "Angle", options: angleOptions(), optional: true},
	{id: "outcome", label: "What happened", options: outcomeOptions(), optional: true},
	{id: "on", label: "When", placeholder: "today", optional: true, max: 60},
	{id: "text", label: "What you wrote or said", hint: "Kept so that nothing is sent twice.", optional: true, multiline: true, max: 3000},
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
	var out []option
	for _, o := range coach.Outcomes {
		out = append(out, option{string(o), upper(OutcomeName(o))})
	}
	return out
}

// Touched is what the log form holds, as written.
type Touched struct{ Prospect, Channel, Angle, Outcome, On, Text string }

// LogForm draws the form, filled with what is known.
func LogForm(t Touched) *slack.ModalViewRequest {
	return logForm.draw("", map[string]string{
		"prospect": t.Prospect, "channel": t.Channel, "angle": t.Angle, "outcome": t.Outcome, "on": t.On, "text": t.Text,
	})
}

// ReadLog reads a submitted log form.
func ReadLog(s State) Touched {
	v := logForm.read(s)
	return Touched{v["prospect"], v["channel"], v["angle"], v["outcome"], v["on"], v["text"]}
}
