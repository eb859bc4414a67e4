package main

import (
	"testing"
)

// turn is one line typed and what its answer must hold.
type turn struct {
	line string
	sees []string
}

// types plays lines one after the other.
func (a *actor) types(lines ...turn) {
	a.Helper()
	for _, l := range lines {
		a.Command("/prospect " + l.line).Sees(l.sees...)
	}
}

// twoJanes gives a rep two people of the same first name, and one with an
// apostrophe.
func twoJanes(t *testing.T) *actor {
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.types(
		turn{"add Jane Doe, Acme, CFO email:jane@acme.test phone:+491701234 industry:logistics", []string{"Added #1 Jane Doe, Acme. First attempt Tue 6 January."}},
		turn{"add Jane Roe, Umbra, Buyer email:jane@umbra.test", []string{"Added #2"}},
		turn{"add Rita O'Hara, Delta Foods LLC, VP Sales email:rita@delta.test", []string{"Added #3 Rita O'Hara, Delta Foods LLC"}},
	)
	return ada
}

// Who is meant: a number with and without #, one word, a quoted phrase in any
// quotes, the longest run of words; several hits are a choice by button.
func TestStory_WhoIsMeant(t *testing.T) {
	t.Parallel()
	ada := twoJanes(t)
	ada.types(
		turn{"show 1", []string{"Jane Doe, Acme"}},
		turn{"show #2", []string{"Jane Roe, Umbra"}},
		turn{"SHOW Umbra", []string{"Jane Roe, Umbra"}},
		turn{`show "jane roe"`, []string{"Jane Roe, Umbra"}},
		turn{"show „Jane Roe“", []string{"Jane Roe, Umbra"}},
		turn{"show «jane doe»", []string{"Jane Doe, Acme"}},
		turn{"show o'hara", []string{"Rita O'Hara"}},
		turn{"show O’Hara", []string{"Rita O'Hara"}},
		turn{"sho\u00a0#3", []string{"Rita O'Hara"}},
		turn{"show delta foods", []string{"Rita O'Hara"}},
		turn{`show "delta foods`, []string{"Rita O'Hara"}},
		turn{"snooze jane roe fri", []string{"Snoozed Jane Roe, Umbra until Fri 9 January 2026."}},
		turn{"rita", []string{"Rita O'Hara", "Next step"}}, // no word but one prospect meant: its card
		turn{"3", []string{"Rita O'Hara", "Next step"}},
		turn{"show nobody", []string{"None of your prospects is called “nobody”"}},
		turn{"99", []string{"There is no prospect 99"}},
	)
	choice := ada.Command("/prospect snooze jane 2 weeks")
	choice.Sees("“jane” can be several", "[#1 Jane Doe, Acme]", "[#2 Jane Roe, Umbra]")
	ada.Command("/prospect show 1").SeesNot("snoozed")
	choice.Click("#1 Jane Doe, Acme").Sees("Snoozed Jane Doe, Acme until Mon 19 January 2026.")
	ada.Command("/prospect jane").Sees("can be several").Click("#2 Jane Roe, Umbra").Sees("Jane Roe, Umbra", "Snoozed until Fri 9 January")
}

// Words are case-blind and unique beginnings do; a typo gets the nearest as a
// button and is never done.
func TestStory_WordsAndTheirBeginnings(t *testing.T) {
	t.Parallel()
	ada := twoJanes(t)
	ada.types(
		turn{"sn 1 fri", []string{"Snoozed Jane Doe, Acme until Fri 9 January 2026."}},
		turn{"UND", []string{"Taken back"}},
		turn{"log 2 EM outcome:s", []string{"“outcome:s” is none of"}}, // sent and spoke both begin so
		turn{"log 2 EM outcome:se", []string{"Logged: email to Jane Roe, Umbra."}},
		turn{"s 1 fri", []string{"I do not know “s”"}},
		turn{"list", []string{"3 prospects active"}},
		turn{"li wai", []string{"No prospects waiting"}},
	)
	typo := ada.Command("/prospect snoze 1 fri").Sees("Did you mean /prospect snooze?")
	ada.Command("/prospect list snoozed").Sees("No prospects snoozed")
	typo.Click("Yes: snooze 1 fri").Sees("Snoozed Jane Doe, Acme until Fri 9 January")
	ada.Command("/prospect hlep").Sees("Did you mean /prospect help?")
	ada.Command("/prospect help").Sees("add Jane Doe", "next", "log jane", "replied jane", "snooze jane", "check email jane", "help all").SeesNot("nugget")
	ada.Command("/prospect help snooze").Sees("snooze who when", "snooze jane next tue")
	ada.Command("/prospect help all").Sees("nugget add", "move-on jane", "situation jane", "forget jane", "assign jane")
}

