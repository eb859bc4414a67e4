package bot

import (
	"context"
	"sync"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/prospectcoach/prospectcoach/storage"
)

// What replicas hold, and for how long without renewing it. A replica that
// dies is taken over when its leases have run out: the sender's first, then
// the rows'. A row's is three times the longest call (finishWithin), so that
// one renewal may fail and a slow answer of Slack's still be noted in time.
const (
	presentFor  = 15 * time.Second
	senderName  = "sender"
	senderLease = 15 * time.Second
	rowLease    = 30 * time.Second
	renewals    = 12 // in one heartbeat: every five seconds
)

// fleet is what this process knows of the replicas, itself included.
type fleet struct {
	mu      sync.Mutex
	now     storage.Fleet
	sending bool      // we hold the sender's lease and may hold rows
	asked   time.Time // when we last asked who had changed
	judged  time.Time // the hello whose count of connections was judged
	strikes int       // how often in a row that count was too high
}

// alone tells whether nobody else is up: then nothing has to be shared.
func (f *fleet) alone() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now.Replicas < 2
}

func (f *fleet) setSending(on bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sending = on
}

// presentLoop says every few seconds that we are up, until ctx ends.
func (b *Bot) presentLoop(ctx context.Context) {
	for sleep(ctx, b.Heartbeat/renewals) == nil {
		if err := b.guard(func() error { return b.present(ctx, b.now()) }); err != nil && ctx.Err() == nil {
			b.Log.WithError(err).Warn("the other replicas could not be told that we are up")
		}
	}
}

// present says that we are up, renews what we hold, and hears what the other
// replicas found out: Slack's Retry-After, who changed, and what a dead one
// left behind.
func (b *Bot) present(ctx context.Context, now time.Time) error {
	b.health.mu.Lock()
	h := b.health.state
	b.health.mu.Unlock()
	all, err := b.Store.Present(ctx, b.Worker, h.Links, now, now.Add(presentFor))
	if err != nil {
		return err
	}
	f := &b.fleet
	f.mu.Lock()
	first, others, sending := f.now.Replicas == 0, all.Replicas > 1, f.sending
	f.now = all
	strangers := f.strangers(h)
	f.mu.Unlock()
	b.health.note(func(h *Health) { h.Replicas = all.Replicas })
	if strangers {
		b.Log.WithFields(logrus.Fields{"connections": h.NumConnections, "replicas": all.Replicas, "ours": all.Sockets}).
			Warn("Slack counts more connections than our replicas have; another program uses this app's token and takes part of the traffic")
	}
	if sending {
		if err := b.renew(ctx, now); err != nil {
			return err
		}
	}
	if first || others {
		held, err := b.Store.HeldPaces(ctx, now)
		if err != nil {
			return err
		}
		for name, until := range held {
			b.pace.hold(name, until)
		}
		if err := b.hearOfPeople(ctx, now); err != nil {
			return err
		}
	}
	left, err := b.Store.Unsettled(ctx, now)
	if left > 0 {
		b.sweep.Store(true)
		b.wakeOutbox()
	}
	return err
}

// renew makes the leases longer that we hold while we send.
func (b *Bot) renew(ctx context.Context, now time.Time) error {
	if _, err := b.Store.TakeLease(ctx, senderName, b.Worker, now, now.Add(senderLease)); err != nil {
		return err
	}
	_, err := b.Store.Renew(ctx, b.Worker, now.Add(rowLease))
	return err
}

// strangers tells, once for each greeting of Slack's, whether it counted more
// connections than all replicas have. Each says every few seconds how many
// sockets it has, and has one more while one takes over from another; so only
// the third look in a row is believed.
func (f *fleet) strangers(h Health) bool {
	if h.LastHello.Equal(f.judged) {
		return false
	}
	if h.NumConnections <= f.now.Sockets {
		f.judged, f.strikes = h.LastHello, 0
		return false
	}
	if f.strikes++; f.strikes < 3 {
		return false
	}
	f.judged, f.strikes = h.LastHello, 0
	return true
}

// letGo ends our leases, so that another replica need not wait until they run
// out.
func (b *Bot) letGo() {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	now := b.now()
	if _, err := b.Store.TakeLease(ctx, senderName, b.Worker, now, now.Add(-time.Millisecond)); err != nil {
		b.Log.WithError(err).Warn("the sender's lease could not be given back; it ends within seconds")
	}
	if _, err := b.Store.Present(ctx, b.Worker, 0, now, now.Add(-time.Millisecond)); err != nil {
		b.Log.WithError(err).Warn("the other replicas could not be told that we leave")
	}
}
