package bot

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// HTTPHandler serves /healthz (the process lives), /readyz (it does its work)
// and /metrics. It shows figures only, no names and no secrets.
func (b *Bot) HTTPHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		answer(w, http.StatusOK, map[string]any{"ok": true, "version": b.Version})
	})
	mux.HandleFunc("GET /readyz", b.readyz)
	mux.Handle("GET /metrics", promhttp.HandlerFor(b.Registry, promhttp.HandlerOpts{}))
	return mux
}

// readyz is 200 while a socket is up, the database answers, the clock was
// looked at within three minutes, and nothing has waited to be sent for long.
func (b *Bot) readyz(w http.ResponseWriter, r *http.Request) {
	h := b.Health(r.Context())
	status := http.StatusOK
	if !b.ready(h, b.now()) || b.Store.Ping(r.Context()) != nil {
		status = http.StatusServiceUnavailable
	}
	answer(w, status, map[string]any{
		"ok": status == http.StatusOK, "sockets": h.Links, "connections": h.NumConnections, "replicas": h.Replicas, "last_hello": h.LastHello, "last_envelope": h.LastEnvelope,
		"last_tick": h.LastTick, "outbox": h.Outbox, "oldest": h.Oldest, "trouble": h.Trouble, "version": b.Version,
	})
}

// ready tells whether that is the health of a bot that does its work.
func (b *Bot) ready(h Health, now time.Time) bool {
	late := !h.Oldest.IsZero() && now.Sub(h.Oldest) > 15*time.Minute
	stale := b.Heartbeat >= 0 && now.Sub(h.LastTick) > 3*time.Minute
	return h.Connected && h.Trouble == "" && !late && !stale
}

func answer(w http.ResponseWriter, status int, body map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
