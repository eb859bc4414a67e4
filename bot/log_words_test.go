package bot

import (
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// Words that nearly name an outcome, an angle or a key are asked about, never
// taken for the text of a message; those that name one are taken as such.
func TestLogAsksBeforeATypoBecomesAMessage(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"log jane call no anwser":                "“no anwser”: did you mean “no answer”? Nothing is logged yet.",
		"log 1 call outcme:left":                 "“outcme:left”: did you mean “outcome:left”?",
		"log 1 email homewrok Jane, who checks?": "“homewrok”: did you mean “angle homework”?",
		"log 1 call left voicemial":              "did you mean “left”?",
		"log 1":                                  "How did you reach out?",
		"log 1 pigeon":                           "“pigeon” is no channel I know.",
	} {
		k := newTalk(t, monday(t, 10, 0))
		k.types(addJane)
		if line == "log 1" {
			k.types(line).sees(want, "in person").presses("Email").sees("Logged: email to Jane Doe")
			continue
		}
		k.types(line).sees(want)
		if p := k.life(1); len(p.Touches) != 0 {
			t.Errorf("%q was logged before it was asked: %+v", line, p.Touches)
		}
	}
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("log jane call no anwser").presses("Yes: no answer").sees("Logged: call without an answer to Jane Doe, Acme.")
	k.types("undo")
	k.types("log jane call no anwser").presses("It is what I wrote").sees("Logged: call to Jane Doe, Acme.")
	if p := k.life(1); p.Touches[0].Text != "no anwser" {
		t.Errorf("kept %q", p.Touches[0].Text)
	}
}

// Whatever the answer is, nothing of the line is lost by the question: neither
// the day nor what stands behind the word that was asked about.
func TestAnAnswerKeepsTheWholeLineThatWasAskedAbout(t *testing.T) {
	t.Parallel()
	day := mustDay("2026-02-27")
	for _, c := range []struct {
		line, press string
		want        coach.Touch
	}{
		{"log jane email Store openings cost you weeks", "It is what I wrote", coach.Touch{Text: "Store openings cost you weeks", On: mustDay("2026-03-02")}},
		{"log jane email Store openings cost you weeks", "Yes: angle story", coach.Touch{Text: "openings cost you weeks", Angle: coach.Story, On: mustDay("2026-03-02")}},
		{"log jane call on:fri no anwser", "Yes: no answer", coach.Touch{Outcome: coach.OutcomeNoAnswer, On: day}},
		{"log jane call on:fri no anwser", "It is what I wrote", coach.Touch{Text: "no anwser", On: day}},
		{"log jane call on:fri outcme:left Jane, who checks?", "It is what I wrote", coach.Touch{Text: "outcme:left Jane, who checks?", On: day}},
		{"log jane call on:fri outcme:no-answer", "Yes: outcome:no-answer", coach.Touch{Outcome: coach.OutcomeNoAnswer, On: day}},
	} {
		k := newTalk(t, monday(t, 10, 0))
		k.types(addJane + " last:2026-02-01").types(c.line).sees("Nothing is logged yet.").presses(c.press).sees("Logged: ")
		p := k.life(1)
		if n := len(p.Touches); n != 1 {
			t.Fatalf("%q, %q: %d touches", c.line, c.press, n)
		}
		got := p.Touches[0]
		if got.Text != c.want.Text || got.On != c.want.On || c.want.Angle != "" && got.Angle != c.want.Angle || c.want.Outcome != "" && got.Outcome != c.want.Outcome {
			t.Errorf("%q, %q: logged %q, angle %q, outcome %q on %s", c.line, c.press, got.Text, got.Angle, got.Outcome, got.On)
		}
	}
}

func TestLogUnderstandsWhatPeopleCallThings(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]coach.Touch{
		"log 1 mail":                   {Channel: coach.Email, Outcome: coach.OutcomeSent},
		"log 1 phone no answer":        {Channel: coach.Call, Outcome: coach.OutcomeNoAnswer},
		"log 1 called left voicemail.": {Channel: coach.Voicemail, Outcome: coach.OutcomeLeft},
		"log 1 in person":              {Channel: coach.InPerson, Outcome: coach.OutcomeSpoke},
		"log 1 in_person":              {Channel: coach.InPerson, Outcome: coach.OutcomeSpoke},
		"log 1 sms hello there Jane":   {Channel: coach.Text, Outcome: coach.OutcomeSent, Text: "hello there Jane"},
		`log 1 call "no answer"`:       {Channel: coach.Call, Text: "no answer"},
	} {
		k := newTalk(t, monday(t, 10, 0))
		k.types(addJane)
		k.types(line).sees("Logged: ")
		if p := k.life(1); len(p.Touches) != 1 || p.Touches[0].Channel != want.Channel || want.Outcome != "" && p.Touches[0].Outcome != want.Outcome || p.Touches[0].Text != want.Text {
			t.Errorf("%q: %+v", line, p.Touches)
		}
	}
}

