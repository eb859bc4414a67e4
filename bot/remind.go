package bot

import (
	"context"
	"errors"
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
	if err != nil {
		return err
	}
	for i := range lives {
		c := coach.Case{Playbook: b.Playbook(), Now: now.In(rep.Zone), Rep: rep, Prospect: &lives[i]}
		at, ok := c.Remind()
		if !ok || !at.After(now) || at.After(next) {
			continue
		}
		day := coach.DateOf(at.In(rep.Zone))
		err := b.Store.Queue(ctx, storage.Message{
			Key: fmt.Sprintf("%s:%s:%d:%s", kindReminder, remindBest, lives[i].ID, day), Kind: kindReminder, Rep: row.ID,
			Prospect: lives[i].ID, Slot: remindBest + ":" + day.String(), Day: day, Priority: prioReminder, RunAt: at,
		})
		if err != nil && !errors.Is(err, storage.ErrConflict) {
			return err
		}
	}
	return nil
}

// insideAnyway tells whether a row may go out although it is not the rep's
// working hour: a best time counts as inside, on days they work (S4).
func (b *Bot) insideAnyway(m storage.Message, rep *coach.Rep, now time.Time) bool {
	return m.Kind == kindReminder && strings.HasPrefix(m.Slot, remindBest) && works(rep, coach.DateOf(now.In(rep.Zone)), b.Playbook().Holiday)
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
	c := coach.Case{Playbook: b.Playbook(), Now: now.In(rep.Zone), Rep: rep, Prospect: &p}
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
		if !ok || coach.DateOf(at.In(rep.Zone)) != m.Day || c.Today() != m.Day {
			return parcel{drop: "no call is due"}, nil
		}
		if now.Sub(at) > bestPasses { // it was held back meanwhile
			return parcel{drop: "the time has passed"}, nil
		}
		return parcel{Message: view.BestTimeReminder(&p, b.slash())}, nil
	}
	return parcel{drop: "no such reminder"}, nil
}
