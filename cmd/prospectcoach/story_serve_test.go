package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

func TestServe_EndsCleanlyInTheMiddleOfWork(t *testing.T) {
	t.Parallel()
	o := newOffice(t, engines[0].url(t))
	p := o.launch()
	if got := o.command("ada", "/prospect add Jane Doe, Acme, CFO email:jane@acme.test"); !strings.Contains(got, "#1") {
		t.Fatalf("the answer: %s", got)
	}

	second := o.begin()
	if code := second.ended(); code != 1 || len(second.lines()) == 0 || !strings.Contains(second.lines()[len(second.lines())-1], fmt.Sprintf("in use by process %d", p.cmd.Process.Pid)) {
		t.Errorf("a second serve on the file: %d\n%s", code, strings.Join(second.lines(), "\n"))
	}

	// The answer into the DM hangs in Slack while SIGTERM comes.
	release := o.slack.Faults().Delay("chat.postMessage", 1)
	answered := make(chan error, 1)
	go func() {
		_, err := o.slack.Person("ada").Say("", "add John Roe, Umbra, CFO email:john@umbra.test")
		answered <- err
	}()
	p.waitFor("the answer is on its way", o.held)
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	release()
	if code := p.ended(); code != 0 {
		t.Errorf("SIGTERM: exit %d", code)
	}
	if err := <-answered; err != nil {
		t.Errorf("what it held: %v", err)
	}
	dm := wordsOfAll(o.slack.Person("ada").DM().Messages)
	if !strings.Contains(dm, "#2 John Roe") {
		t.Errorf("the answer never came; the DM reads:\n%s", dm)
	}
	if got := strings.Join(o.stored("ada"), ","); got != "Jane Doe,John Roe" {
		t.Errorf("stored: %s", got)
	}

	again := o.launch()
	if got := o.command("ada", "/prospect show john"); !strings.Contains(got, "John Roe") {
		t.Errorf("after the restart: %s", got)
	}
	if code := again.end(syscall.SIGTERM); code != 0 {
		t.Errorf("SIGTERM when idle: exit %d", code)
	}
	for _, line := range append(p.lines(), again.lines()...) {
		if strings.Contains(line, demoBotToken) || strings.Contains(line, demoAppToken) || strings.Contains(line, "Jane") {
			t.Errorf("the log tells a secret: %s", line)
		}
	}
}

// The figures that the dashboard and the alerts of docs/ are made of exist
// under exactly these names.
func TestServe_MetricsAreThoseOfTheDashboard(t *testing.T) {
	t.Parallel()
	o := newOffice(t, engines[0].url(t))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	p := o.launch("HTTP_ADDR=" + addr)
	o.command("ada", "/prospect add Jane Doe, Acme, CFO email:jane@acme.test")
	p.waitFor("the first look at the clock", func() bool {
		return strings.Contains(o.page(addr, "/metrics"), "prospectcoach_tick_duration_seconds_count 1")
	})
	text := o.page(addr, "/metrics")
	for _, sample := range []string{
		`prospectcoach_envelopes_total{type="slash_commands"} 1`, `prospectcoach_turns_total{outcome="ok",route="command/add"} 1`,
		`prospectcoach_ack_duration_seconds_count{kind="command"} 1`, `prospectcoach_answer_duration_seconds_count{kind="command"} 1`,
		`prospectcoach_slack_requests_total{method="auth.test",outcome="ok"} 1`, `prospectcoach_outbox_messages{state="pending"} 0`,
		`prospectcoach_outbox_oldest_seconds 0`, `prospectcoach_sockets 1`, `prospectcoach_slack_connections 1`, `prospectcoach_ready 1`,
		`prospectcoach_storage_duration_seconds_count{op="write",outcome="ok"}`, `process_resident_memory_bytes`,
	} {
		if !strings.Contains(text, sample) {
			t.Errorf("no %s in\n%s", sample, text)
		}
	}
	for _, secret := range []string{"Jane", demoAda, demoBotToken, "xapp"} {
		if strings.Contains(text, secret) {
			t.Errorf("the metrics tell %q", secret)
		}
	}
	used := regexp.MustCompile(`(?:prospectcoach|process|go)_[a-z_]+[a-z]`)
	for _, file := range []string{"dashboard.json", "alerts.yaml", "runbook.md"} {
		b, err := os.ReadFile(filepath.Join("..", "..", "docs", file))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range used.FindAllString(string(b), -1) {
			if !strings.Contains(text, "\n"+name) && !seldom[name] {
				t.Errorf("docs/%s speaks of %s, which there is not", file, name)
			}
		}
	}
	if code, out, errs := operator(t, time.Now(), []string{"HTTP_ADDR=" + addr}, "healthcheck"); code != 0 {
		t.Errorf("healthcheck: %d %s%s", code, out, errs)
	}
	if ready := o.page(addr, "/readyz"); !strings.Contains(ready, `"ok":true`) {
		t.Errorf("not ready: %s", ready)
	}
}

// seldom are the figures that a quiet bot does not show yet.
var seldom = map[string]bool{"prospectcoach_sends_total": true}

