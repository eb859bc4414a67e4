package main

import (
	"bytes"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

// The tokens stand in no file that the bot writes, in no line of its log at
// debug level, and in no answer; what it writes only its owner may read.
func TestSecrets_AreNowhereAfterAStory(t *testing.T) {
	t.Parallel()
	log := &keptLog{}
	var dir string
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin", withLog(log), func(o *worldOptions, _ *localslack.Options) { dir = o.Dir })
	ada := w.Person("ada")
	ada.Command(janeLine).Sees("#1")
	w.slack.Faults().Status("chat.postMessage", 1, 500)
	w.slack.Faults().RevokeToken("invalid_auth")
	_, _ = ada.p.Command("/prospect next 1")
	w.slack.Faults().RestoreToken()
	w.slack.Faults().Drop()
	w.Restart()
	ada.Command("/prospect note 1 said: the onboarding takes six weeks")
	for _, m := range w.slack.Unexpected() {
		w.slack.Take(m)
	}
	secrets := []string{demoBotToken, demoAppToken, strings.TrimPrefix(demoBotToken, "xoxb-"), w.slack.URL() + "/link"}
	for _, s := range secrets {
		if strings.Contains(log.String(), s) {
			t.Errorf("%q is in the log", s)
		}
	}
	for _, said := range []string{"Jane", "Acme", "onboarding"} {
		if strings.Contains(log.String(), said) {
			t.Errorf("somebody's words (%q) are in the log", said)
		}
	}
	files := 0
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		info, err := e.Info()
		if err != nil {
			return err
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", e.Name(), info.Mode())
		}
		raw, err := os.ReadFile(path)
		for _, s := range secrets {
			if bytes.Contains(raw, []byte(s)) {
				t.Errorf("%s holds %q", e.Name(), s)
			}
		}
		return err
	})
	if err != nil || files == 0 {
		t.Fatalf("%d files, %v", files, err)
	}
}

// Neither doctor nor a start that fails repeats a secret, wherever it was given.
func TestSecrets_AreNotRepeatedByTheCommandLine(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	slack := localslack.New(demoWorkspace(time.Now))
	server := &http.Server{Handler: slack.Handler(), ReadHeaderTimeout: time.Second}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { slack.Close(); server.Close() })
	slack.SetURL("http://" + l.Addr().String())
	dir := t.TempDir()
	const password, key = "hunter2hunter2", "a hash key nobody may see"
	for _, tokens := range [][2]string{{demoBotToken, demoAppToken}, {"xoxb-wrong-secret", "xapp-wrong-secret"}, {"swapped-secret", "other-secret"}} {
		for _, db := range []string{"sqlite://" + filepath.Join(dir, "a.db"), "postgres://ada:" + password + "@127.0.0.1:1/none?connect_timeout=1", "mysql://ada:" + password + "@x/y"} {
			for _, command := range []string{"doctor", "serve"} {
				if command == "serve" && tokens[0] == demoBotToken && strings.HasPrefix(db, "sqlite") {
					continue // that one would run
				}
				var out bytes.Buffer
				p := &program{in: strings.NewReader(""), out: &out, err: &out, dotenv: filepath.Join(dir, "none"), now: time.Now, environ: []string{
					"SLACK_BOT_TOKEN=" + tokens[0], "SLACK_APP_TOKEN=" + tokens[1], "DATABASE_URL=" + db, "HASH_KEY=" + key, "SLACK_API_URL=" + slack.URL() + "/api/", "LOG_LEVEL=debug",
				}}
				code := p.run(t.Context(), []string{command})
				for _, s := range []string{tokens[0], tokens[1], password, key} {
					if strings.Contains(out.String(), s) {
						t.Errorf("%s with %s (exit code %d) repeats %q:\n%s", command, db, code, s, out.String())
					}
				}
			}
		}
	}
}
