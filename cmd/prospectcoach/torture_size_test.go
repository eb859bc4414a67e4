package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// size is what a process says of itself in an evening.
type size struct{ heap, goroutines, files, rss int }

// leastOf is the smallest of everything: what is still under way at one look
// makes that look larger, and what leaks makes all of them larger.
func leastOf(sizes []size) size {
	least := sizes[0]
	for _, s := range sizes[1:] {
		least.heap, least.goroutines = min(least.heap, s.heap), min(least.goroutines, s.goroutines)
		least.files, least.rss = min(least.files, s.files), min(least.rss, s.rss)
	}
	return least
}

// heapMayGrow is by how much the heap may differ between two evenings that hold
// the same: an index page more, a list of free numbers that grew. It is far
// less than what a leak of a few bytes a deed comes to in an hour.
const heapMayGrow = 512 << 10

// idleFor is longer than a connection that nobody uses stays open, to the
// database or to Slack. One or the other may be left from the day in every
// evening of a quarter that is shorter, with a file and two goroutines each.
const (
	idleFor    = 90 * time.Second
	connecting = 6
)

// pooled are the files of one connection more that the database keeps: its own
// and the log beside it.
const pooled = 2

// grown says what is larger in the last quarter of the evenings than in the
// second; the first quarter is warming up. Goroutines and open files are
// counted exactly, but for idle connections when a quarter is too short to see
// them closed. Nothing can be said of fewer than eight evenings.
func grown(sizes []size) (wrong []string) {
	if len(sizes) < 8 {
		return nil
	}
	quarter := len(sizes) / 4
	was, is := leastOf(sizes[quarter:2*quarter]), leastOf(sizes[len(sizes)-quarter:])
	more := pooled
	if time.Duration(quarter)*soakDay < idleFor {
		more = connecting + pooled
	}
	if is.heap > was.heap+heapMayGrow {
		wrong = append(wrong, fmt.Sprintf("the heap grew from %d to %d bytes", was.heap, is.heap))
	}
	if is.goroutines > was.goroutines+more-pooled {
		wrong = append(wrong, fmt.Sprintf("goroutines grew from %d to %d", was.goroutines, is.goroutines))
	}
	if is.files > was.files+more {
		wrong = append(wrong, fmt.Sprintf("open files grew from %d to %d", was.files, is.files))
	}
	return wrong
}

// The judgement on the soak can fail: it sees a leak of 8 KB a day in an hour
// and of 64 KB a day in three minutes, one goroutine and one file, however much is
// under way in most of the evenings; and it says nothing against a team
// whose work comes and goes.
func TestTheSoaksJudgementSeesALeak(t *testing.T) {
	t.Parallel()
	days := func(n int, of func(day int) size) (sizes []size) {
		for i := range n {
			s := of(i)
			s.heap += 6 << 20
			s.goroutines += 15
			s.files += 25
			if i%3 != 0 { // something is still under way
				s.heap += (i * 7919 % 8) << 20
				s.goroutines += i * 31 % 40
				s.files += i % 3
			}
			sizes = append(sizes, s)
		}
		return sizes
	}
	for _, c := range []struct {
		name  string
		sizes []size
		wrong string
	}{
		{"nothing grows in an hour", days(400, func(int) size { return size{} }), ""},
		{"nothing grows in three minutes", days(20, func(int) size { return size{} }), ""},
		{"8 KB a day in an hour", days(400, func(d int) size { return size{heap: d * 8 << 10} }), "heap"},
		{"64 KB a day in three minutes", days(20, func(d int) size { return size{heap: d * 64 << 10} }), "heap"},
		{"a table that was full after a fifth", days(400, func(d int) size { return size{heap: min(d, 80) * 50 << 10} }), ""},
		{"a goroutine", days(400, func(d int) size { return size{goroutines: d / 200} }), "goroutines"},
		{"a file", days(400, func(d int) size { return size{files: d / 50} }), "files"},
		{"a goroutine a day in three minutes", days(20, func(d int) size { return size{goroutines: d} }), "goroutines"},
		{"a connection that is left in three minutes", days(20, func(d int) size { return size{goroutines: d / 10 * 4, files: d / 10 * 2} }), ""},
		{"memory of the race detector's", days(400, func(d int) size { return size{rss: d << 20} }), ""},
		{"too few evenings", days(7, func(d int) size { return size{heap: d << 20} }), ""},
	} {
		got := grown(c.sizes)
		if c.wrong == "" && len(got) > 0 || c.wrong != "" && (len(got) != 1 || !strings.Contains(got[0], c.wrong)) {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// tellSize says every evening how large the process is: heap in use after a
// collection, goroutines, open files, memory of the operating system's. It
// looks several times while people are at home and tells the least.
func tellSize(ctx context.Context, since time.Time, day time.Duration) {
	for {
		evening := time.NewTimer(day*8/10 - time.Since(since)%day)
		select {
		case <-evening.C:
		case <-ctx.Done():
			return
		}
		var looks []size
		for range 4 {
			looks = append(looks, sizeNow())
			<-time.After(day / 25)
		}
		least := leastOf(looks)
		fmt.Printf("SIZE %d %d %d %d\n", least.heap, least.goroutines, least.files, least.rss)
		<-time.After(day - time.Since(since)%day)
	}
}

func sizeNow() size {
	runtime.GC()
	runtime.GC() // the first one lets finalizers free the rest
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	files, _ := os.ReadDir("/proc/self/fd")
	var pages int
	if raw, err := os.ReadFile("/proc/self/statm"); err == nil {
		_, _ = fmt.Sscanf(string(raw), "%d %d", new(int), &pages)
	}
	return size{int(m.HeapAlloc), runtime.NumGoroutine(), len(files), pages * os.Getpagesize()}
}

// sizesIn reads what the process said of its size.
func sizesIn(log string) (sizes []size) {
	for line := range strings.Lines(log) {
		var s size
		if n, _ := fmt.Sscanf(line, "SIZE %d %d %d %d", &s.heap, &s.goroutines, &s.files, &s.rss); n == 4 {
			sizes = append(sizes, s)
		}
	}
	return sizes
}

// fillMemories has the playbook advise on so many people that its memory of
// texts, which has a fixed number of slots, is full before the first evening:
// filling it in the course of an hour would look like a leak, and hide one.
func fillMemories(pb *coach.Playbook, now time.Time) {
	rep := &coach.Rep{ID: "U0FILLER", Name: "Rep 0", Zone: time.UTC, WorkingDays: coach.MonToFri, To: 24 * 60}
	for i := range peopleToFill {
		p := &coach.Prospect{Name: fmt.Sprintf("Kim Filler%d", i), Company: fmt.Sprintf("Firm %d GmbH", i), Title: "VP", Email: "kim@filler.test", Phone: "+493415550000", Added: now}
		c := coach.Case{Playbook: pb, Now: now, Rep: rep, Prospect: p}
		if c.Begin(coach.Cold, 0) != nil {
			continue
		}
		p.Facts = []coach.Fact{{ID: 1, Kind: coach.Research, Text: "opened a hub"}}
		for range 2 {
			if s := c.Advise().Suggestion; s != nil {
				_, _ = c.Log(coach.Touch{Channel: s.Channel, Angle: s.Angle, Outcome: coach.OutcomeSent, Text: s.Draft, Variant: s.Variant})
			}
		}
		c.Advise()
	}
}

// peopleToFill is how many people that takes, at a handful of texts each.
const peopleToFill = 1500
