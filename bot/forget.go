package bot

import (
	"context"
	"fmt"
	"strconv"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// forget erases a person and their gatekeeper: forget REF. It asks once, by a
// button, because it cannot be undone.
func (b *Bot) forget(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	id, ask, err := b.which(ctx, in, l)
	if err != nil || ask != nil {
		return asked(ask), err
	}
	if !l.done() {
		return Reply{}, coach.Problem(fmt.Sprintf("Only the number or the name, please: “%s forget %d”.", in.Slash, id))
	}
	p, err := b.mine(ctx, in.Turn, id)
	if err != nil {
		return Reply{}, err
	}
	return Show(view.ForgetAsk(&p)), nil
}

// forgetClick is the answer to that question.
func (b *Bot) forgetClick(ctx context.Context, in Click) (Reply, error) {
	id, err := strconv.ParseInt(in.Value, 10, 64)
	if err != nil {
		return Reply{}, fmt.Errorf("a forget button holds %.60q", in.Value)
	}
	p, err := b.mine(ctx, in.Turn, id)
	if err != nil {
		return Reply{}, err
	}
	if in.Tail != "yes" {
		return Redraw(view.Done(view.Who(&p)+" is kept.", 0, view.Next{Label: "Card", Line: fmt.Sprintf("show %d", id)})), nil
	}
	change := storage.Change{Key: pressKey(in), Rep: in.Rep.ID, Label: "forgot a prospect", At: in.Now}
	if err := b.Store.Forget(ctx, change, id, b.marks(p), func(tx *storage.Tx) error {
		if err := dropDrafts(tx, &p); err != nil {
			return err
		}
		return tx.SetMeta(offerKey(id), "")
	}); err != nil {
		return Reply{}, err
	}
	return Reply{Message: view.Forgotten(id), Replace: true, Follow: func(ctx context.Context) (Reply, error) {
		return Reply{}, b.eraseLater(ctx)
	}}, nil
}

// redrawNudge draws this morning's message as it stands now.
func (b *Bot) redrawNudge(ctx context.Context, row storage.RepRow, m posted) error {
	now := b.now()
	cards, more, err := b.dueNow(ctx, row, now)
	if err != nil {
		return err
	}
	rep := b.rep(row)
	today := coach.DateOf(now.In(rep.Zone))
	return b.update(ctx, m.channel, m.ts, view.Nudge(view.NudgeView{
		Rep: rep, Today: today, Cards: cards, More: more, Slash: b.slash(), Place: view.InNudge(today),
	}))
}
