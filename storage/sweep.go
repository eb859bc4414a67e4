package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// An import that is taken back or given up is open and has an undone_at: from
// that one row on, all it brought is hidden. What is left to do, nobody waits
// for: it goes step by step, in whichever process comes to it, and a crash in
// between leaves only more to do.

// Sweep removes what imports left behind that were taken back, given up, or
// begun before abandoned and never finished, because their process died. With
// most > 0 it writes at most so many steps; left tells that there is more.
func (s *Store) Sweep(ctx context.Context, abandoned time.Time, most int) (left bool, err error) {
	type open struct {
		id      int64
		givenUp bool
	}
	var all []open
	err = s.read(ctx, "looking for imports left behind", func(q querier) error {
		return q.each("SELECT id, undone_at <> 0 FROM changes WHERE open = TRUE AND (undone_at <> 0 OR at < $1) ORDER BY id", []any{millis(abandoned)}, func(rows *sql.Rows) error {
			var o open
			err := rows.Scan(&o.id, &o.givenUp)
			all = append(all, o)
			return err
		})
	})
	if err != nil {
		return false, err
	}
	for _, o := range all {
		if !o.givenUp {
			if err := s.write(ctx, "giving an import up", func(q querier) error { return q.giveUp(o.id, s.now()) }); err != nil {
				return true, err
			}
		}
		n, err := s.clear(ctx, o.id, most)
		if err != nil {
			return true, err
		}
		if most > 0 {
			if most -= n; most <= 0 {
				return true, nil
			}
		}
	}
	return false, nil
}

// giveUp hides an import for good, unless it is finished.
func (q querier) giveUp(id int64, at time.Time) error {
	_, err := q.exec("UPDATE changes SET undone_at = $2 WHERE id = $1 AND open = TRUE AND undone_at = 0", id, max(1, millis(at)))
	return err
}

// hide takes an import back for everybody to see, unless somebody has worked
// on any of it since.
func (q querier) hide(t undoTarget) (Undone, error) {
	u := Undone{Label: t.label, Hidden: true}
	if err := q.untouchedSince(t); err != nil {
		return u, err
	}
	err := q.each("SELECT CAST(ref AS BIGINT) FROM change_items WHERE change_id = $1 AND kind = 'prospect' ORDER BY ref LIMIT $2", []any{t.id, mergedTold}, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		u.Prospects = append(u.Prospects, id)
		return err
	})
	if err == nil {
		_, err = q.exec("UPDATE changes SET open = TRUE WHERE id = $1", t.id)
	}
	return u, err
}

// mergedTold is how many of those an import merged its undo names.
const mergedTold = 50

// untouchedSince refuses when a later change has touched anything the import
// merged, or a person's anything it added. What it reads are the items of
// later changes, however large the import.
func (q querier) untouchedSince(t undoTarget) error {
	var last, by string
	var n int
	const since = `FROM change_items j JOIN changes k ON k.id = j.change_id WHERE j.change_id > $1 AND j.kind = 'prospect' AND k.undone_at = 0 AND (
		EXISTS (SELECT 1 FROM change_items i WHERE i.change_id = $1 AND i.kind = 'prospect' AND i.ref = j.ref)
		OR k.rep <> '' AND EXISTS (SELECT 1 FROM prospects p WHERE p.id = CAST(j.ref AS BIGINT) AND p.batch = $1))`
	// What others do with what is theirs now is not for this rep.
	err := q.one(`SELECT k.label, CASE WHEN k.rep = $2 THEN 'you' WHEN k.rep = '' THEN 'me'
		WHEN EXISTS (SELECT 1 FROM prospects p WHERE p.id = CAST(j.ref AS BIGINT) AND p.owner = $2) THEN coalesce((SELECT name FROM reps WHERE id = k.rep), '') ELSE '' END `+since+" ORDER BY j.change_id DESC LIMIT 1", []any{t.id, t.rep}, &last, &by)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err == nil {
		err = q.one("SELECT count(DISTINCT j.ref) "+since, []any{t.id}, &n)
	}
	if err != nil {
		return err
	}
	some := "1 of them has"
	if n > 1 {
		some = fmt.Sprintf("%d of them have", n)
	}
	switch {
	case by == "":
		by, last = "somebody else", ""
	case last != "":
		last = " (" + last + ")"
	}
	return coach.Problem(fmt.Sprintf("That cannot be undone any more (%s): %s been changed since, last by %s%s. Undo that first; or keep the import, and forget whom you do not want.", t.label, some, by, last))
}

// clear removes what is left of a hidden import, with at most that many steps
// unless most is 0, and answers how many it took.
func (s *Store) clear(ctx context.Context, id int64, most int) (steps int, err error) {
	for more := true; more && (most == 0 || steps < most); steps++ {
		if more, err = s.clearStep(ctx, id); err != nil {
			return steps, err
		}
	}
	return steps, nil
}

