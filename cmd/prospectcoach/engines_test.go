package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/storage"
	"github.com/prospectcoach/prospectcoach/storage/pgtest"
)

// cluster is the PostgreSQL of this test binary, started by the first story
// that needs it.
var cluster = pgtest.Cluster{Prepare: func(url string) error {
	s, err := storage.Open(context.Background(), storage.Options{URL: url, Now: time.Now})
	if err != nil {
		return err
	}
	return s.Close()
}}

func TestMain(m *testing.M) {
	if os.Getenv(torturedDB) != "" {
		os.Exit(tortured()) // this is the process that the torture test kills
	}
	code := m.Run()
	if err := cluster.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, "stopping PostgreSQL:", err)
		code = 1
	}
	if path, err := binary(); err == nil {
		if err := os.RemoveAll(filepath.Dir(path)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(played.verdict(code))
}

// engines are the two databases; url is that of a new, empty one.
var engines = []struct {
	name string
	url  func(*testing.T) string
}{
	{"sqlite", func(t *testing.T) string { return "sqlite://" + filepath.Join(t.TempDir(), "coach.db") }},
	{"postgres", func(t *testing.T) string { return cluster.Database(t) }},
}

// onBoth runs a story on SQLite and on PostgreSQL.
func onBoth(t *testing.T, play func(*testing.T, storyOption)) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			play(t, withDatabase(e.url(t)))
		})
	}
}

// withDatabase keeps the story's memory there.
func withDatabase(url string) storyOption {
	return func(o *worldOptions, _ *localslack.Options) { o.Database = url }
}

// operator runs the program at that moment as a shell would and answers what
// it printed.
func operator(t *testing.T, now time.Time, environ []string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	p := &program{in: strings.NewReader(""), out: &o, err: &e, environ: environ, dotenv: filepath.Join(t.TempDir(), ".env"), now: func() time.Time { return now }}
	code = p.run(context.WithoutCancel(t.Context()), args)
	return code, o.String(), e.String()
}
