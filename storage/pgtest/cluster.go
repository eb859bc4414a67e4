//go:build unix

package pgtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// Cluster is one PostgreSQL server that listens on a socket in a folder of its
// own and forgets everything. The zero value is ready; it starts at first use.
type Cluster struct {
	// Prepare fills the database that all others are copied from, such as by
	// running the migrations once. Optional.
	Prepare func(url string) error
	// Reset empties a database after its test, for the next one: making a new
	// one costs PostgreSQL hundreds of files. Without it, or when it fails,
	// the database is not used again. Optional.
	Reset func(url string) error
	// Durable makes it a server as an operator runs one, which keeps what it
	// commits and vacuums by itself: slower, for measuring.
	Durable bool

	start   sync.Once
	err     error
	missing bool
	folder  string
	stdin   io.Closer // the server ends when this closes, also when we crash
	server  *exec.Cmd
	admin   *sql.DB

	mu   sync.Mutex
	made int
	free []string // emptied ones
}

const startWithin = 30 * time.Second

// Database is the URL of a new database that goes with the test. The test is
// skipped, or fails with CI=true, where PostgreSQL is not installed.
func (c *Cluster) Database(t testing.TB) string {
	t.Helper()
	c.start.Do(func() { c.err = c.begin() })
	if c.missing {
		if os.Getenv("CI") == "true" {
			t.Fatal("PostgreSQL is not installed, and CI must test it: ", c.err)
		}
		fmt.Fprintln(os.Stderr, "\n*** NOT TESTED ON POSTGRESQL:", c.err, "(apt-get install postgresql) ***")
		t.Skip(c.err)
	}
	if c.err != nil {
		t.Fatal("starting PostgreSQL: ", c.err)
	}
	name, err := c.take()
	if err != nil {
		t.Fatal("making a database: ", err)
	}
	url := c.url(name)
	if c.Reset != nil {
		t.Cleanup(func() {
			if c.Reset(url) == nil {
				c.mu.Lock()
				defer c.mu.Unlock()
				c.free = append(c.free, name)
			}
		})
	}
	return url
}

// take is an empty database, used before or new.
func (c *Cluster) take() (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n := len(c.free); n > 0 {
		name := c.free[n-1]
		c.free = c.free[:n-1]
		return name, nil
	}
	c.made++
	name := fmt.Sprintf("t%d", c.made)
	_, err := c.admin.Exec("CREATE DATABASE " + name + " TEMPLATE prepared")
	return name, err
}

// Stop ends the server and removes its folder; for TestMain.
func (c *Cluster) Stop() error {
	if c.server == nil {
		return nil
	}
	errs := []error{}
	if c.admin != nil {
		errs = append(errs, c.admin.Close())
	}
	errs = append(errs, c.stdin.Close(), c.server.Wait(), os.RemoveAll(c.folder))
	c.server = nil
	return errors.Join(errs...)
}

func (c *Cluster) url(database string) string {
	return "postgres://postgres@localhost/" + database + "?host=" + c.folder + "&sslmode=disable"
}

func (c *Cluster) begin() error {
	bin, err := programs()
	if err != nil {
		c.missing = true
		return err
	}
	// Not t.TempDir: a socket's path must be short, and the server outlives
	// the test that starts it.
	if c.folder, err = os.MkdirTemp("", "pgtest"); err != nil {
		return err
	}
	as, err := unprivileged(c.folder)
	if err != nil {
		return err
	}
	data := filepath.Join(c.folder, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
	initdb.SysProcAttr, initdb.Dir = as, c.folder
	if out, err := initdb.CombinedOutput(); err != nil {
		return errors.Join(fmt.Errorf("initdb: %w\n%s", err, out), os.RemoveAll(c.folder))
	}
	// The shell ends the server when our end of its standard input closes:
	// that happens however the test binary ends.
	args := []string{"-c", `"$@" </dev/null >"$0/log" 2>&1 & read -r _; kill -QUIT $!; wait $!; rm -rf "$0"`, c.folder,
		filepath.Join(bin, "postgres"), "-D", data, "-k", c.folder, "-c", "listen_addresses=", "-c", "max_connections=300"}
	if !c.Durable {
		args = append(args, "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "shared_buffers=64MB", "-c", "autovacuum=off")
	}
	c.server = exec.Command("sh", args...)
	c.server.SysProcAttr, c.server.Dir = as, c.folder
	if c.stdin, err = c.server.StdinPipe(); err != nil {
		return err
	}
	if err := c.server.Start(); err != nil {
		return err
	}
	if c.admin, err = sql.Open("pgx", c.url("postgres")); err != nil {
		return err
	}
	if err := c.answers(); err != nil {
		log, _ := os.ReadFile(filepath.Join(c.folder, "log"))
		return fmt.Errorf("%w\n%s", err, log)
	}
	if _, err := c.admin.Exec("CREATE DATABASE prepared"); err != nil {
		return err
	}
	if c.Prepare == nil {
		return nil
	}
	return c.Prepare(c.url("prepared"))
}

// answers waits until the server does.
func (c *Cluster) answers() error {
	ctx, cancel := context.WithTimeout(context.Background(), startWithin)
	defer cancel()
	beat := time.NewTicker(20 * time.Millisecond)
	defer beat.Stop()
	for {
		err := c.admin.PingContext(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return err
		case <-beat.C:
		}
	}
}

// programs is the folder of initdb and postgres, the newest installed.
func programs() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	version := func(path string) int {
		n, _ := strconv.Atoi(strings.Split(path, "/")[4]) // a name that is no number sorts first
		return n
	}
	slices.SortFunc(found, func(a, b string) int { return version(a) - version(b) })
	if len(found) > 0 {
		return filepath.Dir(found[len(found)-1]), nil
	}
	path, err := exec.LookPath("initdb")
	if err != nil {
		return "", errors.New("no PostgreSQL programs on this machine")
	}
	return filepath.Dir(path), nil
}

// unprivileged gives the folder to the user postgres and runs the server as
// that user when we are root, as whom it refuses to run.
func unprivileged(folder string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL does not run as root: %w", err)
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, os.Chown(folder, uid, gid)
}
