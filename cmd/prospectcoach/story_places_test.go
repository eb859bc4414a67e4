package main

import (
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

// Only fails unless what was shown is for this person's eyes alone and will
// not stay; Kept fails unless it is an ordinary message in the DM.
func (n *answer) Only() *answer {
	n.Helper()
	for _, m := range n.shown {
		if m.EphemeralFor != n.p.ID() {
			n.Fatalf("%s: everybody in %s sees this:\n%s", n.did, m.Channel, words(m))
		}
	}
	return n
}

func (n *answer) Kept() *answer {
	n.Helper()
	for _, m := range n.shown {
		if m.EphemeralFor != "" || m.Channel != n.p.DM().ID {
			n.Fatalf("%s: this should be an ordinary message in the DM:\n%s", n.did, words(m))
		}
	}
	return n
}

// In the DM answers are ordinary messages and the same words work without the
// slash; anywhere else they are ephemeral, with Send to my DM under a card.
func TestStory_WhereAnswersAppear(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	w.Joins("ada")
	ada.Command(janeLine).Kept().Sees("Added #1")
	ada.Say("show jane").Kept().Sees("Jane Doe, Acme").SeesNot("Send to my DM")
	ada.Say("SN 1 fri").Kept().Sees("Snoozed Jane Doe, Acme until Fri 9 January")
	ada.Say("undo").Kept().Sees("Taken back")

	channel := ada.In(demoChannel)
	channel.Command("/prospect").Only().Sees("Nothing is due now. Next: Jane Doe, Acme")
	channel.Command("/prospect help").Only()
	card := channel.Command("/prospect show jane").Only().Sees("[Send to my DM]")
	card.Click("Send to my DM").Kept().Sees("Jane Doe, Acme").SeesNot("Send to my DM")
	channel.Command("/prospect next jane").Only().Click("Draft").Sees("Acme")
	channel.Command("/prospect list").Only().Click("Open").Only().Sees("Jane Doe")
	channel.Command("/prospect show 77").Only().Sees("There is no prospect 77")
	for _, m := range w.Person("ben").In(demoChannel).p.Channel(demoChannel).Messages {
		t.Errorf("the channel sees %s", words(m))
	}
}

// In threads the words work too, and under a card REF may be left out.
func TestStory_UnderACardTheProspectIsMeant(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	w.Joins("ada")
	ada.Command(janeLine)
	ada.Command("/prospect add Bob Ray, Beta, VP Sales email:bob@beta.test starts:today")
	card := ada.Say("show 2")
	card.Thread("snooze fri").Sees("Snoozed Bob Ray, Beta until Fri 9 January")
	card.Thread("undo").Sees("Taken back")
	card.Thread("note said: onboarding takes six weeks").Sees("Noted for Bob Ray, Beta")
	card.Thread("log email outcome:sent").Sees("Logged: email to Bob Ray, Beta")
	card.Thread("plan 1").Sees("Plan for Jane Doe, Acme") // who is named is meant
	thread := card.Thread("next")
	thread.Sees("Bob Ray, Beta")
	if thread.shown[0].ThreadTS != card.shown[0].TS {
		t.Error("the answer does not stand in the thread")
	}
}

// Draft posts the draft alone, so that copying takes nothing else; a phone
// attempt has one message for each of its texts, an email one for its subject.
func TestStory_TheDraftStandsAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command("/prospect add Bob Ray, Beta, VP Sales email:bob@beta.test starts:today research:moved to Leeds in May")
	next := ada.Command("/prospect next bob")
	draft := next.Click("Draft")
	text := strings.TrimSpace(words(draft.shown[len(draft.shown)-1]))
	if !strings.Contains(text, "Bob") || strings.Contains(text, "[") || strings.Contains(text, "#1") || !strings.HasSuffix(text, "Ada, Northwind") {
		t.Errorf("the draft does not stand alone:\n%s", text)
	}
	if !strings.Contains(strings.Join(strings.Fields(next.Words()), " "), strings.Join(strings.Fields(strings.SplitN(text, "\n", 2)[1]), " ")) {
		t.Errorf("another draft than the card's:\n%s", text)
	}
	if len(draft.shown[0].ThreadTS) > 0 && draft.shown[0].ThreadTS != next.shown[0].TS {
		t.Error("the draft stands under another message")
	}
	ada.Command(janeLine)
	if drafts := ada.Command("/prospect next jane").Click("Draft").shown; len(drafts) != 4 || strings.Contains(wordsOfAll(drafts), "Subject: ") || strings.Contains(words(drafts[2]), "\n\n") {
		t.Errorf("a call has %d drafts, not opener, voicemail, subject and email", len(drafts))
	}
}

