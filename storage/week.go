package storage

import (
	"context"
	"database/sql"

	"github.com/prospectcoach/prospectcoach/coach"
)

// Week is what the summary of a week rests on (S6): the touches made and the
// campaigns ended from day to day, both included, of one rep or, with rep "",
// of the team. A touch is whose it was when it was made.
func (s *Store) Week(ctx context.Context, rep string, from, to coach.Date) (touches []coach.WeekTouch, ends []coach.WeekEnd, err error) {
	args := []any{from.String(), to.String(), rep}
	err = s.read(ctx, "reading the week", func(q querier) error {
		err := q.each(`SELECT rep, prospect_id, on_day, channel, angle, situation, attempt, outcome, due, findings, leads FROM touches
			WHERE on_day BETWEEN $1 AND $2 AND (rep = $3 OR $3 = '') AND prospect_id NOT IN `+ofHidden+` ORDER BY on_day, id`, args, func(rows *sql.Rows) error {
			var t coach.WeekTouch
			var made coach.Touch
			err := rows.Scan(&t.Rep, &t.Prospect, dayDest{&made.On}, &t.Channel, &t.Angle, &t.Situation, &t.Attempt, &t.Outcome, dayDest{&made.Due}, listDest[string]{&t.Findings}, &t.Leads)
			t.On, t.OnTime = made.On, t.Leads && made.OnTime() // C7
			touches = append(touches, t)
			return err
		})
		if err != nil {
			return err
		}
		return q.each(`SELECT rep, ended, ending, answer, angle, channel, attempt, reason, early FROM campaigns
			WHERE ended <> '' AND ended BETWEEN $1 AND $2 AND (rep = $3 OR $3 = '') AND prospect_id NOT IN `+ofHidden+` ORDER BY ended, prospect_id, no`, args, func(rows *sql.Rows) error {
			var e coach.WeekEnd
			err := rows.Scan(&e.Rep, dayDest{&e.On}, &e.End, &e.Answer, &e.Angle, &e.Channel, &e.Attempt, &e.Reason, &e.Early)
			ends = append(ends, e)
			return err
		})
	})
	return touches, ends, err
}

// CountLastTries is how many of the rep's prospects, or with rep "" of the
// team's, are in their last tries now.
func (s *Store) CountLastTries(ctx context.Context, rep string) (n int, err error) {
	err = s.read(ctx, "counting last tries", func(q querier) error {
		return q.one("SELECT count(*) FROM campaigns WHERE last_tries = TRUE AND ended = '' AND (rep = $1 OR $1 = '') AND prospect_id NOT IN "+ofHidden, []any{rep}, &n)
	})
	return n, err
}

// InLastTries are those of the rep, or with rep "" of the team, who are in
// their last tries now, by name, at most limit of them.
func (s *Store) InLastTries(ctx context.Context, rep string, limit int) (rs []Row, err error) {
	err = s.read(ctx, "looking for last tries", func(q querier) error {
		rs, err = q.rows("id IN (SELECT prospect_id FROM campaigns WHERE last_tries = TRUE AND ended = '' AND (rep = $1 OR $1 = '')) AND "+visible+" ORDER BY name_key, id"+limited(limit), rep)
		return err
	})
	return rs, err
}

// LeftUndone is how many attempts that were due by a day, that day included,
// are still to be made, and since when the oldest waits; since is 0 for none.
// Owner "" counts the whole team.
func (s *Store) LeftUndone(ctx context.Context, owner string, by coach.Date) (n int, since coach.Date, err error) {
	cond, args := visible, []any{string(coach.Active), by.String()}
	if owner != "" {
		cond, args = "owner = $3 AND "+visible, append(args, owner)
	}
	err = s.read(ctx, "counting what was left undone", func(q querier) error {
		return q.one("SELECT count(*), COALESCE(min(due), '') FROM prospects WHERE "+cond+" AND state = $1 AND due > '' AND due <= $2", args, &n, dayDest{&since})
	})
	return n, since, err
}

// Earned is one reply and what it came on: attempt 0 is before the first.
type Earned struct {
	ID            int64 // of the prospect
	Name, Company string
	On            coach.Date
	Attempt       int
	Channel       coach.Channel
}

// EarnedSince are the replies to the rep's campaigns since a day, the newest
// first, whatever became of the prospects; the forgotten ones are left out.
func (s *Store) EarnedSince(ctx context.Context, rep string, since coach.Date, limit int) (out []Earned, err error) {
	err = s.read(ctx, "looking for replies", func(q querier) error {
		return q.each(`SELECT prospects.id, prospects.name, prospects.company, campaigns.ended, campaigns.attempt, campaigns.channel
			FROM campaigns JOIN prospects ON prospects.id = campaigns.prospect_id
			WHERE campaigns.rep = $1 AND campaigns.ending = $2 AND campaigns.ended >= $3 AND `+visible+`
			ORDER BY campaigns.ended DESC, prospects.id`+limited(limit), []any{rep, string(coach.EndReply), since.String()}, func(rows *sql.Rows) error {
			var e Earned
			err := rows.Scan(&e.ID, &e.Name, &e.Company, dayDest{&e.On}, &e.Attempt, &e.Channel)
			out = append(out, e)
			return err
		})
	})
	return out, err
}
