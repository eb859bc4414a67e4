package view

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// WeekView is a week of the team or of one rep (S6).
type WeekView struct {
	Week      coach.Week
	Team      bool
	Name      string   // the rep's, when it is not the team's
	LastTries []string // names, only where the team allows it (S6)
	Zone      *time.Location
	Playbook  bool // with the button that shows what the team is coached by
}

// Week draws the summary: headline numbers in the text, at most two charts in
// the rich dress and none in the plain one, and the rates in a table.
func Week(v WeekView) Message {
	w := v.Week
	title := weekTitle(v)
	head := weekHeadline(w)
	notes := weekNotes(v)
	m := Message{Text: clipText(Escape(title) + "\n" + head + "\n" + Escape(strings.Join(append(notes, rateLines(w)...), "\n")))}
	top := []slack.Block{header(title), section(head)}
	charts := weekCharts(w)
	m.Blocks = append(append(m.Blocks, top...), charts...)
	if t := rateTable(w); t != nil {
		m.Blocks = append(m.Blocks, t)
	}
	m.Plain = append(m.Plain, top...)
	if lines := rateLines(w); len(lines) > 0 {
		m.Plain = append(m.Plain, rich("", para(word(strings.Join(lines, "\n")))))
	}
	for _, n := range notes {
		m.Blocks = append(m.Blocks, smallPlain(n))
		m.Plain = append(m.Plain, smallPlain(n))
	}
	if v.Playbook {
		knobs := row("", []knob{button("Cadence and drafts", ActionPlaybook, "")})
		m.Blocks, m.Plain = append(m.Blocks, knobs), append(m.Plain, knobs)
	}
	return m
}

func weekTitle(v WeekView) string {
	span := v.Week.From.Time().Format("2 January") + " to " + v.Week.To.Time().Format("2 January")
	switch {
	case v.Team:
		return "The week, " + span
	case v.Name != "":
		return clip(v.Name, 60) + "’s week, " + span
	}
	return "Your week, " + span
}

func weekHeadline(w coach.Week) string {
	s := fmt.Sprintf("*%s*, %s, *%s*, %s.", count(w.Attempts, "attempt", "attempts"), count(w.Touches, "touch", "touches"),
		count(w.Replies, "reply", "replies"), count(w.Meetings, "meeting", "meetings"))
	if w.Due > 0 {
		s += fmt.Sprintf(" On time: %d of %d.", w.OnTime, w.Due)
	}
	if w.Persevered > 0 {
		s += fmt.Sprintf(" %s came on attempt 4 or later.", upper(count(w.Persevered, "reply", "replies")))
	}
	return s
}

func weekNotes(v WeekView) []string {
	w := v.Week
	var notes []string
	if w.MovedOn > 0 {
		s := "Moved on: " + fmt.Sprint(w.MovedOn)
		if w.MovedOnEarly > 0 {
			s += fmt.Sprintf(", %d of them early", w.MovedOnEarly)
		}
		notes = append(notes, s+reasons(w)+".")
	}
	if w.Stopped > 0 {
		notes = append(notes, fmt.Sprintf("Stopped: %d.", w.Stopped))
	}
	if w.LastTries > 0 {
		s := fmt.Sprintf("In their last tries: %d", w.LastTries)
		if len(v.LastTries) > 0 {
			s += " (" + strings.Join(v.LastTries, "; ") + ")"
		}
		notes = append(notes, s+".")
	}
	if load := loadLine(w); load != "" {
		notes = append(notes, "Next week: "+load+".")
	}
	if w.PractiseSay != "" {
		notes = append(notes, "To practise: "+w.PractiseSay)
	}
	if w.Encourage != "" {
		notes = append(notes, w.Encourage)
	}
	return notes
}

