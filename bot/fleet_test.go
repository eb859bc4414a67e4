package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
	"github.com/prospectcoach/prospectcoach/storage/pgtest"
	"github.com/prospectcoach/prospectcoach/templates"
)

// pair is two bots on one database and one Slack app, with Slack's limits on.
// Their clock runs faster than ours.
type pair struct {
	t     *testing.T
	slack *localslack.Server
	since time.Time
	bots  [2]*Bot

	mu      sync.Mutex
	refused map[string]int
}

const (
	pairSpeed = 12
	pairReps  = 24
)

func (p *pair) now() time.Time {
	return time.Date(2026, time.March, 2, 10, 0, 0, 0, time.UTC).Add(time.Since(p.since) * pairSpeed)
}

func (p *pair) sleep(ctx context.Context, d time.Duration) error { return sleep(ctx, d/pairSpeed) }

// RoundTrip counts what Slack refuses for coming too fast.
func (p *pair) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := http.DefaultTransport.RoundTrip(r)
	if err == nil && res.StatusCode == http.StatusTooManyRequests {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.refused[methodOf(r.URL.Path)]++
	}
	return res, err
}

func newPair(t *testing.T, url string) *pair {
	t.Helper()
	p := &pair{t: t, since: time.Now(), refused: map[string]int{}}
	o := localslack.Options{
		Now: p.now, Team: localslack.Team{ID: "T1", Name: "Northwind", Domain: "northwind"}, Limits: localslack.Limits{On: true},
		App: localslack.App{
			ID: "A1", Name: "Coach", BotUserID: "UBOT", Command: "/prospect", BotToken: "xoxb-1", AppToken: "xapp-1", MessagesTab: true, HomeTab: true, SocketMode: true,
			Scopes: []string{"commands", "chat:write", "im:history", "im:write", "users:read"}, Events: []string{"message.im", "app_home_opened", "user_change"},
		},
		PingEvery: time.Second, WarningTime: time.Second,
	}
	for i := range pairReps {
		o.Users = append(o.Users, localslack.User{ID: fmt.Sprintf("U%02d", i), Name: fmt.Sprintf("rep%02d", i), RealName: fmt.Sprintf("Rep %d", i), TZ: "Europe/Berlin"})
	}
	p.slack = localslack.New(o)
	server := httptest.NewServer(p.slack.Handler())
	p.slack.SetURL(server.URL)
	t.Cleanup(func() { p.slack.Close(); server.Close() })
	pb, err := templates.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	var store *storage.Store
	for i := range p.bots {
		// A SQLite file has one process, so one store; PostgreSQL has two.
		if store == nil || strings.HasPrefix(url, "postgres") {
			if store, err = storage.Open(t.Context(), storage.Options{URL: url, Now: p.now}); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { store.Close() })
		}
		log := logrus.New()
		log.SetOutput(io.Discard)
		b, err := New(Config{
			Store: store, Playbook: func() *coach.Playbook { return pb }, BotToken: "xoxb-1", AppToken: "xapp-1", APIURL: server.URL + "/api/",
			HTTP: &http.Client{Transport: p, Timeout: 10 * time.Second}, Log: log, Now: p.now, Sleep: p.sleep, Heartbeat: time.Minute / pairSpeed, Worker: fmt.Sprint("replica ", i),
			Settings: Settings{NudgeCron: "0 9 * * *", WeeklyCron: "0 16 * * FRI", WorkingDays: coach.MonToFri, To: 24 * 60, TeamZone: time.UTC},
		})
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(context.Background())
		done := make(chan error, 1)
		go func() { done <- b.Run(ctx) }()
		t.Cleanup(func() {
			stop()
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
		if err := b.Ready(t.Context()); err != nil {
			t.Fatal(err)
		}
		p.bots[i] = b
	}
	for p.bots[0].fleet.alone() { // until the first has heard of the second
		if err := p.sleep(t.Context(), time.Second); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// rep is a rep's row and DM.
func (p *pair) rep(b *Bot, i int) (storage.RepRow, string) {
	p.t.Helper()
	e, err := b.admit(p.t.Context(), fmt.Sprintf("U%02d", i%pairReps), "T1")
	if err != nil {
		p.t.Fatal(err)
	}
	dm, err := b.dm(p.t.Context(), e.row)
	if err != nil {
		p.t.Fatal(err)
	}
	return e.row, dm
}

// TestReplicas is what two of them must do, on either engine.
func TestReplicas(t *testing.T) {
	t.Parallel()
	cluster := &pgtest.Cluster{}
	t.Cleanup(func() {
		if err := cluster.Stop(); err != nil {
			t.Error(err)
		}
	})
	for name, url := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite://" + filepath.Join(t.TempDir(), "coach.db") },
		"postgres": func(t *testing.T) string { return cluster.Database(t) },
	} {
		for _, trial := range []struct {
			name string
			run  func(*testing.T, *pair)
		}{
			{"share Slack's budgets", shareBudgets}, {"honour each other's Retry-After", honourRetryAfter}, {"agree on who is who", agreeOnPeople},
		} {
			t.Run(name+": "+trial.name, func(t *testing.T) {
				t.Parallel()
				trial.run(t, newPair(t, url(t)))
			})
		}
	}
}

// Two replicas that both have more to say than Slack takes stay within its
// budgets together, and use them up.
func shareBudgets(t *testing.T, p *pair) {
	var rows []storage.RepRow
	var dms []string
	for i := range pairReps {
		row, dm := p.rep(p.bots[0], i)
		rows, dms = append(rows, row), append(dms, dm)
	}
	ch, ts, err := p.bots[0].post(t.Context(), dms[0], "", view.Say("to be changed"), nil)
	if err != nil {
		t.Fatal(err)
	}
	const run = 100 * time.Second
	ctx, enough := context.WithTimeout(t.Context(), run/pairSpeed)
	defer enough()
	before := p.calls()
	var wg sync.WaitGroup
	for k, b := range p.bots {
		for _, work := range []func(n int) error{
			func(n int) error { return b.sayWithin(ctx, asideFor, dms[(7*n+k)%pairReps], "", view.Say("an answer")) },
			func(n int) error { return b.sayWithin(ctx, asideFor, dms[(5*n+k)%pairReps], "", view.Say("an answer")) },
			func(n int) error { return b.update(ctx, ch, ts, view.Say(fmt.Sprint("changed ", n))) },
			func(n int) error { return b.publishHome(ctx, rows[n%pairReps]) },
		} {
			wg.Go(func() {
				for n := 0; ctx.Err() == nil; n++ {
					if err := work(n); errors.Is(err, errFar) {
						return // the next moment comes after the end
					} else if err != nil && ctx.Err() == nil {
						t.Error(err)
						return
					}
				}
			})
		}
	}
	wg.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	after := p.calls()
	// The clock runs twelve times as fast, so a moment in which this machine is
	// busy looks to Slack like a second: one call in fifty may come too early.
	for method, n := range p.refused {
		if n > (after[method]-before[method])/50 {
			t.Errorf("Slack refused %d of %s as too fast", n, method)
		}
	}
	for method, perMinute := range map[string]int{"chat.postMessage": 240, "chat.update": 45, "views.publish": 90} {
		most := perMinute*int(run/time.Second)/60 + 10
		if n := after[method] - before[method]; n > most || n < most/5 { // a machine with other things to do does not use it all
			t.Errorf("%s: %d calls in %s; at most %d fit", method, n, run, most)
		}
	}
}

func (p *pair) calls() map[string]int {
	n := map[string]int{}
	for _, method := range []string{"chat.postMessage", "chat.update", "views.publish"} {
		n[method] = p.slack.Calls(method)
	}
	return n
}

// What Slack asks of one replica, all of them do.
func honourRetryAfter(t *testing.T, p *pair) {
	_, dm := p.rep(p.bots[0], 1)
	p.slack.Faults().RateLimit("chat.postMessage", 1, 30*time.Second)
	asked := p.now()
	if err := p.bots[0].sayNow(t.Context(), dm, "", view.Say("too fast")); !errors.Is(err, errFar) {
		t.Fatalf("a Retry-After of half a minute was waited out in a turn: %v", err)
	}
	if err := p.bots[1].sayWithin(t.Context(), asideFor, dm, "", view.Say("in time")); err != nil {
		t.Fatal(err)
	}
	if waited := p.now().Sub(asked); waited < 30*time.Second {
		t.Errorf("the other replica posted after %s", waited)
	}
}

// A change that Slack tells one replica of is true for the other: at once for
// somebody who left, within seconds for the rest.
func agreeOnPeople(t *testing.T, p *pair) {
	ctx := t.Context()
	for _, b := range p.bots {
		p.rep(b, 3)
		p.rep(b, 4)
	}
	zoneIs := func(want string) func() bool {
		return func() bool {
			row, err := p.bots[0].Store.Rep(ctx, "U03")
			return err == nil && row.Zone.String() == want
		}
	}
	// Whichever replica hears of it: each time it may be the one that
	// had another zone in mind.
	for _, zone := range []string{"America/New_York", "Asia/Kolkata", "Europe/Berlin", "Asia/Tokyo"} {
		if err := p.slack.UpdateUser("U03", func(u *localslack.User) { u.TZ = zone }); err != nil {
			t.Fatal(err)
		}
		p.until("the zone is "+zone, zoneIs(zone))
	}
	if err := p.slack.UpdateUser("U04", func(u *localslack.User) { u.Restricted = true }); err != nil {
		t.Fatal(err)
	}
	for _, b := range p.bots {
		p.until("both know the guest", func() bool {
			e, err := b.admit(ctx, "U04", "T1")
			return err == nil && !e.ok && e.say == sayGuest
		})
	}
	if err := p.slack.UpdateUser("U03", func(u *localslack.User) { u.Deleted = true }); err != nil {
		t.Fatal(err)
	}
	p.until("the row says gone", func() bool {
		row, err := p.bots[0].Store.Rep(ctx, "U03")
		return err == nil && row.Gone
	})
	for i, b := range p.bots {
		if e, err := b.admit(ctx, "U03", "T1"); err != nil || e.ok || e.say != "" {
			t.Errorf("replica %d lets in who left: %+v, %v", i, e, err)
		}
	}
	if row, err := p.bots[0].Store.Rep(ctx, "U03"); err != nil || !row.Gone || !row.NextNudge.IsZero() {
		t.Errorf("who left is back: %+v, %v", row, err)
	}
}

// until waits for something the replicas bring about.
func (p *pair) until(what string, ok func() bool) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), 20*time.Second)
	defer cancel()
	for !ok() {
		if p.sleep(ctx, time.Second/4) != nil {
			p.t.Fatal("waited in vain: " + what)
		}
	}
}

// Slack's count of connections is held against all replicas, and only a count
// that stays too high is believed.
func TestStrangersOnTheAppAreNoticed(t *testing.T) {
	t.Parallel()
	hello := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name    string
		counted int
		sockets []int // of all replicas, look by look
		want    []bool
	}{
		{"our replicas alone", 2, []int{2, 2, 2}, []bool{false, false, false}},
		{"another changed its socket meanwhile", 3, []int{2, 3, 2}, []bool{false, false, false}},
		{"a stranger", 3, []int{2, 2, 2, 2}, []bool{false, false, true, false}},
		{"a replica has just died", 2, []int{3, 3, 2}, []bool{false, false, false}},
	} {
		f := &fleet{}
		for i, n := range c.sockets {
			f.now = storage.Fleet{Replicas: 2, Sockets: n}
			if got := f.strangers(Health{LastHello: hello, NumConnections: c.counted}); got != c.want[i] {
				t.Errorf("%s, look %d: %v", c.name, i+1, got)
			}
		}
	}
}
