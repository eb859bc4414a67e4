package bot

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"strings"
)

// counted measures every call to Slack, by method and by what came of it.
type counted struct {
	b     *Bot
	inner http.RoundTripper
}

// countCalls is the client with the measuring in between.
func (b *Bot) countCalls(c *http.Client) *http.Client {
	inner := c.Transport
	if inner == nil {
		inner = http.DefaultTransport
	}
	out := *c
	out.Transport = counted{b: b, inner: inner}
	return &out
}

// RoundTrip carries the call out and counts it.
func (t counted) RoundTrip(r *http.Request) (*http.Response, error) {
	method, start := methodOf(r.URL.Path), t.b.now()
	res, err := t.inner.RoundTrip(r)
	outcome := "ok"
	switch {
	case err != nil:
		outcome = "lost"
	case res.StatusCode == http.StatusTooManyRequests:
		outcome = "limited"
	case res.StatusCode >= 500:
		outcome = "failed"
	case res.StatusCode >= 300 || saysNo(res):
		outcome = "refused"
	}
	t.b.health.callTimes.WithLabelValues(method).Observe(t.b.now().Sub(start).Seconds())
	t.b.health.calls.WithLabelValues(method, outcome).Inc()
	return res, err
}

// saysNo tells whether Slack's JSON says no. It looks at the beginning of the
// answer only, where Slack says so, and leaves all of it to be read.
func saysNo(res *http.Response) bool {
	if !strings.HasPrefix(res.Header.Get("Content-Type"), "application/json") {
		return false
	}
	ahead := bufio.NewReaderSize(res.Body, 1024)
	res.Body = struct {
		io.Reader
		io.Closer
	}{ahead, res.Body}
	begin, _ := ahead.Peek(256)
	return bytes.Contains(begin, []byte(`"ok":false`))
}

// methodOf bounds the label: a method of the Web API by its name, the rest by
// what it is for. Addresses for answers hold a secret and never become labels.
func methodOf(path string) string {
	_, name, api := strings.Cut(path, "/api/")
	switch {
	case !api && strings.Contains(path, "/files"):
		return "file"
	case !api && strings.Contains(path, "/upload"):
		return "upload"
	case !api:
		return "response_url"
	}
	for _, r := range name {
		if r != '.' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return "other"
		}
	}
	return name
}
