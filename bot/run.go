package bot

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/robfig/cron/v3"
)

// finishWithin is how long a stop waits for what is held.
const finishWithin = 10 * time.Second

// Run speaks with Slack until ctx ends: it opens the socket, takes turns as
// they come, sends what is due, and looks at the clock once a minute. When ctx
// ends it takes no new work and finishes what it holds within ten seconds. An
// error means that Slack will not let us in.
func (b *Bot) Run(ctx context.Context) error {
	me, err := b.start(ctx)
	if err != nil {
		return err
	}
	b.me = me
	b.learn(ctx)
	held, drop := context.WithCancel(context.WithoutCancel(ctx))
	defer drop()
	b.work = held
	stop, cancel := context.WithCancel(ctx)
	defer cancel()
	b.beside = stop
	var beside sync.WaitGroup
	if err := b.present(ctx, b.now()); err != nil { // before the first paced call
		b.Log.WithError(err).Warn("the other replicas could not be told that we are up")
	}
	if b.Heartbeat >= 0 {
		beside.Go(func() { b.presentLoop(stop) })
		beside.Go(func() { b.lookLoop(stop) })
		beat := cron.New(cron.WithLogger(cron.PrintfLogger(b.Log)), cron.WithChain(cron.SkipIfStillRunning(cron.DiscardLogger)))
		beat.Schedule(cron.Every(max(b.Heartbeat, time.Second)), cron.FuncJob(func() { b.beat(stop) }))
		beat.Start()
		defer func() { <-beat.Stop().Done() }()
		b.lanes.begin()
		go func() {
			defer b.lanes.done()
			b.beat(stop)
			debug.FreeOSMemory() // what the start read of everybody is not needed again
		}()
	}
	beside.Go(func() { b.sendLoop(stop) })
	err = b.links.run(ctx)
	cancel()
	beside.Wait()
	<-b.eraser.quiet()
	b.letGo()
	return err
}

// lookLoop reads the users after a start, so that who became a guest or left
// while nobody listened is known within minutes, and then whenever the day's
// reading is due, until ctx ends. It keeps nobody waiting, however large the
// workspace is.
func (b *Bot) lookLoop(ctx context.Context) {
	for ctx.Err() == nil {
		b.lookAround(ctx)
		select {
		case <-ctx.Done():
		case <-b.reread:
		}
	}
}

// lookAround reads the users once.
func (b *Bot) lookAround(ctx context.Context) {
	if err := b.guard(func() error { return b.refreshPeople(ctx) }); err != nil && ctx.Err() == nil {
		b.Log.WithError(err).Warn("users could not be read; those who write are asked for one by one")
	}
}

// start asks Slack who we are and claims the database for this workspace.
func (b *Bot) start(ctx context.Context) (identity, error) {
	for fails := 1; ; fails++ {
		me, err := b.whoAmI(ctx)
		if err == nil {
			if err := b.Store.ClaimWorkspace(ctx, me.Team); err != nil {
				return me, fmt.Errorf("this database: %w", err)
			}
			b.warnOfScopes(me)
			return me, nil
		}
		if say, hopeless := fatal(err); hopeless {
			return me, fmt.Errorf("starting: %s", say)
		}
		if err == errOrgWide || ctx.Err() != nil {
			return me, err
		}
		b.health.note(func(h *Health) { h.Trouble = "Slack cannot be reached" })
		b.Log.WithError(err).Warn("Slack cannot be reached, trying again")
		wait := backoff(fails)
		if d, limited := retryAfter(err); limited {
			wait = d
		}
		if err := sleep(ctx, wait); err != nil {
			return me, err
		}
	}
}

// warnOfScopes names what was not granted, and what is lost without it.
func (b *Bot) warnOfScopes(me identity) {
	if len(me.Scopes) == 0 {
		return
	}
	for _, s := range Scopes() {
		switch {
		case me.Scopes[s.Name]:
		case s.Optional:
			b.Log.WithField("scope", s.Name).Info("optional scope not granted: " + s.Without)
		default:
			b.Log.WithField("scope", s.Name).Error("a required scope is missing; install the app again from the manifest")
		}
	}
}

// beat is one minute's look at the clock.
func (b *Bot) beat(ctx context.Context) {
	start := b.now()
	err := b.guard(func() error { return b.Tick(ctx, start) })
	b.health.ticks.Observe(b.now().Sub(start).Seconds())
	if err != nil && ctx.Err() == nil {
		b.health.tickFails.Inc()
		b.Log.WithError(err).Error("the minute's work failed; it is tried again in a minute")
	}
	if err := b.guard(func() error { return b.lookAhead(ctx) }); err != nil && ctx.Err() == nil {
		b.Log.WithError(err).Warn("the day's lists could not be looked at before; whoever asks waits a little longer")
	}
}

// guard turns a panic into an error.
func (b *Bot) guard(work func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return work()
}

// Idle waits until nothing is held any more: every turn that was handed over,
// later work, what is being taken out of Slack, and the messages that are due.
func (b *Bot) Idle(ctx context.Context) {
	for ctx.Err() == nil {
		for _, quiet := range []func() <-chan struct{}{b.lanes.quiet, b.eraser.quiet} {
			select {
			case <-quiet():
			case <-ctx.Done():
				return
			}
		}
		if err := b.drain(ctx); err != nil {
			b.Log.WithError(err).Error("sending failed")
			return
		}
		select {
		case <-b.lanes.quiet():
			return
		default:
		}
	}
}
