package storage

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// Slot is the last slot of the schedule that fired, zero if none has.
func (s *Store) Slot(ctx context.Context, name string) (slot time.Time, err error) {
	err = s.read(ctx, "reading a schedule", func(q querier) error {
		err := q.one("SELECT slot FROM schedules WHERE name = $1", []any{name}, instantDest{&slot})
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		return err
	})
	return slot, err
}

// SetSlot moves the watermark without firing: everything up to slot counts as
// done, as after a restore. It never moves back.
func (s *Store) SetSlot(ctx context.Context, name string, slot time.Time) error {
	_, err := s.Fire(ctx, name, slot, nil)
	return err
}

// Rewind makes a schedule due at once, whatever has fired.
func (s *Store) Rewind(ctx context.Context, name string) error {
	return s.write(ctx, "rewinding "+name, func(q querier) error {
		_, err := q.exec("DELETE FROM schedules WHERE name = $1", name)
		return err
	})
}

// Fire moves the schedule's watermark to slot and queues the messages, in one
// transaction, once per slot over all replicas; false when this slot or a
// later one has fired.
func (s *Store) Fire(ctx context.Context, name string, slot time.Time, msgs []Message) (fired bool, err error) {
	err = s.write(ctx, "firing "+name, func(q querier) error {
		n, err := q.exec(`INSERT INTO schedules (name, slot) VALUES ($1, $2)
			ON CONFLICT (name) DO UPDATE SET slot = excluded.slot WHERE schedules.slot < excluded.slot`, name, millis(slot))
		if err != nil || n == 0 {
			return err
		}
		fired = true
		// In the order of the keys: two transactions that queue the same ones
		// then wait for each other in one direction only.
		msgs = slices.Clone(msgs)
		slices.SortFunc(msgs, func(a, b Message) int { return strings.Compare(a.Key, b.Key) })
		for _, m := range msgs {
			if err := q.queue(0, m); err != nil {
				return err
			}
		}
		return nil
	})
	return fired && err == nil, err
}

// NudgePlan moves a rep's NextNudge from Was to Next and queues Message (nil
// when nothing is due), which takes the place of those of its kind from days
// before that still wait.
type NudgePlan struct {
	Rep       string
	Was, Next time.Time
	Message   *Message
}

// FireNudges carries plans out in one transaction and answers how many: those
// whose NextNudge is not Was any more are left out, because another replica did
// it or the rep changed the hour.
func (s *Store) FireNudges(ctx context.Context, plans ...NudgePlan) (fired int, err error) {
	// In the order of the reps, so that two replicas wait for each other in one
	// direction only.
	plans = slices.SortedFunc(slices.Values(plans), func(a, b NudgePlan) int { return strings.Compare(a.Rep, b.Rep) })
	err = s.write(ctx, "planning nudges", func(q querier) error {
		fired = 0
		for _, p := range plans {
			n, err := q.exec("UPDATE reps SET next_nudge = $3 WHERE id = $1 AND next_nudge = $2", p.Rep, millis(p.Was), millis(p.Next))
			if err != nil {
				return err
			}
			if n == 0 {
				continue
			}
			fired++
			if p.Message == nil {
				continue
			}
			if _, err := q.supersede(p.Message.Kind, p.Rep, p.Message.Day, s.now()); err != nil {
				return err
			}
			if err := q.queue(0, *p.Message); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return fired, nil
}
