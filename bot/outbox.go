package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sirupsen/logrus"
	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/storage"
)

// The kinds of messages that nobody asked for. A row of the outbox names the
// kind, the rep, the day and the slot; the text is made when it is sent.
const (
	kindNudge    = "nudge"    // the morning nudge (S1)
	kindReminder = "reminder" // a single reminder (H2, C5)
	kindAnswered = "answered" // somebody at that company answered (V8c)
	kindNever    = "never"    // somebody of theirs asked a colleague not to be contacted (V5)
	kindOffer    = "offer"    // a colleague asks to take a prospect over
	kindDeclined = "declined" // the colleague said no
	kindHanded   = "handed"   // a prospect went from hand to hand
	kindWeekly   = "weekly"   // the team's week in the channel (S6)
	kindOwnWeek  = "own_week" // the rep's own week
	kindGone     = "gone"     // to a manager: a rep left
	kindFaults   = "faults"   // to a manager: templates that cannot be read (C2)
	kindChannel  = "channel"  // to a manager: the week could not be posted, and why
	kindUnclear  = "unclear"  // to a manager: nobody can tell whether the week was posted
)

// Priorities: what comes first when several are due.
const (
	prioReminder = 1
	prioNudge    = 2
	prioNotice   = 3
	prioWeek     = 4
)

// How many rows are claimed at a time, and how many posts may be on their way
// side by side: what is on its way when a process dies has to be looked for.
// How often a message may fail, and how long it waits when Slack does not let
// us in.
const (
	batch       = 8
	sideBySide  = 8
	maxFailures = 8
	shutOutFor  = 5 * time.Minute
)

// parcel is a message made for sending: or why it is not sent, or not yet.
type parcel struct {
	view.Message
	channel string
	thread  string
	later   time.Time
	drop    string
}

// wakeOutbox tells the sender that something may be due.
func (b *Bot) wakeOutbox() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// sendLoop sends what is due until ctx ends. Rows queued by another replica
// are noticed within a second.
func (b *Bot) sendLoop(ctx context.Context) {
	for ctx.Err() == nil {
		if err := b.guard(func() error { return b.drain(ctx) }); err != nil && ctx.Err() == nil {
			b.Log.WithError(err).Error("sending failed")
		}
		t := time.NewTimer(time.Second)
		select {
		case <-ctx.Done():
		case <-b.wake:
		case <-t.C:
		}
		t.Stop()
	}
}

// drain sends everything that is due now and returns when that is done. One
// replica at a time does it, so that Slack's budget is one.
func (b *Bot) drain(ctx context.Context) error {
	select {
	case b.sender <- struct{}{}:
		defer func() { <-b.sender }()
	case <-ctx.Done():
		return ctx.Err()
	}
	now := b.now()
	next, err := b.Store.NextRun(ctx)
	if err != nil {
		return err
	}
	due := !next.IsZero() && !next.After(now) && !b.pace.heldUntil(posting).After(now)
	sweep := b.sweep.Swap(false)
	if !due && !sweep {
		return nil
	}
	if mine, err := b.Store.TakeLease(ctx, senderName, b.Worker, now, now.Add(senderLease)); err != nil || !mine {
		return err
	}
	b.fleet.setSending(true)
	defer b.fleet.setSending(false)
	if _, err := b.Store.Expired(ctx, now); err != nil {
		return err
	}
	for more := true; more && err == nil; {
		if err = b.sendDue(ctx); err == nil {
			more, err = b.heal(ctx)
		}
	}
	return err
}

// sendDue claims a few rows at a time and sends them, as long as any are due.
// They are made and paced one after the other, in their order; the calls to
// Slack may then be on their way side by side, so that a slow answer does not
// keep the next one from its moment. It returns when all are answered.
func (b *Bot) sendDue(ctx context.Context) (err error) {
	posts := newPosts()
	defer func() { err = errors.Join(err, posts.wait()) }()
	for ctx.Err() == nil && !posts.failed() {
		now := b.now()
		if b.pace.heldUntil(posting).After(now) {
			return nil
		}
		if mine, err := b.Store.TakeLease(ctx, senderName, b.Worker, now, now.Add(senderLease)); err != nil || !mine {
			return err
		}
		rows, err := b.Store.Claim(ctx, b.Worker, now, now.Add(rowLease), batch)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			// What is on its way may cause more, as a person who left does.
			if !posts.any() {
				return nil
			}
			if err := posts.wait(); err != nil {
				return err
			}
			continue
		}
		if err := b.readQuiet(ctx, rows); err != nil {
			return err
		}
		for i, m := range rows {
			posts.before(m)
			if held := b.pace.heldUntil(posting); ctx.Err() != nil || held.After(b.now()) {
				// The call never began, so the row goes back as it was.
				if err := b.Store.Release(context.WithoutCancel(ctx), m, later(b.now(), held)); err != nil {
					return err
				}
				continue
			}
			if err := b.send(ctx, m, posts); err != nil {
				return fmt.Errorf("sending row %d of %d: %w", i+1, len(rows), err)
			}
		}
	}
	return nil
}

