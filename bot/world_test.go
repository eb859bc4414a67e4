package bot

import (
	"context"
	"io"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
	"github.com/prospectcoach/prospectcoach/templates"
)

// world is a local Slack, the bot on it with a real store, and a clock that
// stands still until it is moved.
type world struct {
	t     *testing.T
	slack *localslack.Server
	http  *httptest.Server
	url   string // of the database
	store *storage.Store
	bot   *Bot
	stop  func() error
	setup func(*Config)
	tune  func(*Bot)

	mu    sync.Mutex
	at    time.Time
	slept []time.Duration
}

func (w *world) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

func (w *world) move(to time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = to
}

// newWorld is Ada, a manager Max, a guest, a stranger and somebody who left.
func newWorld(t *testing.T, at time.Time, setup func(*Config), tune func(*Bot)) *world {
	t.Helper()
	w := &world{t: t, at: at, setup: setup, tune: tune, url: "sqlite://" + filepath.Join(t.TempDir(), "coach.db")}
	w.slack = localslack.New(localslack.Options{
		Now: w.now, Team: localslack.Team{ID: "T1", Name: "Northwind", Domain: "northwind"}, NoSelfEvents: false,
		Users: []localslack.User{
			{ID: "U1", Name: "ada", RealName: "Ada Weber", TZ: "Europe/Berlin"},
			{ID: "U2", Name: "max", RealName: "Max Lind", TZ: "Europe/Berlin"},
			{ID: "U3", Name: "gone", RealName: "Gone Person", TZ: "Europe/Berlin"},
			{ID: "U4", Name: "guest", RealName: "Guest", Restricted: true},
			{ID: "U5", Name: "far", RealName: "Far", TeamID: "T2", Stranger: true},
			{ID: "U6", Name: "eve", RealName: "Eve Other", TZ: "Europe/Berlin"},
		},
		Channels: []localslack.Channel{
			{ID: "C00000001", Name: "sales", Members: []string{"U1", "U2", "UBOT"}},
			{ID: "C00000002", Name: "random", Members: []string{"U1", "U2", "U4", "U5", "U6"}},
		},
		App: localslack.App{
			ID: "A1", Name: "Coach", BotUserID: "UBOT", Command: "/prospect", BotToken: "xoxb-1", AppToken: "xapp-1", MessagesTab: true, HomeTab: true, SocketMode: true,
			Scopes: []string{"commands", "chat:write", "im:history", "im:write", "users:read", "channels:read"},
			Events: []string{"app_home_opened", "message.im", "member_joined_channel", "user_change", "app_uninstalled", "tokens_revoked"},
		},
		PingEvery: time.Second, WarningTime: time.Second,
	})
	w.http = httptest.NewServer(w.slack.Handler())
	w.slack.SetURL(w.http.URL)
	t.Cleanup(func() { w.slack.Close(); w.http.Close() })
	w.boot()
	t.Cleanup(func() {
		w.halt()
		for _, v := range w.slack.Violations() {
			t.Error("local Slack: " + v)
		}
	})
	return w
}

// boot starts the program: store, bot, socket.
func (w *world) boot() {
	w.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	store, err := storage.Open(ctx, storage.Options{URL: w.url, Now: w.now})
	if err != nil {
		w.t.Fatal(err)
	}
	pb, err := templates.BuiltIn()
	if err != nil {
		w.t.Fatal(err)
	}
	log := logrus.New()
	log.SetOutput(io.Discard)
	c := Config{
		Store: store, Playbook: func() *coach.Playbook { return pb }, BotToken: "xoxb-1", AppToken: "xapp-1", APIURL: w.http.URL + "/api/",
		Log: log, Now: w.now, Heartbeat: -1, Worker: "test",
		Sleep: func(ctx context.Context, d time.Duration) error {
			w.mu.Lock()
			defer w.mu.Unlock()
			if d > 0 {
				w.slept = append(w.slept, d)
			}
			return ctx.Err()
		},
		Settings: Settings{
			Company: "Northwind", Managers: []string{"U2"}, TeamChannel: "sales", NudgeCron: "0 9 * * MON-FRI", WeeklyCron: "0 16 * * FRI",
			WorkingDays: coach.MonToFri, From: 8 * 60, To: 18 * 60, TeamZone: berlin(w.t),
		},
	}
	if w.setup != nil {
		w.setup(&c)
	}
	b, err := New(c)
	if err != nil {
		w.t.Fatal(err)
	}
	if w.tune != nil {
		w.tune(b)
	}
	w.store, w.bot = store, b
	done := make(chan error, 1)
	go func() { done <- b.Run(ctx) }()
	w.slack.SetIdle(b.Idle)
	w.stop = func() error {
		cancel()
		err := <-done
		if cerr := store.Close(); cerr != nil {
			w.t.Error(cerr)
		}
		return err
	}
	wait, enough := context.WithTimeout(ctx, 10*time.Second)
	defer enough()
	if err := b.Ready(wait); err != nil {
		w.t.Fatalf("no greeting from the local Slack: %v", err)
	}
}

// halt stops the program as a signal would.
func (w *world) halt() {
	w.t.Helper()
	if w.stop == nil {
		return
	}
	if err := w.stop(); err != nil {
		w.t.Error(err)
	}
	w.stop = nil
}

// tick moves the clock and lets the program look at it.
func (w *world) tick(at time.Time) {
	w.t.Helper()
	w.move(at)
	if err := w.bot.Tick(context.Background(), at); err != nil {
		w.t.Fatal(err)
	}
}

// until waits for something the sockets bring about, without sleeping: it
// looks again at every change of the local Slack.
func (w *world) until(what string, ok func() bool) {
	w.t.Helper()
	changes, cancel := w.slack.Subscribe()
	defer cancel()
	deadline := time.NewTimer(10 * time.Second)
	defer deadline.Stop()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for !ok() {
		select {
		case <-changes:
		case <-look.C:
		case <-deadline.C:
			w.t.Fatal("waited in vain: " + what)
		}
	}
}

func berlin(t *testing.T) *time.Location {
	t.Helper()
	z, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// monday is Monday 2 March 2026, that hour in Berlin.
func monday(t *testing.T, hour, minute int) time.Time {
	t.Helper()
	return time.Date(2026, time.March, 2, hour, minute, 0, 0, berlin(t))
}

// count is a command that counts its turns and answers with the number.
type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) add() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	return c.n
}

func (c *counter) get() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

func deactivate(w *world, id string) {
	w.t.Helper()
	if err := w.slack.UpdateUser(id, func(u *localslack.User) { u.Deleted = true }); err != nil {
		w.t.Error(err)
	}
}
