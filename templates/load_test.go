package templates

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"github.com/prospectcoach/prospectcoach/coach"
)

// folder writes files into a new folder.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		write(t, dir, name, text)
	}
	return dir
}

func write(t testing.TB, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func mustBuiltIn(t testing.TB) *coach.Playbook {
	t.Helper()
	pb, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	return pb
}

func variant(pb *coach.Playbook, id string) *coach.Variant {
	for _, list := range pb.Drafts {
		for i := range list {
			if list[i].ID == id {
				return &list[i]
			}
		}
	}
	return nil
}

// goodTable is the built-in table with one line changed.
func goodTable(t testing.TB, old, new string) string {
	t.Helper()
	data, err := embedded.ReadFile(cadenceFile)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), old) {
		t.Fatalf("no %q in the table", old)
	}
	return strings.Replace(string(data), old, new, 1)
}

// A table is refused if and only if some gap in it is longer than one for a
// higher level, a rarer purchase or a lower urgency, wherever the two stand.
func TestC2_ATableIsMonotoneOrItsCellIsNamed(t *testing.T) {
	t.Parallel()
	good := mustBuiltIn(t).Cadence
	rapid.Check(t, func(t *rapid.T) {
		table := coach.Table{}
		for _, p := range coach.Purchases {
			table[p] = map[coach.Urgency]map[coach.Level]int{}
			for _, u := range coach.Urgencies {
				table[p][u] = maps.Clone(good[p][u])
			}
		}
		for range rapid.IntRange(0, 4).Draw(t, "changes") {
			p, u, l := rapid.SampledFrom(coach.Purchases).Draw(t, "purchase"), rapid.SampledFrom(coach.Urgencies).Draw(t, "urgency"), rapid.SampledFrom(coach.Levels).Draw(t, "level")
			table[p][u][l] = rapid.IntRange(1, 30).Draw(t, "days")
		}
		raw, err := yaml.Marshal(table)
		if err != nil {
			t.Fatal(err)
		}
		f := &faults{file: cadenceFile}
		read := readCadence(f, string(raw))
		if longer := longerSomewhere(table); longer != (len(f.list) > 0) || !longer && !reflect.DeepEqual(read, table) {
			t.Fatalf("longer somewhere: %v, found %v in\n%s", longer, f.list, raw)
		}
	})
}

func longerSomewhere(t coach.Table) (longer bool) {
	for pi, p := range coach.Purchases {
		for ui, u := range coach.Urgencies {
			for li, l := range coach.Levels {
				for _, q := range coach.Purchases[pi:] {
					for _, v := range coach.Urgencies[ui:] {
						for _, m := range coach.Levels[li:] {
							longer = longer || t[p][u][l] > t[q][v][m]
						}
					}
				}
			}
		}
	}
	return longer
}

