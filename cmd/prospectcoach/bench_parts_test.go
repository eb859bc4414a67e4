//go:build bench

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/storage/pgtest"
)

func jsonText(s string) string { b, _ := json.Marshal(s); return string(b) }

// thousands sets the digits in groups.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// wave is the Monday on which everybody's prospects are due, with a Slack that
// takes as much as it can.
func (b *bench) wave() {
	b.section = "The morning, SQLite"
	b.waves("sqlite://" + b.big)
}

func (b *bench) waves(url string) {
	var rate []float64
	var cpu []time.Duration
	var slackCPU []time.Duration
	var peak []int64
	rounds := min(b.rounds, 3)
	for range rounds {
		b.due(url)
		m, slack := b.bot(b.size, url, benchMonday, 0, false)
		own, theirs := m.cpu(), cpuOf(b.T, os.Getpid())
		took := m.tick(benchMonday, 1)[0]
		own, theirs = m.cpu()-own, cpuOf(b.T, os.Getpid())-theirs
		sent := slack.Calls("chat.postMessage")
		if sent != b.size.reps {
			b.Fatalf("%d of %d nudges were posted\n%s", sent, b.size.reps, m.tail())
		}
		rate = append(rate, float64(sent)/took.Seconds())
		cpu, slackCPU = append(cpu, own/time.Duration(sent)), append(slackCPU, theirs/time.Duration(sent))
		peak = append(peak, m.memory("VmHWM"))
		m.stop()
		if took > time.Minute {
			break // one round of that length is enough
		}
	}
	name := fmt.Sprintf("wave: %s reps × %d due", thousands(b.size.reps), benchEach)
	r := median(rate)
	b.add(name+", no limits", fmt.Sprintf("%.0f nudges/s", r), "", "", "≥ 1,000/s", verdict(r >= 1000))
	b.add("CPU per nudge", ms(median(cpu)), "the local Slack's own: "+ms(median(slackCPU)), "", "", "")
	b.add("peak memory", mib(median(peak)), "", "", "≤ 96 MiB", verdict(median(peak) <= 96<<20))
}

// paced is the same with Slack's limits kept by both sides, on a clock that
// runs faster: what the pace alone takes is known, the rest is ours.
func (b *bench) paced() {
	b.section = "The morning, SQLite"
	url := "sqlite://" + b.big
	b.due(url)
	m, slack := b.bot(b.size, url, benchMonday, b.speed, true)
	took := m.tick(benchMonday, 1)[0] * time.Duration(b.speed)
	if sent := slack.Calls("chat.postMessage"); sent != b.size.reps {
		b.Errorf("%d of %d nudges were posted\n%s", sent, b.size.reps, m.tail())
	}
	m.stop()
	alone := time.Duration(b.size.reps-1) * time.Second / 4
	over := 100 * (times(took, alone) - 1)
	b.add(fmt.Sprintf("wave with Slack's limits (clock × %d)", b.speed), took.Round(100*time.Millisecond).String(), "pacing alone: "+alone.Round(100*time.Millisecond).String(),
		fmt.Sprintf("%+.1f %%", over), "≤ 2 % over", verdict(over <= 2))
}

// ticks is the minute's look at the clock when nothing is due.
func (b *bench) ticks() {
	b.section = "Nothing to do, SQLite"
	few := benchSize{50}
	b.idle("sqlite://"+b.copyOf(few), "sqlite://"+b.big, few)
}

func (b *bench) idle(few, many string, fewSize benchSize) {
	at := benchMonday.Add(time.Hour)
	b.planned(few)
	b.planned(many)
	small, _ := b.bot(fewSize, few, at, 0, false)
	large, _ := b.bot(b.size, many, at, 0, false)
	var a, z []time.Duration
	small.tick(at, 3)
	large.tick(at, 3)
	for range 4 * b.rounds {
		a = append(a, median(small.tick(at, 50)))
		z = append(z, median(large.tick(at, 50)))
	}
	small.stop()
	large.stop()
	r := times(median(z), median(a))
	b.add(fmt.Sprintf("tick with nothing due, %s prospects", thousands(b.size.prospects())), ms(median(z)),
		fmt.Sprintf("with %s: %s", thousands(fewSize.prospects()), ms(median(a))), ratio(r), "≤ 1.3 ×", verdict(r <= 1.3))
}

// starts is the delivered binary from its start until it says it is ready, and
// what it holds when left alone.
func (b *bench) starts() {
	b.section = "Nothing to do, SQLite"
	path := filepath.Join(b.TempDir(), "prospectcoach")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", path, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	b.ready(path, "sqlite://"+b.big)
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	b.add("size of the binary", mib(info.Size()), "", "", "", "")
}

