//go:build bench

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/pprof"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/sirupsen/logrus"

	"github.com/prospectcoach/prospectcoach/bot"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
	"github.com/prospectcoach/prospectcoach/templates"
)

// What is measured runs in a process of its own: this test binary again, in a
// role named by the environment, so that its processor time and memory are its
// own and nobody else's.
const (
	benchRole  = "PROSPECTCOACH_BENCH_ROLE"
	benchAPI   = "PROSPECTCOACH_BENCH_API"
	benchAt    = "PROSPECTCOACH_BENCH_AT"    // Unix milliseconds of the role's clock at its start
	benchSince = "PROSPECTCOACH_BENCH_SINCE" // real Unix nanoseconds of that moment
	benchSpeed = "PROSPECTCOACH_BENCH_SPEED" // of the role's clock; 0: no pace is waited for
	benchFile  = "PROSPECTCOACH_BENCH_FILE"  // what the role reads
	benchProf  = "PROSPECTCOACH_BENCH_PROF"  // folder for its profile, if any
)

func init() {
	role := os.Getenv(benchRole)
	if role == "" {
		return
	}
	stop := profiled(role)
	var err error
	switch role {
	case "serve":
		err = benchServe()
	case "bot":
		err = benchBot()
	case "echo":
		err = benchEcho()
	case "floor":
		err = benchFloor()
	case "import":
		err = benchImport()
	case "bare":
		err = benchBare()
	default:
		err = fmt.Errorf("no role %q", role)
	}
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// profiled writes where the role's processor time goes, for pprof.
func profiled(role string) (stop func()) {
	dir := os.Getenv(benchProf)
	if dir == "" {
		return func() {}
	}
	f, err := os.Create(filepath.Join(dir, fmt.Sprintf("%s-%d.prof", role, os.Getpid())))
	if err == nil {
		err = pprof.StartCPUProfile(f)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return func() { pprof.StopCPUProfile(); f.Close() }
}

func envNumber(name string) int64 {
	n, _ := strconv.ParseInt(os.Getenv(name), 10, 64)
	return n
}

// benchClock is the role's clock: another day than the real one, and faster
// where the role is to be.
func benchClock() (now func() time.Time, speed int64) {
	at, since, speed := time.UnixMilli(envNumber(benchAt)), time.Unix(0, envNumber(benchSince)), envNumber(benchSpeed)
	return func() time.Time { return at.Add(time.Since(since) * time.Duration(max(1, speed))) }, speed
}

func benchContext() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), syscall.SIGTERM)
}

// benchServe is the whole program as main runs it, on another day.
func benchServe() error {
	ctx, stop := benchContext()
	defer stop()
	now, _ := benchClock()
	p := &program{in: strings.NewReader(""), out: os.Stdout, err: os.Stderr, environ: os.Environ(), dotenv: os.DevNull, now: now}
	if code := p.run(ctx, []string{"serve"}); code != 0 {
		return fmt.Errorf("serve ended with %d", code)
	}
	return nil
}

// benchWired is the bot as serve wires it, with a pace that is not waited for
// or passes faster.
func benchWired(ctx context.Context) (*bot.Bot, *storage.Store, error) {
	now, speed := benchClock()
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	store, err := storage.Open(ctx, storage.Options{URL: os.Getenv("DATABASE_URL"), Now: now, Observe: storageTimes(registry)})
	if err != nil {
		return nil, nil, err
	}
	log := logrus.New()
	log.SetFormatter(&logrus.TextFormatter{FullTimestamp: true, DisableColors: true})
	b, err := bot.New(bot.Config{
		Store: store, Playbook: openTemplates("").Playbook, BotToken: demoBotToken, AppToken: demoAppToken, APIURL: os.Getenv(benchAPI),
		HTTP: &http.Client{Timeout: 10 * time.Second}, Log: log, Now: now, Heartbeat: -1, Registry: registry,
		Sleep: func(ctx context.Context, d time.Duration) error {
			if speed == 0 || d <= 0 {
				return ctx.Err()
			}
			t := time.NewTimer(d / time.Duration(speed))
			defer t.Stop()
			select {
			case <-t.C:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		},
		Settings: bot.Settings{
			Company: demoCompany, TeamZone: time.UTC, NudgeCron: "0 9 * * *", WeeklyCron: "0 16 * * FRI", TeamChannel: demoChannel,
			WorkingDays: coach.MonToFri, From: 8 * 60, To: 18 * 60,
		},
		Worker: workerName(), HashKey: []byte("the key of a measured process"), Endings: templates.Endings(),
	})
	return b, store, errors.Join(err, ctx.Err())
}

// benchBot runs a bot without a heartbeat and does what standard input says:
// "tick MILLIS TIMES" looks at the clock so often and answers how long each
// took, the sends included.
func benchBot() error {
	ctx, stop := benchContext()
	defer stop()
	b, store, err := benchWired(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	if err := b.Ready(ctx); err != nil {
		return err
	}
	fmt.Println("ready")
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var millis int64
		var times int
		if _, err := fmt.Sscanf(lines.Text(), "tick %d %d", &millis, &times); err != nil {
			return err
		}
		took := make([]time.Duration, times)
		for i := range took {
			start := time.Now()
			if err := b.Tick(ctx, time.UnixMilli(millis).UTC()); err != nil {
				return err
			}
			took[i] = time.Since(start)
		}
		if err := json.NewEncoder(os.Stdout).Encode(took); err != nil {
			return err
		}
	}
	stop()
	return <-ended
}

// benchImport brings the file in as the command line does and answers how long
// it took.
func benchImport() error {
	ctx, stop := benchContext()
	defer stop()
	b, store, err := benchWired(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	start := time.Now()
	data, err := os.ReadFile(os.Getenv(benchFile))
	if err != nil {
		return err
	}
	done, err := b.ImportFile(ctx, benchRep(0), "leads.csv", data, false, nil)
	if err != nil {
		return err
	}
	if done.Added != benchRows {
		return fmt.Errorf("%d of %d rows imported", done.Added, benchRows)
	}
	return json.NewEncoder(os.Stdout).Encode([]time.Duration{time.Since(start)})
}
