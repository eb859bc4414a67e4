//go:build torture

package main

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/storage"
)

var (
	replicasFor = flag.Duration("replicas-for", 5*time.Minute, "how long two replicas are killed in turn")
	killEvery   = flag.Duration("kill-every", 5*time.Second, "how often one of them is killed")
	commandRate = flag.Int("commands", 50, "commands a second, over all people")
)

// siege is the program as it is delivered, killed again and again under load,
// on a Slack that loses answers, in real time.
type siege struct {
	*office
	typing []string // who types commands
	reps   []string // who gets one nudge

	mu      sync.Mutex
	asked   int
	kills   []time.Time
	refused []attempt
}

// attempt is a command that Slack told the person had failed.
type attempt struct{ from, to time.Time }

func newSiege(t *testing.T, database string, reps int, over time.Duration) *siege {
	t.Helper()
	s := &siege{}
	o := demoWorkspace(time.Now)
	person := func(id string) {
		o.Users = append(o.Users, localslack.User{ID: id, Name: strings.ToLower(id), RealName: "Rep " + id, TZ: "UTC", TeamID: demoWorkspaceID})
	}
	for i := range *commandRate {
		id := fmt.Sprintf("U0TYPE%04d", i)
		s.typing = append(s.typing, id)
		person(id)
		o.Channels[0].Members = append(o.Channels[0].Members, id)
	}
	for i := range reps {
		id := fmt.Sprintf("U0REP%05d", i)
		s.reps = append(s.reps, id)
		person(id)
	}
	// Slack's own limits on messages, none on what an answer needs besides.
	o.Limits = localslack.Limits{On: true, PerMinute: [5]int{0, 1e6, 1e6, 1e6, 1e6}}
	slack := localslack.New(o)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	slack.SetURL("http://" + l.Addr().String())
	srv := &http.Server{Handler: slack.Handler(), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = srv.Serve(l) }()
	t.Cleanup(func() { slack.Close(); srv.Close() })
	s.office = officeOn(t, slack, database)

	store, err := storage.Open(t.Context(), storage.Options{URL: database, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	pb, now := openTemplates("").Playbook(), time.Now()
	for i, id := range s.reps {
		seedDue(t, store, pb, id, i, now, now.Add(time.Duration(i)*over/time.Duration(reps)))
	}
	return s
}

// load types commands at an even rate until ctx ends: most in the team's
// channel, one in twenty as a message in the DM.
func (s *siege) load(ctx context.Context) {
	var wg sync.WaitGroup
	for i, who := range s.typing {
		wg.Go(func() {
			wait(time.Duration(i) * time.Second / time.Duration(len(s.typing)))
			each := time.NewTicker(time.Second)
			defer each.Stop()
			for n := 0; ctx.Err() == nil; n++ {
				s.command(who, n, (n+i)%20 == 19)
				select {
				case <-each.C:
				case <-ctx.Done():
				}
			}
		})
	}
	wg.Wait()
}

func (s *siege) command(who string, n int, dm bool) {
	p, line := s.slack.Person(who), fmt.Sprintf("add Kim %s%dx, Load %s%d GmbH", who, n, who, n)
	from := time.Now()
	var err error
	if dm {
		_, err = p.Say("", line)
	} else {
		_, err = p.In(demoChannel).Command("/prospect " + line)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	if err != nil {
		s.refused = append(s.refused, attempt{from, time.Now()})
	}
}

// loseAnswers makes Slack lose answers and fail before and after the deed.
func (s *siege) loseAnswers(ctx context.Context) {
	for ctx.Err() == nil {
		if f := s.slack.Faults(); f.Waiting() < 1 {
			switch rand.N(4) {
			case 0:
				f.RefuseAfter("chat.postMessage", 1, "internal_error")
			case 1:
				f.Status("chat.postMessage", 1, 503)
			default:
				f.LoseAnswer("chat.postMessage", 1)
			}
		}
		wait(500*time.Millisecond + rand.N(2*time.Second))
	}
}

func (s *siege) kill(p *process) {
	s.mu.Lock()
	s.kills = append(s.kills, time.Now())
	s.mu.Unlock()
	p.end(syscall.SIGKILL)
}

// unexplained are the commands that failed although nobody was killed while
// they were on their way.
func (s *siege) unexplained() (n int) {
	for _, a := range s.refused {
		killed := false
		for _, k := range s.kills {
			killed = killed || k.After(a.from.Add(-time.Second)) && k.Before(a.to)
		}
		if !killed {
			n++
		}
	}
	return n
}

// settle waits until everybody has their nudge and nothing is left unclear, for
// as long as anything moves,
// and answers how long that took.
func (s *siege) settle(db *sql.DB) time.Duration {
	start, moved, before := time.Now(), time.Now(), ""
	for time.Since(moved) < 3*time.Minute {
		s.slack.Faults().ExpireAcks() // what the dead held
		s.slack.Faults().RedeliverNow()
		var left, looked int
		if err := db.QueryRow("SELECT count(*), coalesce(sum(looks), 0) FROM outbox WHERE state IN ('pending', 'sending', 'unknown')").Scan(&left, &looked); err != nil {
			s.Fatal(err)
		}
		nudged := len(s.nudges())
		if left == 0 && nudged == len(s.reps) {
			break
		}
		if now := fmt.Sprint(left, looked, nudged); now != before { // looks are few a minute, and hundreds may have been on their way
			moved, before = time.Now(), now
		}
		wait(200 * time.Millisecond)
	}
	return time.Since(start)
}

func (s *siege) nudges() map[string]int {
	got := map[string]int{}
	for _, id := range s.reps {
		for _, m := range s.slack.Person(id).DM().Messages {
			if strings.Contains(string(m.Metadata), "prospect_nudge") {
				got[id]++
			}
		}
	}
	return got
}

// database opens the store's database beside the bot.
func (s *siege) database() *sql.DB {
	s.Helper()
	driver, name := "pgx", s.dbURL
	if file, lite := strings.CutPrefix(s.dbURL, "sqlite://"); lite {
		driver, name = "sqlite", "file:"+file+"?mode=ro&_pragma=query_only(1)&_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { db.Close() })
	return db
}

// count compares what people saw with what is stored.
func (s *siege) count(db *sql.DB, settled time.Duration) {
	s.Helper()
	stored := map[string][]string{} // name to ids
	rows, err := db.Query("SELECT id, name FROM prospects WHERE name LIKE 'Kim %'")
	if err != nil {
		s.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, name string
		if err := rows.Scan(&id, &name); err != nil {
			s.Fatal(err)
		}
		stored[name] = append(stored[name], id)
	}
	answered, lost, twice := map[string]int{}, 0, 0
	for _, who := range s.typing {
		p := s.slack.Person(who)
		for _, m := range append(p.Channel(demoChannel).Messages, p.DM().Messages...) {
			hit := addedWords.FindStringSubmatch(words(m))
			if hit == nil || m.Channel == demoChannel && m.EphemeralFor != p.ID() {
				continue
			}
			answered[hit[2]]++
			if ids := stored[hit[2]]; len(ids) == 0 || ids[0] != hit[1] {
				lost++
				s.Errorf("answered but not stored: %s", hit[0])
			}
		}
	}
	for name, ids := range stored {
		if len(ids) > 1 {
			twice++
			s.Errorf("%s is stored as %v", name, ids)
		}
	}
	doubled, missed := 0, 0
	got := s.nudges()
	for _, id := range s.reps {
		switch {
		case got[id] > 1:
			doubled++
		case got[id] == 0:
			missed++
		}
	}
	s.Logf("%d kills, %d commands: %d answered as done, lost %d, doubled %d; Slack's own error %d (no process, or the envelope of a killed one), of them with all replicas alive %d; stored and the answer lost %d",
		len(s.kills), s.asked, len(answered), lost, twice, len(s.refused), s.unexplained(), len(stored)-len(answered))
	s.Logf("%d nudges due: doubled %d, missed %d; settled %s after the last kill", len(s.reps), doubled, missed, settled.Round(time.Second))
	if len(answered) == 0 || lost+twice+doubled+missed > 0 {
		s.Error("something was lost or doubled")
	}
	for _, v := range s.slack.Violations() {
		s.Errorf("the local Slack complains: %s", v)
	}
}

// Two replicas on PostgreSQL, one of them killed with -9 every few seconds
// under a load of commands. What was answered as done is there, once.
func TestTorture_ReplicasKilledInTurn(t *testing.T) {
	s := newSiege(t, cluster.Database(t), max(10, int(replicasFor.Seconds())), *replicasFor)
	pair := [2]*process{s.launch(), s.launch()}
	ctx, calm := context.WithTimeout(t.Context(), *replicasFor)
	defer calm()
	var busy sync.WaitGroup
	busy.Go(func() { s.load(ctx) })
	busy.Go(func() { s.loseAnswers(ctx) })
	turn := time.NewTicker(*killEvery)
	defer turn.Stop()
	for i := 0; ; i++ {
		select {
		case <-turn.C:
			s.kill(pair[i%2])
			pair[i%2] = s.launch()
			continue
		case <-ctx.Done():
		}
		break
	}
	s.slack.Faults().ExpireAcks()
	busy.Wait()
	db := s.database()
	settled := s.settle(db)
	for _, p := range pair {
		if code := p.end(syscall.SIGTERM); code != 0 {
			t.Errorf("SIGTERM: exit %d", code)
		}
	}
	s.count(db, settled)
}

// One process on SQLite, killed at random instants of its life: while it
// starts, while it writes, while Slack has its message and it not the answer.
func TestTorture_KilledAsDelivered(t *testing.T) {
	s := newSiege(t, engines[0].url(t), *kills*2, time.Duration(*kills)*time.Second)
	ctx, calm := context.WithCancel(t.Context())
	defer calm()
	var busy sync.WaitGroup
	busy.Go(func() { s.load(ctx) })
	busy.Go(func() { s.loseAnswers(ctx) })
	e := &torture{T: t, url: s.dbURL}
	for range *kills {
		var p *process
		if rand.N(4) == 0 {
			p = s.begin() // dies while it starts
		} else {
			p = s.launch() // dies at its work
		}
		wait(50*time.Millisecond + rand.N(1500*time.Millisecond))
		s.kill(p)
		e.sound()
	}
	last := s.launch()
	calm()
	s.slack.Faults().ExpireAcks()
	busy.Wait()
	db := s.database()
	settled := s.settle(db)
	if code := last.end(syscall.SIGTERM); code != 0 {
		t.Errorf("SIGTERM: exit %d", code)
	}
	e.sound()
	s.count(db, settled)
}
