package main

import (
	"strings"
	"testing"
)

// list counts whom it names: one who answered is engaged, not active, and a
// line says what the coach says, in a few words.
func TestStory_ListCarriesTheVerdict(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command("/prospect add Jane Doe, Acme, CFO email:jane@acme.test starts:today")
	ada.Command("/prospect add Bob Ray, Beta, Buyer email:bob@beta.test")
	ada.Command("/prospect add Cleo Poe, Gamma, Buyer")
	ada.Command("/prospect add Dan Fox, Delta, Buyer email:dan@delta.test industry:logistics")
	ada.Command("/prospect replied 2")
	ada.Command("/prospect met 4 on:today next tomorrow")
	ada.Command("/prospect list").Sees("3 prospects active", "Jane Doe", "email, due today", "Cleo Poe, Gamma\nneeds a contact").SeesNot("Bob Ray")
	ada.Command("/prospect list engaged").Sees("1 prospect engaged", "Bob Ray", "engaged, asked about Mon 12 January")
	ada.Command("/prospect list beta").Sees("1 prospect with “beta”", "Bob Ray")
	ada.Command("/prospect log 4 email thanks-next-step on:today")
	w.Until("Tue 09:00")
	ada.Expect("due today")
	w.Until("Wed 09:00")
	ada.Expect("due today")
	ada.Command("/prospect list delta").Sees("did the meeting take place?").SeesNot("late")
	ada.Command("/prospect list jane").Sees("email, 2 days late")
}

// C6: on the asking day the card itself asks how the meeting went, and each of
// its four buttons leads on from there.
func TestStory_C6_TheCardAsksHowTheMeetingWent(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	for i, name := range []string{"Dan Fox, Delta", "Eli Gray, Eta", "Flo Hart, Theta", "Gus Ivy, Iota", "Hal Joy, Kappa"} {
		ada.Command("/prospect add " + name + ", Buyer email:" + string(rune('a'+i)) + "@x.test")
	}
	for _, ref := range []string{"1", "2", "3", "4"} {
		ada.Command("/prospect met " + ref + " on:today next tomorrow")
		ada.Command("/prospect log " + ref + " email thanks-next-step")
	}
	ada.Command("/prospect replied 5 meeting tomorrow")
	ada.Command("/prospect show 5").Sees("meeting Tue 6 January", "What came of it").SeesNot("It took place")
	w.Until("Wed 09:00")
	ada.Expect("5 due today", "The meeting of Tuesday 6 January is over")
	for _, ref := range []string{"1", "2", "3", "4", "5"} {
		ada.Command("/prospect show "+ref).Sees("The meeting of", "It took place", "Cancelled", "No-show", "Moved").SeesNot("[Next step]")
	}
	ada.Command("/prospect show 1").Click("It took place").Sees("Noted the talk with Dan Fox, Delta, yesterday", "thanks and next step")
	ada.Command("/prospect show 2").Click("Cancelled").Sees("blown off", "[Next step]")
	ada.Command("/prospect show 3").Click("No-show").Sees("blown off", "[Next step]")
	ada.Command("/prospect show 4").Click("Moved").Form().Fill("Which day?", "fri").Submit().Form("Fri 9 January")
	ada.ClearViews()
	ada.Command("/prospect show 5").Click("It took place").Sees("Noted the talk with Hal Joy, Kappa, yesterday")
}

// V6 in a nudge: the question about moving on stands in place of that one row,
// the others stay, and the answer draws the message whole again.
func TestStory_V6_TheNudgeStaysWhileItAsks(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command("/prospect add Jane Doe, Acme, CFO email:jane@acme.test urgency:high industry:logistics")
	ada.Command("/prospect add Bob Ray, Beta, Buyer email:bob@beta.test industry:logistics")
	w.Until("Tue 09:00")
	nudge := ada.Expect("2 due today", "Jane Doe", "Bob Ray")
	asks := nudge.Choose("more", "Move on").Sees("2 due today", "Jane Doe, Acme: not everything has been tried yet", "Move on all the same", "Bob Ray", "Log it")
	if asks.shown[0].TS != nudge.shown[0].TS {
		t.Error("the question should stand in the nudge itself")
	}
	kept := asks.Click("Keep going").Sees("2 due today", "Jane Doe", "Bob Ray").SeesNot("not everything", "Keep going")
	again := kept.Choose("more", "Move on").Sees("Come back to them later?", "Bob Ray", "Log it").SeesNot("not everything")
	moved := again.Click("Come back in 90 days (Mon 6 April)").Sees("1 due today", "Moved on from Jane Doe, Acme", "Undo", "Bob Ray")
	moved.Click("Undo").Sees("2 due today", "Taken back", "Jane Doe", "Bob Ray")
	ada.Command("/prospect").Choose("more", "Move on").Sees("2 due now", "Come back to them later?", "Bob Ray")
}

