package storage

import (
	"context"
	"time"
)

// Seen remembers an envelope's key and tells whether it had been seen before:
// for events that change nothing else. Those that do use Change.Key, so that
// the mark and the change are one.
func (s *Store) Seen(ctx context.Context, key string, at time.Time) (seen bool, err error) {
	err = s.write(ctx, "remembering an envelope", func(q querier) error {
		n, err := q.exec("INSERT INTO seen (key, at) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING", key, millis(at))
		seen = n == 0
		return err
	})
	return seen, err
}

// WasSeen tells whether a key is remembered, and remembers nothing.
func (s *Store) WasSeen(ctx context.Context, key string) (seen bool, err error) {
	err = s.glance(ctx, "looking for an envelope", func(q querier) error {
		var n int
		err := q.one("SELECT count(*) FROM seen WHERE key = $1", []any{key}, &n)
		seen = n > 0
		return err
	})
	return seen, err
}

// Prune deletes what nobody asks for any more: seen envelopes, old changes
// with their images, and ended messages from before that instant. It must lie
// more than a day back, or undo loses its ground. It answers how many rows went.
func (s *Store) Prune(ctx context.Context, before time.Time) (n int, err error) {
	err = s.write(ctx, "pruning", func(q querier) error {
		for _, statement := range []string{
			"DELETE FROM seen WHERE at < $1",
			"DELETE FROM outbox WHERE ended_at > 0 AND ended_at < $1",
			"DELETE FROM changes WHERE at < $1 AND open = FALSE", // Sweep ends the open ones: their row hides what they brought
			"DELETE FROM replicas WHERE until < $1",
			"DELETE FROM paces WHERE next < $1",
		} {
			k, err := q.exec(statement, millis(before))
			if err != nil {
				return err
			}
			n += k
		}
		_, err := q.exec("DELETE FROM meta WHERE key LIKE $1 AND key < $2", imagesKept+"%", metaImages(before, 0))
		return err
	})
	return n, err
}
