package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// Who was forgotten is taken out of Slack in the background: out of the bot's
// DM with everybody it ever wrote to. What is left to do is in the store, so
// that it goes on after a crash; one replica at a time does it.
const (
	eraserName  = "eraser"
	eraserLease = 10 * time.Minute
	eraseFor    = 24 * time.Hour // how long a DM that cannot be read is tried again

	// kindForgotten tells who asked what could not be taken out.
	kindForgotten = "forgotten"
)

// errTaken ends the work here when another replica does it.
var errTaken = errors.New("another replica takes out who was forgotten")

// eraser is the one work of this process that takes out who was forgotten.
type eraser struct {
	mu      sync.Mutex
	running bool
	again   bool          // something more was asked for meanwhile
	idle    chan struct{} // closed while it does not run
}

func newEraser() *eraser {
	e := &eraser{idle: make(chan struct{})}
	close(e.idle)
	return e
}

// begin tells whether it is to be started; one that runs looks again when it
// is done.
func (e *eraser) begin() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.running {
		e.again = true
		return false
	}
	e.running, e.idle = true, make(chan struct{})
	return true
}

// more tells whether to look again; false: it has ended.
func (e *eraser) more() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.again {
		e.again = false
		return true
	}
	e.running = false
	close(e.idle)
	return false
}

// quiet is closed while it does not run.
func (e *eraser) quiet() <-chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.idle
}

// eraseLater goes on with what is left, without anybody waiting: no person,
// and no stop, for the next start goes on with it.
func (b *Bot) eraseLater(ctx context.Context) error {
	left, err := b.Store.Erasures(ctx)
	if err != nil || len(left) == 0 || !b.eraser.begin() {
		return err
	}
	go func() {
		for more := true; more; more = b.eraser.more() {
			err := b.guard(func() error { return b.erase(b.beside) })
			if err != nil && b.beside.Err() == nil {
				b.Log.WithError(hideURL(err)).Warn("taking out who was forgotten failed; it is tried again in a minute")
			}
		}
	}()
	return nil
}

// erase does all that is left and can be done now.
func (b *Bot) erase(ctx context.Context) error {
	left, err := b.Store.Erasures(ctx)
	if err != nil {
		return err
	}
	for _, e := range left {
		if err = b.erases(ctx); err == nil {
			err = b.eraseOne(ctx, e)
		}
		if errors.Is(err, errTaken) {
			return nil
		}
		if err != nil {
			break
		}
	}
	// Another replica, or the next start of this one, need not wait for our lease.
	now := b.now()
	_, ended := b.Store.TakeLease(context.WithoutCancel(ctx), eraserName, b.Worker, now, now.Add(-time.Millisecond))
	return errors.Join(err, ended)
}

// erases takes or renews the lease of who takes out; errTaken while it is
// somebody else's.
func (b *Bot) erases(ctx context.Context) error {
	now := b.now()
	mine, err := b.Store.TakeLease(ctx, eraserName, b.Worker, now, now.Add(eraserLease))
	if err == nil && !mine {
		err = errTaken
	}
	return err
}

