package view

import (
	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// CallbackSnooze is the snooze form; its meta is the target.
const CallbackSnooze = "snooze"

// Rest is one of the ways to say until when somebody rests: as people write
// it, as a choice shows it, and the day that it means now.
type Rest struct {
	Said, Label string
	Day         coach.Date
}

// Rests are the ways that are offered; their days are filled in when they are
// shown. The third stands chosen in the form.
func Rests() []Rest {
	return []Rest{{"tomorrow", "Tomorrow", 0}, {"3 days", "In 3 days", 0}, {"next week", "Next week", 0}, {"2 weeks", "In 2 weeks", 0}, {"1 month", "In a month", 0}}
}

var snoozeForm = form{callback: CallbackSnooze, title: "Snooze", submit: "Snooze", fields: []field{
	{id: "pick", label: "Until", radio: true},
	{id: "when", label: "Or another day", hint: "As you would write it: next tue, 10 days, 1 Dec. If you write here, this counts.", placeholder: "next tue", optional: true, max: 60},
}}

// SnoozeForm asks until when; each choice names its day.
func SnoozeForm(p *coach.Prospect, place Place, rests []Rest, today coach.Date) *slack.ModalViewRequest {
	var days []option
	for _, r := range rests {
		days = append(days, option{r.Day.String(), r.Label + " (" + FullDay(r.Day, today) + ")"})
	}
	chosen := map[string]string{"pick": days[min(2, len(days)-1)].value}
	return snoozeForm.choosing("pick", days).draw(target(p, place, ""), chosen, smallPlain(Who(p)))
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
