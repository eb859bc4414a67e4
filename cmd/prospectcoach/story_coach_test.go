package main

import (
	"strings"
	"testing"
)

// C6: after a good talk a thank-you the same day and a second message two
// working days later, then silence until the meeting is over; a no-show is
// blown off and due the same day, and begins with what changed.
func TestStory_C6_TheTwoStepFollowUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command(janeLine)
	ada.Command("/prospect note 1 said: onboarding takes six weeks").Sees("Noted for Jane Doe, Acme")
	ada.Command("/prospect met 1 next 15 Jan").Sees("Next meeting Thu 15 January", "thanks and next step", "Attempt 1 of 2").Click("Log it").Sees("Next attempt Wed 7 January")
	w.Until("Wed 09:00")
	ada.Expect("1 due today", "second insight")
	ada.Command("/prospect next 1").Sees("onboarding takes six weeks").Click("Log it").Sees("Now wait until Fri 16 January")
	w.Until("2026-01-16 08:59")
	ada.expectWeeks()
	w.Silence("until the meeting is over")
	w.Until("2026-01-16 09:00")
	ask := ada.Expect("Did it take place, was it cancelled", "[It took place]", "[Cancelled]", "[No-show]", "[Moved]")
	ask.Click("No-show")
	ada.Command("/prospect next 1").Sees("due today", "what changed", "ask calmly what changed")
}

// A meeting that was moved is asked about on the day after the new date, and
// one that took place begins the follow-up anew.
func TestStory_C6_MovedAndHeld(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command(janeLine)
	ada.Command("/prospect replied 1 meeting 8 Jan").Sees("I ask how it went on the first working day after it")
	w.Until("Fri 09:00")
	ada.Expect("8 January is over").Click("Moved").Form("The meeting moved").Fill("Which day?", "14 Jan").Submit()
	ada.ClearViews()
	w.Until("2026-01-15 08:59")
	ada.expectWeeks()
	w.Silence("until the new day is over")
	w.Until("2026-01-15 09:00")
	ada.Expect("14 January is over").Click("It took place")
	ada.Command("/prospect next 1").Sees("thanks and next step")
}

// Blown off is due the same day; a proposal starts with what changed (C0).
func TestStory_C0_BlownOffAndProposal(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command(janeLine)
	ada.Command("/prospect situation 1 blown-off").Sees("Began anew with Jane Doe, Acme", "due today", "what changed")
	ada.Command("/prospect situation 1 proposal").Sees("silent after a proposal", "due tomorrow", "what changed")
	ada.Command("/prospect situation 1 sulking").Sees("Which situation?", "blown-off", "proposal")
	ada.Command("/prospect add Bob Ray, Beta, VP Sales email:bob@beta.test situation:proposal last:1 Dec starts:today")
	ada.Command("/prospect next bob").Sees("what changed", "You last talked in December")
}

// D2: three unanswered attempts bring the rep's own last texts and the three
// questions.
func TestStory_D2_ThreeAttemptsBringTheQuestions(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command(janeLine)
	for i, line := range []string{
		"log 1 email Jane, new hub, new carriers: who checks their invoices? Ada, Northwind",
		"log 1 linkedin A forwarder your size cut invoice errors by a third. Worth a look? Ada, Northwind",
		"log 1 email Sorry to bother you again about the invoices, Jane. Ada, Northwind",
	} {
		s := ada.Command("/prospect next 1")
		if i > 0 && strings.Contains(s.Words(), "clear at a glance") {
			t.Errorf("D2: the questions came after %d attempts", i)
		}
		ada.Command("/prospect " + line).Sees("Logged")
		w.waitForNudge(ada)
	}
	ada.Command("/prospect next 1").Sees("Sorry to bother you again", "tailored", "jargon", "at a glance", "reason enough")
}

// H2: a voicemail always brings its email; without an address there is none
// to bring and the voicemail announces none.
func TestStory_H2_AVoicemailBringsItsEmail(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command(janeLine + " starts:today")
	pair := ada.Command("/prospect next 1").Click("Left voicemail").Sees("an email is coming. Here it is.", "Subject: ")
	subject := strings.TrimPrefix(linesWith(pair.Words(), "Subject: ")[0], "Subject: ")
	pair.Click("Draft").Sees(subject).SeesNot("Subject: ") // a message of its own, to be copied as it is
	pair.Click("Log it").Sees("Logged: email to Jane Doe")
	ada.Command("/prospect show 1").Sees("1 attempt so far")
	w.Until("13:00")
	w.Silence("the email was logged, nothing to remind of")

	ada.Command("/prospect add Bob Ray, Beta, Buyer phone:+4934177002 line:mobile industry:logistics starts:today")
	ada.Command("/prospect next bob").SeesNot("Then by email", "email I").Click("Left voicemail").Sees("Logged: voicemail").SeesNot("an email is coming")
	w.Until("17:00")
	w.Silence("no address, no email to remind of")
}

