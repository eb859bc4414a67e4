package view

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"
)

// Actions of a dropped file; their value is a [Dropped].
const (
	ActionImport   = "import"   // import:skip, import:fill, import:columns, import:cancel
	ActionImportAs = "importas" // the encoding was chosen
)

// Encodings a person can choose when letters look wrong: key and label.
var Encodings = [][2]string{
	{"utf-8", "Unicode (UTF-8)"}, {"utf-16", "Unicode (UTF-16)"}, {"windows-1252", "Western Europe (Windows-1252)"},
	{"windows-1250", "Central Europe (Windows-1250)"}, {"windows-1251", "Cyrillic (Windows-1251)"}, {"macintosh", "Western Europe (old Mac)"},
}

// Dropped names a dropped file in a button: all that is needed to read it
// again, after a restart too.
type Dropped struct {
	File     string // Slack's id
	Encoding string // as chosen; "" to find out
	Digest   string // of what was previewed, shortened
	Columns  string // as chosen, of a [Columns]; "" to guess
}

// String is the value of the button.
func (d Dropped) String() string {
	e := d.Encoding
	if e == "" {
		e = "auto"
	}
	return strings.TrimSpace(d.File + " " + e + " " + d.Digest + " " + d.Columns)
}

// ParseDropped reads it back.
func ParseDropped(value string) (Dropped, bool) {
	f := strings.Fields(value)
	if len(f) != 3 && len(f) != 4 {
		return Dropped{}, false
	}
	d := Dropped{File: f[0], Encoding: f[1], Digest: f[2]}
	if len(f) == 4 {
		if _, ok := ParseColumns(f[3]); !ok {
			return Dropped{}, false
		}
		d.Columns = f[3]
	}
	if d.Encoding == "auto" {
		d.Encoding = ""
	}
	return d, true
}

// ImportPreview is a file before anything is written.
type ImportPreview struct {
	Name     string
	Dropped  Dropped
	Own      bool // one of our own exports: its columns are known
	Rows     int
	Columns  []string // "Name from “Full name”"
	Unread   []string // columns that were left out
	First    []string // the first rows as they were understood
	Fresh    int
	Known    int      // the rep's own already
	Twice    int      // twice in the file
	Theirs   []string // "3 are pursued by Max Lind"
	Never    int
	Bad      []string // the first reasons, with their lines
	BadTotal int
	Without  []string // taken without an address or a number, with their lines
	Turned   string   // the first name that stood as “Doe, Jane”; "" for none
	Before   string   // the day this very file was imported; "" if not
	Note     string   // why it is shown again
}

// counts says in sentences what would happen.
func (v ImportPreview) counts() []string {
	if v.Before != "" {
		return []string{"You imported this very file " + v.Before + ". It adds nothing a second time; undo that import first, or drop a changed file."}
	}
	var out []string
	add := func(n int, one, many string) {
		if n > 0 {
			out = append(out, countThousands(n, one, many))
		}
	}
	if v.Fresh == 0 {
		out = append(out, "Nobody in it is new.")
	}
	add(v.Fresh, "is new and would wait until there is room in your day.", "are new and would wait until there is room in your day.")
	add(v.Known, "is yours already.", "are yours already.")
	add(v.Twice, "stands in the file twice.", "stand in the file twice.")
	out = append(out, v.Theirs...)
	add(v.Never, "asked not to be contacted, and is left out.", "asked not to be contacted, and are left out.")
	if v.Turned != "" {
		out = append(out, "Names such as “"+clip(v.Turned, 60)+"” are turned round: first name first.")
	}
	if len(v.Without) > 0 {
		out = append(out, "Taken without what cannot be right:")
		out = append(out, v.Without...)
	}
	if v.BadTotal > 0 {
		out = append(out, countThousands(v.BadTotal, "row is left out:", "rows are left out:"))
		out = append(out, v.Bad...)
	}
	return out
}

// Importing shows a file before anything is written, with the choice.
func Importing(v ImportPreview) Message {
	head := fmt.Sprintf("%s: %s", clip(v.Name, 80), countThousands(v.Rows, "row", "rows"))
	lines := v.counts()
	columns, first := "Where it stands in your file:\n"+strings.Join(v.Columns, "\n"), "The first ones, as I read them:\n"+strings.Join(v.First, "\n")
	unread := ""
	if len(v.Unread) > 0 {
		unread = "Left out: " + clip(strings.Join(v.Unread, ", "), 600) + "."
	}
	m := Message{Text: clipText(Escape(joinLines(joinLines(head+". "+strings.Join(lines, "\n"), columns), joinLines(unread, first))))}
	if v.Note != "" {
		m.Blocks = append(m.Blocks, words(v.Note))
	}
	m.Blocks = append(m.Blocks, header(head), words(strings.Join(lines, "\n")))
	if v.Before == "" {
		m.Blocks = append(m.Blocks, row("import", v.knobs()))
	}
	m.Blocks = append(m.Blocks, words(first), words(columns))
	if unread != "" {
		m.Blocks = append(m.Blocks, smallPlain(unread))
	}
	if v.Before != "" {
		return m
	}
	foot := "Nothing is saved yet. If something landed in the wrong place, press Columns."
	if v.Known+v.Twice > 0 {
		foot += " Filling in adds what is missing to those you have already; it overwrites nothing."
	}
	m.Blocks = append(m.Blocks, encodingRow(v.Dropped), smallPlain(foot))
	return m
}

