package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The examples that the product promises, through the program.
func TestCheckJudgesDrafts(t *testing.T) {
	t.Parallel()
	bakery := filepath.Join(t.TempDir(), "bakery.json")
	doc := `{"now": "2026-03-02T09:00:00+01:00", "rep": {"name": "Ada Weber", "company": "Northwind"},
	 "prospect": {"name": "Rosa Klein", "company": "Klein Bakery", "industry": "bakery", "email": "rosa@klein.test"},
	 "facts": [{"kind": "said", "text": "Sundays are the only day I get to bake myself"}]}`
	if err := os.WriteFile(bakery, []byte(doc), 0o600); err != nil {
		t.Fatal(err)
	}
	long := "Hi Rosa, this is Ada Weber from Northwind. " + strings.Repeat("We have been thinking about the way you order your flour and your butter, and what it costs you. ", 9) + "My number is +49 341 5550 110."
	for _, c := range []struct {
		name, text, channel, verdict string
		finds                        []string
	}{
		{"a stock pitch", "Hi Rosa, we provide solutions that help call centers improve productivity and ROI. Would you have time for a call? Ada Weber, Northwind", "email", "rework",
			[]string{"wrong_world", "generic", "sounds_like_everyone"}},
		{"checking in", "Just checking in to see if you got my last email.", "email", "rework", []string{"checking_in"}},
		{"a long voicemail", long, "voicemail", "rework", []string{"too_long"}},
		{"a good note", "Hi Rosa,\n\nyou told me that Sundays are the only day you get to bake yourself. What eats the other six at Klein Bakery, the orders or the invoices?\n\nAda Weber, Northwind", "email", "send", nil},
	} {
		code, out, errs := runProgram(t, nil, c.text, "check", "--json", "--channel", c.channel, "--prospect", bakery)
		var got reportDoc
		if err := json.Unmarshal([]byte(out), &got); err != nil || code != 0 {
			t.Fatalf("%s: exit %d, %v, %s", c.name, code, err, errs)
		}
		if string(got.Verdict) != c.verdict {
			t.Errorf("%s: %s, want %s:\n%s", c.name, got.Verdict, c.verdict, out)
		}
		for _, id := range c.finds {
			i := slices.IndexFunc(got.Findings, func(f findingDoc) bool { return f.ID == id })
			if i < 0 {
				t.Errorf("%s: no %s in\n%s", c.name, id, out)
			} else if f := got.Findings[i]; f.Start < 0 || f.End > len(c.text) || f.Start > f.End || f.Say == "" || f.Do == "" {
				t.Errorf("%s: %+v", c.name, f)
			}
		}
		if c.verdict == "send" && len(got.Good) == 0 {
			t.Errorf("%s: nothing good is said of it", c.name)
		}
		if _, words, _ := runProgram(t, nil, c.text, "check", "--channel", c.channel, "--prospect", bakery); !strings.HasPrefix(strings.ToLower(words), c.verdict+" it") || strings.Contains(words, "_") {
			t.Errorf("%s reads\n%s", c.name, words)
		}
	}
	if _, words, _ := runProgram(t, nil, "Hi Rosa, who looks at the flour bills of all your shops at the end of the month?", "check"); !strings.Contains(words, "Say who it is for") || strings.Contains(words, "generic") {
		t.Errorf("what was not judged reads\n%s", words)
	}
	if code, _, errs := runProgram(t, nil, "x", "check", "--channel", "pigeon"); code != 2 || !strings.Contains(errs, "it may hold call, voicemail") {
		t.Errorf("a channel that is none: exit %d, %s", code, errs)
	}
	if code, _, errs := runProgram(t, nil, " \n", "check"); code != 1 || !strings.Contains(errs, "no draft") {
		t.Errorf("an empty draft: exit %d, %s", code, errs)
	}
}
