package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// Change says who changes something and what for.
type Change struct {
	Key   string // of the envelope or click; the same key changes nothing twice; "" for none
	Rep   string // who does it, and may undo it
	Label string // what it is in words: "Snoozed Jane Doe until 3 March"
	At    time.Time
}

// Done is what became of a change.
type Done struct {
	ID       int64 // for Undo
	Repeated bool  // the key was seen before: nothing was done, ID is the first one's
}

// Tx is a change under way. What its functions loaded and fn altered is saved
// when fn returns nil; an error undoes everything, the key included.
type Tx struct {
	s     *Store
	q     querier
	id    int64
	at    time.Time
	label string
	lives []*loadedLife
	reps  []*loadedRep
	items int
}

type loadedLife struct {
	now        *coach.Prospect
	before     coach.Prospect
	lastChange int64
	added      bool
}

type loadedRep struct {
	now        RepRow
	before     RepRow
	lastChange int64
}

// Change runs fn in one transaction, once per Key. fn must use its Tx only:
// any writing function of the Store would wait for it to end. An error of fn
// is answered as it is when it is a coach.Problem or ErrNotFound. Two changes
// that wait for each other (PostgreSQL) are one after the other in the end: fn
// of one of them is called once more, and must bear that.
func (s *Store) Change(ctx context.Context, c Change, fn func(tx *Tx) error) (done Done, err error) {
	for try := 0; ; try++ {
		if done, err = s.change(ctx, c, fn); err == nil || try == 3 || !s.d.again(err) {
			return done, err
		}
	}
}

func (s *Store) change(ctx context.Context, c Change, fn func(tx *Tx) error) (done Done, err error) {
	var owners []string
	err = s.writeOf(ctx, "changing", &owners, func(q querier) error {
		id, repeated, err := q.beginChange(c, false)
		if done = (Done{id, repeated}); err != nil || repeated {
			return err
		}
		tx := &Tx{s: s, q: q, id: id, at: c.At, label: c.Label}
		if err := fn(tx); err != nil {
			return err
		}
		for _, l := range tx.lives {
			owners = append(owners, l.before.Owner, l.now.Owner)
		}
		return tx.save()
	})
	if err != nil {
		return Done{}, err
	}
	return done, nil
}

// beginChange writes the change's row. On PostgreSQL a second change of the
// same key waits here until the first is committed or undone.
func (q querier) beginChange(c Change, open bool) (id int64, repeated bool, err error) {
	var key any
	if c.Key != "" {
		key = c.Key
	}
	err = q.one("INSERT INTO changes (key, rep, label, at, open, undoable) VALUES ($1, $2, $3, $4, $5, FALSE) ON CONFLICT (key) DO NOTHING RETURNING id",
		[]any{key, c.Rep, clean(c.Label), millis(c.At), open}, &id)
	if errors.Is(err, ErrNotFound) {
		err = q.one("SELECT id FROM changes WHERE key = $1", []any{c.Key}, &id)
		return id, true, err
	}
	return id, false, err
}

// ID of the change, as Done will have it.
func (tx *Tx) ID() int64 { return tx.id }

// SetLabel says in words what was done, where only fn knows.
func (tx *Tx) SetLabel(label string) { tx.label = label }

// Prospect loads a life under the write lock, once: a second call answers the
// same pointer. Changes to it are saved with the change.
func (tx *Tx) Prospect(id int64) (*coach.Prospect, error) {
	for _, l := range tx.lives {
		if l.now.ID == id {
			return l.now, nil
		}
	}
	got, err := tx.q.life(id, forUpdate)
	if err != nil {
		return nil, err
	}
	l := &loadedLife{now: &got.Prospect, before: cloneLife(&got.Prospect), lastChange: got.lastChange}
	tx.lives = append(tx.lives, l)
	return l.now, nil
}

// Add inserts a new prospect and sets its ID and those of what it brings.
// Later changes to *p within fn are saved too.
func (tx *Tx) Add(p *coach.Prospect) error {
	if err := tx.q.insertLife(p, tx.id, 0); err != nil {
		return err
	}
	l := &loadedLife{now: p, before: cloneLife(p), lastChange: tx.id, added: true}
	tx.lives = append(tx.lives, l)
	return tx.item("prospect", itoa64(p.ID), nil)
}