// The Home: at most ten due, the next seven days, last tries, this month's
// replies, Add and Settings. After a change it is drawn anew only for somebody
// A call has three texts; opened from the Home they stand in one window.
func TestStory_TheDraftsOfACallInTheHomesWindow(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command("/prospect add Cy Lee, Gamma, Buyer email:cy@gamma.test phone:+493415550199 research:opened a hub in Leipzig starts:today")
	w.Joins("ada")
	drafts := ada.HomePress("Open").Form("Cy Lee, Gamma", "Left voicemail").Press("Draft").Form("Ada", "Northwind", "Leipzig")
	if all := wordsOf(drafts.view.Blocks); strings.Contains(all, "Left voicemail") {
		t.Errorf("not the drafts alone, but:\n%s", all)
	}
}

// who opened it within ten minutes.
func TestStory_Home(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	w.Joins("ada")
	if home := ada.OpenHome(); !holdsAll(home, []string{"1. Add a prospect", "2. See what to say first", "[Add a prospect]", "[Set my hours]"}) {
		t.Errorf("the Home of a newcomer:\n%s", home)
	}
	ada.HomePress("Add a prospect").Form("Add a prospect").Fill("Name", "Bob Ray").Fill("Company", "Beta").Fill("Email", "bob@beta.test").Fill("First attempt", "today").
		Submit().Form("Added #1 Bob Ray, Beta", "Mon 5 January").Press("Undo").Form("Taken back")
	ada.ClearViews()
	ada.Command("/prospect add Bob Ray, Beta email:bob@beta.test starts:today")
	if home := wordsOf(ada.p.Home().Blocks); !strings.Contains(home, "Bob Ray, Beta") {
		t.Errorf("the Home was not drawn anew after a change:\n%s", home)
	}
	ada.HomePress("Open").Form("Bob Ray, Beta", "Attempt 1 of", "Log it").Press("Draft").Form("Ada, Northwind")
	ada.ClearViews()
	ada.HomePress("Open").Form("Bob Ray, Beta").Press("Log it").Form("Logged: email to Bob Ray, Beta").Press("Undo").Form("Taken back")
	ada.ClearViews()
	ada.HomePress("All my prospects").Form("1 prospect in all", "Bob Ray").Press("Open").Form("Bob Ray, Beta", "Next step").Press("Next step").Form("Log it")
	ada.ClearViews()
	ada.Command("/prospect pause until 12 Jan")
	if home := wordsOf(ada.p.Home().Blocks); !holdsAll(home, []string{"You paused: no morning message until Mon 12 January", "[Resume]"}) {
		t.Errorf("the Home of one who paused:\n%s", home)
	}
	ada.HomePress("Resume").Form("Good to have you back")
	ada.ClearViews()
	if home := wordsOf(ada.p.Home().Blocks); strings.Contains(home, "paused") {
		t.Errorf("the Home after resuming:\n%s", home)
	}
	ada.HomePress("Settings").Form("Settings", "Morning message at", "Working hours from").Fill("Morning message at", "25:00").Submit().Refused("A time of day looks like 09:00").
		Fill("Morning message at", "10:30").Submit().Form("Saved", "10:30")
	ada.ClearViews()
	ada.Command("/prospect replied bob no")
	if home := wordsOf(ada.p.Home().Blocks); !holdsAll(home, []string{"Nothing due today", "Bob Ray, Beta, before the first attempt"}) {
		t.Errorf("the reply is not in the Home:\n%s", home)
	}
	for i := range 12 {
		ada.Command("/prospect add Person " + string(rune('A'+i)) + ", Company " + string(rune('A'+i)) + " email:p" + string(rune('a'+i)) + "@x.test starts:today")
	}
	if home := ada.OpenHome(); strings.Count(home, "[Open]") != 10 || !strings.Contains(home, "And 2 more. `/prospect list due` shows them all.") {
		t.Errorf("the full Home:\n%s", home)
	}

	before := w.slack.Calls("views.publish")
	w.Until("10:20")
	ada.Command("/prospect snooze 3 fri")
	if n := w.slack.Calls("views.publish"); n != before {
		t.Errorf("a Home nobody has looked at for twenty minutes was drawn %d times", n-before)
	}
}

