package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// reindexAll rewrites the due days of a rep's prospects after a change of
// their calendar (C8). What is stored is only an index: nothing is changed by
// it, and nothing lost to undo.
func (b *Bot) reindexAll(ctx context.Context, row storage.RepRow, now time.Time) error {
	rows, _, err := b.Store.List(ctx, storage.ListQuery{
		Owner: row.ID, States: []coach.State{coach.Active, coach.Snoozed, coach.Engaged, coach.MovedOn},
	})
	if err != nil {
		return err
	}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return b.reindex(ctx, row, ids, now)
}

// followRules rewrites everybody's due days when what they rest on is another
// than at the last look: the cadence, its limits or the levels of titles, which
// a team may edit, or the team's own working days and holidays (C8).
func (b *Bot) followRules(ctx context.Context, now time.Time) error {
	const key = "rules"
	pb := b.Playbook()
	h := sha256.Sum256(fmt.Append(nil, pb.Cadence, pb.Limits, pb.Titles, b.Settings.WorkingDays, b.Settings.Holidays))
	mark := hex.EncodeToString(h[:8])
	was, err := b.Store.Meta(ctx, key)
	if err != nil || was == mark {
		return err
	}
	rows, err := b.Store.Reps(ctx)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if was == "" {
			break // a new installation: nothing rests on other rules
		}
		if err := b.reindexAll(ctx, row, now); err != nil {
			return err
		}
	}
	return b.Store.SetMeta(ctx, key, mark)
}

// reindexOwed rewrites the due days that a change could not rewrite itself,
// because its process died in between or its time was over (C8).
func (b *Bot) reindexOwed(ctx context.Context, now time.Time) error {
	owed, err := b.Store.Debts(ctx)
	if err != nil {
		return err
	}
	for _, o := range owed {
		row, err := b.Store.Rep(ctx, o.Rep)
		if err == nil {
			err = b.reindexAll(ctx, row, now)
		}
		if err != nil && !isNotFound(err) {
			return err
		}
		if err := b.Store.Paid(ctx, o); err != nil {
			return err
		}
	}
	return nil
}

// settle pays what a change of a rep's settings owes, if it owes anything.
func (b *Bot) settle(ctx context.Context, row storage.RepRow, d storage.Debt, now time.Time) {
	owes, err := b.Store.Owes(ctx, d)
	if err == nil && !owes {
		return
	}
	if err == nil {
		err = b.reindexAll(ctx, row, now)
	}
	b.paid(ctx, err, d)
}

// paid ends the debts of a change that wrote the due days anew itself. Where it
// could not, the change stands all the same and the next beat does it.
func (b *Bot) paid(ctx context.Context, err error, debts ...storage.Debt) {
	for _, o := range debts {
		if err == nil {
			err = b.Store.Paid(ctx, o)
		}
	}
	if err != nil {
		b.Log.WithError(err).Warn("due days could not be written anew at once; the next minute does it")
	}
}

func (b *Bot) reindex(ctx context.Context, row storage.RepRow, ids []int64, now time.Time) error {
	ground, err := b.ground(ctx, b.rep(row), now)
	if err != nil {
		return err
	}
	return b.Store.Reindex(ctx, ids, func(p *coach.Prospect) coach.Date {
		on(ground, p).Reindex()
		return p.Due
	})
}

// reindexedOnUndo is how many prospects are looked at after an undo. Only an
// import has more, and of one that was undone nothing is left.
const reindexedOnUndo = 50

// reindexUndone does so for what an undo brought back: the calendar may have
// changed since, or have been what was undone.
func (b *Bot) reindexUndone(ctx context.Context, u storage.Undone, now time.Time) error {
	for _, id := range u.Reps {
		row, err := b.Store.Rep(ctx, id)
		if err != nil {
			return err
		}
		if err := b.reindexAll(ctx, row, now); err != nil {
			return err
		}
	}
	for _, id := range u.Prospects[:min(len(u.Prospects), reindexedOnUndo)] {
		p, err := b.Store.Prospect(ctx, id)
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return err
		}
		row, err := b.Store.Rep(ctx, p.Owner)
		if err != nil {
			return err
		}
		if err := b.reindex(ctx, row, []int64{id}, now); err != nil {
			return err
		}
	}
	return nil
}
