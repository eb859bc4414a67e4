package main

import (
	"strings"
	"testing"
)

// A pasted draft of fifteen words or more is checked, with buttons for the
// prospect and the channel; shorter text gets one line of help and a way to
// check it all the same; edits and what bots write are ignored.
func TestStory_APastedDraft(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	w.Joins("ada")
	ada.Command(janeLine)
	ada.Command("/prospect add Bob Ray, Beta email:bob@beta.test")
	draft := "Jane, your new hub in Leipzig probably doubled the freight invoices that somebody has to check by hand. Who looks at them today? Ada, Northwind"
	ada.Say(draft).Kept().Sees("Send it: email, 25 words.", "Check as voicemail", "Jane Doe", "Bob Ray").Click("Check as LinkedIn message").Sees("LinkedIn message, 25 words")
	short := ada.Say("just touching base on our call, Bob")
	short.Kept().Sees("I do not know", "[Check it all the same]").Click("Check it all the same").Sees("Rework it first", "touching base")

	r, err := ada.p.Say("", "hello you")
	hello := ada.did("hello you", r, err)
	if _, err := ada.p.Edit("", r.Message.TS, draft); err != nil {
		t.Fatal(err)
	}
	if n := len(hello.shown); n != 1 {
		t.Errorf("%d answers to two words", n)
	}
	w.Silence("after an edit")
}

// A1: a draft that was judged "send it" and then logged is not scolded as a
// repeat of itself; the same words a week later are one.
func TestStory_A1_ALoggedDraftIsNoRepeatOfItself(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	w.Joins("ada")
	ada.Command(janeLine)
	const draft = "Jane, your new hub in Leipzig probably doubled the freight invoices that somebody at Acme has to check by hand. Who looks at them today? Ada, Northwind"
	ada.Say(draft).Click("For Jane Doe, Acme").Sees("Send it: email to Jane Doe, Acme").Click("Log it").Sees("Logged: email to Jane Doe, Acme.").SeesNot("nearly the same", "About that text")
	ada.Command("/prospect log 1 linkedin Would a giraffe fit through the gate at Acme?").Sees("Logged: LinkedIn message").SeesNot("nearly the same")
	w.waitForNudge(ada)
	ada.Command("/prospect log 1 linkedin "+draft).Sees("Logged: LinkedIn message", "nearly the same as a message you sent before")
}

// A fault is one bullet with its words in a row, the worst three first and the
// rest in one line; what could not be judged is said in words.
func TestStory_D1_ABadDraftIsJudgedAtAGlance(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	w.Joins("ada")
	ada.Command(janeLine)
	bad := ada.Say("Hi Jane, did you see my last email? Sorry to bother you. We offer a best-in-class synergistic solution, " +
		"and with our leverage you get synergy. Let me know if you have any questions.")
	bad.Sees("Rework it first", "Then: ", "“leverage”, “synergy”", "Say who it is for").SeesNot("generic", "wrong_world", "calendar")
	for _, words := range []string{"did you see my", "best-in-class", "nobody says aloud"} {
		if n := strings.Count(bad.Words(), words); n > 1 {
			t.Errorf("%q is blamed %d times in\n%s", words, n, bad.Words())
		}
	}
	ada.Command("/prospect log 1 linkedin Jane, did you see my last email? Sorry to bother you, but our leverage is synergy.").Sees("About that text: ", "Then: ").SeesNot("more)")
}
