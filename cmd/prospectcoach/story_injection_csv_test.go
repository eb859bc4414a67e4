package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

// injectedCSV is a file with every string of the corpus in every column, and
// with what only a file can hold: bytes that are no text, and a name of a
// hundred thousand letters.
func injectedCSV(t *testing.T) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	rows := [][]string{{"Name", "Company", "Title", "Email", "Industry", "Research", "Gatekeeper"}}
	extra := []string{"\x00", "\xff\xfe\xfd", "a\xc3", "\u202egnp.exe\u202c", "\u200b\u200c\u200d\u2060\ufeff", strings.Repeat("W", 100_000), "\x1b[31mred\x1b[0m", "line\r\ntime=\"2026\" level=error"}
	for i, s := range append(injections(t), extra...) {
		mark := fmt.Sprintf("zq%dzq", i)
		rows = append(rows, []string{s + mark, s + mark + s, mark + s, fmt.Sprintf("jane%d@acme.test", i), s, s + mark, s})
	}
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var importButton = regexp.MustCompile(`\[(Import[^\]]*)\]`)

// Text of a file stays text: in its preview, in what is said of it, in lists and
// cards, in the log, and in the file that is handed out again, where nothing
// runs in a spreadsheet.
func TestInjection_AFileInAndOut(t *testing.T) {
	t.Parallel()
	log := &keptLog{}
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin", withLog(log))
	j := &injection{story: w, p: w.slack.Person("ada")}
	r, err := j.p.DropFile("", "<!channel> =1+1.csv", injectedCSV(t))
	if err != nil {
		t.Fatal(err)
	}
	j.look("the preview", localslack.Forged{Result: r})
	pressed := false
	for _, m := range j.p.DM().Messages {
		if label := importButton.FindStringSubmatch(words(m)); label != nil {
			r, err := j.p.Click(m, label[1])
			if err != nil {
				t.Fatal(err)
			}
			j.look("the import", localslack.Forged{Result: r})
			pressed = true
		}
	}
	if !pressed {
		t.Fatalf("nothing could be imported:\n%s", wordsOfAll(j.p.DM().Messages))
	}
	for _, line := range []string{"list all", "list all page:2", "list waiting zq7zq", "show 1", "show 200", "next 3", "plan 5", "edit 9"} {
		j.look(line, j.p.ForgeCommand(line))
	}
	j.look("the Home", j.p.ForgeEvent("app_home_opened", map[string]any{"tab": "home"}))
	j.look("export", j.p.ForgeCommand("export"))
	rows := 0
	for _, m := range j.p.DM().Messages {
		for _, hit := range alive(m.Text, m.Blocks) {
			if m.BotID != "" {
				t.Errorf("alive in the DM: %.200q", hit)
			}
		}
		for _, f := range m.Files {
			if _, data, ok := w.slack.FileContent(f.ID); ok && m.BotID != "" {
				rows += harmless(t, f.Name, data)
			}
		}
	}
	if rows < 300 {
		t.Errorf("only %d rows came out", rows)
	}
	for _, m := range w.slack.Unexpected() {
		w.slack.Take(m)
	}
	cleanLog(t, log.String())
	t.Logf("%d rows came out", rows)
}

// harmless fails if a cell of the file would run in a spreadsheet, whichever
// separator it takes, or if the file is not text. It answers the rows.
func harmless(t *testing.T, name string, data []byte) int {
	t.Helper()
	if !utf8.Valid(data) || bytes.ContainsRune(data, 0) {
		t.Errorf("%s is not text", name)
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.FieldsPerRecord = -1
	all, err := r.ReadAll()
	if err != nil {
		t.Errorf("%s cannot be read: %v", name, err)
	}
	unseen := func(c rune) bool {
		return unicode.IsSpace(c) || unicode.IsControl(c) || unicode.Is(unicode.Cf, c)
	}
	for n, row := range all {
		for _, cell := range row {
			for part := range strings.FieldsFuncSeq(cell, func(c rune) bool { return strings.ContainsRune(";\t\r\n", c) }) {
				if part = strings.TrimLeftFunc(part, unseen); part != "" && strings.ContainsAny(part[:1], "=+-@|%") {
					t.Errorf("%s, row %d would run: %.80q", name, n+1, cell)
				}
			}
		}
	}
	return len(all)
}

// The same file by the command line, and out again by it: nothing of it reaches
// the terminal as more than text.
func TestInjection_AFileByTheCommandLine(t *testing.T) {
	t.Parallel()
	url := engines[0].url(t)
	env := []string{"DATABASE_URL=" + url, "HASH_KEY=0123456789abcdef0123456789"}
	file := filepath.Join(t.TempDir(), "in.csv")
	if err := os.WriteFile(file, injectedCSV(t), 0o600); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(t.TempDir(), "bad.csv")
	code, out, errs := operator(t, movingDay, env, "import", file, "--rep", demoAda, "--bad", left)
	if code != 0 {
		t.Fatalf("import: %d\n%.500s%.500s", code, out, errs)
	}
	for _, said := range []string{out, errs} {
		if bad := strings.IndexFunc(said, func(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\t' && c != '\r' || c == '\u202e' }); bad >= 0 {
			t.Errorf("the terminal gets a control character: %.200q", said[max(0, bad-60):])
		}
	}
	raw, err := os.ReadFile(left)
	if err != nil {
		t.Fatal(err)
	}
	if n := harmless(t, "the rows left out", raw); n < 2 {
		t.Errorf("only %d rows were left out", n)
	}
	code, out, errs = operator(t, movingDay, env, "export")
	if code != 0 {
		t.Fatalf("export: %d %.500s", code, errs)
	}
	if n := harmless(t, "the export", []byte(out)); n < 300 {
		t.Errorf("only %d rows came out", n)
	}
}