func TestServe_SaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		env  []string
		want []string
	}{
		{"no tokens", []string{"SLACK_BOT_TOKEN=", "SLACK_APP_TOKEN="}, []string{"SLACK_BOT_TOKEN is missing", "SLACK_APP_TOKEN is missing"}},
		{"no app token", []string{"SLACK_APP_TOKEN="}, []string{"SLACK_APP_TOKEN is missing"}},
		{"a wrong bot token", []string{"SLACK_BOT_TOKEN=xoxb-wrong"}, []string{"SLACK_BOT_TOKEN"}},
		{"a wrong app token", []string{"SLACK_APP_TOKEN=xapp-wrong"}, []string{"SLACK_APP_TOKEN"}},
		{"PostgreSQL without a key", []string{"DATABASE_URL=postgres://nobody@127.0.0.1:1/x", "HASH_KEY="}, []string{"HASH_KEY is missing"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, engines[0].url(t))
			p := o.begin(c.env...)
			code := p.ended()
			var said []string
			for _, line := range p.lines() {
				if !strings.HasPrefix(line, "time=") {
					said = append(said, line)
				}
			}
			if code != 1 || len(said) != len(c.want) {
				t.Fatalf("exit %d, %d lines:\n%s", code, len(said), strings.Join(said, "\n"))
			}
			for i, want := range c.want {
				if !strings.Contains(said[i], want) || strings.Contains(said[i], "wrong") {
					t.Errorf("line %d: %s, want %s", i+1, said[i], want)
				}
			}
		})
	}
}

// Killed while Slack has the nudge and the answer is lost: after the restart
// the nudge is there exactly once.
func TestServe_AKilledNudgeIsThereOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t, engines[0].url(t))
	o.env = append(o.env, "HTTP_ADDR=")
	p := o.launch()
	o.command("ada", "/prospect add Jane Doe, Acme, CFO email:jane@acme.test starts:today")
	p.end(syscall.SIGKILL)
	o.dueNow("ada")

	before := o.slack.Calls("chat.postMessage")
	o.slack.Faults().LoseAnswer("chat.postMessage", 1)
	release := o.slack.Faults().Delay("conversations.history", 1) // the look for it hangs
	defer release()
	p = o.launch()
	p.waitFor("the nudge is posted and looked for", o.held)
	p.end(syscall.SIGKILL)
	release()

	last := o.launch()
	last.waitFor("the nudge is found", func() bool { return last.hasSaid("found, it was posted") })
	if code := last.end(syscall.SIGTERM); code != 0 {
		t.Errorf("exit %d", code)
	}
	n := 0
	for _, m := range o.slack.Person("ada").DM().Messages {
		if strings.Contains(string(m.Metadata), "prospect_nudge") {
			n++
		}
	}
	if posts := o.slack.Calls("chat.postMessage") - before; n != 1 || posts != 1 {
		t.Errorf("%d nudges, %d posts", n, posts)
	}
}

// Two processes on PostgreSQL, one of them killed again and again under
// commands: whatever was answered as done is stored, once.
func TestServe_AKilledReplicaLosesNothingAnswered(t *testing.T) {
	t.Parallel()
	o := newOffice(t, engines[1].url(t))
	o.launch()
	victim := o.launch()
	ctx, enough := context.WithCancel(t.Context())
	defer enough()
	var mu sync.Mutex
	told, asked, errs := map[string]bool{}, 0, 0
	var wg sync.WaitGroup
	for _, who := range []string{"ada", "ben"} {
		wg.Go(func() {
			p := o.slack.Person(who).In(demoChannel)
			for n := 0; ctx.Err() == nil; n++ {
				name := fmt.Sprintf("P%d %s", n, who)
				r, err := p.Command(fmt.Sprintf("/prospect add %s, Firm %d %s, CFO email:p%d@%s.test", name, n, who, n, who))
				mu.Lock()
				asked++
				if err != nil {
					errs++
				} else if strings.Contains(wordsOfAll(r.Shown), "Added") {
					told[name] = true
				}
				mu.Unlock()
			}
		})
	}
	count := func() int { mu.Lock(); defer mu.Unlock(); return len(told) }
	for range 3 {
		n := count()
		victim.waitFor("commands in between", func() bool { return count() >= n+6 })
		victim.end(syscall.SIGKILL)
		victim = o.launch()
	}
	enough()
	o.slack.Faults().ExpireAcks() // what the dead held; nobody answers it any more
	wg.Wait()
	stored := map[string]int{}
	for _, who := range []string{"ada", "ben"} {
		for _, name := range o.stored(who) {
			stored[name]++
		}
	}
	for name := range told {
		if stored[name] != 1 {
			t.Errorf("%s was answered as added and is stored %d times", name, stored[name])
		}
	}
	for name, n := range stored {
		if n != 1 {
			t.Errorf("%s is stored %d times", name, n)
		}
	}
	t.Logf("asked %d, answered %d, Slack's own error %d (envelopes of the killed), stored %d", asked, len(told), errs, len(stored))
}

// A DM message that a process took up and did not live to answer is answered
// by the next, when Slack brings it again.
func TestServe_AMessageOfTheDeadIsAnsweredByTheNext(t *testing.T) {
	t.Parallel()
	o := newOffice(t, engines[1].url(t))
	first := o.launch()
	release := o.slack.Faults().Delay("chat.postMessage", 1)
	said := make(chan error, 1)
	go func() {
		_, err := o.slack.Person("ada").Say("", "add John Roe, Umbra, CFO email:john@umbra.test")
		said <- err
	}()
	first.waitFor("the answer is on its way", o.held)
	first.end(syscall.SIGKILL)
	second := o.launch()
	o.slack.Faults().ExpireAcks()
	o.slack.Faults().RedeliverNow()
	second.waitFor("the answer", func() bool { return second.hasSaid(`event="event add"`) })
	release()
	if err := <-said; err != nil {
		t.Error(err)
	}
	if got := o.stored("ada"); len(got) != 1 {
		t.Errorf("stored: %v", got)
	}
}