func TestC2_BrokenFilesAreNamedByFileLineAndCell(t *testing.T) {
	t.Parallel()
	std, high, capital := "normal: { ic: 3, manager: 4, director: 5, vp: 6, c_suite: 7 }", "high:   { ic: 1, manager: 2, director: 3, vp: 4, c_suite: 5 }", "high:   { ic: 4, manager: 5, director: 7, vp: 8, c_suite: 10 }"
	tests := []struct {
		name, file, text string
		want             []string // a part of a fault; none when there must be no fault
	}{
		{"C2 monotone in level", cadenceFile, goodTable(t, std, "normal: { ic: 3, manager: 4, director: 5, vp: 4, c_suite: 7 }"),
			[]string{"cadence.yaml:18: standard / normal, vp: 4 is less than the 5 (line 18) of the lower level director"}},
		{"C2 monotone in urgency", cadenceFile, goodTable(t, high, "high: {ic: 4, manager: 4, director: 4, vp: 4, c_suite: 5}"),
			[]string{"cadence.yaml:18: standard / normal, ic: 3 is less than the 4 (line 17) of the higher urgency high"}},
		{"C2 monotone in purchase", cadenceFile, goodTable(t, capital, "high: {ic: 1, manager: 1, director: 1, vp: 1, c_suite: 1}"),
			[]string{"cadence.yaml:22: capital / high, c_suite: 1 is less than the 5 (line 17) of the more frequent purchase standard"}},
		{"C2 thirty at most", cadenceFile, goodTable(t, std, "normal: {ic: 3, manager: 4, director: 5, vp: 6, c_suite: 31}"),
			[]string{`cadence.yaml:18: standard / normal, c_suite: a gap is a whole number of days from 1 to 30, not "31"`}},
		{"C2 at least one", cadenceFile, goodTable(t, std, "normal: {ic: 0, manager: 4, director: 5, vp: 6, c_suite: 7}"),
			[]string{`cadence.yaml:18: standard / normal, ic: a gap`}},
		{"C2 no words", cadenceFile, goodTable(t, std, "normal: {ic: 3, manager: 4, director: weekly, vp: 6, c_suite: 7}"),
			[]string{`cadence.yaml:18: standard / normal, director: a gap is a whole number of days from 1 to 30, not "weekly"`}},
		{"C2 missing cell", cadenceFile, goodTable(t, std, "normal: {ic: 3, manager: 4, director: 5, vp: 6}"),
			[]string{"cadence.yaml:18: standard / normal, c_suite: the cell is missing"}},
		{"C2 missing row", cadenceFile, goodTable(t, std, ""),
			[]string{"cadence.yaml: row standard / normal is missing"}},
		{"unknown purchase", cadenceFile, goodTable(t, "standard:", "standart:"), []string{`cadence.yaml:16: purchase "standart" is not known`}},
		{"unknown urgency", cadenceFile, goodTable(t, std, "usual: {ic: 3}"), []string{`cadence.yaml:18: urgency "usual" is not known`}},
		{"unknown level", cadenceFile, goodTable(t, std, "normal: {ic: 3, boss: 4}"), []string{`cadence.yaml:18: level "boss" is not known`}},
		{"a row twice", cadenceFile, goodTable(t, std, std+"\n  "+std), []string{`cadence.yaml:19: purchase standard has "normal" twice, first in line 18`}},
		{"no row", cadenceFile, goodTable(t, std, "normal: 3"), []string{"cadence.yaml:18: row standard / normal must be written as"}},
		{"all alike", cadenceFile, nineRows("{ic: 5, manager: 5, director: 5, vp: 5, c_suite: 5}"), nil},
		{"not YAML", cadenceFile, "commodity: {\nfoo: [", []string{"cadence.yaml:2: this is not readable as YAML"}},
		{"empty", cadenceFile, "", []string{"cadence.yaml: the file is empty"}},
		{"titles", titlesFile, "- level: boss\n  any: [boss]\n- level: ic\n- level: vp\n  any: [praesident]\n",
			[]string{`titles.yaml:1: level "boss" is not known`, "titles.yaml:3: a rule needs a level and at least one word"}},
		{"no title", titlesFile, "[]", []string{"titles.yaml:1: there is no rule in it"}},
		{"limits", limitsFile, "daily: 0\nshingles: 2\nplan_length: {ic: 1, boss: 3}\nfoo: 1\n",
			[]string{"limits.yaml:1: daily is a whole number from 1 to 200", "limits.yaml:2: shingles is a number", "limits.yaml:3: ic is a whole number from 3 to 30", `limits.yaml:3: level "boss"`, `limits.yaml:4: "foo" is not known`}},
		{"syllables", "words/syllables.yaml", "business: two\nidea: 3\n", []string{`words/syllables.yaml:1: "business": syllables are`}},
		{"unknown file", "cadance.yaml", "x: 1", []string{"cadance.yaml: no file of that name is read"}},
		{"notes are no fault", "README.txt", "hello", nil},
		{"unknown angle", "angles/mine.yaml", "angle: chitchat\n", []string{`angles/mine.yaml:1: angle "chitchat" is not known`}},
		{"unknown channel", "angles/useful_piece.yaml", "text:\n- text: \"{nugget}\"\n", []string{`angles/useful_piece.yaml:1: "text" is no channel that useful_piece is written for; it is written for email or linkedin`}},
		{"voicemail stands under call", "angles/story.yaml", "voicemail:\n- voicemail: hi\n", []string{"angles/story.yaml:1: the voicemails of story stand under `call:`"}},
		{"no subject", "angles/short_ask.yaml", "email:\n- id: a\n  text: hi\n", []string{"angles/short_ask.yaml:2: the draft has no `subject`"}},
		{"unknown blank", "angles/short_ask.yaml", "text:\n- text: |\n    hi {firstname}\n", []string{"angles/short_ask.yaml:2: `text`: {firstname} is not a blank"}},
		{"lonely brace", "angles/short_ask.yaml", "text:\n- text: 'hi {{first}}'\n", []string{"angles/short_ask.yaml:2: `text`: a brace stands alone"}},
		{"no fact in it", "angles/homework.yaml", "text:\n- text: 'Hello there'\n", []string{"angles/homework.yaml:2: `text` says nothing of what homework rests on; put {fact} in it"}},
		{"a rep's blank will do", "angles/homework.yaml", "text:\n- text: 'Saw that you [what you noticed].'\n", nil},
		{"id twice", "angles/short_ask.yaml", "text:\n- {id: a, text: x}\n- {id: a, text: y}\n", []string{`angles/short_ask.yaml:3: the id "a" is taken by the draft in line 2`}},
		{"foreign part", "angles/gatekeeper.yaml", "call:\n- {id: a, opener: x, voicemail: y}\n", []string{"angles/gatekeeper.yaml:2: `voicemail` does not belong to a draft under call"}},
		{"back_away has no opener", "angles/back_away.yaml", "voicemail:\n- {id: a, opener: x, voicemail: y, subject: s, email: e}\n", []string{"angles/back_away.yaml:2: `opener` does not belong to a draft under voicemail"}},
		{"A6 a long voicemail", "angles/short_ask.yaml", "call:\n- {id: a, opener: x, subject: s, email: e, voicemail: '" + strings.Repeat("tomorrow ", 80) + "'}\n", []string{"angles/short_ask.yaml:2: the voicemail takes about"}},
		{"a list where a text belongs", "angles/short_ask.yaml", "text:\n- {id: a, text: [x, y]}\n", []string{"angles/short_ask.yaml:2: `text` must be a text"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			pb, faults := Load(folder(t, map[string]string{tt.file: tt.text}))
			if pb == nil || len(pb.Cadence) != 3 || len(pb.Titles) == 0 {
				t.Fatal("the playbook is not usable")
			}
			if len(tt.want) == 0 && len(faults) > 0 {
				t.Fatalf("faults: %v", faults)
			}
			for _, want := range tt.want {
				if !said(faults, want) {
					t.Errorf("no fault says %q; there are:\n%v", want, faults)
				}
			}
		})
	}
}