// Dates as people write them; the answer repeats the day as understood, never
// in the past for a thing to come, and asks where two days are meant.
func TestStory_DatesAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	ada := twoJanes(t) // Monday 5 January 2026
	for when, day := range map[string]string{
		"tomorrow": "Tue 6 January 2026", "fri": "Fri 9 January 2026", "3d": "Thu 8 January 2026", "2 weeks": "Mon 19 January 2026",
		"in 2 weeks": "Mon 19 January 2026", "2026-12-01": "Tue 1 December 2026", "until 1 Dec": "Tue 1 December 2026", "Dec 1": "Tue 1 December 2026",
		"1.12.": "Tue 1 December 2026", "1st of December": "Tue 1 December 2026", "31/1": "Sat 31 January 2026", "end of month": "Sat 31 January 2026",
		"a month": "Thu 5 February 2026", "next month": "Sun 1 February 2026", "NEXT WEEK": "Mon 12 January 2026",
	} {
		ada.Command("/prospect snooze 1 " + when).Sees("Snoozed Jane Doe, Acme until " + day + ".")
	}
	ada.types(
		turn{"snooze 1 yesterday", []string{"is over already", "Name a later day"}},
		turn{"snooze 1 2025-12-01", []string{"Mon 1 December 2025 is over already"}},
		turn{"snooze 1 today", []string{"today already"}},
		turn{"snooze 1 2099-01-01", []string{"more than five years away"}},
		turn{"snooze 1 30 Feb", []string{"I cannot read"}},
		turn{"log 2 email on:tomorrow", []string{"is still to come", "yesterday"}},
		turn{"log 2 email on:2 Jan", []string{"Logged: email to Jane Roe, Umbra, Fri 2 January."}},
		turn{"met 1 on:yesterday next 14 Jan", []string{"Next meeting Wed 14 January"}},
		turn{"away 3 until fri", []string{"is away until Fri 9 January"}},
		turn{"pause until 12 Jan", []string{"I am back Mon 12 January."}},
		turn{"resume", []string{"Good to have you back"}},
	)
	ada.Command("/prospect snooze 3 3/4").Sees("can mean Wed 4 March 2026 or Fri 3 April 2026").
		Click("Fri 3 April 2026").Sees("Snoozed Rita O'Hara, Delta Foods LLC until Fri 3 April 2026.")
	ada.Command("/prospect snooze 3 next tue").Sees("can mean Tue 6 January 2026 or Tue 13 January 2026").Click("Tue 13 January 2026").Sees("until Tue 13 January 2026")
}

