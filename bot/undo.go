package bot

import (
	"context"
	"fmt"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/storage"
)

// undo takes back the rep's last change, if everything it touched still is as
// it left it; otherwise it changes nothing and says what happened since.
func (b *Bot) undo(ctx context.Context, in Command) (Reply, error) {
	return b.takeBack(ctx, in.Turn, 0)
}

// undoClick takes back the change whose number the button carries.
func (b *Bot) undoClick(ctx context.Context, in Click) (Reply, error) {
	id, at, ok := view.ParseUndo(in.Value)
	if !ok {
		return Reply{}, fmt.Errorf("an undo button holds %.60q", in.Value)
	}
	r, err := b.takeBack(ctx, in.Turn, id)
	if err == nil && (at == view.InToday || at.NudgeDay() != 0) {
		return b.seen(ctx, in.Turn, at, deed{}, r.Text)
	}
	if err == nil && in.Window != nil {
		return Reply{Update: view.DoneWindow("Taken back", r.Text, 0)}, nil
	}
	r.Replace = true
	return r, err
}

func (b *Bot) takeBack(ctx context.Context, t Turn, id int64) (Reply, error) {
	undone, err := b.Store.Undo(ctx, storage.Change{Key: t.Key, Rep: t.Rep.ID, At: t.Now}, id)
	if err != nil {
		return Reply{}, err
	}
	if err := b.reindexUndone(ctx, undone, t.Now); err != nil {
		return Reply{}, err
	}
	var next []view.Next
	for _, p := range undone.Prospects[:min(len(undone.Prospects), 1)] {
		if _, err := b.mine(ctx, t, p); err == nil {
			next = append(next, view.Next{Label: "Next step", Line: fmt.Sprintf("next %d", p)}, view.Next{Label: "Card", Line: fmt.Sprintf("show %d", p)})
		}
	}
	return Show(view.Undone(undone.Label, next...)), nil
}
