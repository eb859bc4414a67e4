package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// ImportStep is how many prospects are compared, added or merged at a time.
const ImportStep = 200

// How many of them one transaction writes: the writer is held for a few
// milliseconds, and whoever else waits for it comes next.
const (
	addedAtOnce  = 50
	mergedAtOnce = 5
)

// Import is a change in many transactions: what it adds is hidden until
// Finish, which shows all of it at once by one row, as one change with one
// undo. An import that is neither finished nor aborted stays hidden, and Sweep
// removes it.
type Import struct {
	Pause func() // called before each transaction, to let others go first; may be nil

	s  *Store
	c  Change
	id int64
}

// Import begins one. The change's Key counts at Finish.
func (s *Store) Import(ctx context.Context, c Change) (*Import, error) {
	imp := &Import{s: s, c: c}
	err := s.write(ctx, "beginning an import", func(q querier) error {
		return q.one("INSERT INTO changes (rep, label, at, open, undoable, staged) VALUES ($1, $2, $3, TRUE, FALSE, TRUE) RETURNING id", []any{c.Rep, clean(c.Label), millis(c.At)}, &imp.id)
	})
	if err != nil {
		return nil, err
	}
	return imp, nil
}

// step is one transaction. Imports take turns, so that whoever else writes
// waits for one step at most, however many there are.
func (i *Import) step(ctx context.Context, what string, fn func(q querier) error) error {
	if i.Pause != nil {
		i.Pause()
	}
	i.s.stepping.Lock()
	defer i.s.stepping.Unlock()
	return i.s.write(ctx, what, func(q querier) error {
		var id int64
		err := q.one("SELECT id FROM changes WHERE id = $1 AND open = TRUE AND undone_at = 0"+forUpdate, []any{i.id}, &id)
		if errors.Is(err, ErrNotFound) {
			return fmt.Errorf("import %d is not open any more: %w", i.id, ErrConflict)
		}
		if err != nil {
			return err
		}
		return fn(q)
	})
}

// Add brings up to [ImportStep] new prospects and sets their ids.
func (i *Import) Add(ctx context.Context, ps []*coach.Prospect) error {
	if len(ps) > ImportStep {
		return fmt.Errorf("an import adds at most %d prospects at a time, not %d", ImportStep, len(ps))
	}
	for some := range slices.Chunk(ps, addedAtOnce) {
		err := i.step(ctx, "importing", func(q querier) error {
			for _, p := range some {
				if err := q.insertLife(p, i.id, i.id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Merge changes up to [ImportStep] prospects that are there already: fn alters
// each, loaded under the write lock, and may look by tx. What is merged shows
// at once, but belongs to the import: its one undo takes it back, and so does
// Abort. A prospect that is gone is left out.
func (i *Import) Merge(ctx context.Context, ids []int64, fn func(tx *Tx, p *coach.Prospect) error) error {
	if len(ids) > ImportStep {
		return fmt.Errorf("an import merges at most %d prospects at a time, not %d", ImportStep, len(ids))
	}
	for some := range slices.Chunk(ids, mergedAtOnce) {
		err := i.step(ctx, "merging", func(q querier) error { return i.merge(q, some, fn) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (i *Import) merge(q querier, ids []int64, fn func(tx *Tx, p *coach.Prospect) error) error {
	tx := &Tx{s: i.s, q: q, id: i.id, at: i.c.At}
	for _, id := range ids {
		p, err := tx.Prospect(id)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if err := fn(tx, p); err != nil {
			return err
		}
	}
	return tx.saveTouched()
}

// Finish shows the import, together with what fn (which may be nil) changes of
// it or of others; fn should have little to do. Repeated: the key was seen
// before, and of this import nothing stays.
func (i *Import) Finish(ctx context.Context, fn func(tx *Tx) error) (done Done, err error) {
	err = i.step(ctx, "finishing an import", func(q querier) error {
		if i.c.Key != "" {
			// An import that was taken back may be made again.
			if _, err := q.exec("UPDATE changes SET key = NULL WHERE key = $1 AND undone_at <> 0", i.c.Key); err != nil {
				return err
			}
			var first int64
			err := q.one("SELECT id FROM changes WHERE key = $1", []any{i.c.Key}, &first)
			if err == nil {
				done = Done{first, true}
				return q.giveUp(i.id, i.s.now())
			}
			if !errors.Is(err, ErrNotFound) {
				return err
			}
			if _, err := q.exec("UPDATE changes SET key = $2 WHERE id = $1", i.id, i.c.Key); err != nil {
				return err
			}
		}
		done = Done{ID: i.id}
		if _, err := q.exec("UPDATE changes SET open = FALSE, undoable = TRUE WHERE id = $1", i.id); err != nil || fn == nil {
			return err
		}
		tx := &Tx{s: i.s, q: q, id: i.id, at: i.c.At}
		if err := fn(tx); err != nil {
			return err
		}
		return tx.saveTouched()
	})
	if err != nil {
		return Done{}, err
	}
	if done.Repeated {
		_, err = i.s.clear(ctx, i.id, 0)
	}
	return done, err
}

// Abort removes everything the import brought. After Finish it does nothing.
// What it leaves when ctx ends is hidden, and Sweep removes it.
func (i *Import) Abort(ctx context.Context) error {
	err := i.s.write(ctx, "aborting an import", func(q querier) error { return q.giveUp(i.id, i.s.now()) })
	if err == nil {
		_, err = i.s.clear(ctx, i.id, 0)
	}
	return err
}

// Imported tells when the import with that key was finished; the zero time if
// it was not, or was taken back since.
func (s *Store) Imported(ctx context.Context, key string) (at time.Time, err error) {
	err = s.read(ctx, "looking for an import", func(q querier) error {
		err := q.one("SELECT at FROM changes WHERE key = $1 AND open = FALSE AND undone_at = 0", []any{key}, instantDest{&at})
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		return err
	})
	return at, err
}
