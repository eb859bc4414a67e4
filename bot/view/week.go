package view

import (
	"fmt"
	"slices"
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
	OwnWords  bool // reasons as the rep wrote them; else by kind, for they can name a prospect (S6)
	Playbook  bool // with the button that shows what the team is coached by
}

// Week draws the summary: headline numbers and sentences first, at most two
// charts in the rich dress and none in the plain one, then the counts by
// angle, channel and attempt number. What a chart shows stands in the text and
// in the plain dress as well.
func Week(v WeekView) Message {
	w := v.Week
	title, head := weekTitle(v), weekHeadline(w)
	text := []string{Escape(title), head}
	m := Message{Blocks: []slack.Block{header(title), section(head)}}
	if notes := weekNotes(v); len(notes) > 0 {
		var lines []slack.RichTextElement
		for _, n := range notes {
			text = append(text, Escape(n.lead+" "+n.say))
			lines = append(lines, para(bold(n.lead+" "), word(n.say)))
		}
		m.Blocks = append(m.Blocks, rich("", bullets(lines...)))
	}
	rates := append(dayLines(w), rateLines(w)...)
	for _, l := range rates {
		text = append(text, Escape(l))
	}
	m.Text = clipText(strings.Join(text, "\n"))
	m.Plain = slices.Clone(m.Blocks)
	m.Blocks = append(m.Blocks, weekCharts(w)...)
	if t := rateTable(w); t != nil {
		m.Blocks = append(m.Blocks, t, smallPlain(rateNote(w)))
		m.Plain = append(m.Plain, rich("", para(word(strings.Join(rates, "\n")))), smallPlain(rateNote(w)))
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
	s := fmt.Sprintf("*%s*", count(w.Attempts, "attempt", "attempts"))
	if w.Touches > w.Attempts { // a voicemail and its email are one attempt
		s += fmt.Sprintf(" (%s)", count(w.Touches, "call or message", "calls and messages"))
	}
	s += fmt.Sprintf(", *%s*, %s.", count(w.Replies, "reply", "replies"), count(w.Meetings, "meeting", "meetings"))
	if w.Attempts > 0 {
		s += fmt.Sprintf(" Made on time: %d of %d.", w.OnTime, w.Attempts)
	}
	return s
}

// weekNote is one sentence of the summary behind its bold first words.
type weekNote struct{ lead, say string }

// weekNotes are the sentences, what asks for something before what is told.
func weekNotes(v WeekView) []weekNote {
	w := v.Week
	var notes []weekNote
	add := func(lead, say string) { notes = append(notes, weekNote{lead, say}) }
	if w.Undone > 0 {
		add("Left over:", fmt.Sprintf("%s due and not made yet, the oldest since %s.", count(w.Undone, "attempt is", "attempts are"), FullDay(w.Since, w.To)))
	}
	if w.PractiseSay != "" {
		add("To practise:", w.PractiseSay)
	}
	if w.Encourage != "" {
		add("Earned:", w.Encourage)
	}
	if w.LastTries > 0 {
		s := fmt.Sprint(w.LastTries)
		if len(v.LastTries) > 0 {
			s += " (" + strings.Join(v.LastTries, "; ") + ")"
		}
		add("Last tries begun:", s+".")
	}
	if w.MovedOn > 0 {
		s := fmt.Sprint(w.MovedOn)
		if w.MovedOnEarly > 0 {
			s += fmt.Sprintf(", %d of them early", w.MovedOnEarly)
		}
		add("Moved on:", s+reasons(v)+".")
	}
	if w.Stopped > 0 {
		add("Stopped:", fmt.Sprintf("%d.", w.Stopped))
	}
	if load := loadLine(w); load != "" {
		add("Next week:", load+".")
	}
	return notes
}

func reasons(v WeekView) string {
	why := v.Week.ReasonKinds
	if v.OwnWords {
		why = v.Week.Reasons
	}
	var parts []string
	for _, r := range why[:min(len(why), 5)] {
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
	if len(parts) > 0 && w.Undone > 0 {
		parts = append(parts, fmt.Sprintf("and the %d left over", w.Undone))
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
			name := countName(c)
			if i == 2 {
				name = "no. " + name
			}
			parts = append(parts, name+", "+earned(c))
		}
		if len(parts) > 0 {
			lines = append(lines, rateNames[i]+": "+strings.Join(parts, "; "))
		}
	}
	return lines
}

// countName puts our own word for an angle or a channel.
func countName(c coach.Count) string {
	if c.Name == "" {
		return "without an angle"
	}
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

// rateTable has a row per angle, channel and attempt number, each group under
// its own heading. The column of rates is there only where one rests on ten
// outcomes.
func rateTable(w coach.Week) slack.Block {
	t := slack.NewTableBlock("rates")
	rates := hasRate(w)
	row := func(draw func(string) slack.TableCell, texts ...string) {
		if !rates {
			texts = texts[:3]
		}
		var cells []slack.TableCell
		for _, s := range texts {
			cells = append(cells, draw(clip(s, 100)))
		}
		t.AddRow(cells...)
	}
	head := func(s string) slack.TableCell { return slack.NewTableRichTextCell(para(bold(s))) }
	cell := func(s string) slack.TableCell { return slack.NewTableRawTextCell(s) }
	for i, g := range rateGroups(w) {
		if len(g) > 0 {
			row(head, "By "+strings.ToLower(rateNames[i]), "Attempts", "Replies", "Rate")
		}
		for _, c := range g[:min(len(g), len(coach.Angles)+1)] {
			rate := percent(c)
			if rate == "" {
				rate = "–"
			}
			row(cell, upper(countName(c)), strconv.Itoa(c.Of), strconv.Itoa(c.Count), rate)
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

func hasRate(w coach.Week) bool {
	for _, g := range rateGroups(w) {
		for _, c := range g {
			if percent(c) != "" {
				return true
			}
		}
	}
	return false
}

// rateNote says how the counts are to be read.
func rateNote(w coach.Week) string {
	s := "A reply counts in the week it came, also when its attempt was made before."
	if hasRate(w) {
		s += " A rate stands where there were ten attempts or more."
	}
	return s
}

// daysShown are the days of the week that are told of; none before the first
// attempt.
func daysShown(w coach.Week) (days []coach.DayCount) {
	if w.Attempts == 0 {
		return nil
	}
	for _, d := range w.ByDay[:min(len(w.ByDay), 20)] {
		if wd := d.Day.Weekday(); wd != time.Saturday && wd != time.Sunday || d.Attempts+d.Replies > 0 {
			days = append(days, d) // a free day counts only if something happened
		}
	}
	return days
}

// dayLines says in a line what the chart by day shows.
func dayLines(w coach.Week) []string {
	var parts []string
	for _, d := range daysShown(w) {
		parts = append(parts, fmt.Sprintf("%s, %s, %s", d.Day.Time().Format("Mon 2"), count(d.Attempts, "attempt", "attempts"), count(d.Replies, "reply", "replies")))
	}
	if len(parts) == 0 {
		return nil
	}
	return []string{"Day: " + strings.Join(parts, "; ")}
}

// weekCharts are attempts and replies by day, and replies by attempt number.
func weekCharts(w coach.Week) []slack.Block {
	var charts []slack.Block
	if shown := daysShown(w); len(shown) > 0 {
		var days []string
		var made, got []slack.DataVisualizationDataPoint
		for _, d := range shown {
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
