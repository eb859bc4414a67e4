package main

import (
	"bytes"
	"context"
	"flag"
	"math/rand/v2"
	"regexp"
	"runtime/pprof"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

var (
	soakFor  = flag.Duration("soak", 8*time.Second, "how long the busy team works in the soak test, in real time")
	soakSeed = flag.Uint64("soak-seed", 1, "what the busy team does")
)

// soakDay is how long a day of the soak lasts; its last third is the evening,
// in which nobody does anything.
const soakDay = 9 * time.Second

// A busy team does everything that people can do, at full speed, day after
// day, against a bot in a process of its own: memory, goroutines and open files
// stay what they were, nothing breaks, nobody is left without an answer. Under
// the race detector the process is watched by it too.
func TestTorture_Soak(t *testing.T) {
	t.Parallel()
	e := newTorture(t, 5, 0, soakDay)
	c := e.start()
	e.listens()
	ctx, enough := context.WithTimeout(t.Context(), *soakFor)
	defer enough()
	var office sync.WaitGroup
	team := make([]*busy, 0, 9)
	for i, who := range append([]string{demoAda, demoBen, demoMei, demoRuth}, e.reps...) {
		b := &busy{e: e, p: e.slack.Person(who), rng: rand.New(rand.NewPCG(*soakSeed, uint64(i))), others: e.reps, deeds: map[string]int{}}
		team = append(team, b)
		office.Go(func() { b.work(ctx) })
	}
	office.Go(func() {
		for ctx.Err() == nil {
			wait(time.Second)
			e.slack.Trim(60)
		}
	})
	home := make(chan struct{})
	go func() { office.Wait(); close(home) }()
	select {
	case <-home:
	case <-time.After(*soakFor + time.Minute):
		var stacks bytes.Buffer
		_ = pprof.Lookup("goroutine").WriteTo(&stacks, 1)
		t.Fatalf("somebody still waits for an answer:\n%s", stacks.String())
	}
	wait(soakDay + soakDay/3) // one more evening
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Errorf("the process did not stop well: %v", err)
	}
	e.sound()

	deeds := map[string]int{}
	all, unanswered := 0, 0
	for _, b := range team {
		for what, n := range b.deeds {
			deeds[what] += n
			all += n
		}
		unanswered += b.unanswered
		for _, said := range b.wrong {
			t.Errorf("%s: %s", b.p.ID(), said)
		}
	}
	if unanswered > 0 {
		t.Errorf("%d of %d deeds got no answer in 3 s", unanswered, all)
	}
	for _, v := range e.slack.Violations() {
		t.Errorf("the local Slack complains: %s", v)
	}
	log := e.whole()
	sizes := sizesIn(log)
	for _, bad := range []string{"DATA RACE", "panic:"} {
		if at := strings.Index(log, bad); at >= 0 {
			t.Errorf("the log says %s:\n%.3000s", bad, log[max(0, at-200):])
		}
	}
	troubles, weekly, late := 0, 0, 0
	for line := range strings.Lines(log) {
		switch {
		case strings.Contains(line, "msg=sent kind=weekly"):
			weekly++
		case !strings.Contains(line, "level=error"):
		case strings.Contains(line, "context deadline exceeded"):
			late++
		case strings.Contains(line, "an answer could not be shown") && leftBehind.MatchString(line): // people close windows when they like, and leave them open overnight
		case troubles < 10:
			troubles++
			t.Errorf("the log says %s", line)
		}
	}
	t.Logf("%s, %d days, %d deeds: %v", *soakFor, len(sizes), all, deeds)
	if late*50 > all && *soakFor >= time.Minute { // less is a machine that has other things to do
		t.Errorf("%d of %d deeds took too long", late, all)
	}
	t.Logf("%d took too long and were answered so", late)
	t.Logf("%d weekly summaries; heap, goroutines, files, memory in the evenings: %v", weekly, sizes)
	for _, wrong := range grown(sizes) {
		t.Error(wrong)
	}
}

var leftBehind = regexp.MustCompile(`redrawing a window: not_found|invalid_url|expired_url`)

// listens waits until the process answers: it fills its memories before.
func (e *torture) listens() {
	for range 1200 {
		if e.slack.Connections() > 0 {
			return
		}
		wait(50 * time.Millisecond)
	}
	e.Fatalf("the process never connected:\n%s", e.tail())
}
