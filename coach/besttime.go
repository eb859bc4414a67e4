package coach

import (
	"strconv"
	"strings"
	"time"
)

// BestTime is a best time as the gatekeeper told it (C5).
type BestTime struct {
	Weekday time.Weekday
	HasDay  bool
	Minute  int // of the day; -1 without a time
}

var weekdayNames = [7]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// ParseBestTime reads "[weekday] [HH[:MM] | before HH | after HH]"; anything
// else is words that move nothing. "before 9" means 08:30, "after 16" 16:30.
func ParseBestTime(s string) (BestTime, bool) {
	b := BestTime{Minute: -1}
	words := strings.Fields(strings.ToLower(s))
	if len(words) > 0 {
		if w, ok := parseWeekday(words[0]); ok {
			b.Weekday, b.HasDay = w, true
			words = words[1:]
		}
	}
	shift := 0
	if len(words) == 2 {
		switch words[0] {
		case "before":
			shift = -30
		case "after":
			shift = 30
		default:
			return BestTime{}, false
		}
		words = words[1:]
	}
	switch {
	case len(words) == 0:
		return b, b.HasDay && shift == 0
	case len(words) > 1:
		return BestTime{}, false
	}
	m, ok := parseClock(words[0])
	if !ok || m+shift < 0 || m+shift >= 24*60 {
		return BestTime{}, false
	}
	b.Minute = m + shift
	return b, true
}

// parseWeekday knows a day of the week by its name or its first three letters
// or more.
func parseWeekday(s string) (time.Weekday, bool) {
	s = strings.TrimSuffix(strings.TrimSuffix(s, ","), "s")
	if len(s) < 3 {
		return 0, false
	}
	for i, n := range weekdayNames {
		if strings.HasPrefix(n, s) {
			return time.Weekday(i), true
		}
	}
	return 0, false
}

// parseClock reads HH or HH:MM.
func parseClock(s string) (minute int, ok bool) {
	hh, mm, colon := strings.Cut(s, ":")
	h, err := strconv.Atoi(hh)
	if err != nil || len(hh) > 2 || h < 0 || h > 23 {
		return 0, false
	}
	m := 0
	if colon {
		if m, err = strconv.Atoi(mm); err != nil || len(mm) != 2 || m < 0 || m > 59 {
			return 0, false
		}
	}
	return h*60 + m, true
}

// on is the instant of the best time on the rep's local day d, told by the
// prospect's clock; without a time it is the middle of the rep's day.
func (b BestTime) on(d Date, rep, theirs *time.Location) time.Time {
	if b.Minute < 0 {
		return d.At(12*60, rep)
	}
	// Their clock may show the time on the day before or after the rep's.
	for _, e := range [3]Date{d, d - 1, d + 1} {
		if t := e.At(b.Minute, theirs); DateOf(t.In(rep)) == d {
			return t.In(rep)
		}
	}
	return d.At(b.Minute, rep)
}

// moveTo is the rep's first working day on or after due on which it is the
// best weekday for the prospect, at most reach; else due (C5).
func (b BestTime) moveTo(due, reach Date, k *calendar, rep, theirs *time.Location) Date {
	if !b.HasDay {
		return due
	}
	for d := due; d <= reach; d++ {
		if k.works(d) && b.on(d, rep, theirs).In(theirs).Weekday() == b.Weekday {
			return d
		}
	}
	return due
}

// bestTime is the gatekeeper's best time when it was told by the day due, as
// an attempt that is already overdue is not moved (C5).
func (r *run) bestTime(due Date) (BestTime, bool) {
	g := r.p.Gatekeeper
	if g.BestTime == "" || (g.BestOn != 0 && g.BestOn > due) {
		return BestTime{}, false
	}
	return ParseBestTime(g.BestTime)
}

// theirZone is the prospect's zone if it is known, else the rep's (C5).
func (r *run) theirZone() *time.Location {
	if r.p.Zone != "" {
		if z, err := time.LoadLocation(r.p.Zone); err == nil {
			return z
		}
	}
	return r.zone
}
