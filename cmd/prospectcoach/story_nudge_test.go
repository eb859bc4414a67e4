package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

// kinds of unasked messages, as their metadata names them.
func isNudge(m localslack.Message) bool {
	return strings.Contains(string(m.Metadata), `"prospect_nudge"`)
}

func isReminder(m localslack.Message) bool {
	return strings.Contains(string(m.Metadata), `"prospect_reminder"`)
}

// S1, S2: one message, in order of importance, ten at most and a count; what
// is overdue is carried, not repeated as new.
func TestStory_S1_S2_TheMorningMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	for i := range 10 {
		ada.Command(fmt.Sprintf("/prospect add Cold %c, Company %c, Buyer email:c%c@x.test", 'A'+i, 'A'+i, 'a'+i))
	}
	ada.Command("/prospect add Hot Holly, Hothouse, CFO email:hot@x.test urgency:high")
	ada.Command("/prospect add Paula Proposal, Penline, CFO email:paula@x.test situation:proposal")
	w.Until("Tue 08:59")
	w.Silence("before nine")
	w.Until("Tue 09:00")
	nudge := ada.Expect("12 due today", "And 2 more", "/prospect list due")
	text := nudge.Words()
	if n := strings.Count(text, "\nLast:") + strings.Count(text, "Attempt 1 of"); n != 10 {
		t.Errorf("%d cards, ten were promised:\n%s", n, text)
	}
	before := func(first, second string) {
		if i, j := strings.Index(text, first), strings.Index(text, second); i < 0 || j < 0 || i > j {
			t.Errorf("S2: %s should stand before %s:\n%s", first, second, text)
		}
	}
	before("Hot Holly", "Paula Proposal") // urgency
	before("Paula Proposal", "Cold A")    // proposal before cold
	m := nudge.shown[0]
	if !strings.HasPrefix(m.Text, "12 due today: Hot Holly, Hothouse") || len(m.Text) > 3900 {
		t.Errorf("the lock screen reads: %.80s", m.Text)
	}
	for _, gone := range []string{"Hot Holly", "Paula"} {
		ada.Command("/prospect snooze " + gone + " 1 Mar")
	}
	for i := range 9 {
		ada.Command(fmt.Sprintf("/prospect snooze %d 1 Mar", i+1))
	}
	w.Until("Wed 09:00")
	ada.Expect("1 due today", "Cold J", "1 day late")
	w.Until("Wed 23:00")
	w.Silence("for the rest of the day")
}

// An old nudge, clicked the next day, says that it moved to today.
func TestStory_AnOldNudgeMovedToToday(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command("/prospect add Jane Doe, Acme, CFO email:jane@acme.test")
	ada.Command("/prospect add Bob Ray, Beta, Buyer email:bob@beta.test")
	w.Until("Tue 09:00")
	old := ada.Expect("2 due today")
	w.Until("Wed 09:00")
	ada.Expect("2 due today", "1 day late")
	moved := old.Click("Log it")
	moved.Sees("Moved to today", "Logged", "1 due")
	if moved.shown[0].TS != old.shown[0].TS {
		t.Error("the old message itself should be drawn anew")
	}
	again := moved.Choose("more", "Snooze")
	again.Form("Until").Fill("Until", "In 2 weeks (Wed 21 January)").Submit()
	ada.ClearViews()
	ada.Command("/prospect").Sees("Nothing is due now")
}

