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
	onBoth(t, fromTheFirstTouchToTheReply)
}

func fromTheFirstTouchToTheReply(t *testing.T, database storyOption) {
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin", database)
	ada := w.Person("ada")

	ada.Command("/prospect add").Form("Add a prospect").
		Fill("Name", "Jane Doe").Fill("Company", "Acme").Fill("Title", "CFO").Fill("Industry", "logistics").
		Fill("Email", "jane@acme.test").Fill("Phone", "+49 341 5550 110").Fill("Kind of line", "switchboard").
		Fill("Something you found out about them", "opened a hub in Leipzig in January").Submit().
		Form("Added #1 Jane Doe, Acme", "First attempt", "6 January")
	ada.ClearViews()

	w.Until("Tue 09:00")
	nudge := ada.Expect("1 due today", "Jane Doe, Acme")
	nudge.Sees("opened a hub in Leipzig in January")
	nudge.Click("Open").Sees("Attempt 1 of 8", "opened a hub in Leipzig in January")
	first := ada.Command("/prospect next jane")
	another := first.Click("Another angle")
	if another.Words() == first.Words() {
		t.Error("another angle is the same message")
	}
	logged := ada.logDue("1")
	logged.Sees("Jane Doe")

	for _, day := range []string{"2026-01-13 09:00", "2026-01-20 09:00"} {
		w.Until(day)
		ada.expectWeeks()
		ada.Expect("Jane Doe, Acme").Sees("Last:")
		ada.logDue("1")
	}
	w.Until("2026-01-27 09:00")
	ada.Expect("Jane Doe, Acme")
	ada.Command("/prospect replied jane meeting 4 Feb").Sees("Jane Doe")
	ada.Command("/prospect show 1").Sees("Engaged, meeting Wed 4 February")

	ada.expectWeeks()

	w.Until("2026-01-30 16:00")
	w.ExpectIn(demoChannel, "24 January to 30 January", "*1 reply*", "1 meeting", "Replies by attempt number")
	ada.Expect("Your week", "*1 reply*")
}

// logDue takes the suggestion for that prospect and does what it says: the
// gatekeeper is asked, a call becomes a voicemail with its email.
func (a *actor) logDue(ref string) *answer {
	a.Helper()
	s := a.Command("/prospect next " + ref)
	label := "Log it"
	switch {
	case strings.Contains(s.Words(), "Call, ask the assistant"):
		label = "Gatekeeper"
	case strings.Contains(s.Words(), "[Left voicemail]"):
		label = "Left voicemail"
	}
	logged := s.Click(label)
	if strings.Contains(logged.Words(), "an email is coming") {
		return logged.Click("Log it")
	}
	return logged
}

// expectWeeks takes the weekly summaries: the team's, and the rep's own.
func (a *actor) expectWeeks() {
	a.Helper()
	for _, m := range a.slack.Unexpected() {
		own := strings.HasPrefix(words(m), "Your week")
		if m.Channel == demoChannel || own && m.Channel == a.p.DM().ID {
			a.p.Take(m)
		}
	}
}

// From the first touch to an earned move-on, over weeks, with every message
// accounted for: one nudge per attempt, nothing in between.
func TestStory_MoveOnIsRecommendedOnlyWhenEarned(t *testing.T) {
	t.Parallel()
	onBoth(t, moveOnIsRecommendedOnlyWhenEarned)
}

func moveOnIsRecommendedOnlyWhenEarned(t *testing.T, database storyOption) {
	w := newWorld(t, "Mon 2026-01-05 08:59", "Europe/Berlin", database)
	ada := w.Person("ada")
	ada.Command(janeLine).Sees("#1", "Jane Doe")
	early := ada.Command("/prospect move-on 1")
	early.Sees("not everything has been tried", "attempts", "Move on all the same")

	// With one fact and no nuggets the new things to say run out at the fifth
	// attempt (A8): the coach says so, and the last tries begin.
	seen := map[string]bool{}
	for attempt := 1; attempt <= 7; attempt++ {
		w.waitForNudge(ada)
		s := ada.Command("/prospect next 1")
		s.Sees(fmt.Sprintf("ttempt %d of ", attempt))
		if attempt == 6 {
			s.Sees("There is nothing new left to say", "either way")
		}
		draft := s.Words()
		if seen[draft] {
			t.Fatalf("attempt %d says the same as an earlier one", attempt)
		}
		seen[draft] = true
		ada.logDue("1").Sees("Jane Doe")
		ada.expectWeeks()
	}
	w.waitForNudge(ada)
	ada.Command("/prospect show 1").Sees("move on with your head up")
	ada.Command("/prospect move-on 1 never").Sees("Moved on from Jane Doe")
	ada.Command("/prospect list moved-on").Sees("Jane Doe")

	// Silence from here on: no nudge for somebody we let go.
	w.Until("Thu 09:00")
	w.Until("Wed 09:00")
	ada.expectWeeks()
}

// waitForNudge moves on morning by morning until the rep is nudged.
func (s *story) waitForNudge(a *actor) {
	s.Helper()
	for range 40 {
		s.Until("09:00")
		a.expectWeeks()
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
	onBoth(t, restartOverTheNudgeHour)
}

func restartOverTheNudgeHour(t *testing.T, database storyOption) {
	w := newWorld(t, "Mon 2026-01-05 08:59", "Europe/Berlin", database)
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
	onBoth(t, notYoursReadsAsNotThere)
}

func notYoursReadsAsNotThere(t *testing.T, database storyOption) {
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin", database)
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
	if list := ben.Command("/prospect list all").Words(); strings.Contains(list, "#1") {
		t.Errorf("the list shows somebody else's prospect:\n%s", list)
	}
	ada.Command("/prospect show 1").Sees("Jane Doe")
}
