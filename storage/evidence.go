package storage

import (
	"context"
	"database/sql"

	"github.com/prospectcoach/prospectcoach/coach"
)

// Evidence is the team's own history since that day (A4, V8b): how often an
// attempt was made with an angle in a situation, how often it earned the
// reply, and at which attempt replies came. A call nobody answered and a
// bounce said nothing to anybody and are not tries; what an import brings has
// no attempts, so hidden ones need no leaving out.
func (s *Store) Evidence(ctx context.Context, since coach.Date) (e coach.Evidence, err error) {
	e.Angles = map[coach.Situation]map[coach.Angle]coach.Rate{}
	add := func(situation coach.Situation, angle coach.Angle, tried, replied int) {
		if e.Angles[situation] == nil {
			e.Angles[situation] = map[coach.Angle]coach.Rate{}
		}
		r := e.Angles[situation][angle]
		e.Angles[situation][angle] = coach.Rate{Tried: r.Tried + tried, Replied: r.Replied + replied}
	}
	err = s.read(ctx, "reading the evidence", func(q querier) error {
		err := q.each("SELECT situation, angle, count(*) FROM touches WHERE tried = TRUE AND on_day >= $1 GROUP BY situation, angle", []any{since.String()},
			func(rows *sql.Rows) error {
				var situation coach.Situation
				var angle coach.Angle
				var n int
				err := rows.Scan(&situation, &angle, &n)
				add(situation, angle, n, 0)
				return err
			})
		if err != nil {
			return err
		}
		return q.each(`SELECT situation, angle, attempt, count(*) FROM campaigns
			WHERE ended <> '' AND ended >= $1 AND ending = 'reply' GROUP BY situation, angle, attempt`, []any{since.String()},
			func(rows *sql.Rows) error {
				var situation coach.Situation
				var angle coach.Angle
				var attempt, n int
				if err := rows.Scan(&situation, &angle, &attempt, &n); err != nil {
					return err
				}
				if angle != "" {
					add(situation, angle, 0, n)
				}
				if attempt <= 0 {
					return nil // they wrote before we did
				}
				for len(e.Attempts) <= attempt {
					e.Attempts = append(e.Attempts, 0)
				}
				e.Attempts[attempt] += n
				return nil
			})
	})
	return e, err
}