// S4: silence outside working hours, on days off, while paused and in
// do-not-disturb; it comes at the next allowed moment, once.
func TestStory_S4_SilenceIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command("/prospect add Jane Doe, Acme, CFO email:jane@acme.test")
	ada.Command("/prospect settings").Form("Settings").Fill("Working hours from", "10:00").Fill("Days off", "9 Jan").Submit().Refused("").
		Fill("Morning message at", "10").Submit().Form("Saved", "10:00")
	ada.ClearViews()

	w.Until("Tue 09:59")
	w.Silence("before the rep's working hours")
	w.Until("Tue 10:00")
	ada.Expect("1 due today")

	day := w.moment("2026-01-07 00:00")
	w.Changed("ada", func(u *localslack.User) {
		u.DND = localslack.DND{Enabled: true, NextStart: day.Unix(), NextEnd: day.Add(11*time.Hour + 30*time.Minute).Unix()}
	})
	w.Until("Wed 11:29")
	w.Silence("in do-not-disturb")
	w.Until("Wed 12:00")
	ada.Expect("1 due today", "1 day late")

	ada.Command("/prospect pause until 12 Jan").Sees("I am back Mon 12 January")
	w.Until("2026-01-11 23:00")                                 // paused, a day off, the weekend
	w.ExpectIn(demoChannel, "The week, 3 January to 9 January") // the team's does not wait for one rep
	w.Silence("paused and off")
	ada.Command("/prospect settings").Form("Settings").Fill("Working hours from", "08:00").Fill("Morning message at", "09:00").Submit().Form("Saved")
	ada.ClearViews()
	w.Until("2026-01-12 09:00")
	ada.expectWeeks() // S4: the week that closed in the silence comes now
	ada.Expect("1 due today", "late")
	w.Until("2026-01-12 23:00")
	w.Silence("no backlog")

	ada.Command("/prospect pause").Sees("until you resume")
	w.Until("2026-01-26 12:00")
	for _, m := range ada.p.Unexpected() {
		t.Errorf("paused for good, and yet: %s", words(m))
	}
	ada.Command("/prospect resume").Sees("Good to have you back")
	w.Until("2026-01-27 09:00")
	ada.Expect("1 due today")
	ada.expectWeeks()
}

// Back from a holiday there is no pile: what waited is let in only as far as
// the rep's day has room (C11), in one message.
func TestStory_C11_BackFromAHoliday(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command("/prospect settings").Form("Settings").Fill("At most so many prospects a day", "4").Fill("Days off", "7 Jan to 20 Jan").Submit().Form("Saved", "at most 4")
	ada.ClearViews()
	for i := range 9 {
		ada.Command(fmt.Sprintf("/prospect add Person %c, Company %c, Buyer email:p%c@x.test starts:8 Jan", 'A'+i, 'A'+i, 'a'+i))
	}
	w.Until("2026-01-20 23:00")
	ada.expectWeeks()
	w.Silence("on holiday")
	seen := map[string]bool{}
	for _, day := range []string{"2026-01-21 09:00", "2026-01-22 09:00", "2026-01-23 09:00"} {
		w.Until(day)
		nudge := ada.Expect("due today")
		n := 0
		for i := range 9 {
			if name := fmt.Sprintf("Person %c", 'A'+i); strings.Contains(nudge.Words(), name) {
				n++
				if !seen[name] {
					seen[name] = true
					ada.Command(fmt.Sprintf("/prospect log %d email", i+1))
				}
			}
		}
		if n > 4 {
			t.Errorf("C11: %s brings %d, the rep's day has room for 4:\n%s", day, n, nudge.Words())
		}
	}
	w.Until("2026-01-26 09:00")
	ada.expectWeeks()
	ada.p.Take(ada.Expect("due today").shown[0])
	if len(seen) < 8 {
		t.Errorf("only %d of nine were let in after four days", len(seen))
	}
}

// S5: the rep's own why comes along at most once a week.
func TestStory_S5_TheOwnWhy(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command("/prospect why I take paperwork off people's desks").Sees("Kept")
	ada.Command("/prospect why").Sees("I take paperwork off people's desks")
	ada.Command("/prospect add Jane Doe, Acme, CFO email:jane@acme.test")
	var days []string
	for d := range 14 {
		w.Until("09:00")
		ada.expectWeeks()
		for _, m := range ada.p.Unexpected() {
			ada.p.Take(m)
			if strings.Contains(words(m), "Your why: I take paperwork") {
				days = append(days, fmt.Sprint(d))
			}
		}
	}
	if got := strings.Join(days, " "); got != "0 7" {
		t.Errorf("S5: the why came on days %s, not once a week", got)
	}
}

