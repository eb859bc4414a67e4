package main

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/coach"
)

// repsAbroad live where clocks are hardest: south of the equator, at half and
// three-quarter hours, on both sides of the date line, with and without
// summer time.
var repsAbroad = []struct {
	handle, zone string
	at           string // their own hour of the nudge
}{
	{"aroha", "Pacific/Auckland", "09:00"},
	{"kiran", "Asia/Kolkata", "08:30"},
	{"cho", "Pacific/Chatham", "09:00"},
	{"bruno", "Europe/Berlin", "10:15"},
	{"lena", "America/Los_Angeles", "09:00"},
}

// S1 over a whole year: each rep is nudged exactly once on each of their
// working days, at their own hour, whatever the clocks of the world do. Their
// one prospect is never worked off and so is due on every day. Under the race
// detector only the six weeks of spring are lived, in which all clocks change.
func TestStory_S1_AYearAroundTheWorld(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	end, days := start.AddDate(1, 0, 0), 255
	if underRace {
		start, days = start.AddDate(0, 2, 0), 28
		end = start.AddDate(0, 0, 42)
	}
	w := newWorld(t, start.Format("Mon 2006-01-02 15:04"), "UTC",
		withSettings(t, map[string]string{"COMPANY": "Northwind", "TEAM_TZ": "UTC", "WEEKLY_CRON": "0 16 31 12 *"}),
		func(_ *worldOptions, o *localslack.Options) {
			for i, r := range repsAbroad {
				o.Users = append(o.Users, localslack.User{ID: fmt.Sprintf("U0ABROAD%02d", i), Name: r.handle, RealName: r.handle, TZ: r.zone})
			}
		})
	due := map[time.Time]bool{}               // every slot of anybody, and around a clock change the minute before it
	want := make([][]string, len(repsAbroad)) // local days on which each is to hear
	for i, r := range repsAbroad {
		rep := w.Person(r.handle)
		rep.Command(fmt.Sprintf("/prospect add Jane %s, Company %s, Buyer email:%s@x.test starts:today", r.handle, r.handle, r.handle)).Sees("Added")
		rep.Command("/prospect settings").Form("Settings").Fill("Morning message at", r.at).Submit().Form("Saved", r.at)
		rep.ClearViews()
		zone, clock := mustZone(r.zone), mustClock(r.at)
		for d := coach.DateOf(start.In(zone)); ; d++ {
			y, m, day := d.Time().Date()
			slot := time.Date(y, m, day, clock.Hour(), clock.Minute(), 0, 0, zone)
			if !slot.Before(end) {
				break
			}
			if slot.After(start) && slot.Weekday() != time.Saturday && slot.Weekday() != time.Sunday {
				due[slot.UTC()] = true
				if aroundAChange(d) { // a minute early would be seen here
					due[slot.UTC().Add(-time.Minute)] = true
				}
				want[i] = append(want[i], slot.Format("Mon 2006-01-02 15:04 -0700"))
			}
		}
	}
	got := make([][]string, len(repsAbroad))
	w.walk(due, func(now time.Time) {
		for _, m := range w.slack.Unexpected() {
			w.slack.Take(m)
			for i, r := range repsAbroad {
				if m.Channel == w.Person(r.handle).p.DM().ID {
					got[i] = append(got[i], now.In(mustZone(r.zone)).Format("Mon 2006-01-02 15:04 -0700"))
				}
			}
		}
	})
	for i, r := range repsAbroad {
		if len(want[i]) < days || len(got[i]) != len(want[i]) {
			t.Errorf("%s: %d nudges on %d working days", r.zone, len(got[i]), len(want[i]))
		}
		for k := range min(len(got[i]), len(want[i])) {
			if got[i][k] != want[i][k] {
				t.Errorf("%s: nudged at %s, not at %s", r.zone, got[i][k], want[i][k])
				break
			}
		}
	}
}

// aroundAChange tells whether somebody's clock changed within two days.
func aroundAChange(d coach.Date) bool {
	for _, r := range repsAbroad {
		_, before := (d - 2).At(0, mustZone(r.zone)).Zone()
		_, after := (d + 1).At(0, mustZone(r.zone)).Zone()
		if before != after {
			return true
		}
	}
	return false
}

func mustClock(s string) time.Time {
	t, err := time.Parse("15:04", s)
	if err != nil {
		panic(err)
	}
	return t
}

// walk steps from moment to moment in order, ticks at each and looks.
func (s *story) walk(moments map[time.Time]bool, look func(time.Time)) {
	s.Helper()
	var order []time.Time
	for m := range moments {
		order = append(order, m)
	}
	slices.SortFunc(order, time.Time.Compare)
	for _, m := range order {
		s.clock.set(m)
		if err := s.tick(s.Context(), m); err != nil {
			s.Fatal(err)
		}
		look(m)
	}
}
