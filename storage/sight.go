package storage

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"

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
		out, err = q.sights("FROM prospects p WHERE "+cond+" ORDER BY "+order+page, args)
		return err
	})
	return out, err
}

// sights reads prospects p where the rest of the statement says; $1 is their
// owner.
func (q querier) sights(rest string, args []any) (out []coach.Sight, err error) {
	var g coach.Sight
	into := []any{
		numberDest[int64]{&g.ID}, instantDest{&g.Added}, textDest[coach.Urgency]{&g.Urgency}, textDest[coach.Situation]{&g.Situation},
		textDest[coach.Level]{&g.Level}, &g.Title, dayDest{&g.Due}, dayDest{&g.LastTouch}, truthDest{&g.BestTime}, truthDest{&g.LastTries},
	}
	err = q.each(`SELECT p.id, p.added, p.urgency, p.situation, p.level, p.title, p.due, p.last_touch, p.keeper_time <> '',
		p.id IN (SELECT prospect_id FROM campaigns WHERE rep = $1 AND last_tries = TRUE AND ended = '') `+rest, args, func(rows *sql.Rows) error {
		err := rows.Scan(into...)
		out = append(out, g)
		return err
	})
	return out, err
}

// Owed are the rep's active prospects whose voicemail of one of those days has
// no email after it and who are not due by today anyway (H2, S2). Whether the
// email is still to come, only the life tells. It costs one look at what the
// rep logged on those days, however many prospects there are.
func (s *Store) Owed(ctx context.Context, rep string, days []coach.Date, today coach.Date) (out []coach.Sight, err error) {
	if len(days) == 0 {
		return nil, nil
	}
	args := []any{rep, today.String()}
	for _, d := range days {
		args = append(args, d.String())
	}
	err = s.read(ctx, "looking for emails that were announced", func(q querier) error {
		out, err = q.sights(owedOn(len(days)), args)
		return err
	})
	return out, err
}

// owedOn is where emails are owed for so many days: $1 is the rep, $2 today,
// then the days. CROSS JOIN, because the voicemails of a day are few and come
// first.
func owedOn(days int) string {
	on := make([]string, days)
	for i := range on {
		on[i] = "$" + strconv.Itoa(i+3)
	}
	return `FROM touches t CROSS JOIN prospects p WHERE t.on_day IN (` + strings.Join(on, ", ") + `) AND t.rep = $1 AND t.channel = 'voicemail'
		AND NOT EXISTS (SELECT 1 FROM touches e WHERE e.prospect_id = t.prospect_id AND e.pos > t.pos AND e.channel IN ('voicemail', 'email'))
		AND p.id = t.prospect_id AND p.owner = $1 AND p.state = 'active' AND p.due > $2 AND p.email <> '' AND p.email_bad = FALSE AND ` + shown
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
