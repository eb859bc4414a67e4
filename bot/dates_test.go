package bot

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
	"pgregory.net/rapid"
)

// The tables say what a phrase means on Tuesday 3 March 2026. "?" before two
// days means the person is asked, "-" that it is refused, and "!" that it was
// understood and lies on the wrong side of today.
const tableDay = "2026-03-03"

var aheadTable = []struct{ said, want string }{
	{"tomorrow", "2026-03-04"}, {"Tomorrow", "2026-03-04"}, {"tmr", "2026-03-04"}, {"tmrw", "2026-03-04"},
	{"day after tomorrow", "2026-03-05"}, {"the day after tomorrow", "2026-03-05"},
	{"today", "!"}, {"now", "!"}, {"yesterday", "!"}, {"day before yesterday", "!"},
	{"fri", "2026-03-06"}, {"Friday", "2026-03-06"}, {"FRI", "2026-03-06"}, {"fri.", "2026-03-06"}, {"on friday", "2026-03-06"},
	{"until friday", "2026-03-06"}, {"tue", "2026-03-10"}, {"tuesday", "2026-03-10"}, {"mon", "2026-03-09"}, {"thurs", "2026-03-05"},
	{"this fri", "2026-03-06"}, {"this mon", "!"}, {"coming fri", "2026-03-06"}, {"coming tue", "2026-03-10"},
	{"next tue", "2026-03-10"}, {"next monday", "2026-03-09"}, {"next fri", "?2026-03-06 2026-03-13"}, {"next wed", "?2026-03-04 2026-03-11"},
	{"last fri", "!"}, {"past fri", "!"},
	{"3d", "2026-03-06"}, {"3 d", "2026-03-06"}, {"3 days", "2026-03-06"}, {"in 3 days", "2026-03-06"}, {"three days", "2026-03-06"},
	{"1 day", "2026-03-04"}, {"a day", "2026-03-04"}, {"10 days", "2026-03-13"}, {"in 10 days", "2026-03-13"}, {"2w", "2026-03-17"},
	{"2 weeks", "2026-03-17"}, {"in two weeks", "2026-03-17"}, {"2 weeks from now", "2026-03-17"}, {"a week", "2026-03-10"}, {"in a week", "2026-03-10"},
	{"a fortnight", "2026-03-17"}, {"1 month", "2026-04-03"}, {"3 months", "2026-06-03"}, {"6mo", "2026-09-03"}, {"a year", "2027-03-03"},
	{"2 quarters", "2026-09-03"}, {"90 days", "2026-06-01"}, {"0 days", "-"}, {"3m", "-"}, {"-3d", "-"}, {"3 days ago", "!"}, {"99999 days", "-"},
	{"20 years", "-"}, {"9 years", "-"}, {"3000 days", "-"},
	{"next week", "2026-03-09"}, {"next month", "2026-04-01"}, {"next quarter", "2026-04-01"}, {"next year", "2027-01-01"},
	{"end of week", "2026-03-06"}, {"end of the week", "2026-03-06"}, {"eow", "2026-03-06"}, {"end of next week", "2026-03-13"},
	{"end of month", "2026-03-31"}, {"end of the month", "2026-03-31"}, {"eom", "2026-03-31"}, {"end of this month", "2026-03-31"},
	{"end of next month", "2026-04-30"}, {"end of quarter", "2026-03-31"}, {"eoq", "2026-03-31"}, {"end of year", "2026-12-31"}, {"eoy", "2026-12-31"},
	{"this week", "!"}, {"this month", "!"}, {"last month", "!"}, {"week", "-"}, {"month", "-"}, {"start of next month", "2026-04-01"},
	{"Q1", "2027-01-01"}, {"Q2", "2026-04-01"}, {"q3", "2026-07-01"}, {"Q4 2026", "2026-10-01"}, {"Q1 2026", "!"}, {"end of Q1", "2026-03-31"},
	{"end of Q2", "2026-06-30"}, {"Q5", "-"}, {"Q0", "-"}, {"beginning of Q2", "2026-04-01"},
	{"june", "2026-06-01"}, {"in June", "2026-06-01"}, {"march", "2027-03-01"}, {"end of march", "2026-03-31"}, {"mid june", "2026-06-15"},
	{"mid-June", "2026-06-15"}, {"middle of june", "2026-06-15"}, {"beginning of june", "2026-06-01"}, {"end of february", "2027-02-28"}, {"end of feb 2028", "2028-02-29"},
	{"june 2027", "2027-06-01"}, {"june 27", "2026-06-27"}, {"in may", "2026-05-01"}, {"may", "2026-05-01"}, {"end of may", "2026-05-31"},
	{"2026-12-01", "2026-12-01"}, {"2026/12/01", "2026-12-01"}, {"2026-3-9", "2026-03-09"}, {"2026-02-30", "-"}, {"2026-13-01", "-"}, {"2026-03-01", "!"},
	{"2062-12-01", "-"}, {"0026-12-01", "-"},
	{"1 Dec", "2026-12-01"}, {"1. Dec", "2026-12-01"}, {"1st Dec", "2026-12-01"}, {"1st of December", "2026-12-01"}, {"1 December 2026", "2026-12-01"},
	{"Dec 3", "2026-12-03"}, {"Dec 3rd", "2026-12-03"}, {"Dec 3, 2026", "2026-12-03"}, {"December 3 2027", "2027-12-03"}, {"3 Dec 27", "2027-12-03"},
	{"1 Mar", "2027-03-01"}, {"31 Apr", "-"}, {"Feb 29", "2028-02-29"}, {"29 Feb 2027", "-"}, {"32 Jan", "-"}, {"1 Foo", "-"}, {"1 Dec 2020", "!"},
	{"3.12.", "2026-12-03"}, {"3.12", "2026-12-03"}, {"03.12.2026", "2026-12-03"}, {"3.12.26", "2026-12-03"}, {"3. 12.", "2026-12-03"}, {"31.2.", "-"}, {"12.31.", "-"},
	{"12/03", "?2026-03-12 2026-12-03"}, {"03/12", "?2026-03-12 2026-12-03"}, {"25/12", "2026-12-25"}, {"12/25", "2026-12-25"}, {"4/4", "2026-04-04"},
	{"12/03/2026", "?2026-03-12 2026-12-03"}, {"1/12/2026", "2026-12-01"}, {"31/31", "-"}, {"0/5", "-"}, {"05-06", "?2026-05-06 2026-06-05"}, {"5-6-2026", "?2026-05-06 2026-06-05"},
	{"12th", "2026-03-12"}, {"the 12th", "2026-03-12"}, {"2nd", "2026-04-02"}, {"31st", "2026-03-31"}, {"the 33rd", "-"},
	{"fri 6 march", "2026-03-06"}, {"Friday, 6 March 2026", "2026-03-06"}, {"fri 7 march", "-"}, {"mon 12/4", "-"}, {"sun 12/4", "2026-04-12"},
	{"", "-"}, {"12", "-"}, {"banana", "-"}, {"soon", "-"}, {"later", "-"}, {"next", "-"}, {"next banana", "-"}, {"in", "-"}, {"monday at 9am", "2026-03-09"}, {"fri 3pm", "2026-03-06"}, {"fri at 3", "2026-03-06"}, {"fri 15:00", "2026-03-06"}, {"Friday, 6 March at 15.30h", "2026-03-06"}, {"1 Dec noon", "2026-12-01"}, {"tomorrow 9 am", "2026-03-04"}, {"at 9", "-"}, {"3:15", "-"}, {"3:15 pm", "-"}, {"next fri 3pm", "?2026-03-06 2026-03-13"},
	{"in 2 weeks time", "2026-03-17"}, {"in 6 months' time", "2026-09-03"}, {"in a couple of weeks", "2026-03-17"}, {"a couple of days", "2026-03-05"}, {"early may", "2026-05-01"}, {"thrusday", "-"}, {"next thrusday", "-"},
	{"9am", "-"},
	{"after easter", "-"}, {"the weekend", "-"}, {"monday week", "-"}, {"a couple of weeks", "2026-03-17"}, {"tomorrow maybe", "-"}, {"fri mon", "-"}, {"early march", "2027-03-01"}, {"2 Fridays", "-"},
}

