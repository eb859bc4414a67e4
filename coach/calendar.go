package coach

import (
	"fmt"
	"time"
)

// Date is a local calendar day, counted from 0001-01-01 as day 1. The zero
// Date means "no date". Dates compare and subtract as numbers: d+1 is the next
// day, b-a the days between. All dates of the rules are local days in the
// rep's zone, never instants (C8).
type Date int32

// DateOf is the local day of t in t's own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return NewDate(y, m, d)
}

// NewDate is the day with these numbers, normalised as time.Date does.
func NewDate(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()/86400 + daysToUnix)
}

// daysToUnix is the number of 1970-01-01 counted from 0001-01-01 as day 1.
const daysToUnix = 719163

// ParseDate reads YYYY-MM-DD; "" is the zero Date.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return 0, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("a date looks like 2026-03-02, not %q", s)
	}
	return DateOf(t), nil
}

// Time is midnight UTC of the day, for formatting only.
func (d Date) Time() time.Time { return time.Unix((int64(d)-daysToUnix)*86400, 0).UTC() }

// At is the instant of minute-of-day m on that day in zone. A local time that
// a DST change skips is moved forward, one that it doubles means the first.
func (d Date) At(m int, zone *time.Location) time.Time {
	y, mo, day := d.Time().Date()
	t := time.Date(y, mo, day, m/60, m%60, 0, 0, zone)
	if t.Hour()*60+t.Minute() != m || t.Day() != day {
		// time.Date answers a skipped local time with the offset before or
		// after the gap; the later of both readings is the one people mean.
		_, before := t.Add(-3 * time.Hour).Zone()
		t = time.Date(y, mo, day, m/60, m%60, 0, 0, time.FixedZone("", before)).In(zone)
	} else if e := t.Add(-time.Hour); e.In(zone).Hour()*60+e.In(zone).Minute() == m && e.In(zone).Day() == day {
		t = e.In(zone)
	}
	return t
}

// Weekday of the day.
func (d Date) Weekday() time.Weekday { return time.Weekday(d % 7) } // day 7 was a Sunday

// String is YYYY-MM-DD, or "" for no date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// MarshalText and UnmarshalText write and read YYYY-MM-DD.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD or nothing.
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDate(string(b))
	return err
}

// Weekdays is a set of days of the week, bit 0 Sunday.
type Weekdays uint8

// MonToFri is the default set of working days.
const MonToFri Weekdays = 0b0111110

// Has tells whether w is in the set.
func (s Weekdays) Has(w time.Weekday) bool { return s&(1<<w) != 0 }

// Span is a run of days, both ends included.
type Span struct{ From, To Date }
