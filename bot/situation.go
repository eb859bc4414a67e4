package bot

import (
	"context"
	"fmt"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// situation starts a new campaign in that situation: situation REF WORD.
func (b *Bot) situation(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	id, ask, err := b.which(ctx, in, l)
	if err != nil || ask != nil {
		return asked(ask), err
	}
	var words []string
	for _, s := range coach.Situations {
		words = append(words, string(s))
	}
	word, ok := oneOf(l.rest(), words...)
	if !ok {
		return Reply{}, coach.Problem(fmt.Sprintf("Which situation? “%s situation %d blown-off”, with one of %s.", in.Slash, id, strings.ReplaceAll(strings.Join(words, ", "), "_", "-")))
	}
	return b.restart(ctx, in.Turn, id, coach.Situation(word), view.InSuggestion)
}

// blownOff is a meeting that was cancelled or that nobody came to (C6).
func (b *Bot) blownOff(ctx context.Context, t Turn, id int64, place view.Place) (Reply, error) {
	return b.restart(ctx, t, id, coach.BlownOff, place)
}

func (b *Bot) restart(ctx context.Context, t Turn, id int64, s coach.Situation, place view.Place) (Reply, error) {
	d, err := b.change(ctx, t, id, func(tx *storage.Tx, c coach.Case) (string, error) {
		if err := c.Restart(s); err != nil {
			return "", err
		}
		return fmt.Sprintf("began anew with %s: %s", view.Who(c.Prospect), view.SituationName(s)), tx.Dismiss(id)
	})
	if err != nil {
		return Reply{}, err
	}
	words := fmt.Sprintf("Began anew with %s: %s.", view.Who(d.Prospect), view.SituationName(s))
	if place == view.InSuggestion {
		return Redraw(b.suggestion(t, d.Case, words, d.Undo)), nil
	}
	return b.seen(ctx, t, place, d, words)
}
