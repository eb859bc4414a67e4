package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// build makes the message of a row now, at the moment it is sent, or says why
// it is not sent. What goes to a person keeps their silence (S4).
func (b *Bot) build(ctx context.Context, m storage.Message) (parcel, error) {
	now := b.now()
	switch m.Kind {
	case kindWeekly:
		return b.buildWeekly(ctx, m)
	case kindRepWeek:
		return b.buildRepWeek(ctx, m)
	}
	row, err := b.rowFor(ctx, m.Rep)
	if errors.Is(err, errAway) {
		return parcel{drop: "the person left"}, nil
	}
	if err != nil {
		return parcel{}, err
	}
	// Who is written to is let in like who writes: a guest by now, or somebody
	// taken out of REPS, is not told of prospects either.
	if ok, err := b.mayHear(ctx, m.Rep); err != nil || !ok {
		return parcel{drop: "may not use it any more"}, err
	}
	rep := b.rep(row)
	if !allowed(b.Playbook(), rep, now) && !b.insideAnyway(m, rep, now) {
		at := nextAllowed(b.Playbook(), rep, now)
		if at.IsZero() {
			return parcel{drop: "paused"}, nil
		}
		return parcel{later: at}, nil
	}
	if at := b.disturb(row.ID, now); at.After(now) {
		return parcel{later: at}, nil
	}
	p, err := b.buildFor(ctx, m, row, now)
	if errors.Is(err, storage.ErrNotFound) {
		return parcel{drop: "what it was about is gone"}, nil
	}
	if err != nil || p.drop != "" || !p.later.IsZero() {
		return p, err
	}
	p.channel, err = b.dm(ctx, row)
	if e := slackError(err); e == "user_disabled" || e == "user_not_found" {
		return parcel{drop: e}, b.markGone(ctx, row.ID)
	}
	return p, err
}

// buildFor makes what a person is sent, by its kind.
func (b *Bot) buildFor(ctx context.Context, m storage.Message, row storage.RepRow, now time.Time) (parcel, error) {
	switch m.Kind {
	case kindNudge:
		return b.buildNudge(ctx, m, row, now)
	case kindReminder:
		return b.buildReminder(ctx, m, row, now)
	case kindOwnWeek:
		return b.buildOwnWeek(ctx, m, row)
	case kindAnswered:
		return b.buildAnswered(ctx, m, row)
	case kindNever:
		return b.buildNever(ctx, m, row)
	case kindOffer:
		return b.buildOffer(ctx, m, row)
	case kindDeclined:
		return b.buildDeclined(ctx, m, row)
	case kindOfferOver:
		return b.buildOfferOver(ctx, m, row)
	case kindForgotten:
		return b.buildForgotten(m)
	case kindHanded:
		return b.buildHanded(ctx, m, row)
	}
	return b.buildNotice(ctx, m)
}

var errAway = errors.New("no longer in the workspace")

// rowFor is the row of somebody we are about to write to.
func (b *Bot) rowFor(ctx context.Context, id string) (storage.RepRow, error) {
	row, err := b.Store.Rep(ctx, id)
	if err == nil && row.Gone {
		return row, errAway
	}
	if !errors.Is(err, storage.ErrNotFound) {
		return row, err
	}
	p, err := b.person(ctx, id) // a manager who never used the bot
	if err != nil {
		return row, err
	}
	if p.Deleted || p.Bot {
		return row, errAway
	}
	return b.rowOf(ctx, p)
}

// mayHear tells whether somebody may still be written to, by what is known of
// them, here or, after a start, in the store: asking Slack for each of hundreds
// would keep the morning waiting. Only who was never learned of is asked about.
func (b *Bot) mayHear(ctx context.Context, id string) (bool, error) {
	p, known := b.people.get(id, b.now())
	standing := p.standing()
	if !known {
		var err error
		if standing, err = b.Store.Standing(ctx, id); err != nil {
			return false, err
		}
	}
	if standing == "" {
		p, err := b.ask(ctx, id)
		if err != nil {
			return false, err
		}
		standing = p.standing()
	}
	if standing != isMember {
		return false, nil
	}
	if b.isManager(id) {
		return true, nil
	}
	return b.isRep(ctx, id)
}

// tellManagers queues one message for each manager, once per base.
func (b *Bot) tellManagers(ctx context.Context, kind, about, base string, day ...coach.Date) error {
	for _, m := range b.toManagers(kind, about, base, day...) {
		if err := b.Store.Queue(ctx, m); err != nil {
			return err
		}
	}
	b.wakeOutbox()
	return nil
}

// toManagers are those messages. With no managers it is logged.
func (b *Bot) toManagers(kind, about, base string, day ...coach.Date) (ms []storage.Message) {
	if len(b.Settings.Managers) == 0 {
		b.Log.WithField("kind", kind).WithField("about", about).Warn("nobody to tell: MANAGERS is empty")
	}
	for _, id := range b.Settings.Managers {
		m := storage.Message{Key: kind + ":" + id + ":" + base, Kind: kind, Rep: id, Slot: about, Priority: prioNotice, RunAt: b.now()}
		if len(day) > 0 {
			m.Day = day[0]
		}
		if id == about {
			continue // nobody is told of their own leaving
		}
		ms = append(ms, m)
	}
	return ms
}

// buildNotice makes what a manager is told.
func (b *Bot) buildNotice(ctx context.Context, m storage.Message) (parcel, error) {
	switch m.Kind {
	case kindGone:
		row, err := b.Store.Rep(ctx, m.Slot)
		if err != nil {
			return parcel{}, err
		}
		if !row.Gone {
			return parcel{drop: "came back"}, nil
		}
		_, n, err := b.Store.List(ctx, storage.ListQuery{
			Owner: m.Slot, States: []coach.State{coach.Waiting, coach.Active, coach.Snoozed, coach.Engaged}, Limit: 1,
		})
		return parcel{Message: view.RepLeft(row.ID, row.Name, n, b.slash())}, err
	case kindFaults:
		faults := b.currentFaults()
		if len(faults) == 0 {
			return parcel{drop: "mended meanwhile"}, nil
		}
		return parcel{Message: view.TemplateFaults(faults)}, nil
	case kindChannel:
		week, err := b.weekMessage(ctx, m.Day)
		if err != nil {
			return parcel{}, err
		}
		return parcel{Message: view.ChannelTrouble(week, m.Slot)}, nil
	case kindUnclear:
		return parcel{Message: view.WeekUnclear(b.slash())}, nil
	}
	return parcel{}, fmt.Errorf("nobody builds a %q", m.Kind)
}

// buildAnswered tells a rep, once, that somebody at a company they pursue
// people at answered a colleague (V8c). The row names the one who answered.
func (b *Bot) buildAnswered(ctx context.Context, m storage.Message, row storage.RepRow) (parcel, error) {
	p, err := b.Store.Prospect(ctx, m.Prospect)
	if err != nil {
		return parcel{}, err
	}
	owner, err := b.Store.Rep(ctx, p.Owner)
	if err != nil {
		return parcel{}, err
	}
	mine, err := b.Store.SameCompany(ctx, p.Company, p.Owner)
	if err != nil {
		return parcel{}, err
	}
	var ids []int64
	for _, r := range mine {
		if r.Owner == row.ID && r.State == coach.Active {
			ids = append(ids, r.ID)
		}
	}
	if len(ids) == 0 {
		return parcel{drop: "pursues nobody there"}, nil
	}
	return parcel{Message: view.ColleagueAnswered(owner.Name, p.Company, ids)}, nil
}