// A slip in an answer's word must not cost the meeting and its day.
func TestRepliedAsksBeforeATypoBecomesTheirWords(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("replied jane metting 12 march").sees("did you mean the answer “meeting”", "Nothing is changed yet")
	if p := k.life(1); p.State != coach.Active {
		t.Fatalf("state %s", p.State)
	}
	k.presses("Yes: meeting 12 march").sees("A meeting with Jane Doe, Acme, Thu 12 March")
	k.types("undo")
	k.types("replied jane latter I have no time").presses("Only their words").sees("What came of")
	k.types("undo")
	k.types("replied jane meeting next thrusday at 3pm").sees("Did you mean “next thursday”?")
	k.presses("Yes: next thursday").sees("Thu 5 March", "Thu 12 March", "Which one?")
	k.types("replied jane meeting fri 3pm").sees("A meeting with Jane Doe, Acme, Fri 6 March")
	if p := k.life(1); !strings.Contains(p.Campaigns[0].Reason+lastWords(p), "3pm") {
		t.Errorf("the hour is lost: %+v", p)
	}
	k.types("snooze jane next thrusday").sees("Did you mean “next thursday”?")
}

func lastWords(p coach.Prospect) string {
	var all []string
	for _, f := range p.Facts {
		all = append(all, f.Text)
	}
	return strings.Join(all, " ")
}

// Days off are days to come, each line one.
func TestDaysOffAreDaysToCome(t *testing.T) {
	t.Parallel()
	today := mustDay("2026-03-03")
	for said, want := range map[string]string{
		"24 Dec\n6 Apr to 10 Apr":  "2026-12-24 2026-12-24 2026-04-06 2026-04-10",
		"1 March to 14 March":      "2026-03-01 2026-03-14",
		"2026-03-01 to 2026-03-05": "2026-03-01 2026-03-05",
		"1 Mar":                    "2027-03-01 2027-03-01",
		"fri":                      "2026-03-06 2026-03-06",
		"20 Dec to 6 Jan":          "2026-12-20 2027-01-06",
	} {
		spans, err := readDaysOff(said, today, nil)
		var got []string
		for _, s := range spans {
			got = append(got, s.From.String(), s.To.String())
		}
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%q: %v, %v; want %s", said, got, err, want)
		}
	}
	if _, err := readDaysOff("2025-12-01", today, nil); err == nil || !strings.Contains(err.Error(), "over already") {
		t.Errorf("a day that is over: %v", err)
	}
}

func TestZonesAndCountriesAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"London": "Europe/London", "europe/london": "Europe/London", "new york": "America/New_York", "Port of Spain": "America/Port_of_Spain", "UTC": "UTC", "Europe/Berlin": "Europe/Berlin",
		"kolkata": "Asia/Kolkata", "buenos aires": "America/Buenos_Aires", "": "", "local": "", "mars": "", "../etc/passwd": "",
	} {
		z, ok := zoneSaid(said)
		if ok != (want != "") || ok && z.String() != want {
			t.Errorf("%q: %v, want %s", said, z, want)
		}
	}
	for said, want := range map[string]string{"Germany": "DE", "de": "DE", " the  Netherlands": "NL", "UK": "GB", "": "", "Narnia": "NARNIA"} {
		if got := countrySaid(said); got != want {
			t.Errorf("%q: %s, want %s", said, got, want)
		}
	}
}

// What is kept of several lines is those lines, and a backslash is one, however
// many questions stood between.
func TestLinesStayLinesThroughAQuestion(t *testing.T) {
	t.Parallel()
	const thanks = "no thanks, we have a vendor.\nBest, \\Jane\\"
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	words := func() string { return k.life(1).Campaigns[0].Reason }
	k.got(k.p.Say("", "replied jane "+thanks)).sees("or only their words?").presses("Only their words")
	if words() != thanks {
		t.Errorf("their words are %q", words())
	}
	k.types("undo").got(k.p.Say("", "replied jane "+thanks)).presses("They said no")
	if got := words(); got != strings.TrimPrefix(thanks, "no ") {
		t.Errorf("the words of a no are %q", got)
	}
	k.types("undo").got(k.p.Say("", "replied jane latter,\nsays "+`"Ana"`)).presses("Only their words")
	if got := words(); got != "latter,\nsays 'Ana'" {
		t.Errorf("their words are %q", got)
	}
	k.types("undo").got(k.p.Say("", "log jane email Store openings\ncost you weeks")).presses("It is what I wrote")
	if got := k.life(1).Touches; len(got) != 1 || got[0].Text != "Store openings\ncost you weeks" {
		t.Errorf("logged %+v", got)
	}
	k.got(k.p.Say("", "why do we carry on?\nFor people.")).sees("That looks like a question").presses("It is my why")
	if row, err := k.w.store.Rep(t.Context(), "U1"); err != nil || row.Why != "do we carry on?\nFor people." {
		t.Errorf("the why is %q, %v", row.Why, err)
	}
}