// send makes one message, waits for its moment and has it posted.
func (b *Bot) send(ctx context.Context, m storage.Message, posts *posts) error {
	done, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishWithin)
	defer cancel()
	log := b.Log.WithFields(logrus.Fields{"kind": m.Kind, "user": m.Rep, "row": m.ID})
	p, err := b.build(done, m)
	switch {
	case err != nil && b.shutOut(err, log):
		return b.Store.Release(done, m, b.now().Add(shutOutFor))
	case err != nil && away(err):
		log.WithError(hideURL(err)).Warn("Slack does not answer, trying again in a minute")
		return b.Store.Release(done, m, b.now().Add(time.Minute))
	case err != nil && b.spent(m):
		log.WithError(err).Error("a message could not be made, given up")
		return b.Store.Drop(done, m, "could not be made")
	case err != nil:
		log.WithError(err).Error("a message could not be made, it is tried again")
		return b.Store.Failed(done, m, b.now().Add(backOff(m.Failures)))
	case p.drop != "":
		b.health.sends.WithLabelValues(m.Kind, "dropped").Inc()
		log.WithField("why", p.drop).Info("not sent")
		return b.Store.Drop(done, m, p.drop)
	case !p.later.IsZero():
		return b.Store.Release(done, m, p.later)
	}
	if err := b.pace.post(ctx, p.channel, 0); err != nil {
		return b.Store.Release(done, m, b.now())
	}
	posts.start(m, func() error { return b.guard(func() error { return b.deliver(ctx, m, p, log) }) })
	return nil
}

// deliver posts one message. The row is marked as being sent before the call,
// and what the call did is written after it even when we are about to stop;
// only what Slack refused for certain may be tried again.
func (b *Bot) deliver(ctx context.Context, m storage.Message, p parcel, log *logrus.Entry) error {
	ctx = context.WithoutCancel(ctx)
	if mine, err := b.Store.Sending(ctx, m); err != nil || !mine {
		return err
	}
	done, cancel := context.WithTimeout(ctx, finishWithin)
	defer cancel()
	ch, ts, err := b.post(done, p.channel, p.thread, p.Message, metadata(m))
	if err == nil {
		b.health.sends.WithLabelValues(m.Kind, "sent").Inc()
		b.health.note(func(h *Health) { h.shutOut = "" })
		log.Info("sent")
		_, err = b.Store.Sent(ctx, m, ch, ts)
		return err
	}
	return b.unsent(ctx, m, p, err, log)
}

// unsent decides what becomes of a row whose post did not go well.
func (b *Bot) unsent(ctx context.Context, m storage.Message, p parcel, cause error, log *logrus.Entry) error {
	outcome := func(s string) { b.health.sends.WithLabelValues(m.Kind, s).Inc() }
	if wait, limited := retryAfter(cause); limited {
		outcome("limited")
		b.hold(ctx, posting, wait)
		log.WithField("retry_after", wait).Warn("Slack asks to wait")
		return b.Store.Release(ctx, m, b.pace.heldUntil(posting))
	}
	if unclear(cause) {
		outcome("unclear")
		b.sweep.Store(true)
		log.WithError(hideURL(cause)).Warn("nobody can tell whether it was posted, looking for it")
		return b.Store.Unclear(ctx, m)
	}
	if away(cause) {
		outcome("lost")
		log.WithError(hideURL(cause)).Warn("Slack cannot be reached, trying again in a minute")
		return b.Store.Release(ctx, m, b.now().Add(time.Minute))
	}
	outcome("refused")
	if b.shutOut(cause, log) {
		return b.Store.Release(ctx, m, b.now().Add(shutOutFor))
	}
	log.WithError(cause).Error("Slack refused a message")
	if m.Kind == kindWeekly { // the managers first: who dies in between does both again
		if err := b.tellManagers(ctx, kindChannel, slackError(cause), m.Key, m.Day); err != nil {
			return err
		}
	}
	if inChannel(m) {
		return b.Store.Drop(ctx, m, slackError(cause))
	}
	switch slackError(cause) {
	case "user_disabled", "channel_not_found", "user_not_found", "is_inactive", "cannot_dm_bot":
		if err := b.markGone(ctx, m.Rep); err != nil {
			return err
		}
		return b.Store.Drop(ctx, m, slackError(cause))
	}
	if refusedBlocks(cause) || b.spent(m) {
		return b.Store.Drop(ctx, m, slackError(cause))
	}
	return b.Store.Failed(ctx, m, b.now().Add(backOff(m.Failures)))
}

// spent tells whether a message failed often enough to be given up. One that
// belongs to a day is tried until that day is over everywhere.
func (b *Bot) spent(m storage.Message) bool {
	return (m.Day == 0 || b.dayOver(m)) && m.Failures >= maxFailures
}

// dayOver tells whether the day a message belongs to is over everywhere.
func (b *Bot) dayOver(m storage.Message) bool {
	return b.now().After((m.Day + 1).At(12*60, time.UTC))
}

// backOff is how long a message waits after so many tries that came to nothing:
// a minute at first, half an hour at most.
func backOff(tries int) time.Duration {
	return min(time.Minute<<min(tries, 6), 30*time.Minute)
}

// shutOut tells whether Slack does not let the app in at all. Nothing is wrong
// with the message then; it waits until the app is let in again.
func (b *Bot) shutOut(cause error, log *logrus.Entry) bool {
	say, shut := fatal(cause)
	if shut {
		b.health.note(func(h *Health) { h.shutOut = say })
		log.Error(say)
	}
	return shut
}

// metadata marks a message so that it can be found again after a crash. It
// carries an opaque key alone: everybody in the workspace can read it.
func metadata(m storage.Message) *slack.SlackMetadata {
	kind := "prospect_reminder"
	switch m.Kind {
	case kindNudge:
		kind = "prospect_nudge"
	case kindWeekly, kindOwnWeek, kindRepWeek:
		kind = "weekly_summary"
	}
	return &slack.SlackMetadata{EventType: kind, EventPayload: map[string]any{"key": opaque(m.Key)}}
}
