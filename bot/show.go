package bot

import (
	"context"
)

// showCard answers show REF: facts, history, plan, verdict, buttons.
func (b *Bot) showCard(ctx context.Context, in Command) (Reply, error) {
	id, ask, err := b.which(ctx, in, readLine(in.Text))
	if err != nil || ask != nil {
		return asked(ask), err
	}
	c, err := b.open(ctx, in.Turn, id)
	if err != nil {
		return Reply{}, err
	}
	return Show(b.card(in.Turn, c, "", 0)), nil
}

// showClick opens the card beneath the message it was clicked in.
func (b *Bot) showClick(ctx context.Context, in Click) (Reply, error) {
	_, c, err := b.clicked(ctx, in)
	if err != nil {
		return Reply{}, err
	}
	return Show(b.card(in.Turn, c, "", 0)), nil
}

// toDM posts the card into the rep's DM, where it stays.
func (b *Bot) toDM(ctx context.Context, in Click) (Reply, error) {
	_, c, err := b.clicked(ctx, in)
	if err != nil {
		return Reply{}, err
	}
	t := in.Turn
	t.InDM = true
	return Reply{Message: b.card(t, c, "", 0), ToDM: true}, nil
}
