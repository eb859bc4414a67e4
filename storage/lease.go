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
