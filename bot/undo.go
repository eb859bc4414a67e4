package bot

import (
	"context"
	"errors"
	"fmt"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// undo takes back the rep's last change, if everything it touched still is as
// it left it; otherwise it changes nothing and says what happened since.
func (b *Bot) undo(ctx context.Context, in Command) (Reply, error) {
	r, _, err := b.takeBack(ctx, in.Turn, 0)
	return r, err
}

// undoClick takes back the change whose number the button carries.
func (b *Bot) undoClick(ctx context.Context, in Click) (Reply, error) {
	id, at, ok := view.ParseUndo(in.Value)
	if !ok {
		return Reply{}, fmt.Errorf("an undo button holds %.60q", in.Value)
	}
	r, prospect, err := b.takeBack(ctx, in.Turn, id)
	if err != nil {
		return Reply{}, err
	}
	if in.Window != nil {
		return b.takenBackInWindow(ctx, in, r.Text)
	}
	if many(at) || at == view.InCard {
		if back, ok, err := b.takenBack(ctx, in.Turn, at, prospect, r.Text); ok || err != nil {
			return back, err
		}
	}
	r.Replace = true
	return r, nil
}

// takenBack redraws the message an Undo stood in; false when it was about
// somebody who is gone with it.
func (b *Bot) takenBack(ctx context.Context, t Turn, at view.Place, prospect int64, done string) (Reply, bool, error) {
	d := deed{}
	if !many(at) {
		c, err := b.open(ctx, t, prospect)
		if gone := coach.Problem(""); errors.As(err, &gone) {
			return Reply{}, false, nil
		}
		if err != nil {
			return Reply{}, false, err
		}
		d.Case = c
	}
	r, err := b.seen(ctx, t, at, d, done)
	return r, true, err
}

// takenBackInWindow says so in the window and redraws the message behind it.
func (b *Bot) takenBackInWindow(ctx context.Context, in Click, done string) (Reply, error) {
	r := Reply{Update: view.DoneWindow("Taken back", done, 0)}
	at, ok := view.ParseTarget(in.Window.Meta)
	if !ok || in.origin.ts == "" {
		return r, nil
	}
	back, ok, err := b.takenBack(ctx, in.Turn, at.Place, at.ID, done)
	if ok {
		r.Behind = back.Message
	}
	return r, err
}

// takeBack undoes one change and says so; prospect is whose life it was, 0 for
// nobody's.
func (b *Bot) takeBack(ctx context.Context, t Turn, id int64) (r Reply, prospect int64, err error) {
	undone, err := b.Store.Undo(ctx, storage.Change{Key: t.Key, Rep: t.Rep.ID, At: t.Now}, id)
	if err != nil {
		return Reply{}, 0, err
	}
	b.paid(ctx, b.reindexUndone(ctx, undone, t.Now), undone.Debts...)
	var next []view.Next
	for _, p := range undone.Prospects[:min(len(undone.Prospects), 1)] {
		prospect = p
		if _, err := b.mine(ctx, t, p); err == nil {
			next = append(next, view.Next{Label: "Next step", Line: fmt.Sprintf("next %d", p)}, view.Next{Label: "Card", Line: fmt.Sprintf("show %d", p)})
		}
	}
	r = Show(view.Undone(undone.Label, next...))
	if undone.Hidden {
		r.Follow = func(ctx context.Context) (Reply, error) {
			if err := b.sweepImports(ctx, b.now(), 0); err != nil {
				b.Log.WithError(err).Info("what an import brought that was taken back is removed later")
			}
			return Reply{}, nil
		}
	}
	return r, prospect, nil
}
