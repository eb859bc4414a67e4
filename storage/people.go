package storage

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Known is what Slack said of a person, as far as all replicas must agree on
// it: their zone, and their standing in a word of the bot's.
type Known struct{ ID, Zone, Standing string }

// Learn keeps what Slack says of people and answers what was kept before; who
// is new is not in it. With onlyKnown nobody new is taken up: Slack tells of
// every change of everybody, and most never write to the bot.
func (s *Store) Learn(ctx context.Context, at time.Time, onlyKnown bool, ps ...Known) (was map[string]Known, err error) {
	was = map[string]Known{}
	err = s.write(ctx, "learning who somebody is", func(q querier) error {
		for _, p := range ps {
			before := Known{}
			err := q.one("SELECT id, zone, standing FROM people WHERE id = $1"+forUpdate, []any{p.ID}, &before.ID, &before.Zone, &before.Standing)
			if err != nil && !errors.Is(err, ErrNotFound) {
				return err
			}
			if err == nil {
				was[p.ID] = before
			}
			if err != nil && onlyKnown || before == p {
				continue
			}
			_, err = q.exec(`INSERT INTO people (id, zone, standing, changed) VALUES ($1, $2, $3, $4)
				ON CONFLICT (id) DO UPDATE SET zone = excluded.zone, standing = excluded.standing, changed = excluded.changed`,
				p.ID, clean(p.Zone), clean(p.Standing), millis(at))
			if err != nil {
				return err
			}
		}
		return nil
	})
	return was, err
}

// Standing is what somebody was last known to be, in a word of the bot's; ""
// for who was never learned of.
func (s *Store) Standing(ctx context.Context, id string) (standing string, err error) {
	err = s.glance(ctx, "looking who somebody is", func(q querier) error {
		err := q.one("SELECT standing FROM people WHERE id = $1", []any{id}, &standing)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		return err
	})
	return standing, err
}

// ChangedPeople are those of whom some replica learned something new since then.
func (s *Store) ChangedPeople(ctx context.Context, since time.Time) (ps []Known, err error) {
	err = s.read(ctx, "looking who changed", func(q querier) error {
		return q.each("SELECT id, zone, standing FROM people WHERE changed >= $1", []any{millis(since)}, func(rows *sql.Rows) error {
			var p Known
			err := rows.Scan(&p.ID, &p.Zone, &p.Standing)
			ps = append(ps, p)
			return err
		})
	})
	return ps, err
}
