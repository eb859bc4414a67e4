package bot

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
)

// fieldLabels say fields as people do, in the order of the preview.
var fieldLabels = []struct{ field, label string }{
	{"name", "Name"}, {"first", "First name"}, {"last name", "Last name"}, {"company", "Company"}, {"title", "Title"}, {"email", "Email"},
	{"direct", "Direct phone"}, {"phone", "Phone"}, {"mobile", "Mobile phone"}, {"linkedin", "LinkedIn"}, {"industry", "Industry"}, {"line", "Kind of line"},
	{"level", "Level"}, {"purchase", "Purchase"}, {"urgency", "Urgency"}, {"situation", "Situation"}, {"zone", "Time zone"}, {"last", "Last talk"},
	{"research", "Notes about them"}, {"said", "They said"}, {"introduction", "Introduction"}, {"trigger", "Event"}, {"gatekeeper", "Gatekeeper"},
}

// preview is what the view needs of a batch.
func (i *intake) preview(today coach.Date) view.ImportPreview {
	v := view.ImportPreview{
		Name: i.name, Rows: len(i.sheet.rows), Fresh: len(i.fresh), Twice: i.twice(), Never: i.never, Turned: i.turned,
		Without: i.withoutWhat(3), Own: i.sheet.own(),
	}
	v.Known = len(i.known) - v.Twice
	if !i.before.IsZero() {
		v.Before = view.Day(coach.DateOf(i.before.In(time.UTC)), today)
	}
	v.Columns, v.Unread = i.sheet.columnWords()
	v.First = i.firstOnes(3)
	for _, name := range slices.Sorted(maps.Keys(i.theirs)) {
		n := i.theirs[name]
		word := "are"
		if n == 1 {
			word = "is"
		}
		v.Theirs = append(v.Theirs, fmt.Sprintf("%s %s pursued by %s, and left out.", view.Thousands(n), word, name))
	}
	for _, r := range i.bad {
		if r.final {
			continue
		}
		if v.BadTotal++; v.BadTotal <= 3 {
			v.Bad = append(v.Bad, i.reason(r))
		}
	}
	return v
}

// firstOnes are the first of those who would come in, or are there already, as
// they were understood.
func (i *intake) firstOnes(n int) []string {
	var out []string
	for _, e := range i.fresh[:min(n, len(i.fresh))] {
		out = append(out, "• "+firstRow(&e.p))
	}
	for _, d := range i.known {
		if d.first == nil && len(out) < n {
			out = append(out, "• "+firstRow(&d.e.p))
		}
	}
	if len(out) == 0 {
		return []string{"none"}
	}
	return out
}

// withoutWhat says which rows are taken without an address or a number.
func (i *intake) withoutWhat(n int) []string {
	var out []string
	for _, r := range i.without[:min(n, len(i.without))] {
		out = append(out, i.reason(r))
	}
	if more := len(i.without) - n; more > 0 {
		out = append(out, fmt.Sprintf("… and %s more.", view.Thousands(more)))
	}
	return out
}

// firstRow is a prospect in one line, as it was understood.
func firstRow(p *coach.Prospect) string {
	parts := []string{view.Who(p)}
	for _, s := range []string{p.Title, p.Email, p.Phone, p.LinkedIn, p.Industry} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	line := []rune(strings.ReplaceAll(strings.Join(parts, " · "), "\n", " "))
	return string(line[:min(len(line), 300)])
}

// columnWords say which columns are read as what, and which are left out.
func (s *sheet) columnWords() (read, unread []string) {
	used := map[int]bool{}
	name := func(i int) string {
		if i < len(s.header) && strings.TrimSpace(s.header[i]) != "" {
			return fmt.Sprintf("“%.60s”", strings.TrimSpace(s.header[i]))
		}
		return fmt.Sprintf("column %d", i+1)
	}
	for _, l := range fieldLabels {
		var from []string
		for _, i := range s.cols[l.field] {
			used[i] = true
			from = append(from, name(i))
		}
		if len(from) > 0 {
			read = append(read, fmt.Sprintf("%s from %s", l.label, strings.Join(from[:min(len(from), 4)], ", then ")))
		}
	}
	for _, list := range s.cols {
		for _, i := range list {
			used[i] = true
		}
	}
	for i := range s.header {
		if !used[i] && strings.TrimSpace(s.header[i]) != "" {
			unread = append(unread, name(i))
		}
	}
	return read, unread
}

// reason is a rejected row with where it stands.
func (i *intake) reason(r refused) string { return "• " + i.sheet.lineOf(r.at) + ": " + r.why }

// firstReasons are the first rows that were left out, whatever for.
func (i *intake) firstReasons(n int) []string {
	var out []string
	for _, r := range i.bad[:min(n, len(i.bad))] {
		out = append(out, i.reason(r))
	}
	if more := len(i.bad) - n; more > 0 {
		out = append(out, fmt.Sprintf("… and %s more.", view.Thousands(more)))
	}
	return out
}