func said(faults []Fault, want string) bool {
	for _, f := range faults {
		if strings.Contains(f.String(), want) {
			return true
		}
	}
	return false
}

// nineRows is a whole table whose rows are all alike, each on a line.
func nineRows(row string) string {
	var b strings.Builder
	for _, p := range coach.Purchases {
		b.WriteString(string(p) + ":\n")
		for _, u := range coach.Urgencies {
			b.WriteString("  " + string(u) + ": " + row + "\n")
		}
	}
	return b.String()
}

func TestC2_BrokenTableLeavesTheBuiltInOneInUse(t *testing.T) {
	t.Parallel()
	pb, faults := Load(folder(t, map[string]string{cadenceFile: nineRows("{ic: 9, manager: 8, director: 7, vp: 6, c_suite: 5}")}))
	if len(faults) == 0 || pb.Cadence[coach.Standard][coach.Normal][coach.IC] != 3 {
		t.Errorf("gap %d, faults %v", pb.Cadence[coach.Standard][coach.Normal][coach.IC], faults)
	}
}

func TestAMissingFolderIsAFaultAndNoStop(t *testing.T) {
	t.Parallel()
	pb, faults := Load(filepath.Join(t.TempDir(), "gone"))
	if pb == nil || len(faults) != 1 || !strings.Contains(faults[0].Say, "cannot be read") {
		t.Errorf("faults %v", faults)
	}
}

func TestEndingsAreLowerCase(t *testing.T) {
	t.Parallel()
	list := Endings()
	for _, want := range []string{"inc", "ltd", "llc", "gmbh", "sa", "phd", "mba", "jr"} {
		found := false
		for _, e := range list {
			found = found || e == want
		}
		if !found {
			t.Errorf("no %q", want)
		}
	}
}

// Whatever a team writes into a file is read or named, the same again the next
// time, and what is used of it is whole.
func FuzzLoad(f *testing.F) {
	names := []string{cadenceFile, titlesFile, limitsFile}
	for _, a := range coach.Angles {
		names = append(names, "angles/"+string(a)+".yaml")
	}
	for _, w := range slices.Sorted(maps.Keys(wordFiles)) {
		names = append(names, "words/"+w)
	}
	for text, name := range map[string]string{
		"standard: {normal: {ic: 1}}\n": cadenceFile, "- level: ic\n  any: [x]\n": titlesFile, "daily: 5\nplan_length: {ic: 4}\n": limitsFile,
		"email:\n- subject: s\n  text: '{fact}'\n": "angles/homework.yaml", "a: [b, &x c, *x]\n": "words/industries.yaml", "- leverage\nsynergy\r\n": "words/jargon.txt",
	} {
		f.Add(uint8(slices.Index(names, name)), text)
	}
	all, err := builtIn()
	if err != nil {
		f.Fatal(err)
	}
	base := pieces{cadenceFile: all[cadenceFile], limitsFile: all[limitsFile]} // the drafts are many, and the same each time
	f.Fuzz(func(t *testing.T, file uint8, text string) {
		name := names[int(file)%len(names)]
		p, first := read(name, text, nil, "team")
		_, again := read(name, text, p, "team")
		if len(again) != len(first) {
			t.Fatalf("read twice, %d faults and then %d", len(first), len(again))
		}
		if p == nil {
			if len(first) == 0 {
				t.Fatal("nothing was read and nothing was said")
			}
			return
		}
		pb := build(base, pieces{name: p})
		for _, purchase := range coach.Purchases {
			for _, u := range coach.Urgencies {
				for _, l := range coach.Levels {
					if d := pb.Cadence[purchase][u][l]; d < minGap || d > maxGap {
						t.Fatalf("a gap of %d days", d)
					}
				}
			}
		}
		for _, list := range pb.Drafts {
			for _, v := range list {
				if v.Text+v.Opener+v.Voicemail == "" || len(blankProblems(v.Text+v.Opener+v.Voicemail+v.Subject)) > 0 {
					t.Fatalf("a broken draft is in use: %+v", v)
				}
			}
		}
	})
}
