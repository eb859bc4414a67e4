package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// add opens the form, or adds at once: add NAME, COMPANY[, TITLE] key:value ….
func (b *Bot) add(ctx context.Context, in Command) (Reply, error) {
	return b.addLine(ctx, in, false)
}

// addLine adds what a line says. anyway skips the question about a likely
// duplicate, because it was answered.
func (b *Bot) addLine(ctx context.Context, in Command, anyway bool) (Reply, error) {
	a, err := parseAdd(in.Text, b.Endings)
	if err != nil {
		return Reply{}, err
	}
	v, err := a.values()
	if err != nil {
		return Reply{}, err
	}
	if a.TooMany || a.After != "" || a.Name == "" || a.Company == "" {
		return b.addOpens(in, a, v), nil
	}
	p, w := coach.Prospect{Owner: in.Rep.ID, Added: in.Now}, wishes{}
	if err := readFields(v, &p, &w, in.today()).first(); err != nil {
		return Reply{}, err
	}
	w.Facts = a.Facts
	if say, own, err := b.duplicate(ctx, in.Turn, p); err != nil || say != "" && !anyway {
		return Show(view.Duplicate(say, "add "+in.Text, own)), err
	}
	d, err := b.addProspect(ctx, in.Turn, p, w)
	if err != nil {
		return Reply{}, err
	}
	return Show(view.Added(view.AddedView{Prospect: d.Prospect, Advice: d.Advise(), Today: in.today(), Undo: d.Undo})), nil
}

// addOpens opens the form filled with what can be told; nothing is saved.
func (b *Bot) addOpens(in Command, a added, v map[string]string) Reply {
	if in.Trigger != "" {
		return Reply{Open: view.AddForm(v)}
	}
	words := fmt.Sprintf("Name and company, with a comma between: “%s add Jane Doe, Acme, CFO”. Or use the form.", in.Slash)
	switch {
	case a.After != "" && a.Name != "" && a.Company != "":
		words = fmt.Sprintf("“%.200s” stands behind the address. Is it something they said? Nothing was saved: the form holds all of it, and there you can move it.", a.After)
	case a.TooMany:
		words = "Name, company and title make three pieces; this has more, and I cannot tell which is which. Nothing was saved: the form sorts it out."
	}
	return Show(view.OpenFormFirst(words, in.Text))
}

// values are the pieces and keys by field, as the form takes them: facts of one
// kind share a field, and the beginning of a choice is the choice. The error
// names one that is none.
func (a added) values() (map[string]string, error) {
	v := map[string]string{"name": a.Name, "company": a.Company, "title": a.Title}
	for k, s := range a.Keys {
		v[k] = s
	}
	facts := a.Facts
	if a.After != "" {
		facts = append(slices.Clone(facts), coach.Fact{Kind: coach.Said, Text: a.After})
	}
	for _, f := range facts {
		v[string(f.Kind)] = strings.TrimPrefix(v[string(f.Kind)]+"; "+f.Text, "; ")
	}
	p, w, bad := coach.Prospect{}, wishes{}, wrong{}
	readChoices(v, &p, &w, bad)
	for field, word := range map[string]string{
		"line": string(p.Line), "level": string(p.Level), "purchase": string(p.Purchase), "urgency": string(p.Urgency), "situation": string(w.Situation),
	} {
		if word != "" {
			v[field] = word
		}
	}
	return v, bad.first()
}

// duplicate says in one sentence who likely is the same person already, across
// the team by the owner's name only; "" for nobody. own is the rep's own.
// Somebody who asked not to be contacted is refused at once (V5).
func (b *Bot) duplicate(ctx context.Context, t Turn, p coach.Prospect) (string, *int64, error) {
	if never, err := b.Store.IsNeverContact(ctx, b.neverKeys(&p)...); err != nil || never {
		return "", nil, errors.Join(err, neverSay(never))
	}
	rows, err := b.Store.Duplicates(ctx, p)
	if err != nil || len(rows) == 0 {
		return "", nil, err
	}
	for _, r := range rows {
		if r.Owner == t.Rep.ID {
			return fmt.Sprintf("%s, %s is yours already (#%d).", r.Name, r.Company, r.ID), &r.ID, nil
		}
	}
	owner, err := b.Store.Rep(ctx, rows[0].Owner)
	if err != nil {
		return "", nil, err
	}
	return fmt.Sprintf("%s seems to pursue this person already.", owner.Name), nil, nil
}

