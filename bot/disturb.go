package bot

import (
	"context"
	"time"

	"github.com/prospectcoach/prospectcoach/storage"
)

// quiet is a person's do-not-disturb as Slack told it at that moment; without
// one both ends are zero.
type quiet struct{ from, until, read time.Time }

// How long what Slack told of do-not-disturb counts, how many people it tells
// of at once, how often it may be asked, and for how long it may keep a message
// waiting or is left alone when it does not tell.
const (
	quietFresh    = 5 * time.Minute
	quietTogether = 50
	quietWithin   = 5 * time.Second
	quietPause    = time.Minute
)

var disturbing = storage.Pace{Name: "dnd.teamInfo", Every: time.Minute / 18}

// disturb is when the person's do-not-disturb ends, as far as it is known (S4).
func (b *Bot) disturb(id string, now time.Time) time.Time {
	b.people.mu.Lock()
	defer b.people.mu.Unlock()
	q, ok := b.people.quiet[id]
	if !ok || now.Before(q.from) || !now.Before(q.until) {
		return time.Time{}
	}
	return q.until
}

// readQuiet asks for the do-not-disturb of those who are about to be written
// to, where the scope was granted: whoever sends asks, and with them for those
// whose turn comes next, so that a morning of thousands costs one call for each
// fifty. A Slack that does not tell holds nothing up.
func (b *Bot) readQuiet(ctx context.Context, rows []storage.Message) error {
	now := b.now()
	if !b.has("dnd:read") || b.pace.heldUntil(disturbing).After(now) {
		return nil
	}
	ids := b.unread(nil, rows, now)
	if len(ids) == 0 {
		return nil
	}
	next, err := b.Store.Upcoming(ctx, now, now.Add(quietFresh), 2*quietTogether)
	if err != nil {
		return err
	}
	ids = b.unread(ids, next, now)
	if err := b.pace.wait(ctx, answersAhead, disturbing); err != nil {
		return err
	}
	asked, done := context.WithTimeout(ctx, quietWithin)
	defer done()
	got, err := b.api.GetDNDTeamInfoContext(asked, ids)
	if wait, limited := retryAfter(err); limited {
		b.hold(ctx, disturbing, wait)
	}
	if err != nil {
		b.pace.hold(disturbing.Name, now.Add(quietPause))
		b.Log.WithError(hideURL(err)).Warn("do-not-disturb could not be read; Slack still mutes the sound")
		return nil
	}
	b.people.mu.Lock()
	defer b.people.mu.Unlock()
	for _, id := range ids {
		q := quiet{read: now}
		if s, ok := got[id]; ok && s.Enabled {
			q.from, q.until = time.Unix(int64(s.NextStartTimestamp), 0), time.Unix(int64(s.NextEndTimestamp), 0)
		}
		b.people.quiet[id] = q
	}
	return nil
}

// unread adds to ids whom the rows are for, once each and as many as are told
// of at once, unless what was told of them is fresh.
func (b *Bot) unread(ids []string, rows []storage.Message, now time.Time) []string {
	b.people.mu.Lock()
	defer b.people.mu.Unlock()
	in := map[string]bool{}
	for _, id := range ids {
		in[id] = true
	}
	for _, m := range rows {
		if len(ids) == quietTogether {
			break
		}
		if inChannel(m) || in[m.Rep] || now.Sub(b.people.quiet[m.Rep].read) < quietFresh {
			continue
		}
		in[m.Rep] = true
		ids = append(ids, m.Rep)
	}
	return ids
}