// The shortcuts answer only to the person who used them.
func TestStory_Shortcuts(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada, ben := w.Person("ada"), w.Person("ben")
	ada.Shortcut("add").Form("Add a prospect").Fill("Name", "Jane Doe").Fill("Company", "Acme").Fill("Email", "jane@acme.test").Submit().Form("Added #1 Jane Doe, Acme")
	ada.ClearViews()

	r, err := ben.p.Say(demoChannel, "Just checking in, any news on the invoices?")
	if err != nil {
		t.Fatal(err)
	}
	m := r.Message
	ada.MessageShortcut("check", m).Form("Check a draft", "Just checking in, any news").Fill("Who is it for?", "1").Submit().Form("checking in")
	ada.ClearViews()
	ada.MessageShortcut("log", m).Form("Just checking in, any news").Fill("To whom?", "1").Submit().Refused("required field").
		Fill("How?", "Email").Submit().Form("Logged: email to Jane Doe, Acme")
	ada.ClearViews()
	ada.Command("/prospect show 1").Sees("1 attempt")
	for _, m := range ben.p.Channel(demoChannel).Messages {
		if m.User == demoBotUser {
			t.Errorf("the channel sees %s", words(m))
		}
	}
}

// A newcomer is welcomed once, with three first steps; the team channel is
// greeted when the bot is invited, and no other.
func TestStory_HelloAndWelcome(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin", func(_ *worldOptions, o *localslack.Options) {
		o.Channels[0].Members = []string{demoAda, demoBen, demoMei, demoRuth}
	})
	ada := w.Person("ada")
	ada.Command("/prospect").Sees("1. Add a prospect", "2. See what to say first", "3. Log it with one button", "[Set my hours]").Click("Set my hours").Form("Settings")
	ada.ClearViews()
	ada.OpenHome()
	ada.Say("help")
	w.Silence("after what was the welcome")
	ben := w.Person("ben")
	ben.OpenHome()
	ben.Expect("1. Add a prospect")
	ben.OpenHome()
	ben.Say("help")
	w.Silence("after the welcome")

	played.use("event", "member_joined_channel")
	if _, err := ada.p.Invite("C0GENERAL1", demoBotUser); err != nil {
		t.Fatal(err)
	}
	w.Silence("in another channel")
	if _, err := ada.p.Invite(demoChannel, demoBotUser); err != nil {
		t.Fatal(err)
	}
	w.ExpectIn(demoChannel, "/prospect")
}

// Undo: each change for a day, the last three; what was changed since is left
// alone and said; posts and exports are not taken back.
func TestStory_Undo(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command(janeLine)
	snoozed := ada.Command("/prospect snooze 1 fri")
	ada.Command("/prospect note 1 said: we like trains")
	snoozed.Click("Undo").SeesNot("Taken back")
	ada.Command("/prospect show 1").Sees("Snoozed until Fri 9 January", "we like trains")
	for _, what := range []string{"note", "snoozed", "added"} {
		ada.Command("/prospect undo").Sees("Taken back", what)
	}
	ada.Command("/prospect undo").SeesNot("Taken back")
	added := ada.Command("/prospect add Bob Ray, Beta email:bob@beta.test starts:fri")
	w.Until("Tue 10:30")
	ada.Command("/prospect undo").SeesNot("Taken back")
	added.Click("Undo").SeesNot("Taken back")
	ada.Command("/prospect list all").Sees("Bob Ray")
}

// When the app is removed from the workspace it says so to its operator and
// keeps its data.
func TestStory_Uninstalled(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	w.Person("ada").Command(janeLine)
	played.use("event", "app_uninstalled")
	played.use("event", "tokens_revoked")
	w.slack.Faults().Uninstall()
	if h := w.bot.Health(t.Context()); !strings.Contains(h.Trouble, "removed") {
		t.Errorf("the health says %q", h.Trouble)
	}
	w.slack.Faults().RestoreToken()
	w.Restart()
	w.Person("ada").Command("/prospect show jane").Sees("Jane Doe")
}
