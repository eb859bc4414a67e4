package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// How many of the due ones are shown, looked at, and let in from.
const (
	shown      = 10 // S1
	considered = 300

	askedWithin = 31 // days back in which a nudge that asked is looked for
)

// dueNow is what is due for a rep, in the order of S2: ten cards at most and
// how many more. What the calendar brings was let in before.
func (b *Bot) dueNow(ctx context.Context, row storage.RepRow, now time.Time) ([]view.NudgeCard, view.More, error) {
	more := view.More{}
	rep := b.rep(row)
	today := coach.DateOf(now.In(rep.Zone))
	if works(b.Playbook(), rep, today) {
		if err := b.morning(ctx, row, now); err != nil {
			return nil, more, err
		}
		if err := b.backAgain(ctx, row, now); err != nil {
			return nil, more, err
		}
	}
	query := storage.ListQuery{Owner: row.ID, States: []coach.State{coach.Active, coach.Engaged}, DueBy: today, Limit: considered, OrderDue: true}
	due, err := b.Store.Sights(ctx, query)
	if err != nil {
		return nil, more, err
	}
	more.Due = len(due)
	if more.Due == considered {
		query.Limit = 1
		if _, more.Due, err = b.Store.List(ctx, query); err != nil {
			return nil, more, err
		}
	}
	morning := coach.Case{Playbook: b.Playbook(), Now: now.In(rep.Zone), Rep: rep}
	owed, err := b.Store.Owed(ctx, row.ID, morning.PairDays(), today) // S2: an email announced yesterday, whenever the next attempt is due
	if err != nil || len(due)+len(owed) == 0 {
		return nil, more, err
	}
	more.Owed = len(owed)
	counted := func(p *coach.Prospect) *int { // where a prospect is counted
		if slices.ContainsFunc(owed, func(s coach.Sight) bool { return s.ID == p.ID }) {
			return &more.Owed
		}
		return &more.Due
	}
	first, err := morning.Foremost(shown, append(due, owed...), func(ids []int64) ([]coach.Case, error) {
		lives, err := b.Store.Lives(ctx, ids)
		if err != nil {
			return nil, err
		}
		// Who went to somebody else a moment ago is not shown.
		lives = slices.DeleteFunc(lives, func(p coach.Prospect) bool { return p.Owner != row.ID })
		cases, err := b.cases(ctx, rep, now, lives)
		cases = slices.DeleteFunc(cases, func(c coach.Case) bool {
			settled := c.Prospect.Due > today && !c.Unpaired()
			if settled {
				*counted(c.Prospect)--
			}
			return settled
		})
		return cases, err
	})
	if err != nil {
		return nil, more, err
	}
	cards := make([]view.NudgeCard, 0, shown)
	for _, c := range first {
		card := view.NudgeCard{Prospect: c.Prospect, Advice: c.Brief()}
		card.Pair, card.Owes = owedEmail(c.Case)
		cards = append(cards, card)
		*counted(c.Prospect)--
	}
	return cards, more, nil
}

// ground is a case without its prospect: all that the coach weighs besides a
// life. Due days rest on it too, for they depend on what there is to say (C8).
func (b *Bot) ground(ctx context.Context, rep *coach.Rep, now time.Time) (coach.Case, error) {
	nuggets, err := b.Store.Nuggets(ctx)
	if err != nil {
		return coach.Case{}, err
	}
	evidence, err := b.Store.Evidence(ctx, coach.DateOf(now)-365)
	return coach.Case{Playbook: b.Playbook(), Now: now.In(rep.Zone), Rep: rep, Nuggets: nuggets, Evidence: evidence}, err
}

// on is the case of that prospect on the ground.
func on(ground coach.Case, p *coach.Prospect) coach.Case {
	ground.Prospect = p
	return ground
}

// cases joins lives with what the coach needs besides.
func (b *Bot) cases(ctx context.Context, rep *coach.Rep, now time.Time, lives []coach.Prospect) ([]coach.Case, error) {
	ground, err := b.ground(ctx, rep, now)
	if err != nil {
		return nil, err
	}
	out := make([]coach.Case, len(lives))
	for i := range lives {
		out[i] = on(ground, &lives[i])
	}
	return out, nil
}

// morning does once a day what the calendar brings: who was snoozed until
// today or comes back is active again, who was asked about in an earlier nudge
// is counted as asked (C12), and waiting ones are let in as far as the rep's
// day has room (C11). It is nobody's change and cannot be undone.
func (b *Bot) morning(ctx context.Context, row storage.RepRow, now time.Time) error {
	rep := b.rep(row)
	today := coach.DateOf(now.In(rep.Zone))
	asleep, _, err := b.Store.List(ctx, storage.ListQuery{
		Owner: row.ID, States: []coach.State{coach.Snoozed, coach.MovedOn}, DueBy: today, Limit: considered, OrderDue: true,
	})
	if err != nil {
		return err
	}
	asked, err := b.asked(ctx, row.ID, today)
	if err != nil {
		return err
	}
	waiting, err := b.Store.Full(ctx, storage.ListQuery{Owner: row.ID, States: []coach.State{coach.Waiting}, Limit: considered})
	if err != nil || len(asleep)+len(asked)+len(waiting) == 0 {
		return err
	}
	due, err := b.dueCount(ctx, row.ID, today)
	if err != nil {
		return err
	}
	cases, err := b.cases(ctx, rep, now, waiting)
	if err != nil {
		return err
	}
	ground, err := b.ground(ctx, rep, now)
	if err != nil {
		return err
	}
	change := storage.Change{Key: "morning:" + row.ID + ":" + today.String(), Label: "the morning", At: now}
	_, err = b.Store.Change(ctx, change, func(tx *storage.Tx) error {
		woken, err := b.wakeUp(tx, ground, asleep)
		if err != nil {
			return err
		}
		if err := b.countAsks(tx, rep, asked); err != nil {
			return err
		}
		return b.letIn(tx, rep, due+woken-len(asked), cases)
	})
	return err
}

