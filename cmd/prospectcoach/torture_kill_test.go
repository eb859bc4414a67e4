package main

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

var kills = flag.Int("kills", 8, "how often the bot's process is killed with -9 in the torture test")

// seed gives every rep one prospect that is due, and a nudge hour of its own.
func (e *torture) seed(now func() time.Time, gap time.Duration) {
	store, err := storage.Open(e.Context(), storage.Options{URL: e.url, Now: now})
	if err != nil {
		e.Fatal(err)
	}
	defer store.Close()
	pb := openTemplates("").Playbook()
	for i, id := range e.reps {
		at := tortureStart.Add(2*time.Minute + time.Duration(i)*gap)
		seedDue(e.T, store, pb, id, i, tortureStart, at)
	}
}

// seedDue makes a rep with one prospect that is due, and a nudge at that moment.
func seedDue(t *testing.T, store *storage.Store, pb *coach.Playbook, id string, i int, added, at time.Time) {
	t.Helper()
	rep := coach.Rep{ID: id, Name: "Rep " + strconv.Itoa(i), Zone: time.UTC, WorkingDays: 1<<7 - 1, To: 24 * 60, NudgeAt: at.Hour()*60 + at.Minute()}
	if err := store.SaveRep(t.Context(), storage.RepRow{Rep: rep, Handle: id, Welcomed: true, NextNudge: at}); err != nil {
		t.Fatal(err)
	}
	_, err := store.Change(t.Context(), storage.Change{Rep: id, Label: "added", At: added}, func(tx *storage.Tx) error {
		p := coach.Prospect{Owner: id, Added: added, Name: "Pat Due" + strconv.Itoa(i), Company: "Firm " + strconv.Itoa(i), Email: fmt.Sprintf("pat%d@firm.test", i)}
		c := coach.Case{Playbook: pb, Now: added, Rep: &rep, Prospect: &p}
		if err := c.Begin(coach.Cold, c.Today()); err != nil {
			return err
		}
		c.Reindex()
		return tx.Add(&p)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// sound fails unless the file opens and is whole.
func (e *torture) sound() {
	e.Helper()
	db, err := sql.Open("sqlite", "file:"+strings.TrimPrefix(e.url, "sqlite://")+"?_pragma=busy_timeout(5000)")
	if err != nil {
		e.Fatal(err)
	}
	defer db.Close()
	var said string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&said); err != nil || said != "ok" {
		e.Fatalf("integrity_check: %s %v", said, err)
	}
	rows, err := db.Query("PRAGMA foreign_key_check")
	if err != nil {
		e.Fatal(err)
	}
	defer rows.Close()
	if rows.Next() {
		e.Fatal("foreign_key_check: a row refers to nothing")
	}
}

// spoil makes Slack lose answers, fail after the deed, and fail before it.
func (e *torture) spoil(ctx context.Context) {
	for ctx.Err() == nil {
		if f := e.slack.Faults(); f.Waiting() < 2 {
			switch rand.N(4) {
			case 0:
				f.RefuseAfter("chat.postMessage", 1, "internal_error")
			case 1:
				f.Status("chat.postMessage", 1, 503)
			default:
				f.LoseAnswer("chat.postMessage", 1)
			}
		}
		wait(30*time.Millisecond + rand.N(200*time.Millisecond))
	}
}

// command types one add after the other, whatever becomes of it.
func (e *torture) command(ctx context.Context, who string) (typed int) {
	p := e.slack.Person(who)
	for ; ctx.Err() == nil; typed++ {
		_, err := p.Command(fmt.Sprintf("/prospect add Kim %s%dx, Load %s%d GmbH", who, typed, who, typed))
		if err != nil {
			wait(10 * time.Millisecond)
		}
	}
	return typed
}

var addedWords = regexp.MustCompile(`Added #(\d+) (Kim \w+)`)

// nudges counts what each rep got today.
func (e *torture) nudges() map[string]int {
	got := map[string]int{}
	for _, id := range e.reps {
		for _, m := range e.slack.Person(id).DM().Messages {
			if strings.Contains(string(m.Metadata), "prospect_nudge") {
				got[id]++
			}
		}
	}
	return got
}

// The bot is killed with -9 at random instants, under a load of commands, with
// a Slack that loses answers. Whatever was answered as done is in the store
// once, everybody's nudge came once, and the file is whole after every kill.
func TestTorture_KilledAtAnyInstant(t *testing.T) {
	t.Parallel()
	reps := max(12, *kills*2)
	gap := time.Duration(*kills) * 45 * time.Second / time.Duration(reps) // so that nudges fall due all the while
	e := newTorture(t, reps, gap, 0)
	ctx, calm := context.WithCancel(t.Context())
	defer calm()
	typing := []string{demoAda, demoBen, demoMei}
	typed := make([]int, len(typing))
	var busy sync.WaitGroup
	for i, who := range typing {
		busy.Go(func() { typed[i] = e.command(ctx, who) })
	}
	busy.Go(func() { e.spoil(ctx) })

	for range *kills {
		c := e.start()
		wait(50*time.Millisecond + rand.N(1500*time.Millisecond))
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := c.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
			t.Fatalf("the process ended by itself: %v\n%s", err, e.tail())
		}
		e.sound()
	}
	c := e.start()
	for n := len(e.slack.Person(demoAda).DM().Messages); len(e.slack.Person(demoAda).DM().Messages) <= n+2; { // it answers, so it listens to SIGTERM too
		if wait(50 * time.Millisecond); t.Context().Err() != nil {
			t.Fatal("the last process never answered")
		}
	}
	calm()
	busy.Wait()
	for range 600 {
		if len(e.nudges()) == len(e.reps) && e.settled() {
			break
		}
		wait(100 * time.Millisecond)
	}
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Errorf("the last process did not stop well: %v\n%s", err, e.tail())
	}
	e.sound()
	e.count(typing, typed)
}

