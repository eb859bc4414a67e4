package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// edit opens the form of a prospect, filled.
func (b *Bot) edit(ctx context.Context, in Command) (Reply, error) {
	id, ask, err := b.which(ctx, in, readLine(in.Text))
	if err != nil || ask != nil {
		return asked(ask), err
	}
	c, err := b.open(ctx, in.Turn, id)
	if err != nil {
		return Reply{}, err
	}
	if in.Trigger == "" {
		return Show(view.EditFirst(c.Prospect)), nil
	}
	return Reply{Open: view.EditForm(c.Prospect, view.InSuggestion)}, nil
}

func (b *Bot) editClick(ctx context.Context, in Click) (Reply, error) {
	at, c, err := b.clicked(ctx, in)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Open: view.EditForm(c.Prospect, at.Place)}, nil
}

// editForm is the submitted form: errors at the field, the outcome in the
// window.
func (b *Bot) editForm(ctx context.Context, in Form) (Reply, error) {
	at, ok := view.ParseTarget(in.Meta)
	if !ok {
		return Reply{}, fmt.Errorf("the edit window holds %.60q", in.Meta)
	}
	id := at.ID
	v := view.ReadEdit(in.State)
	if bad := readFields(v, &coach.Prospect{}, &wishes{}, in.today()); len(bad) > 0 {
		return Reply{Errors: bad}, nil
	}
	d, err := b.change(ctx, in.Turn, id, func(tx *storage.Tx, c coach.Case) (string, error) {
		w := wishes{}
		was := askedBy(c.Prospect)
		before := view.GatekeeperText(c.Prospect.Gatekeeper)
		readFields(v, c.Prospect, &w, in.today())
		if !slices.Equal(was, askedBy(c.Prospect)) {
			if err := b.otherContacts(tx, c.Prospect); err != nil {
				return "", err
			}
		}
		if w.Gatekeeper != tidy(before) {
			if err := c.EditGatekeeper(w.Gatekeeper); err != nil {
				return "", err
			}
		}
		return "edited " + view.Who(c.Prospect), nil
	})
	var problem coach.Problem
	if errors.As(err, &problem) {
		return Reply{Errors: map[string]string{"name": string(problem)}}, nil
	}
	if err != nil {
		return Reply{}, err
	}
	return b.inWindow(ctx, in.Turn, at.Place, d, "Saved", "Saved "+view.WhoEnds(d.Prospect))
}

// otherContacts looks at the address and number a person has now, as they are
// kept and not as they were typed (V5): those of somebody who asked not to be
// contacted are refused, and who asked for it is not found under others either.
func (b *Bot) otherContacts(tx *storage.Tx, p *coach.Prospect) error {
	keys := b.neverKeys(p)
	if p.NeverContact {
		return tx.NeverContact(keys...)
	}
	never, err := tx.IsNeverContact(keys...)
	return errors.Join(err, neverSay(never))
}
