package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/storage"
)

// A file comes in and goes out from the command line, by itself and beside
// what is there.
func TestImportAndExportFromTheCommandLine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	environ := []string{"DATABASE_URL=sqlite://" + filepath.Join(dir, "coach.db"), "TEAM_TZ=Europe/Berlin"}
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	leads := write("leads.csv", "Name,Company,Email,Research\nJane Doe,Acme,jane@acme.test,=opened a hub\nBo Ek,,bo@beta.test,\nCy Oh,Gamma,cy@gamma.test,\n")
	run := func(want int, args ...string) (string, string) {
		t.Helper()
		code, out, errs := runProgram(t, environ, "", args...)
		if code != want {
			t.Fatalf("%v: exit %d, %s%s", args, code, out, errs)
		}
		return out, errs
	}
	bad, said := run(0, "import", leads, "--rep", "U1")
	if !strings.Contains(said, "2 imported, 1 left out") || !strings.Contains(bad, "Bo Ek") || !strings.Contains(bad, "A company is missing") {
		t.Errorf("import: %s%s", bad, said)
	}
	if _, said = run(0, "import", leads, "--rep", "U1"); !strings.Contains(said, "imported before") {
		t.Errorf("the same file twice: %s", said)
	}
	out, said := run(0, "export", "--rep", "U1")
	if !strings.Contains(said, "2 exported") || !strings.Contains(out, "'=opened a hub") {
		t.Errorf("export: %s%s", out, said)
	}
	if out, said := run(0, "export", "--rep", "U9"); !strings.Contains(said, "0 exported") || strings.Contains(out, "Jane") {
		t.Errorf("another rep's export: %s%s", out, said)
	}

	// An export is read back, into an empty place, as it was.
	back := write("back.csv", out)
	elsewhere := environ
	environ = []string{"DATABASE_URL=sqlite://" + filepath.Join(dir, "other.db"), "TEAM_TZ=Europe/Berlin"}
	if _, said = run(0, "import", back, "--rep", "U1"); !strings.Contains(said, "2 imported.") {
		t.Errorf("reading the export back: %s", said)
	}
	again, _ := run(0, "export")
	if a, b := withoutDates(t, out), withoutDates(t, again); a != b {
		t.Errorf("the export read back is\n%s\nnot\n%s", b, a)
	}
	environ = elsewhere

	fuller := write("fuller.csv", "Name,Company,Title,Email\nJane Doe,Acme,CFO,jane@acme.test\nCy Oh,Gamma,,cy@gamma.test\n")
	if _, said = run(0, "import", fuller, "--rep", "U1", "--fill", "--bad", filepath.Join(dir, "bad.csv")); !strings.Contains(said, "0 imported, 1 filled in, 1 known already") {
		t.Errorf("filling in: %s", said)
	}

	store, err := storage.Open(t.Context(), storage.Options{URL: "sqlite://" + filepath.Join(dir, "coach.db"), Now: testNow})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if _, said = run(1, "import", leads, "--rep", "U1"); !strings.Contains(said, "in use by") || !strings.Contains(said, "drop the file") {
		t.Errorf("beside a writer: %s", said)
	}
	if _, said = run(0, "export"); !strings.Contains(said, "2 exported") {
		t.Errorf("export beside a writer: %s", said)
	}
	for _, args := range [][]string{{"import"}, {"import", leads}, {"import", leads, "--rep", "ada"}, {"export", "--rep", "ada"}} {
		run(2, args...)
	}
	if _, said = run(1, "import", write("x.csv", "PK\x03\x04"), "--rep", "U1"); strings.Count(strings.TrimSpace(said), "\n") > 0 {
		t.Errorf("more than one line: %s", said)
	}
}

// withoutDates is an export without the columns of when and who.
func withoutDates(t *testing.T, text string) string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range rows {
		out = append(out, r[0]+fmt.Sprintf("%q", r[2:len(r)-1])) // numbers are given anew
	}
	return strings.Join(out, "\n")
}

func TestTheProgressBarIsDrawnOverItself(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	bar := &progressBar{w: &out, what: "importing"}
	bar.show(0, 0)
	bar.show(200, 400)
	bar.show(200, 400)
	bar.show(400, 400)
	bar.end()
	want := "\rimporting [###############...............] 200 of 400\rimporting [##############################] 400 of 400\n"
	if out.String() != want {
		t.Errorf("drew %q", out.String())
	}
	if newProgressBar(&out, "x").w != nil {
		t.Error("a bar is drawn where nobody looks on")
	}
}
