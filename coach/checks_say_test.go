package coach_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

const badMail = "Hi Rosa,\n\nI'm just following up on my last message, did you see my last email? Sorry to bother you. " +
	"We offer a best-in-class synergistic solution, and with our leverage you get synergy and a paradigm shift. " +
	"I hope this email finds you well. Let me know if you have any questions.\n\nAda"

// D1: a fault is said once, with its words in a row, what makes it rework
// first, and no words are blamed twice; the findings themselves keep every
// place.
func TestD1_AFaultIsSaidOnceTheWorstFirst(t *testing.T) {
	t.Parallel()
	r := playbook(t).CheckDraft(coach.DraftInput{Text: badMail, Channel: coach.Email, Rep: ada, Prospect: rosa, Attempt: 2})
	if len(r.Findings) < 9 {
		t.Fatalf("D1: only %d findings: %+v", len(r.Findings), r.Findings)
	}
	points := r.Points(badMail)
	var ids []string
	all := ""
	for _, p := range points {
		if slices.Contains(ids, p.ID) {
			t.Errorf("D1: %s is said twice", p.ID)
		}
		ids = append(ids, p.ID)
		all += p.Say + " " + p.Do + "\n"
		if p.Name == "" || p.Say == "" || p.Do == "" {
			t.Errorf("D1: %+v", p)
		}
	}
	if ids[0] != coach.Repeat {
		t.Errorf("D1: %v begins with what needs no rework", ids)
	}
	for _, words := range []string{"did you see my", "best-in-class", "synergistic", "leverage", "calendar"} {
		if n := strings.Count(all, words); n > 1 || words == "calendar" && n > 0 {
			t.Errorf("D1: %q is blamed %d times in\n%s", words, n, all)
		}
	}
	if !strings.Contains(all, "“leverage”") || !strings.Contains(all, " are words nobody says aloud.") {
		t.Errorf("D1: the words of one fault do not stand in a row:\n%s", all)
	}
	for _, id := range findingIDs {
		if slices.Contains(ids, id) && coach.FindingName(id) == "" {
			t.Errorf("%s has no name", id)
		}
	}
}

// What could not be judged is said in a salesperson's words, with what would
// let it be.
func TestD3_WhatIsNotJudgedIsSaidInWords(t *testing.T) {
	t.Parallel()
	pb := playbook(t)
	for _, tt := range []struct {
		name     string
		prospect *coach.Prospect
		want     string
	}{
		{"nobody is named", nil, "who it is for"},
		{"nothing is known of them", &coach.Prospect{Name: "Rosa Lind"}, "A company, a trade or one fact about Rosa"},
		{"their trade is not known", &coach.Prospect{Name: "Rosa Lind", Company: "Lind"}, "trade of Lind"},
		{"all is known", rosa, ""},
	} {
		r := pb.CheckDraft(coach.DraftInput{Text: goodNote, Channel: coach.Email, Rep: ada, Prospect: tt.prospect})
		got := r.Unjudged(tt.prospect)
		if tt.want == "" && got != "" || !strings.Contains(got, tt.want) || strings.Contains(got, "_") || strings.Contains(got, "generic") {
			t.Errorf("D3 %s: %q (%v)", tt.name, got, r.NotJudged)
		}
	}
	r := pb.CheckDraft(coach.DraftInput{Text: "Guten Tag Herr Weiß, wie viele Öfen laufen bei Ihnen über das Wochenende durch, und wer schaut nach ihnen?", Channel: coach.Email})
	if got := r.Unjudged(nil); !strings.Contains(got, "not English") {
		t.Errorf("D4: %q", got)
	}
}

// Shouting is blamed on the words that shout, not on the abbreviation that ends
// the sentence before.
func TestShoutingPointsAtTheWordsThatShout(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Hi Rosa, the ovens in Ghent are certified by ISO. FREE trial for your people? Ada at Millwork": "FREE",
		"Hi Rosa, the ovens in Ghent are certified by ISO. FREE TRIAL for your people? Ada at Millwork": "FREE TRIAL",
		"Hi Rosa, the ovens in Ghent are SO VERY good for your people? Ada at Millwork":                 "SO VERY",
	} {
		r := playbook(t).CheckDraft(coach.DraftInput{Text: text, Channel: coach.Email, Rep: ada, Prospect: rosa, Attempt: 2})
		got := ""
		for _, f := range r.Findings {
			if f.ID == coach.HardToScan {
				got += text[f.Start:f.End]
			}
		}
		if got != want {
			t.Errorf("%q: blames %q, want %q", text, got, want)
		}
	}
}
