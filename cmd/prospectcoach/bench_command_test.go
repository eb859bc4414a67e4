//go:build bench

package main

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

// answering is a process that answers commands on a local Slack of its own.
type answering struct {
	*measured
	slack *localslack.Server
	reps  int
	now   func() time.Time
	role  string
	turn  int // who types next
}

// load is what came of a number of commands.
type load struct {
	lat []time.Duration // sorted, from when each was to be typed until its answer was on the screen
	all time.Duration
	cpu time.Duration // of the process, per command
}

func (l load) at(q float64) time.Duration {
	return l.lat[min(len(l.lat)-1, int(float64(len(l.lat))*q))]
}

// command types one, waits for its answer, and fails unless that holds the
// words. The answer usually stands in the acknowledgement; what took longer
// than two seconds comes after it, by the response_url.
func (a *answering) command(who, room, text, words string) {
	p := a.slack.Person(who).In(room)
	began := a.now()
	r, err := p.Command(text)
	shown := r.Shown
	for len(shown) == 0 && err == nil && a.now().Sub(began) < 20*time.Second {
		time.Sleep(5 * time.Millisecond)
		for _, m := range p.Channel(room).Messages {
			if m.EphemeralFor == who && m.TS >= fmt.Sprintf("%d.%06d", began.Unix(), began.Nanosecond()/1000) {
				shown = append(shown, m)
			}
		}
	}
	switch {
	case err != nil:
		a.Errorf("%s: %s: %v", a.role, text, err)
	case len(shown) == 0 || !strings.Contains(shown[len(shown)-1].Text, words):
		a.Errorf("%s: %s is answered by %d messages: %.300s", a.role, text, len(shown), wordsOfAll(shown))
	}
}

// ask is what everybody types: the command of the nth rep, and words of its answer.
type ask func(rep int) (text, words string)

func listAsk(int) (string, string) { return "/prospect list", "200 prospects active" }

// steady types so many commands a second, each by somebody else, whether or
// not the ones before were answered.
func (a *answering) steady(rate int, dur time.Duration, what ask) load {
	a.Helper()
	n := int(dur.Seconds() * float64(rate))
	return a.typed(n, time.Second/time.Duration(rate), what)
}

// burst types them all at once.
func (a *answering) burst(n int, what ask) load { a.Helper(); return a.typed(n, 0, what) }

func (a *answering) typed(n int, every time.Duration, what ask) load {
	a.Helper()
	l := load{lat: make([]time.Duration, n)}
	before := a.cpu()
	start := time.Now().Add(time.Millisecond)
	var wg sync.WaitGroup
	for i := range n {
		rep := (a.turn + i) % a.reps
		text, words := what(rep)
		due := start.Add(time.Duration(i) * every)
		time.Sleep(time.Until(due))
		wg.Add(1)
		go func() {
			defer wg.Done()
			a.command(benchRep(rep), benchRoom(rep+2), text, words)
			l.lat[i] = time.Since(due)
		}()
	}
	wg.Wait()
	a.turn += n
	l.all = time.Since(start)
	l.cpu = (a.cpu() - before) / time.Duration(n)
	slices.Sort(l.lat)
	if a.Failed() {
		a.Fatalf("commands went wrong\n%s", a.tail())
	}
	return l
}

// one types the same person's command again and again at that rate.
func (a *answering) one(who string, rate int, dur time.Duration, text, words string) load {
	a.Helper()
	room := benchRoom(0)
	l := load{lat: make([]time.Duration, int(dur.Seconds()*float64(rate)))}
	start := time.Now()
	for i := range l.lat {
		due := start.Add(time.Duration(i) * time.Second / time.Duration(rate))
		time.Sleep(time.Until(due))
		a.command(who, room, text, words)
		l.lat[i] = time.Since(due)
	}
	slices.Sort(l.lat)
	return l
}

// The asks whose answers need more than a list. Prospect ids of rep n begin at
// n*200+1.
func pageAsk(int) (string, string)     { return "/prospect list page:2", "11 to 20" }
func showAsk(rep int) (string, string) { return fmt.Sprintf("/prospect show %d", rep*benchEach+7), "" }
func nextAsk(rep int) (string, string) { return fmt.Sprintf("/prospect next %d", rep*benchEach+7), "" }
func checkAsk(int) (string, string) {
	return "/prospect check email " + benchDraft, ""
}
func noteAsk(rep int) (string, string) {
	return fmt.Sprintf("/prospect note %d research: opened a second hub near the port", rep*benchEach+8), ""
}

const benchDraft = "Hi Jane, I saw that you opened a hub in Leipzig in January, and I thought of a client of ours who did the same. They found that a third of their freight invoices had surcharges nobody had agreed to. We are the leading provider of world-class solutions. Would it be worth ten minutes on Tuesday to see whether yours look alike?"

// launchAnswering starts the whole program, or a baseline, on a Slack of its own.
func launchAnswering(t *testing.T, role string, s benchSize, url string, env ...string) *answering {
	t.Helper()
	now := benchNowClock(benchMonday.Add(time.Hour))
	slack := benchOffice(t, s, now, localslack.Limits{})
	a := &answering{slack: slack, now: now, reps: s.reps, role: role}
	addr := freeAddr(t)
	a.measured = launch(t, role, slack, benchMonday.Add(time.Hour), append(env, "DATABASE_URL="+url, "HTTP_ADDR="+addr)...)
	a.connected(slack)
	if role == "serve" {
		// Its first look at the clock reads all users once a day.
		for start := time.Now(); !strings.Contains(fetched(addr, "/metrics"), "prospectcoach_tick_duration_seconds_count 1"); time.Sleep(50 * time.Millisecond) {
			if time.Since(start) > 3*time.Minute {
				t.Fatalf("the first look at the clock does not end\n%s", a.tail())
			}
		}
		t.Logf("serve is up; its first look at the clock ended %v after its start", time.Since(a.began).Round(time.Millisecond))
		// Of a morning it has looked at everybody's list before they do.
		for start := time.Now(); !strings.Contains(a.whole(), "the day's lists are at hand"); time.Sleep(100 * time.Millisecond) {
			if time.Since(start) > 10*time.Minute {
				t.Fatalf("the day's lists are not looked at\n%s", a.tail())
			}
		}
		t.Logf("the day's lists were at hand after %v", time.Since(a.began).Round(time.Millisecond))
	}
	return a
}

// benchNowClock runs from that moment on, in real time.
func benchNowClock(at time.Time) func() time.Time {
	start := time.Now()
	return func() time.Time { return at.Add(time.Since(start)) }
}
