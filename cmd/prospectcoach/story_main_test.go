package main

import (
	"fmt"
	"strings"
	"testing"
)

const janeLine = `/prospect add Jane Doe, Acme, CFO email:jane@acme.test phone:+491701234 industry:logistics research:opened a hub in Leipzig in January`

// The main job as a rep lives it: add with the form, take the suggestion, ask
// for another angle, log it, the next mornings' nudges, a reply, the summary.
func TestStory_FromTheFirstTouchToTheReply(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")

	ada.Command("/prospect add").Form("Add a prospect").
		Fill("Name", "Jane Doe").Fill("Company", "Acme").Fill("Title", "CFO").Fill("Industry", "logistics").
		Fill("Email", "jane@acme.test").Fill("Phone", "+49 341 5550 110").Fill("Kind of line", "switchboard").
		Fill("Something you found out about them", "opened a hub in Leipzig in January").Submit().
		Form("Added #1 Jane Doe, Acme", "First attempt", "6 January")
	ada.ClearViews()

	w.Until("Tue 09:00")
	nudge := ada.Expect("1 due today", "Jane Doe, Acme")
	nudge.Click("Open").Sees("attempt 1 of 8", "opened a hub in Leipzig in January")
	first := ada.Command("/prospect next jane")
	another := first.Click("Another angle")
	if another.Words() == first.Words() {
		t.Error("another angle is the same message")
	}
	logged := ada.logDue("1")
	logged.Sees("Jane Doe")

	for _, day := range []string{"2026-01-13 09:00", "2026-01-20 09:00"} {
		w.Until(day)
		ada.Expect("Jane Doe, Acme").Sees("Last:")
		ada.logDue("1")
	}
	w.Until("2026-01-27 09:00")
	ada.Expect("Jane Doe, Acme")
	ada.Command("/prospect replied jane meeting 4 Feb").Sees("Jane Doe")
	ada.Command("/prospect show 1").Sees("engaged")

	// Weekly summaries of the weeks on the way came on their Fridays; the own
	// weeks by DM.
	w.Until("2026-01-30 16:00")
	var last string
	for _, m := range w.slack.UnexpectedIn(demoChannel) {
		w.slack.Take(m)
		last = words(m)
	}
	for _, want := range []string{"1 reply", "1 meeting"} {
		if !strings.Contains(strings.ToLower(last), want) {
			t.Errorf("the last summary lacks %q:\n%s", want, last)
		}
	}
	ada.expectOwnWeeks()
}

// logDue takes the suggestion for that prospect and does what it says: a call
// becomes a voicemail with its email.
func (a *actor) logDue(ref string) *answer {
	a.Helper()
	s := a.Command("/prospect next " + ref)
	for _, label := range []string{"Left voicemail", "Log it"} {
		if strings.Contains(s.Words(), "["+label+"]") {
			logged := s.Click(label)
			// The companion email is offered at once; a rep in a hurry logs it.
			if strings.Contains(logged.Words(), "[Log the email]") {
				return logged.Click("Log the email")
			}
			return logged
		}
	}
	a.Fatalf("nothing to log for %s:\n%s", ref, s.Words())
	return nil
}

// expectOwnWeeks takes the rep's own weekly messages.
func (a *actor) expectOwnWeeks() {
	a.Helper()
	for _, m := range a.p.Unexpected() {
		if strings.Contains(string(m.Metadata), "weekly_summary") {
			a.p.Take(m)
		}
	}
}

// From the first touch to an earned move-on, over weeks, with every message
// accounted for: one nudge per attempt, nothing in between.
func TestStory_MoveOnIsRecommendedOnlyWhenEarned(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 08:59", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command(janeLine).Sees("#1", "Jane Doe")
	early := ada.Command("/prospect move-on 1")
	early.Sees("not everything has been tried", "attempts", "Move on all the same")

	seen := map[string]bool{}
	for attempt := 1; attempt <= 8; attempt++ {
		w.waitForNudge(ada)
		s := ada.Command("/prospect next 1")
		s.Sees(fmt.Sprintf("attempt %d of 8", attempt))
		draft := s.Words()
		if seen[draft] {
			t.Fatalf("attempt %d says the same as an earlier one", attempt)
		}
		seen[draft] = true
		ada.logDue("1").Sees("Jane Doe")
		ada.expectOwnWeeks()
	}
	ada.Command("/prospect show 1").Sees("wait")
	w.waitForNudge(ada)
	ada.Command("/prospect show 1").Sees("Move on")
	ada.Command("/prospect move-on 1 never").Sees("Moved on from Jane Doe")
	ada.Command("/prospect list moved-on").Sees("Jane Doe")

	// Silence from here on: no nudge for somebody we let go.
	w.Until("Thu 09:00")
	w.Until("Wed 09:00")
	for _, m := range w.slack.UnexpectedIn(demoChannel) {
		w.slack.Take(m)
	}
	ada.expectOwnWeeks()
}

// waitForNudge moves on morning by morning until the rep is nudged.
func (s *story) waitForNudge(a *actor) {
	s.Helper()
	for range 40 {
		s.Until("09:00")
		a.expectOwnWeeks()
		for _, m := range s.slack.UnexpectedIn(demoChannel) {
			s.slack.Take(m)
		}
		for _, m := range a.p.Unexpected() {
			if strings.Contains(string(m.Metadata), "prospect_nudge") {
				a.p.Take(m)
				return
			}
		}
	}
	s.Fatal("no nudge in forty days")
}

// A restart in the middle goes on where it was, and a restart over the nudge
// hour still nudges, once.
func TestStory_RestartOverTheNudgeHour(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 08:59", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command(janeLine).Sees("#1")
	w.Until("Tue 08:59")
	if err := w.stopBot(); err != nil {
		t.Fatal(err)
	}
	w.clock.set(w.moment("Tue 09:20")) // nobody is there at nine
	if err := w.start(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if err := w.tick(t.Context(), w.clock.Now()); err != nil {
		t.Fatal(err)
	}
	ada.Expect("Jane Doe")
	w.Restart()
	if err := w.tick(t.Context(), w.clock.Now()); err != nil {
		t.Fatal(err)
	}
	w.Until("Tue 18:00")
	ada.Command("/prospect show jane").Sees("Jane Doe")
}

// A rep never sees another rep's prospects: "not yours" reads as "not there".
func TestStory_NotYoursReadsAsNotThere(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada, ben := w.Person("ada"), w.Person("ben")
	ada.Command(janeLine).Sees("#1")
	for _, line := range []string{"show %d", "next %d", "plan %d", "log %d email", "replied %d", "snooze %d tomorrow", "move-on %d never", "note %d research: x", "edit %d", "reopen %d"} {
		yours := ben.Command("/prospect " + fmt.Sprintf(line, 1)).Words()
		nowhere := ben.Command("/prospect " + fmt.Sprintf(line, 999)).Words()
		if strings.ReplaceAll(yours, "1", "999") != nowhere {
			t.Errorf("%s: somebody else's answers\n%s\nnobody's answers\n%s", line, yours, nowhere)
		}
		if strings.Contains(yours, "Jane") {
			t.Errorf("%s shows somebody else's prospect:\n%s", line, yours)
		}
	}
	if list := ben.Command("/prospect list all").Words(); strings.Contains(list, "Jane") {
		t.Errorf("the list shows somebody else's prospect:\n%s", list)
	}
	ada.Command("/prospect show 1").Sees("Jane Doe")
}
