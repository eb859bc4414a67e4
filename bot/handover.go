package bot

import (
	"context"
	"errors"
	"fmt"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
)

// handOverClick opens the window that asks to whom.
func (b *Bot) handOverClick(ctx context.Context, in Click) (Reply, error) {
	at, c, err := b.clicked(ctx, in)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Open: view.HandOverForm(c.Prospect, in.Manager, at.Place)}, nil
}

// handOverForm is that window, submitted; it shows what came of it itself.
func (b *Bot) handOverForm(ctx context.Context, in Form) (Reply, error) {
	at, ok := view.ParseTarget(in.Meta)
	if !ok {
		return Reply{}, fmt.Errorf("the hand-over window holds %.60q", in.Meta)
	}
	p, err := b.mine(ctx, in.Turn, at.ID)
	if err != nil {
		return Reply{}, err
	}
	wrong := func(say string) (Reply, error) { return Reply{Errors: map[string]string{"to": say}}, nil }
	who, err := b.admit(ctx, view.ReadHandOver(in.State), "")
	if err != nil {
		return Reply{}, err
	}
	if !who.ok {
		return wrong("That is nobody who works with me here. Choose a colleague who does.")
	}
	say, d, err := b.give(ctx, in.Turn, p, who.row)
	var problem coach.Problem
	switch {
	case errors.As(err, &problem):
		return wrong(string(problem))
	case err != nil:
		return Reply{}, err
	case d.Prospect == nil:
		return Reply{Update: view.DoneWindow("Asked", say, d.Undo)}, nil
	}
	d.Case, err = b.caseOf(ctx, in.Turn, *d.Prospect)
	if err != nil {
		return Reply{}, err
	}
	return b.inWindow(ctx, in.Turn, at.Place, d, "Handed over", say)
}
