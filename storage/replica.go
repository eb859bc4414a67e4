package storage

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
)

// Fleet is who is up on this database, the caller included.
type Fleet struct {
	Replicas int
	Sockets  int // of all of them, as each counted its own last
}

// Present says that the replica is up until then, with so many open sockets,
// and answers who else is. A replica that leaves says so with an until in the
// past.
func (s *Store) Present(ctx context.Context, name string, sockets int, now, until time.Time) (f Fleet, err error) {
	err = s.write(ctx, "saying that we are up", func(q querier) error {
		_, err := q.exec(`INSERT INTO replicas (name, sockets, until) VALUES ($1, $2, $3)
			ON CONFLICT (name) DO UPDATE SET sockets = excluded.sockets, until = excluded.until`, name, sockets, millis(until))
		if err != nil {
			return err
		}
		return q.one("SELECT count(*), coalesce(sum(sockets), 0) FROM replicas WHERE until > $1", []any{millis(now)}, &f.Replicas, &f.Sockets)
	})
	return f, err
}

// Pace is one budget of Slack's: so much time between two calls.
type Pace struct {
	Name  string
	Every time.Duration
}

// Moment is when a call's turn comes in one budget, and until when Slack asked
// to leave the method alone; zero if it did not.
type Moment struct{ At, Held time.Time }

// TakePace takes the next even moment of each budget, now or later, for one
// call, over all replicas. The moments stand in the order of the paces. The
// clocks are the replicas' own: who is ahead makes the others wait that much.
func (s *Store) TakePace(ctx context.Context, now time.Time, paces ...Pace) ([]Moment, error) {
	rows, taken := make([]string, len(paces)), []any{millis(now)}
	place := map[string]int{}
	for i, p := range paces {
		rows[i] = fmt.Sprintf("($%d, $%d, 0)", 2*i+2, 2*i+3)
		taken = append(taken, p.Name, millis(now.Add(p.Every)))
		place[p.Name] = i
	}
	text := "INSERT INTO paces (name, next, held) VALUES " + strings.Join(rows, ", ") + `
		ON CONFLICT (name) DO UPDATE SET next = CASE WHEN paces.next > $1 THEN paces.next ELSE $1 END + (excluded.next - $1)
		RETURNING name, next, held`
	moments := make([]Moment, len(paces))
	err := s.write(ctx, "taking a moment of Slack's budget", func(q querier) error {
		return q.each(text, taken, func(rows *sql.Rows) error {
			var name string
			var next, held int64
			err := rows.Scan(&name, &next, &held)
			i := place[name]
			moments[i] = Moment{At: fromMillis(next).Add(-paces[i].Every), Held: fromMillis(held)}
			return err
		})
	})
	return moments, err
}

// HoldPace keeps everybody from a budget until Slack's Retry-After ends.
func (s *Store) HoldPace(ctx context.Context, name string, until time.Time) error {
	return s.write(ctx, "keeping a Retry-After", func(q querier) error {
		_, err := q.exec(`INSERT INTO paces (name, next, held) VALUES ($1, $2, $2)
			ON CONFLICT (name) DO UPDATE SET held = CASE WHEN paces.held > excluded.held THEN paces.held ELSE excluded.held END,
				next = CASE WHEN paces.next > excluded.next THEN paces.next ELSE excluded.next END`, name, millis(until))
		return err
	})
}

// HeldPaces are the budgets that Slack asked to leave alone for longer than now.
func (s *Store) HeldPaces(ctx context.Context, now time.Time) (held map[string]time.Time, err error) {
	held = map[string]time.Time{}
	err = s.read(ctx, "looking for a Retry-After", func(q querier) error {
		return q.each("SELECT name, held FROM paces WHERE held > $1", []any{millis(now)}, func(rows *sql.Rows) error {
			var name string
			var until int64
			err := rows.Scan(&name, &until)
			held[name] = fromMillis(until)
			return err
		})
	})
	return held, err
}
