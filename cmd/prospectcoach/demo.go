package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/storage"
	"github.com/prospectcoach/prospectcoach/templates"
)

// demoPort is tried first, so that the address is the same each time.
const demoPort = 8085

func (p *program) demoCommand() *cobra.Command {
	var keep string
	var port int
	c := &cobra.Command{
		Use:   "demo",
		Short: "A local Slack in your browser with the real bot on it; no account, no network",
		Long: "Starts a local Slack with a browser page and the real bot on it, over a real socket: three reps, their manager,\n" +
			"forty prospects, and a clock that can be moved. It reads no settings and no database of yours, listens on\n" +
			"127.0.0.1 only, and keeps its data in a temporary folder that is removed at the end.",
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.demo(c.Context(), keep, port)
		},
	}
	c.Flags().StringVar(&keep, "keep", "", "folder to keep the demo's data in (it must be empty or new)")
	c.Flags().IntVar(&port, "port", demoPort, "port on 127.0.0.1; a free one is taken if it is in use")
	return c
}

func (p *program) demo(ctx context.Context, keep string, port int) error {
	dir, cleanup, err := demoFolder(keep)
	if err != nil {
		return err
	}
	defer cleanup()
	listener, err := demoListener(port)
	if err != nil {
		return err
	}
	defer listener.Close()
	log := logrus.New()
	log.SetOutput(p.err)
	log.SetLevel(logrus.WarnLevel)
	w, err := openDemo(ctx, p.now, dir, listener, log)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "The demo is ready:  http://%s\nOpen it in a browser. Press Ctrl+C to end it.\n", listener.Addr())
	if keep != "" {
		fmt.Fprintf(p.out, "Its data stays in %s.\n", dir)
	}
	<-ctx.Done()
	return w.close()
}

// openDemo makes the demo's world and brings it to its Monday morning.
func openDemo(ctx context.Context, now func() time.Time, dir string, listener net.Listener, log logrus.FieldLogger) (*world, error) {
	clock := newWorldClock(now, demoStart)
	clock.freeze()
	settings, err := readSettings(map[string]string{
		"COMPANY": demoCompany, "MANAGERS": demoRuth, "TEAM_CHANNEL": demoChannel, "TEAM_TZ": "Europe/Berlin",
	})
	if err != nil {
		return nil, err
	}
	w, err := openWorld(ctx, worldOptions{
		Clock: clock, Slack: localslack.New(demoWorkspace(clock.Now)), Settings: settings, Dir: dir, Log: log, Listener: listener,
		Seed: func(ctx context.Context, s *storage.Store, live *templates.Live) error {
			return seedDemo(ctx, s, live.Playbook())
		},
	})
	if err != nil {
		return nil, err
	}
	team := newDemoTeam(w)
	if err := w.lastWeek(ctx, team); err != nil {
		return nil, errors.Join(err, w.close())
	}
	move := func(ctx context.Context, to time.Time) error {
		return clock.moveTo(ctx, to, func(ctx context.Context, now time.Time) error {
			if err := w.tick(ctx, now); err != nil {
				return err
			}
			return team.work(ctx, now)
		})
	}
	w.mux.Handle("/", w.slack.PageHandler(localslack.PageOptions{
		Title: demoCompany, Now: clock.Now, Move: move, Tour: demoTour(),
		Personas: []localslack.Persona{
			{UserID: demoAda, Line: "Rep, Berlin"}, {UserID: demoBen, Line: "Rep, New York"},
			{UserID: demoMei, Line: "Rep, Auckland"}, {UserID: demoRuth, Line: "Sales manager, London"},
		},
	}))
	clock.set(demoMonday)
	if err := w.tick(ctx, demoMonday); err != nil {
		return nil, errors.Join(err, w.close())
	}
	clock.run()
	return w, nil
}

// lastWeek lets the team's last Friday happen, so that its summary stands in
// the channel, and goes on to the minute before the newcomer comes in. By then
// Mei's Monday, half a day ahead, is over.
func (w *world) lastWeek(ctx context.Context, team *demoTeam) error {
	reps, err := w.store.Reps(ctx)
	if err != nil {
		return err
	}
	for _, r := range reps {
		err := w.store.UpdateRep(ctx, r.ID, func(row *storage.RepRow) error {
			row.NextNudge = w.bot.NextNudge(*row, demoStart)
			return nil
		})
		if err != nil {
			return err
		}
	}
	hers := demoMonday.Add(-12 * time.Hour) // nine in Auckland
	for _, t := range []time.Time{demoStart, demoStart.Add(10 * time.Minute), hers, hers.Add(time.Hour)} {
		w.clock.set(t)
		if err := w.tick(ctx, t); err != nil {
			return err
		}
	}
	if err := team.work(ctx, hers.Add(time.Hour)); err != nil {
		return err
	}
	w.clock.set(demoMonday.Add(-time.Minute))
	return w.tick(ctx, demoMonday.Add(-time.Minute))
}

// demoFolder is a temporary folder, or the one to keep, which must hold
// nothing that could be somebody's own.
func demoFolder(keep string) (dir string, cleanup func(), err error) {
	if keep == "" {
		dir, err = os.MkdirTemp("", "prospectcoach-demo-")
		return dir, func() { _ = os.RemoveAll(dir) }, err
	}
	if err := os.MkdirAll(keep, 0o700); err != nil {
		return "", nil, fmt.Errorf("--keep held %q, which cannot be made: %w", keep, err)
	}
	f, err := os.Open(keep)
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	if _, err := f.Readdirnames(1); !errors.Is(err, io.EOF) {
		return "", nil, fmt.Errorf("--keep held %q, which is not empty; name a new folder", keep)
	}
	dir, err = filepath.Abs(keep)
	return dir, func() {}, err
}

// demoListener takes the port on the loopback address, or a free one if
// somebody else listens there. A port that cannot be had at all is an error.
func demoListener(port int) (net.Listener, error) {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if errors.Is(err, syscall.EADDRINUSE) {
		return net.Listen("tcp", "127.0.0.1:0")
	}
	if err != nil {
		return nil, fmt.Errorf("--port held %d, which cannot be had: %w", port, err)
	}
	return l, nil
}
