package localslack

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestPageClockTargets(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ zone, now, to, want string }{
		{"Europe/Berlin", "2026-01-05 08:59", clockHour, "2026-01-05 09:59"},
		{"Europe/Berlin", "2026-01-05 08:59", clockMorning, "2026-01-05 09:00"},
		{"Europe/Berlin", "2026-01-05 09:00", clockMorning, "2026-01-06 09:00"},
		{"Europe/Berlin", "2026-01-09 09:00", clockMorning, "2026-01-12 09:00"},
		{"Europe/Berlin", "2026-01-10 03:00", clockMorning, "2026-01-12 09:00"},
		{"Europe/Berlin", "2026-01-05 08:59", clockFriday, "2026-01-09 16:00"},
		{"Europe/Berlin", "2026-01-09 15:59", clockFriday, "2026-01-09 16:00"},
		{"Europe/Berlin", "2026-01-09 16:00", clockFriday, "2026-01-16 16:00"},
		{"Europe/Berlin", "2026-03-27 17:00", clockMorning, "2026-03-30 09:00"}, // over the spring change
		{"Europe/Berlin", "2026-03-29 01:30", clockHour, "2026-03-29 03:30"},
		{"America/New_York", "2026-10-30 16:00", clockFriday, "2026-11-06 16:00"}, // over the autumn change
		{"Asia/Kolkata", "2026-12-31 22:00", clockMorning, "2027-01-01 09:00"},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		now, err := time.ParseInLocation("2006-01-02 15:04", c.now, zone)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := clockTarget(c.to, now.UTC(), zone)
		if !ok || got.Format("2006-01-02 15:04") != c.want || !got.After(now) {
			t.Errorf("%s %s from %s: %s, want %s", c.zone, c.to, c.now, got, c.want)
		}
	}
	if _, ok := clockTarget("yesterday", time.Unix(0, 0), time.UTC); ok {
		t.Error("a word the clock does not know was taken")
	}
}

func TestPageMovesTheClockInThePersonsZone(t *testing.T) {
	t.Parallel()
	w := newPageWorld(t)
	if status, _, body := w.ask("POST", "/world/clock", `{"as":"UBEN","to":"morning"}`); status != 200 || !strings.Contains(body, "true") {
		t.Fatal(status, body)
	}
	if got := w.state("as=UBEN").Clock.Label; got != "Mon 5 Jan 2026, 09:00" {
		t.Errorf("Ben in New York: %s", got)
	}
	if got := w.state("as=UADA").Clock.Label; got != "Mon 5 Jan 2026, 15:00" {
		t.Errorf("Ada in Berlin: %s", got)
	}
	if status, _, _ := w.ask("POST", "/world/clock", `{"as":"UADA","to":"christmas"}`); status != http.StatusBadRequest {
		t.Errorf("an unknown target: %d", status)
	}
	w.mu.Lock()
	w.now = time.Date(2026, 12, 31, 23, 30, 0, 0, time.UTC)
	w.mu.Unlock()
	if _, _, body := w.ask("POST", "/world/clock", `{"as":"UADA","to":"hour"}`); !strings.Contains(body, "no such year") {
		t.Errorf("a move that failed says %s", body)
	}
}
