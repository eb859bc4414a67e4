package main

import (
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// opens is how often the program asked for a socket.
func (o *office) opens() int { return o.slack.Calls("apps.connections.open") }

// free is an address that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// What no trying again can mend ends serve with one line.
func TestServe_WhatSlackNeverAllowsIsOneLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, want string
		spoil      func(*office)
		env        []string
	}{
		{"a wrong app token", "SLACK_APP_TOKEN", func(*office) {}, []string{"SLACK_APP_TOKEN=xapp-another"}},
		{"a missing scope", "connections:write", func(o *office) { o.slack.Faults().RemoveScope("connections:write") }, nil},
		{"Socket Mode switched off", "Socket Mode is switched off", func(o *office) { o.slack.Faults().LinkDisabled() }, nil},
		{"a revoked token", "install it again", func(o *office) { o.slack.Faults().RevokeToken("token_revoked") }, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, engines[0].url(t))
			c.spoil(o)
			p := o.begin(c.env...)
			if code := p.ended(); code != 1 {
				t.Errorf("exit %d", code)
			}
			hits := 0
			for _, line := range p.lines() {
				if strings.Contains(line, c.want) {
					hits++
				}
			}
			if hits != 1 || !strings.Contains(p.lines()[len(p.lines())-1], c.want) || o.opens() > 1 {
				t.Errorf("%d lines with %q after %d tries:\n%s", hits, c.want, o.opens(), strings.Join(p.lines(), "\n"))
			}
		})
	}
}

// What an operator can mend while it runs is said once and tried again slowly,
// and whoever asks how the bot is hears of it.
func TestServe_SocketTroubleIsSaidAndNotLoopedOn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, want string
		before     func(*office)
		after      func(*office)
	}{
		{"Socket Mode is switched off", "Socket Mode was switched off", func(*office) {}, func(o *office) { o.slack.Faults().LinkDisabled() }},
		{"too many connections", "more than ten connections", func(o *office) { o.crowd(10) }, func(*office) {}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o, addr := newOffice(t, engines[0].url(t)), freeAddress(t)
			c.before(o)
			p := o.begin("HTTP_ADDR=" + addr)
			if c.name != "too many connections" {
				p.waitFor("the first socket", func() bool { return p.hasSaid("connected to Slack") })
			}
			before := o.opens()
			c.after(o)
			p.waitFor("the word on it", func() bool { return p.hasSaid(c.want) })
			<-time.After(2 * time.Second) // long enough for a loop to show
			said := strings.Count(strings.Join(p.lines(), "\n"), c.want)
			if said != 1 || o.opens() > before+1 {
				t.Errorf("said %d times, %d more sockets asked for:\n%s", said, o.opens()-before, strings.Join(p.lines(), "\n"))
			}
			if ready := o.page(addr, "/readyz"); !strings.Contains(ready, c.want) || !strings.Contains(ready, `"ok":false`) {
				t.Errorf("readyz: %s", ready)
			}
			if code := p.end(syscall.SIGTERM); code != 0 {
				t.Errorf("SIGTERM: exit %d", code)
			}
		})
	}
}

// crowd takes n of the ten places that an app has, as forgotten copies of the
// program do.
func (o *office) crowd(n int) {
	o.Helper()
	for range n {
		req, err := http.NewRequestWithContext(o.Context(), http.MethodPost, o.slack.URL()+"/api/apps.connections.open", nil)
		if err != nil {
			o.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+demoAppToken)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			o.Fatal(err)
		}
		var at struct{ URL string }
		err = json.NewDecoder(res.Body).Decode(&at)
		res.Body.Close()
		if err != nil || at.URL == "" {
			o.Fatalf("no socket: %v", err)
		}
		conn, _, err := websocket.DefaultDialer.DialContext(o.Context(), at.URL, nil)
		if err != nil {
			o.Fatal(err)
		}
		o.Cleanup(func() { conn.Close() })
		if _, _, err := conn.ReadMessage(); err != nil { // the greeting
			o.Fatal(err)
		}
	}
}

// Whoever asks how the bot is hears of its sockets, of Slack's count, and when
// it last heard from Slack.
func TestServe_HealthTellsOfTheSocket(t *testing.T) {
	t.Parallel()
	o, addr := newOffice(t, engines[0].url(t)), freeAddress(t)
	o.crowd(1)
	p := o.launch("HTTP_ADDR=" + addr)
	look := func() (h struct {
		OK                   bool
		Sockets, Connections int
		Hello                time.Time `json:"last_hello"`
		Envelope             time.Time `json:"last_envelope"`
	}) {
		if err := json.Unmarshal([]byte(o.page(addr, "/readyz")), &h); err != nil {
			t.Fatal(err)
		}
		return h
	}
	h := look()
	if h.Sockets != 1 || h.Connections != 2 || time.Since(h.Hello) > time.Minute || !h.Envelope.IsZero() {
		t.Errorf("at first: %+v", h)
	}
	for range 30 { // Slack gives any one socket what comes; the other answers nothing
		_, _ = o.slack.Person("ada").OpenHome()
		if !look().Envelope.IsZero() {
			break
		}
	}
	if h := look(); time.Since(h.Envelope) > time.Minute {
		t.Errorf("after something came: %+v", h)
	}
	if code := p.end(syscall.SIGTERM); code != 0 {
		t.Errorf("SIGTERM: exit %d", code)
	}
}
