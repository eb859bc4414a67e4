package bot

import (
	"context"
	"errors"
	"fmt"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// notThere is the answer for a prospect that does not exist and for one that
// is somebody else's: the two read exactly the same.
func notThere(slash string, id int64) error {
	return coach.Problem(fmt.Sprintf("There is no prospect %d. “%s list” shows yours.", id, slash))
}

// mine loads a prospect of the rep's own; a manager's team is the manager's.
func (b *Bot) mine(ctx context.Context, t Turn, id int64) (coach.Prospect, error) {
	p, err := b.Store.Prospect(ctx, id)
	if errors.Is(err, storage.ErrNotFound) || err == nil && p.Owner != t.Rep.ID && !t.Manager {
		return p, notThere(t.Slash, id)
	}
	return p, err
}

// caseOf joins a prospect with everything the coach needs besides: its own
// rep, the nuggets and the team's figures.
func (b *Bot) caseOf(ctx context.Context, t Turn, p coach.Prospect) (coach.Case, error) {
	row := t.Rep
	if p.Owner != row.ID {
		var err error
		if row, err = b.Store.Rep(ctx, p.Owner); err != nil {
			return coach.Case{}, fmt.Errorf("loading the owner of %d: %w", p.ID, err)
		}
	}
	cases, err := b.cases(ctx, b.rep(row), t.Now, []coach.Prospect{p})
	if err != nil {
		return coach.Case{}, err
	}
	return cases[0], nil
}

// open loads a prospect as a case, awake if its day has come.
func (b *Bot) open(ctx context.Context, t Turn, id int64) (coach.Case, error) {
	p, err := b.mine(ctx, t, id)
	if err != nil {
		return coach.Case{}, err
	}
	c, err := b.caseOf(ctx, t, p)
	if err != nil {
		return c, err
	}
	c.Wake()
	return c, nil
}

// deed is what became of a change: the case as it is now, and the number to
// undo it by.
type deed struct {
	coach.Case
	Undo int64
}

// change does one thing to one prospect's life in one transaction. do gets the
// case under the write lock and answers the label, which Undo repeats. The
// same press or envelope a second time changes nothing and says what is the
// case; nor does a press that another one overtook, maybe at another replica.
func (b *Bot) change(ctx context.Context, t Turn, id int64, do func(tx *storage.Tx, c coach.Case) (string, error)) (deed, error) {
	c, err := b.open(ctx, t, id)
	if err != nil {
		return deed{}, err
	}
	done, err := b.Store.Change(ctx, storage.Change{Key: t.origin.here() + t.Key, Rep: t.Rep.ID, At: t.Now}, func(tx *storage.Tx) error {
		p, err := tx.Prospect(id)
		if errors.Is(err, storage.ErrNotFound) || err == nil && p.Owner != c.Prospect.Owner {
			return notThere(t.Slash, id)
		}
		if err != nil {
			return err
		}
		locked := c
		locked.Prospect = p
		locked.Wake()
		if t.press.overtaken(p, c.Prospect) {
			return coach.Problem("Something happened here in the same moment, perhaps a second press of this button. Nothing was changed by this one.")
		}
		label, err := do(tx, locked)
		if err != nil {
			return err
		}
		locked.Reindex()
		tx.SetLabel(label)
		return b.remindToo(ctx, tx, t, locked)
	})
	if err != nil {
		return deed{}, err
	}
	now, err := b.open(ctx, t, id)
	if err == nil {
		t.press.sees(now.Prospect)
	}
	if err == nil && done.Repeated {
		err = coach.Problem("That was done already. " + view.Standing(now.Prospect, now.Advise(), t.today()))
	}
	return deed{Case: now, Undo: done.ID}, err
}

// today is the turn's day in the rep's zone.
func (t Turn) today() coach.Date { return coach.DateOf(t.Now) }

// suggestion and card draw a case as it is now.
func (b *Bot) suggestion(t Turn, c coach.Case, done string, undo int64, notes ...string) view.Message {
	a := c.Advise()
	return view.Suggestion(view.SuggestionView{
		Prospect: c.Prospect, Advice: a, Today: t.today(), Slash: t.Slash, Done: done, UndoID: undo, Notes: notes, Back: b.revisited(c, a, t.today()),
	})
}

// revisited are the rep's own last texts with what the draft check finds in
// them, once three attempts went unanswered (D2).
func (b *Bot) revisited(c coach.Case, a coach.Advice, today coach.Date) []string {
	if a.Attempts < 3 || len(a.Questions) == 0 || a.Suggestion == nil {
		return nil
	}
	var notes []string
	for _, old := range c.LastTexts(2) {
		notes = append(notes, view.RevisitedLine(old, c.CheckTouch(old), today))
	}
	return notes
}

func (b *Bot) card(t Turn, c coach.Case, done string, undo int64) view.Message {
	owner := ""
	if c.Prospect.Owner != t.Rep.ID {
		owner = c.Rep.Name
	}
	v := view.CardView{Prospect: c.Prospect, Advice: c.Advise(), Today: t.today(), Owner: owner, ToDM: !t.InDM, Done: done, Undo: undo}
	if s := v.Advice.Suggestion; s != nil {
		if r, enough := c.Record(s.Angle); enough {
			v.Record = r
		}
	}
	return view.Card(v)
}

// clicked reads the target of a button and opens its prospect.
func (b *Bot) clicked(ctx context.Context, in Click) (view.Target, coach.Case, error) {
	at, ok := view.ParseTarget(in.Value)
	if !ok {
		return at, coach.Case{}, fmt.Errorf("a button of %s holds %.60q", in.Action, in.Value)
	}
	c, err := b.open(ctx, in.Turn, at.ID)
	if err == nil {
		in.press.sees(c.Prospect)
	}
	return at, c, err
}
