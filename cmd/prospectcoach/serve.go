package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/kljensen/snowball/english"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"

	"github.com/prospectcoach/prospectcoach/bot"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
	"github.com/prospectcoach/prospectcoach/templates"
)

func (p *program) serveCommand() *cobra.Command {
	var newKey bool
	c := &cobra.Command{
		Use:   "serve",
		Short: "Runs the bot until SIGINT or SIGTERM",
		Long: "Runs the bot. Settings come from the environment and an optional .env file; each but the secrets is also a flag.\n" +
			"Secrets (SLACK_BOT_TOKEN, SLACK_APP_TOKEN, DATABASE_URL, HASH_KEY) can come from a file: SLACK_BOT_TOKEN_FILE=path.",
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			s, err := p.settings(c)
			if err != nil {
				return err
			}
			if err := s.needTokens(); err != nil {
				return err
			}
			return p.serve(c.Context(), s, newKey)
		},
	}
	addSettingFlags(c.Flags())
	c.Flags().BoolVar(&newKey, "new-key", false, "take another HASH_KEY or key file than the database began with; nobody on its never-contact list is recognised then")
	return c
}

// settings reads the settings of a command that has them as flags.
func (p *program) settings(c *cobra.Command) (Settings, error) {
	vars, err := environment(p.environ, p.dotenv, c.Flags())
	if err != nil {
		return Settings{}, err
	}
	return readSettings(vars)
}

// serve wires everything and runs until ctx ends.
func (p *program) serve(ctx context.Context, s Settings, newKey bool) error {
	log := p.newLog(s)
	if s.APIURL != "" {
		if u, err := url.Parse(s.APIURL); err == nil && u.Hostname() != "slack.com" && !strings.HasSuffix(u.Hostname(), ".slack.com") {
			log.WithField("event", "start").Warnf("SLACK_API_URL points to %s: the tokens go there", u.Host)
		}
	}
	if _, _, err := keptKey(s); err != nil {
		return err
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	store, err := storage.Open(ctx, storage.Options{URL: s.DatabaseURL.Reveal(), Now: p.now, Observe: storageTimes(registry),
		Upgrading: func(u storage.Upgrade) { log.WithField("event", "upgrade").Warn(upgradeSays(u)) }})
	if err != nil {
		return err
	}
	defer store.Close()
	key, err := hashKey(ctx, s, store, newKey)
	if err != nil {
		return err
	}

	live := openTemplates(s.TemplatesDir)
	for _, f := range live.Faults() {
		log.WithField("event", "templates").Warn(f.String())
	}
	b, err := bot.New(bot.Config{
		Store: store, Playbook: live.Playbook, Refresh: refresh(live),
		BotToken: s.BotToken.Reveal(), AppToken: s.AppToken.Reveal(), APIURL: s.apiURL(),
		HTTP: &http.Client{Timeout: 10 * time.Second}, Log: log, Now: p.now,
		Settings: s.forBot(), Worker: workerName(), Registry: registry, Version: version(),
		HashKey: key, Endings: templates.Endings(),
	})
	if err != nil {
		return err
	}
	if s.HTTPAddr != "" {
		stop, err := serveHTTP(s.HTTPAddr, b.HTTPHandler(), log)
		if err != nil {
			return err
		}
		defer stop()
	}
	log.WithFields(logrus.Fields{"event": "start", "version": version()}).Info("prospectcoach is starting")
	err = b.Run(ctx)
	log.WithField("event", "stop").Info("prospectcoach has stopped")
	return err
}

// storageTimes measures the database's transactions.
func storageTimes(registry *prometheus.Registry) func(op string, took time.Duration, err error) {
	h := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "prospectcoach_storage_duration_seconds", Help: "Transactions of the database, by op (read, write) and outcome (ok, error); a refused change counts as an error.",
		Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5},
	}, []string{"op", "outcome"})
	registry.MustRegister(h)
	return func(op string, took time.Duration, err error) {
		outcome := "ok"
		if err != nil {
			outcome = "error"
		}
		h.WithLabelValues(op, outcome).Observe(took.Seconds())
	}
}

// openTemplates opens the team's folder over the built-in one, with the
// stemmer and the calendar that the coach is handed.
func openTemplates(dir string) *templates.Live {
	return templates.Open(dir, stem, newHolidays().Name)
}

func stem(word string) string { return english.Stem(word, false) }

// refresh is what the bot's beat calls to see a team's changed files.
func refresh(live *templates.Live) func(time.Time) []string {
	return func(time.Time) []string {
		_, faults := live.Refresh()
		var lines []string
		for _, f := range faults {
			lines = append(lines, f.String())
		}
		return lines
	}
}

// apiURL always ends in a slash, as slack-go wants it.
func (s Settings) apiURL() string {
	if s.APIURL == "" || strings.HasSuffix(s.APIURL, "/") {
		return s.APIURL
	}
	return s.APIURL + "/"
}

func (s Settings) forBot() bot.Settings {
	return bot.Settings{
		Company: s.Company, Reps: s.Reps, Managers: s.Managers, TeamChannel: s.TeamChannel, TeamZone: s.TeamTZ.Location,
		NudgeCron: string(s.NudgeCron), WeeklyCron: string(s.WeeklyCron), WeeklyReps: string(s.WeeklyReps),
		ShowNames: bool(s.WeeklyNames), Holidays: string(s.Holidays),
		WorkingDays: coach.Weekdays(s.WorkingDays), From: s.WorkingHours.From, To: s.WorkingHours.To,
	}
}

// workerName tells replicas apart. In containers host and process id repeat:
// after a restart, and where replicas share the host's name. The rest is chance.
func workerName() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return fmt.Sprintf("%s/%d/%s", host, os.Getpid(), rand.Text()[:8])
}

func (p *program) newLog(s Settings) *logrus.Logger {
	log := logrus.New()
	log.SetOutput(p.err)
	log.SetLevel(logrus.Level(s.LogLevel))
	if s.LogFormat == "json" {
		log.SetFormatter(&logrus.JSONFormatter{})
	} else {
		log.SetFormatter(&logrus.TextFormatter{FullTimestamp: true, DisableColors: true})
	}
	return log
}

// serveHTTP listens for health and metrics; stop ends it.
func serveHTTP(addr string, h http.Handler, log logrus.FieldLogger) (stop func(), err error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("HTTP_ADDR held %q, which cannot be listened on: %w", addr, err)
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		if err := srv.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
			log.WithField("event", "http").WithError(err).Error("health and metrics have stopped")
		}
	}()
	return func() { _ = srv.Close() }, nil
}
