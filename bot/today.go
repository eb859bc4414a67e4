package bot

import (
	"context"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// today answers the bare command: what is due now, with buttons; for a
// newcomer, a welcome with three first steps.
func (b *Bot) today(ctx context.Context, in Command) (Reply, error) {
	cards, more, err := b.dueNow(ctx, in.Rep, in.Now)
	if err != nil {
		return Reply{}, err
	}
	if len(cards) > 0 {
		return Show(view.Nudge(view.NudgeView{
			Rep: b.rep(in.Rep), Today: in.today(), Cards: cards, More: more, Slash: in.Slash, Place: view.InToday,
		})), nil
	}
	_, all, err := b.Store.List(ctx, storage.ListQuery{Owner: in.Rep.ID, Limit: 1})
	if err != nil {
		return Reply{}, err
	}
	if all == 0 && in.InDM { // this is the welcome: it comes no second time by itself
		if err := b.Store.UpdateRep(ctx, in.Rep.ID, func(r *storage.RepRow) error { r.Welcomed = true; return nil }); err != nil {
			return Reply{}, err
		}
	}
	if all == 0 && in.Manager {
		team, err := b.atAGlance(ctx, in.today())
		return Show(view.Lead(team, in.Slash)), err
	}
	if all == 0 {
		return Show(view.Welcome(b.rep(in.Rep), in.Slash)), nil
	}
	next, ok, err := b.nextUp(ctx, in.Turn)
	if err != nil {
		return Reply{}, err
	}
	if !ok {
		return Show(view.NothingDue(nil, in.today(), in.Slash)), nil
	}
	return Show(view.NothingDue(&next, in.today(), in.Slash)), nil
}

// nextUp is the prospect that is due next after today, if any is.
func (b *Bot) nextUp(ctx context.Context, t Turn) (coach.Prospect, bool, error) {
	rows, _, err := b.Store.List(ctx, storage.ListQuery{Owner: t.Rep.ID, States: []coach.State{coach.Active}, OrderDue: true, Limit: 5})
	if err != nil {
		return coach.Prospect{}, false, err
	}
	for _, r := range rows {
		if r.Due > t.today() {
			p, err := b.Store.Prospect(ctx, r.ID)
			return p, true, err
		}
	}
	return coach.Prospect{}, false, nil
}
