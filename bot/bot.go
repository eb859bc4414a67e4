package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/sirupsen/logrus"
	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// Config is everything the bot needs; fields are set once, by cmd or a test.
type Config struct {
	Store    *storage.Store
	Playbook func() *coach.Playbook // the one in use now
	// Refresh reads the team's own templates again if they changed and answers
	// what is wrong with them, one line per fault; nil when there are none of
	// the team's own.
	Refresh func(now time.Time) []string

	Endings []string // name endings that belong to a company (add)
	HashKey []byte   // of the never-contact list

	BotToken string
	AppToken string
	APIURL   string // "" for slack.com; else with a trailing slash
	HTTP     *http.Client
	Log      logrus.FieldLogger
	Now      func() time.Time
	// Sleep waits between paced sends and between the two looks of healing;
	// nil waits in real time. Stories hand in one that does not wait.
	Sleep     func(ctx context.Context, d time.Duration) error
	Heartbeat time.Duration // 0 means a minute; negative means none (stories call Tick)

	Settings Settings
	Worker   string // name of this process, unique among replicas
	Registry *prometheus.Registry
	Version  string
}

// Settings are what the operator decides.
type Settings struct {
	Company     string
	Reps        string   // "" all full members, or the id of a channel or a user group
	Managers    []string // user ids
	TeamChannel string   // id or name
	TeamZone    *time.Location
	NudgeCron   string // gives the default hour
	WeeklyCron  string
	WeeklyReps  string // "off" or "thread"
	Holidays    string // country
	WorkingDays coach.Weekdays
	From, To    int    // minutes of the day
	Command     string // the app's command name, "/prospect"
	ShowNames   bool   // S6: names of prospects in the weekly summary
}

// Bot is the running program towards Slack. Make it with New, run it with Run.
type Bot struct {
	Config
	api    *slack.Client
	routes Routes
	me     identity

	people    *people
	opinions  *opinions // of the coach, for lists
	ahead     ahead
	looking   sync.Mutex // held by the beat that looks ahead
	lanes     *lanes
	pace      *pacer
	links     *links
	health    *health
	imports   *imports
	aside     *aside
	bulk      *bulk
	eraser    *eraser
	sender    chan struct{}          // capacity 1: who holds it drains the outbox
	wake      chan struct{}          // capacity 1: something may be due in the outbox
	reread    chan struct{}          // capacity 1: the users are to be read again
	slashName atomic.Pointer[string] // as it was last typed
	zoneGiven bool
	sweep     atomic.Bool // rows may have been left behind: look for them
	fleet     fleet
	nudgeH    int // default minute of the day of the nudge
	weekly    schedule
	pageSize  int             // of a DM's history, when it is read to its end
	work      context.Context // of turns in progress; Run sets it before the first
	beside    context.Context // of what no stop waits for; Run sets it too
}

// identity is who we are to Slack, by auth.test.
type identity struct {
	Team, User, Bot, URL string
	Enterprise           string // the company's, "" outside of Enterprise Grid
	Scopes               map[string]bool
}

// New checks the configuration. It does not speak to Slack yet.
func New(c Config) (*Bot, error) {
	switch {
	case c.Store == nil, c.Playbook == nil, c.Log == nil, c.Now == nil:
		return nil, errors.New("bot: Store, Playbook, Log and Now must be given")
	case c.Worker == "":
		return nil, errors.New("bot: Worker must be given")
	}
	zoneGiven := c.Settings.TeamZone != nil
	if !zoneGiven {
		c.Settings.TeamZone = time.UTC
	}
	if c.Settings.Command == "" {
		c.Settings.Command = "/prospect"
	}
	if c.Sleep == nil {
		c.Sleep = sleep
	}
	if c.Heartbeat == 0 {
		c.Heartbeat = time.Minute
	}
	if c.HTTP == nil {
		c.HTTP = &http.Client{Timeout: 10 * time.Second}
	}
	if c.Registry == nil {
		c.Registry = prometheus.NewRegistry()
	}
	b := &Bot{Config: c, routes: Table(), zoneGiven: zoneGiven, sender: make(chan struct{}, 1), wake: make(chan struct{}, 1), reread: make(chan struct{}, 1)}
	var err error
	if b.nudgeH, err = nudgeMinute(c.Settings.NudgeCron); err != nil {
		return nil, err
	}
	if b.weekly, err = parseSchedule(c.Settings.WeeklyCron); err != nil {
		return nil, fmt.Errorf("weekly schedule: %w", err)
	}
	b.work, b.beside, b.pageSize = context.Background(), context.Background(), 200
	b.sweep.Store(true)
	b.health = newHealth(c.Registry)
	c.Registry.MustRegister(figures{b})
	b.HTTP = b.countCalls(c.HTTP)
	b.api = newAPI(b.Config)
	b.people, b.opinions = newPeople(), newOpinions()
	b.lanes = newLanes()
	b.aside = newAside()
	b.pace = newPacer(c.Now, b.waitAside)
	b.pace.shared = b.sharedPace
	b.links = newLinks(b)
	b.imports, b.bulk, b.eraser = newImports(), newBulk(), newEraser()
	return b, nil
}

// now is the moment in UTC.
func (b *Bot) now() time.Time { return b.Now().UTC() }

// sleep waits in real time, but not for what ctx will not live to see.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timed, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	if end, ok := ctx.Deadline(); ok {
		if at, _ := timed.Deadline(); at.Equal(end) {
			return errFar
		}
	}
	<-timed.Done()
	return ctx.Err()
}
