package coach_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/prospectcoach/prospectcoach/coach"
)

var (
	rosa = &coach.Prospect{
		Name: "Rosa Lind", Company: "Sweet Crumb", Industry: "bakery", Email: "rosa@example.test",
		Facts: []coach.Fact{{Kind: coach.Said, Text: "the night shift is the hardest to fill"}},
	}
	ada = &coach.Rep{Name: "Ada Lovelace", Company: "Engines"}
)

const goodNote = "Hi Rosa,\n\nYou said the night shift is the hardest to fill. A baker in Ghent moved proofing to the afternoon and dropped it.\n\nWould their oven plan be of use to you?\n\nAda, Engines"

func found(r coach.DraftReport) []string {
	var ids []string
	for _, f := range r.Findings {
		if !slices.Contains(ids, f.ID) {
			ids = append(ids, f.ID)
		}
	}
	return ids
}

func TestD1_TheVerdictFollowsTheFindings(t *testing.T) {
	t.Parallel()
	pb := playbook(t)
	for _, j := range drafts(t) {
		r := pb.CheckDraft(j.in)
		ids := found(r)
		hard := false
		for _, id := range []string{coach.Repeat, coach.Placeholder, coach.WrongWorld, coach.NoReason} {
			hard = hard || slices.Contains(ids, id)
		}
		switch {
		case hard && r.Verdict != coach.Rework, len(ids) == 0 && r.Verdict != coach.Send, len(ids) > 0 && r.Verdict == coach.Send:
			t.Errorf("D1 %s: %s with %v", j.name, r.Verdict, ids)
		case r.Verdict == coach.Send && len(r.Good) == 0:
			t.Errorf("D1 %s: nothing good to say", j.name)
		}
		for _, f := range r.Findings {
			if f.Say == "" || f.Do == "" || strings.Contains(f.Say+f.Do, "!") && !strings.Contains(f.Say, "“") {
				t.Errorf("%s: %s says %q, %q", j.name, f.ID, f.Say, f.Do)
			}
		}
	}
}

func TestD1_AGoodNoteHearsWhatIsGood(t *testing.T) {
	t.Parallel()
	r := playbook(t).CheckDraft(coach.DraftInput{Text: goodNote, Channel: coach.Email, Rep: ada, Prospect: rosa, Attempt: 1})
	want := []string{"It takes up what they said themselves.", "It asks one question that can be answered in a line.", "At 33 words it can be read on a phone."}
	if r.Verdict != coach.Send || !slices.Equal(r.Good, want) {
		t.Errorf("D1: %s %v %q", r.Verdict, found(r), r.Good)
	}
}

func TestD3_TheAngleExcuses(t *testing.T) {
	t.Parallel()
	pb := playbook(t)
	text := "Hi Rosa,\n\nThis is the last you hear from me about the ovens at Sweet Crumb. The door stays open.\n\nAda, Engines"
	for _, a := range coach.Angles {
		r := pb.CheckDraft(coach.DraftInput{Text: text, Channel: coach.Email, Angle: a, Rep: ada, Prospect: rosa})
		excused := slices.Contains([]coach.Angle{coach.ThanksNextStep, coach.UsefulPiece, coach.AskGatekeeper, coach.WhatChanged, coach.BackAway}, a)
		if got := len(found(r)) == 0; got != excused {
			t.Errorf("D3 %s: %v", a, found(r))
		}
	}
}

func TestD3_AnUnknownProspectIsNotJudged(t *testing.T) {
	t.Parallel()
	r := playbook(t).CheckDraft(coach.DraftInput{Text: "Hello, how many patients wait at the clinic on a busy Monday, and who tells them?\n\nAda, Engines", Channel: coach.Email, Rep: ada})
	if !slices.Contains(r.NotJudged, coach.Generic) || !slices.Contains(r.NotJudged, coach.WrongWorld) || len(r.Findings) > 0 {
		t.Errorf("D3: %v, not judged %v", found(r), r.NotJudged)
	}
}

func TestD4_OtherLanguagesAreToldApart(t *testing.T) {
	t.Parallel()
	pb := playbook(t)
	for text, english := range map[string]bool{
		goodNote: true,
		"Just checking in to see if you got my last email":                                true,
		"Quick chat tomorrow?":                                                            true,
		"Sie suchen seit Februar einen Schlosser für die Nachtschicht in Halle.":          false,
		"Vous cherchez un ajusteur de nuit depuis février, et personne ne vient.":         false,
		"Ustedes buscan un tornero para el turno de noche desde febrero, y nadie llega.":  false,
		"Zoekt u nog steeds een bakker voor de nacht, en hoe lang al, als ik vragen mag?": false,
		"State ancora cercando un fornaio per la notte, e da quanto tempo lo cercate?":    false,
		"今週の夜勤について、一つだけ質問があります。よろしいですか？もう一度お電話します":                                        false,
	} {
		r := pb.CheckDraft(coach.DraftInput{Text: text, Channel: coach.Email})
		if r.NotEnglish == english {
			t.Errorf("D4 %q: english %v", text, !r.NotEnglish)
		}
		if !english && (!slices.Contains(r.NotJudged, coach.Needy) || slices.Contains(r.NotJudged, coach.TooLong)) {
			t.Errorf("D4 %q: not judged %v", text, r.NotJudged)
		}
	}
}

