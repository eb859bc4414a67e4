package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func testNow() time.Time { return time.Date(2026, time.March, 2, 8, 0, 0, 0, time.UTC) }

func readTestdata(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The documented example: its dates, its plan, its keys.
func TestAdviseAnswersTheDocumentedExample(t *testing.T) {
	t.Parallel()
	code, out, errs := runProgram(t, nil, readTestdata(t, "advise_example.json"), "advise")
	if code != 0 || errs != "" {
		t.Fatalf("exit %d: %s", code, errs)
	}
	var got struct {
		Attempts   int
		PlanLength int `json:"plan_length"`
		Due        string
		Overdue    int `json:"overdue_days"`
		Verdict    struct{ Kind string }
		Suggestion struct {
			Channel, Angle, Variant string
			Uses                    []string
			Pair                    *struct{ Channel string }
		}
		Missing   []struct{ Angle, Say string }
		Questions []string
		Plan      []struct{ On string }
		MovesOn   string `json:"moves_on"`
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	var days []string
	for _, s := range got.Plan {
		days = append(days, s.On)
	}
	if got.Attempts != 1 || got.PlanLength != 6 || got.Due != "2026-02-24" || got.Overdue != 6 || got.Verdict.Kind != "keep_going" ||
		got.Suggestion.Channel != "call" || got.Suggestion.Angle != "value_nugget" || got.Suggestion.Pair == nil || got.Suggestion.Uses[0] != "nugget:1" ||
		strings.Join(days, " ") != "2026-03-02 2026-03-16 2026-03-30 2026-04-13 2026-04-27" || got.MovesOn != "2026-05-11" || got.Questions == nil {
		t.Errorf("the answer is\n%s", out)
	}
	if len(got.Missing) < 2 || got.Missing[0].Angle != "homework" || got.Missing[0].Say != "one fresh fact about Acme would open it" {
		t.Errorf("missing is %v", got.Missing)
	}
	_, again, _ := runProgram(t, nil, readTestdata(t, "advise_example.json"), "advise")
	if again != out {
		t.Error("A4: the same facts gave another answer")
	}
}

func TestAdviseNamesMistakesByPlace(t *testing.T) {
	t.Parallel()
	const now = `"now": "2026-03-02T09:00:00+01:00"`
	for _, c := range []struct {
		in           string
		line, column int
		say          string
	}{
		{"{" + now + `, "prospect": {"name": "Jo", "boss": 1}}`, 1, 65, `there is no field "boss" here`},
		{"{" + now + ",\n \"prospect\": {\"name\": 7}}", 2, 23, "prospect.name holds a number, but it may hold a string"},
		{"{" + now + ",\n \"prospect\": {\"name\": \"Jo\"}", 2, 28, "ends too early"},
		{"{" + now + `, "prospect": {}}`, 1, 1, "prospect.name is missing"},
		{`{"now": "monday", "prospect": {"name": "Jo"}}`, 1, 9, `now holds "monday"`},
		{"{" + now + `, "prospect": {"name": "Jo", "level": "boss"}}`, 1, 74, `prospect.level holds "boss", but it may hold ic, manager, director, vp, c_suite`},
		{"{" + now + `, "prospect": {"name": "Jo", "starts": "soon"}}`, 1, 75, `a date looks like 2026-03-02, not "soon"`},
		{"{" + now + `, "prospect": {"name": "Jo"}, "touches": [{"on": "2026-02-10", "channel": "email", "uses": ["fact:1"]}]}`, 1, 128, `touches[0].uses holds "fact:1"`},
		{"{" + now + `, "prospect": {"name": "Jo", "zone": "Mars/Base"}}`, 1, 73, `prospect.zone holds "Mars/Base", but it may hold a zone such as Europe/Berlin`},
		{"{" + now + `, "prospect": {"name": "Jo"}, "rep": {"zone": "Local"}}`, 1, 82, `rep.zone holds "Local"`},
		{"nonsense", 1, 1, "this is no JSON"},
	} {
		code, out, _ := runProgram(t, nil, c.in, "advise")
		var got struct{ Error mistake }
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatalf("%s: %v in %s", c.in, err, out)
		}
		if code != 1 || got.Error.Line != c.line || !strings.Contains(got.Error.Say, c.say) {
			t.Errorf("%s\nexit %d, %+v\nwant line %d: %s", c.in, code, got.Error, c.line, c.say)
		}
		if d := got.Error.Column - c.column; d < -1 || d > 1 {
			t.Errorf("%s\ncolumn %d, want about %d", c.in, got.Error.Column, c.column)
		}
	}
}

// A broken line is answered in its place, the others are answered.
func TestAdviseAnswersLineByLine(t *testing.T) {
	t.Parallel()
	good := strings.ReplaceAll(readTestdata(t, "advise_example.json"), "\n", " ")
	code, out, _ := runProgram(t, nil, good+"\n{\"now\": 3}\n"+good+"\n", "advise")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if code != 1 || len(lines) != 3 {
		t.Fatalf("exit %d, %d lines:\n%s", code, len(lines), out)
	}
	if lines[0] != lines[2] || !strings.HasPrefix(lines[0], `{"attempts":1`) || !strings.HasPrefix(lines[1], `{"error":{"line":2,`) {
		t.Errorf("the lines are\n%s", out)
	}
}

// H6: without a usable contact there is no campaign yet.
func TestAdviseH6_NoUsableContact(t *testing.T) {
	t.Parallel()
	code, out, _ := runProgram(t, nil, `{"now": "2026-03-02T09:00:00+01:00", "prospect": {"name": "Jo"}}`, "advise")
	for _, want := range []string{`"plan_length": 0`, `"due": ""`, `"kind": "wait"`, `"suggestion": null`, `"plan": []`, `"moves_on": ""`, `"alternatives": []`} {
		if code != 0 || !strings.Contains(out, want) {
			t.Errorf("exit %d, no %s in\n%s", code, want, out)
		}
	}
	if strings.Contains(out, `"missing": []`) {
		t.Errorf("missing does not say that a contact is missing:\n%s", out)
	}
}
