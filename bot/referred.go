package bot

import (
	"context"
	"fmt"
	"strconv"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
)

// wrongPerson stops and offers to add the right person (V5). A nudge stays
// what it is, and the offer stands beneath it.
func (b *Bot) wrongPerson(ctx context.Context, t Turn, place view.Place, d deed) (Reply, error) {
	done := view.AnsweredWords(d.Prospect, coach.AnswerWrongPerson, 0, t.today())
	if !many(place) {
		return Redraw(view.WrongPerson(d.Prospect, done, d.Undo)), nil
	}
	r, err := b.seen(ctx, t, place, d, done)
	r.Also = append(r.Also, view.WrongPerson(d.Prospect, done, 0))
	return r, err
}

// addInstead opens the add form for the right person.
func (b *Bot) addInstead(ctx context.Context, in Click) (Reply, error) {
	id, err := strconv.ParseInt(in.Value, 10, 64)
	if err != nil {
		return Reply{}, fmt.Errorf("a button adds in place of %.60q", in.Value)
	}
	c, err := b.open(ctx, in.Turn, id)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Open: view.AddInsteadForm(c.Prospect)}, nil
}

// comeAlong are the facts of the wrong person that open a message to the right
// one as well: what is known of the company, not what the other one said.
// What the form's fields hold goes before.
func (b *Bot) comeAlong(ctx context.Context, t Turn, instead int64, filled []coach.Fact) ([]coach.Fact, error) {
	if instead == 0 {
		return filled, nil
	}
	p, err := b.mine(ctx, t, instead)
	if err != nil {
		return filled, err
	}
	known := map[string]bool{}
	for _, f := range filled {
		known[coach.Fold(f.Text)] = true
	}
	for _, f := range p.Facts {
		if f.Kind != coach.Said && !known[coach.Fold(f.Text)] {
			known[coach.Fold(f.Text)] = true
			filled = append(filled, coach.Fact{Kind: f.Kind, Text: f.Text})
		}
	}
	return filled, nil
}
