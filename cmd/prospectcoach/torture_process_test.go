package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/prospectcoach/prospectcoach/bot"
	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
	"github.com/prospectcoach/prospectcoach/templates"
)

// The tortured process is this test binary again, told so by the environment.
const (
	torturedDB  = "PROSPECTCOACH_TORTURED_DB"
	torturedAPI = "PROSPECTCOACH_TORTURED_API"
	torturedAt  = "PROSPECTCOACH_TORTURED_SINCE" // real Unix nanoseconds at tortureStart
	torturedDay = "PROSPECTCOACH_TORTURED_DAY"   // how long a day lasts; with it the process tells its size every evening
)

// A second of the experiment is a minute of the bot's: leases, healing and
// pacing keep their proportions, and a night of them passes in minutes.
const tortureSpeed = 60

var tortureStart = time.Date(2026, time.January, 5, 0, 5, 0, 0, time.UTC)

// tortureClock runs on without end when day is nothing. Otherwise each day
// shows its minutes around nine o'clock and the next follows at once, so that a
// quarter of a year of mornings passes in as many seconds.
func tortureClock(since time.Time, day time.Duration) func() time.Time {
	if day == 0 {
		return func() time.Time { return tortureStart.Add(time.Since(since) * tortureSpeed) }
	}
	return func() time.Time {
		real := time.Since(since)
		morning := time.Date(2026, time.January, 5, 9, 0, 0, 0, time.UTC).Add(-day / 4 * tortureSpeed)
		return morning.AddDate(0, 0, int(real/day)).Add(real % day * tortureSpeed)
	}
}

// tortured is the process that is killed: store, playbook and bot as serve
// wires them, on the fast clock. It answers the exit code.
func tortured() int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	nanos, err := strconv.ParseInt(os.Getenv(torturedAt), 10, 64)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	day, err := time.ParseDuration("0" + os.Getenv(torturedDay))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	since := time.Unix(0, nanos)
	now := tortureClock(since, day)
	log := logrus.New()
	settings := bot.Settings{TeamZone: time.UTC, NudgeCron: "0 9 * * *", WeeklyCron: "0 16 * * FRI", WorkingDays: coach.MonToFri, From: 0, To: 24 * 60}
	if day == 0 {
		log.SetLevel(logrus.DebugLevel)
	} else {
		settings.WeeklyCron, settings.TeamChannel, settings.Managers, settings.WeeklyReps = "2 9 * * FRI", demoChannel, []string{demoRuth}, "thread"
	}
	live := openTemplates("")
	if day > 0 {
		fillMemories(live.Playbook(), tortureStart)
		go tellSize(ctx, since, day)
	}
	store, err := storage.Open(ctx, storage.Options{URL: os.Getenv(torturedDB), Now: now})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	defer store.Close()
	b, err := bot.New(bot.Config{
		Store: store, Playbook: live.Playbook, BotToken: demoBotToken, AppToken: demoAppToken, APIURL: os.Getenv(torturedAPI),
		HTTP: torturedHTTP(day), Log: log, Now: now, Heartbeat: time.Second,
		Sleep: func(ctx context.Context, d time.Duration) error {
			t := time.NewTimer(d / tortureSpeed)
			defer t.Stop()
			select {
			case <-t.C:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		},
		Settings: settings, Worker: workerName(), HashKey: []byte("the key of a process that is killed"), Endings: templates.Endings(),
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	if err := b.Run(ctx); err != nil && ctx.Err() == nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// torturedHTTP is serve's client; where days are short, a connection that
// nobody uses is closed before their evening.
func torturedHTTP(day time.Duration) *http.Client {
	through := http.DefaultTransport.(*http.Transport).Clone()
	if day > 0 {
		through.IdleConnTimeout = day / 20
	}
	return &http.Client{Timeout: 10 * time.Second, Transport: through}
}

// torture is one experiment: a local Slack in this process, the bot in another.
type torture struct {
	*testing.T
	slack *localslack.Server
	since time.Time
	day   time.Duration // see tortureClock
	dir   string
	url   string // of the database
	reps  []string
	log   *os.File
}

func newTorture(t *testing.T, reps int, gap, day time.Duration) *torture {
	e := &torture{T: t, dir: t.TempDir(), since: time.Now(), day: day}
	now := tortureClock(e.since, day)
	o := demoWorkspace(now)
	for i := range reps {
		id := fmt.Sprintf("U0REP%05d", i)
		e.reps = append(e.reps, id)
		o.Users = append(o.Users, localslack.User{ID: id, Name: strings.ToLower(id), RealName: "Rep " + strconv.Itoa(i), TZ: "UTC", TeamID: demoWorkspaceID})
	}
	if day > 0 {
		o.AckDeadline, o.TriggerLife = 20*time.Second, 20*time.Second // what is lost counts, not how busy the machine is
	}
	e.slack = localslack.New(o)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: e.slack.Handler(), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { e.slack.Close(); server.Close() })
	e.slack.SetURL("http://" + l.Addr().String())
	e.url = "sqlite://" + filepath.Join(e.dir, "tortured.db")
	if e.log, err = os.Create(filepath.Join(e.dir, "log")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.log.Close() })
	if gap > 0 {
		e.seed(now, gap)
	}
	return e
}

// start begins the bot's process.
func (e *torture) start() *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		e.Fatal(err)
	}
	c := exec.Command(self)
	c.Env = append(os.Environ(), torturedDB+"="+e.url, torturedAPI+"="+e.slack.URL()+"/api/", torturedAt+"="+strconv.FormatInt(e.since.UnixNano(), 10))
	if e.day > 0 {
		c.Env = append(c.Env, torturedDay+"="+e.day.String())
	}
	c.Stdout, c.Stderr = e.log, e.log
	if err := c.Start(); err != nil {
		e.Fatal(err)
	}
	e.Cleanup(func() { _ = c.Process.Kill() }) // of a test that failed on the way
	return c
}

// wait waits in real time; the processes of this experiment live in it.
func wait(d time.Duration) { <-time.After(d) }

func (e *torture) tail() string {
	raw, _ := os.ReadFile(e.log.Name())
	return string(raw[max(0, len(raw)-3000):])
}

func (e *torture) whole() string {
	raw, err := os.ReadFile(e.log.Name())
	if err != nil {
		e.Fatal(err)
	}
	return string(raw)
}
