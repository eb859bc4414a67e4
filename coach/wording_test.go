package coach_test

import (
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

func TestUnquotedTakesOnePairOffTheWholeText(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`"customs costs us two days a week"`:   "customs costs us two days a week",
		` “customs costs us two days a week” `: "customs costs us two days a week",
		`„der Zoll kostet uns Tage“`:           "der Zoll kostet uns Tage",
		`"der Zoll kostet uns Tage“`:           "der Zoll kostet uns Tage",
		`« la douane »`:                        "la douane",
		`"customs costs us".`:                  "customs costs us",
		`"customs costs us."`:                  "customs costs us.",
		`"fast" and "cheap"`:                   `"fast" and "cheap"`,
		`they call it "the wall"`:              `they call it "the wall"`,
		`"the wall" is their word`:             `"the wall" is their word`,
		`"`:                                    `"`,
		`""`:                                   `""`,
		`it's late`:                            "it's late",
		"":                                     "",
	} {
		if got := coach.Unquoted(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// A fact typed in quotation marks, and one that was kept so before, are quoted once.
func TestA6_WordsInQuotesAreQuotedOnce(t *testing.T) {
	t.Parallel()
	const words = "customs costs us two days a week"
	for _, kept := range []string{`"` + words + `"`, "“" + words + "”"} {
		c := fresh(t, "2026-03-02", coach.Existing)
		if _, err := c.Note(coach.Said, kept, 0); err != nil {
			t.Fatal(err)
		}
		if f := c.Prospect.Facts[0]; f.Text != words {
			t.Errorf("kept as %s", f.Text)
		}
		if _, err := c.Note(coach.Said, kept, 0); err == nil {
			t.Error("known already, and kept twice")
		}
		c.Prospect.Facts[0].ID, c.Prospect.Facts[0].Text = 1, kept // as it was kept before
		s := c.Advise().Suggestion
		if s == nil || s.Angle != coach.TheirWords {
			t.Fatalf("%+v", s)
		}
		told := false
		for _, text := range []string{s.Draft, s.Voicemail, s.Why} {
			told = told || strings.Contains(text, words)
			for _, twice := range []string{`""`, `“"`, `"“`, "““", `"”`} {
				if strings.Contains(text, twice) {
					t.Errorf("quoted twice: %s", text)
				}
			}
		}
		if !told {
			t.Error("the suggestion does not say what they said")
		}
	}
}
