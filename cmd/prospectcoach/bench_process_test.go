//go:build bench

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

// benchOffice is a local Slack in this process with a company's people in it.
func benchOffice(t *testing.T, s benchSize, now func() time.Time, limits localslack.Limits) *localslack.Server {
	t.Helper()
	o := demoWorkspace(now)
	o.Limits = limits
	people := []string{benchBig, benchSmall}
	for i := range s.reps {
		people = append(people, benchRep(i))
	}
	for i, id := range people {
		o.Users = append(o.Users, localslack.User{ID: id, Name: strings.ToLower(id), RealName: "Rep " + id[2:], TZ: "UTC", TeamID: demoWorkspaceID})
		room := benchRoom(i)
		if i%benchRoomHas == 0 {
			o.Channels = append(o.Channels, localslack.Channel{ID: room, Name: strings.ToLower(room), Members: []string{demoBotUser}})
		}
		ch := &o.Channels[len(o.Channels)-1]
		ch.Members = append(ch.Members, id)
	}
	slack := localslack.New(o)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	slack.SetURL("http://" + l.Addr().String())
	srv := &http.Server{Handler: slack.Handler(), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = srv.Serve(l) }()
	t.Cleanup(func() { slack.Close(); srv.Close() })
	for _, id := range people {
		slack.Person(id).DM() // opened long ago; the rows know it
	}
	return slack
}

// People type their commands in channels of a hundred; the answer is theirs alone.
const benchRoomHas = 100

func benchRoom(i int) string { return fmt.Sprintf("C0BENCH%04d", i/benchRoomHas) }

// measured is a process whose time and memory are looked at.
type measured struct {
	*testing.T
	cmd   *exec.Cmd
	stdin io.WriteCloser
	lines chan string
	log   string
	ended chan struct{}
	began time.Time
}

var benchLogs atomic.Int64

// launch starts this binary again in a role. Its log goes to a file, as an
// operator's would go to the journal.
func launch(t *testing.T, role string, slack *localslack.Server, clock time.Time, env ...string) *measured {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	env = append(env, benchRole+"="+role, benchAt+"="+strconv.FormatInt(clock.UnixMilli(), 10), benchSince+"="+strconv.FormatInt(time.Now().UnixNano(), 10))
	return launchBinary(t, exec.Command(self), slack, env...)
}

func launchBinary(t *testing.T, cmd *exec.Cmd, slack *localslack.Server, env ...string) *measured {
	t.Helper()
	cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "SLACK_BOT_TOKEN=" + demoBotToken, "SLACK_APP_TOKEN=" + demoAppToken,
		"HASH_KEY=0123456789abcdef0123456789", "COMPANY=" + demoCompany, "TEAM_TZ=UTC", "TEAM_CHANNEL=" + demoChannel,
	}, env...)
	if *benchProfiles != "" {
		cmd.Env = append(cmd.Env, benchProf+"="+*benchProfiles)
	}
	if slack != nil {
		cmd.Env = append(cmd.Env, benchAPI+"="+slack.URL()+"/api/", "SLACK_API_URL="+slack.URL()+"/api/")
	}
	m := &measured{T: t, cmd: cmd, lines: make(chan string, 100), ended: make(chan struct{}), began: time.Now()}
	cmd.Dir = t.TempDir()
	m.log = filepath.Join(cmd.Dir, fmt.Sprintf("log%d", benchLogs.Add(1)))
	log, err := os.Create(m.log)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	cmd.Stderr = log
	if m.stdin, err = cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		lines := bufio.NewScanner(out)
		lines.Buffer(nil, 16<<20)
		for lines.Scan() {
			m.lines <- lines.Text()
		}
		_ = cmd.Wait()
		close(m.ended)
	}()
	t.Cleanup(m.stop)
	return m
}

// stop ends the process.
func (m *measured) stop() {
	m.stdin.Close()
	_ = m.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-m.ended:
	case <-time.After(15 * time.Second):
		_ = m.cmd.Process.Kill()
		<-m.ended
	}
}

// line waits for the next line of its standard output.
func (m *measured) line(within time.Duration) string {
	m.Helper()
	select {
	case l := <-m.lines:
		return l
	case <-m.ended:
		select {
		case l := <-m.lines:
			return l
		default:
		}
		m.Fatalf("the process ended: %v\n%s", m.cmd.ProcessState, m.tail())
	case <-time.After(within):
		m.Fatalf("the process says nothing\n%s", m.tail())
	}
	return ""
}

func (m *measured) tail() string {
	b := m.whole()
	return b[max(0, len(b)-3000):]
}

// whole is its log.
func (m *measured) whole() string {
	b, _ := os.ReadFile(m.log)
	return string(b)
}

// took reads the durations that a role answers.
func (m *measured) took() (ds []time.Duration) {
	m.Helper()
	if err := json.Unmarshal([]byte(m.line(10*time.Minute)), &ds); err != nil {
		m.Fatal(err)
	}
	return ds
}

// tick looks at the role's clock so many times.
func (m *measured) tick(at time.Time, times int) []time.Duration {
	m.Helper()
	fmt.Fprintf(m.stdin, "tick %d %d\n", at.UnixMilli(), times)
	return m.took()
}

// connected waits until the process is on the local Slack.
func (m *measured) connected(slack *localslack.Server) {
	m.Helper()
	for start := time.Now(); slack.Connections() == 0; time.Sleep(time.Millisecond) {
		if time.Since(start) > 30*time.Second {
			m.Fatalf("no socket after 30 s\n%s", m.tail())
		}
	}
}

// cpu is the processor time of all of the process's threads, to the nanosecond.
func (m *measured) cpu() time.Duration { return cpuOf(m.T, m.cmd.Process.Pid) }

func cpuOf(t *testing.T, pid int) time.Duration {
	t.Helper()
	var ts syscall.Timespec
	clock := ^pid<<3 | 2 // CPUCLOCK_SCHED of a whole process, see clock_getcpuclockid(3)
	if _, _, errno := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, uintptr(clock), uintptr(unsafe.Pointer(&ts)), 0); errno != 0 {
		t.Fatal("reading the processor time: ", errno)
	}
	return time.Duration(ts.Nano())
}

// memory is a figure of the process's status, such as VmHWM, in bytes.
func (m *measured) memory(name string) int64 {
	m.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", m.cmd.Process.Pid))
	if err != nil {
		m.Fatal(err)
	}
	for _, l := range strings.Split(string(b), "\n") {
		if rest, ok := strings.CutPrefix(l, name+":"); ok {
			kb, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			if err != nil {
				m.Fatal(err)
			}
			return kb << 10
		}
	}
	m.Fatal("no ", name)
	return 0
}

// freeAddr is an address to listen on.
func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// fetched is a page of the process, "" while there is none.
func fetched(addr, path string) string {
	res, err := http.Get("http://" + addr + path)
	if err != nil {
		return ""
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		return ""
	}
	return string(body)
}
