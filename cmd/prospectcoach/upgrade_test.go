package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A serve of today on a file of the first schema says in one line what it does
// and where the copy lies, and goes on with what was there.
func TestServe_BringsAnOldFileForward(t *testing.T) {
	t.Parallel()
	url := engines[0].url(t)
	path := strings.TrimPrefix(url, "sqlite://")
	raw, err := os.ReadFile(filepath.Join("..", "..", "storage", "testdata", "schema1.sql"))
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(strings.NewReplacer("'T1'", "'"+demoWorkspaceID+"'", "UADA", demoAda, "INSERT INTO sqlite_sequence VALUES ('goose", "DELETE FROM sqlite_sequence; INSERT INTO sqlite_sequence VALUES ('goose").Replace(string(raw)))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if code, out, errs := operator(t, time.Now(), []string{"DATABASE_URL=" + url}, "export"); code == 0 || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "start it once with serve") {
		t.Errorf("export from an old file: %d %s%s", code, out, errs)
	}
	o := newOffice(t, url)
	p := o.launch()
	if got := o.command("ada", "/prospect show 1"); !strings.Contains(got, "Jané") {
		t.Errorf("Jane is not there: %s", got)
	}
	line := regexp.MustCompile(`the database goes from schema 1 to \d+; a copy of it as it was lies at (\S+\.schema1-[0-9-]+), delete it`).FindStringSubmatch(strings.Join(p.lines(), "\n"))
	if line == nil {
		t.Fatalf("not said:\n%s", strings.Join(p.lines(), "\n"))
	}
	if info, err := os.Stat(line[1]); err != nil || info.Mode().Perm() != 0o600 || filepath.Dir(line[1]) != filepath.Dir(path) {
		t.Errorf("the copy: %v, %v", info, err)
	}
	if code, _, errs := operator(t, time.Now(), []string{"DATABASE_URL=sqlite://" + filepath.Join(t.TempDir(), "new.db")}, "restore", line[1]); code != 0 {
		t.Errorf("the copy cannot be restored: %s", errs)
	}
}
