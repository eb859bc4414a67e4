package storage

import (
	"errors"
	"testing"
	"time"
)

// Replicas that start together on an empty database must not trip over each
// other: one makes the tables, the others wait for it.
func TestReplicasStartTogether(t *testing.T) {
	t.Parallel()
	w := newWorld(t, engines[1])
	w.must(w.write(w.ctx, "emptying", func(q querier) error {
		_, err := q.exec("DROP SCHEMA public CASCADE")
		if err == nil {
			_, err = q.exec("CREATE SCHEMA public")
		}
		return err
	}))
	w.must(w.Store.Close())
	const replicas = 4
	errs := make(chan error, replicas)
	for range replicas {
		go func() {
			s, err := Open(w.ctx, Options{URL: w.url, Now: time.Now})
			if err == nil {
				err = errors.Join(s.SetMeta(w.ctx, "a", "b"), s.Close())
			}
			errs <- err
		}()
	}
	for range replicas {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}
