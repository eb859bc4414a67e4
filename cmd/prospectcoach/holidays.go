package main

import (
	"maps"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/ar"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/au"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/bg"
	"github.com/rickar/cal/v2/br"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cy"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/ee"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fi"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/gr"
	"github.com/rickar/cal/v2/hr"
	"github.com/rickar/cal/v2/hu"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/is"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/jp"
	"github.com/rickar/cal/v2/ke"
	"github.com/rickar/cal/v2/lt"
	"github.com/rickar/cal/v2/lu"
	"github.com/rickar/cal/v2/lv"
	"github.com/rickar/cal/v2/mt"
	"github.com/rickar/cal/v2/mw"
	"github.com/rickar/cal/v2/mx"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/nz"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/pt"
	"github.com/rickar/cal/v2/ro"
	"github.com/rickar/cal/v2/rs"
	"github.com/rickar/cal/v2/ru"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/si"
	"github.com/rickar/cal/v2/sk"
	"github.com/rickar/cal/v2/th"
	"github.com/rickar/cal/v2/ua"
	"github.com/rickar/cal/v2/us"
	"github.com/rickar/cal/v2/za"

	"github.com/prospectcoach/prospectcoach/coach"
)

// countries are the nationwide public holidays we know, by ISO code. Regional
// ones (Bavaria, Scotland) are a rep's own days off.
var countries = map[string][]*cal.Holiday{
	"AU": {au.NewYear, au.AustraliaDay, au.GoodFriday, au.EasterMonday, au.AnzacDay, au.ChristmasDay, au.BoxingDay},
	"AR": ar.Holidays, "AT": at.Holidays, "BE": be.Holidays, "BG": bg.Holidays, "BR": br.Holidays, "CA": ca.Holidays,
	"CH": ch.Holidays, "CY": cy.Holidays, "CZ": cz.Holidays, "DE": de.Holidays, "DK": dk.Holidays, "EE": ee.Holidays,
	"ES": es.Holidays, "FI": fi.Holidays, "FR": fr.Holidays, "GB": gb.Holidays, "GR": gr.Holidays, "HR": hr.Holidays,
	"HU": hu.Holidays, "IE": ie.Holidays, "IS": is.Holidays, "IT": it.Holidays, "JP": jp.Holidays, "KE": ke.Holidays,
	"LT": lt.Holidays, "LU": lu.Holidays, "LV": lv.Holidays, "MT": mt.Holidays, "MW": mw.Holidays, "MX": mx.Holidays,
	"NL": nl.Holidays, "NO": no.Holidays, "NZ": nz.Holidays, "PL": pl.Holidays, "PT": pt.Holidays, "RO": ro.Holidays,
	"RS": rs.Holidays, "RU": ru.Holidays, "SE": se.Holidays, "SI": si.Holidays, "SK": sk.Holidays, "TH": th.Holidays,
	"UA": ua.Holidays, "US": us.Holidays, "ZA": za.Holidays,
}

// holidays answers the rule C3's question: is this day a nationwide public
// holiday of that country? A year is worked out once and kept. The question is
// asked for nearly every day that the coach looks at, so that the years known
// are only read, and replaced as a whole by those with one more.
type holidays struct {
	mu    sync.Mutex // held while a year is added
	years atomic.Pointer[map[countryYear]map[coach.Date]string]
}

type countryYear struct {
	country string
	year    int
}

func newHolidays() *holidays {
	h := &holidays{}
	h.years.Store(&map[countryYear]map[coach.Date]string{})
	return h
}

// Name is the holiday's name on that day. An unknown country has none.
func (h *holidays) Name(country string, day coach.Date) (string, bool) {
	if country == "" {
		return "", false
	}
	key := countryYear{strings.ToUpper(country), day.Time().Year()}
	days, ok := (*h.years.Load())[key]
	if !ok {
		days = h.add(key)
	}
	name, ok := days[day]
	return name, ok
}

func (h *holidays) add(key countryYear) map[coach.Date]string {
	days := holidaysOf(key)
	h.mu.Lock()
	defer h.mu.Unlock()
	years := maps.Clone(*h.years.Load())
	years[key] = days
	h.years.Store(&years)
	return days
}

func holidaysOf(key countryYear) map[coach.Date]string {
	days := map[coach.Date]string{}
	for _, holiday := range countries[key.country] {
		if holiday.Type == cal.ObservanceReligious || holiday.Type == cal.ObservanceOther {
			continue // a custom, not a day off
		}
		// A day observed in this year may belong to the next: New Year on a
		// Saturday is observed on Friday, 31 December.
		for year := key.year; year <= key.year+1; year++ {
			actual, observed := holiday.Calc(year)
			for _, t := range []coach.Date{coach.DateOf(actual), coach.DateOf(observed)} {
				if t.Time().Year() == key.year && !actual.IsZero() {
					days[t] = holiday.Name
				}
			}
		}
	}
	return days
}