func reasons(w coach.Week) string {
	var parts []string
	for _, r := range w.Reasons[:min(len(w.Reasons), 5)] {
		parts = append(parts, fmt.Sprintf("%s %d", r.Name, r.Count))
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

func loadLine(w coach.Week) string {
	var parts []string
	for _, d := range w.NextWeek {
		if d.Attempts > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", d.Day.Time().Format("Mon"), d.Attempts))
		}
	}
	return strings.Join(parts, ", ")
}

// rateGroups are the three tables of rates, in the order of the documentation.
func rateGroups(w coach.Week) [][]coach.Count {
	return [][]coach.Count{w.ByAngle, w.ByChannel, w.ByAttempt}
}

var rateNames = []string{"Angle", "Channel", "Attempt"}

func rateLines(w coach.Week) []string {
	var lines []string
	for i, g := range rateGroups(w) {
		var parts []string
		for _, c := range g {
			parts = append(parts, countName(c)+" "+earned(c))
		}
		if len(parts) > 0 {
			lines = append(lines, rateNames[i]+": "+strings.Join(parts, ", "))
		}
	}
	return lines
}

// countName puts our own word for an angle or a channel.
func countName(c coach.Count) string {
	if n, ok := angleNames[coach.Angle(c.Name)]; ok {
		return n
	}
	if n, ok := channelNames[coach.Channel(c.Name)]; ok {
		return n
	}
	return c.Name
}

// earned is "14 tried, 3 answered (21 %)"; no rate under ten (S6).
func earned(c coach.Count) string {
	s := fmt.Sprintf("%d tried, %d answered", c.Of, c.Count)
	if p := percent(c); p != "" {
		s += " (" + p + ")"
	}
	return s
}

func percent(c coach.Count) string {
	rate, enough := c.Rate()
	if !enough {
		return ""
	}
	return fmt.Sprintf("%.0f %%", 100*rate)
}

// rateTable has a row per angle, channel and attempt number. The column of
// rates is there only where one rests on ten outcomes.
func rateTable(w coach.Week) slack.Block {
	t := slack.NewTableBlock("rates")
	rates := false
	for _, g := range rateGroups(w) {
		for _, c := range g {
			rates = rates || percent(c) != ""
		}
	}
	row := func(texts ...string) {
		cells := make([]slack.TableCell, 0, 4)
		for i, s := range texts {
			if i < 3 || rates {
				cells = append(cells, slack.NewTableRawTextCell(clip(s, 100)))
			}
		}
		t.AddRow(cells...)
	}
	row("What we did", "Attempts", "Replies", "Rate")
	for i, g := range rateGroups(w) {
		for _, c := range g[:min(len(g), 16)] {
			name := upper(countName(c))
			if i == 2 {
				name = "Attempt " + name
			}
			rate := percent(c)
			if rate == "" {
				rate = "too few"
			}
			row(name, strconv.Itoa(c.Of), strconv.Itoa(c.Count), rate)
		}
	}
	if len(t.Rows) == 1 {
		return nil
	}
	return t
}

// weekCharts are attempts and replies by day, and replies by attempt number.
func weekCharts(w coach.Week) []slack.Block {
	var charts []slack.Block
	if len(w.ByDay) > 0 && w.Attempts > 0 {
		var days []string
		var made, got []slack.DataVisualizationDataPoint
		for _, d := range w.ByDay[:min(len(w.ByDay), 20)] {
			label := d.Day.Time().Format("Mon 2")
			days = append(days, label)
			made = append(made, slack.NewDataVisualizationDataPoint(label, float64(d.Attempts)))
			got = append(got, slack.NewDataVisualizationDataPoint(label, float64(d.Replies)))
		}
		charts = append(charts, barChart("Attempts and replies by day", days, slack.NewDataVisualizationDataSeries("Attempts", made...), slack.NewDataVisualizationDataSeries("Replies", got...)))
	}
	var tries []string
	var replies []slack.DataVisualizationDataPoint
	total := 0
	for _, c := range w.ByAttempt[:min(len(w.ByAttempt), 20)] {
		label := clip(c.Name, 20)
		tries, total = append(tries, label), total+c.Count
		replies = append(replies, slack.NewDataVisualizationDataPoint(label, float64(c.Count)))
	}
	if total > 0 {
		line := slack.NewDataVisualizationLineChart(slack.NewDataVisualizationAxisConfig(tries...), slack.NewDataVisualizationDataSeries("Replies", replies...))
		charts = append(charts, slack.NewDataVisualizationBlock("Replies by attempt number", line))
	}
	return charts
}

func barChart(title string, categories []string, series ...slack.DataVisualizationDataSeries) slack.Block {
	return slack.NewDataVisualizationBlock(title, slack.NewDataVisualizationBarChart(slack.NewDataVisualizationAxisConfig(categories...), series...))
}
