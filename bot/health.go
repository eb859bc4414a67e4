package bot

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Health is how the bot is, for /healthz, /readyz and doctor.
type Health struct {
	Connected      bool
	Links          int // open sockets of this process
	NumConnections int // as Slack counted them at the last hello, over all replicas
	Replicas       int // that are up on this database, this one included; 0 before the first look
	LastHello      time.Time
	LastEnvelope   time.Time
	LastTick       time.Time
	Trouble        string // one sentence, "" when all is well
	Outbox         map[string]int
	Oldest         time.Time // oldest message that waits to be sent

	shutOut string // why Slack refuses our messages, until it takes one
}

// health gathers what happened; the figures also go to Prometheus.
type health struct {
	mu    sync.Mutex
	state Health
	ready chan struct{}
	once  sync.Once

	metrics
}

func newHealth(reg *prometheus.Registry) *health {
	return &health{ready: make(chan struct{}), metrics: newMetrics(reg)}
}

// note changes the state under the lock.
func (h *health) note(fn func(*Health)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	fn(&h.state)
	h.links.Set(float64(h.state.Links))
}

// hello marks the first connection; Ready waits for it.
func (h *health) hello() { h.once.Do(func() { close(h.ready) }) }

// Ready waits until Slack has greeted us once.
func (b *Bot) Ready(ctx context.Context) error {
	select {
	case <-b.health.ready:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Health tells how the bot is now.
func (b *Bot) Health(ctx context.Context) Health {
	b.health.mu.Lock()
	h := b.health.state
	b.health.mu.Unlock()
	h.Connected = h.Links > 0
	if h.Trouble == "" {
		h.Trouble = h.shutOut
	}
	if stats, err := b.Store.OutboxStats(ctx); err == nil {
		h.Outbox, h.Oldest = stats.Counts, stats.Oldest
	} else if h.Trouble == "" {
		h.Trouble = "the database does not answer"
	}
	return h
}
