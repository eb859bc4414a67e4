package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

const (
	undoWithin = 24 * time.Hour
	undoInARow = 3
)

// Undone is what an undo took back.
type Undone struct {
	Label     string   // of the change taken back
	Prospects []int64  // whose lives are again as before, the vanished ones too; of an import the first few that were there before it
	Reps      []string // whose settings are
	Hidden    bool     // it was an import: what it added is hidden, and [Store.Sweep] removes it
	Repeated  bool     // the key was seen before: it was taken back then
	Debts     []Debt   // whose due days are to be written anew for it
}

// Undo takes back a change of that rep, the last one not yet undone if id is
// 0: within a day, up to three in a row, and only if everything the change
// touched still is as it left it. When it cannot, nothing changes and the
// error is a coach.Problem that says what happened since.
//
// Every row points at the change that touched it last, and every change keeps
// the images from before with that pointer in them; so an undone change leaves
// the one before it undoable.
func (s *Store) Undo(ctx context.Context, c Change, id int64) (u Undone, err error) {
	var t undoTarget
	err = s.write(ctx, "undoing", func(q querier) error {
		own, repeated, err := q.beginChange(c, false)
		if err != nil {
			return err
		}
		if repeated {
			u, err = q.undoneBy(own)
			return err
		}
		if t, err = q.undoTarget(c, id); err != nil {
			return err
		}
		if t.staged {
			u, err = q.hide(t)
		} else {
			u, err = s.takeBack(q, t, own)
		}
		if err != nil {
			return err
		}
		if _, err := q.exec("UPDATE changes SET undone_at = $2 WHERE id = $1", t.id, max(1, millis(c.At))); err != nil {
			return err
		}
		_, err = q.exec("UPDATE changes SET undoes = $2, label = $3 WHERE id = $1", own, t.id, "Undid: "+t.label)
		return err
	})
	if err == nil && t.staged {
		err = s.giveBack(ctx, t.id)
	}
	if err != nil {
		return Undone{}, err
	}
	return u, nil
}

type undoTarget struct {
	id     int64
	rep    string
	label  string
	at     time.Time
	staged bool // an import
}

// undoTarget finds the change to take back and checks the day and the row.
func (q querier) undoTarget(c Change, id int64) (t undoTarget, err error) {
	t.rep = c.Rep
	var at, undoneAt, last int64
	err = q.one("SELECT coalesce(max(id), 0) FROM changes WHERE rep = $1 AND undoable = TRUE AND open = FALSE AND undone_at = 0", []any{c.Rep}, &last)
	if err != nil {
		return t, err
	}
	if id == 0 {
		id = last
	}
	err = q.one("SELECT id, label, staged, at, undone_at FROM changes WHERE id = $1 AND rep = $2 AND undoable = TRUE"+forUpdate, []any{id, c.Rep}, &t.id, &t.label, &t.staged, &at, &undoneAt)
	t.at = fromMillis(at)
	switch {
	case errors.Is(err, ErrNotFound):
		return t, coach.Problem("There is nothing of yours to undo.")
	case err != nil:
		return t, err
	case undoneAt != 0:
		return t, coach.Problem("That is undone already: " + t.label)
	case c.At.Sub(t.at) > undoWithin:
		return t, coach.Problem("That was more than a day ago and stays as it is: " + t.label)
	}
	var row int
	if err := q.one("SELECT count(*) FROM changes WHERE rep = $1 AND undoable = TRUE AND id > $2 AND undone_at <> 0", []any{c.Rep, last}, &row); err != nil {
		return t, err
	}
	if row >= undoInARow {
		return t, coach.Problem("Three changes in a row are undone; further back it does not go.")
	}
	return t, nil
}

// takeBack restores all that the change touched; own is the undo itself.
func (s *Store) takeBack(q querier, t undoTarget, own int64) (Undone, error) {
	u := Undone{Label: t.label}
	items, err := q.items(t.id)
	if err != nil {
		return u, err
	}
	if err := q.unchangedSince(t); err != nil {
		return u, err
	}
	for _, it := range items {
		switch it.kind {
		case "prospect":
			id := it.id()
			u.Prospects = append(u.Prospects, id)
			if it.before.Valid {
				var owner string
				owner, err = q.restoreLife(id, it.before.String)
				u.owes(owner, own)
			}
		case "rep":
			u.Reps = append(u.Reps, it.ref)
			err = q.restoreRep(it.ref, it.before.String)
			u.owes(it.ref, own)
		case "nugget":
			err = q.restoreNugget(it)
		case "never":
			_, err = q.exec("DELETE FROM never_contact WHERE hash = $1", it.ref)
		}
		if err != nil {
			return u, err
		}
	}
	if err := q.restoreMeta(t); err != nil {
		return u, err
	}
	const added = "(SELECT CAST(ref AS BIGINT) FROM change_items WHERE change_id = $1 AND kind = 'prospect' AND before IS NULL)"
	if _, err := q.exec("DELETE FROM prospects WHERE id IN "+added, t.id); err != nil {
		return u, err
	}
	if _, err := q.exec("DELETE FROM outbox WHERE state = 'pending' AND worker = '' AND (change_id = $1 OR (prospect > 0 AND prospect IN "+added+"))", t.id); err != nil {
		return u, err
	}
	if _, err := q.exec("UPDATE outbox SET state = 'pending', why = '', dropped_by = 0, ended_at = 0 WHERE dropped_by = $1 AND dropped_by > 0 AND state = 'dropped'", t.id); err != nil {
		return u, err
	}
	for _, o := range u.Debts {
		if err := q.owe(o); err != nil {
			return u, err
		}
	}
	return u, nil
}

