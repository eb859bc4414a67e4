package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

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

// Merge changes up to [ImportStep] prospects that are there already: fn alters
// each, loaded under the write lock. What is merged shows at once, but belongs
// to the import: its one undo takes it back, and so does Abort. A prospect
// that is gone is left out.
func (i *Import) Merge(ctx context.Context, ids []int64, fn func(p *coach.Prospect) error) error {
	if len(ids) > ImportStep {
		return fmt.Errorf("an import merges at most %d prospects a step, not %d", ImportStep, len(ids))
	}
	return i.s.write(ctx, "merging", func(q querier) error {
		tx := &Tx{s: i.s, q: q, id: i.id, at: i.c.At, label: i.c.Label}
		for _, id := range ids {
			p, err := tx.Prospect(id)
			if errors.Is(err, ErrNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			if err := fn(p); err != nil {
				return err
			}
		}
		return tx.save()
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
			// An import that was taken back may be made again.
			if _, err := q.exec("UPDATE changes SET key = NULL WHERE key = $1 AND undone_at <> 0", i.c.Key); err != nil {
				return err
			}
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
		if _, err = q.exec("UPDATE prospects SET owner = substr(owner, $2) WHERE "+addedBy, i.id, len(i.mark())+1); err != nil {
			return err
		}
		var items int
		if err := q.one("SELECT count(*) FROM change_items WHERE change_id = $1", []any{i.id}, &items); err != nil {
			return err
		}
		tx := &Tx{s: i.s, q: q, id: i.id, at: i.c.At, label: i.c.Label, items: items}
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
	var open int
	if err := q.one("SELECT count(*) FROM changes WHERE id = $1 AND open = TRUE", []any{i.id}, &open); err != nil || open == 0 {
		return err
	}
	if err := q.unmerge(i.id); err != nil {
		return err
	}
	if _, err := q.exec("DELETE FROM prospects WHERE owner >= '~' AND "+addedBy, i.id); err != nil {
		return err
	}
	_, err := q.exec("DELETE FROM changes WHERE id = $1 AND open = TRUE", i.id)
	return err
}

// unmerge gives back what an unfinished import merged, where nobody has
// changed it since.
func (q querier) unmerge(change int64) error {
	items, err := q.items(change)
	if err != nil {
		return err
	}
	for _, it := range items {
		if it.kind != "prospect" || !it.before.Valid {
			continue
		}
		var mine int
		if err := q.one("SELECT count(*) FROM prospects WHERE id = $1 AND last_change = $2", []any{it.id(), change}, &mine); err != nil {
			return err
		}
		if mine == 0 {
			continue
		}
		if err := q.restoreLife(it.id(), it.before.String); err != nil {
			return err
		}
	}
	return nil
}

// unmergeAbandoned does so for all imports left behind before that instant.
func (q querier) unmergeAbandoned(before time.Time) error {
	var ids []int64
	err := q.each("SELECT id FROM changes WHERE open = TRUE AND at < $1", []any{millis(before)}, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := q.unmerge(id); err != nil {
			return err
		}
	}
	return nil
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
