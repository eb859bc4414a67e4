package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// Tick compares what is stored with now and queues what has become due. Without
// a heartbeat it returns when the sends are done too. Late is fine, lost is not:
// it may be called at any time and any number of times.
func (b *Bot) Tick(ctx context.Context, now time.Time) error {
	b.health.note(func(h *Health) { h.LastTick = now })
	err := errors.Join(
		b.fireDaily(ctx, now),
		b.reindexOwed(ctx, now), // before anybody is told what is due
		b.planNudges(ctx, now),
		b.fireNudges(ctx, now),
		b.fireWeek(ctx, now),
		b.readTemplates(ctx, now),
		b.followRules(ctx, now),
		b.eraseLater(ctx),
	)
	if b.Heartbeat < 0 { // else presentLoop does it more often
		err = errors.Join(err, b.present(ctx, now))
	}
	if b.Heartbeat >= 0 { // the sender has a loop of its own: a long morning, or a Slack that is down, does not keep the clock
		b.wakeOutbox()
	} else {
		err = errors.Join(err, b.drain(ctx))
	}
	return errors.Join(err, b.sweepImports(ctx, now, sweptAMinute))
}

// fireDaily has the users read again once a day and throws old rows away.
func (b *Bot) fireDaily(ctx context.Context, now time.Time) error {
	last, err := b.Store.Slot(ctx, "daily")
	if err != nil || now.Sub(last) < 24*time.Hour {
		return err
	}
	mine, err := b.Store.Fire(ctx, "daily", now, nil)
	if err != nil || !mine {
		return err
	}
	if _, err := b.Store.Prune(ctx, now.AddDate(0, 0, -60)); err != nil {
		return err
	}
	if b.Heartbeat < 0 { // else the morning's messages would wait for it
		b.lookAround(ctx)
		return nil
	}
	select {
	case b.reread <- struct{}{}:
	default: // the last time has not begun yet
	}
	return nil
}

// planNudges gives everybody who has none their next nudge: reps who came by
// another way than writing to the bot, or who resumed.
func (b *Bot) planNudges(ctx context.Context, now time.Time) error {
	rows, err := b.Store.Unplanned(ctx)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(rows, nudgesTogether) {
		var plans []storage.NudgePlan
		for _, row := range some {
			if next := b.NextNudge(row, now); !next.IsZero() {
				plans = append(plans, storage.NudgePlan{Rep: row.ID, Was: row.NextNudge, Next: next})
			}
		}
		if _, err := b.Store.FireNudges(ctx, plans...); err != nil {
			return err
		}
	}
	return nil
}

// fireNudges queues the nudge of everybody whose hour has come, one per rep
// and local day (S1), and plans the next.
func (b *Bot) fireNudges(ctx context.Context, now time.Time) error {
	for {
		rows, err := b.Store.NudgesDue(ctx, now, nudgesTogether)
		if err != nil || len(rows) == 0 {
			return err
		}
		plans := make([]storage.NudgePlan, len(rows))
		for i, row := range rows {
			if plans[i], err = b.planNudge(ctx, row, now); err != nil {
				return err
			}
		}
		if _, err := b.Store.FireNudges(ctx, plans...); err != nil {
			return err
		}
		if len(rows) < nudgesTogether {
			return nil
		}
	}
}

// nudgesTogether is how many nudges are planned in one transaction.
const nudgesTogether = 100

// planNudge is one rep's nudge for today and the time of the next. Outside the
// allowed hours it moves to the next allowed moment instead of being lost (S4).
func (b *Bot) planNudge(ctx context.Context, row storage.RepRow, now time.Time) (storage.NudgePlan, error) {
	rep, pb := b.rep(row), b.Playbook()
	plan := storage.NudgePlan{Rep: row.ID, Was: row.NextNudge}
	today := coach.DateOf(now.In(rep.Zone))
	if !allowed(pb, rep, now) {
		plan.Next = nextNudge(pb, rep, now)
		return plan, nil
	}
	endOfDay := (today + 1).At(0, rep.Zone).Add(-time.Second)
	plan.Next = nextNudge(pb, rep, endOfDay)
	plan.Message = &storage.Message{
		Key: kindNudge + ":" + row.ID + ":" + today.String(), Kind: kindNudge, Rep: row.ID, Day: today, Priority: prioNudge, RunAt: now,
	}
	// The reminders first: once the nudge is planned nobody looks again, and a
	// reminder that is queued twice is still one.
	return plan, b.planReminders(ctx, row, now, plan.Next)
}

// readTemplates takes the team's own templates up when they changed; what is
// wrong with them is logged and told to the managers once (C2).
func (b *Bot) readTemplates(ctx context.Context, now time.Time) error {
	if b.Refresh == nil {
		return nil
	}
	faults := b.Refresh(now)
	b.people.mu.Lock()
	b.people.faults = faults
	b.people.mu.Unlock()
	mark := ""
	if len(faults) > 0 {
		h := sha256.Sum256([]byte(strings.Join(faults, "\n")))
		mark = hex.EncodeToString(h[:6])
	}
	was, err := b.Store.Meta(ctx, "template_faults")
	if err != nil || was == mark {
		return err
	}
	for _, f := range faults {
		b.Log.Error("template: " + f)
	}
	if mark != "" {
		if err := b.tellManagers(ctx, kindFaults, "", mark); err != nil {
			return err
		}
	}
	return b.Store.SetMeta(ctx, "template_faults", mark)
}

// currentFaults are those of the last reading.
func (b *Bot) currentFaults() []string {
	b.people.mu.Lock()
	defer b.people.mu.Unlock()
	return b.people.faults
}
