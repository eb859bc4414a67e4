package view

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// PageSize is how many prospects a page of the list shows.
const PageSize = 10

// Line is one prospect in a list or a choice.
type Line struct {
	ID                   int64
	Name, Company, Title string
	State                coach.State
	Due, Until           coach.Date // Until: snoozed until, or coming back
	Attempts             int
	Owner                string // whose it is, "" for one's own

	Hint    coach.Hint // the coach's word; zero where it was not asked
	Meeting coach.Date // the next one, 0 for none
}

// ListView is one page.
type ListView struct {
	What  string // "due", "active", "all", …; "" for active ones, or for all with Words
	Words string // that the names begin with
	Lines []Line
	Total int
	// Besides are the numbers of those in other states, where they are known.
	Besides map[coach.State]int
	From    int // offset of the first line
	Today   coach.Date
	Line    string // the command line without page, "list active acme"; paging adds "page:N"
	Owner   string // a manager's look at a rep: the rep's name
	Meant   string // what to list was perhaps meant by Words that name nobody, "" for nothing
	Instead string // then the command line that lists that
	Slash   string
}

// List draws a page of prospects, each opened by a button, with paging.
func List(v ListView) Message {
	title, besides := listTitle(v), listBesides(v)
	if len(v.Lines) == 0 && besides != "" {
		m := Message{Text: clipText(Escape(title + ". " + besides)), Blocks: []slack.Block{words(title + ". " + besides)}}
		m.Blocks = append(m.Blocks, row("", listPages(v)))
		return m
	}
	if v.Total == 0 && v.Meant != "" {
		return Ask(fmt.Sprintf("%s. Did you mean “%s”?", title, v.Meant), Next{Label: "Yes: " + v.Meant, Line: v.Instead})
	}
	if len(v.Lines) == 0 {
		return tell(word(title+". "), code(v.Slash+" add Jane Doe, Acme, CFO"), word(" adds one."))
	}
	m := Message{Blocks: []slack.Block{header(title)}}
	lines := []string{Escape(title)}
	for _, l := range v.Lines {
		text := who(l.Name, l.Company)
		state := lineState(l, v.Today)
		lines = append(lines, Escape(fmt.Sprintf("%s %s: %s", Num(l.ID), text, state)))
		sec := slack.NewSectionBlock(plain(fmt.Sprintf("%s  %s\n%s", Num(l.ID), text, state), 400), nil,
			slack.NewAccessory(button("Open", ActionShow, Target{ID: l.ID, Stamp: "-", Place: InCard}.String()).draw()))
		m.Blocks = append(m.Blocks, sec)
	}
	if besides != "" {
		lines = append(lines, Escape(besides))
		m.Blocks = append(m.Blocks, smallPlain(besides))
	}
	if v.Owner != "" {
		lines = append(lines, "Open one and press Hand over in its menu, or type "+Command(v.Slash, "assign 12 @colleague")+".")
		m.Blocks = append(m.Blocks, small(lines[len(lines)-1]))
	}
	m.Text = clipText(strings.Join(lines, "\n"))
	if pages := listPages(v); len(pages) > 0 {
		m.Blocks = append(m.Blocks, row("", pages))
	}
	return m
}

// listPages are the ways to the other pages, and to those in other states.
func listPages(v ListView) []knob {
	var pages []knob
	if v.From > 0 {
		pages = append(pages, button("Back", ActionRun+":back", fmt.Sprintf("%s page:%d", v.Line, v.From/PageSize)))
	}
	if v.From+len(v.Lines) < v.Total {
		pages = append(pages, button("More", ActionRun+":more", fmt.Sprintf("%s page:%d", v.Line, v.From/PageSize+2)))
	}
	if listBesides(v) != "" {
		pages = append(pages, button("All of them", ActionRun+":all", strings.TrimSuffix(v.Line, " active")+" all"))
	}
	return pages
}

