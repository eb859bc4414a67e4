package bot

import (
	"context"
	"fmt"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// firstDayBack tells whether the rep works today for the first time after a
// pause or days off.
func (b *Bot) firstDayBack(r *coach.Rep, today coach.Date) bool {
	pb := b.Playbook()
	if !works(pb, r, today) {
		return false
	}
	usual := *r // the working week, whatever kept the rep away
	usual.Paused, usual.DaysOff = false, nil
	last := today - 1
	for !works(pb, &usual, last) && last > today-30 {
		last--
	}
	if last < r.PausedUntil && r.PausedUntil <= today {
		return true
	}
	for _, off := range r.DaysOff {
		if off.From <= last && last <= off.To {
			return true
		}
	}
	return false
}

// backAgain keeps a pile from a rep on the first day back: of what became due
// meanwhile as many stay as the day holds, those that matter most (S2); the
// others wait until a day has room (C11). It is done once, and nobody's change.
func (b *Bot) backAgain(ctx context.Context, row storage.RepRow, now time.Time) error {
	rep := b.rep(row)
	today := coach.DateOf(now.In(rep.Zone))
	if !b.firstDayBack(rep, today) {
		return nil
	}
	change := storage.Change{Key: "back:" + row.ID + ":" + today.String(), Label: "the first day back", At: now}
	_, err := b.Store.Change(ctx, change, func(tx *storage.Tx) error {
		lives, err := b.Store.Full(ctx, storage.ListQuery{Owner: row.ID, States: []coach.State{coach.Active}, DueBy: today})
		if err != nil || len(lives) <= rep.Daily {
			return err
		}
		cases, err := b.cases(ctx, rep, now, lives)
		if err != nil {
			return err
		}
		coach.Order(cases)
		for _, c := range cases[rep.Daily:] {
			p, err := stillOf(tx, rep, c.Prospect.ID)
			if err != nil {
				return err
			}
			if p == nil || p.State != coach.Active {
				continue // something happened in between
			}
			c.Prospect = p
			if err := c.Wait(); err != nil {
				return fmt.Errorf("letting prospect %d wait: %w", p.ID, err)
			}
		}
		return nil
	})
	return err
}