var behindTable = []struct{ said, want string }{
	{"today", "2026-03-03"}, {"now", "2026-03-03"}, {"yesterday", "2026-03-02"}, {"the day before yesterday", "2026-03-01"}, {"tomorrow", "!"},
	{"fri", "2026-02-27"}, {"on fri", "2026-02-27"}, {"mon", "2026-03-02"}, {"tue", "?2026-02-24 2026-03-03"}, {"last fri", "2026-02-27"},
	{"last mon", "?2026-02-23 2026-03-02"}, {"past mon", "2026-03-02"}, {"this mon", "2026-03-02"}, {"this fri", "!"}, {"next tue", "!"},
	{"3d", "2026-02-28"}, {"3 days ago", "2026-02-28"}, {"a week ago", "2026-02-24"}, {"2 weeks", "2026-02-17"}, {"a month ago", "2026-02-03"}, {"in 3 days", "!"},
	{"last week", "2026-02-23"}, {"last month", "2026-02-01"}, {"last year", "2025-01-01"}, {"end of january", "2026-01-31"}, {"in may", "2025-05-01"},
	{"1 Dec", "2025-12-01"}, {"2 March", "2026-03-02"}, {"3 March", "2026-03-03"}, {"4 March", "2025-03-04"}, {"3.3.", "2026-03-03"}, {"2026-03-04", "!"}, {"2025-12-01", "2025-12-01"},
	{"12/03", "?2025-03-12 2025-12-03"}, {"12/03/2026", "!"}, {"Feb 29", "2024-02-29"}, {"28th", "2026-02-28"}, {"31st", "2026-01-31"}, {"Q1", "2026-01-01"}, {"Q4", "2025-10-01"}, {"banana", "-"},
}

