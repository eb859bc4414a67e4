package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/prospectcoach/prospectcoach/bot"
	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/storage"
	"github.com/prospectcoach/prospectcoach/templates"
)

// world is a local Slack with the real bot on it, over a real socket, and a
// clock that can be moved. The demo shows one in the browser, the stories play
// in one; both do so through this type alone.
type world struct {
	clock *worldClock
	slack *localslack.Server
	store *storage.Store
	live  *templates.Live
	bot   *bot.Bot

	settings Settings
	dbURL    string
	log      logrus.FieldLogger
	http     *http.Server
	mux      *http.ServeMux
	stop     context.CancelFunc
	stopped  chan error
}

// worldOptions say what a world is made of; the zero values are the demo's.
type worldOptions struct {
	Clock    *worldClock
	Slack    *localslack.Server
	Settings Settings
	Database string // URL; "" is a SQLite file in Dir
	Dir      string
	Log      logrus.FieldLogger
	Listener net.Listener
	Seed     func(context.Context, *storage.Store, *templates.Live) error // before the bot starts; may be nil
}

// openWorld serves the local Slack on the listener and starts the bot on it.
func openWorld(ctx context.Context, o worldOptions) (*world, error) {
	w := &world{
		clock: o.Clock, slack: o.Slack, settings: o.Settings, log: o.Log, mux: http.NewServeMux(),
		live: openTemplates(o.Settings.TemplatesDir), dbURL: o.Database,
	}
	if w.dbURL == "" {
		w.dbURL = "sqlite://" + filepath.Join(o.Dir, "prospectcoach.db")
	}
	for _, path := range []string{"/api/", "/link", "/response/", "/files/", "/upload/"} {
		w.mux.Handle(path, w.slack.Handler())
	}
	w.slack.SetURL("http://" + o.Listener.Addr().String())
	w.http = &http.Server{Handler: w.mux, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = w.http.Serve(o.Listener) }()
	if err := w.start(ctx, o.Seed); err != nil {
		w.http.Close()
		return nil, err
	}
	return w, nil
}

// start opens the store and runs the bot until stopBot; restart uses it too.
func (w *world) start(ctx context.Context, seed func(context.Context, *storage.Store, *templates.Live) error) (err error) {
	if w.store, err = storage.Open(ctx, storage.Options{URL: w.dbURL, Now: w.clock.Now}); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			w.store.Close()
		}
	}()
	if seed != nil {
		if err := seed(ctx, w.store, w.live); err != nil {
			return err
		}
	}
	if w.bot, err = bot.New(w.config(w.store, workerName())); err != nil {
		return err
	}
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	w.stop, w.stopped = stop, make(chan error, 1)
	go func() { w.stopped <- w.bot.Run(running) }()
	w.slack.SetIdle(w.bot.Idle)
	ready, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	failed := make(chan error, 1)
	go func() { failed <- w.bot.Ready(ready) }()
	select {
	case err := <-w.stopped:
		w.stopped <- err
		return fmt.Errorf("the bot did not start: %w", err)
	case err := <-failed:
		if err != nil {
			stop()
			<-w.stopped // it works on the store, which is closed on the way out
			return fmt.Errorf("the bot did not connect within 20 s: %w", err)
		}
	}
	return nil
}

// config is that of a bot in this world; several may share one database.
func (w *world) config(store *storage.Store, worker string) bot.Config {
	return bot.Config{
		Store: store, Playbook: w.live.Playbook, Refresh: refresh(w.live),
		BotToken: demoBotToken, AppToken: demoAppToken, APIURL: w.slack.URL() + "/api/",
		HTTP: &http.Client{Timeout: 10 * time.Second}, Log: w.log, Now: w.clock.Now,
		// Nobody waits in a world whose clock is moved by hand: the pace is
		// counted, not slept.
		Sleep:     func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
		Heartbeat: -1,
		Settings:  w.settings.forBot(), Worker: worker, Version: version(),
		HashKey: []byte("the key of a world that is made up"), Endings: templates.Endings(),
	}
}

// tick is the minute's beat at that moment of the world.
func (w *world) tick(ctx context.Context, now time.Time) error {
	if err := w.bot.Tick(ctx, now); err != nil {
		return err
	}
	w.bot.Idle(ctx)
	return ctx.Err()
}

// moveTo lets the world's time go on to t, with everything that is due on the way.
func (w *world) moveTo(ctx context.Context, t time.Time) error {
	return w.clock.moveTo(ctx, t, w.tick)
}

// stopBot ends the bot as SIGTERM does, and closes the store.
func (w *world) stopBot() error {
	w.slack.SetIdle(nil)
	w.stop()
	err := <-w.stopped
	if errors.Is(err, context.Canceled) {
		err = nil
	}
	return errors.Join(err, w.store.Close())
}

// close ends everything.
func (w *world) close() error {
	err := w.stopBot()
	w.slack.Close()
	return errors.Join(err, w.http.Close())
}
