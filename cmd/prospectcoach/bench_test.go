//go:build bench

package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

var (
	benchReps     = flag.Int("bench-reps", 5000, "reps of the measured company, 200 prospects each")
	benchRounds   = flag.Int("bench-rounds", 5, "rounds of which the median is shown")
	benchDoc      = flag.String("bench-doc", "", "the document whose table is written anew; empty: it is only printed")
	benchProfiles = flag.String("bench-profiles", "", "folder for the profiles of the measured processes; empty: none are made")
	benchOnly     = flag.String("bench-only", "", "only this part: commands, wave, paced, tick, start, import, week, postgres")
)

// bench is one run of everything.
type bench struct {
	*testing.T
	table
	size    benchSize
	rounds  int
	long    time.Duration // of a round of steady commands
	quick   time.Duration // of a round of the smaller rows
	speed   int           // of the paced wave's clock
	big     string        // the company's SQLite file, a copy to work on
	section string
}

// TestBench measures everything in one run, side by side: the rounds of what
// is compared alternate, and the table shows medians.
func TestBench(t *testing.T) {
	b := &bench{T: t, size: benchSize{*benchReps}, rounds: *benchRounds, long: 10 * time.Second, quick: 3 * time.Second, speed: 10}
	if testing.Short() {
		b.rounds, b.long, b.quick, b.speed = 1, 2*time.Second, time.Second, 100
		if b.size.reps == 5000 {
			b.size.reps = 250
		}
	}
	b.big = b.copyOf(b.size)
	start := time.Now()
	for _, part := range []struct {
		name string
		run  func()
	}{
		{"commands", b.commands}, {"wave", b.wave}, {"paced", b.paced}, {"tick", b.ticks}, {"start", b.starts},
		{"import", b.imports}, {"week", b.weeks}, {"postgres", b.postgres},
	} {
		if *benchOnly != "" && *benchOnly != part.name {
			continue
		}
		part.run()
		t.Logf("%s done after %v", part.name, time.Since(start).Round(time.Second))
	}
	fmt.Println(b.String())
	if *benchDoc != "" {
		b.write(t, *benchDoc, aboutMachine(t)+fmt.Sprintf("%s reps with %d prospects each; medians of %d rounds.\n", thousands(b.size.reps), benchEach, b.rounds))
	}
}

func (b *bench) add(what, ours, against, ratio, target, met string) {
	b.table.add(benchRow{b.section, what, ours, against, ratio, target, met})
}

// copyOf is a copy of a company's file, to be worked on.
func (b *bench) copyOf(s benchSize) (path string) {
	b.Helper()
	path = filepath.Join(b.TempDir(), "company.db") // synced: what is not yet on the disk would slow every commit down
	if out, err := exec.Command("sh", "-c", `cp --reflink=auto "$0" "$1" && sync "$1"`, benchDatabase(b.T, s), path).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return path
}

// commands measures what people type.
func (b *bench) commands() {
	b.section = fmt.Sprintf("Commands, %s prospects, SQLite", thousands(b.size.prospects()))
	url := "sqlite://" + b.big
	ours := launchAnswering(b.T, "serve", b.size, url)
	echo := launchAnswering(b.T, "echo", b.size, url, benchFile+"="+b.answerOf(ours))
	floor := launchAnswering(b.T, "floor", b.size, url)
	b.versus(ours, echo, floor)
	b.asked(ours)
	for _, a := range []*answering{ours, echo, floor} {
		a.stop()
		for _, v := range a.slack.Violations() {
			b.Errorf("the local Slack objects: %s", v)
		}
	}
}

