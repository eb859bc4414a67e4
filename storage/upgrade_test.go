package storage

import (
	"database/sql"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/prospectcoach/prospectcoach/coach"
)

// writeFixture is for whoever adds a migration: go test ./storage -run
// EverySchema -write-fixture, and commit the new file of testdata. Files of
// schemas that were released never change.
var writeFixture = flag.Bool("write-fixture", false, "write testdata/schemaN.sql for the newest schema")

// filledWorld has something in every table that lasts.
func filledWorld(t *testing.T) *world {
	w := newWorld(t, engines[0])
	w.must(w.ClaimWorkspace(w.ctx, "T1"))
	w.must(w.SetMeta(w.ctx, "hello", "you"))
	berlin, err := time.LoadLocation("Europe/Berlin")
	w.must(err)
	w.must(w.SaveRep(w.ctx, RepRow{Rep: coach.Rep{ID: "UADA", Name: "Ada Weber", Company: "Northwind", Zone: berlin, Country: "DE", WorkingDays: coach.MonToFri, From: 480, To: 1080,
		DaysOff: []coach.Span{{From: date("2026-03-06"), To: date("2026-03-08")}}, NudgeAt: 540, Daily: 12, Why: "I help"}, Handle: "ada", DM: "D1", Welcomed: true, NextNudge: monday.Add(time.Hour)}))
	w.must(w.SaveRep(w.ctx, RepRow{Rep: coach.Rep{ID: "UBEN", Zone: time.UTC, Gone: true}}))
	first := jane()
	first.StopReason = "none yet"
	w.add(first)
	second := coach.Prospect{Owner: "UBEN", Added: monday, Name: "Bob Ray", Company: "Beta", Email: "bob@beta.test", State: coach.Waiting,
		Campaigns: []coach.Campaign{{No: 1, Situation: coach.Cold, Starts: date("2026-03-04")}}, Due: date("2026-03-04")}
	w.add(second)
	w.change("Renamed Bob", func(tx *Tx) error {
		w.must(tx.Queue(Message{Key: "nudge:UADA:1", Kind: "nudge", Rep: "UADA", Day: date("2026-03-02"), RunAt: monday}))
		w.must(tx.AddNugget(&coach.Nugget{Kind: coach.NuggetOutcome, Text: "cut errors by a third"}))
		w.must(tx.NeverContact([]byte("a hash")))
		p, err := tx.Prospect(2)
		p.Name = "Robert Ray"
		return err
	})
	_, err = w.Seen(w.ctx, "Ev1", monday)
	w.must(err)
	return w
}

// dumped writes the schema and every row as statements; each value is quoted, so
// that both engines take it for what its column is.
func dumped(t *testing.T, db *sql.DB) string {
	t.Helper()
	var out strings.Builder
	var names []string
	each(t, db, "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, rowid", func(row []any) {
		fmt.Fprintf(&out, "%s;\n", row[1])
		if strings.HasPrefix(row[1].(string), "CREATE TABLE") {
			names = append(names, row[0].(string))
		}
	})
	for _, name := range append(names, "sqlite_sequence") {
		each(t, db, "SELECT * FROM "+name, func(row []any) {
			var values []string
			for _, v := range row {
				if v == nil {
					values = append(values, "NULL")
				} else {
					values = append(values, "'"+strings.ReplaceAll(fmt.Sprint(v), "'", "''")+"'")
				}
			}
			fmt.Fprintf(&out, "INSERT INTO %s VALUES (%s);\n", name, strings.Join(values, ", "))
		})
	}
	return out.String()
}

