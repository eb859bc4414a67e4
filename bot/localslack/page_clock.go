package localslack

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

// The buttons of the clock, by the word the page sends.
const (
	clockHour    = "hour"
	clockMorning = "morning"
	clockFriday  = "friday"
)

// clockTarget answers where a button takes the world, in the person's zone.
// Every target lies after now: an hour on; 09:00 on the next day from Monday to
// Friday; 16:00 on the next Friday.
func clockTarget(to string, now time.Time, zone *time.Location) (time.Time, bool) {
	local := now.In(zone)
	at := func(days, hour int) time.Time {
		return time.Date(local.Year(), local.Month(), local.Day()+days, hour, 0, 0, 0, zone)
	}
	next := func(hour int, fits func(time.Weekday) bool) time.Time {
		for days := 0; ; days++ {
			if t := at(days, hour); t.After(now) && fits(t.Weekday()) {
				return t
			}
		}
	}
	switch to {
	case clockHour:
		return local.Add(time.Hour), true
	case clockMorning:
		return next(9, func(d time.Weekday) bool { return d != time.Saturday && d != time.Sunday }), true
	case clockFriday:
		return next(16, func(d time.Weekday) bool { return d == time.Friday }), true
	default:
		return time.Time{}, false
	}
}

// clockState is the clock as the page draws it.
type clockState struct {
	Label   string `json:"label"` // "Mon 5 Jan 2026, 08:59"
	Moves   bool   `json:"moves"`
	Hour    string `json:"hour"`
	Morning string `json:"morning"`
	Friday  string `json:"friday"`
}

func (p *pageDoor) clock(now time.Time, zone *time.Location) clockState {
	label := func(to string) string {
		t, _ := clockTarget(to, now, zone)
		return t.Format("Mon 2 Jan, 15:04")
	}
	return clockState{
		Label: now.In(zone).Format("Mon 2 Jan 2006, 15:04"), Moves: p.opt.Move != nil,
		Hour: label(clockHour), Morning: label(clockMorning), Friday: label(clockFriday),
	}
}

// moveLimit bounds one press of a clock button in real time.
const moveLimit = 5 * time.Minute

// serveClock moves the world. A browser that goes away in the middle does not
// stop it halfway.
func (p *pageDoor) serveClock(w http.ResponseWriter, r *http.Request) {
	var ask struct{ As, To string }
	if err := json.NewDecoder(r.Body).Decode(&ask); err != nil {
		refusePage(w, http.StatusBadRequest, "The request is not readable JSON.")
		return
	}
	as, ok := p.persona(ask.As)
	if !ok {
		refusePage(w, http.StatusForbidden, "You cannot act as that person.")
		return
	}
	if p.opt.Move == nil {
		refusePage(w, http.StatusNotFound, "This clock cannot be moved.")
		return
	}
	if !p.moving.TryLock() {
		refusePage(w, http.StatusConflict, "The clock is already moving; one moment.")
		return
	}
	defer p.moving.Unlock()
	to, ok := clockTarget(ask.To, p.opt.Now(), p.zoneOf(as))
	if !ok {
		refusePage(w, http.StatusBadRequest, "The clock knows hour, morning and friday.")
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), moveLimit)
	defer cancel()
	err := p.opt.Move(ctx, to)
	p.tell()
	if err != nil {
		sendPage(w, http.StatusOK, map[string]string{"error": "The clock stopped on the way: " + err.Error()})
		return
	}
	sendPage(w, http.StatusOK, map[string]bool{"ok": true})
}

// zoneOf is the person's zone, UTC for somebody without one.
func (p *pageDoor) zoneOf(user string) *time.Location {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if u := p.s.users[user]; u != nil {
		return u.zone()
	}
	return time.UTC
}
