package localslack

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// Faults makes things go wrong on demand. A method is a Web API method's name,
// "response_url", "files" (downloads), "upload", or "*" for any. Faults set for
// a method are used up in the order they were set.
type Faults struct {
	s         *Server
	queue     []*fault
	revoked   string // the error code every call gets, such as token_revoked
	noCharts  bool
	duplicate int
	reorder   bool
	held      *heldFrame
}

// fault is one thing going wrong with one or more calls.
type fault struct {
	method     string
	left       int
	status     int           // answer with this HTTP status and an HTML page
	retryAfter time.Duration // answer 429
	code       string        // refuse with this error, HTTP 200
	after      bool          // the effect happens first
	loseAnswer bool
	gate       chan struct{} // wait until closed
}

func newFaults(s *Server) *Faults { return &Faults{s: s} }

func (f *Faults) put(x *fault) {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	f.queue = append(f.queue, x)
}

// RateLimit answers the next n calls with 429 and Retry-After in whole seconds
// (docs.slack.dev/apis/web-api/rate-limits).
func (f *Faults) RateLimit(method string, n int, retryAfter time.Duration) {
	f.put(&fault{method: method, left: n, retryAfter: retryAfter})
}

// Status answers the next n calls with an HTTP status and an HTML page, as
// Slack's front does when it is in trouble.
func (f *Faults) Status(method string, n, status int) {
	f.put(&fault{method: method, left: n, status: status})
}

// Refuse answers the next n calls with ok:false and the code, without effect.
// With "ratelimited" it is the rarer HTTP 200 form of a rate limit.
func (f *Faults) Refuse(method string, n int, code string) {
	f.put(&fault{method: method, left: n, code: code})
}

// RefuseAfter carries the next n calls out and then answers with the code:
// internal_error and fatal_error may follow a partial success
// (docs.slack.dev/reference/methods/chat.postMessage, "Errors").
func (f *Faults) RefuseAfter(method string, n int, code string) {
	f.put(&fault{method: method, left: n, code: code, after: true})
}

// LoseAnswer carries the next n calls out and cuts the connection before the answer.
func (f *Faults) LoseAnswer(method string, n int) {
	f.put(&fault{method: method, left: n, loseAnswer: true})
}

// Delay holds the next n calls, before their effect, until release is called.
func (f *Faults) Delay(method string, n int) (release func()) {
	gate := make(chan struct{})
	x := &fault{method: method, left: n, gate: gate}
	f.put(x)
	return func() {
		f.s.mu.Lock()
		defer f.s.mu.Unlock()
		x.open()
	}
}

func (x *fault) open() {
	x.left = 0
	select {
	case <-x.gate:
	default:
		close(x.gate)
	}
}

func (f *Faults) releaseAll() {
	for _, x := range f.queue {
		if x.gate != nil {
			x.open()
		}
	}
}

// Waiting says how many faults are set and not yet used up.
func (f *Faults) Waiting() int {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	n := 0
	for _, x := range f.queue {
		n += x.left
	}
	return n
}

// take finds the fault for a call, and waits here if it is a delay.
func (f *Faults) take(ctx context.Context, method string) *fault {
	f.s.mu.Lock()
	var hit *fault
	for _, x := range f.queue {
		if x.left > 0 && (x.method == method || x.method == "*") {
			x.left--
			hit = x
			break
		}
	}
	f.queue = slices.DeleteFunc(f.queue, func(x *fault) bool { return x.left <= 0 && x.gate == nil })
	f.s.mu.Unlock()
	if hit != nil && hit.gate != nil {
		select {
		case <-hit.gate:
		case <-ctx.Done():
		case <-f.s.ctx.Done():
		}
		return nil
	}
	return hit
}

const troublePage = "<!DOCTYPE html><html><head><title>Server Error | Slack</title></head><body><h1>Something went wrong</h1></body></html>"

// beforeEffect answers instead of the method and says whether it did.
func (x *fault) beforeEffect(w http.ResponseWriter) bool {
	switch {
	case x.after || x.loseAnswer:
		return false
	case x.status != 0:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(x.status)
		_, _ = io.WriteString(w, troublePage)
	case x.code != "":
		x.refuse(w)
	default:
		w.Header().Set("Retry-After", strconv.Itoa(int((x.retryAfter+time.Second-1)/time.Second)))
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = io.WriteString(w, `{"ok":false,"error":"ratelimited"}`)
	}
	return true
}

// afterEffect spoils the answer of a call that was carried out.
func (x *fault) afterEffect(w http.ResponseWriter) bool {
	switch {
	case x.loseAnswer:
		cut(w)
	case x.after:
		x.refuse(w)
	default:
		return false
	}
	return true
}

func (x *fault) refuse(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = fmt.Fprintf(w, `{"ok":false,"error":%q}`, x.code)
}

// cut resets the connection of a request, so that its answer is lost.
func cut(w http.ResponseWriter) {
	h, ok := w.(http.Hijacker)
	if !ok {
		panic(http.ErrAbortHandler)
	}
	c, _, err := h.Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	reset(c)
}

// reset closes with a TCP reset instead of a polite end.
func reset(c net.Conn) {
	if t, ok := c.(interface{ SetLinger(sec int) error }); ok {
		_ = t.SetLinger(0)
	}
	_ = c.Close()
}

// RevokeToken makes every call answer with the code (token_revoked,
// account_inactive, invalid_auth …) until RestoreToken.
func (f *Faults) RevokeToken(code string) {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	f.revoked = code
}

// RestoreToken ends RevokeToken.
func (f *Faults) RestoreToken() { f.RevokeToken("") }

// Uninstall removes the app: it hears tokens_revoked and app_uninstalled if it
// can, and every later call answers account_inactive
// (docs.slack.dev/reference/events/app_uninstalled).
func (f *Faults) Uninstall() {
	s := f.s
	s.mu.Lock()
	revoked := s.event("tokens_revoked", nil, map[string]any{"type": "tokens_revoked", "tokens": map[string]any{"oauth": []string{}, "bot": []string{s.app.BotUserID}}})
	gone := s.event("app_uninstalled", nil, map[string]any{"type": "app_uninstalled"})
	f.revoked = "account_inactive"
	s.mu.Unlock()
	var ds []*delivery
	for _, d := range []*delivery{revoked, gone} {
		if d != nil {
			ds = append(ds, d)
		}
	}
	s.settle(ds...)
}

// RemoveScope takes a granted scope away, as a reinstall with fewer does.
func (f *Faults) RemoveScope(scope string) {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	f.s.app.Scopes = slices.DeleteFunc(slices.Clone(f.s.app.Scopes), func(x string) bool { return x == scope })
	f.s.app.AppScopes = slices.DeleteFunc(slices.Clone(f.s.app.AppScopes), func(x string) bool { return x == scope })
}

// GrantScope gives the bot token one more scope.
func (f *Faults) GrantScope(scope string) {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	f.s.app.Scopes = append(slices.Clone(f.s.app.Scopes), scope)
}

// RefuseCharts makes data_visualization blocks invalid_blocks, as workspaces do
// that Slack has not given them to yet.
func (f *Faults) RefuseCharts(on bool) {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	f.noCharts = on
}

// ExpireTriggers ends the life of every trigger_id handed out so far.
func (f *Faults) ExpireTriggers() {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	for _, t := range f.s.triggers {
		t.expired = true
	}
}