// addProspect saves a new prospect and begins its campaign. Somebody who asked
// not to be contacted is refused, whoever owns them (V5).
func (b *Bot) addProspect(ctx context.Context, t Turn, p coach.Prospect, w wishes) (deed, error) {
	keys := b.neverKeys(&p)
	c, err := b.caseOf(ctx, t, p)
	if err != nil {
		return deed{}, err
	}
	var id int64
	done, err := b.Store.Change(ctx, storage.Change{Key: t.Key, Rep: t.Rep.ID, Label: "added " + view.Who(&p), At: t.Now}, func(tx *storage.Tx) error {
		if never, err := tx.IsNeverContact(keys...); err != nil || never {
			return errors.Join(err, neverSay(never))
		}
		fresh := p
		fc := c
		fc.Prospect = &fresh
		if err := beginLife(fc, w); err != nil {
			return err
		}
		if err := tx.Add(&fresh); err != nil {
			return err
		}
		id = fresh.ID
		return b.remindToo(ctx, tx, t, fc)
	})
	if err != nil {
		return deed{}, err
	}
	if done.Repeated {
		return deed{}, coach.Problem(fmt.Sprintf("%s was added already, by the same press.", view.Who(&p)))
	}
	now, err := b.open(ctx, t, id)
	return deed{Case: now, Undo: done.ID}, err
}

func neverSay(never bool) error {
	if !never {
		return nil
	}
	return coach.Problem("This person asked not to be contacted. They cannot be added.")
}

// beginLife does to a new prospect what the line asked for.
func beginLife(c coach.Case, w wishes) error {
	if w.Situation == "" {
		w.Situation = coach.Cold
	}
	if err := c.Begin(w.Situation, w.Starts); err != nil {
		return err
	}
	for _, f := range w.Facts {
		if _, err := c.Note(f.Kind, f.Text, 0); err != nil {
			return err
		}
	}
	if w.Gatekeeper != "" {
		if err := c.NoteGatekeeper(w.Gatekeeper); err != nil {
			return err
		}
	}
	c.Reindex()
	return nil
}

// addClick opens the form, filled with the line the button carries.
func (b *Bot) addClick(ctx context.Context, in Click) (Reply, error) {
	if in.Tail == view.AddInstead {
		return b.addInstead(ctx, in)
	}
	a, err := parseAdd(in.Value, b.Endings)
	if err != nil {
		a = added{}
	}
	v, err := a.values()
	return Reply{Open: view.AddForm(v)}, err
}

// addAnyway is the answer to the question about a likely duplicate.
func (b *Bot) addAnyway(ctx context.Context, in Click) (Reply, error) {
	_, text, _ := strings.Cut(in.Value, " ")
	t := in.Turn
	t.Key = pressKey(in)
	r, err := b.addLine(ctx, Command{Turn: t, Word: "add", Text: text, Whole: in.Value}, true)
	r.Replace = true
	return r, err
}

// addShortcut is the global shortcut.
func (b *Bot) addShortcut(context.Context, Shortcut) (Reply, error) {
	return Reply{Open: view.AddForm(nil)}, nil
}

// addForm is the submitted form; the window itself shows the outcome, and asks
// about a likely duplicate.
func (b *Bot) addForm(ctx context.Context, in Form) (Reply, error) {
	v, meta := view.ReadAdd(in.State), view.ParseAddMeta(in.Meta)
	p, w := coach.Prospect{Owner: in.Rep.ID, Added: in.Now}, wishes{}
	if bad := readFields(v, &p, &w, in.today()); len(bad) > 0 {
		return Reply{Errors: bad}, nil
	}
	say, _, err := b.duplicate(ctx, in.Turn, p)
	if err != nil {
		return Reply{}, err
	}
	if say != "" && !meta.Same {
		meta.Same = true
		return Reply{Update: view.AddAgain(v, say, meta)}, nil
	}
	if w.Facts, err = b.comeAlong(ctx, in.Turn, meta.Instead, w.Facts); err != nil {
		return Reply{}, err
	}
	d, err := b.addProspect(ctx, in.Turn, p, w)
	if err != nil {
		return Reply{}, err
	}
	out := view.AddedView{Prospect: d.Prospect, Advice: d.Advise(), Today: in.today(), Undo: d.Undo}
	r := Reply{Update: view.AddedWindow(out)}
	if meta.Instead != 0 {
		r.Behind = view.Added(out)
	}
	return r, nil
}
