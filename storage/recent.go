package storage

import (
	"context"
	"database/sql"
	"time"
)

// Recent is a change of a rep that still stands and that Undo may take back.
type Recent struct {
	ID    int64
	Key   string // as Change.Key had it
	Label string
}

// Recent are the rep's changes since then that were not undone, oldest first.
func (s *Store) Recent(ctx context.Context, rep string, since time.Time) (out []Recent, err error) {
	err = s.read(ctx, "looking for recent changes", func(q querier) error {
		return q.each("SELECT id, coalesce(key, ''), label FROM changes WHERE rep = $1 AND undoable = TRUE AND open = FALSE AND undone_at = 0 AND at >= $2 ORDER BY id",
			[]any{rep, millis(since)}, func(rows *sql.Rows) error {
				var r Recent
				err := rows.Scan(&r.ID, &r.Key, &r.Label)
				out = append(out, r)
				return err
			})
	})
	return out, err
}

// Since are the words of all that the rep changed since then, for undo or not,
// oldest first; "" for a change without words.
func (s *Store) Since(ctx context.Context, rep string, since time.Time) (labels []string, err error) {
	err = s.read(ctx, "looking for what was changed", func(q querier) error {
		return q.each("SELECT label FROM changes WHERE rep = $1 AND open = FALSE AND at >= $2 ORDER BY id", []any{rep, millis(since)}, func(rows *sql.Rows) error {
			var label string
			err := rows.Scan(&label)
			labels = append(labels, label)
			return err
		})
	})
	return labels, err
}
