package storage

import (
	"context"
	"database/sql"
	"slices"

	"github.com/prospectcoach/prospectcoach/coach"
)

// reindexed is how many lives are looked at in one transaction, so that
// nobody's command waits behind a whole team's.
const reindexed = 100

// Reindex writes anew the due days of some prospects, which are only an index
// of what the rules say (C8), after their calendar or table changed. due
// answers the day for a life, which it may alter: only the day is kept. It is
// nobody's change, so undo neither sees it nor is lost by it. Those that are
// not there are left out.
func (s *Store) Reindex(ctx context.Context, ids []int64, due func(*coach.Prospect) coach.Date) error {
	for some := range slices.Chunk(ids, reindexed) {
		err := s.write(ctx, "reindexing due days", func(q querier) error {
			lives, err := q.lives(some, forUpdate)
			if err != nil {
				return err
			}
			for i := range lives {
				was := cloneLife(&lives[i].Prospect)
				now := was
				if now.Due = due(&lives[i].Prospect); now.Due == was.Due {
					continue
				}
				if err := q.update("prospects", changed(prospectColumns(&was), prospectColumns(&now)), "id = $1", was.ID); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Debt says that the due days of a rep's prospects rest on a calendar or a life
// that a change altered, and are still to be written anew (C8). It is noted in
// the change's own transaction, so that a process that dies right after it
// leaves the debt to the next beat.
type Debt struct {
	Rep string
	By  int64 // the change, or the undo
}

// owedKey begins the keys of meta that hold debts.
const owedKey = "reindex:"

func (q querier) owe(o Debt) error { return q.setMeta(owedKey+o.Rep, itoa64(o.By)) }

// Debts are those of all reps; at most one each, the newest.
func (s *Store) Debts(ctx context.Context) (all []Debt, err error) {
	err = s.read(ctx, "looking for due days to write anew", func(q querier) error {
		return q.each("SELECT substr(key, $1), CAST(value AS BIGINT) FROM meta WHERE key LIKE $2 ORDER BY key", []any{int64(len(owedKey) + 1), owedKey + "%"}, func(rows *sql.Rows) error {
			var o Debt
			err := rows.Scan(&o.Rep, &o.By)
			all = append(all, o)
			return err
		})
	})
	return all, err
}

// Owes tells whether that debt is there and no later one has taken its place.
func (s *Store) Owes(ctx context.Context, d Debt) (bool, error) {
	by, err := s.Meta(ctx, owedKey+d.Rep)
	return by == itoa64(d.By), err
}

// Paid ends a debt, unless a later change has made it anew.
func (s *Store) Paid(ctx context.Context, o Debt) error {
	return s.write(ctx, "due days are written anew", func(q querier) error {
		_, err := q.exec("DELETE FROM meta WHERE key = $1 AND value = $2", owedKey+o.Rep, itoa64(o.By))
		return err
	})
}

// calendarColumns are those settings that due days rest on (C3, C8).
func calendarColumns(r *RepRow) []column {
	zone := zoneName(r)
	return []column{text("zone", &zone), text("country", &r.Country), number("working_days", &r.WorkingDays), list("days_off", &r.DaysOff)}
}
