package main

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	colleagueRows   = flag.Int("colleague-rows", 2000, "rows of the file that comes in while a colleague works")
	colleagueRounds = flag.Int("colleague-rounds", 1, "how often quiet, import and undo alternate while a colleague works")
)

// TestAColleagueIsNotDelayedByAnImport measures how long a rep waits for the
// acknowledgement of commands that write and of ones that only read, with
// nothing else going on, while another rep's file comes in, and while that
// import is taken back; all three by turns in one run, on both engines. For
// figures: -colleague-rows 20000 -colleague-rounds 5 -v, on a quiet machine.
func TestAColleagueIsNotDelayedByAnImport(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			c := newColleague(t, e.url(t))
			for round := range *colleagueRounds {
				c.round(round)
			}
			c.report()
		})
	}
}

// colleague is Ben, who works while Ada imports.
type colleague struct {
	*story
	ada, ben *actor
	took     map[string]map[string][]time.Duration // by what goes on and what was asked
	n        int
}

const colleagueEvery = 20 * time.Millisecond // a pace, not as fast as it goes: two loads on one machine slow each other anyway

func newColleague(t *testing.T, url string) *colleague {
	t.Helper()
	c := &colleague{story: newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin", withDatabase(url)), took: map[string]map[string][]time.Duration{}}
	c.ada, c.ben = c.Person("ada"), c.Person("ben")
	c.Joins("ada")
	c.Joins("ben")
	for i := range 50 {
		c.ben.Command(fmt.Sprintf("/prospect add Bo Ek%d, Beta%d email:bo%d@beta.test starts:today", i, i, i))
	}
	return c
}

// round is once quiet, once beside an import, once beside its undo.
func (c *colleague) round(round int) {
	c.Helper()
	var file strings.Builder
	file.WriteString("Name,Company,Title,Email,Phone\n")
	for i := range *colleagueRows {
		fmt.Fprintf(&file, "Jane Doe %d,Acme %d,CFO,jane%d.%d@acme.test,+49 341 %07d\n", i, i%3000, i, round, i)
	}
	preview := c.ada.Drop(fmt.Sprintf("leads%d.csv", round), file.String())
	at := time.Now()
	c.work("quiet", func() bool { return time.Since(at) > time.Duration(*colleagueRows)*100*time.Microsecond })

	c.beside("import", func() *answer { return preview.Click("Import " + grouped(*colleagueRows)) })
	c.beside("undo", func() *answer { return preview.Click("Undo") }) // the outcome stands where the preview stood
	c.ada.Command("/prospect list all").Sees("No prospects")
	for _, m := range c.slack.Unexpected() {
		c.slack.Take(m)
	}
}

// beside begins something big of Ada's and works until it is over.
func (c *colleague) beside(what string, begin func() *answer) {
	c.Helper()
	c.slack.SetIdle(nil) // from here on nobody waits for what the bot still does
	begin()
	over := make(chan struct{})
	go func() {
		defer close(over)
		c.bot.Idle(c.Context())
	}()
	c.work(what, func() bool {
		select {
		case <-over:
			return true
		default:
			return false
		}
	})
	c.slack.SetIdle(c.bot.Idle)
}

// work goes on at an even pace until over.
func (c *colleague) work(what string, over func() bool) {
	c.Helper()
	if c.took[what] == nil {
		c.took[what] = map[string][]time.Duration{}
	}
	pace := time.NewTicker(colleagueEvery)
	defer pace.Stop()
	for i := 0; i < 10 || !over(); i++ {
		<-pace.C
		c.n++
		kind, line := "writes", fmt.Sprintf("/prospect snooze bo ek%d 2026-02-%02d", c.n%50, 1+c.n/50%20)
		if c.n%2 == 0 {
			kind, line = "reads", "/prospect list all"
		}
		start := time.Now()
		r, err := c.ben.p.In(demoChannel).Command(line)
		c.took[what][kind] = append(c.took[what][kind], time.Since(start))
		for _, m := range r.Shown {
			c.ben.p.Take(m)
		}
		if err != nil || len(r.Shown) == 0 {
			c.Fatalf("%s, %s: %v, shown %d", what, line, err, len(r.Shown))
		}
	}
}

// report shows the figures side by side and fails when a colleague waits too
// long by any measure.
func (c *colleague) report() {
	c.Helper()
	for _, kind := range []string{"writes", "reads"} {
		quiet := percentiles(c.took["quiet"][kind])
		for _, what := range []string{"quiet", "import", "undo"} {
			got := percentiles(c.took[what][kind])
			c.Logf("%-6s beside %-6s %5d commands: median %7.1f ms, 99%% %7.1f ms, worst %7.1f ms; over quiet: median %+.1f, 99%% %+.1f", kind, what, len(c.took[what][kind]),
				inMillis(got[0]), inMillis(got[1]), inMillis(got[2]), inMillis(got[0]-quiet[0]), inMillis(got[1]-quiet[1]))
			if got[0] > 5*quiet[0]+50*time.Millisecond || got[2] > 2*time.Second {
				c.Errorf("a colleague's command that %s waits too long beside %s", kind, what)
			}
		}
	}
}

// percentiles are the median, the 99th and the worst.
func percentiles(all []time.Duration) [3]time.Duration {
	all = slices.Sorted(slices.Values(all))
	n := len(all)
	return [3]time.Duration{all[n/2], all[n*99/100], all[n-1]}
}

func inMillis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// grouped is 20,000 as the bot writes it.
func grouped(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}
