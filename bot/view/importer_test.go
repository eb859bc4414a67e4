package view

import (
	"maps"
	"regexp"
	"strings"
	"testing"
)

// imports is every view of a dropped file as the goldens hold it.
func imports() map[string]Message {
	d := Dropped{File: "F0123456789", Encoding: "windows-1252", Digest: "0123456789abcdef"}
	full := ImportPreview{
		Name: hostile + ".csv", Dropped: d, Turned: hostile, Without: []string{"• line 9: “" + hostile + "” is no email address."}, Rows: 20000,
		Columns: []string{"Name from “" + hostile + "”", "Company from “Account”"}, Unread: strings.Split(strings.Repeat("“"+hostile+"”,", 60), ","),
		First: []string{"• " + hostile, "• Bo Ek, Beta", "• " + strings.Repeat("x", 300)}, Fresh: 19000, Known: 900, Twice: 1,
		Theirs: []string{"3 are pursued by " + hostile + ", and left out."}, Never: 2, Bad: []string{"• line 7: “" + hostile + "” is no email address."}, BadTotal: 94,
	}
	known := full
	known.Fresh, known.Note = 0, "The file has changed since I read it. This is how it is now."
	again := full
	again.Before = "on Mon 2 March"
	simple := ImportPreview{Name: "leads.csv", Dropped: Dropped{File: "F1", Digest: "01"}, Rows: 1, Columns: []string{"Name from “Name”"}, First: []string{"• Jane Doe, Acme"}, Fresh: 1}
	return map[string]Message{
		"import_preview": Importing(full), "import_known": Importing(known), "import_again": Importing(again), "import_simple": Importing(simple),
		"import_underway": ImportUnderway(hostile, 4200, 20000, d, true),
		"import_stopped":  ImportStopped(hostile, "something went wrong on our side.", d, false),
		"import_done":     ImportDone(ImportResult{Name: hostile, Added: 19000, Filled: 20, Known: 880, Twice: 1, Without: []string{"• line 9: “" + hostile + "” is no email address."}, Rejected: 99, Undo: 7, BadFile: true, Daily: 10}),
		"import_words":    ImportDone(ImportResult{Name: "leads.csv", Rejected: 1, Bad: []string{"• line 7: " + hostile}, Daily: 10}),
		"import_before":   ImportDone(ImportResult{Name: "leads.csv", Before: true}),
		"import_help":     ImportHelp("/prospect", true), "import_unable": ImportHelp("/prospect", false),
		"export_by_hand": ExportByHand("U1"),
	}
}

func TestADroppedFileIsReadBackFromItsButton(t *testing.T) {
	t.Parallel()
	for _, d := range []Dropped{{"F1", "", "ab", ""}, {"F0123456789", "windows-1252", "0123456789abcdef", ""}, {"F0123456789", "windows-1252", "0123456789abcdef", "n10f11l12c13t14e15p16m17k18i19r20s21g22"}} {
		if got, ok := ParseDropped(d.String()); !ok || got != d || d.Columns == "" && len(d.String()) > maxOption {
			t.Errorf("%+v comes back as %+v", d, got)
		}
	}
	for _, s := range []string{"", "F1", "F1 auto", "F1 auto ab more", "F1 auto ab x1", "F1 auto ab n-1", "F1 auto ab n", "F1 auto ab n10000", "F1 auto ab ä1", "F1 auto ab n1.c2", "F1 auto ab n1 more"} {
		if _, ok := ParseDropped(s); ok {
			t.Errorf("%q was read", s)
		}
	}
}

// Whoever reads the letters otherwise keeps the columns they chose, however
// many, far out and long-named they are.
func TestAnEncodingKeepsTheChosenColumns(t *testing.T) {
	t.Parallel()
	all := Columns{}
	for i, f := range columnFields {
		all[f.field] = maxColumns - 1 - i
	}
	m := Importing(ImportPreview{Name: "leads.csv", Dropped: Dropped{"F0123456789", "windows-1252", "0123456789abcdef", all.String()}, Fresh: 1})
	raw := render(t, m)
	checkLimits(t, raw)
	read := 0
	for _, v := range regexp.MustCompile(`"value": "([^"]*)"`).FindAllStringSubmatch(string(raw), -1) {
		d, ok := ParseDropped(v[1])
		if c, whole := ParseColumns(d.Columns); !ok || !whole || !maps.Equal(c, all) {
			t.Errorf("%q loses columns", v[1])
		}
		read++
	}
	if read < len(Encodings) {
		t.Errorf("%d values read", read)
	}
}