func TestTooLong_TheLengthsOfEachChannel(t *testing.T) {
	t.Parallel()
	pb := playbook(t)
	words := func(n int) string { return strings.Repeat("you know. ", n/2) + strings.Repeat("so?", n%2) }
	for _, c := range []struct {
		channel coach.Channel
		attempt int
		text    string
		long    bool
		rework  bool
	}{
		{coach.Email, 1, words(75), false, false}, {coach.Email, 1, words(76), true, false},
		{coach.Email, 2, words(125), false, false}, {coach.Email, 2, words(126), true, false},
		{coach.Email, 0, words(125), false, false}, {coach.Email, 0, words(126), true, false},
		{coach.Email, 2, words(200), true, false}, {coach.Email, 2, words(201), true, true},
		{coach.LinkedIn, 1, strings.Repeat("ä", 300), false, false}, {coach.LinkedIn, 1, strings.Repeat("ä", 301), true, false},
		{coach.Text, 1, strings.Repeat("ö", 160), false, false}, {coach.Text, 1, strings.Repeat("ö", 161), true, false},
		{coach.Call, 1, words(300), false, false},
	} {
		r := pb.CheckDraft(coach.DraftInput{Text: c.text + " Why?"[:5*boolInt(c.rework)], Channel: c.channel, Attempt: c.attempt, Angle: coach.BackAway})
		if slices.Contains(found(r), coach.TooLong) != c.long || c.rework && r.Verdict != coach.Rework {
			t.Errorf("too_long %s attempt %d, %d words: %v %s", c.channel, c.attempt, r.Words, found(r), r.Verdict)
		}
	}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestTooLong_VoicemailsBySeconds(t *testing.T) {
	t.Parallel()
	pb := playbook(t)
	for n := 1; n < 60; n++ {
		text := "Hi Rosa, Ada from Engines, I'm sending an email. " + strings.Repeat("Bread is good. ", n)
		r := pb.CheckDraft(coach.DraftInput{Text: text, Channel: coach.Voicemail, Angle: coach.BackAway, Rep: ada, Prospect: rosa})
		s := pb.SpokenSeconds(text)
		if slices.Contains(found(r), coach.TooLong) != (s > 20) || (r.Verdict == coach.Rework) != (s > 30) {
			t.Errorf("too_long: %.1f s gives %s %v", s, r.Verdict, found(r))
		}
		if r.SpokenFrom > r.SpokenSeconds || r.SpokenSeconds > r.SpokenTo || r.SpokenTo-r.SpokenFrom > r.SpokenSeconds/3+2 {
			t.Errorf("range %d–%d around %d", r.SpokenFrom, r.SpokenTo, r.SpokenSeconds)
		}
	}
}

func TestH2_WithoutAnAddressNoEmailIsAnnounced(t *testing.T) {
	t.Parallel()
	pb := playbook(t)
	text := "Hi Rosa, Ada from Engines. You said the night shift is the hardest to fill. Would you like to hear how a baker in Ghent dropped theirs?"
	bounced := *rosa
	bounced.EmailBad = true
	for _, c := range []struct {
		p    *coach.Prospect
		want bool
	}{{rosa, true}, {nil, true}, {&bounced, false}, {&coach.Prospect{Name: "Rosa Lind", Industry: "bakery"}, false}} {
		r := pb.CheckDraft(coach.DraftInput{Text: text, Channel: coach.Voicemail, Rep: ada, Prospect: c.p})
		if slices.Contains(found(r), coach.Unpaired) != c.want {
			t.Errorf("H2: %v", found(r))
		}
	}
}

func TestFindings_PointAtTheirWords(t *testing.T) {
	t.Parallel()
	pb := playbook(t)
	text := "Subject: URGENT für dich\n\nHi Rösa,\n\nJust checking in. Wir – sorry to bother you – leverage [Name] for your patients. Would that be of use to you?\n\nAda, Engines"
	r := pb.CheckDraft(coach.DraftInput{Text: text, Channel: coach.Email, Rep: ada, Prospect: rosa})
	got := map[string]string{}
	for _, f := range r.Findings {
		got[f.ID] = text[f.Start:f.End]
	}
	for id, want := range map[string]string{
		coach.Placeholder: "[Name]", coach.Jargon: "leverage", coach.CheckingIn: "checking in", coach.Needy: "sorry to bother",
		coach.WrongWorld: "patients",
	} {
		if got[id] != want {
			t.Errorf("%s points at %q, want %q", id, got[id], want)
		}
	}
}

func TestPlaceholder_WhatIsABlank(t *testing.T) {
	t.Parallel()
	pb := playbook(t)
	for text, want := range map[string]string{
		"Hi {{ first_name }},": "{{ first_name }}", "Hi {first},": "{first}", "Hi [Name],": "[Name]", "at <Company> now": "<Company>",
		"Hi %FIRSTNAME%,": "%FIRSTNAME%", "Hi *|FNAME|*,": "*|FNAME|*", "your ____ team": "____", "[what you noticed]": "[what you noticed]",
		"see [1] and [2]": "", "a [link](https://example.test)": "", "Ada <ada@example.test>": "", "<https://example.test|here>": "", "I <3 bread": "",
		"5% to 10%": "", "between 5% and 7% less": "", "x < y and y > z": "", "so [...] on": "", "snake_case": "", "Dear Sir or Madam, hello": "Dear Sir or Madam",
		"Dear Ms. Prospect, hello": "Ms. Prospect", "____________\nAda": "",
	} {
		r := pb.CheckDraft(coach.DraftInput{Text: text, Channel: coach.Email})
		got := ""
		for _, f := range r.Findings {
			if f.ID == coach.Placeholder {
				got = text[f.Start:f.End]
				break
			}
		}
		if got != want {
			t.Errorf("placeholder in %q: %q, want %q", text, got, want)
		}
	}
}

func FuzzCheckDraft(f *testing.F) {
	pb := playbook(f)
	for _, j := range drafts(f) {
		f.Add(j.in.Text, string(j.in.Channel), strings.Join(j.in.Earlier, " "))
	}
	f.Add("\xff\xfe{{\xff}} Subject:\r\n>>\n'’t n't I’", "voicemail", "\xc3")
	f.Fuzz(func(t *testing.T, text, channel, earlier string) {
		short := text[:min(len(text), 80)] // what is known of a prospect is a line each
		whom := []*coach.Prospect{nil, rosa, {Name: short, Company: short, Industry: short, Facts: []coach.Fact{{Text: earlier}}}}
		r := pb.CheckDraft(coach.DraftInput{Text: text, Channel: coach.Channel(channel), Earlier: []string{earlier, text}, Rep: ada, Prospect: whom[(len(text)+len(earlier))%len(whom)]})
		for _, f := range r.Findings {
			if f.Start < 0 || f.End < f.Start || f.End > len(text) {
				t.Fatalf("%s: %d to %d of %d", f.ID, f.Start, f.End, len(text))
			}
			for _, at := range []int{f.Start, f.End} {
				if at < len(text) && !utf8.RuneStart(text[at]) && utf8.ValidString(text) {
					t.Fatalf("%s: %d is within a letter", f.ID, at)
				}
			}
		}
	})
}

// longTexts are what a careless pattern would read again and again.
func longTexts() []string {
	var texts []string
	for _, s := range []string{
		"patients ", "sorry to bother you leverage ", "{", "[a", "From: x\n", "On x wrote:\n\n", "a\n--\n", "Best\nA\n\n", "we help us to ", "I'm ", "\n> a",
		"___a", "FREE ", "?! ", "%A", "<a ", "just … ", "é",
	} {
		texts = append(texts, strings.Repeat(s, 100_000/len(s)))
	}
	return texts
}

// A text of 100 kB is judged like any other: its findings point into it.
func TestCheckDraft_LongTextsAreJudged(t *testing.T) {
	t.Parallel()
	pb := playbook(t)
	for _, text := range longTexts() {
		r := pb.CheckDraft(coach.DraftInput{Text: text, Channel: coach.Email, Rep: ada, Prospect: rosa, Earlier: []string{text}})
		if r.Verdict != coach.Rework {
			t.Errorf("100 kB of %.10q is to be sent as it is", text)
		}
		for _, f := range r.Findings {
			if f.Start < 0 || f.End < f.Start || f.End > len(text) {
				t.Errorf("%.10q: %s points at %d to %d of %d", text, f.ID, f.Start, f.End, len(text))
			}
		}
	}
}

// BenchmarkCheckDraft_LongTexts shows a path that is worse than linear.
func BenchmarkCheckDraft_LongTexts(b *testing.B) {
	pb := playbook(b)
	for _, text := range longTexts() {
		b.Run(fmt.Sprintf("%.12q", text), func(b *testing.B) {
			for b.Loop() {
				pb.CheckDraft(coach.DraftInput{Text: text, Channel: coach.Email, Rep: ada, Prospect: rosa, Earlier: []string{text}})
			}
		})
	}
}

func BenchmarkCheckDraft(b *testing.B) {
	pb := playbook(b)
	text := "Hi Rosa,\n\n" + strings.Repeat("You said the night shift is hard to fill. A baker in Ghent moved proofing to noon. ", 6) + "\n\nWould their plan be of use?\n\nAda, Engines"
	var earlier []string
	for i := range 50 {
		earlier = append(earlier, fmt.Sprintf("Hi Rosa,\n\nWeek %d: %s\n\nBest regards,\nAda", i, strings.Repeat("The ovens in the third shop stand cold between ten and two, so who looks after them then. ", 6)))
	}
	in := coach.DraftInput{Text: text, Channel: coach.Email, Rep: ada, Prospect: rosa, Earlier: earlier}
	if n := pb.CheckDraft(in).Words; n < 100 || n > 130 {
		b.Fatal(n)
	}
	b.ReportAllocs()
	for b.Loop() {
		pb.CheckDraft(in)
	}
}
