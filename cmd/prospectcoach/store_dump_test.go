package main

import (
	"database/sql"
	"fmt"
	"sort"
	"strings"
	"testing"
)

// storeTables are all tables that hold something a person could change. Marks
// of what was seen, leases and schedules are the bot's own bookkeeping.
var storeTables = []string{
	"meta", "reps", "prospects", "facts", "touches", "skips", "campaigns", "declines", "nuggets", "changes", "change_items", "never_contact", "outbox",
}

// storeDump looks into a running bot's SQLite file beside it.
type storeDump struct {
	testing.TB
	db *sql.DB

	version int64
	kept    map[string]string // dumps of this version of the file
}

func openDump(t testing.TB, url string) *storeDump {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+strings.TrimPrefix(url, "sqlite://")+"?mode=ro&_pragma=query_only(1)&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1) // data_version is a connection's own
	t.Cleanup(func() { db.Close() })
	return &storeDump{TB: t, db: db}
}

// keep makes a dump, or answers the one made of this version of the file.
func (d *storeDump) keep(name string, draw func() string) string {
	d.Helper()
	var version int64
	if err := d.db.QueryRow("PRAGMA data_version").Scan(&version); err != nil {
		d.Fatal(err)
	}
	if d.kept == nil || version != d.version {
		d.version, d.kept = version, map[string]string{}
	}
	if _, ok := d.kept[name]; !ok {
		d.kept[name] = draw()
	}
	return d.kept[name]
}

// rows are all rows of a query, sorted, one line each.
func (d *storeDump) rows(query string, args ...any) []string {
	d.Helper()
	rows, err := d.db.Query(query, args...)
	if err != nil {
		d.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		d.Fatal(err)
	}
	var out []string
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			d.Fatal(err)
		}
		var b strings.Builder
		for i, c := range columns {
			fmt.Fprintf(&b, "%s=%q ", c, fmt.Sprint(values[i]))
		}
		out = append(out, b.String())
	}
	if err := rows.Err(); err != nil {
		d.Fatal(err)
	}
	sort.Strings(out)
	return out
}

// all is everything in the store.
func (d *storeDump) all() string {
	d.Helper()
	return d.keep("all", d.drawAll)
}

func (d *storeDump) drawAll() string {
	d.Helper()
	var b strings.Builder
	for _, table := range storeTables {
		for _, row := range d.rows("SELECT * FROM " + table) {
			b.WriteString(table + ": " + row + "\n")
		}
	}
	return b.String()
}

// of is everything that belongs to one prospect and to one rep.
func (d *storeDump) of(prospect int64, rep string) string {
	d.Helper()
	return d.keep(fmt.Sprint(prospect, rep), func() string { return d.drawOf(prospect, rep) })
}

func (d *storeDump) drawOf(prospect int64, rep string) string {
	d.Helper()
	lines := d.rows("SELECT * FROM prospects WHERE id = $1", prospect)
	for _, table := range []string{"facts", "touches", "skips", "campaigns", "declines"} {
		lines = append(lines, d.rows("SELECT * FROM "+table+" WHERE prospect_id = $1", prospect)...)
	}
	lines = append(lines, d.rows("SELECT * FROM reps WHERE id = $1", rep)...)
	return strings.Join(lines, "\n")
}

// differs names the lines that are in one dump alone.
func differs(before, after string) string {
	was := map[string]bool{}
	for _, l := range strings.Split(before, "\n") {
		was[l] = true
	}
	var out []string
	for _, l := range strings.Split(after, "\n") {
		if !was[l] {
			out = append(out, "+ "+l)
		}
		delete(was, l)
	}
	for l := range was {
		out = append(out, "- "+l)
	}
	return strings.Join(out, "\n")
}
