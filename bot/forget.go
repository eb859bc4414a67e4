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
	sent, err := b.Store.Forget(ctx, storage.Change{Key: pressKey(in), Rep: in.Rep.ID, Label: "forgot a prospect", At: in.Now}, id)
	if err != nil {
		return Reply{}, err
	}
	if err := b.Store.SetMeta(ctx, offerKey(id), ""); err != nil {
		return Reply{}, err
	}
	return Reply{Message: view.Forgotten(id), Replace: true, Follow: func(ctx context.Context) (Reply, error) {
		return b.takeOut(ctx, in.Turn, p, sent)
	}}, nil
}

// takeOut deletes the bot's messages that show somebody who was forgotten: the
// known ones, and those in the DMs of the owner and of who asked. This
// morning's message of the owner is drawn anew instead, without them.
func (b *Bot) takeOut(ctx context.Context, t Turn, p coach.Prospect, sent []storage.Message) (Reply, error) {
	owner, err := b.Store.Rep(ctx, p.Owner)
	if err != nil {
		return Reply{}, err
	}
	found, unread := b.showing(ctx, p, owner, t.Rep)
	for _, m := range sent {
		found.add(m.Channel, m.TS)
	}
	nudge, err := b.Store.Posted(ctx, kindNudge, owner.ID, coach.DateOf(b.now().In(b.rep(owner).Zone)))
	if err != nil && !isNotFound(err) {
		return Reply{}, err
	}
	left := 0
	for _, m := range found.list {
		var err error
		if m.channel == nudge.Channel && m.ts == nudge.TS && m.ts != "" {
			err = b.redrawNudge(ctx, owner, m)
		} else {
			err = b.remove(ctx, m)
		}
		if err != nil {
			left++
			b.Log.WithError(hideURL(err)).Warn("a message about somebody who was forgotten could not be deleted")
		}
	}
	if left == 0 && !unread {
		return Reply{}, nil
	}
	return Reply{Message: view.ForgottenLeft(left)}, nil
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
