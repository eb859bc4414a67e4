package view

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// ActionPlaybook shows a manager the cadence and the drafts in use.
const ActionPlaybook = "playbook"

// PlaybookView is what the team is coached by, and where it comes from.
type PlaybookView struct {
	Cadence coach.Table
	Own     []string // the team's own files that count, by name
	Drafts  []DraftCount
	Faults  []string // what is wrong with the team's own files
}

// DraftCount counts the drafts of one angle; Own of them are the team's.
type DraftCount struct {
	Angle    coach.Angle
	All, Own int
}

// Playbook shows a manager the days between attempts and the drafts, each
// with where it comes from.
func Playbook(v PlaybookView) Message {
	from := "built in"
	if len(v.Own) > 0 {
		from = "built in, with your " + strings.Join(v.Own, ", ") + " over it"
	}
	head := "What the team is coached by: " + from + "."
	gaps := "Days between attempts, " + cadenceSource(v.Own) + ":"
	text := []string{head, gaps}
	text = append(text, gapLines(v.Cadence)...)
	total, own := 0, 0
	var angles []slack.RichTextElement
	for _, d := range v.Drafts {
		total, own = total+d.All, own+d.Own
		angles = append(angles, para(bold(AngleName(d.Angle)), word(fmt.Sprintf(", %s: %s", drafts(d.All, d.Own), d.Angle.Purpose()))))
	}
	all := "The reasons to get in touch, " + drafts(total, own) + ":"
	m := Message{Text: clipText(Escape(strings.Join(append(text, all), "\n")))}
	top := []slack.Block{header("Cadence and drafts"), smallPlain(head), words(gaps)}
	rest := []slack.Block{rich("", para(word(all)), bullets(angles...))}
	for _, f := range v.Faults {
		rest = append(rest, smallPlain("To mend: "+f))
	}
	rest = append(rest, smallPlain("Both are plain files in the folder that TEMPLATES_DIR names; a change counts within a minute. “prospectcoach templates show homework” prints every draft of that angle."))
	m.Blocks = append(append(append(m.Blocks, top...), gapTable(v.Cadence)), rest...)
	m.Plain = append(append(append(m.Plain, top...), rich("", para(word(strings.Join(gapLines(v.Cadence), "\n"))))), rest...)
	return m
}

func cadenceSource(own []string) string {
	for _, name := range own {
		if name == "cadence.yaml" {
			return "from your cadence.yaml"
		}
	}
	return "built in"
}

func drafts(all, own int) string {
	s := count(all, "draft", "drafts")
	if own > 0 {
		s += fmt.Sprintf(" (%d yours)", own)
	}
	return s
}

// gapRows walks the cadence in the order of its file.
func gapRows(t coach.Table, row func(name string, days []string)) {
	for _, p := range coach.Purchases {
		for _, u := range coach.Urgencies {
			days := make([]string, len(coach.Levels))
			for i, l := range coach.Levels {
				days[i] = strconv.Itoa(t[p][u][l])
			}
			row(fmt.Sprintf("%s, %s urgency", p, u), days)
		}
	}
}

func gapTable(t coach.Table) slack.Block {
	table := slack.NewTableBlock("cadence")
	add := func(first string, texts []string) {
		cells := []slack.TableCell{slack.NewTableRawTextCell(first)}
		for _, s := range texts {
			cells = append(cells, slack.NewTableRawTextCell(s))
		}
		table.AddRow(cells...)
	}
	var levels []string
	for _, l := range coach.Levels {
		levels = append(levels, upper(levelNames[l]))
	}
	add("Purchase", levels)
	gapRows(t, func(name string, days []string) { add(upper(name), days) })
	return table
}

// gapLines is the table where Slack refuses one, and for who hears it read.
func gapLines(t coach.Table) []string {
	var lines []string
	gapRows(t, func(name string, days []string) {
		lines = append(lines, upper(name)+": "+strings.Join(days, ", "))
	})
	return lines
}
