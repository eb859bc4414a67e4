package storage

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// The life of a message, so that it is posted once in spite of crashes:
//
//	pending ─Claim→ pending, claimed ─Sending→ sending ─Sent→ sent
//	   ↑ Release, or lease over ┘                 │ Unclear, or lease over
//	   └───────── Release (surely not posted) ← unknown ─Sent→ sent
//
// Sending is committed before the call to Slack begins. So a claimed message
// whose lease ran out was never posted and may go back, while one in sending
// may have been: its fate is looked up in Slack, never guessed.
//
// Every step is fenced by worker and attempts: who comes back after the lease
// was given to somebody else finds the row no longer theirs. Claim few at a
// time: what is in sending when a process dies is what has to be looked up.

const fence = "id = $1 AND worker = $2 AND worker <> '' AND attempts = $3"

func fenced(m Message, more ...any) []any {
	return append([]any{m.ID, m.Worker, int64(m.Attempts)}, more...)
}

// Claim gives up to n pending messages whose RunAt has come to worker until
// lease: by priority, then RunAt, then id. No two workers get the same one.
func (s *Store) Claim(ctx context.Context, worker string, now, lease time.Time, n int) ([]Message, error) {
	return s.claim(ctx, "attempts = attempts + 1", "state = 'pending' AND worker = ''", worker, now, lease, n)
}

// Unknowns gives up to n messages whose fate is unknown to worker until lease,
// to look them up in Slack: then Sent, Release (surely not there), Unclear
// (look again at m.RunAt) or Drop.
func (s *Store) Unknowns(ctx context.Context, worker string, now, lease time.Time, n int) ([]Message, error) {
	return s.claim(ctx, "attempts = attempts + 1", "state = 'unknown' AND worker = ''", worker, now, lease, n)
}

