package storage

import (
	"context"
	"database/sql"
	"errors"

	"github.com/prospectcoach/prospectcoach/coach"
)

func nuggetColumns(n *coach.Nugget) []column {
	return []column{number("id", &n.ID), text("kind", &n.Kind), text("text", &n.Text)}
}

// Nuggets of the team, oldest first.
func (s *Store) Nuggets(ctx context.Context) (ns []coach.Nugget, err error) {
	ns, known, age := s.kept.team()
	if known {
		return ns, nil
	}
	err = s.glance(ctx, "loading the nuggets", func(q querier) error {
		ns, err = q.nuggets("ORDER BY id")
		return err
	})
	if err == nil && s.writer != nil {
		s.kept.learnTeam(ns, age)
	}
	return ns, err
}

func (q querier) nuggets(rest string, args ...any) (ns []coach.Nugget, err error) {
	read := readerOf(nuggetColumns)
	err = q.each("SELECT id, kind, text FROM nuggets "+rest, args, func(rows *sql.Rows) error {
		n, err := read.row(rows)
		ns = append(ns, n)
		return err
	})
	return ns, err
}

// Nuggets of the team, oldest first, as this change sees them.
func (tx *Tx) Nuggets() ([]coach.Nugget, error) { return tx.q.nuggets("ORDER BY id") }

// NuggetUses is in how many attempts each nugget was said since that day, and
// how many of them earned the reply; a voicemail and its email are one. A call
// that nobody answered said nothing.
func (s *Store) NuggetUses(ctx context.Context, since coach.Date) (map[int64]coach.Rate, error) {
	uses := map[int64]coach.Rate{}
	err := s.read(ctx, "counting what nuggets were used for", func(q querier) error {
		return q.each(`SELECT t.uses, count(DISTINCT t.prospect_id || ':' || t.campaign || ':' || t.attempt), count(DISTINCT c.prospect_id || ':' || c.no) FROM touches t
			LEFT JOIN campaigns c ON c.prospect_id = t.prospect_id AND c.no = t.campaign AND c.ending = 'reply' AND c.attempt = t.attempt
			WHERE t.on_day >= $1 AND t.uses LIKE '[{"Nugget":true%' AND t.outcome NOT IN ('no-answer', 'bounced') GROUP BY t.uses`, []any{since.String()},
			func(rows *sql.Rows) error {
				var refs []coach.Ref
				var said, earned int
				err := rows.Scan(listDest[coach.Ref]{&refs}, &said, &earned)
				for _, ref := range refs {
					if r := uses[ref.ID]; ref.Nugget {
						uses[ref.ID] = coach.Rate{Tried: r.Tried + said, Replied: r.Replied + earned}
					}
				}
				return err
			})
	})
	return uses, err
}

// AddNugget adds one and sets its ID.
func (tx *Tx) AddNugget(n *coach.Nugget) error {
	cols := nuggetColumns(n)[1:]
	if err := tx.q.one(insertInto("nuggets", cols)+" RETURNING id", args(cols), &n.ID); err != nil {
		return err
	}
	return tx.item("nugget", itoa64(n.ID), nil)
}

// RemoveNugget takes one away; [ErrNotFound] when there is none. Touches that
// used it keep their reference, so that it stays used up.
func (tx *Tx) RemoveNugget(id int64) error {
	ns, err := tx.q.nuggets("WHERE id = $1"+forUpdate, id)
	if err != nil {
		return err
	}
	if len(ns) == 0 {
		return ErrNotFound
	}
	if _, err := tx.q.exec("DELETE FROM nuggets WHERE id = $1", id); err != nil {
		return err
	}
	return tx.item("nugget", itoa64(id), ns[0])
}

// restoreNugget takes back an added or a removed one.
func (q querier) restoreNugget(it changeItem) error {
	if !it.before.Valid {
		n, err := q.exec("DELETE FROM nuggets WHERE id = $1", it.id())
		if err == nil && n == 0 {
			err = coach.Problem("That nugget has been removed since.")
		}
		return err
	}
	var n coach.Nugget
	if err := readImage(it.before.String, &n); err != nil {
		return err
	}
	cols := nuggetColumns(&n)
	if _, err := q.exec(insertInto("nuggets", cols), args(cols)...); err != nil {
		if errors.Is(err, ErrConflict) {
			return coach.Problem("That nugget is there again already.")
		}
		return err
	}
	return nil
}