// bounced is no attempt, makes the address unusable and asks for another; away
// and skip move the plan; the gatekeeper's no chance ends it.
func TestStory_WhatComesInBetween(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command("/prospect add Bob Ray, Beta, Buyer email:bob@beta.test starts:today")
	ada.Command("/prospect log 1 email outcome:bounced").Sees("A better address would help").Click("Edit").Form("Edit a prospect").Fill("Email", "b.ray@beta.test").Submit().Form("Saved Bob Ray, Beta")
	ada.ClearViews()
	ada.Command("/prospect show 1").Sees("0 attempts so far", "b.ray@beta.test")
	ada.Command("/prospect skip 1 not-now").Sees("Left out this attempt on Bob Ray, Beta", "Next attempt")
	ada.Command("/prospect away 1 until 30 Jan").Sees("away until Fri 30 January", "Next attempt Tue 3 February") // C9
	w.Until("2026-02-02 23:00")
	ada.expectWeeks()
	w.Silence("while they are away")
	w.Until("2026-02-03 09:00")
	ada.Expect("1 due today", "Bob Ray").SeesNot("late")
	ada.Command("/prospect note 1 gatekeeper: no chance").Sees("no chance")
	ada.Command("/prospect list stopped").Sees("Bob Ray")
	w.Until("2026-02-05 12:00")
	w.Silence("after the gatekeeper's no")
	ada.Command("/prospect reopen 1").Sees("Reopened Bob Ray, Beta")
	ada.Command("/prospect plan 1").Sees("Plan for Bob Ray, Beta", "you move on").Click("Card").Sees("Bob Ray")
}

// V5: who asked not to be contacted is never nudged or added again, under any
// rep; the other rep who pursues the same person is told why theirs stopped.
func TestStory_V5_NeverContactAcrossReps(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 16:00", "Europe/Berlin") // ten in New York
	ada, ben := w.Person("ada"), w.Person("ben")
	ada.Command(janeLine)
	ben.Command("/prospect add Jane D., Acme email:jane@acme.test").Click("Add all the same").Sees("Added #2")
	ada.Command("/prospect replied 1 dnc").Sees("asked not to be contacted")
	ben.Expect("asked not to be contacted", "I have stopped your campaign")
	ben.Command("/prospect next 2").SeesNot("Subject:")
	ben.Command("/prospect add Jane Doe, New Company email:JANE@acme.test").Sees("asked not to be contacted", "cannot be added")
	ada.Command("/prospect reopen 1").SeesNot("Reopened")
	w.Until("Thu 18:00")
	w.Silence("for somebody who asked not to be contacted")
}

// V8c: when somebody at a company answers, the other reps there are told once,
// with a button to let theirs rest.
func TestStory_V8c_AColleagueIsToldOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 16:00", "Europe/Berlin")
	ada, ben := w.Person("ada"), w.Person("ben")
	ada.Command(janeLine + " starts:today")
	ben.Command("/prospect add Bob Ray, Acme, Buyer email:bob@acme.test starts:8 Jan").Sees("Added #2")
	ada.Command("/prospect next 1").Click("They replied").Sees("What came of", "[Meeting]").Click("Meeting").Form("A meeting").Fill("Which day?", "14 Jan").Submit()
	ada.ClearViews()
	told := ben.Expect("Somebody at Acme answered Ada Weber", "[Pause #2]").SeesNot("Jane")
	told.Click("Pause #2").Sees("Snoozed Bob Ray, Acme")
	ada.Command("/prospect replied 1 later 3 weeks")
	w.Until("17:00")
	w.Silence("a second word about it")
}

// Moving on early is answered once, with what has not been tried, and never
// blocked; it comes back on the day that was chosen.
func TestStory_V6_V8_MovingOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command(janeLine)
	ada.Command("/prospect show 1").Click("Move on").Sees("not everything has been tried", "[Show the next step]").Click("Move on all the same").Sees("Come back to them later?")
	ada.Command("/prospect move-on 1 again:2 Feb budget is gone").Sees("They come back Mon 2 February")
	ada.Command("/prospect list moved-on").Sees("comes back Mon 2 February")
	w.Until("2026-02-02 09:00")
	ada.expectWeeks()
	ada.Expect("Jane Doe, Acme")
	ada.Command("/prospect show 1").Sees("dormant")
}

// V9, C12: they are interested and nothing is settled. The campaign is over,
// what is done from then on is part of the conversation, and after a week the
// morning asks what came of it.
func TestStory_V9_InterestedAndTalking(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command("/prospect add Jane Doe, Acme, CFO email:jane@acme.test starts:today")
	w.Until("Tue 09:00")
	ada.Expect("1 due today").Choose("more", "They replied").Sees("What came of Jane Doe’s answer?").Click("Interested").
		Sees("Jane Doe, Acme is interested", "I ask what came of it Tue 13 January")
	ada.Command("/prospect log jane email Jane, here are the two pages.").Sees("part of your conversation", "I ask what came of it").SeesNot("Next attempt", "Are the two of you talking?")
	w.Until("2026-01-13 08:59")
	ada.expectWeeks()
	w.Silence("they are talking")
	w.Until("2026-01-13 09:00")
	ada.Expect("1 due today", "still talking").Click("Interested").Sees("I ask what came of it Tue 20 January")
	ada.Command("/prospect replied jane").Click("Meeting").Form("Which day?").Fill("Which day?", "16 Jan").Submit().Form("Recorded", "A meeting with Jane Doe")
	ada.ClearViews()
}

// What was sent can be read again, from the card's menu and by words.
func TestStory_WhatWasSentIsReadAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command("/prospect add Jane Doe, Acme, CFO email:jane@acme.test research:opened a hub in Leipzig starts:today")
	ada.Command("/prospect next 1").Click("Log it").Sees("Logged: email to Jane Doe")
	ada.Command("/prospect show 1").Choose("more", "Read what was sent").Sees("Sent to Jane Doe, Acme, newest first", "Today, email, homework", "Subject: ", "Leipzig")
	ada.Command("/prospect show jane sent").Sees("Sent to Jane Doe, Acme, newest first")
}
