package bot

import (
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/prospectcoach/prospectcoach/coach"
)

// schedule is a cron specification that has been made harmless. It is read in
// wall-clock time; instants come from coach.Date.At, because cron itself skips
// 02:30 on the spring day and fires 01:30 twice on the autumn day.
type schedule struct {
	cron cron.Schedule
}

// parseSchedule reads five cron fields. The library panics on some input and
// accepts schedules that never come, so what people type is guarded here.
func parseSchedule(spec string) (s schedule, err error) {
	defer func() {
		if recover() != nil {
			err = scheduleProblem(spec)
		}
	}()
	if spec == "" || len(spec) > 64 || strings.ContainsAny(spec, "=@") {
		return s, scheduleProblem(spec)
	}
	c, err := cron.ParseStandard(spec)
	if err != nil || c.Next(wallEpoch).IsZero() {
		return s, scheduleProblem(spec)
	}
	return schedule{cron: c}, nil
}

// wallEpoch is a Monday midnight from which default hours are read.
var wallEpoch = time.Date(2026, time.January, 5, 0, 0, 0, 0, time.UTC)

func scheduleProblem(spec string) error {
	if len(spec) > 64 {
		spec = spec[:64] + "…"
	}
	return fmt.Errorf("%q is no schedule; it has five fields such as \"0 9 * * MON-FRI\"", spec)
}

// nudgeMinute is the minute of the day at which the schedule first fires: the
// team's default hour of the nudge. An empty schedule means 09:00.
func nudgeMinute(spec string) (int, error) {
	if spec == "" {
		return 9 * 60, nil
	}
	s, err := parseSchedule(spec)
	if err != nil {
		return 0, fmt.Errorf("nudge schedule: %w", err)
	}
	first := s.cron.Next(wallEpoch.Add(-time.Second))
	return first.Hour()*60 + first.Minute(), nil
}

// slot is one firing of a schedule: the day it was meant for after a holiday
// moved it, and the instant.
type slot struct {
	Day coach.Date
	At  time.Time
}

// lastSlots are the two latest firings not after now, newest first; move
// says where a slot on a public holiday goes. Two are wanted
// because a summary covers the days since the firing before.
func (s schedule) lastSlots(now time.Time, zone *time.Location, move func(coach.Date) coach.Date) []slot {
	if s.cron == nil {
		return nil
	}
	local := now.In(zone)
	// A holiday moves a slot earlier, so slots a few days ahead may already be due.
	end := wall(local).AddDate(0, 0, 8)
	var all []slot
	for w := s.cron.Next(wall(local).AddDate(0, 0, -40)); !w.IsZero() && w.Before(end) && len(all) < 5000; w = s.cron.Next(w) {
		day := move(coach.DateOf(w))
		at := slot{Day: day, At: day.At(w.Hour()*60+w.Minute(), zone)}
		if at.At.After(now) {
			continue
		}
		if n := len(all); n > 0 && !at.At.After(all[n-1].At) {
			continue // two slots moved onto one
		}
		all = append(all, at)
	}
	if len(all) > 2 {
		all = all[len(all)-2:]
	}
	for i, j := 0, len(all)-1; i < j; i, j = i+1, j-1 {
		all[i], all[j] = all[j], all[i]
	}
	return all
}

// wall is the local clock face, read as if it were UTC.
func wall(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
}

// nudgeMinuteOf is the minute at which this rep is nudged: their own hour, or
// the team's, moved into the working hours (S1, S4).
func nudgeMinuteOf(r *coach.Rep) int {
	if r.NudgeAt < r.From || r.NudgeAt >= r.To {
		return r.From
	}
	return r.NudgeAt
}

// works tells whether something unasked may reach the rep that day: they work
// then (C3), and are neither paused nor gone (S4).
func works(pb *coach.Playbook, r *coach.Rep, day coach.Date) bool {
	return !r.Gone && !r.PausedOn(day) && pb.Works(r, day)
}

// allowed tells whether something unasked may be posted to the rep now (S4).
func allowed(pb *coach.Playbook, r *coach.Rep, now time.Time) bool {
	local := now.In(r.Zone)
	day := coach.DateOf(local)
	return works(pb, r, day) && !now.Before(day.At(r.From, r.Zone)) && now.Before(day.At(r.To, r.Zone))
}

// nextAllowed is the first moment from now on at which something unasked may
// be posted; the zero time when there is none within a year (paused for good).
func nextAllowed(pb *coach.Playbook, r *coach.Rep, now time.Time) time.Time {
	if allowed(pb, r, now) {
		return now
	}
	day := coach.DateOf(now.In(r.Zone))
	for range 366 {
		if at := day.At(r.From, r.Zone); at.After(now) && works(pb, r, day) {
			return at
		}
		day++
	}
	return time.Time{}
}

// nextNudge is the first nudge slot strictly after a moment; the zero time
// when there is none within a year. A person paused without an end is looked
// at again when they resume.
func nextNudge(pb *coach.Playbook, r *coach.Rep, after time.Time) time.Time {
	day := coach.DateOf(after.In(r.Zone))
	for range 366 {
		at := day.At(nudgeMinuteOf(r), r.Zone)
		if coach.DateOf(at.In(r.Zone)) != day {
			at = (day + 1).At(0, r.Zone).Add(-time.Minute) // the clock jumps over midnight there; it stays this day's
		}
		if at.After(after) && works(pb, r, day) {
			return at
		}
		day++
	}
	return time.Time{}
}

// workingAfter is the moment when so much working time has passed since from
// (H2: two hours in working time).
func workingAfter(pb *coach.Playbook, r *coach.Rep, from time.Time, d time.Duration) time.Time {
	at := from
	for range 366 {
		at = nextAllowed(pb, r, at)
		if at.IsZero() {
			return at
		}
		end := coach.DateOf(at.In(r.Zone)).At(r.To, r.Zone)
		if left := end.Sub(at); d < left {
			return at.Add(d)
		} else {
			d -= left
		}
		at = end
	}
	return time.Time{}
}

// workingTime is the moment when so much of the rep's working time has passed
// since from (H2); the zero time when there is none within a year.
func (b *Bot) workingTime(r *coach.Rep, from time.Time, d time.Duration) time.Time {
	return workingAfter(b.Playbook(), r, from, d)
}
