package storage

import (
	"context"
	"database/sql"
	"errors"

	"github.com/prospectcoach/prospectcoach/coach"
)

// Sights is one page of prospects with the little that tells how important
// each is at most (S2), so that a morning need not load every life that is due.
// The query names an owner.
func (s *Store) Sights(ctx context.Context, l ListQuery) (out []coach.Sight, err error) {
	if l.Owner == "" {
		return nil, errors.New("looking at what is due: an owner is needed")
	}
	cond, order, args := l.where() // the owner is $1
	err = s.read(ctx, "looking at what is due", func(q querier) error {
		page, args := l.page(args)
		var g coach.Sight
		into := []any{
			&g.ID, instantDest{&g.Added}, &g.Urgency, &g.Situation, &g.Level, &g.Title, dayDest{&g.Due}, dayDest{&g.LastTouch}, &g.BestTime, &g.LastTries,
		}
		return q.each(`SELECT id, added, urgency, situation, level, title, due, last_touch, keeper_time <> '',
			id IN (SELECT prospect_id FROM campaigns WHERE rep = $1 AND last_tries = TRUE AND ended = '')
			FROM prospects WHERE `+cond+" ORDER BY "+order+page, args, func(rows *sql.Rows) error {
			err := rows.Scan(into...)
			out = append(out, g)
			return err
		})
	})
	return out, err
}

// Lives loads whole lives in the order of the ids, with one query per table;
// those that are not there any more are left out. Whose they are, the caller
// checks.
func (s *Store) Lives(ctx context.Context, ids []int64) (ps []coach.Prospect, err error) {
	err = s.read(ctx, "loading prospects", func(q querier) error {
		ls, err := q.lives(ids, "")
		for i := range ls {
			ps = append(ps, ls[i].Prospect)
		}
		return err
	})
	return ps, err
}
