package storage

import (
	"context"
	"errors"
	"time"
)

// TakeLease takes or renews the lease name for holder until then; false while
// somebody else's still runs. It is how one of several replicas sends. The
// clocks are the replicas' own: a lease must be longer than they may differ.
func (s *Store) TakeLease(ctx context.Context, name, holder string, now, until time.Time) (ok bool, err error) {
	err = s.write(ctx, "taking the lease", func(q querier) error {
		var got string
		err := q.one(`INSERT INTO leases (name, holder, until) VALUES ($1, $2, $4)
			ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
			WHERE leases.holder = excluded.holder OR leases.until < $3 RETURNING holder`,
			[]any{name, holder, millis(now), millis(until)}, &got)
		ok = got == holder
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		return err
	})
	return ok, err
}

// endLeases ends every lease when the writer's lock on the SQLite file proves
// that whoever had them is dead: what was claimed is free, what was on its way
// is looked for, without waiting for anything to run out.
func (s *Store) endLeases(ctx context.Context) error {
	if s.held == nil {
		return nil
	}
	left := 0
	err := s.read(ctx, "looking for leases", func(q querier) error {
		return q.one("SELECT (SELECT count(*) FROM leases) + (SELECT count(*) FROM replicas) + (SELECT count(*) FROM outbox WHERE lease_until > 0)", nil, &left)
	})
	if err != nil || left == 0 {
		return err
	}
	return s.write(ctx, "ending the leases of the dead", func(q querier) error {
		if _, err := q.exec("UPDATE outbox SET lease_until = 1 WHERE lease_until > 0"); err != nil {
			return err
		}
		if _, err := q.expire(s.now()); err != nil {
			return err
		}
		return q.forgetReplicas()
	})
}

// forgetReplicas empties what only living replicas have a use for. A
// Retry-After of Slack's outlives them.
func (q querier) forgetReplicas() error {
	for _, table := range []string{"leases", "replicas"} {
		if _, err := q.exec("DELETE FROM " + table); err != nil {
			return err
		}
	}
	return nil
}
