package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const module = "github.com/prospectcoach/prospectcoach"

// imports says who may import whom, with the reason beside each. A package
// may import the standard library (less its bans), what is listed under may
// (a prefix ending in / covers all below it), and nothing else.
var imports = map[string]struct {
	may  []string
	bans map[string]string // import path, or prefix ending in /, and why not
}{
	"coach": {
		bans: map[string]string{
			"context": "advice does not wait for anything", "os": "facts are handed in", "net/": "facts are handed in",
			"database/": "storage remembers", "io/": "facts are handed in", "embed": "templates holds the files",
			"log": "bot logs", "log/": "bot logs",
		},
	},
	"templates": {
		may:  []string{module + "/coach", "go.yaml.in/yaml/v3"},
		bans: map[string]string{"net/": "drafts come from files", "database/": "storage remembers"},
	},
	"storage": {
		may: []string{module + "/coach", module + "/storage/", "modernc.org/sqlite", "modernc.org/sqlite/", "github.com/jackc/pgx/v5",
			"github.com/jackc/pgx/v5/", "github.com/pressly/goose/v3", "github.com/pressly/goose/v3/"},
		bans: map[string]string{"net/http": "storage talks to databases only"},
	},
	"storage/pgtest": {may: []string{"github.com/jackc/pgx/v5", "github.com/jackc/pgx/v5/"}},
	"bot/view": {
		may: []string{module + "/coach", "github.com/slack-go/slack"},
		bans: map[string]string{"os": "a view is a function of values", "net/http": "a view is a function of values",
			"database/": "a view is a function of values", "context": "a view waits for nothing"},
	},
	"bot": {
		may: []string{module + "/coach", module + "/templates", module + "/storage", module + "/bot/view", "github.com/slack-go/slack",
			"github.com/slack-go/slack/", "github.com/gorilla/websocket", "golang.org/x/text/", "github.com/prometheus/client_golang/",
			"github.com/robfig/cron/v3", "github.com/sirupsen/logrus"},
		bans: map[string]string{"database/": "all SQL is in storage"},
	},
	"bot/localslack": {
		may:  []string{"github.com/gorilla/websocket"},
		bans: map[string]string{"database/": "it knows Slack, not us"},
	},
}

type goPackage struct {
	ImportPath string
	Standard   bool
	Imports    []string
}

// TestWhoMayImportWhom keeps the house's walls where they are.
func TestWhoMayImportWhom(t *testing.T) {
	t.Parallel()
	standard := map[string]bool{"C": false}
	for _, p := range goList(t, "std") {
		standard[p.ImportPath] = true
	}
	seen := 0
	for _, p := range goList(t, module+"/...") {
		dir := strings.TrimPrefix(p.ImportPath, module+"/")
		for _, i := range p.Imports {
			if strings.HasPrefix(i, module+"/cmd/") {
				t.Errorf("%s imports %s: nobody imports cmd", dir, i)
			}
		}
		rule, ok := imports[dir]
		if !ok {
			if !strings.HasPrefix(dir, "cmd/") {
				t.Errorf("package %s has no row in the import table: give it one, with the reason", dir)
			}
			continue
		}
		seen++
		for _, i := range p.Imports {
			if why := banned(rule.bans, i); why != "" {
				t.Errorf("%s imports %s: %s", dir, i, why)
			} else if !standard[i] && !covered(rule.may, i) {
				t.Errorf("%s imports %s, which its row of the table does not allow", dir, i)
			}
		}
	}
	if seen != len(imports) {
		t.Errorf("%d of %d rows of the table met a package: the table names one that is gone", seen, len(imports))
	}
}

func goList(t *testing.T, pattern string) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Standard,Imports", pattern)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list %s: %v", pattern, err)
	}
	var all []goPackage
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func covered(list []string, path string) bool {
	for _, l := range list {
		if path == l || strings.HasSuffix(l, "/") && strings.HasPrefix(path, l) {
			return true
		}
	}
	return false
}

func banned(bans map[string]string, path string) string {
	for b, why := range bans {
		if covered([]string{b}, path) {
			return why
		}
	}
	return ""
}

// TestHouseRules reads every Go file for what the rules of the house forbid.
func TestHouseRules(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	clock := regexp.MustCompile(`\btime\.(Now|Since|Until)\(`)
	leftover := regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X)\b`)
	docs := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if strings.HasPrefix(d.Name(), ".") && rel != "." || d.Name() == "testdata" {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(rel, ".go") {
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, test := filepath.Base(rel), strings.HasSuffix(rel, "_test.go")
		dir := strings.TrimSuffix(rel, "/"+name)
		docs[dir] = docs[dir] || name == "doc.go" || dir == "cmd/prospectcoach"
		switch strings.TrimSuffix(strings.TrimSuffix(name, ".go"), "_test") {
		case "util", "utils", "common", "helper", "helpers", "types", "models", "misc":
			t.Errorf("%s: a file is named for what it holds", rel)
		}
		if lines := bytes.Count(b, []byte("\n")); !test && lines > 400 {
			t.Errorf("%s has %d lines: two things in one room?", rel, lines)
		}
		if !test && !strings.HasPrefix(rel, "cmd/") && clock.Match(b) {
			t.Errorf("%s reads the clock: time is an argument", rel)
		}
		if leftover.Match(b) {
			t.Errorf("%s has a left-over note: %s", rel, leftover.Find(b))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for dir, ok := range docs {
		if !ok {
			t.Errorf("package %s has no doc.go", dir)
		}
	}
}
