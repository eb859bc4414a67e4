package storage

import (
	"context"
	"errors"
	"fmt"

	"github.com/prospectcoach/prospectcoach/coach"
)

// ImportStep is how many prospects one Add may bring: the write lock is held
// for one step, so that nobody's command waits for a whole file.
const ImportStep = 200

// Import is a change in many transactions: what it adds is invisible until
// Finish, which shows all of it at once, as one change with one undo. An
// import that is neither finished nor aborted stays invisible, and Prune
// removes it.
type Import struct {
	s  *Store
	c  Change
	id int64
}

// Import begins one. The change's Key counts at Finish.
func (s *Store) Import(ctx context.Context, c Change) (*Import, error) {
	imp := &Import{s: s, c: c}
	err := s.write(ctx, "beginning an import", func(q querier) (err error) {
		keyless := c
		keyless.Key = ""
		imp.id, _, err = q.beginChange(keyless, true)
		return err
	})
	if err != nil {
		return nil, err
	}
	return imp, nil
}

// Add brings up to [ImportStep] new prospects and sets their ids.
func (i *Import) Add(ctx context.Context, ps []*coach.Prospect) error {
	if len(ps) > ImportStep {
		return fmt.Errorf("an import adds at most %d prospects a step, not %d", ImportStep, len(ps))
	}
	return i.s.write(ctx, "importing", func(q querier) error {
		tx := &Tx{s: i.s, q: q, id: i.id, at: i.c.At}
		for _, p := range ps {
			if p.Owner == "" || p.Owner >= "~" {
				return fmt.Errorf("a prospect needs an owner, not %q", p.Owner)
			}
			if err := q.insertLife(p, i.mark()+p.Owner, i.id); err != nil {
				return err
			}
			if err := tx.item("prospect", itoa64(p.ID), nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// mark stands before the owner of what is not visible yet.
func (i *Import) mark() string { return "~" + itoa64(i.id) + "~" }

const addedBy = "id IN (SELECT CAST(ref AS BIGINT) FROM change_items WHERE change_id = $1 AND kind = 'prospect' AND before IS NULL)"

// Finish makes the import visible, together with what fn (which may be nil)
// changes of those that were there before. Repeated: the key was seen before,
// and this import is gone without a trace.
func (i *Import) Finish(ctx context.Context, fn func(tx *Tx) error) (done Done, err error) {
	err = i.s.write(ctx, "finishing an import", func(q querier) error {
		if i.c.Key != "" {
			var first int64
			err := q.one("SELECT id FROM changes WHERE key = $1", []any{i.c.Key}, &first)
			if err == nil {
				done = Done{first, true}
				return i.discard(q)
			}
			if !errors.Is(err, ErrNotFound) {
				return err
			}
			if _, err := q.exec("UPDATE changes SET key = $2 WHERE id = $1", i.id, i.c.Key); err != nil {
				return err
			}
		}
		n, err := q.exec("UPDATE changes SET open = FALSE, undoable = TRUE WHERE id = $1 AND open = TRUE", i.id)
		if err != nil {
			return err
		}
		if n == 0 {
			return fmt.Errorf("import %d is not open any more: %w", i.id, ErrConflict)
		}
		if n, err = q.exec("UPDATE prospects SET owner = substr(owner, $2) WHERE "+addedBy, i.id, len(i.mark())+1); err != nil {
			return err
		}
		tx := &Tx{s: i.s, q: q, id: i.id, at: i.c.At, label: i.c.Label, items: n}
		if fn != nil {
			if err := fn(tx); err != nil {
				return err
			}
		}
		done = Done{ID: i.id}
		return tx.save()
	})
	if err != nil {
		return Done{}, err
	}
	return done, nil
}

// Abort removes everything the import brought. After Finish it does nothing.
func (i *Import) Abort(ctx context.Context) error {
	return i.s.write(ctx, "aborting an import", i.discard)
}

func (i *Import) discard(q querier) error {
	if _, err := q.exec("DELETE FROM prospects WHERE owner >= '~' AND "+addedBy, i.id); err != nil {
		return err
	}
	_, err := q.exec("DELETE FROM changes WHERE id = $1 AND open = TRUE", i.id)
	return err
}