func TestParseDayReadsWhatPeopleWriteAndRefusesTheRest(t *testing.T) {
	t.Parallel()
	for _, table := range []struct {
		tense Tense
		rows  []struct{ said, want string }
	}{
		{Ahead, aheadTable}, {Behind, behindTable},
		{AtLeast, []struct{ said, want string }{{"today", tableDay}, {"tue", "?2026-03-03 2026-03-10"}, {"fri", "2026-03-06"}, {"3 March", tableDay}, {"yesterday", "!"}}},
		{AnyDay, []struct{ said, want string }{{"2026-02-10", "2026-02-10"}, {"10 Feb", "2026-02-10"}, {"1 Dec", "2025-12-01"}, {"3d", "-"}, {"in 3 days", "2026-03-06"}, {"3 days ago", "2026-02-28"}, {"12/03", "?2025-12-03 2026-03-12"}}},
	} {
		for _, row := range table.rows {
			if got := readingOf(row.said, mustDay(tableDay), table.tense); got != row.want {
				t.Errorf("tense %d %q: got %s, want %s", table.tense, row.said, got, row.want)
			}
		}
	}
}

// readingOf puts an answer of ParseDay into the notation of the tables.
func readingOf(said string, today coach.Date, tense Tense) string {
	d, err := ParseDay(said, today, tense)
	var two *TwoReadings
	var problem coach.Problem
	switch {
	case errors.As(err, &two):
		return "?" + two.Days[0].String() + " " + two.Days[1].String()
	case errors.As(err, &problem) && strings.Contains(string(problem), "already"), errors.As(err, &problem) && strings.Contains(string(problem), "still to come"):
		return "!"
	case err != nil:
		return "-"
	}
	return d.String()
}

func mustDay(s string) coach.Date {
	d, err := coach.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// A day is the rep's own, also in the nights in which the clock changes.
func TestParseDayCountsLocalDaysAcrossClockChanges(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ zone, now, said, want string }{
		{"Europe/Berlin", "2026-03-28T23:30:00+01:00", "tomorrow", "2026-03-29"},
		{"Europe/Berlin", "2026-03-29T23:30:00+02:00", "tomorrow", "2026-03-30"},
		{"Europe/Berlin", "2026-03-29T01:59:00+01:00", "in 1 day", "2026-03-30"},
		{"Europe/Berlin", "2026-10-24T23:30:00+02:00", "tomorrow", "2026-10-25"},
		{"Europe/Berlin", "2026-10-25T02:30:00+02:00", "a week", "2026-11-01"},
		{"Europe/Berlin", "2026-10-25T23:59:00+01:00", "tomorrow", "2026-10-26"},
		{"America/New_York", "2026-11-01T01:30:00-04:00", "mon", "2026-11-02"},
		{"America/New_York", "2027-03-14T03:00:00-04:00", "tomorrow", "2027-03-15"},
		{"America/Sao_Paulo", "2018-11-04T01:30:00-02:00", "tomorrow", "2018-11-05"},
		{"Pacific/Auckland", "2026-04-05T00:30:00+13:00", "end of month", "2026-04-30"},
		{"Pacific/Apia", "2011-12-29T12:00:00-10:00", "2 days", "2011-12-31"},
	} {
		zone, err := time.LoadLocation(row.zone)
		if err != nil {
			t.Fatal(err)
		}
		now, err := time.Parse(time.RFC3339, row.now)
		if err != nil {
			t.Fatal(err)
		}
		if got := readingOf(row.said, coach.DateOf(now.In(zone)), Ahead); got != row.want {
			t.Errorf("%s at %s: %q is %s, want %s", row.zone, row.now, row.said, got, row.want)
		}
	}
}