// H2: the reminder says once that an email was announced, and its buttons find
// that email also when something else was logged after the voicemail.
func TestStory_H2_TheReminderHoldsTheEmail(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 08:30", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command("/prospect add Bob Ray, Beta, Buyer phone:+4934177002 email:bob@beta.test linkedin:in/bobray industry:logistics starts:today")
	w.Until("Mon 09:00")
	ada.Expect("Bob Ray")
	ada.Command("/prospect next 1").Click("Left voicemail").Sees("an email is coming", "Subject: ")
	w.Until("Mon 11:00")
	w.slack.Unexpected()
	pair := ada.Expect("You told Bob Ray, Beta on the voicemail that an email follows, and none is logged yet. Here it is.", "Subject: ").
		SeesNot("an email is coming")
	subject := strings.TrimPrefix(linesWith(pair.Words(), "Subject: ")[0], "Subject: ")
	ada.Command("/prospect log 1 linkedin Bob, who checks your invoices now that the second hub is open?")
	if got := linesWith(pair.Click("Draft").Words(), subject); len(got) == 0 || got[0] != subject {
		t.Errorf("the draft's subject is %q, the reminder announced %q", got, subject)
	}
	pair.Click("Log it").Sees("Logged: email to Bob Ray")
	ada.Command("/prospect show 1").Sees("1 attempt so far")
}

// linesWith are the lines of a text that hold a word.
func linesWith(text, word string) (lines []string) {
	for _, l := range strings.Split(text, "\n") {
		if strings.Contains(l, word) {
			lines = append(lines, strings.TrimLeft(l, "> "))
		}
	}
	return lines
}

// V9 in a nudge: what came of the answer is asked where the row was, stays
// while other rows are worked on, and its answer draws the message whole.
func TestStory_V9_TheQuestionStandsWhereTheRowWas(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command("/prospect add Jane Doe, Acme, CFO email:jane@acme.test urgency:high industry:logistics")
	ada.Command("/prospect add Bob Ray, Beta, Buyer email:bob@beta.test industry:logistics")
	w.Until("Tue 09:00")
	nudge := ada.Expect("2 due today", "Jane Doe", "Bob Ray")
	asks := nudge.Choose("more", "They replied").Sees("1 due today", "Jane Doe answered: the campaign is over", "What came of Jane Doe’s answer?", "[Meeting]", "Bob Ray")
	if n := len(asks.shown); n != 1 || asks.shown[0].TS != nudge.shown[0].TS {
		t.Errorf("the question should stand in the nudge itself, and nowhere else: %d messages", n)
	}
	logged := asks.Click("Log it").Sees("1 thing left", "Logged: email to Bob Ray", "What came of Jane Doe’s answer?")
	logged.Click("They said no").Sees("All done for today", "Jane Doe, Acme said no. Stopped.", "Undo").SeesNot("What came of")
}

// H2 in a nudge: the email that a voicemail announced stands where the row was,
// until it is logged; then all is done, and the next day is named.
func TestStory_H2_TheAnnouncedEmailStandsWhereTheRowWas(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command("/prospect nugget add outcome: cut invoice errors by a third")
	ada.Command("/prospect add Jane Doe, Acme phone:+493412345 email:jane@acme.test level:ic purchase:commodity urgency:high starts:yesterday").Sees("Added")
	ada.Command("/prospect log 1 email homework on:yesterday Jane, the new hub in Leipzig: who checks the invoices there?")
	w.Until("Tue 09:00")
	nudge := ada.Expect("1 due today", "Jane Doe", "Left voicemail")
	pair := nudge.Click("Left voicemail").Sees("1 thing left", "Logged: voicemail to Jane Doe, Acme.", "says an email is coming. Here it is.", "Subject: ", "Log it")
	if n := len(pair.shown); n != 1 || pair.shown[0].TS != nudge.shown[0].TS {
		t.Errorf("the email should stand in the nudge itself, and nowhere else: %d messages", n)
	}
	w.Until("09:05")
	pair.Click("Log it").Sees("All done for today", "Logged: voicemail to Jane Doe, Acme.", "Logged: email to Jane Doe, Acme.", "Next: ").SeesNot("an email is coming")
	ada.Command("/prospect show 1").Sees("2 attempts so far", "voicemail and its email")
}
