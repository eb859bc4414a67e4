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
		words = append(words, strings.ReplaceAll(string(s), "_", "-"))
	}
	said := l.rest()
	word, ok := oneOf(said, words...)
	if near := nearSituation(said, words); !ok && near != "" {
		return Show(view.Ask(fmt.Sprintf("“%.40s” is no situation I know. Did you mean “%s”? Nothing is changed yet.", said, near),
			view.Next{Label: "Yes: " + near, Line: fmt.Sprintf("situation %d %s", id, near)})), nil
	}
	if !ok {
		return Reply{}, coach.Problem(fmt.Sprintf("Which situation? “%s situation %d blown-off”, with one of %s.", in.Slash, id, strings.Join(words, ", ")))
	}
	return b.restart(ctx, in.Turn, id, coach.Situation(strings.ReplaceAll(word, "-", "_")), view.InSuggestion)
}

// nearSituation is the situation that was surely meant by a slip, written in one
// word or two; "" for none.
func nearSituation(said string, words []string) string {
	var folded []string
	for _, w := range words {
		folded = append(folded, foldWord(w))
	}
	near, _ := oneOf(nearWord(foldWord(said), folded...), words...)
	return near
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
