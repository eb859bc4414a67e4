package bot

import (
	"context"

	"github.com/prospectcoach/prospectcoach/bot/view"
)

// plan answers plan REF: the dated plan to its end (V7).
func (b *Bot) plan(ctx context.Context, in Command) (Reply, error) {
	id, ask, err := b.which(ctx, in, readLine(in.Text))
	if err != nil || ask != nil {
		return asked(ask), err
	}
	return b.planFor(ctx, in.Turn, id)
}

func (b *Bot) planFor(ctx context.Context, t Turn, id int64) (Reply, error) {
	c, err := b.open(ctx, t, id)
	if err != nil {
		return Reply{}, err
	}
	return Show(view.Plan(view.PlanView{Prospect: c.Prospect, Advice: c.Advise(), Today: t.today()})), nil
}

func (b *Bot) planClick(ctx context.Context, in Click) (Reply, error) {
	at, _, err := b.clicked(ctx, in)
	if err != nil {
		return Reply{}, err
	}
	return b.planFor(ctx, in.Turn, at.ID)
}
