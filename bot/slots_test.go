package bot

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/prospectcoach/prospectcoach/coach"
)

func zone(t interface{ Fatal(...any) }, name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestSchedulesThatCannotBeReadAreRefused(t *testing.T) {
	t.Parallel()
	for _, spec := range []string{"", "TZ=x", "CRON_TZ=Europe/Berlin 0 9 * * *", "@every 0s", "@daily", "0 0 31 2 *", "9", "0 9 * * FUNDAY", strings.Repeat("1,", 200) + "1 9 * * *"} {
		if _, err := parseSchedule(spec); err == nil {
			t.Errorf("%.40q was taken", spec)
		} else if len(err.Error()) > 200 {
			t.Errorf("%.40q is answered at length: %d", spec, len(err.Error()))
		}
	}
	for spec, want := range map[string]int{"": 540, "0 9 * * MON-FRI": 540, "30 7 * * *": 450, "15 10 * * TUE": 615} {
		if got, err := nudgeMinute(spec); err != nil || got != want {
			t.Errorf("nudgeMinute(%q) = %d, %v, want %d", spec, got, err, want)
		}
	}
}

func TestS1_TheNextNudgeFollowsTheClockOnTheWall(t *testing.T) {
	t.Parallel()
	easter := &coach.Playbook{Holiday: func(country string, d coach.Date) (string, bool) {
		return "Easter Monday", country == "DE" && d.String() == "2026-04-06"
	}}
	for _, row := range []struct {
		name, zone, after, want string
		at                      int
		change                  func(*coach.Rep)
	}{
		{"later today", "Europe/Berlin", "2026-03-02T07:00", "2026-03-02T09:00", 540, nil},
		{"tomorrow once it fired", "Europe/Berlin", "2026-03-02T09:00", "2026-03-03T09:00", 540, nil},
		{"S4 over the weekend", "Europe/Berlin", "2026-03-06T09:00", "2026-03-09T09:00", 540, nil},
		{"C3 over a public holiday", "Europe/Berlin", "2026-04-03T10:00", "2026-04-07T09:00", 540, func(r *coach.Rep) { r.Country = "DE" }},
		{"S4 a day off", "Europe/Berlin", "2026-03-02T10:00", "2026-03-05T09:00", 540, func(r *coach.Rep) {
			r.DaysOff = []coach.Span{{From: coach.NewDate(2026, 3, 3), To: coach.NewDate(2026, 3, 4)}}
		}},
		{"S4 paused until", "Europe/Berlin", "2026-03-02T10:00", "2026-03-11T09:00", 540, func(r *coach.Rep) { r.Paused, r.PausedUntil = true, coach.NewDate(2026, 3, 11) }},
		{"DST gap forward", "America/New_York", "2027-03-13T12:00", "2027-03-14T03:30", 150, func(r *coach.Rep) { r.From, r.To, r.WorkingDays = 0, 1440, 0x7f }},
		{"DST double, the first", "America/New_York", "2026-10-31T12:00", "2026-11-01T01:30", 90, func(r *coach.Rep) { r.From, r.To, r.WorkingDays = 0, 1440, 0x7f }},
		{"an hour before work moves to its beginning", "Europe/Berlin", "2026-03-02T05:00", "2026-03-02T08:00", 420, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			z := zone(t, row.zone)
			r := &coach.Rep{Zone: z, WorkingDays: coach.MonToFri, From: 480, To: 1080, NudgeAt: row.at}
			if row.change != nil {
				row.change(r)
			}
			after, _ := time.ParseInLocation("2006-01-02T15:04", row.after, z)
			got := nextNudge(easter, r, after)
			if s := got.In(z).Format("2006-01-02T15:04"); s != row.want {
				t.Errorf("after %s comes %s, want %s", row.after, s, row.want)
			}
			if row.name == "DST double, the first" && nextNudge(easter, r, got).Sub(got) < 20*time.Hour {
				t.Error("the doubled hour nudges twice")
			}
		})
	}
}

func TestS4_NudgeSlotsAreOncePerDayAndInWorkingTime(t *testing.T) {
	t.Parallel()
	zones := []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo"}
	rapid.Check(t, func(t *rapid.T) {
		r := &coach.Rep{
			Zone: zone(t, rapid.SampledFrom(zones).Draw(t, "zone")), WorkingDays: coach.Weekdays(rapid.IntRange(1, 127).Draw(t, "days")),
			From: rapid.IntRange(0, 700).Draw(t, "from"), NudgeAt: rapid.IntRange(0, 1439).Draw(t, "at"),
		}
		r.To = r.From + rapid.IntRange(1, 1440-r.From).Draw(t, "hours")
		at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 365*24*60).Draw(t, "now")) * time.Minute)
		last := coach.Date(0)
		for range 20 {
			next := nextNudge(&coach.Playbook{}, r, at)
			day := coach.DateOf(next.In(r.Zone))
			if !next.After(at) || day == last || !r.WorkingDays.Has(day.Weekday()) {
				t.Fatalf("after %s comes %s (day %s, before it %s)", at, next, day, last)
			}
			at, last = next, day
		}
	})
}

func TestS6_TheWeekComesOnTheLastWorkingDayBeforeAHoliday(t *testing.T) {
	t.Parallel()
	z := zone(t, "Europe/Berlin")
	s, err := parseSchedule("0 16 * * FRI")
	if err != nil {
		t.Fatal(err)
	}
	goodFriday := coach.NewDate(2026, 4, 3)
	move := func(d coach.Date) coach.Date {
		if d == goodFriday {
			return d - 1
		}
		return d
	}
	for _, row := range []struct{ now, last, before string }{
		{"2026-03-27T15:59", "2026-03-20T16:00", "2026-03-13T16:00"},
		{"2026-03-27T16:00", "2026-03-27T16:00", "2026-03-20T16:00"},
		{"2026-04-02T15:59", "2026-03-27T16:00", "2026-03-20T16:00"},
		{"2026-04-02T16:00", "2026-04-02T16:00", "2026-03-27T16:00"},
		{"2026-04-09T12:00", "2026-04-02T16:00", "2026-03-27T16:00"},
		{"2026-03-29T12:00", "2026-03-27T16:00", "2026-03-20T16:00"}, // the night the clock went forward
	} {
		now, _ := time.ParseInLocation("2006-01-02T15:04", row.now, z)
		got := s.lastSlots(now, z, move)
		if len(got) != 2 || got[0].At.Format("2006-01-02T15:04") != row.last || got[1].At.Format("2006-01-02T15:04") != row.before {
			t.Errorf("at %s: %v, want %s and %s", row.now, got, row.last, row.before)
		}
	}
}

func TestH2_TwoHoursAreCountedInWorkingTime(t *testing.T) {
	t.Parallel()
	z := zone(t, "Europe/Berlin")
	r := &coach.Rep{Zone: z, WorkingDays: coach.MonToFri, From: 480, To: 1080}
	for from, want := range map[string]string{
		"2026-03-02T10:00": "2026-03-02T12:00", "2026-03-06T17:00": "2026-03-09T09:00", "2026-03-07T12:00": "2026-03-09T10:00", "2026-03-02T16:00": "2026-03-03T08:00",
	} {
		at, _ := time.ParseInLocation("2006-01-02T15:04", from, z)
		if got := workingAfter(&coach.Playbook{}, r, at, 2*time.Hour).In(z).Format("2006-01-02T15:04"); got != want {
			t.Errorf("two hours after %s is %s, want %s", from, got, want)
		}
	}
}
