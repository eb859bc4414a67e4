package bot

import (
	"context"
	"fmt"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// away notes that the prospect is out of office: away REF until DATE (C9).
func (b *Bot) away(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	id, ask, err := b.which(ctx, in, l)
	if err != nil || ask != nil {
		return asked(ask), err
	}
	l.keyword("until")
	until, err := ParseDay(l.rest(), in.today(), AtLeast)
	if until, ask, err = b.askDay(in, until, err, fmt.Sprintf("away %d until ", id), ""); err != nil || ask != nil {
		return asked(ask), err
	}
	d, err := b.change(ctx, in.Turn, id, func(tx *storage.Tx, c coach.Case) (string, error) {
		if err := c.Away(until); err != nil {
			return "", err
		}
		return view.Who(c.Prospect) + " is away", tx.Dismiss(id)
	})
	if err != nil {
		return Reply{}, err
	}
	words := fmt.Sprintf("%s is away until %s. %s", view.Who(d.Prospect), view.FullDay(until, in.today()), view.NextWords(d.Advise(), in.today()))
	return Show(view.Done(words, d.Undo)), nil
}
