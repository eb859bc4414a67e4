package main

import (
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

func TestC3_Holidays(t *testing.T) {
	t.Parallel()
	h := newHolidays()
	for _, c := range []struct {
		country, day string
		free         bool
	}{
		{"DE", "2026-10-03", true}, {"de", "2026-12-25", true}, {"DE", "2026-01-06", false}, {"DE", "2026-04-03", true},
		{"US", "2026-07-03", true}, {"US", "2021-12-31", true}, {"US", "2026-11-26", true}, {"US", "2026-07-06", false},
		{"GB", "2027-12-27", true}, {"GB", "2026-05-04", true}, {"NZ", "2026-02-06", true}, {"AU", "2026-01-26", true},
		{"", "2026-12-25", false}, {"XX", "2026-12-25", false}, {"SE", "2026-12-24", false},
	} {
		day, err := coach.ParseDate(c.day)
		if err != nil {
			t.Fatal(err)
		}
		if name, free := h.Name(c.country, day); free != c.free {
			t.Errorf("%s %s: free %v (%s), want %v", c.country, c.day, free, name, c.free)
		}
	}
}

// Every country's list works out for many years without a panic or a day in another year.
func TestC3_HolidaysOfEveryCountry(t *testing.T) {
	t.Parallel()
	for c := range countries {
		for year := 2024; year < 2040; year++ {
			days := holidaysOf(countryYear{c, year})
			if len(days) < 5 {
				t.Errorf("%s %d has %d holidays", c, year, len(days))
			}
			for d := range days {
				if d.Time().Year() != year || d < coach.NewDate(year, time.January, 1) {
					t.Errorf("%s %d holds %s", c, year, d)
				}
			}
		}
	}
}
