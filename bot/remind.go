package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// What a reminder is about: its slot begins with one of these, then the day.
const (
	remindPair = "pair" // H2: the email that a voicemail announced
	remindBest = "best" // C5: the best time the gatekeeper told
)

// bestPasses is how late a reminder of a best time may come.
const bestPasses = time.Hour

// planReminders queues a reminder for every call whose best time lies between
// this nudge and the next (C5, S3).
func (b *Bot) planReminders(ctx context.Context, row storage.RepRow, now, next time.Time) error {
	if next.IsZero() {
		return nil
	}
	rep := b.rep(row)
	lives, err := b.Store.Full(ctx, storage.ListQuery{
		Owner: row.ID, States: []coach.State{coach.Active}, DueBy: coach.DateOf(next.In(rep.Zone)), Timed: true, Limit: considered, OrderDue: true,
	})
	if err != nil || len(lives) == 0 {
		return err
	}
	cases, err := b.cases(ctx, rep, now, lives)
	if err != nil {
		return err
	}
	for _, c := range cases {
		m, ok := bestReminder(c, next)
		if !ok {
			continue
		}
		if err := b.Store.Queue(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// remindToo queues the reminder of a prospect that is being changed, when its
// best time comes before the owner's next nudge looks for such times: it may
// have been told a moment ago (C5).
func (b *Bot) remindToo(ctx context.Context, tx *storage.Tx, t Turn, c coach.Case) error {
	if c.Prospect.Gatekeeper.BestTime == "" {
		return nil
	}
	row := t.Rep
	if c.Prospect.Owner != row.ID {
		var err error
		if row, err = b.Store.Rep(ctx, c.Prospect.Owner); err != nil {
			return fmt.Errorf("loading the owner of %d: %w", c.Prospect.ID, err)
		}
	}
	m, ok := bestReminder(c, row.NextNudge)
	if !ok {
		return nil
	}
	return tx.Queue(m)
}

// bestReminder is the reminder of a prospect's best time if that comes by then;
// one reminder for each time that was told, and only the one that counts when
// it comes is sent.
func bestReminder(c coach.Case, by time.Time) (storage.Message, bool) {
	at, ok := c.Remind()
	if !ok || !at.After(c.Now) || at.After(by) {
		return storage.Message{}, false
	}
	return storage.Message{
		Key: fmt.Sprintf("%s:%d:%s", kindReminder, c.Prospect.ID, bestSlot(at)), Kind: kindReminder, Rep: c.Prospect.Owner,
		Prospect: c.Prospect.ID, Slot: bestSlot(at), Day: coach.DateOf(at.In(c.Rep.Zone)), Priority: prioReminder, RunAt: at,
	}, true
}

// bestSlot names a best time, the same on everybody's clock.
func bestSlot(at time.Time) string { return remindBest + ":" + at.UTC().Format("2006-01-02T15:04") }

// insideAnyway tells whether a row may go out although it is not the rep's
// working hour: a best time counts as inside, on days they work (S4).
func (b *Bot) insideAnyway(m storage.Message, rep *coach.Rep, now time.Time) bool {
	return m.Kind == kindReminder && strings.HasPrefix(m.Slot, remindBest) && works(b.Playbook(), rep, coach.DateOf(now.In(rep.Zone)))
}

// buildReminder makes a single reminder (S3), unless it is no longer needed.
func (b *Bot) buildReminder(ctx context.Context, m storage.Message, row storage.RepRow, now time.Time) (parcel, error) {
	p, err := b.Store.Prospect(ctx, m.Prospect)
	if err != nil {
		return parcel{}, err
	}
	if p.Owner != row.ID || p.State != coach.Active || p.NeverContact {
		return parcel{drop: "no longer pursued"}, nil
	}
	rep := b.rep(row)
	ground, err := b.ground(ctx, rep, now)
	if err != nil {
		return parcel{}, err
	}
	c := on(ground, &p)
	what, _, _ := strings.Cut(m.Slot, ":")
	switch what {
	case remindPair:
		if !c.Unpaired() {
			return parcel{drop: "the email was logged"}, nil
		}
		if _, owes := owedEmail(c); owes && coach.DateOf(row.NextNudge.In(rep.Zone)) > c.Today() {
			return parcel{drop: "this morning's message begins with it"}, nil // and never a second (H2)
		}
		return parcel{Message: view.PairReminder(&p, c.PairOf(p.LastVoicemail()))}, nil
	case remindBest:
		at, ok := c.Remind()
		if !ok || bestSlot(at) != m.Slot || c.Today() != m.Day {
			return parcel{drop: "no call is due, or at another time"}, nil
		}
		if now.Sub(at) > bestPasses { // it was held back meanwhile
			return parcel{drop: "the time has passed"}, nil
		}
		return parcel{Message: view.BestTimeReminder(&p)}, nil
	}
	return parcel{drop: "no such reminder"}, nil
}
