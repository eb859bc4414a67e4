package bot

import (
	"context"
	"runtime/debug"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// The first look at a list in the morning needs ten whole lives, for the
// coach's word on each line. Most reps type it, after the nudge; so what those
// at work will see is looked at once a day before, in the pauses: one rep at a
// time, with a breath after each, and while anybody waits for an answer nothing
// at all. It is only a memory (opinions.go): nothing depends on it.
const (
	aheadBreath = 4 * time.Millisecond
	aheadWithin = 20 * time.Second // of a minute
	aheadEvery  = time.Hour        // is looked who begins to work
	aheadLarge  = 500              // reps whose lists leave memory worth giving back
)

// ahead is whose lists were looked at.
type ahead struct {
	pb      *coach.Playbook
	asked   time.Time             // when we last looked who is at work
	seen    map[string]coach.Date // day of the last look, by rep
	waiting []string
	done    int
}

// lookAhead goes on with the day's lists, one beat at a time: the first one may
// still be at it when the next comes.
func (b *Bot) lookAhead(ctx context.Context) error {
	if !b.looking.TryLock() {
		return nil
	}
	defer b.looking.Unlock()
	a, pb, start := &b.ahead, b.Playbook(), b.now()
	if a.pb != pb {
		*a = ahead{pb: pb, seen: map[string]coach.Date{}} // other templates, other words
	}
	if len(a.waiting) == 0 && start.Sub(a.asked) >= aheadEvery {
		a.asked, a.done = start, 0
		rows, err := b.Store.Reps(ctx)
		if err != nil {
			return err
		}
		for _, row := range rows {
			rep := b.rep(row)
			if day := coach.DateOf(start.In(rep.Zone)); a.seen[row.ID] != day && allowed(pb, rep, start) {
				a.waiting, a.seen[row.ID] = append(a.waiting, row.ID), day
			}
		}
	}
	if len(a.waiting) == 0 {
		return nil
	}
	for len(a.waiting) > 0 && b.now().Sub(start) < aheadWithin {
		b.lanes.giveWay(aheadWithin)
		if err := sleep(ctx, aheadBreath); err != nil {
			return err
		}
		id := a.waiting[0]
		a.waiting = a.waiting[1:]
		row, err := b.Store.Rep(ctx, id)
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return err
		}
		now := b.now()
		if _, _, err := b.standing(ctx, row, listQuery(id, "", "", coach.DateOf(now.In(b.rep(row).Zone)), 1), now); err != nil {
			return err
		}
		a.done++
	}
	if len(a.waiting) == 0 {
		if a.done >= aheadLarge {
			debug.FreeOSMemory() // what so many lives took is not needed again before tomorrow
		}
		b.Log.WithField("reps", a.done).Info("the day's lists are at hand")
	}
	return nil
}