func (e *torture) settled() bool {
	d := openDump(e.T, e.url)
	defer d.db.Close()
	return len(d.rows("SELECT id FROM outbox WHERE state IN ('pending', 'sending', 'unknown')")) == 0
}

// count compares what people saw with what is stored.
func (e *torture) count(typing []string, typed []int) {
	e.Helper()
	d := openDump(e.T, e.url)
	answered, lost, twice := 0, 0, 0
	for _, who := range typing {
		for _, m := range e.slack.Person(who).DM().Messages {
			hit := addedWords.FindStringSubmatch(words(m))
			if hit == nil {
				continue
			}
			answered++
			if len(d.rows("SELECT id FROM prospects WHERE id = $1 AND name = $2", hit[1], hit[2])) != 1 {
				lost++
				e.Errorf("answered but not stored: %s", hit[0])
			}
		}
	}
	twice = len(d.rows("SELECT name FROM prospects WHERE name LIKE 'Kim %' GROUP BY name HAVING count(*) > 1"))
	doubled, missed := 0, 0
	got := e.nudges()
	for _, id := range e.reps {
		switch {
		case got[id] > 1:
			doubled++
		case got[id] == 0:
			missed++
		}
	}
	all := 0
	for _, n := range typed {
		all += n
	}
	e.Logf("%d kills, %d commands typed, %d answered as done: %d lost, %d stored twice; %d nudges due: %d doubled, %d missed; %d healed",
		*kills, all, answered, lost, twice, len(e.reps), doubled, missed, strings.Count(e.whole(), "found, it was posted"))
	if answered == 0 || lost+twice+doubled+missed > 0 {
		e.Errorf("something was lost or doubled; the log's end:\n%s", e.tail())
	}
	for _, v := range e.slack.Violations() {
		e.Errorf("the local Slack complains: %s", v)
	}
	if s := e.whole(); strings.Contains(s, demoBotToken) || strings.Contains(s, demoAppToken) || strings.Contains(s, "Kim U0") {
		e.Error("the log holds a token or somebody's words")
	}
}
