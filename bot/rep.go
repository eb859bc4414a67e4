package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// errLeft is who is told nothing: somebody deactivated in Slack.
var errLeft = errors.New("deactivated in Slack")

// rowOf reads the rep's row and makes it when the person is new. The first
// nudge is the next one of their zone.
func (b *Bot) rowOf(ctx context.Context, p person) (storage.RepRow, error) {
	row, err := b.Store.Rep(ctx, p.ID)
	if err == nil {
		if !row.Gone && !row.NextNudge.IsZero() && row.Zone != nil {
			return row, nil
		}
		if row.Gone {
			// Another replica heard that they left, and ours may not know it yet.
			if p, err = b.ask(ctx, p.ID); err != nil {
				return row, err
			}
			if p.Deleted {
				return row, errLeft
			}
		}
		// Somebody came back, or a restore left no next nudge.
		err = b.Store.UpdateRep(ctx, p.ID, func(r *storage.RepRow) error {
			r.Gone = false
			if r.Zone == nil {
				r.Zone = b.zoneOf(p)
			}
			b.replan(r, b.now())
			row = *r
			return nil
		})
		return row, err
	}
	if !errors.Is(err, storage.ErrNotFound) {
		return row, err
	}
	row = storage.RepRow{Rep: coach.Rep{ID: p.ID, Name: p.Name, Zone: b.zoneOf(p)}, Handle: p.Handle}
	row.NextNudge = b.NextNudge(row, b.now())
	err = b.Store.AddRep(ctx, row)
	if errors.Is(err, storage.ErrConflict) { // another replica met them in the same moment
		return b.Store.Rep(ctx, p.ID)
	}
	return row, err
}

// zoneOf is the person's zone as Slack knows it, else the team's. Slack's
// offset is never used: it moves with daylight saving time.
func (b *Bot) zoneOf(p person) *time.Location {
	if p.TZ != "" {
		if z, err := time.LoadLocation(p.TZ); err == nil {
			return z
		}
	}
	return b.Settings.TeamZone
}

// rep fills the team's defaults into what the rep did not set, for the coach.
func (b *Bot) rep(row storage.RepRow) *coach.Rep {
	r, s := row.Rep, b.Settings
	if r.Company == "" {
		r.Company = s.Company
	}
	if r.Zone == nil {
		r.Zone = s.TeamZone
	}
	if r.Country == "" {
		r.Country = s.Holidays
	}
	if r.WorkingDays == 0 {
		r.WorkingDays = s.WorkingDays
	}
	if r.To == 0 {
		r.From, r.To = s.From, s.To
	}
	if r.NudgeAt <= 0 {
		r.NudgeAt = b.nudgeH
	}
	if r.Daily <= 0 {
		r.Daily = b.Playbook().Limits.Daily
	}
	return &r
}

// NextNudge is the rep's first nudge slot after a moment.
func (b *Bot) NextNudge(row storage.RepRow, after time.Time) time.Time {
	return nextNudge(b.Playbook(), b.rep(row), after)
}

// replan gives the rep their next nudge after a change of theirs. One whose hour
// has come waits for the beat that sends it: it stays, unless the change gave
// today another hour or no nudge at all (S1).
func (b *Bot) replan(r *storage.RepRow, now time.Time) {
	rep, next := b.rep(*r), b.NextNudge(*r, now)
	waits := !r.NextNudge.IsZero() && !r.NextNudge.After(now) && allowed(b.Playbook(), rep, now)
	if waits && (next.IsZero() || coach.DateOf(next.In(rep.Zone)) > coach.DateOf(now.In(rep.Zone))) {
		return
	}
	r.NextNudge = next
}

// dm is the id of the bot's DM with the rep, opened once and kept.
func (b *Bot) dm(ctx context.Context, row storage.RepRow) (string, error) {
	if row.DM != "" {
		return row.DM, nil
	}
	ch, _, _, err := b.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{row.ID}, ReturnIM: true})
	if err != nil {
		return "", fmt.Errorf("opening the DM with %s: %w", row.ID, err)
	}
	if ch == nil || ch.ID == "" {
		return "", fmt.Errorf("opening the DM with %s: %w", row.ID, errNoTS)
	}
	return ch.ID, b.Store.UpdateRep(ctx, row.ID, func(r *storage.RepRow) error { r.DM = ch.ID; return nil })
}

// learnDM finds out, once, whether the conversation of a delivery is the bot's
// own DM with the person: other DMs look the same from here.
func (b *Bot) learnDM(ctx context.Context, d *delivery, row *storage.RepRow) error {
	if row.DM != "" {
		return nil
	}
	if d.kind == "event" && d.event.inner.Type == "message" {
		row.DM = d.event.inner.channel() // wanted() lets only the bot's own DM through
		return b.Store.UpdateRep(ctx, row.ID, func(r *storage.RepRow) error { r.DM = row.DM; return nil })
	}
	channel := b.placeOf(d, nil).channel
	if channel == "" || channel[0] != 'D' {
		return nil
	}
	dm, err := b.dm(ctx, *row)
	row.DM = dm
	return err
}