// S3, C5: a best time the gatekeeper told is reminded of once, at that time,
// even before working hours; H2: the email a voicemail announced once, after
// two hours of working time, and it stays one attempt.
func TestStory_S3_SingleReminders(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command("/prospect add Jane Doe, Acme, CFO phone:+4934177001 line:switchboard research:opened a hub in Leipzig")
	ada.Command("/prospect note 1 gatekeeper: Ana, try after 16").Sees("after 16")
	w.Until("Tue 09:00")
	ada.Expect("1 due today", "Jane Doe")
	w.Until("Tue 15:59")
	w.Silence("before the best time")
	w.Until("Tue 16:30")
	best := ada.Expect("Ana told you", "after 16")
	if !isReminder(best.shown[0]) {
		t.Errorf("S3: not marked as a reminder: %s", best.shown[0].Metadata)
	}
	best.Click("What to say").Sees("Jane Doe, Acme")
	w.Until("Tue 23:00")
	w.Silence("a second reminder")
	ada.Command("/prospect snooze 1 1 Mar")

	ada.Command("/prospect add Bob Ray, Beta, Buyer phone:+4934177002 email:bob@beta.test industry:logistics starts:today")
	w.Until("Wed 09:00")
	ada.Expect("Bob Ray")
	w.Until("Wed 17:00")
	ada.Command("/prospect next 2").Click("Left voicemail").Sees("an email is coming")
	w.Until("Thu 08:59")
	w.Silence("an hour of working time has passed")
	w.Until("Thu 09:00") // the morning's message is the one reminder
	pair := ada.Expect("1 due today", "email follows, and none is logged yet", "Bob")
	if !isNudge(pair.shown[0]) {
		t.Errorf("H2: not the morning's message: %s", pair.shown[0].Metadata)
	}
	w.Until("Thu 18:00")
	w.Silence("a second reminder")
	pair.Click("Log it").Sees("Logged: email to Bob Ray")
	ada.Command("/prospect show 2").Sees("1 attempt so far")
}

// S2: an email that yesterday's voicemail announced comes first in the morning,
// also when the next attempt is not due for days; once it is sent, or its day
// is over, nothing is left of it.
func TestStory_S2_YesterdaysUnsentEmailComesFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Thu 2026-01-08 09:30", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command("/prospect add Bob Ray, Beta, Buyer phone:+4934177002 email:bob@beta.test industry:logistics purchase:capital starts:today")
	ada.Command("/prospect add Cy Lee, Gamma, Buyer phone:+4934177003 email:cy@gamma.test industry:logistics purchase:capital starts:today")
	ada.Command("/prospect add Hot Holly, Hothouse, CFO email:hot@x.test urgency:high starts:fri")
	ada.Command("/prospect next 1").Click("Left voicemail").Sees("an email is coming", "Subject: ")
	ada.Command(`/prospect log 2 voicemail "Cy, it is about the second hub. I am sending you two lines by email too."`).Sees("voicemail to Cy Lee")
	ada.Command("/prospect").Sees("Nothing is due now") // today its email was offered at once
	w.Until("Thu 12:00")
	ada.Expect("You told Bob Ray, Beta on the voicemail")
	ada.Expect("You told Cy Lee, Gamma on the voicemail")
	w.Until("Fri 09:00")
	nudge := ada.Expect("3 due today", "The email your voicemail announced", "Hot Holly")
	if text := nudge.Words(); strings.Index(text, "Hot Holly") < strings.Index(text, "Bob Ray") || strings.Index(text, "Hot Holly") < strings.Index(text, "Cy Lee") {
		t.Errorf("S2: what is urgent stands before the email that was announced:\n%s", text)
	}
	if home := ada.OpenHome(); !strings.Contains(home, "The email your voicemail announced") {
		t.Errorf("the Home does not hold it:\n%s", home)
	}
	ada.Expect("Hello, Ada")
	ada.Command("/prospect next").Sees("none is logged yet", "Subject: ")
	nudge.Click("Draft").Sees("Bob")
	nudge.Click("Log it").Sees("Logged: email to Bob Ray", "2 due today", "Cy Lee")
	ada.Command("/prospect show 1").Sees("1 attempt so far")
	ada.Command("/prospect").Sees("2 due now").SeesNot("Bob Ray")
	w.Until("Mon 09:00")
	ada.expectWeeks()
	ada.Expect("1 due today", "Hot Holly").SeesNot("Cy Lee")
}