// owes notes a rep once.
func (u *Undone) owes(rep string, by int64) {
	if o := (Debt{rep, by}); rep != "" && !slices.Contains(u.Debts, o) {
		u.Debts = append(u.Debts, o)
	}
}

type changeItem struct {
	kind, ref string
	before    sql.NullString
}

func (it changeItem) id() int64 {
	n, _ := strconv.ParseInt(it.ref, 10, 64) // written by us from a number
	return n
}

func (q querier) items(change int64) (items []changeItem, err error) {
	err = q.each("SELECT kind, ref, before FROM change_items WHERE change_id = $1 ORDER BY kind, ref", []any{change}, func(rows *sql.Rows) error {
		var it changeItem
		err := rows.Scan(&it.kind, &it.ref, &it.before)
		items = append(items, it)
		return err
	})
	return items, err
}

// byTheBot is true of what the change brought and only the bot itself has
// touched since (the morning lets imported ones in): that is nobody's work to
// be lost.
const byTheBot = `i.kind = 'prospect' AND i.before IS NULL AND NOT EXISTS (SELECT 1 FROM change_items j JOIN changes k ON k.id = j.change_id
	WHERE j.kind = 'prospect' AND j.ref = i.ref AND k.id <> $1 AND k.rep <> '' AND k.undone_at = 0)`

// unchangedSince locks everything the change touched and refuses when a later
// change has touched any of it.
func (q querier) unchangedSince(t undoTarget) error {
	for _, look := range []struct{ kind, lock, table, key, owner string }{
		{"prospect", "SELECT id FROM prospects WHERE id IN (SELECT CAST(ref AS BIGINT) FROM change_items WHERE change_id = $1 AND kind = 'prospect') ORDER BY id", "prospects", "CAST(i.ref AS BIGINT)", "x.owner"},
		{"rep", "SELECT id FROM reps WHERE id IN (SELECT ref FROM change_items WHERE change_id = $1 AND kind = 'rep') ORDER BY id", "reps", "i.ref", "x.id"},
	} {
		if err := q.each(look.lock+forUpdate, []any{t.id}, func(*sql.Rows) error { return nil }); err != nil {
			return err
		}
		var since sql.NullString
		var gone, foreign bool
		err := q.one("SELECT c.label, x.id IS NULL, coalesce("+look.owner+" <> $3 AND c.rep <> $3, FALSE) FROM change_items i LEFT JOIN "+look.table+" x ON x.id = "+look.key+
			" LEFT JOIN changes c ON c.id = x.last_change WHERE i.change_id = $1 AND i.kind = $2 AND (x.id IS NULL OR (x.last_change <> $1 AND NOT ("+byTheBot+"))) LIMIT 1",
			[]any{t.id, look.kind, t.rep}, &since, &gone, &foreign)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		switch {
		case gone:
			since.String = "it was taken away"
		case foreign: // what others do with what is theirs now is not for this rep
			since.String = "somebody else changed it"
		case since.String == "":
			since.String = "another change"
		}
		return coach.Problem(fmt.Sprintf("That cannot be undone any more (%s). What happened since: %s", t.label, since.String))
	}
	return nil
}

// restoreLife answers whose it is again.
func (q querier) restoreLife(id int64, text string) (owner string, err error) {
	var img prospectImage
	if err := readImage(text, &img); err != nil {
		return "", err
	}
	now, err := q.life(id, forUpdate)
	if err != nil {
		return "", err
	}
	before, err := img.restore(&now.Prospect)
	if err != nil {
		return "", err
	}
	if _, err := q.saveLife(&now.Prospect, &before); err != nil {
		return "", err
	}
	if err := q.giveBack(id, img.Others); err != nil {
		return "", err
	}
	_, err = q.exec("UPDATE prospects SET last_change = $2 WHERE id = $1", id, img.LastChange)
	return before.Owner, err
}

func (q querier) restoreRep(id, text string) error {
	var img repImage
	if err := readImage(text, &img); err != nil {
		return err
	}
	cols, err := img.columns()
	if err != nil {
		return err
	}
	cols = append(cols, column{name: "last_change", arg: img.LastChange})
	if err := q.update("reps", cols, "id = $1", id); err != nil {
		return err
	}
	// The hour of the next nudge comes back only if none went out meanwhile.
	_, err = q.exec("UPDATE reps SET next_nudge = $2 WHERE id = $1 AND next_nudge = $3", id, img.Was, img.Left)
	return err
}

// undoneBy is what the undo recorded in change id took back.
func (q querier) undoneBy(id int64) (Undone, error) {
	u := Undone{Repeated: true}
	var target int64
	err := q.one("SELECT t.id, t.label FROM changes u JOIN changes t ON t.id = u.undoes WHERE u.id = $1", []any{id}, &target, &u.Label)
	if errors.Is(err, ErrNotFound) {
		return u, nil // pruned, or the key belonged to another kind of change
	}
	if err != nil {
		return u, err
	}
	items, err := q.items(target)
	for _, it := range items {
		switch it.kind {
		case "prospect":
			u.Prospects = append(u.Prospects, it.id())
		case "rep":
			u.Reps = append(u.Reps, it.ref)
		}
	}
	return u, err
}
