package bot

import (
	"context"
	"fmt"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// moveOn ends a campaign: move-on REF [again:DATE|never] [REASON]. Given up
// early it answers once with what has not been tried (V6); without again or
// never two buttons ask (V8).
func (b *Bot) moveOn(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	id, ask, err := b.which(ctx, in, l)
	if err != nil || ask != nil {
		return asked(ask), err
	}
	var decision view.MoveOnDay
	decided := false
	if l.key("again") != "" {
		if decision.Again, ask, err = b.whichDay(in, l, Ahead, fmt.Sprintf("move-on %d again:", id)); err != nil || ask != nil {
			return asked(ask), err
		}
		decided = true
	} else if tok, _ := l.peek(); !tok.quoted && strings.EqualFold(tok.text, "never") {
		l.next()
		decided = true
	}
	decision.Reason = l.rest()
	c, err := b.open(ctx, in.Turn, id)
	if err != nil {
		return Reply{}, err
	}
	if c.Early() {
		return b.warnEarly(ctx, in.Turn, id, view.InSuggestion, decision, decided)
	}
	if !decided {
		return Show(b.moveOnChoice(in.Turn, c, decision.Reason, view.InSuggestion)), nil
	}
	return b.movedOn(ctx, in.Turn, id, decision, view.InSuggestion)
}

// warnEarly says once what has not been tried. It never blocks: its button
// moves on all the same, as was decided.
func (b *Bot) warnEarly(ctx context.Context, t Turn, id int64, place view.Place, decision view.MoveOnDay, decided bool) (Reply, error) {
	d, err := b.change(ctx, t.quiet(), id, func(_ *storage.Tx, c coach.Case) (string, error) {
		c.Warn()
		return "asked about moving on from " + view.Who(c.Prospect), nil
	})
	if err != nil {
		return Reply{}, err
	}
	return b.askInPlace(ctx, t, place, id, view.EarlyMoveOn(view.EarlyView{
		Prospect: d.Prospect, Advice: d.Advise(), Today: t.today(), Evidence: d.EvidenceSay(), Place: place, Decision: decision, Decided: decided,
	}))
}

func (b *Bot) moveOnChoice(t Turn, c coach.Case, reason string, place view.Place) view.Message {
	days := c.Limits.ComeBackDays
	back := c.NextWorkingDay(c.Rep, t.today()+coach.Date(days))
	return view.MoveOnChoice(c.Prospect, back, t.today(), days, c.EvidenceSay(), reason, place)
}

func (b *Bot) movedOn(ctx context.Context, t Turn, id int64, decision view.MoveOnDay, place view.Place) (Reply, error) {
	d, err := b.change(ctx, t, id, func(tx *storage.Tx, c coach.Case) (string, error) {
		if err := c.MoveOn(decision.Again, decision.Reason); err != nil {
			return "", err
		}
		return "moved on from " + view.Who(c.Prospect), tx.Dismiss(id)
	})
	if err != nil {
		return Reply{}, err
	}
	return b.seen(ctx, t, place, d, view.MovedOnWords(d.Prospect, t.today()))
}

// finish begins the last tries early, because the rep asks to (A3): whoever
// would let go now still gives them an easy way to answer first.
func (b *Bot) finish(ctx context.Context, t Turn, at view.Target) (Reply, error) {
	d, err := b.change(ctx, t, at.ID, func(_ *storage.Tx, c coach.Case) (string, error) {
		return "began the last tries with " + view.Who(c.Prospect), c.Finish()
	})
	if err != nil {
		return Reply{}, err
	}
	return b.seen(ctx, t, at.Place, d, view.FinishingWords(d.Prospect))
}

// moveOnClick is Move on, and the buttons of the two questions behind it.
func (b *Bot) moveOnClick(ctx context.Context, in Click) (Reply, error) {
	at, c, err := b.clicked(ctx, in)
	if err != nil {
		return Reply{}, err
	}
	if s := c.Prospect.State; s == coach.MovedOn || s == coach.Stopped || s == coach.Won {
		return b.asItIs(ctx, in.Turn, at, c)
	}
	switch in.Tail {
	case "again":
		return b.movedOn(ctx, in.Turn, at.ID, view.MoveOnDay{Again: in.today() + coach.Date(c.Limits.ComeBackDays), Reason: at.Rest}, at.Place)
	case "on":
		decision, err := view.ParseMoveOnDay(at.Rest)
		if err != nil {
			return Reply{}, fmt.Errorf("a move-on button holds %.60q: %w", in.Value, err)
		}
		return b.movedOn(ctx, in.Turn, at.ID, decision, at.Place)
	case "finish":
		return b.finish(ctx, in.Turn, at)
	case "keep":
		return b.seen(ctx, in.Turn, at.Place, deed{Case: c}, "")
	case "never":
		return b.movedOn(ctx, in.Turn, at.ID, view.MoveOnDay{Reason: at.Rest}, at.Place)
	}
	if in.Tail == "" && c.Early() {
		return b.warnEarly(ctx, in.Turn, at.ID, at.Place, view.MoveOnDay{}, false)
	}
	return b.askInPlace(ctx, in.Turn, at.Place, at.ID, b.moveOnChoice(in.Turn, c, at.Rest, at.Place))
}