// add: at once with keys, a value runs to the next known key, quotes hide
// commas and keys, company endings stay with the company, and more than three
// pieces open the form filled with nothing saved.
func TestStory_AddInOneLine(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.types(
		turn{`add “Müller, Söhne & Co”, Bär, Inc., Geschäftsführer email:m@baer.test`, []string{"Added #1 Müller, Söhne & Co, Bär, Inc. First attempt"}},
		turn{"show 1", []string{"Geschäftsführer", "C-suite (my guess)"}},
		turn{"add John Smith, PhD, Acme Widgets, Ltd, VP Sales email:john@widgets.test starts:today", []string{"Added #2 John Smith, PhD, Acme Widgets, Ltd.", "Mon 5 January"}},
		turn{`add Rita O'Hara, Delta EMAIL:rita@delta.test phone:+44 20 7946 0018 line:switchboard linkedin:https://www.linkedin.com/in/rita industry:food production level:vp ` +
			`purchase:capital urgency:high situation:dormant zone:America/New_York last:1 Dec starts:7 Jan gatekeeper:Ana, try before 9 research:moved to Leeds, again said:“call me email: never” introduction:Tom of Umbra trigger:new CEO`,
			[]string{"Added #3 Rita O'Hara, Delta. First attempt Wed 7 January."}},
		turn{"show 3", []string{"VP · capital purchase · high urgency · dormant", "+44 20 7946 0018", "rita@delta.test", "in/rita", "Gatekeeper: Ana, try before 9",
			"Research: moved to Leeds, again", "They said: call me email: never", "Worth introducing: Tom of Umbra", "Event: new CEO"}},
		turn{"add Ann Lee, Beta note: hello email:ann@beta.test", []string{"Added #4 Ann Lee, Beta note: hello"}}, // note: is no key of add
		turn{"undo", []string{"Taken back"}},
		turn{"add Ann Lee, Beta email:", []string{"email: needs something after it", "email:jane@acme.test"}},
		turn{"add Ann Lee, Beta email:ann at beta", []string{"no email address"}},
		turn{"add Ann Lee, Beta level:emperor", []string{"level"}},
		turn{"add Ann Lee, Beta zone:Mars", []string{"zone"}},
		turn{"list all", []string{"3 prospects in all"}},
	)
	ada.Command("/prospect add Ann, Lee, Beta, CFO, Leeds").Form("Add a prospect", "Ann", "Lee", "Beta, CFO, Leeds")
	ada.ClearViews()
	ada.Command("/prospect list all").Sees("3 prospects in all")

	// The same person is asked about first, across the team by owner's name only.
	ada.Command("/prospect add J. Smith, Widgets email:JOHN@widgets.test").Sees("John Smith").Click("Add all the same").Sees("Added #")
	ada.Command("/prospect undo").Sees("Taken back")
	w.Person("ben").Command("/prospect add Johnny, Acme Widgets email:john@widgets.test").Sees("Ada Weber").SeesNot("VP Sales", "PhD")
	w.Person("ben").Command("/prospect list all").Sees("No prospects")
}

// log: channel, angle, outcome and day in any order before the text; the text
// runs to the end, an apostrophe is an apostrophe, and it is checked.
func TestStory_LogInOneLine(t *testing.T) {
	t.Parallel()
	ada := twoJanes(t)
	ada.types(
		turn{"log 2 email homework outcome:sent on:yesterday Don't worry, Jane: who checks outcome:left at Umbra?", []string{"Logged: email to Jane Roe, Umbra, Sun 4 January.", "About that text"}},
		turn{"show 2", []string{"1 attempt", "homework"}},
		turn{"log 1 call outcome:left", []string{"voicemail to Jane Doe"}}, // call and left is a voicemail
		turn{"show 1", []string{"voicemail"}},
		turn{"log 3 email bounced", []string{"A better address would help"}}, // nobody's text is an outcome's word alone
		turn{"undo", []string{"Taken back"}},
		turn{"log 3 email bounced off your last note: who checks the invoices at Delta?", []string{"Logged: email", "About that text"}}, // more words are text
		turn{"undo", []string{"Taken back"}},
		turn{"log 3 email outcome:bounced", []string{"A better address would help"}},
		turn{"show 3", []string{"0 attempts"}},
		turn{"log 3", []string{"How did you reach out?", "log 3 email"}},
		turn{"log 3 pigeon", []string{"How did you reach out?"}},
		turn{"log 1 call outcome:spoke she asked for a paper", []string{"You spoke with Jane Doe. The campaign is over.", "What came of", "[Meeting]"}},
	)
}

// replied: "no" or "won" with more words asks first, by two buttons.
func TestStory_RepliedAsksBeforeANo(t *testing.T) {
	t.Parallel()
	ada := twoJanes(t)
	ask := ada.Command("/prospect replied 1 no problem, call me Monday").Sees("Nothing is changed yet", "[They said no]", "[Only their words]")
	ada.Command("/prospect show 1").SeesNot("engaged", "Stopped")
	ask.Click("Only their words").Sees("Jane Doe answered: the campaign is over.", "[Wrong person]")
	ada.Command("/prospect replied 2 won").Sees("Jane Roe, Umbra: won.")
	ada.Command("/prospect replied 3 won the raffle").Sees("Nothing is changed yet").Click("Won").Sees("Delta Foods LLC: won.")
	ada.Command("/prospect list won").Sees("2 prospects won")
}