func (s *Store) clearStep(ctx context.Context, id int64) (more bool, err error) {
	s.stepping.Lock()
	defer s.stepping.Unlock()
	err = s.write(ctx, "taking an import back", func(q querier) error {
		var finished bool
		err := q.one("SELECT undoable FROM changes WHERE id = $1 AND open = TRUE AND undone_at <> 0"+forUpdate, []any{id}, &finished)
		if errors.Is(err, ErrNotFound) {
			return nil // another process was faster
		}
		if err != nil {
			return err
		}
		if more, err = q.unmerge(id, mergedAtOnce); err != nil || more {
			return err
		}
		if more, err = q.unadd(id, addedAtOnce); err != nil || more {
			return err
		}
		if finished {
			_, err = q.exec("UPDATE changes SET open = FALSE WHERE id = $1", id)
		} else {
			_, err = q.exec("DELETE FROM changes WHERE id = $1", id)
		}
		return err
	})
	return more, err
}

// giveBack restores at once what an import merged, which is not hidden; what
// it added can wait.
func (s *Store) giveBack(ctx context.Context, id int64) error {
	for more := true; more; {
		s.stepping.Lock()
		err := s.write(ctx, "taking an import back", func(q querier) (err error) {
			more, err = q.unmerge(id, mergedAtOnce)
			return err
		})
		s.stepping.Unlock()
		if err != nil {
			return err
		}
	}
	return nil
}

// unmerge gives back a few of those an import merged, where nobody has changed
// them since.
func (q querier) unmerge(change int64, most int) (more bool, err error) {
	var some []changeItem
	err = q.each("SELECT kind, ref, before FROM change_items WHERE change_id = $1 AND kind = 'prospect' ORDER BY ref LIMIT $2"+forUpdate, []any{change, most}, func(rows *sql.Rows) error {
		var it changeItem
		err := rows.Scan(&it.kind, &it.ref, &it.before)
		some = append(some, it)
		return err
	})
	if err != nil {
		return false, err
	}
	for _, it := range some {
		l, err := q.life(it.id(), forUpdate)
		switch {
		case errors.Is(err, ErrNotFound) || err == nil && l.lastChange != change:
		case err != nil:
			return false, err
		default:
			owner, err := q.restoreLife(it.id(), it.before.String)
			if err == nil {
				err = q.owe(Debt{owner, change}) // the calendar may be another by now
			}
			if err != nil {
				return false, err
			}
		}
		if _, err := q.exec("DELETE FROM change_items WHERE change_id = $1 AND kind = 'prospect' AND ref = $2", change, it.ref); err != nil {
			return false, err
		}
	}
	return len(some) > 0, nil
}

// unadd removes a few of those an import added, and what waits to be said of
// them. Whoever was forgotten stays as the count they are; and one whom a
// person changed in the very moment the import was taken back stays with them.
func (q querier) unadd(change int64, most int) (more bool, err error) {
	var gone, stay []int64
	err = q.each("SELECT id, last_change, owner FROM prospects WHERE batch > 0 AND batch = $1 ORDER BY id LIMIT $2"+forUpdate, []any{change, most}, func(rows *sql.Rows) error {
		var id, last int64
		var owner string
		err := rows.Scan(&id, &last, &owner)
		if owner == "" {
			stay = append(stay, id)
		} else if gone = append(gone, id); last != change {
			stay = append(stay, id)
		}
		return err
	})
	if err != nil || len(gone)+len(stay) == 0 {
		return false, err
	}
	stay, err = q.keptByPeople(change, stay)
	if err != nil {
		return false, err
	}
	gone = slices.DeleteFunc(gone, func(id int64) bool { return slices.Contains(stay, id) })
	const these = "IN (SELECT CAST(value AS BIGINT) FROM /*rows($1)*/)"
	for _, do := range []struct {
		text string
		ids  []int64
	}{
		{"UPDATE prospects SET batch = 0 WHERE id " + these, stay},
		{"DELETE FROM outbox WHERE state = 'pending' AND worker = '' AND prospect > 0 AND prospect " + these, gone},
		{"DELETE FROM prospects WHERE id " + these, gone},
	} {
		if len(do.ids) == 0 {
			continue
		}
		if _, err := q.exec(do.text, idList(do.ids)); err != nil {
			return false, err
		}
	}
	return true, nil
}

// keptByPeople are those of the ids whom nobody owns any more, or a person has
// changed since that change.
func (q querier) keptByPeople(change int64, ids []int64) (kept []int64, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	err = q.each(`SELECT p.id FROM prospects p WHERE p.id IN (SELECT CAST(value AS BIGINT) FROM /*rows($1)*/) AND (p.owner = '' OR EXISTS (
		SELECT 1 FROM change_items j JOIN changes k ON k.id = j.change_id
		WHERE j.kind = 'prospect' AND j.ref = CAST(p.id AS TEXT) AND k.id <> $2 AND k.rep <> '' AND k.undone_at = 0))`, []any{idList(ids), change}, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		kept = append(kept, id)
		return err
	})
	return kept, err
}
