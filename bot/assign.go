package bot

import (
	"context"
	"fmt"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// assign hands a prospect to a colleague: assign REF @user. A manager's counts
// at once; a rep's own waits for the colleague's Accept.
func (b *Bot) assign(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	id, ask, err := b.which(ctx, in, l)
	if err != nil || ask != nil {
		return asked(ask), err
	}
	if l.done() && in.Trigger != "" {
		p, err := b.mine(ctx, in.Turn, id)
		return Reply{Open: view.HandOverForm(&p, in.Manager, view.InSuggestion)}, err
	}
	whom := l.rest()
	if ask, err := b.askColleague(ctx, id, whom); err != nil || ask != nil {
		return asked(ask), err
	}
	to, err := b.colleague(ctx, in.Turn, id, whom)
	if err != nil {
		return Reply{}, err
	}
	p, err := b.mine(ctx, in.Turn, id)
	if err != nil {
		return Reply{}, err
	}
	say, d, err := b.give(ctx, in.Turn, p, to)
	if err != nil {
		return Reply{}, err
	}
	return Show(view.Done(say, d.Undo)), nil
}

// give hands a prospect over when a manager says so, and asks the colleague
// otherwise; then the deed is about nobody's life. One's own name takes back
// what was asked.
func (b *Bot) give(ctx context.Context, t Turn, p coach.Prospect, to storage.RepRow) (string, deed, error) {
	switch {
	case p.Owner == to.ID && to.ID == t.Rep.ID:
		back, d, err := b.withdraw(ctx, t, &p)
		if err != nil || back {
			return view.OfferWithdrawn(&p), d, err
		}
		return "", deed{}, coach.Problem(fmt.Sprintf("%s is yours already.", view.Who(&p)))
	case p.Owner == to.ID:
		return "", deed{}, coach.Problem(fmt.Sprintf("%s is %s’s already.", view.Who(&p), to.Name))
	case !t.Manager:
		return b.offer(ctx, t, p, to)
	}
	d, err := b.handOver(ctx, t, p.ID, p.Owner, to)
	if err != nil {
		return "", deed{}, err
	}
	name := to.Name
	if to.ID == t.Rep.ID {
		name = ""
	}
	return view.HandedWords(d.Prospect, name), d, nil
}

// colleague reads @user: somebody who may use the bot, also before they ever
// did.
func (b *Bot) colleague(ctx context.Context, t Turn, id int64, said string) (storage.RepRow, error) {
	name, at := strings.CutPrefix(strings.TrimSpace(said), "@")
	if !at || name == "" || strings.ContainsAny(name, " \n") {
		return storage.RepRow{}, coach.Problem(fmt.Sprintf("Who takes over? Mention the colleague: “%s assign %d @name”.", t.Slash, id))
	}
	user := strings.ToUpper(name)
	if row, err := b.repNamed(ctx, "@"+name); err == nil {
		user = row.ID
	} else if known, ok := b.people.handled(name); ok {
		user = known
	}
	who, err := b.admit(ctx, user, "")
	if err != nil {
		return storage.RepRow{}, err
	}
	if !who.ok {
		return storage.RepRow{}, coach.Problem(fmt.Sprintf("“@%.40s” is nobody who works with me here, so nothing was handed over.", name))
	}
	return who.row, nil
}

// handled finds the id of a person by the name that stands after the @.
func (p *people) handled(name string) (string, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for id, u := range p.byID {
		if strings.EqualFold(u.Handle, name) {
			return id, true
		}
	}
	return "", false
}

// handOver gives a prospect of from to somebody else, in one change that can
// be undone. Not begun, they wait there until the day has room (C11); both who
// gave and who got are told in a few words, but not the one who did it.
func (b *Bot) handOver(ctx context.Context, t Turn, id int64, from string, to storage.RepRow) (deed, error) {
	old, err := b.Store.Rep(ctx, from)
	if err != nil {
		return deed{}, fmt.Errorf("loading the owner of %d: %w", id, err)
	}
	ground, err := b.ground(ctx, b.rep(old), t.Now)
	if err != nil {
		return deed{}, err
	}
	done, err := b.Store.Change(ctx, storage.Change{Key: t.Key, Rep: t.Rep.ID, At: t.Now}, func(tx *storage.Tx) error {
		p, err := tx.Prospect(id)
		if isNotFound(err) || err == nil && p.Owner != from {
			return notThere(t.Slash, id)
		}
		if err != nil {
			return err
		}
		c := on(ground, p)
		c.Wake()
		c.HandOver(b.rep(to))
		tx.SetLabel(fmt.Sprintf("handed %s to %s", view.Who(p), to.Name))
		if err := tx.Dismiss(id); err != nil {
			return err
		}
		return b.tellHanded(tx, t, id, from, to.ID)
	})
	if err != nil {
		return deed{}, err
	}
	p, err := b.Store.Prospect(ctx, id)
	ground.Rep = b.rep(to)
	ground.Now = t.Now.In(ground.Rep.Zone)
	return deed{Case: on(ground, &p), Undo: done.ID}, err
}

// tellHanded queues the words to both; the slot names who did it and whose it
// became, so that nothing is said that is no longer so.
func (b *Bot) tellHanded(tx *storage.Tx, t Turn, id int64, from, to string) error {
	for _, who := range []string{from, to} {
		if who == t.Rep.ID {
			continue
		}
		if err := tx.Queue(storage.Message{
			Key: fmt.Sprintf("handed:%d:%s", tx.ID(), who), Kind: kindHanded, Rep: who, Prospect: id,
			Slot: t.Rep.ID + ">" + to, Day: t.today(), Priority: prioNotice, RunAt: t.Now,
		}); err != nil {
			return err
		}
	}
	return nil
}

// buildHanded tells that a prospect went from hand to hand.
func (b *Bot) buildHanded(ctx context.Context, m storage.Message, row storage.RepRow) (parcel, error) {
	p, err := b.Store.Prospect(ctx, m.Prospect)
	if err != nil {
		return parcel{}, err
	}
	actor, to, _ := strings.Cut(m.Slot, ">")
	if p.Owner != to {
		return parcel{drop: "handed on since"}, nil
	}
	by, err := b.Store.Rep(ctx, actor)
	if err != nil {
		return parcel{}, err
	}
	if row.ID == to {
		return parcel{Message: view.HandedToYou(&p, by.Name)}, nil
	}
	owner, err := b.Store.Rep(ctx, to)
	return parcel{Message: view.HandedAway(&p, by.Name, owner.Name)}, err
}
