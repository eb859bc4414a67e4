package bot

import (
	"flag"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

var (
	zoneReps = flag.Int("zone-reps", 700, "reps in the experiment over all time zones")
	zoneDays = flag.Int("zone-days", 70, "simulated days in the experiment over all time zones")
)

// Reps in every zone there is, with hours, days and holidays of all sorts, get
// exactly one nudge on each of their working days: the decisions alone, against
// a plain count of the calendar. The short run goes over a change of clocks.
func TestS1_OneNudgeOnEachWorkingDayInEveryZone(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/zones.txt")
	if err != nil {
		t.Fatal(err)
	}
	var zones []*time.Location
	for _, name := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		if !strings.HasPrefix(name, "#") {
			zones = append(zones, zone(t, name))
		}
	}
	start := time.Date(2026, time.February, 20, 11, 17, 0, 0, time.UTC)
	end := start.AddDate(0, 0, *zoneDays)
	holiday := func(country string, d coach.Date) (string, bool) { return "a holiday", country == "XX" && d%11 == 0 }
	pb := &coach.Playbook{Holiday: holiday}
	rng := rand.New(rand.NewPCG(7, 11))
	nudges := 0
	for i := range *zoneReps {
		r := randomRep(rng, zones[i%len(zones)], coach.DateOf(start))
		got := map[coach.Date]int{}
		for at := nextNudge(pb, r, start); at.Before(end); {
			day := coach.DateOf(at.In(r.Zone))
			if got[day]++; got[day] > 1 {
				t.Fatalf("%v: two nudges on %v", r, day)
			}
			if want := day.At(nudgeMinuteOf(r), r.Zone); !at.Equal(want) && coach.DateOf(want.In(r.Zone)) == day {
				t.Fatalf("%v: a nudge at %v, not at %v", r, at, want)
			}
			next := nextNudge(pb, r, at)
			if !next.After(at) {
				t.Fatalf("%v: after %v comes %v", r, at, next)
			}
			at = next
			nudges++
		}
		for day := coach.DateOf(start.In(r.Zone)) + 1; day < coach.DateOf(end.In(r.Zone)); day++ {
			_, free := holiday(r.Country, day)
			for _, s := range r.DaysOff {
				free = free || s.From <= day && day <= s.To
			}
			if works := r.WorkingDays.Has(day.Time().Weekday()) && !free; works != (got[day] == 1) {
				t.Fatalf("%v on %v: works %v, nudges %d", r, day, works, got[day])
			}
		}
	}
	t.Logf("%d reps in %d zones over %d days: %d nudges, each on a working day of its own", *zoneReps, len(zones), *zoneDays, nudges)
}

func randomRep(rng *rand.Rand, z *time.Location, today coach.Date) *coach.Rep {
	r := &coach.Rep{ID: "U1", Zone: z, WorkingDays: coach.Weekdays(1 + rng.IntN(127))}
	r.From = rng.IntN(23 * 60)
	r.To = r.From + 1 + rng.IntN(24*60-r.From)
	r.NudgeAt = r.From + rng.IntN(r.To-r.From)
	if rng.IntN(3) == 0 {
		r.Country = "XX"
	}
	for range rng.IntN(4) {
		from := today + coach.Date(rng.IntN(700))
		r.DaysOff = append(r.DaysOff, coach.Span{From: from, To: from + coach.Date(rng.IntN(30))})
	}
	return r
}
