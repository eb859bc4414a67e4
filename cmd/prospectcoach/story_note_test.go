package main

import "testing"

// A7: the coach asks for a fact, and the button beside the question takes it;
// the answer repeats it and names what it opened, with Undo.
func TestStory_A7_AFactIsNotedWhereItIsAskedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command("/prospect add Jane Doe, Acme, CFO email:jane@acme.test starts:today")
	next := ada.Command("/prospect next 1").Sees("What is one thing you found out about Acme?", "Note a fact")
	form := next.Click("Note a fact").Form("Note a fact", "Jane Doe, Acme", "When you learned it")
	form.Fill("In a few words", " ").Submit().Refused("A few words are missing")
	form.Fill("In a few words", "opened a hub in Leipzig").Fill("When you learned it", "next month").Submit().Refused("")
	form.Fill("When you learned it", "2 Jan").Submit().
		Form("Noted for Jane Doe, Acme. Research: “opened a hub in Leipzig”. It opens “homework”, now the next step.", "Undo")
	behind, _ := ada.p.Message(next.shown[0])
	if got := words(behind); !holdsAll(got, []string{"Email, homework", "opened a hub in Leipzig", "Log it"}) {
		t.Errorf("the suggestion behind the window was not drawn anew:\n%s", got)
	}
	ada.ClearViews()
	ada.Command("/prospect show 1").Sees("Research: opened a hub in Leipzig (Fri 2 January)").
		Click("Note a fact").Form().Fill("What is it?", "Something you found out").Fill("In a few words", "Opened a hub in Leipzig").Submit().Refused("known about Jane already")
	ada.ClearViews()
	ada.Command("/prospect note 1 said: we lose a day a month").Sees("Noted for Jane Doe, Acme. They said: “we lose a day a month”.").SeesNot("opens").
		Click("Undo").Sees("Taken back: noted a fact about Jane Doe, Acme")
	ada.Command("/prospect note 1").Form("Note a fact")
	ada.ClearViews()
}

// V5: a gatekeeper who made clear that there is no chance ends it there and
// then, whether it is said with note, in add, in the form or in edit.
func TestStory_V5_TheGatekeeperSaysNoChance(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command("/prospect add Jane Doe, Acme, CFO phone:+4934177001 gatekeeper:Ana, no chance").Sees("Stopped: no chance, says the gatekeeper", "Undo")
	ada.Command("/prospect add Bob Ray, Beta, Buyer phone:+4934177002 email:bob@beta.test")
	ada.Command("/prospect add Cleo Poe, Gamma, Buyer phone:+4934177003")
	ada.Command("/prospect add Dan Fox, Delta, Buyer phone:+4934177004")
	ada.Command("/prospect note 2 gatekeeper: Ana, no chance").Sees("Gatekeeper: “Ana, no chance”", "this one is stopped", "Undo")
	ada.Command("/prospect edit 3").Form("Gatekeeper").Fill("Gatekeeper", "Eve, no chance at all").Submit().Form("Saved")
	ada.ClearViews()
	ada.Command("/prospect show 4").Click("Note a fact").Form().Fill("What is it?", "The gatekeeper, or what they told you").
		Fill("In a few words", "no chance").Submit().Form("this one is stopped")
	ada.ClearViews()
	ada.Command("/prospect list stopped").Sees("4 prospects stopped", "Jane Doe", "Bob Ray", "Cleo Poe", "Dan Fox")
	ada.Command("/prospect next 2").Sees("Stopped: no chance, says the gatekeeper").SeesNot("Draft", "Log it")
	ada.Command("/prospect show 2").Sees("Stopped: no chance, says the gatekeeper").Click("Reopen").Sees("Bob Ray")
	ada.Command("/prospect list active").Sees("Bob Ray").SeesNot("Jane Doe")
	w.Until("Tue 09:00")
	ada.Expect("1 due today", "Bob Ray").SeesNot("Jane Doe", "Cleo", "Dan")
}

// What they said may hold the time when they want to hear from us: it is asked
// about, by command and in the form, and the peace is kept.
func TestStory_ATimeInTheirWords(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command("/prospect add Marc Vidal, Vergers du Sud, Owner email:marc@vergers.test starts:today")
	when := ada.Command("/prospect note 1 said: call me after the apricot season").
		Sees("“after the apricot season”: when is that? Until then I can leave Marc in peace.", "Until Thu 5 February")
	when.Click("Choose a day").Form("Until").Fill("Or another day", "1 Sep").Submit().Form("Snoozed Marc Vidal")
	ada.ClearViews()
	ada.Command("/prospect undo").Sees("Taken back: snoozed Marc")
	ada.Command("/prospect show 1").Click("Note a fact").Form().Fill("What is it?", "Something they said").Fill("In a few words", "Back in February, talk then").Submit().
		Form("Noted for Marc Vidal").Sees("“in February”: shall Marc be left in peace until").Click("Snooze until Sun 1 February").Sees("Snoozed Marc Vidal")
	ada.ClearViews()
	w.Until("Tue 09:00")
	w.Silence("he is left in peace")
}
