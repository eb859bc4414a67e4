package bot

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/prospectcoach/prospectcoach/storage"
)

// Slack waits three seconds for an acknowledgement, so the buckets are fine
// below it.
var waits = []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2, 2.5, 3, 5, 10, 20}

// metrics are the figures for Prometheus. No label ever holds what a person
// typed, a user's id or a secret.
type metrics struct {
	envelopes *prometheus.CounterVec
	turns     *prometheus.CounterVec
	sends     *prometheus.CounterVec
	acks      *prometheus.HistogramVec
	answers   *prometheus.HistogramVec
	ticks     prometheus.Histogram
	tickFails prometheus.Counter
	calls     *prometheus.CounterVec
	callTimes *prometheus.HistogramVec
	links     prometheus.Gauge
	queued    prometheus.Gauge
}

func newMetrics(reg *prometheus.Registry) metrics {
	count := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	}
	time := func(name, help string, labels ...string) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: waits}, labels)
	}
	m := metrics{
		envelopes: count("prospectcoach_envelopes_total", "Envelopes received from Slack, by type.", "type"),
		turns:     count("prospectcoach_turns_total", "What people did, by route and outcome (ok, refused, failed, unseen).", "route", "outcome"),
		sends:     count("prospectcoach_sends_total", "Unasked messages, by kind and outcome (sent, healed, dropped, limited, lost, unclear, refused).", "kind", "outcome"),
		acks:      time("prospectcoach_ack_duration_seconds", "From an envelope's arrival to its acknowledgement, by kind.", "kind"),
		answers:   time("prospectcoach_answer_duration_seconds", "From an envelope's arrival to the answer shown, by kind.", "kind"),
		ticks: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "prospectcoach_tick_duration_seconds", Help: "One minute's look at the clock, its sends included.",
			Buckets: []float64{.005, .025, .1, .5, 1, 5, 15, 60, 180, 600}}),
		tickFails: prometheus.NewCounter(prometheus.CounterOpts{Name: "prospectcoach_tick_failures_total", Help: "Looks at the clock that failed; the next one tries again."}),
		calls:     count("prospectcoach_slack_requests_total", "Calls to Slack, by method and outcome (ok, refused, limited, failed, lost).", "method", "outcome"),
		callTimes: time("prospectcoach_slack_request_duration_seconds", "Calls to Slack until the answer began, by method.", "method"),
		links:     prometheus.NewGauge(prometheus.GaugeOpts{Name: "prospectcoach_sockets", Help: "Open sockets of this process to Slack."}),
		queued:    prometheus.NewGauge(prometheus.GaugeOpts{Name: "prospectcoach_queue_length", Help: "Things people did that wait for their turn."}),
	}
	reg.MustRegister(m.envelopes, m.turns, m.sends, m.acks, m.answers, m.ticks, m.tickFails, m.calls, m.callTimes, m.links, m.queued)
	return m
}

// figures are what is looked up when somebody asks for the metrics.
type figures struct{ b *Bot }

var (
	outboxCount  = prometheus.NewDesc("prospectcoach_outbox_messages", "Unasked messages that are not over, by state (pending, sending, unknown).", []string{"state"}, nil)
	outboxAge    = prometheus.NewDesc("prospectcoach_outbox_oldest_seconds", "How long the oldest message that should be out by now has waited.", nil, nil)
	connections  = prometheus.NewDesc("prospectcoach_slack_connections", "Sockets of all replicas as Slack counted them at our last hello.", nil, nil)
	replicas     = prometheus.NewDesc("prospectcoach_replicas", "Replicas that are up on this database, this one included; 0 before the first look.", nil, nil)
	lastHello    = prometheus.NewDesc("prospectcoach_last_hello_timestamp_seconds", "When Slack greeted us last, 0 if never.", nil, nil)
	lastEnvelope = prometheus.NewDesc("prospectcoach_last_envelope_timestamp_seconds", "When the last envelope came, 0 if none did.", nil, nil)
	lastTick     = prometheus.NewDesc("prospectcoach_last_tick_timestamp_seconds", "When we looked at the clock last, 0 if never.", nil, nil)
	readyNow     = prometheus.NewDesc("prospectcoach_ready", "1 while /readyz says 200.", nil, nil)
)

// Describe names the figures.
func (f figures) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{outboxCount, outboxAge, connections, replicas, lastHello, lastEnvelope, lastTick, readyNow} {
		out <- d
	}
}

// Collect looks the figures up.
func (f figures) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	h, now := f.b.Health(ctx), f.b.now()
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	if h.Outbox != nil { // without the database there is no figure, rather than a wrong one
		for _, state := range []string{storage.Pending, storage.Sending, storage.Unknown} {
			gauge(outboxCount, float64(h.Outbox[state]), state)
		}
		late := 0.0
		if !h.Oldest.IsZero() {
			late = max(0, now.Sub(h.Oldest).Seconds())
		}
		gauge(outboxAge, late)
	}
	gauge(connections, float64(h.NumConnections))
	gauge(replicas, float64(h.Replicas))
	gauge(lastHello, seconds(h.LastHello))
	gauge(lastEnvelope, seconds(h.LastEnvelope))
	gauge(lastTick, seconds(h.LastTick))
	ready := 0.0
	if f.b.ready(h, now) && f.b.Store.Ping(ctx) == nil {
		ready = 1
	}
	gauge(readyNow, ready)
}

func seconds(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / 1000
}
