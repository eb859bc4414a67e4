package coach

import "time"

// Rep is a salesperson: whose prospects these are, when they work, and how
// they want to be nudged. The zero values of the settings mean the defaults.
type Rep struct {
	ID      string // Slack user id
	Name    string // full name as Slack knows it
	Company string // the seller's own company, used in drafts
	Zone    *time.Location
	Country string // ISO code for public holidays (C3); "" means none

	WorkingDays Weekdays // 0 means the team's default
	From, To    int      // working hours in minutes of the day (S4); To 0 means the default 08:00–18:00
	DaysOff     []Span   // own days off (C3)

	NudgeAt     int  // minute of the day (S1); -1 or 0 means the team's default hour
	Daily       int  // C11: how many a day; 0 means the default 10
	Paused      bool // S4: paused until PausedUntil, or until resumed if that is zero
	PausedUntil Date // first day on which nudges come again
	Why         string
	Gone        bool // deactivated in Slack: no more nudges
}

// PausedOn tells whether the rep's pause covers that day (S4).
func (r *Rep) PausedOn(d Date) bool {
	return r.Paused && (r.PausedUntil == 0 || d < r.PausedUntil)
}