// eraseOne takes one person out: first the messages that are known to be about
// them, then DM by DM, the one of who asked first.
func (b *Bot) eraseOne(ctx context.Context, e storage.Erasure) error {
	rows, err := b.Store.Reps(ctx)
	if err != nil {
		return err
	}
	slices.SortStableFunc(rows, func(x, y storage.RepRow) int { return less(x.ID == e.By, y.ID == e.By) })
	owners := map[string]storage.RepRow{}
	for _, row := range rows {
		owners[row.DM] = row
	}
	if err := b.takeOut(ctx, &e, owners); err != nil {
		return err
	}
	waits := len(e.Known) > 0
	for _, row := range rows {
		if row.DM == "" || slices.Contains(e.Searched, row.ID) {
			continue
		}
		found := &looked{b: b, whom: e}
		if err := b.search(ctx, row.DM, found); err != nil {
			if ctx.Err() != nil || errors.Is(err, errTaken) {
				return err
			}
			b.Log.WithError(hideURL(err)).WithField("user", row.ID).Warn("a DM could not be searched")
			if b.passing(err) && b.now().Sub(e.Began) < eraseFor {
				waits = true
				continue
			}
			e.Unread++
		}
		for _, p := range found.found {
			e.Known = append(e.Known, [2]string{p.channel, p.ts})
		}
		e.Searched = append(e.Searched, row.ID)
		if err := b.Store.SaveErasure(ctx, e); err != nil {
			return err
		}
		if err := b.takeOut(ctx, &e, owners); err != nil {
			return err
		}
		waits = waits || len(e.Known) > 0
	}
	if waits {
		return nil // the next minute goes on
	}
	if !e.Again.IsZero() { // a post on its way in that moment has arrived by then
		if b.now().Before(e.Again) {
			return nil
		}
		e.Searched, e.Again, e.Unread = nil, time.Time{}, 0
		return b.Store.SaveErasure(ctx, e)
	}
	return b.erased(ctx, e)
}

// takeOut deletes the messages that are known to be about somebody; the nudge
// of today is drawn anew without them. What Slack refuses for good is counted.
func (b *Bot) takeOut(ctx context.Context, e *storage.Erasure, owners map[string]storage.RepRow) error {
	if len(e.Known) == 0 {
		return nil
	}
	var left [][2]string
	for _, k := range e.Known {
		err := b.takeOutOne(ctx, posted{k[0], k[1]}, owners[k[0]])
		if err == nil {
			continue
		}
		if ctx.Err() != nil || errors.Is(err, errTaken) {
			return err
		}
		b.Log.WithError(hideURL(err)).Warn("a message about somebody who was forgotten could not be deleted")
		if b.passing(err) && b.now().Sub(e.Began) < eraseFor {
			left = append(left, k)
		} else {
			e.Left++
		}
	}
	e.Known = left
	return b.Store.SaveErasure(ctx, *e)
}

func (b *Bot) takeOutOne(ctx context.Context, m posted, row storage.RepRow) error {
	if row.ID == "" {
		return b.remove(ctx, m)
	}
	nudge, err := b.Store.Posted(ctx, kindNudge, row.ID, coach.DateOf(b.now().In(b.rep(row).Zone)))
	if err != nil && !isNotFound(err) {
		return err
	}
	if err == nil && m.channel == nudge.Channel && m.ts == nudge.TS {
		return b.redrawNudge(ctx, row, m)
	}
	return b.remove(ctx, m)
}

// passing tells whether the same call may go well later.
func (b *Bot) passing(err error) bool {
	_, limited := retryAfter(err)
	_, shut := fatal(err)
	return limited || shut && slackError(err) != "missing_scope" || slackError(err) == "" || unclear(err)
}

// erased ends the work; who asked hears of it only if something is left.
func (b *Bot) erased(ctx context.Context, e storage.Erasure) error {
	if e.Left == 0 && e.Unread == 0 {
		return b.Store.EndErasure(ctx, e, nil)
	}
	defer b.wakeOutbox()
	return b.Store.EndErasure(ctx, e, &storage.Message{
		Key: fmt.Sprintf("forgotten:%d", e.Prospect), Kind: kindForgotten, Rep: e.By, Slot: fmt.Sprintf("%d %d", e.Left, e.Unread), Priority: prioNotice, RunAt: b.now(),
	})
}

// buildForgotten tells what could not be taken out.
func (b *Bot) buildForgotten(m storage.Message) (parcel, error) {
	var left, unread int
	if _, err := fmt.Fscan(strings.NewReader(m.Slot), &left, &unread); err != nil {
		return parcel{}, fmt.Errorf("what could not be taken out: %w", err)
	}
	return parcel{Message: view.ForgottenLeft(left, unread)}, nil
}

// less puts what is true first.
func less(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return -1
	}
	return 1
}
