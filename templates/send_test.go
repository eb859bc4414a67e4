package templates

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kljensen/snowball/english"

	"github.com/prospectcoach/prospectcoach/coach"
)

// stemmed is the built-in playbook as the program uses it.
func stemmed(t testing.TB) *coach.Playbook {
	t.Helper()
	pb := mustBuiltIn(t)
	pb.Stem = func(w string) string { return english.Stem(w, false) }
	return pb.Prepare()
}

// case of a fill: the rep, the prospect with its facts, the nugget.
func (f fill) input(p part, text string) coach.DraftInput {
	return coach.DraftInput{
		Text: text, Channel: p.channel, Angle: p.angle, Attempt: 1,
		Rep: &coach.Rep{Name: f["my_name"], Company: f["my_company"]},
		Prospect: &coach.Prospect{
			Name: f["name"], Company: f["company"], Title: f["title"], Industry: f["industry"],
			Email: "someone@example.test", Phone: "+49 341 1234",
			Gatekeeper: coach.Gatekeeper{Name: f["gatekeeper"]},
			Facts: []coach.Fact{
				{ID: 1, Kind: coach.Research, Text: f["fact"]},
				{ID: 2, Kind: coach.Said, Text: f["said"]},
				{ID: 3, Kind: coach.Introduction, Text: f["introduction"]},
			},
		},
		Nuggets: []coach.Nugget{{ID: 1, Kind: coach.NuggetOutcome, Text: f.forAngle(p.angle)["nugget"]}},
	}
}

// sent is the text as it goes out: an email with its subject.
func (f fill) sent(p part) string {
	if p.channel == coach.Email {
		return "Subject: " + f.of(p.angle, p.subject) + "\n\n" + f.of(p.angle, p.text)
	}
	return f.of(p.angle, p.text)
}

func TestD3_EveryDraftGetsSend(t *testing.T) {
	t.Parallel()
	pb := stemmed(t)
	for _, p := range everyPart(t) {
		for _, f := range fills {
			r := pb.CheckDraft(f.input(p, f.sent(p)))
			if r.Verdict != coach.Send {
				var why []string
				for _, x := range r.Findings {
					why = append(why, fmt.Sprintf("%s: %s", x.ID, x.Say))
				}
				t.Errorf("%s %s gets %s\n  %s\n  %s", p.id, p.name, r.Verdict, strings.Join(why, "\n  "), f.sent(p))
			}
			if r.NotEnglish {
				t.Errorf("%s %s is not taken for English", p.id, p.name)
			}
		}
	}
}

func TestH2_AVoicemailWithoutItsEmailGetsSend(t *testing.T) {
	t.Parallel()
	pb := stemmed(t)
	for _, p := range everyPart(t) {
		if p.name != "voicemail" {
			continue
		}
		for _, f := range fills {
			rest, _ := withoutEmail(p.text)
			in := f.input(p, f.of(p.angle, rest))
			in.Prospect.Email = ""
			if r := pb.CheckDraft(in); r.Verdict != coach.Send {
				t.Errorf("%s gets %s: %v\n  %s", p.id, r.Verdict, r.Findings, in.Text)
			}
		}
	}
}

func TestA6_EveryVoicemailSpeaksInTwentySeconds(t *testing.T) {
	t.Parallel()
	pb := stemmed(t)
	for _, p := range everyPart(t) {
		for _, f := range fills {
			if s := pb.SpokenSeconds(f.of(p.angle, p.text)); p.name == "voicemail" && s > maxSpoken {
				t.Errorf("%s takes %.1f seconds:\n  %s", p.id, s, f.of(p.angle, p.text))
			}
		}
	}
}

// Two drafts that are alike would use each other up (A1).
func TestA1_NoTwoDraftsAreAlike(t *testing.T) {
	t.Parallel()
	pb := stemmed(t)
	list := everyPart(t)
	for _, f := range fills {
		prints := make([]coach.Print, len(list))
		for i, p := range list {
			prints[i] = pb.Print(f.of(p.angle, p.text), f["name"], f["company"], f["my_name"], f["my_company"])
		}
		for i := range list {
			for k := range i {
				if list[i].id != list[k].id && pb.AlikePrints(prints[i], prints[k]) {
					t.Errorf("%s %s and %s %s are alike:\n  %s\n  %s", list[i].id, list[i].name, list[k].id, list[k].name, f.of(list[i].angle, list[i].text), f.of(list[k].angle, list[k].text))
				}
			}
		}
	}
}