func (s *Store) claim(ctx context.Context, set, where, worker string, now, lease time.Time, n int) (ms []Message, err error) {
	if worker == "" || !lease.After(now) {
		return nil, fmt.Errorf("a claim needs a worker and a lease in the future")
	}
	read := readerOf(messageColumns)
	sqlText := "UPDATE outbox SET worker = $2, lease_until = $3, " + set + " WHERE id IN (SELECT id FROM outbox WHERE " + where +
		" AND run_at <= $1 ORDER BY priority, run_at, id LIMIT $4 /*skip locked*/) RETURNING " + messageSelect
	err = s.write(ctx, "claiming messages", func(q querier) error {
		return q.each(sqlText, []any{millis(now), worker, millis(lease), int64(n)}, func(rows *sql.Rows) error {
			m, err := read.row(rows)
			ms = append(ms, m)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	// RETURNING promises no order.
	slices.SortFunc(ms, func(a, b Message) int {
		return cmp.Or(cmp.Compare(a.Priority, b.Priority), a.RunAt.Compare(b.RunAt), cmp.Compare(a.ID, b.ID))
	})
	return ms, nil
}

// Sending marks a claimed message as on its way. It is on disk when Sending
// returns; only then may the call begin, and only if it answers true.
func (s *Store) Sending(ctx context.Context, m Message) (bool, error) {
	return s.step(ctx, "UPDATE outbox SET state = 'sending' WHERE "+fence+" AND state = 'pending'", fenced(m)...)
}

// Sent marks a message as posted, after the call or after it was found in
// Slack. False: the row is not the worker's any more, its lease ran out and
// its fate is being looked up.
func (s *Store) Sent(ctx context.Context, m Message, channel, ts string) (bool, error) {
	return s.step(ctx, "UPDATE outbox SET state = 'sent', channel = $4, ts = $5, worker = '', lease_until = 0, ended_at = $6 WHERE "+fence+" AND state IN ('sending', 'unknown')",
		fenced(m, channel, ts, millis(s.now()))...)
}

// Renew makes the leases of all that worker holds longer, while it lives and
// waits: for its pace, for Slack, or between two looks. It answers how many.
func (s *Store) Renew(ctx context.Context, worker string, lease time.Time) (n int, err error) {
	err = s.write(ctx, "renewing leases", func(q querier) error {
		n, err = q.exec("UPDATE outbox SET lease_until = $2 WHERE lease_until > 0 AND worker = $1", worker, millis(lease))
		return err
	})
	return n, err
}

// Release puts a message back to pending for runAt: the call never began, was
// refused for sure (429), or the post is surely not there. [ErrConflict] when
// the row is not the worker's any more.
func (s *Store) Release(ctx context.Context, m Message, runAt time.Time) error {
	return s.mustStep(ctx, "UPDATE outbox SET state = 'pending', run_at = $4, looks = 0, worker = '', lease_until = 0 WHERE "+fence, fenced(m, millis(runAt))...)
}

// Failed is Release for a message that could not be made or that Slack refused,
// and counts it: a message that is put back for any other reason may be put back
// as often as it takes. [ErrConflict] when the row is not the worker's any more.
func (s *Store) Failed(ctx context.Context, m Message, runAt time.Time) error {
	return s.mustStep(ctx, "UPDATE outbox SET state = 'pending', run_at = $4, looks = 0, failures = failures + 1, worker = '', lease_until = 0 WHERE "+fence, fenced(m, millis(runAt))...)
}

// Unclear says that nobody knows whether it was posted: a timeout, a 5xx, or a
// look that found nothing yet. m.RunAt says when it may be looked at (again),
// m.Looks how often it was.
// [ErrConflict] when the row is not the worker's any more.
func (s *Store) Unclear(ctx context.Context, m Message) error {
	return s.mustStep(ctx, "UPDATE outbox SET state = 'unknown', run_at = $4, looks = $5, worker = '', lease_until = 0 WHERE "+fence+" AND state IN ('sending', 'unknown')", fenced(m, millis(m.RunAt), int64(m.Looks))...)
}

// Drop ends a message unsent, saying why in a word for the operator.
// [ErrConflict] when the row is not the worker's any more.
func (s *Store) Drop(ctx context.Context, m Message, why string) error {
	return s.mustStep(ctx, "UPDATE outbox SET state = 'dropped', why = $4, worker = '', lease_until = 0, ended_at = $5 WHERE "+fence, fenced(m, clean(why), millis(s.now()))...)
}

// Expired ends the leases that ran out: claimed messages are pending again,
// those in sending are unknown, those being looked up may be looked up again.
// It answers how many.
func (s *Store) Expired(ctx context.Context, now time.Time) (n int, err error) {
	err = s.write(ctx, "ending leases", func(q querier) error {
		n, err = q.expire(now)
		return err
	})
	return n, err
}

func (q querier) expire(now time.Time) (int, error) {
	return q.exec(`UPDATE outbox SET state = CASE WHEN state = 'sending' THEN 'unknown' ELSE state END,
		run_at = CASE WHEN state = 'sending' THEN $1 ELSE run_at END, worker = '', lease_until = 0
		WHERE lease_until > 0 AND lease_until < $1`, millis(now))
}

// supersede drops the rep's pending messages of that kind from days before, so
// that an old nudge gives way to today's. It answers how many.
func (q querier) supersede(kind, rep string, before coach.Date, now time.Time) (int, error) {
	return q.exec("UPDATE outbox SET state = 'dropped', why = 'superseded', ended_at = $4 WHERE rep = $1 AND kind = $2 AND day < $3 AND state = 'pending' AND worker = ''",
		rep, kind, before.String(), millis(now))
}

// step runs one fenced statement and tells whether the row was still ours.
func (s *Store) step(ctx context.Context, text string, args ...any) (ok bool, err error) {
	return s.steps.run(ctx, s, &step{text: text, args: args})
}

func (s *Store) mustStep(ctx context.Context, text string, args ...any) error {
	ok, err := s.step(ctx, text, args...)
	if err == nil && !ok {
		return fmt.Errorf("moving a message on: %w", ErrConflict)
	}
	return err
}