func (b *bench) ready(path, url string) {
	b.planned(url)
	var took []time.Duration
	var idle []int64
	for round := range b.rounds + 1 {
		addr := freeAddr(b.T)
		slack := benchOffice(b.T, benchSize{1}, time.Now, localslack.Limits{})
		start := time.Now()
		m := launchBinary(b.T, exec.Command(path, "serve"), slack, "DATABASE_URL="+url, "HTTP_ADDR="+addr)
		for fetched(addr, "/readyz") == "" {
			if time.Since(start) > 30*time.Second {
				b.Fatalf("not ready after 30 s\n%s", m.tail())
			}
			time.Sleep(time.Millisecond)
		}
		if round > 0 { // the first one reads the binary from the disk
			took = append(took, time.Since(start))
		}
		if round == b.rounds {
			time.Sleep(b.quick)
			idle = append(idle, m.memory("VmRSS"))
		}
		m.stop()
	}
	d := median(took)
	b.add(fmt.Sprintf("start until /readyz says so, %s prospects", thousands(b.size.prospects())), ms(d), "", "", "≤ 300 ms", verdict(d <= 300*time.Millisecond))
	b.add("idle memory after the first minute's look", mib(median(idle)), "", "", "≤ 40 MiB", verdict(median(idle) <= 40<<20))
}

// imports is a file of 20,000 rows against the bare inserts of what it wrote.
func (b *bench) imports() {
	b.section = "Larger work, SQLite"
	b.imported(func() string { return "sqlite://" + filepath.Join(b.TempDir(), "import.db") })
}

func (b *bench) imported(empty func() string) {
	file := filepath.Join(b.TempDir(), "leads.csv")
	if err := benchCSV(file); err != nil {
		b.Fatal(err)
	}
	var ours, bare []time.Duration
	for range min(b.rounds, 3) {
		url := empty()
		m := launch(b.T, "import", nil, benchMonday, "DATABASE_URL="+url, benchFile+"="+file)
		ours = append(ours, m.took()[0])
		m.stop()
		m = launch(b.T, "bare", nil, benchMonday, "DATABASE_URL="+empty(), benchFile+"="+url)
		bare = append(bare, m.took()[0])
		m.stop()
	}
	r := times(median(ours), median(bare))
	b.add("import of 20,000 rows", ms(median(ours)), "bare inserts of the same rows: "+ms(median(bare)), ratio(r), "≤ 3 ×", verdict(r <= 3))
}

// weeks is the Friday on which everybody gets their week.
func (b *bench) weeks() {
	b.section = "Larger work, SQLite"
	s := benchSize{min(500, b.size.reps)}
	path := b.copyOf(s)
	var took, cpu []time.Duration
	for range min(b.rounds, 3) {
		db := benchSQL(b.T, "sqlite://"+path)
		for _, text := range []string{"DELETE FROM outbox", "DELETE FROM schedules", fmt.Sprintf("INSERT INTO schedules (name, slot) VALUES ('weekly', %d), ('daily', %d)",
			benchFriday.AddDate(0, 0, -7).UnixMilli(), benchFriday.UnixMilli())} {
			if _, err := db.Exec(text); err != nil {
				b.Fatal(err)
			}
		}
		db.Close()
		m, slack := b.bot(s, "sqlite://"+path, benchFriday, 0, false)
		before := m.cpu()
		took = append(took, m.tick(benchFriday, 1)[0])
		sent := slack.Calls("chat.postMessage")
		if sent < s.reps+1 {
			b.Errorf("%d summaries for %d reps\n%s", sent, s.reps, m.tail())
		}
		cpu = append(cpu, (m.cpu()-before)/time.Duration(max(1, sent)))
		m.stop()
	}
	b.add(fmt.Sprintf("weekly summary: the team's and one for each of %d reps, no limits", s.reps), ms(median(took)), "CPU each: "+ms(median(cpu)), "", "", "")
}

// postgres is what applies there, in the same way.
func (b *bench) postgres() {
	cluster := pgtest.Cluster{Durable: true, Prepare: cluster.Prepare}
	defer func() {
		if err := cluster.Stop(); err != nil {
			b.Error(err)
		}
	}()
	b.section = fmt.Sprintf("PostgreSQL, %s prospects", thousands(b.size.prospects()))
	url := cluster.Database(b.T)
	start := time.Now()
	fill(b.T, url, b.size)
	b.Logf("filled PostgreSQL in %v", time.Since(start).Round(time.Second))
	ours := launchAnswering(b.T, "serve", b.size, url)
	echo := launchAnswering(b.T, "echo", b.size, url, benchFile+"="+b.answerOf(ours))
	b.versus(ours, echo)
	b.asked(ours)
	ours.stop()
	echo.stop()
	b.waves(url)
	few := benchSize{50}
	small := cluster.Database(b.T)
	fill(b.T, small, few)
	b.idle(small, url, few)
	b.imported(func() string { return cluster.Database(b.T) })
}