// Rep loads a rep under the write lock; changes to it are saved with the
// change, and undone with it as far as they are settings.
func (tx *Tx) Rep(id string) (*RepRow, error) {
	for _, r := range tx.reps {
		if r.now.ID == id {
			return &r.now, nil
		}
	}
	row, last, err := tx.s.loadRep(tx.q, id, forUpdate)
	if err != nil {
		return nil, err
	}
	r := &loadedRep{now: row, before: cloneRep(row), lastChange: last}
	tx.reps = append(tx.reps, r)
	return &r.now, nil
}

// save writes what fn altered, with the images to go back to, and what the
// change came to.
func (tx *Tx) save() error {
	if err := tx.saveTouched(); err != nil {
		return err
	}
	label := clean(tx.label)
	if tx.items == 0 {
		label = "" // nobody undoes it, and forget would not find whom it names
	}
	_, err := tx.q.exec("UPDATE changes SET label = $2, undoable = $3 WHERE id = $1", tx.id, label, tx.items > 0)
	return err
}

func (tx *Tx) saveTouched() error {
	for _, l := range tx.lives {
		if l.now.ID != l.before.ID || l.now.Owner == "" {
			return fmt.Errorf("prospect %d must keep its id and an owner", l.before.ID)
		}
		others, err := tx.q.others(&l.before) // as they were before saving
		if err != nil {
			return err
		}
		dirty, err := tx.q.saveLife(&l.before, l.now)
		if err != nil {
			return err
		}
		if !dirty || l.added {
			continue
		}
		if err := tx.item("prospect", itoa64(l.now.ID), lifeImage(l, others)); err != nil {
			return err
		}
		if _, err := tx.q.exec("UPDATE prospects SET last_change = $2 WHERE id = $1", l.now.ID, tx.id); err != nil {
			return err
		}
	}
	for _, r := range tx.reps {
		if err := tx.q.update("reps", changed(writtenRep(&r.before), writtenRep(&r.now)), "id = $1", r.before.ID); err != nil {
			return err
		}
		if len(changed(writtenSettings(&r.before), writtenSettings(&r.now))) == 0 {
			continue
		}
		if err := tx.item("rep", r.before.ID, repImageOf(r)); err != nil {
			return err
		}
		if _, err := tx.q.exec("UPDATE reps SET last_change = $2 WHERE id = $1", r.before.ID, tx.id); err != nil {
			return err
		}
		if len(changed(calendarColumns(&r.before), calendarColumns(&r.now))) == 0 {
			continue
		}
		if err := tx.q.owe(Debt{r.before.ID, tx.id}); err != nil {
			return err
		}
	}
	return nil
}

// item notes one thing the change touched; image is nil for what it made. Of
// one that a change of many steps touches twice the first image counts.
func (tx *Tx) item(kind, ref string, image any) error {
	tx.items++
	var before any
	if image != nil {
		text, err := json.Marshal(image)
		if err != nil {
			return fmt.Errorf("keeping what was before: %w", err)
		}
		before = string(text)
	}
	_, err := tx.q.exec("INSERT INTO change_items (change_id, kind, ref, before) VALUES ($1, $2, $3, $4) ON CONFLICT (change_id, kind, ref) DO NOTHING", tx.id, kind, ref, before)
	return err
}

// Queue puts a message into the outbox with the change; one whose key is there
// already is not queued again. While it is pending, undo takes it back.
func (tx *Tx) Queue(m Message) error { return tx.q.queue(tx.id, m) }

// Dismiss makes the pending messages about a prospect vanish (V9). Undo brings
// them back.
func (tx *Tx) Dismiss(prospect int64) error {
	_, err := tx.q.exec("UPDATE outbox SET state = 'dropped', why = 'dismissed', dropped_by = $2, ended_at = $3 WHERE prospect = $1 AND prospect > 0 AND state = 'pending' AND worker = ''",
		prospect, tx.id, millis(tx.at))
	return err
}

func itoa(n int) string     { return strconv.Itoa(n) }
func itoa64(n int64) string { return strconv.FormatInt(n, 10) }
