//go:build bench

package main

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
)

// copier multiplies the first rep's rows in SQL.
type copier struct {
	t     *testing.T
	db    *sql.DB
	tx    *sql.Tx
	stmts []*sql.Stmt
	texts []string
	done  int
}

// newCopier prepares one INSERT … SELECT per table. Their parameters: what is
// added to ids, the owner, the names' mark in small and with a capital, the
// digits' mark, and up to which prospect.
func newCopier(t *testing.T, db *sql.DB) *copier {
	t.Helper()
	c := &copier{t: t, db: db}
	named := func(col string) string {
		return "replace(replace(" + col + ", '" + markLower + "', CAST($3 AS TEXT)), '" + markUpper + "', CAST($4 AS TEXT))"
	}
	digits := func(col string) string { return "replace(" + col + ", '" + markDigits + "', CAST($5 AS TEXT))" }
	for _, table := range []struct {
		name, where string
		own         bool // ids of its own
		as          map[string]string
	}{
		{"prospects", "id <= $6", false, map[string]string{
			"id": "id + CAST($1 AS BIGINT)", "owner": "CAST($2 AS TEXT)", "name": named("name"), "company": named("company"), "email": named("email"),
			"name_key": named("name_key"), "company_key": named("company_key"), "search_key": named("search_key"), "email_key": named("email_key"),
			"phone": digits("phone"), "phone_key": digits("phone_key"),
		}},
		{"campaigns", "prospect_id <= $6", false, map[string]string{"prospect_id": "prospect_id + CAST($1 AS BIGINT)", "rep": "CAST($2 AS TEXT)"}},
		{"facts", "prospect_id <= $6", true, map[string]string{"prospect_id": "prospect_id + CAST($1 AS BIGINT)"}},
		{"touches", "prospect_id <= $6", true, map[string]string{
			"prospect_id": "prospect_id + CAST($1 AS BIGINT)", "rep": "CAST($2 AS TEXT)", "text": named("text"), "subject": named("subject"),
		}},
	} {
		rows, err := db.Query("SELECT * FROM " + table.name + " LIMIT 1")
		if err != nil {
			t.Fatal(err)
		}
		cols, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
		var into, from []string
		for _, col := range cols {
			if table.own && col == "id" {
				continue
			}
			into = append(into, col)
			if as := table.as[col]; as != "" {
				col = as
			}
			from = append(from, col)
		}
		// Every statement takes all six, which both engines demand.
		// The pattern stands apart: the tables have no index while they grow.
		if _, err := db.Exec("CREATE TEMPORARY TABLE pattern_" + table.name + " AS SELECT * FROM " + table.name); err != nil {
			t.Fatal(err)
		}
		text := "INSERT INTO " + table.name + " (" + strings.Join(into, ", ") + ") SELECT " + strings.Join(from, ", ") + " FROM pattern_" + table.name +
			" WHERE " + table.where + " AND CAST($1 AS BIGINT) > 0 AND CAST($2 AS TEXT) <> '' AND CAST($3 AS TEXT) <> '' AND CAST($4 AS TEXT) <> '' AND CAST($5 AS TEXT) <> '' ORDER BY 1"
		c.texts = append(c.texts, text)
	}
	return c
}

// copy makes the rep with that number.
func (c *copier) copy(i int, owner string, prospects int) {
	c.t.Helper()
	if c.done%200 == 0 {
		c.end()
		var err error
		if c.tx, err = c.db.Begin(); err != nil {
			c.t.Fatal(err)
		}
		for _, text := range c.texts {
			s, err := c.tx.Prepare(text)
			if err != nil {
				c.t.Fatalf("%s: %v", text, err)
			}
			c.stmts = append(c.stmts, s)
		}
	}
	c.done++
	mark := []byte("aaaaa")
	for n, at := i, len(mark)-1; n > 0; n, at = n/26, at-1 {
		mark[at] += byte(n % 26)
	}
	for _, s := range c.stmts {
		if _, err := s.Exec(i*benchEach, owner, "q"+string(mark), "Q"+string(mark), fmt.Sprintf("%05d", i), prospects); err != nil {
			c.t.Fatalf("copying rep %d: %v", i, err)
		}
	}
}

func (c *copier) end() {
	if c.tx == nil {
		return
	}
	if err := c.tx.Commit(); err != nil {
		c.t.Fatal(err)
	}
	c.tx, c.stmts = nil, nil
}

// withoutIndexes drops the indexes of the large tables and answers how to make
// them again: building them at the end is many times faster.
func withoutIndexes(t *testing.T, db *sql.DB, lite bool) (again []string) {
	t.Helper()
	text := "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('prospects', 'facts', 'touches', 'campaigns')"
	if !lite {
		text = `SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename IN ('prospects', 'facts', 'touches', 'campaigns')
			AND indexname NOT LIKE '%_pkey'`
	}
	rows, err := db.Query(text)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name, sql string
		if err := rows.Scan(&name, &sql); err != nil {
			t.Fatal(err)
		}
		names, again = append(names, name), append(again, sql)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	rows.Close()
	for _, name := range names {
		if _, err := db.Exec("DROP INDEX " + name); err != nil {
			t.Fatal(err)
		}
	}
	return again
}
