package bot

import (
	"strconv"
	"strings"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

var numberWords = map[string]int{
	"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
	"nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}

// units are the words for spans of time. A single m could be minutes or
// months and is not among them.
var units = map[string]string{
	"d": "day", "day": "day", "days": "day", "w": "week", "wk": "week", "wks": "week", "week": "week", "weeks": "week",
	"month": "month", "months": "month", "mo": "month", "quarter": "quarter", "quarters": "quarter",
	"year": "year", "years": "year", "y": "year", "fortnight": "fortnight",
}

// readDistance reads "3d", "2 weeks", "in 10 days", "a month", "3 days ago".
// Without "in" or "ago" the tense decides the direction.
func readDistance(w []string, today coach.Date, tense Tense) []coach.Date {
	sign, open := 1, tense == AnyDay
	if tense == Behind {
		sign = -1
	}
	last := len(w) - 1
	switch {
	case w[0] == "in" && last > 0:
		sign, open, w = 1, false, w[1:]
	case w[last] == "ago" && last > 0:
		sign, open, w = -1, false, w[:last]
	case last > 1 && w[last] == "now" && w[last-1] == "from":
		sign, open, w = 1, false, w[:last-1]
	}
	n, unit, ok := amount(w)
	if !ok || open || n < 1 || n > 3660 {
		return nil
	}
	return []coach.Date{shift(today, sign*n, unit)}
}

// amount reads "3d", "3 d", "two weeks", "a fortnight".
func amount(w []string) (int, string, bool) {
	switch len(w) {
	case 1:
		at := strings.IndexFunc(w[0], func(r rune) bool { return r < '0' || r > '9' })
		if at < 1 {
			return 0, "", false
		}
		n, err := strconv.Atoi(w[0][:at])
		unit, ok := units[w[0][at:]]
		return n, unit, ok && err == nil
	case 3: // a couple weeks
		unit, ok := units[w[2]]
		return 2, unit, ok && w[0] == "a" && w[1] == "couple"
	case 4:
		unit, ok := units[w[3]]
		return 2, unit, ok && w[0] == "a" && w[1] == "couple" && w[2] == "of"
	case 2:
		unit, ok := units[w[1]]
		if n, known := numberWords[w[0]]; known && ok {
			return n, unit, true
		}
		n, err := strconv.Atoi(w[0])
		return n, unit, ok && err == nil
	}
	return 0, "", false
}

// shift moves a day by n units. A month later than the 31st is the last day
// of a shorter month.
func shift(d coach.Date, n int, unit string) coach.Date {
	switch unit {
	case "day":
		return d + coach.Date(n)
	case "week":
		return d + coach.Date(7*n)
	case "fortnight":
		return d + coach.Date(14*n)
	case "quarter":
		n *= 3
	case "year":
		n *= 12
	}
	y, m, day := d.Time().Date()
	first := coach.NewDate(y, m+time.Month(n), 1)
	return min(first+coach.Date(day-1), monthEnd(first))
}

func monthEnd(d coach.Date) coach.Date {
	y, m, _ := d.Time().Date()
	return coach.NewDate(y, m+1, 1) - 1
}

// readPeriod reads "next week", "next month", "end of month", "Q1", "in march",
// "beginning of june", "mid june", "eom". A period means its first day.
func readPeriod(w []string, today coach.Date, tense Tense) []coach.Date {
	phrase := strings.Join(w, " ")
	switch phrase {
	case "eow":
		phrase = "end of week"
	case "eom":
		phrase = "end of month"
	case "eoq":
		phrase = "end of quarter"
	case "eoy":
		phrase = "end of year"
	}
	part := "start"
	for _, p := range [][2]string{
		{"end of ", "end"}, {"beginning of ", "start"}, {"start of ", "start"}, {"early ", "start"}, {"mid ", "mid"}, {"mid-", "mid"}, {"middle of ", "mid"}, {"in ", "start"},
	} {
		if rest, ok := strings.CutPrefix(phrase, p[0]); ok {
			phrase, part = rest, p[1]
			break
		}
	}
	var days []coach.Date
	for _, f := range periodStarts(strings.TrimPrefix(phrase, "the "), part, today, tense) {
		if d := within(f, part); d != 0 {
			days = append(days, d)
		}
	}
	return days
}

type period struct {
	unit  string
	first coach.Date
}

// within picks a day of the period; 0 where that makes no sense.
func within(p period, part string) coach.Date {
	switch {
	case part == "start":
		return p.first
	case part == "mid" && p.unit == "month":
		return p.first + 14
	case part == "end" && p.unit == "week":
		return p.first + 4 // people mean the Friday
	case part == "end":
		return shift(p.first, 1, p.unit) - 1
	}
	return 0
}

func periodStarts(phrase, part string, today coach.Date, tense Tense) []period {
	y, m, _ := today.Time().Date()
	starts := map[string]coach.Date{
		"week": mondayOf(today), "month": coach.NewDate(y, m, 1),
		"quarter": coach.NewDate(y, (m-1)/3*3+1, 1), "year": coach.NewDate(y, 1, 1),
	}
	which, unit, two := strings.Cut(phrase, " ")
	if !two {
		which, unit = "this", phrase
		if part == "start" { // "week" alone is no day
			unit = ""
		}
	}
	if first, ok := starts[unit]; ok {
		switch which {
		case "this":
			return []period{{unit, first}}
		case "next":
			return []period{{unit, shift(first, 1, unit)}}
		case "last":
			return []period{{unit, shift(first, -1, unit)}}
		}
		return nil
	}
	if q := phrase; len(q) >= 2 && q[0] == 'q' && q[1] >= '1' && q[1] <= '4' {
		return yearly(period{unit: "quarter"}, time.Month(q[1]-'1')*3+1, strings.TrimSpace(q[2:]), part, today, tense)
	}
	name, year, _ := strings.Cut(phrase, " ")
	if mo, ok := months[name]; ok {
		return yearly(period{unit: "month"}, mo, year, part, today, tense)
	}
	return nil
}

// yearly finds the year of a month or quarter named without one: the nearest
// that fits the tense.
func yearly(p period, m time.Month, year, part string, today coach.Date, tense Tense) []period {
	if year != "" {
		y, ok := fullYear(year)
		if !ok || len(year) != 4 { // "june 27" is a day
			return nil
		}
		p.first = coach.NewDate(y, m, 1)
		return []period{p}
	}
	ty := today.Time().Year()
	p.first = coach.NewDate(nearestYear(ty, tense, today, func(y int) coach.Date {
		return within(period{p.unit, coach.NewDate(y, m, 1)}, part)
	}), m, 1)
	return []period{p}
}

// nearestYear is the year in which the day is nearest to today on the side
// that the tense allows; on both sides for AnyDay.
func nearestYear(ty int, tense Tense, today coach.Date, day func(int) coach.Date) int {
	switch tense {
	case Behind:
		for y := ty; y > ty-8; y-- {
			if d := day(y); d != 0 && d <= today {
				return y
			}
		}
	case Ahead, AtLeast:
		for y := ty; y < ty+8; y++ {
			if d := day(y); d != 0 && tense.fits(d, today) {
				return y
			}
		}
	case AnyDay:
		best := ty
		for _, y := range []int{ty - 1, ty + 1} {
			if d := day(y); d != 0 && (day(best) == 0 || far(d, today) < far(day(best), today)) {
				best = y
			}
		}
		return best
	}
	return ty
}

func far(a, b coach.Date) coach.Date { return max(a-b, b-a) }