// answerOf writes what list answers into a file, for the echo.
func (b *bench) answerOf(ours *answering) string {
	b.Helper()
	text, _ := listAsk(0)
	r, err := ours.slack.Person(benchRep(0)).In(benchRoom(2)).Command(text)
	if err != nil || len(r.Shown) != 1 {
		b.Fatalf("%s: %v %v\n%s", text, r.Shown, err, ours.tail())
	}
	m := r.Shown[0]
	path := filepath.Join(b.TempDir(), "answer.json")
	answer := fmt.Sprintf(`{"response_type":"ephemeral","text":%s,"blocks":%s}`, jsonText(m.Text), m.Blocks)
	if err := os.WriteFile(path, []byte(answer), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

// versus compares the list command with the echo and the floor, round by round.
func (b *bench) versus(all ...*answering) {
	steady, bursts := make([][]load, len(all)), make([][]load, len(all))
	for round := range b.rounds + 1 {
		for i, a := range all {
			if round == 0 { // warms up
				a.steady(100, time.Second, listAsk)
				continue
			}
			steady[i] = append(steady[i], a.steady(100, b.long, listAsk))
		}
		for i, a := range all {
			l := a.burst(500, listAsk)
			if round > 0 {
				bursts[i] = append(bursts[i], l)
			}
		}
	}
	vs := func(what string, loads [][]load, of func(load) time.Duration, target float64) {
		var m []time.Duration
		for _, ls := range loads {
			var xs []time.Duration
			for _, l := range ls {
				xs = append(xs, of(l))
			}
			m = append(m, median(xs))
		}
		want, met := "", ""
		if target > 0 {
			want, met = fmt.Sprintf("≤ %.1f × the echo", target), verdict(times(m[0], m[1]) <= target)
		}
		against := "echo " + ms(m[1])
		if len(m) > 2 {
			against += ", floor " + ms(m[2])
		}
		b.add(what, ms(m[0]), against, ratio(times(m[0], m[1])), want, met)
	}
	at := func(q float64) func(load) time.Duration { return func(l load) time.Duration { return l.at(q) } }
	vs("`list` at 100/s, ack and answer, p50", steady, at(.5), 0)
	vs("`list` at 100/s, ack and answer, p99", steady, at(.99), 1.5)
	vs("`list` at 100/s, ack and answer, worst", steady, at(1), 0)
	vs("CPU per command", steady, func(l load) time.Duration { return l.cpu }, 2.5)
	vs("burst of 500 `list`, all answered", bursts, func(l load) time.Duration { return l.all }, 2)
	vs("burst of 500 `list`, p50", bursts, at(.5), 0)
}

// asked measures other commands of ours, and a long list against a short one.
func (b *bench) asked(ours *answering) {
	for _, c := range []struct {
		name string
		what ask
	}{{"`list page:2`, not looked at before, at 100/s", pageAsk}, {"`show` at 100/s", showAsk}, {"suggestion: `next` at 100/s", nextAsk}, {"draft check: `check email` of 64 words at 100/s", checkAsk}, {"a change: `note` at 100/s", noteAsk}} {
		var p50, p99, cpu []time.Duration
		for range b.rounds {
			l := ours.steady(100, b.quick, c.what)
			p50, p99, cpu = append(p50, l.at(.5)), append(p99, l.at(.99)), append(cpu, l.cpu)
		}
		b.add(c.name, "p50 "+ms(median(p50))+", p99 "+ms(median(p99)), "", "", "", "")
		b.add(c.name+", CPU per command", ms(median(cpu)), "", "", "", "")
	}
	var large, small []time.Duration
	for range b.rounds {
		large = append(large, ours.one(benchBig, 100, b.quick, "/prospect list", "prospects active").at(.5))
		small = append(small, ours.one(benchSmall, 100, b.quick, "/prospect list", "20 prospects active").at(.5))
	}
	r := times(median(large), median(small))
	b.add("`list` with 5,000 prospects, p50", ms(median(large)), "with 20: "+ms(median(small)), ratio(r), "≤ 2 ×", verdict(r <= 2))
}

// due makes everybody's nudge due on Monday at nine, as on the first day.
func (b *bench) due(url string) {
	b.Helper()
	db := benchSQL(b.T, url)
	defer db.Close()
	for _, text := range []string{"DELETE FROM outbox", "DELETE FROM leases", "DELETE FROM paces", "DELETE FROM replicas", fmt.Sprintf("UPDATE reps SET next_nudge = %d WHERE id LIKE 'U0BENCH0%%'", benchMonday.UnixMilli())} {
		if _, err := db.Exec(text); err != nil {
			b.Fatal(err)
		}
	}
}

// planned puts everybody's nudge off for a year.
func (b *bench) planned(url string) {
	b.Helper()
	db := benchSQL(b.T, url)
	defer db.Close()
	if _, err := db.Exec(fmt.Sprintf("UPDATE reps SET next_nudge = %d", time.Date(2099, 1, 1, 9, 0, 0, 0, time.UTC).UnixMilli())); err != nil {
		b.Fatal(err)
	}
}

// bot launches a bot without heartbeat on a Slack of its own.
func (b *bench) bot(s benchSize, url string, clock time.Time, speed int, limits bool) (*measured, *localslack.Server) {
	b.Helper()
	start := time.Now()
	now := func() time.Time { return clock.Add(time.Since(start) * time.Duration(max(1, speed))) }
	slack := benchOffice(b.T, s, now, localslack.Limits{On: limits})
	m := launch(b.T, "bot", slack, clock, "DATABASE_URL="+url, fmt.Sprintf("%s=%d", benchSpeed, speed))
	if l := m.line(time.Minute); l != "ready" {
		b.Fatal(l)
	}
	return m, slack
}
