package coach_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// A judged draft of testdata/drafts, see the README there.
type judged struct {
	name    string
	in      coach.DraftInput
	verdict coach.DraftVerdict
	expect  []string
	either  []string // may be found or not
}

var findingIDs = []string{
	coach.TooLong, coach.Cryptic, coach.Repeat, coach.Generic, coach.Placeholder, coach.WrongWorld, coach.Jargon, coach.SoundsLikeEveryone,
	coach.AboutMe, coach.NoReason, coach.NoAsk, coach.ManyAsks, coach.CheckingIn, coach.Needy, coach.HardToScan, coach.Unpaired,
}

// drafts reads testdata/drafts.
func drafts(t testing.TB) []judged {
	t.Helper()
	files, err := filepath.Glob("testdata/drafts/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no drafts", err)
	}
	var out []judged
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var defaults []string
		for _, piece := range strings.Split("\n"+string(raw), "\n=== ")[1:] {
			name, rest, _ := strings.Cut(piece, "\n")
			head, text, _ := strings.Cut(rest, "---\n")
			lines := strings.Split(strings.TrimSpace(head), "\n")
			if name == "defaults" {
				defaults = lines
				continue
			}
			j := judged{name: filepath.Base(f) + ": " + name}
			j.in.Text, j.in.Channel = strings.TrimRight(text, "\n"), coach.Email
			for _, l := range append(slices.Clone(defaults), lines...) {
				j.header(t, l)
			}
			if j.verdict == "" {
				t.Fatalf("%s: nothing expected", j.name)
			}
			out = append(out, j)
		}
	}
	return out
}

func (j *judged) header(t testing.TB, line string) {
	t.Helper()
	key, value, _ := strings.Cut(line, ": ")
	pieces := strings.Split(value, ", ")
	switch key {
	case "channel":
		j.in.Channel = coach.Channel(value)
	case "angle":
		j.in.Angle = coach.Angle(value)
	case "attempt":
		j.in.Attempt, _ = strconv.Atoi(value)
	case "rep":
		j.in.Rep = &coach.Rep{Name: pieces[0], Company: pieces[1]}
	case "prospect":
		var facts []coach.Fact
		if j.in.Prospect != nil {
			facts = j.in.Prospect.Facts
		}
		j.in.Prospect = nil
		if value != "none" {
			j.in.Prospect = &coach.Prospect{Name: pieces[0], Company: pieces[1], Email: "someone@example.test", Facts: facts}
			if len(pieces) > 2 {
				j.in.Prospect.Industry = pieces[2]
			}
			if slices.Contains(pieces, "no-email") {
				j.in.Prospect.Email = ""
			}
		}
	case "fact":
		if j.in.Prospect == nil {
			break
		}
		if value == "none" {
			j.in.Prospect.Facts = nil
			break
		}
		kind, text, _ := strings.Cut(value, ": ")
		j.in.Prospect.Facts = append(j.in.Prospect.Facts, coach.Fact{Kind: coach.FactKind(kind), Text: text})
	case "earlier":
		j.in.Earlier = append(j.in.Earlier, value)
	case "expect":
		for i, w := range strings.Fields(value) {
			id, either := strings.CutPrefix(w, "?")
			switch {
			case i == 0:
				j.verdict = coach.DraftVerdict(w)
			case !slices.Contains(findingIDs, id):
				t.Fatalf("%s: no finding is called %q", j.name, id)
			case either:
				j.either = append(j.either, id)
			default:
				j.expect = append(j.expect, id)
			}
		}
	default:
		t.Fatalf("%s: %q", j.name, line)
	}
}

// score counts how the check agrees with the judgement.
type score struct{ right, extra, missed int }

func (s score) precision() float64 { return ratio(s.right, s.right+s.extra) }
func (s score) recall() float64    { return ratio(s.right, s.right+s.missed) }

func ratio(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}

func scores(pb *coach.Playbook, all []judged) (byID map[string]score, verdicts int, differ []string) {
	byID = map[string]score{}
	for _, j := range all {
		r := pb.CheckDraft(j.in)
		found := map[string]bool{}
		for _, f := range r.Findings {
			found[f.ID] = true
		}
		if r.Verdict == j.verdict {
			verdicts++
		} else {
			differ = append(differ, fmt.Sprintf("%s: %s, expected %s", j.name, r.Verdict, j.verdict))
		}
		for _, id := range findingIDs {
			s := byID[id]
			switch expected := slices.Contains(j.expect, id); {
			case expected && found[id]:
				s.right++
			case expected:
				s.missed++
				differ = append(differ, fmt.Sprintf("%s: %s missed", j.name, id))
			case found[id] && !slices.Contains(j.either, id):
				s.extra++
				differ = append(differ, fmt.Sprintf("%s: %s too much: %s", j.name, id, pointed(r, id, j.in.Text)))
			}
			byID[id] = s
		}
	}
	return byID, verdicts, differ
}

// pointed is what the first finding of an id points at.
func pointed(r coach.DraftReport, id, text string) string {
	for _, f := range r.Findings {
		if f.ID == id {
			return fmt.Sprintf("%q, %s", text[f.Start:f.End], f.Say)
		}
	}
	return ""
}

// TestReport prints how well the draft check agrees with the judged drafts
// and keeps it from getting worse.
func TestReport(t *testing.T) {
	t.Parallel()
	pb, all := playbook(t), drafts(t)
	byID, verdicts, differ := scores(pb, all)
	t.Logf("%-22s %5s %9s %7s", "finding", "cases", "precision", "recall")
	for _, id := range findingIDs {
		s := byID[id]
		t.Logf("%-22s %5d %9.2f %7.2f", id, s.right+s.missed, s.precision(), s.recall())
		if s.precision() < 0.85 || s.recall() < 0.85 {
			t.Errorf("%s: precision %.2f, recall %.2f", id, s.precision(), s.recall())
		}
	}
	t.Logf("%d drafts, %d verdicts agree (%.0f %%)", len(all), verdicts, 100*ratio(verdicts, len(all)))
	for _, d := range differ {
		t.Log("  ", d)
	}
	if len(all) < 150 {
		t.Errorf("only %d drafts", len(all))
	}
	if ratio(verdicts, len(all)) < 0.95 {
		t.Errorf("only %d of %d verdicts agree", verdicts, len(all))
	}
}
