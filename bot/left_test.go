package bot

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

// noWay are the ways in which a call ends before anything of it left.
var noWay = map[string]error{
	"the name is not known":      &net.DNSError{Err: "no such host", Name: "slack.com", IsNotFound: true},
	"the name server is silent":  &net.DNSError{Err: "i/o timeout", Name: "slack.com", IsTimeout: true},
	"there is no route":          syscall.EHOSTUNREACH,
	"there is no network at all": syscall.ENETUNREACH,
	"the other end is silent":    context.DeadlineExceeded,
	"nobody is there":            syscall.ECONNREFUSED,
}

// cutOff takes every post the broken way while it is on, and lets all else be.
type cutOff struct {
	on  atomic.Bool
	way http.RoundTripper
}

func (c *cutOff) RoundTrip(r *http.Request) (*http.Response, error) {
	if c.on.Load() && strings.HasSuffix(r.URL.Path, "/chat.postMessage") {
		return c.way.RoundTrip(r)
	}
	return http.DefaultTransport.RoundTrip(r)
}

// undialled is a transport on which no connection comes about.
func undialled(cause error) http.RoundTripper {
	return &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: cause}
	}}
}

func TestAPostThatNeverLeftIsNotLookedFor(t *testing.T) {
	t.Parallel()
	for name, cause := range noWay {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			way := &cutOff{way: undialled(cause)}
			w := newWorld(t, monday(t, 10, 0), func(c *Config) {
				faulty(c)
				c.HTTP = &http.Client{Transport: way, Timeout: 10 * time.Second}
			}, nil)
			way.on.Store(true)
			w.tick(monday(t, 10, 0))
			stats, err := w.store.OutboxStats(t.Context())
			if err != nil || stats.Counts["pending"] != 1 || len(stats.Counts) != 1 {
				t.Errorf("in the outbox: %v, %v", stats.Counts, err)
			}
			way.on.Store(false)
			w.tick(monday(t, 10, 1))
			if got := inDM(w, "max"); len(got) != 1 {
				t.Errorf("Max reads %q", got)
			}
			if n := w.slack.Calls("conversations.history"); n != 0 {
				t.Errorf("looked %d times for what was never sent", n)
			}
		})
	}
}

// The team's week is not given up for a network that failed between the look
// at the channel and the post, also where its history may not be read.
func TestTheWeekOutlivesANetworkThatFails(t *testing.T) {
	t.Parallel()
	way := &cutOff{way: undialled(noWay["the name is not known"])}
	w := newWorld(t, monday(t, 8, 0), func(c *Config) { c.HTTP = &http.Client{Transport: way, Timeout: 10 * time.Second} }, nil)
	touched(t, w)
	friday := monday(t, 16, 0).AddDate(0, 0, 4)
	w.tick(friday.Add(-time.Minute))
	way.on.Store(true)
	w.tick(friday)
	way.on.Store(false)
	w.tick(friday.Add(time.Minute))
	if got := inChannelSales(w); weeks(got) != 1 {
		t.Errorf("the channel reads %q", got)
	}
	if got := strings.Join(inDM(w, "max"), "\n"); strings.Contains(got, "cannot tell") {
		t.Errorf("the manager was asked:\n%s", got)
	}
}

// What a handshake ended never left; what was cut off after it may have been
// done.
func TestOnlyWhatFoundNoConnectionNeverLeft(t *testing.T) {
	t.Parallel()
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	srv.Config.ErrorLog = log.New(io.Discard, "", 0)
	srv.EnableHTTP2 = true
	srv.StartTLS()
	t.Cleanup(srv.Close)
	proto1 := srv.Client().Transport.(*http.Transport).Clone()
	proto1.ForceAttemptHTTP2, proto1.TLSClientConfig.NextProtos = false, []string{"http/1.1"}
	for name, c := range map[string]struct {
		way  http.RoundTripper
		open bool // it may have been posted
	}{
		"a certificate nobody knows": {&http.Transport{}, false},
		"cut off, HTTP/1":            {proto1, true},
		"cut off, HTTP/2":            {srv.Client().Transport, true},
		"a way of which nothing is known": {roundTrip(func(*http.Request) (*http.Response, error) {
			return nil, errors.New("lost")
		}), true},
	} {
		api := newAPI(Config{HTTP: &http.Client{Transport: c.way}, APIURL: srv.URL + "/api/", BotToken: "xoxb-1"})
		_, _, err := api.PostMessageContext(t.Context(), "D1", slack.MsgOptionText("hello", false))
		if err == nil || unclear(err) != c.open || !away(err) {
			t.Errorf("%s: may have been posted is %v, Slack is away is %v: %v", name, unclear(err), away(err), err)
		}
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
