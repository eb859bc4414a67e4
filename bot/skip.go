package bot

import (
	"context"
	"fmt"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// skip leaves out the attempt now due: skip REF REASON.
func (b *Bot) skip(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	id, ask, err := b.which(ctx, in, l)
	if err != nil || ask != nil {
		return asked(ask), err
	}
	reason := l.rest()
	if reason == "" {
		return Reply{}, coach.Problem(fmt.Sprintf("Why is it left out? “%s skip %d not-now”: bounced, not-now, bad-data, or your own words.", in.Slash, id))
	}
	if word, ok := oneOf(reason, "bounced", "not-now", "bad-data"); ok {
		reason = word
	}
	d, err := b.change(ctx, in.Turn, id, func(_ *storage.Tx, c coach.Case) (string, error) {
		return "left out an attempt on " + view.Who(c.Prospect), c.Skip(reason)
	})
	if err != nil {
		return Reply{}, err
	}
	words := fmt.Sprintf("Left out this attempt on %s %s", view.WhoEnds(d.Prospect), view.NextWords(d.Advise(), in.today()))
	return Show(view.Done(words, d.Undo)), nil
}
