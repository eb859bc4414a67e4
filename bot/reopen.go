package bot

import (
	"context"
	"fmt"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// reopen starts a new campaign for a prospect that moved on, stopped, was won
// or is engaged.
func (b *Bot) reopen(ctx context.Context, in Command) (Reply, error) {
	id, ask, err := b.which(ctx, in, readLine(in.Text))
	if err != nil || ask != nil {
		return asked(ask), err
	}
	d, err := b.change(ctx, in.Turn, id, func(_ *storage.Tx, c coach.Case) (string, error) {
		return "reopened " + view.Who(c.Prospect), c.Reopen()
	})
	if err != nil {
		return Reply{}, err
	}
	words := fmt.Sprintf("Reopened %s %s", view.WhoEnds(d.Prospect), view.NextWords(d.Advise(), in.today()))
	return Show(view.Done(words, d.Undo, view.Next{Label: "Next step", Line: fmt.Sprintf("next %d", id)})), nil
}
