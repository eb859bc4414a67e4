package main

import (
	"database/sql"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// hold keeps the database from being written, as a disk does that takes its
// time over one fsync: nobody else's commit gets through, readers go on. The
// answer lets go.
func (o *office) hold() (release func()) {
	o.Helper()
	db, err := sql.Open("sqlite", "file:"+strings.TrimPrefix(o.dbURL, "sqlite://")+"?_pragma=busy_timeout(5000)&_txlock=immediate")
	if err != nil {
		o.Fatal(err)
	}
	tx, err := db.BeginTx(o.Context(), nil)
	if err != nil {
		o.Fatal(err)
	}
	var once sync.Once
	release = func() { once.Do(func() { _ = tx.Rollback(); db.Close() }) }
	o.Cleanup(release)
	return release
}

var slowAdded = regexp.MustCompile(`Added #\d+ (Slow \w+)`)

// A disk that stands still for seconds: every command is acknowledged within
// Slack's three seconds, reading goes on, what was typed is done afterwards in
// its order. One that stands still for longer is said calmly, and what was
// answered as done is what is stored.
func TestTorture_SlowDisk(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		stand time.Duration
		all   bool // everything is done afterwards
	}{{"for a few seconds", 3500 * time.Millisecond, true}, {"for long", 9 * time.Second, false}} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, engines[0].url(t))
			p := o.launch()
			ada, ben := o.slack.Person("ada"), o.slack.Person("ben")
			o.command("ben", "/prospect add Bob Ray, Beta email:bob@beta.test")
			o.command("ada", janeLine)
			release := o.hold()
			var typing sync.WaitGroup
			for i := range 4 {
				typing.Go(func() {
					since := time.Now()
					_, err := ada.Command(fmt.Sprintf("/prospect add Slow %c%c, Disk %d GmbH email:slow%d@disk.test", 'A'+i, 'a'+i, i, i))
					if took := time.Since(since); err != nil || took > 3*time.Second {
						t.Errorf("command %d: %v after %s", i, err, took)
					}
				})
				<-time.After(100 * time.Millisecond) // typed one after the other
			}
			since := time.Now()
			read, err := ben.Command("/prospect list all")
			if took := time.Since(since); err != nil || took > 3*time.Second {
				t.Errorf("reading meanwhile: %v after %s", err, took)
			}
			if got := wordsOfAll(read.Shown); c.all && !strings.Contains(got, "Bob Ray") {
				t.Logf("reading meanwhile was answered later, after: %s", got)
			}
			<-time.After(c.stand - time.Since(since))
			release()
			typing.Wait()
			answers := func() (added []string, calm int) {
				for _, m := range ada.DM().Messages {
					text := words(m)
					if hit := slowAdded.FindStringSubmatch(text); hit != nil {
						added = append(added, hit[1])
					} else if strings.Contains(text, "went wrong") || strings.Contains(text, "busy") || strings.Contains(text, "took longer") || strings.Contains(text, "too long") {
						calm++
					}
				}
				return added, calm
			}
			p.waitFor("an answer to each", func() bool { added, calm := answers(); return len(added)+calm >= 4 })
			added, calm := answers()
			t.Logf("the disk stood for %s: done %v, %d refused calmly", c.stand, added, calm)
			if c.all && strings.Join(added, ",") != "Slow Aa,Slow Bb,Slow Cc,Slow Dd" {
				t.Errorf("afterwards, in order: %v, %d refused", added, calm)
			}
			stored := map[string]bool{}
			for _, name := range o.stored("ada") {
				stored[name] = true
			}
			for _, name := range added {
				if !stored[name] {
					t.Errorf("%s was answered as added and is not stored", name)
				}
			}
			if len(stored) != len(added)+1 {
				t.Errorf("stored are %v, answered %v", stored, added)
			}
			if got := o.command("ada", "/prospect add After All, Again GmbH email:after@again.test"); !strings.Contains(got, "Added #") {
				t.Errorf("when the disk goes again: %s", got)
			}
		})
	}
}