// ask is one who answered and of whom the nudge of that day has asked.
type ask struct {
	prospect int64
	on       coach.Date
}

// asked are those who answered and of whom an earlier nudge has asked since
// their day came (C12).
func (b *Bot) asked(ctx context.Context, rep string, today coach.Date) (asked []ask, err error) {
	rows, _, err := b.Store.List(ctx, storage.ListQuery{
		Owner: rep, States: []coach.State{coach.Engaged}, DueBy: today - 1, Limit: considered, OrderDue: true,
	})
	for _, r := range rows {
		for day := max(r.Due, today-askedWithin); day < today; day++ {
			_, err := b.Store.Posted(ctx, kindNudge, rep, day)
			if err == nil {
				asked = append(asked, ask{r.ID, day})
				break
			}
			if !errors.Is(err, storage.ErrNotFound) {
				return nil, err
			}
		}
	}
	return asked, err
}

// countAsks counts each as asked on the day of its nudge, from which the next
// seven days run.
func (b *Bot) countAsks(tx *storage.Tx, rep *coach.Rep, asked []ask) error {
	for _, a := range asked {
		p, err := stillOf(tx, rep, a.prospect)
		if err != nil {
			return err
		}
		if p == nil {
			continue
		}
		coach.Case{Playbook: b.Playbook(), Now: a.on.At(12*60, rep.Zone), Rep: rep, Prospect: p}.CountAsk()
	}
	return nil
}

// wakeUp makes active again whose day has come, and tells how many.
func (b *Bot) wakeUp(tx *storage.Tx, ground coach.Case, asleep []storage.Row) (woken int, err error) {
	for _, r := range asleep {
		p, err := stillOf(tx, ground.Rep, r.ID)
		if err != nil {
			return woken, err
		}
		if p == nil {
			continue
		}
		c := on(ground, p)
		if c.Wake() {
			c.Reindex()
			woken++
		}
	}
	return woken, nil
}

// stillOf loads a prospect that a list named a moment ago; nil when it was
// forgotten or handed over since, which is no reason to drop a whole morning.
func stillOf(tx *storage.Tx, rep *coach.Rep, id int64) (*coach.Prospect, error) {
	p, err := tx.Prospect(id)
	if isNotFound(err) || err == nil && p.Owner != rep.ID {
		return nil, nil
	}
	return p, err
}

// letIn begins with waiting ones as far as a day on which due are due has room
// (C11).
func (b *Bot) letIn(tx *storage.Tx, rep *coach.Rep, due int, waiting []coach.Case) error {
	rows := make([]coach.Row, len(waiting))
	byID := make(map[int64]coach.Case, len(waiting))
	for i, c := range waiting {
		rows[i], byID[c.Prospect.ID] = c.Row(), c
	}
	for _, r := range b.Playbook().Admit(rep, due, 0, rows) {
		p, err := stillOf(tx, rep, r.ID)
		if err != nil {
			return err
		}
		if p == nil || p.State != coach.Waiting {
			continue // their own rep was faster
		}
		w := byID[r.ID]
		w.Prospect = p
		if err := w.LetIn(); err != nil {
			return fmt.Errorf("letting prospect %d in: %w", p.ID, err)
		}
		w.Reindex()
	}
	return nil
}

// dueCount is how many are due for the rep up to that day.
func (b *Bot) dueCount(ctx context.Context, rep string, upTo coach.Date) (int, error) {
	_, n, err := b.Store.List(ctx, storage.ListQuery{Owner: rep, States: []coach.State{coach.Active, coach.Engaged}, DueBy: upTo, Limit: 1})
	return n, err
}

// buildNudge makes the morning's message at the moment it is sent (S1).
func (b *Bot) buildNudge(ctx context.Context, m storage.Message, row storage.RepRow, now time.Time) (parcel, error) {
	rep := b.rep(row)
	today := coach.DateOf(now.In(rep.Zone))
	if m.Day < today {
		return parcel{drop: "its day is over"}, nil
	}
	cards, more, err := b.dueNow(ctx, row, now)
	if err != nil {
		return parcel{}, err
	}
	if len(cards) == 0 {
		return parcel{drop: "nothing is due"}, nil
	}
	v := view.NudgeView{Rep: rep, Today: today, Cards: cards, More: more, Slash: b.slash()}
	if row.Why != "" && now.Sub(row.LastWhy) >= 7*24*time.Hour { // S5: at most once a week
		v.Why = row.Why
		if err := b.Store.UpdateRep(ctx, row.ID, func(r *storage.RepRow) error { r.LastWhy = now; return nil }); err != nil {
			return parcel{}, err
		}
	}
	return parcel{Message: view.Nudge(v)}, nil
}
