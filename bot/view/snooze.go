package view

import (
	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// CallbackSnooze is the snooze form; its meta is the target.
const CallbackSnooze = "snooze"

var snoozeForm = form{callback: CallbackSnooze, title: "Snooze", submit: "Snooze", fields: []field{
	{id: "pick", label: "Until", radio: true, optional: true, options: []option{
		{"tomorrow", "Tomorrow"}, {"3 days", "In 3 days"}, {"next week", "Next week"}, {"2 weeks", "In 2 weeks"}, {"1 month", "In a month"},
	}},
	{id: "when", label: "Or another day", hint: "As you would write it: next tue, 10 days, 1 Dec.", placeholder: "next tue", optional: true, max: 60},
}}

// SnoozeForm asks until when.
func SnoozeForm(p *coach.Prospect, place Place) *slack.ModalViewRequest {
	return snoozeForm.draw(target(p, place, ""), nil, smallPlain(Who(p)))
}

// ReadSnooze gives the day as written, and the field an error belongs to. A
// written day goes before a picked one.
func ReadSnooze(s State) (when, at string) {
	v := snoozeForm.read(s)
	if v["when"] != "" {
		return v["when"], "when"
	}
	return v["pick"], "when"
}
