package storage

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// figures are the evidence as it was counted last. Counting goes through a
// year of the team's touches, which takes part of a second when there are
// hundreds of thousands: too long for every command. So what was long to count
// is remembered, the longer the longer it took, and the team's figures over a
// year are at most a minute or so old. Where it is quick it is counted anew.
type figures struct {
	counting sync.Mutex // held while counting: nobody counts the same beside it

	mu    sync.Mutex
	since coach.Date
	last  coach.Evidence
	until time.Time // until when the last ones hold; zero: there are none
}

const (
	quickCount = time.Millisecond
	rememberBy = 200 // times as long as it took: half a percent of the time goes into counting
)

// known answers what was remembered; fresh tells whether it still holds.
func (f *figures) known(since coach.Date, now time.Time) (e coach.Evidence, ok, fresh bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	ok = !f.until.IsZero() && f.since == since
	return f.last, ok, ok && now.Before(f.until)
}

// learn takes what was counted between start and end.
func (f *figures) learn(since coach.Date, e coach.Evidence, start, end time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.since, f.last, f.until = since, e, time.Time{}
	if took := end.Sub(start); took >= quickCount {
		f.until = end.Add(rememberBy * took)
	}
}

// Evidence is the team's own history since that day (A4, V8b): how often an
// attempt was made with an angle in a situation, how often it earned the
// reply, and at which attempt replies came. A call nobody answered and a
// bounce said nothing to anybody and are not tries; what an import brings has
// no attempts, so hidden ones need no leaving out. It is shared: callers only
// read it.
func (s *Store) Evidence(ctx context.Context, since coach.Date) (coach.Evidence, error) {
	f := &s.figures
	e, ok, fresh := f.known(since, s.now())
	if fresh {
		return e, nil
	}
	if !f.counting.TryLock() {
		if ok {
			return e, nil // somebody is counting anew; the last ones will do
		}
		f.counting.Lock()
	}
	defer f.counting.Unlock()
	start := s.now()
	if e, _, fresh := f.known(since, start); fresh {
		return e, nil
	}
	e, err := s.countEvidence(ctx, since)
	if err == nil {
		f.learn(since, e, start, s.now())
	}
	return e, err
}

func (s *Store) countEvidence(ctx context.Context, since coach.Date) (e coach.Evidence, err error) {
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