func each(t *testing.T, db *sql.DB, query string, fn func(row []any)) {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	cols, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		values, into := make([]any, len(cols)), make([]any, len(cols))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		fn(values)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// Every schema there ever was comes forward with its data, on both engines: the
// file is copied first, what it becomes has the tables of a new database, the
// lives read as before, and an old change can still be taken back.
func TestEverySchemaComesForward(t *testing.T) {
	t.Parallel()
	newest, err := newestSchema(newWorld(t, engines[0]).d)
	if err != nil {
		t.Fatal(err)
	}
	if *writeFixture {
		if err := os.WriteFile(fixture(newest), []byte(dumped(t, filledWorld(t).r)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files, err := fs.Glob(migrationFiles, "migrations/sqlite/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		schema, err := goose.NumericComponent(file)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(fixture(schema))
		if err != nil {
			t.Errorf("schema %d has no fixture; see writeFixture: %v", schema, err)
			continue
		}
		for _, e := range engines {
			t.Run(fmt.Sprintf("%s from %d", e.name, schema), func(t *testing.T) {
				t.Parallel()
				o := &old{world: &world{e: e, url: e.url(t), t: t, ctx: t.Context(), now: monday}, schema: schema, newest: newest}
				o.load(string(raw))
				o.forward()
			})
		}
	}
}

func fixture(schema int64) string { return fmt.Sprintf("testdata/schema%d.sql", schema) }

// old is a database of an older program.
type old struct {
	*world
	schema, newest int64
}

// load makes the database as it was: a SQLite file from the fixture alone, and
// tables of PostgreSQL by the migrations up to then, with the same rows.
func (o *old) load(fixture string) {
	o.t.Helper()
	var err error
	o.Store = &Store{}
	o.d, err = parseURL(o.url)
	o.must(err)
	if o.e.name == "sqlite" {
		f, err := os.OpenFile(o.d.path, os.O_CREATE|os.O_WRONLY, 0o600)
		o.must(err)
		o.must(f.Close())
	}
	w, r, err := o.d.open(false)
	o.must(err)
	defer func() {
		o.must(w.Close())
		if r != w {
			o.must(r.Close())
		}
	}()
	if o.e.name == "sqlite" {
		_, err = w.Exec("PRAGMA foreign_keys = OFF; PRAGMA writable_schema = OFF; " + strings.Replace(fixture, "INSERT INTO sqlite_sequence", "DELETE FROM sqlite_sequence; INSERT INTO sqlite_sequence", 1))
		o.must(err)
		o.asReleased(w)
		return
	}
	_, err = w.Exec("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
	o.must(err)
	o.upTo(w)
	for line := range strings.Lines(fixture) {
		if strings.HasPrefix(line, "INSERT INTO ") && !strings.HasPrefix(line, "INSERT INTO sqlite_sequence") && !strings.HasPrefix(line, "INSERT INTO goose_db_version") {
			if _, err := w.Exec(line); err != nil {
				o.t.Fatalf("%s: %v", line, err)
			}
		}
	}
	for _, table := range []string{"prospects", "changes", "outbox", "facts", "touches", "skips", "nuggets"} {
		_, err := w.Exec("SELECT setval(pg_get_serial_sequence('" + table + "', 'id'), 20)")
		o.must(err)
	}
}

// upTo runs the migrations of that time.
func (o *old) upTo(db *sql.DB) {
	o.t.Helper()
	dialect, folder, opts, err := o.d.migrations()
	o.must(err)
	sub, err := fs.Sub(migrationFiles, folder)
	o.must(err)
	p, err := goose.NewProvider(dialect, db, sub, append(opts, goose.WithDisableGlobalRegistry(true))...)
	o.must(err)
	_, err = p.UpTo(o.ctx, o.schema)
	o.must(err)
}

// asReleased fails if a migration that was released has changed since.
func (o *old) asReleased(db *sql.DB) {
	o.t.Helper()
	fresh, err := sql.Open("sqlite", "file:"+uriPath(filepath.Join(o.t.TempDir(), "fresh.db")))
	o.must(err)
	defer fresh.Close()
	o.upTo(fresh)
	if a, b := tablesOf(o.t, db), tablesOf(o.t, fresh); a != b {
		o.t.Errorf("the migrations up to %d are no longer those that were released:\n%s\n---- but\n%s", o.schema, a, b)
	}
}

// tablesOf is the whole schema of a SQLite file.
func tablesOf(t *testing.T, db *sql.DB) string {
	t.Helper()
	var all []string
	each(t, db, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'", func(row []any) {
		all = append(all, strings.Join(strings.Fields(row[0].(string)), " "))
	})
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// forward opens it with the program of today.
func (o *old) forward() {
	o.t.Helper()
	if _, err := Open(o.ctx, Options{URL: o.url, Now: time.Now, ReadOnly: true}); o.schema < o.newest && (err == nil || strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), "start it once with serve")) {
		o.t.Errorf("reading an old database: %v", err)
	}
	var told []Upgrade
	s, err := Open(o.ctx, Options{URL: o.url, Now: func() time.Time { return o.now }, Upgrading: func(u Upgrade) { told = append(told, u) }})
	o.must(err)
	o.t.Cleanup(func() { o.must(s.Close()) })
	o.Store = s
	o.copied(told)
	if o.e.name == "sqlite" {
		if a, b := tablesOf(o.t, s.r), tablesOf(o.t, newWorld(o.t, o.e).r); a != b {
			o.t.Errorf("the tables are not those of a new database:\n%s\n---- but\n%s", a, b)
		}
		o.must(s.d.sound(o.ctx, s.r))
	}

	want := jane()
	want.ID, want.StopReason = 1, "none yet"
	got := o.life(1)
	for i := range want.Touches {
		want.Touches[i].ID = got.Touches[i].ID
	}
	for i := range want.Facts {
		want.Facts[i].ID = got.Facts[i].ID
	}
	want.Skips[0].ID = got.Skips[0].ID
	if a, b := asJSON(o.t, want), asJSON(o.t, got); a != b {
		o.t.Errorf("Jane was\n%s\nand is\n%s", a, b)
	}
	ada, err := s.Rep(o.ctx, "UADA")
	if err != nil || ada.Why != "I help" || ada.Zone.String() != "Europe/Berlin" || len(ada.DaysOff) != 1 || !ada.NextNudge.Equal(monday.Add(time.Hour)) {
		o.t.Errorf("Ada is %+v, %v", ada, err)
	}
	if _, err := s.Prospect(o.ctx, 3); err == nil {
		o.t.Error("half an import became visible")
	}
	if on, err := s.IsNeverContact(o.ctx, []byte("a hash")); err != nil || !on {
		o.t.Errorf("who must never be contacted was forgotten: %v", err)
	}
	if seen, err := s.Seen(o.ctx, "Ev1", monday); err != nil || !seen {
		o.t.Errorf("an envelope would be taken twice: %v, %v", seen, err)
	}
	if stats, err := s.OutboxStats(o.ctx); err != nil || !reflect.DeepEqual(stats.Counts, map[string]int{Pending: 1}) {
		o.t.Errorf("the outbox is %v, %v", stats.Counts, err)
	}
	if _, err := s.Undo(o.ctx, Change{Rep: "UADA", At: o.now}, 3); err != nil || o.life(2).Name != "Bob Ray" {
		o.t.Errorf("an old change cannot be taken back: %q, %v", o.life(2).Name, err)
	}
	if id := o.add(coach.Prospect{Owner: "UADA", Name: "New One", Company: "Acme", State: coach.Waiting, Campaigns: []coach.Campaign{{No: 1, Situation: coach.Cold, Starts: date("2026-03-05")}}}); id <= 2 || id == 3 && o.schema < 4 {
		o.t.Errorf("number %d was given again", id)
	}
}

// copied fails unless the file was laid beside as it was, for its owner alone,
// and only when there was something to do.
func (o *old) copied(told []Upgrade) {
	o.t.Helper()
	if o.schema == o.newest {
		if len(told) != 0 {
			o.t.Errorf("nothing was to do, but: %v", told)
		}
		return
	}
	if len(told) != 1 || told[0].From != o.schema || told[0].To != o.newest || (told[0].Copy == "") != (o.e.name == "postgres") {
		o.t.Fatalf("told: %+v", told)
	}
	if o.e.name == "postgres" {
		return
	}
	info, err := os.Stat(told[0].Copy)
	o.must(err)
	if filepath.Dir(told[0].Copy) != filepath.Dir(o.d.path) || info.Mode().Perm() != 0o600 {
		o.t.Errorf("the copy is %s with mode %v", told[0].Copy, info.Mode())
	}
	db, err := sql.Open("sqlite", "file:"+uriPath(told[0].Copy)+"?mode=ro")
	o.must(err)
	defer db.Close()
	raw, err := os.ReadFile(fixture(o.schema))
	o.must(err)
	if a, b := sorted(dumped(o.t, db)), sorted(string(raw)); a != b {
		o.t.Errorf("the copy is not what was there:\n%s\n---- but\n%s", a, b)
	}
}

func sorted(text string) string {
	lines := strings.Split(text, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