// listBesides says who else there is: "Also 2 waiting to begin, 1 engaged."
func listBesides(v ListView) string {
	var parts []string
	for _, s := range coach.States {
		if n := v.Besides[s]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, StateName(s)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Also " + strings.Join(parts, ", ") + "."
}

func listTitle(v ListView) string {
	what := map[string]string{"": "active", "all": "in all", "moved-on": "moved on"}[v.What]
	if what == "" {
		what = v.What
	}
	switch {
	case v.Words != "" && (v.What == "" || v.What == "all"):
		what = "with “" + clip(v.Words, 60) + "”"
	case v.Words != "":
		what += ", with “" + clip(v.Words, 60) + "”"
	}
	title := count(v.Total, "prospect", "prospects") + " " + what
	if v.Total == 0 {
		title = "No prospects " + what
	}
	if v.Owner != "" {
		title = v.Owner + ": " + strings.ToLower(title[:1]) + title[1:]
	}
	if v.Total > len(v.Lines) && len(v.Lines) > 0 {
		title += fmt.Sprintf(", %d to %d", v.From+1, v.From+len(v.Lines))
	}
	return title
}

// lineState is where a prospect stands in a few words: the coach's verdict, the
// day, and the attempts made.
func lineState(l Line, today coach.Date) string {
	s := StateName(l.State)
	switch l.State {
	case coach.Active:
		s = activeState(l, today)
	case coach.Engaged:
		s = engagedState(l, today)
	case coach.Snoozed:
		s += " until " + Day(l.Until, today)
	case coach.MovedOn:
		if l.Until != 0 {
			s += ", comes back " + Day(l.Until, today)
		}
	}
	if l.Attempts > 0 {
		s += " · " + count(l.Attempts, "attempt", "attempts")
	}
	return s
}

// activeState is the verdict on a campaign that runs.
func activeState(l Line, today coach.Date) string {
	h := l.Hint
	when := ""
	switch {
	case h.OverdueDays > 0:
		when = count(h.OverdueDays, "day", "days") + " late"
	case h.Due != 0:
		when = "due " + Day(h.Due, today)
	case h.Verdict == "" && l.Due != 0:
		when = "due " + Day(l.Due, today)
	}
	switch {
	case h.Verdict == coach.MoveOnVerdict:
		return "time to move on"
	case h.Verdict == coach.StopVerdict:
		return "stop"
	case h.Verdict == coach.WaitVerdict && h.Until != 0:
		return "wait until " + Day(h.Until, today)
	case h.Verdict == coach.WaitVerdict:
		return "needs a contact"
	case h.Verdict == coach.KeepGoing && h.Due == 0 && l.Meeting != 0:
		return "did the meeting take place?"
	case h.Verdict == coach.LastTries:
		return "last tries: " + ChannelName(h.Channel) + ", " + when
	case h.Channel != "":
		return ChannelName(h.Channel) + ", " + when
	case h.Verdict == coach.KeepGoing:
		return "needs a new fact, " + when
	case when != "":
		return when
	}
	return StateName(l.State)
}

// engagedState is what the coach wants to know of one who answered.
func engagedState(l Line, today coach.Date) string {
	switch {
	case l.Meeting != 0 && l.Meeting < today:
		return "engaged, did the meeting take place?"
	case l.Meeting != 0:
		return "engaged, meeting " + Day(l.Meeting, today)
	case l.Hint.Until > today:
		return "engaged, asked about " + Day(l.Hint.Until, today)
	case l.Hint.Until != 0:
		return "engaged, what came of it?"
	}
	return StateName(l.State)
}

// Choose asks which of several prospects was meant; nothing was changed. Each
// button runs the line with the number in place of the name.
func Choose(name string, lines []Line, command func(id int64) string) Message {
	ask := fmt.Sprintf("“%s” can be several. Which one?", clip(name, 100))
	if name == "" {
		ask = "Which one?"
	}
	m := Message{Blocks: []slack.Block{words(ask)}}
	text, tooLong := []string{Escape(ask)}, false
	for i, l := range lines[:min(len(lines), 8)] {
		label := fmt.Sprintf("%s %s", Num(l.ID), who(l.Name, l.Company))
		if l.Owner != "" {
			label = clip(label, maxButton-30) + " (" + clip(l.Owner, 25) + ")"
		}
		text = append(text, Escape(label))
		if len(command(l.ID)) <= maxValue {
			m.Blocks = append(m.Blocks, row("", []knob{button(label, fmt.Sprintf("%s:%d", ActionRun, i), command(l.ID))}))
		} else {
			m.Blocks, tooLong = append(m.Blocks, words(label)), true
		}
	}
	if tooLong {
		m.Blocks = append(m.Blocks, small("What you wrote is too long for a button. Nothing was changed: send it again with the number in place of the name."))
	}
	if len(lines) > 8 {
		m.Blocks = append(m.Blocks, small("And more. A number or a longer name finds the right one."))
	}
	m.Text = clipText(strings.Join(text, "\n"))
	return m
}