func (v ImportPreview) knobs() []knob {
	value := v.Dropped.String()
	var knobs []knob
	switch doubles := v.Known + v.Twice; {
	case v.Fresh > 0 && doubles > 0:
		knobs = append(knobs, button("Import the new, skip the others", ActionImport+":skip", value).primary())
	case v.Fresh > 0:
		knobs = append(knobs, button("Import "+Thousands(v.Fresh), ActionImport+":skip", value).primary())
	}
	if v.Known+v.Twice > 0 {
		label := "Import the new, fill in the others"
		if v.Fresh == 0 {
			label = "Fill in what they lack"
		}
		knobs = append(knobs, button(label, ActionImport+":fill", value))
	}
	if !v.Own {
		knobs = append(knobs, button("Columns", ActionImport+":columns", value))
	}
	return append(knobs, button("Cancel", ActionImport+":cancel", value))
}

// noDigest stands in a choice of encodings, which is short of room: all of the
// columns must stand beside it, and the file is previewed anew anyway.
const noDigest = "-"

func encodingRow(d Dropped) slack.Block {
	var options []option
	for _, e := range Encodings {
		options = append(options, option{Dropped{d.File, e[0], noDigest, d.Columns}.String(), e[1]})
	}
	s := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain("Letters look wrong? Read it as …", 150), ActionImportAs, drawOptions(options)...)
	return slack.NewActionBlock("importas", s)
}

// ImportUnderway replaces the preview while rows are written. Its button says
// how it stands, and begins again if a restart came between.
func ImportUnderway(name string, done, total int, d Dropped, fillIn bool) Message {
	text := fmt.Sprintf("Importing %s: %s of %s.", clip(name, 80), Thousands(done), Thousands(total))
	if total == 0 {
		text = fmt.Sprintf("Importing %s …", clip(name, 80))
	}
	m := Words(text + " Nothing shows until all of it is in.")
	action := ActionImport + ":skip"
	if fillIn {
		action = ActionImport + ":fill"
	}
	return withButtons(m, row("import", []knob{button("How far is it?", action, d.String())}))
}

// ImportResult is what came of an import.
type ImportResult struct {
	Name                    string
	Added, Filled, Rejected int
	Known, Twice            int      // left as they are: there before, or twice in the file
	Without                 []string // taken without an address or a number, with their lines
	Before                  bool
	Undo                    int64
	Bad                     []string // the first rejected rows in words, where no file can be handed back
	BadFile                 bool     // a file with them follows
	Daily                   int
}

// ImportDone says what came of it, with Undo.
func ImportDone(v ImportResult) Message {
	var lines []string
	switch {
	case v.Before:
		lines = append(lines, fmt.Sprintf("%s was imported before. The same file adds nothing a second time.", clip(v.Name, 80)))
	case v.Added+v.Filled == 0:
		lines = append(lines, fmt.Sprintf("%s brought nothing new.", clip(v.Name, 80)))
	case v.Added > 0:
		lines = append(lines, fmt.Sprintf("Imported %s from %s. They wait, and are let in a few a day while fewer than %d are due.", countThousands(v.Added, "prospect", "prospects"), clip(v.Name, 80), v.Daily))
	}
	if v.Filled > 0 {
		lines = append(lines, "Filled in what was missing for "+countThousands(v.Filled, "prospect", "prospects")+".")
	}
	if v.Known > 0 && !v.Before {
		lines = append(lines, countThousands(v.Known, "was yours already and is as it was.", "were yours already and are as they were."))
	}
	if v.Twice > 0 && !v.Before {
		lines = append(lines, countThousands(v.Twice, "stood in the file twice and came in once.", "stood in the file twice and came in once."))
	}
	if len(v.Without) > 0 && v.Added > 0 {
		lines = append(lines, "Taken without what cannot be right:\n"+strings.Join(v.Without, "\n"))
	}
	if v.Rejected > 0 {
		line := countThousands(v.Rejected, "row was left out", "rows were left out")
		if v.BadFile {
			line += ". A CSV with what was left out follows, the reason in its last column: mend it there, and drop the file here."
		} else {
			line += ":\n" + strings.Join(v.Bad, "\n")
		}
		lines = append(lines, line)
	}
	var next []Next
	if v.Added > 0 {
		next = append(next, Next{Label: "See them", Line: "list waiting"})
	}
	return Done(strings.Join(lines, "\n"), v.Undo, next...)
}

// ImportStopped says that nothing was imported, and lets the person begin again.
func ImportStopped(name, why string, d Dropped, fillIn bool) Message {
	action := ActionImport + ":skip"
	if fillIn {
		action = ActionImport + ":fill"
	}
	return withButtons(Words(fmt.Sprintf("%s was not imported: %s Nothing of it stayed behind.", clip(name, 80), why)), row("import", []knob{button("Try again", action, d.String())}))
}

// ImportHelp tells how a file comes in.
func ImportHelp(slash string, mayRead bool) Message {
	text := "Drop a CSV file into our direct message: first line the names of the columns (Name, Company, Title, Email, Phone, LinkedIn, Industry …), then a line for each prospect, 20,000 at most. " +
		"Exports of Salesforce, HubSpot, Pipedrive and Zoho are understood as they are. I show you what I read before anything is saved, and one Undo takes all of it back."
	if !mayRead {
		text = "I am not allowed to read files here; the person who runs the app can add the scope files:read. Until then they can bring your file in on the command line: prospectcoach import FILE --rep U…"
	}
	return Words(text)
}

func countThousands(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Thousands(n) + " " + many
}

// Thousands is 20,000 as people write it.
func Thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
