package bot

import (
	"fmt"
	"strings"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// Tense says which days make sense for the thing a date is asked for. A future
// thing is never read into the past, and the other way round.
type Tense int

// The four tenses. Today is day 0.
const (
	Ahead   Tense = iota // tomorrow or later: snooze, come back, later
	AtLeast              // today or later: a meeting
	Behind               // today or earlier: a touch, a talk
	AnyDay               // any day: one that is over by its own words
)

// maxDaysAway is how far from today a date may lie. Beyond it a slip of the
// finger is likelier than a plan.
const maxDaysAway = 5 * 366

// TwoReadings is the error for a date that can be read in more than one way.
// The person is asked; nothing is guessed.
type TwoReadings struct {
	Said string
	Days []coach.Date // in the order in which they come
}

// Error asks the question in a sentence.
func (e *TwoReadings) Error() string {
	return fmt.Sprintf("“%.60s” can mean %s. Which one?", e.Said, eitherDay(e.Days))
}

func eitherDay(days []coach.Date) string {
	said := make([]string, len(days))
	for i, d := range days {
		said[i] = longDay(d)
	}
	return strings.Join(said, " or ")
}

// longDay is a day as the answers repeat it: Tue 3 March 2026.
func longDay(d coach.Date) string { return d.Time().Format("Mon 2 January 2006") }

// ParseDay reads the whole of said as one day, the way people write days:
// tomorrow, fri, next tue, 3d, in 2 weeks, 2026-12-01, 1 Dec, Dec 3, 3.12.,
// end of month, Q1. today is the day in the rep's zone. The error is a
// coach.Problem that says what was expected, or a [*TwoReadings].
func ParseDay(said string, today coach.Date, tense Tense) (coach.Date, error) {
	days, ok := readDay(said, today, tense)
	if !ok {
		day, hour := cutHour(said)
		if hour != "" {
			days, ok = readDay(day, today, tense)
		}
		if !ok {
			return 0, notADay(said, today, tense)
		}
	}
	return settle(said, days, today, tense)
}

// ParseDayPrefix reads the longest beginning of words that is a day and tells
// how many words that was. Zero words and no error: there is no day there.
func ParseDayPrefix(words []string, today coach.Date, tense Tense) (coach.Date, int, error) {
	for n := min(len(words), 6); n > 0; n-- {
		said := strings.Join(words[:n], " ")
		if n < len(words) && doubleMeaning[strings.ToLower(said)] {
			continue
		}
		if days, ok := readDay(said, today, tense); ok {
			d, err := settle(said, days, today, tense)
			return d, n, err
		}
	}
	return 0, 0, nil
}

// doubleMeaning are words that are a day on their own but rarely at the
// beginning of a sentence ("may be in autumn", "now that they moved").
var doubleMeaning = map[string]bool{"may": true, "march": true, "mar": true, "sat": true, "sun": true, "now": true}

// settle holds the readings against the tense: one that fits is the answer,
// two are asked about, none is refused with the reason.
func settle(said string, days []coach.Date, today coach.Date, tense Tense) (coach.Date, error) {
	var fit []coach.Date
	for _, d := range days {
		if tense.fits(d, today) && (len(fit) == 0 || fit[0] != d) {
			fit = append(fit, d)
		}
	}
	switch {
	case len(fit) == 1:
		if away := fit[0] - today; away > maxDaysAway || away < -maxDaysAway {
			return 0, coach.Problem(fmt.Sprintf("%s is more than five years away. Name a nearer day, such as “fri” or “1 Dec”.", longDay(fit[0])))
		}
		return fit[0], nil
	case len(fit) > 1:
		return 0, &TwoReadings{Said: said, Days: fit}
	}
	return 0, coach.Problem(fmt.Sprintf("%s is %s. %s", longDay(days[0]), tense.wrong(days[0], today), tense.expects()))
}

func (t Tense) fits(d, today coach.Date) bool {
	switch t {
	case Ahead:
		return d > today
	case AtLeast:
		return d >= today
	case Behind:
		return d <= today
	}
	return true
}

func (t Tense) wrong(d, today coach.Date) string {
	if d == today {
		return "today already"
	}
	if d < today {
		return "over already"
	}
	return "still to come"
}

func (t Tense) expects() string {
	switch t {
	case Behind:
		return "Name today or a day before it, such as “yesterday” or “last fri”."
	case AtLeast:
		return "Name today or a later day, such as “fri” or “1 Dec”."
	}
	return "Name a later day, such as “tomorrow”, “fri” or “1 Dec”."
}

func notADay(said string, today coach.Date, tense Tense) error {
	examples := "“tomorrow”, “next tue”, “3 days”, “2 weeks” or “2026-12-01”"
	if tense == Behind {
		examples = "“yesterday”, “last fri”, “3 days ago” or “2026-12-01”"
	}
	if strings.TrimSpace(said) == "" {
		return coach.Problem("A day is missing. Write it like " + examples + ".")
	}
	return coach.Problem(didYouMean(fmt.Sprintf("I cannot read “%.60s” as a day. Write it like %s.", said, examples), said, today, tense))
}

// readDay answers every day that said can mean, before the tense is held
// against them; false when it is no day at all.
func readDay(said string, today coach.Date, tense Tense) ([]coach.Date, bool) {
	w := dayWords(said)
	if len(w) > 1 && (w[0] == "on" || w[0] == "until" || w[0] == "till" || w[0] == "til" || w[0] == "by") {
		w = w[1:]
	}
	if n := len(w); n > 2 && w[n-1] == "time" { // in 2 weeks' time
		w = append(w[:n-2:n-2], strings.TrimRight(w[n-2], "'"))
	}
	if len(w) == 0 {
		return nil, false
	}
	for _, read := range []func([]string, coach.Date, Tense) []coach.Date{
		readNamed, readWeekday, readDistance, readPeriod, readNumbers, readMonthDay, readWeekdayAndDate,
	} {
		if days := read(w, today, tense); len(days) > 0 {
			return days, true
		}
	}
	return nil, false
}

// dayWords folds and splits; commas and the full stop after a word go, the
// stops inside and after numbers stay (3.12.).
func dayWords(said string) []string {
	words := strings.Fields(strings.ReplaceAll(strings.ToLower(said), ",", " "))
	for i, w := range words {
		if t := strings.TrimRight(w, "."); t != "" && (t[0] < '0' || t[0] > '9') {
			words[i] = t
		}
	}
	return words
}

func readNamed(w []string, today coach.Date, _ Tense) []coach.Date {
	switch strings.Join(w, " ") {
	case "today", "now":
		return []coach.Date{today}
	case "tomorrow", "tmrw", "tmr", "tom":
		return []coach.Date{today + 1}
	case "yesterday":
		return []coach.Date{today - 1}
	case "day after tomorrow", "the day after tomorrow":
		return []coach.Date{today + 2}
	case "day before yesterday", "the day before yesterday":
		return []coach.Date{today - 2}
	}
	return nil
}

var weekdays = map[string]time.Weekday{
	"mon": 1, "monday": 1, "tue": 2, "tues": 2, "tuesday": 2, "wed": 3, "weds": 3, "wednesday": 3,
	"thu": 4, "thur": 4, "thurs": 4, "thursday": 4, "fri": 5, "friday": 5, "sat": 6, "saturday": 6, "sun": 0, "sunday": 0,
}

// mondayOf is the first day of d's week; weeks begin on Monday.
func mondayOf(d coach.Date) coach.Date { return d - coach.Date((int(d.Weekday())+6)%7) }

// readWeekday reads "fri", "this fri", "next fri", "last fri", "coming fri".
// "next fri" said before Friday of the same week has two readings.
func readWeekday(w []string, today coach.Date, tense Tense) []coach.Date {
	which := ""
	if len(w) == 2 {
		which, w = w[0], w[1:]
	}
	day, ok := weekdays[w[0]]
	if !ok || len(w) != 1 {
		return nil
	}
	inWeek := mondayOf(today) + coach.Date((int(day)+6)%7)
	after, before := today+1, today-1 // nearest such weekday on either side of today
	for ; after.Weekday() != day; after++ {
	}
	for ; before.Weekday() != day; before-- {
	}
	switch which {
	case "this":
		return []coach.Date{inWeek}
	case "coming":
		return []coach.Date{after}
	case "next":
		return twoDays(after, inWeek+7)
	case "last":
		return twoDays(before, inWeek-7)
	case "past":
		return []coach.Date{before}
	case "":
		return bareWeekday(inWeek, before, after, today, tense)
	}
	return nil
}

// bareWeekday reads a weekday alone. Said on that very weekday it can also
// mean today where today is allowed.
func bareWeekday(inWeek, before, after, today coach.Date, tense Tense) []coach.Date {
	switch tense {
	case Ahead:
		return []coach.Date{after}
	case Behind:
		if inWeek == today {
			return []coach.Date{before, today}
		}
		return []coach.Date{before}
	}
	if inWeek == today {
		return []coach.Date{today, after}
	}
	return []coach.Date{after}
}

func twoDays(a, b coach.Date) []coach.Date {
	if a == b {
		return []coach.Date{a}
	}
	return []coach.Date{min(a, b), max(a, b)}
}
