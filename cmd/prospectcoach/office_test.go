package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/storage"
)

// binary is the program as it is delivered, built once for all tests here.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "prospectcoach-test")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "prospectcoach")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("building the program: %w\n%s", err, out)
	}
	return path, nil
})

// office is a local Slack in real time, for programs that run as processes of
// their own and are told of it by their environment alone.
type office struct {
	*testing.T
	slack *localslack.Server
	dbURL string
	env   []string
}

func newOffice(t *testing.T, database string) *office {
	t.Helper()
	slack := localslack.New(demoWorkspace(time.Now))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	slack.SetURL("http://" + l.Addr().String())
	srv := &http.Server{Handler: slack.Handler(), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = srv.Serve(l) }()
	t.Cleanup(func() { slack.Close(); srv.Close() })
	return officeOn(t, slack, database)
}

// officeOn is the environment of programs that run on that Slack.
func officeOn(t *testing.T, slack *localslack.Server, database string) *office {
	return &office{T: t, slack: slack, dbURL: database, env: []string{
		"SLACK_API_URL=" + slack.URL() + "/api/", "SLACK_BOT_TOKEN=" + demoBotToken, "SLACK_APP_TOKEN=" + demoAppToken,
		"DATABASE_URL=" + database, "HASH_KEY=0123456789abcdef0123456789", "TEAM_TZ=UTC", "WORKING_DAYS=mon,tue,wed,thu,fri,sat,sun", "WORKING_HOURS=00:00-23:59",
	}}
}

// process is a serve that runs.
type process struct {
	o    *office
	cmd  *exec.Cmd
	mu   sync.Mutex
	said []string
	over chan struct{}
	code int
}

// launch starts serve and waits until it is connected.
func (o *office) launch(more ...string) *process {
	o.Helper()
	p := o.begin(more...)
	p.waitFor("connected to Slack", func() bool { return p.hasSaid("connected to Slack") })
	return p
}

// begin starts serve.
func (o *office) begin(more ...string) *process {
	o.Helper()
	path, err := binary()
	if err != nil {
		o.Fatal(err)
	}
	cmd := exec.Command(path, "serve")
	cmd.Env, cmd.Dir = append(append([]string{"PATH=" + os.Getenv("PATH")}, o.env...), more...), o.TempDir()
	out, err := cmd.StderrPipe()
	if err != nil {
		o.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		o.Fatal(err)
	}
	p := &process{o: o, cmd: cmd, over: make(chan struct{})}
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			p.mu.Lock()
			p.said = append(p.said, lines.Text())
			p.mu.Unlock()
		}
		_ = cmd.Wait()
		p.code = cmd.ProcessState.ExitCode()
		close(p.over)
	}()
	o.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-p.over
		if o.Failed() {
			o.Logf("process %d said:\n%s", cmd.Process.Pid, strings.Join(p.lines(), "\n"))
		}
	})
	return p
}

func (p *process) lines() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.said...)
}

func (p *process) hasSaid(words string) bool {
	return strings.Contains(strings.Join(p.lines(), "\n"), words)
}

// waitFor waits for something that a process brings about.
func (p *process) waitFor(what string, ok func() bool) {
	p.o.Helper()
	deadline := time.NewTimer(20 * time.Second)
	defer deadline.Stop()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for !ok() {
		select {
		case <-look.C:
		case <-p.over:
			if !ok() {
				p.o.Fatalf("the process ended with %d while waiting: %s", p.code, what)
			}
		case <-deadline.C:
			p.o.Fatalf("waited in vain: %s", what)
		}
	}
}

// end sends the signal and answers the exit code.
func (p *process) end(sig syscall.Signal) int {
	p.o.Helper()
	if err := p.cmd.Process.Signal(sig); err != nil {
		p.o.Fatal(err)
	}
	return p.ended()
}

func (p *process) ended() int {
	p.o.Helper()
	deadline := time.NewTimer(20 * time.Second)
	defer deadline.Stop()
	select {
	case <-p.over:
	case <-deadline.C:
		p.o.Fatal("the process does not end")
	}
	return p.code
}

// command types a command in the team's channel and answers what it showed.
func (o *office) command(who, text string) string {
	o.Helper()
	r, err := o.slack.Person(who).In(demoChannel).Command(text)
	if err != nil {
		o.Fatalf("%s: Slack says %v", text, err)
	}
	return wordsOfAll(r.Shown)
}

// stored are the prospects of a person, read beside the running bot.
func (o *office) stored(who string) (names []string) {
	o.Helper()
	s, err := storage.Open(o.Context(), storage.Options{URL: o.dbURL, Now: time.Now, ReadOnly: true})
	if err != nil {
		o.Fatal(err)
	}
	defer s.Close()
	rows, _, err := s.List(o.Context(), storage.ListQuery{Owner: o.slack.Person(who).ID()})
	if err != nil {
		o.Fatal(err)
	}
	for _, r := range rows {
		names = append(names, r.Name)
	}
	return names
}

func (o *office) page(addr, path string) string {
	o.Helper()
	res, err := http.Get("http://" + addr + path)
	if err != nil {
		o.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		o.Fatal(err)
	}
	return string(b)
}

// held tells whether every fault that was set has met its call.
func (o *office) held() bool { return o.slack.Faults().Waiting() == 0 }

// dueNow makes the person's nudge due, as the morning would.
func (o *office) dueNow(who string) {
	o.Helper()
	s, err := storage.Open(o.Context(), storage.Options{URL: o.dbURL, Now: time.Now})
	if err != nil {
		o.Fatal(err)
	}
	defer s.Close()
	err = s.UpdateRep(o.Context(), o.slack.Person(who).ID(), func(r *storage.RepRow) error {
		r.NextNudge = time.Now().Add(-time.Minute)
		return nil
	})
	if err != nil {
		o.Fatal(err)
	}
}
