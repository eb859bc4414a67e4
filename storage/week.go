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
	args := []any{from.String(), to.String()}
	whose := "rep < '~'"
	if rep != "" {
		whose, args = "rep = $3", append(args, rep)
	}
	err = s.read(ctx, "reading the week", func(q querier) error {
		err := q.each(`SELECT t.rep, t.prospect_id, t.on_day, t.channel, t.angle, c.situation, t.attempt, t.outcome, t.due, t.findings,
				t.attempt > 0 AND NOT EXISTS (SELECT 1 FROM touches e WHERE e.prospect_id = t.prospect_id AND e.pos < t.pos AND e.campaign = t.campaign AND e.attempt = t.attempt)
			FROM touches t JOIN campaigns c ON c.prospect_id = t.prospect_id AND c.no = t.campaign
			WHERE t.on_day BETWEEN $1 AND $2 AND t.`+whose+` ORDER BY t.on_day, t.id`, args, func(rows *sql.Rows) error {
			var t coach.WeekTouch
			var due coach.Date
			err := rows.Scan(&t.Rep, &t.Prospect, dayDest{&t.On}, &t.Channel, &t.Angle, &t.Situation, &t.Attempt, &t.Outcome, dayDest{&due}, listDest[string]{&t.Findings}, &t.Leads)
			t.OnTime = t.Leads && (due == 0 || t.On <= due) // C7
			touches = append(touches, t)
			return err
		})
		if err != nil {
			return err
		}
		return q.each(`SELECT rep, ended, ending, answer, angle, channel, attempt, reason FROM campaigns
			WHERE ended <> '' AND ended BETWEEN $1 AND $2 AND `+whose+` ORDER BY ended, prospect_id, no`, args, func(rows *sql.Rows) error {
			var e coach.WeekEnd
			err := rows.Scan(&e.Rep, dayDest{&e.On}, &e.End, &e.Answer, &e.Angle, &e.Channel, &e.Attempt, &e.Reason)
			ends = append(ends, e)
			return err
		})
	})
	return touches, ends, err
}

// CountLastTries is how many of the rep's prospects, or with rep "" of the
// team's, are in their last tries now.
func (s *Store) CountLastTries(ctx context.Context, rep string) (n int, err error) {
	whose, args := "rep < '~'", []any(nil)
	if rep != "" {
		whose, args = "rep = $1", []any{rep}
	}
	err = s.read(ctx, "counting last tries", func(q querier) error {
		return q.one("SELECT count(*) FROM campaigns WHERE last_tries = TRUE AND ended = '' AND "+whose, args, &n)
	})
	return n, err
}
