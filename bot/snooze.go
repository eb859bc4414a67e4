package bot

import (
	"context"
	"errors"
	"fmt"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// snooze puts a prospect aside until a day: snooze REF WHEN.
func (b *Bot) snooze(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	id, ask, err := b.which(ctx, in, l)
	if err != nil || ask != nil {
		return asked(ask), err
	}
	if l.done() && in.Trigger != "" {
		c, err := b.open(ctx, in.Turn, id)
		if err != nil {
			return Reply{}, err
		}
		return b.asksUntil(in.Turn, c.Prospect, view.InSuggestion)
	}
	if l.done() {
		return b.askUntil(ctx, in, id)
	}
	said := l.rest()
	until, err := ParseDay(said, in.today(), Ahead)
	if guess := guessDay(said, in.today(), Ahead); err != nil && guess != "" { // guess is "" for what can be read
		return Show(view.Ask(err.Error(), view.Next{Label: "Yes: " + guess, Line: fmt.Sprintf("snooze %d %s", id, guess)})), nil
	}
	if until, ask, err = b.askDay(in, until, err, fmt.Sprintf("snooze %d ", id), ""); err != nil || ask != nil {
		return asked(ask), err
	}
	d, err := b.snoozeUntil(ctx, in.Turn, id, until)
	if err != nil {
		return Reply{}, err
	}
	return Show(view.Done(snoozed(d), d.Undo, view.Next{Label: "Next due", Line: "next"})), nil
}

// askUntil offers days when none was said.
func (b *Bot) askUntil(ctx context.Context, in Command, id int64) (Reply, error) {
	p, err := b.mine(ctx, in.Turn, id)
	if err != nil {
		return Reply{}, err
	}
	rests, err := restsFrom(in.today())
	if err != nil {
		return Reply{}, err
	}
	var next []view.Next
	for _, r := range rests {
		next = append(next, view.Next{Label: r.Label + " (" + view.FullDay(r.Day, in.today()) + ")", Line: fmt.Sprintf("snooze %d %s", id, r.Day)})
	}
	return Show(view.Ask(fmt.Sprintf("Until when does %s rest? Any other day goes as well: “snooze %d 1 Dec”.", view.Who(&p), id), next...)), nil
}

// restsFrom are the offered ways to say until when, with the days they mean.
func restsFrom(today coach.Date) (rests []view.Rest, err error) {
	rests = view.Rests()
	for i := range rests {
		if rests[i].Day, err = ParseDay(rests[i].Said, today, Ahead); err != nil {
			return nil, fmt.Errorf("a day that is offered: %w", err)
		}
	}
	return rests, nil
}

// asksUntil opens the window that asks until when.
func (b *Bot) asksUntil(t Turn, p *coach.Prospect, at view.Place) (Reply, error) {
	rests, err := restsFrom(t.today())
	if err != nil {
		return Reply{}, err
	}
	return Reply{Open: view.SnoozeForm(p, at, rests, t.today())}, nil
}

func (b *Bot) snoozeUntil(ctx context.Context, t Turn, id int64, until coach.Date) (deed, error) {
	return b.change(ctx, t, id, func(tx *storage.Tx, c coach.Case) (string, error) {
		if err := c.Snooze(until); err != nil {
			return "", err
		}
		if c.Prospect.State == coach.Engaged {
			return fmt.Sprintf("put off asking about %s until %s", view.Who(c.Prospect), longDay(until)), tx.Dismiss(id)
		}
		return fmt.Sprintf("snoozed %s until %s", view.Who(c.Prospect), longDay(until)), tx.Dismiss(id)
	})
}

// snoozed repeats the day as it was understood. Who has answered is not put
// aside: the day is the one on which the coach asks about them (C12).
func snoozed(d deed) string {
	if d.Prospect.State == coach.Engaged {
		return fmt.Sprintf("%s answered: I ask again what came of it %s.", view.Who(d.Prospect), longDay(d.Prospect.NextAsk))
	}
	return fmt.Sprintf("Snoozed %s until %s.", view.Who(d.Prospect), longDay(d.Prospect.SnoozedUntil))
}

// snoozeClick opens the window that asks until when.
func (b *Bot) snoozeClick(ctx context.Context, in Click) (Reply, error) {
	at, c, err := b.clicked(ctx, in)
	if err != nil {
		return Reply{}, err
	}
	return b.asksUntil(in.Turn, c.Prospect, at.Place)
}

// snoozeForm is that window, submitted; it shows what came of it itself.
func (b *Bot) snoozeForm(ctx context.Context, in Form) (Reply, error) {
	at, ok := view.ParseTarget(in.Meta)
	if !ok {
		return Reply{}, fmt.Errorf("the snooze window holds %.60q", in.Meta)
	}
	when, field := view.ReadSnooze(in.State)
	until, err := ParseDay(tidy(when), in.today(), Ahead)
	if err != nil {
		return Reply{Errors: map[string]string{field: atField(err)}}, nil
	}
	d, err := b.snoozeUntil(ctx, in.Turn, at.ID, until)
	var problem coach.Problem
	if errors.As(err, &problem) {
		return Reply{Errors: map[string]string{field: string(problem)}}, nil
	}
	if err != nil {
		return Reply{}, err
	}
	return b.inWindow(ctx, in.Turn, at.Place, d, "Snoozed", snoozed(d))
}
