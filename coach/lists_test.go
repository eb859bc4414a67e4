package coach_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/kljensen/snowball/english"

	"github.com/prospectcoach/prospectcoach/coach"
)

// The package may not read files or YAML; its tests read the lists that ship
// by these few lines, so that they judge what a team really gets.

const listsDir = "../templates"

// list reads a plain list: one entry a line, # begins a comment line.
func list(t testing.TB, name string) []string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(listsDir, "words", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	if len(out) == 0 {
		t.Fatalf("%s is empty", name)
	}
	return out
}

// titleRules reads titles.yaml, whose shape is plain enough for it.
func titleRules(t testing.TB) []coach.TitleRule {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(listsDir, "titles.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var out []coach.TitleRule
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "#"), line == "", line == "any:":
		case strings.HasPrefix(line, "- level:"):
			out = append(out, coach.TitleRule{Level: coach.Level(strings.TrimSpace(line[len("- level:"):]))})
		case strings.HasPrefix(line, "- "):
			out[len(out)-1].Any = append(out[len(out)-1].Any, line[2:])
		default:
			t.Fatalf("titles.yaml: %q", line)
		}
	}
	return out
}

// mapping reads a flat YAML map "key: value".
func mapping(t testing.TB, name string) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(listsDir, "words", name+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			t.Fatalf("%s.yaml: %q", name, line)
		}
		out[strings.Trim(key, `" `)] = strings.Trim(value, `" `)
	}
	return out
}

// industries reads industries.yaml: an industry, then its words as a list.
func industries(t testing.TB) map[string][]string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(listsDir, "words", "industries.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	out, at := map[string][]string{}, ""
	for line := range strings.Lines(string(raw)) {
		bare := strings.TrimSpace(line)
		switch {
		case bare == "" || strings.HasPrefix(bare, "#"):
		case strings.HasPrefix(bare, "- "):
			out[at] = append(out[at], bare[2:])
		case strings.HasSuffix(bare, ":"):
			at = strings.TrimSuffix(bare, ":")
		default:
			t.Fatalf("industries.yaml: %q", line)
		}
	}
	return out
}

func stemEnglish(w string) string { return english.Stem(w, false) }

// playbook is the playbook that ships, as far as texts are concerned.
func playbook(t testing.TB) *coach.Playbook {
	t.Helper()
	syllables := map[string]int{}
	for w, n := range mapping(t, "syllables") {
		k, err := strconv.Atoi(n)
		if err != nil {
			t.Fatalf("syllables.yaml: %s: %v", w, err)
		}
		syllables[w] = k
	}
	pb := &coach.Playbook{
		Titles: titleRules(t),
		Limits: coach.DefaultLimits(),
		Stem:   stemEnglish,
		Words: coach.WordLists{
			Jargon: list(t, "jargon"), Stock: list(t, "stock"), Empty: list(t, "empty"), Needy: list(t, "needy"),
			Bump: list(t, "bump"), Strangers: list(t, "strangers"), Industries: industries(t), Common: list(t, "common"),
			Offers: list(t, "offers"), Requests: list(t, "requests"), Greetings: list(t, "greetings"),
			Closings: list(t, "closings"), Paired: list(t, "paired"), Between: list(t, "between"), Syllables: syllables, Spoken: mapping(t, "spoken"),
		},
	}
	return pb.Prepare()
}
