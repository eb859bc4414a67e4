package storage

import (
	"context"
	"database/sql"

	"github.com/prospectcoach/prospectcoach/coach"
)

// DueCounts is how many are due per day, both ends included; owner "" counts
// the whole team.
func (s *Store) DueCounts(ctx context.Context, owner string, from, to coach.Date) (map[coach.Date]int, error) {
	cond, args := visible, []any{from.String(), to.String()}
	if owner != "" {
		cond, args = "owner = $3 AND "+shown, append(args, owner)
	}
	out := map[coach.Date]int{}
	err := s.read(ctx, "counting what is due", func(q querier) error {
		return q.each("SELECT due, count(*) FROM prospects WHERE "+cond+" AND due BETWEEN $1 AND $2 GROUP BY due", args, func(rows *sql.Rows) error {
			var d coach.Date
			var n int
			err := rows.Scan(dayDest{&d}, &n)
			out[d] = n
			return err
		})
	})
	return out, err
}

// Load is how many prospects an owner has in work, which are those that are
// pursued and those who have answered, and how many of them are due by a day
// or were before it.
type Load struct{ Active, Due, Late int }

// Loads are those of everybody who has any, by owner.
func (s *Store) Loads(ctx context.Context, today coach.Date) (map[string]Load, error) {
	out := map[string]Load{}
	err := s.read(ctx, "counting what is in work", func(q querier) error {
		return q.each("SELECT owner, count(*), count(CASE WHEN due <> '' AND due <= $1 THEN 1 END), count(CASE WHEN due <> '' AND due < $1 THEN 1 END)"+
			" FROM prospects WHERE state IN ('active', 'engaged') AND "+visible+" GROUP BY owner", []any{today.String()}, func(rows *sql.Rows) error {
			var owner string
			var l Load
			err := rows.Scan(&owner, &l.Active, &l.Due, &l.Late)
			out[owner] = l
			return err
		})
	})
	return out, err
}
