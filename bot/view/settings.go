package view

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// CallbackSettings is the form of the rep's own settings.
const CallbackSettings = "settings"

var settingsForm = form{callback: CallbackSettings, title: "Settings", submit: "Save", fields: []field{
	{id: "nudge", label: "Morning message at", placeholder: "09:00", max: 10},
	{id: "from", label: "Working hours from", placeholder: "08:00", max: 10},
	{id: "to", label: "Working hours to", placeholder: "18:00", max: 10},
	{id: "days", label: "Working days", many: true, options: []option{
		{"1", "Monday"}, {"2", "Tuesday"}, {"3", "Wednesday"}, {"4", "Thursday"}, {"5", "Friday"}, {"6", "Saturday"}, {"0", "Sunday"}}},
	{id: "daily", label: "At most so many prospects a day", hint: "New and waiting ones are let in up to this number.", max: 3},
	{id: "off", label: "Days off", hint: "One a line: 24 Dec, or 1 Aug to 14 Aug.", optional: true, multiline: true, max: 1500},
	{id: "zone", label: "Time zone", hint: "A large city in it does: Berlin, New York.", placeholder: "Europe/Berlin", max: 60},
	{id: "country", label: "Country, for public holidays", placeholder: "Germany", optional: true, max: 40},
}}

// Settings are what the form holds, as written. Days are numbers, 0 Sunday.
type Settings struct {
	Nudge, From, To, Daily, Off, Zone, Country string
	Days                                       []string
}

// NoCountry is the country of a rep who wants no public holidays, although the
// team has some.
const NoCountry = "-"

// SettingsForm draws the form, filled with what holds now.
func SettingsForm(r *coach.Rep, today coach.Date) *slack.ModalViewRequest {
	var days []string
	for d := range time.Weekday(7) {
		if r.WorkingDays.Has(d) {
			days = append(days, strconv.Itoa(int(d)))
		}
	}
	zone := ""
	if r.Zone != nil {
		zone = r.Zone.String()
	}
	country := r.Country
	if country == NoCountry {
		country = ""
	}
	return settingsForm.draw("", map[string]string{
		"nudge": clock(r.NudgeAt), "from": clock(r.From), "to": clock(r.To), "days": strings.Join(days, ","),
		"daily": strconv.Itoa(r.Daily), "off": offLines(r.DaysOff, today), "zone": zone, "country": country,
	})
}

// ReadSettings reads a submitted settings form.
func ReadSettings(s State) Settings {
	v := settingsForm.read(s)
	set := Settings{Nudge: v["nudge"], From: v["from"], To: v["to"], Daily: v["daily"], Off: v["off"], Zone: v["zone"], Country: v["country"]}
	if v["days"] != "" {
		set.Days = strings.Split(v["days"], ",")
	}
	return set
}

func clock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

func offLines(spans []coach.Span, today coach.Date) string {
	var lines []string
	for _, s := range spans {
		switch {
		case s.To < today:
		case s.From == s.To:
			lines = append(lines, s.From.String())
		default:
			lines = append(lines, s.From.String()+" to "+s.To.String())
		}
	}
	return strings.Join(lines, "\n")
}

// SettingsWords repeats what holds now, with the days off as understood.
func SettingsWords(r *coach.Rep, today coach.Date) string {
	said := fmt.Sprintf("Saved. Your morning message comes at %s, in the time of %s. Working hours %s to %s, at most %d prospects a day.",
		clock(r.NudgeAt), r.Zone, clock(r.From), clock(r.To), r.Daily)
	if r.Country != "" && r.Country != NoCountry {
		said += " The public holidays of " + r.Country + " are days off."
	}
	var off []string
	for _, s := range r.DaysOff {
		switch {
		case s.To < today:
		case s.From == s.To:
			off = append(off, FullDay(s.From, today))
		default:
			off = append(off, FullDay(s.From, today)+" to "+FullDay(s.To, today))
		}
	}
	if len(off) > 0 {
		said += " Days off: " + strings.Join(off, "; ") + "."
	}
	return said
}

// SettingsButton opens the form where words cannot open a window.
func SettingsButton() Message {
	return withButtons(Words("Your hours, days off and daily number stand in a form."), row("", []knob{button("Open settings", ActionSettings, "").primary()}))
}
