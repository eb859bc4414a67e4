package bot

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

var months = map[string]time.Month{
	"jan": 1, "january": 1, "feb": 2, "february": 2, "mar": 3, "march": 3, "apr": 4, "april": 4, "may": 5, "jun": 6, "june": 6,
	"jul": 7, "july": 7, "aug": 8, "august": 8, "sep": 9, "sept": 9, "september": 9, "oct": 10, "october": 10,
	"nov": 11, "november": 11, "dec": 12, "december": 12,
}

var (
	yearFirst  = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$`)
	dotted     = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.?(\d{4}|\d{2})?$`)
	slashed    = regexp.MustCompile(`^(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?$`)
	dayNumber  = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th|\.)?$`)
	ordinal    = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)$`)
	fourDigits = regexp.MustCompile(`^'?(\d{4}|\d{2})$`)
)

// readNumbers reads 2026-12-01, 3.12., 3.12.2026, 25/12. A stop puts the day
// first, as everybody who writes stops does; a slash or a hyphen can mean
// either, and both readings are answered where both are days.
func readNumbers(w []string, today coach.Date, tense Tense) []coach.Date {
	s := strings.Join(w, "")
	if len(w) > 1 && !dotted.MatchString(s) {
		return nil
	}
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		return someDay(calendarDay(num(m[1]), num(m[2]), num(m[3])))
	}
	if m := dotted.FindStringSubmatch(s); m != nil {
		return someDay(dayIn(m[3], num(m[2]), num(m[1]), today, tense))
	}
	if m := slashed.FindStringSubmatch(s); m != nil {
		a := dayIn(m[3], num(m[2]), num(m[1]), today, tense)
		b := dayIn(m[3], num(m[1]), num(m[2]), today, tense)
		switch {
		case a == 0:
			return someDay(b)
		case b == 0:
			return someDay(a)
		}
		return twoDays(a, b)
	}
	return nil
}

// readMonthDay reads "1 Dec", "1st of December 2026", "Dec 3", "the 12th".
func readMonthDay(w []string, today coach.Date, tense Tense) []coach.Date {
	w = dropped(w, "of")
	if len(w) > 1 && w[0] == "the" {
		w = w[1:]
	}
	year := ""
	if len(w) == 3 && fourDigits.MatchString(w[2]) {
		year, w = strings.TrimPrefix(w[2], "'"), w[:2]
	}
	if len(w) == 1 {
		return nthOfMonth(w[0], today, tense)
	}
	if len(w) != 2 { // also none: "of" alone
		return nil
	}
	day, month := w[0], w[1]
	if _, ok := months[day]; ok {
		day, month = month, day
	}
	mo, ok := months[month]
	m := dayNumber.FindStringSubmatch(day)
	if !ok || m == nil {
		return nil
	}
	return someDay(dayIn(year, int(mo), num(m[1]), today, tense))
}

// nthOfMonth reads "12th": the nearest 12th that fits the tense. Months that
// have no such day are passed over.
func nthOfMonth(s string, today coach.Date, tense Tense) []coach.Date {
	m := ordinal.FindStringSubmatch(s)
	if m == nil || tense == AnyDay {
		return nil
	}
	step := 1
	if tense == Behind {
		step = -1
	}
	y, mo, _ := today.Time().Date()
	for i := range 13 {
		d := coach.NewDate(y, mo+time.Month(step*i), 1).Time()
		if day := calendarDay(d.Year(), int(d.Month()), num(m[1])); day != 0 && tense.fits(day, today) {
			return someDay(day)
		}
	}
	return nil
}

// readWeekdayAndDate reads "fri 4 dec": the weekday must agree, or nothing is
// read, because one of the two is a slip. A date without a year may be the one
// of a year in which the two agree only if that is the nearest one anyway.
func readWeekdayAndDate(w []string, today coach.Date, tense Tense) []coach.Date {
	day, ok := weekdays[w[0]]
	if !ok || len(w) < 2 {
		return nil
	}
	days := readNumbers(w[1:], today, tense)
	if days == nil {
		days = readMonthDay(w[1:], today, tense)
	}
	var agree []coach.Date
	for _, d := range days {
		if d.Weekday() == day {
			agree = append(agree, d)
		}
	}
	return agree
}

// dayIn is a day of a month in the year given, or in the nearest one that
// fits the tense; 0 if there is no such day.
func dayIn(year string, m, d int, today coach.Date, tense Tense) coach.Date {
	if year != "" {
		y, _ := fullYear(year)
		return calendarDay(y, m, d)
	}
	in := func(y int) coach.Date { return calendarDay(y, m, d) }
	return in(nearestYear(today.Time().Year(), tense, today, in))
}

// calendarDay is the day with these numbers, or 0 if the calendar has none.
func calendarDay(y, m, d int) coach.Date {
	if y < 1970 || y > 9999 || m < 1 || m > 12 || d < 1 || d > 31 {
		return 0
	}
	day := coach.NewDate(y, time.Month(m), d)
	if t := day.Time(); t.Day() != d || int(t.Month()) != m {
		return 0
	}
	return day
}

func fullYear(s string) (int, bool) {
	if !fourDigits.MatchString(s) {
		return 0, false
	}
	y := num(strings.TrimPrefix(s, "'"))
	if y < 100 {
		y += 2000
	}
	return y, true
}

func someDay(d coach.Date) []coach.Date {
	if d == 0 {
		return nil
	}
	return []coach.Date{d}
}

func dropped(w []string, word string) []string {
	kept := make([]string, 0, len(w))
	for _, x := range w {
		if x != word {
			kept = append(kept, x)
		}
	}
	return kept
}

// num is the number of a string of digits that a pattern has already checked.
func num(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
