package storage

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// tables in an order in which every row finds what it refers to, and whether
// they give out ids.
var tables = []struct {
	name string
	ids  bool
}{
	{"meta", false}, {"reps", false}, {"prospects", true}, {"facts", true}, {"touches", true}, {"skips", true},
	{"campaigns", false}, {"declines", false}, {"nuggets", true}, {"changes", true}, {"change_items", false},
	{"never_contact", false}, {"seen", false}, {"schedules", false}, {"people", false}, {"outbox", true},
}

// Copy copies everything but leases, replicas and paces from one store into
// another, empty one, of either engine, in one transaction: all of it or nothing. Numbers stay, and
// none that was ever given is given again. The source should not be written
// meanwhile. It answers how many rows were copied; progress, unless it is nil,
// is told of each table as it fills.
func Copy(ctx context.Context, from, to *Store, progress func(table string, rows int)) (n int, err error) {
	if progress == nil {
		progress = func(string, int) {}
	}
	err = from.read(ctx, "copying", func(src querier) error {
		return to.write(ctx, "copying", func(dst querier) error {
			for _, table := range []string{"reps", "prospects", "outbox", "changes"} {
				var rows int
				if err := dst.one("SELECT count(*) FROM "+table, nil, &rows); err != nil {
					return err
				}
				if rows > 0 {
					return coach.Problem("the database to copy into is not empty")
				}
			}
			if _, err := dst.exec("DELETE FROM meta"); err != nil {
				return err
			}
			for _, t := range tables {
				k, err := copyTable(src, dst, t.name, progress)
				if err != nil {
					return fmt.Errorf("table %s: %w", t.name, err)
				}
				n += k
				if !t.ids {
					continue
				}
				last, err := src.d.lastID(src, t.name)
				if err != nil {
					return err
				}
				if err := dst.d.setLastID(dst, t.name, last); err != nil {
					return err
				}
			}
			return nil
		})
	})
	return n, err
}

// progressEvery is how many rows pass between two reports of one table.
const progressEvery = 10_000

func copyTable(src, dst querier, table string, progress func(string, int)) (n int, err error) {
	flags, err := dst.flags(table)
	if err != nil {
		return 0, err
	}
	var insert *sql.Stmt
	err = src.each("SELECT * FROM "+table, nil, func(rows *sql.Rows) error {
		cols, err := rows.Columns()
		if err != nil {
			return err
		}
		if insert == nil {
			named := make([]column, len(cols))
			for i, c := range cols {
				named[i].name = c
			}
			if insert, err = dst.tx.PrepareContext(dst.ctx, insertInto(table, named)); err != nil {
				return err
			}
		}
		values, into := make([]any, len(cols)), make([]any, len(cols))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, c := range cols {
			if number, ok := values[i].(int64); ok && flags[c] {
				values[i] = number != 0
			}
		}
		if n++; n%progressEvery == 0 {
			progress(table, n)
		}
		_, err = insert.ExecContext(dst.ctx, values...)
		return err
	})
	if insert != nil && err == nil {
		err = insert.Close()
	}
	if err == nil {
		progress(table, n)
	}
	return n, err
}

// flags are the columns that hold booleans where the engine has a type for them.
func (q querier) flags(table string) (map[string]bool, error) {
	rows, err := q.tx.QueryContext(q.ctx, "SELECT * FROM "+table+" LIMIT 0")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, t := range types {
		out[t.Name()] = t.DatabaseTypeName() == "BOOL"
	}
	return out, rows.Err()
}

// SkipTo makes everything before now count as said, for a database that comes
// from a backup: what it still wants to send may have been sent since the
// backup was made. Unsent messages are dropped, schedules stand at now, and
// nudges that were due come at the same hour of the next day.
func (s *Store) SkipTo(ctx context.Context, now time.Time) error {
	return s.write(ctx, "skipping what is past", func(q querier) error {
		for _, statement := range []string{
			"UPDATE outbox SET state = 'dropped', why = 'restored', worker = '', lease_until = 0, ended_at = $1 WHERE state IN ('pending', 'sending', 'unknown')",
			"UPDATE schedules SET slot = $1 WHERE slot < $1",
			// Whole days after the hour it was due, the first of them after now.
			"UPDATE reps SET next_nudge = next_nudge + (($1 - next_nudge) / 86400000 + 1) * 86400000 WHERE next_nudge > 0 AND next_nudge <= $1",
		} {
			if _, err := q.exec(statement, millis(now)); err != nil {
				return err
			}
		}
		return q.forgetReplicas()
	})
}