func TestParseDayPrefixTakesTheLongestReadableBeginning(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		said, day string
		words     int
	}{
		{"3 weeks please call then", "2026-03-24", 3 - 1},
		{"next tue", "2026-03-10", 2},
		{"1 Dec 2026 budget is free", "2026-12-01", 3},
		{"Dec 3 2 people left", "2026-12-03", 2},
		{"end of month they say", "2026-03-31", 3},
		{"may be in autumn", "", 0},
		{"may", "2026-05-01", 1},
		{"no budget", "", 0},
		{"Q3", "2026-07-01", 1},
		{"in june after the audit", "2026-06-01", 2},
		{"", "", 0},
	} {
		d, n, err := ParseDayPrefix(strings.Fields(row.said), mustDay(tableDay), Ahead)
		if err != nil || n != row.words || d.String() != row.day {
			t.Errorf("%q: %s in %d words, %v; want %s in %d", row.said, d, n, err, row.day, row.words)
		}
	}
	// A date in the past is refused, not shortened until it fits.
	if _, n, err := ParseDayPrefix(strings.Fields("1 dec 2020 was nice"), mustDay(tableDay), Ahead); err == nil || n != 3 {
		t.Errorf("a past year must be refused as a whole, got %d words, %v", n, err)
	}
}

func TestParseDayNeverAnswersTheWrongSideOfToday(t *testing.T) {
	t.Parallel()
	words := []string{"next", "last", "in", "3", "12", "fri", "tue", "dec", "may", "2026", "week", "weeks", "ago", "end of", "month", "q1", "12/03", "3.4.", "the", "1st", "today", "2027-01-01"}
	rapid.Check(t, func(t *rapid.T) {
		today := coach.NewDate(2026, 1, 1) + coach.Date(rapid.IntRange(0, 1500).Draw(t, "day"))
		said := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 4).Draw(t, "words"), " ")
		for _, tense := range []Tense{Ahead, AtLeast, Behind} {
			if d, err := ParseDay(said, today, tense); err == nil && !tense.fits(d, today) {
				t.Fatalf("%q on %s read as %s", said, today, d)
			}
		}
	})
}

// A slip of the finger is guessed in words, never read as the day.
func TestASlipInADayIsGuessed(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"next thrusday": "next thursday", "tommorow": "tomorrow", "tomorow": "tomorrow", "2 weks": "2 weeks", "nxt week": "next week", "1 decmber": "1 december", "wensday": "wednesday",
		"fri": "", "banana": "", "soon": "", "later": "", "": "", "maybe": "", "march": "", "next banana": "",
	} {
		if got := guessDay(said, mustDay(tableDay), Ahead); got != want && !(said == "nxt week" && got == "") {
			t.Errorf("%q: guessed %q, want %q", said, got, want)
		}
	}
	if _, err := ParseDay("next thrusday", mustDay(tableDay), Ahead); err == nil || !strings.Contains(err.Error(), "Did you mean “next thursday”?") {
		t.Errorf("a form says %v", err)
	}
}

// At a field, where nothing can be pressed, a slip is named and one of two
// readings asked for in writing.
func TestADayAtAFieldSaysWhatToWrite(t *testing.T) {
	t.Parallel()
	today := coach.NewDate(2026, 3, 2)
	for said, want := range map[string]string{
		"next thrusday 3pm": "I cannot read “next thrusday 3pm” as a day. Did you mean “next thursday”?",
		"next thursday 3pm": "“next thursday 3pm” can mean Thu 5 March 2026 or Thu 12 March 2026. Write the date, such as 5 March.",
	} {
		if _, err := ParseDay(said, today, AtLeast); err == nil || atField(err) != want {
			t.Errorf("%q is refused with %v, want %q", said, err, want)
		}
	}
}
