package main

import (
	"testing"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

// A manager sees a rep's list and week; a rep sees only their own.
func TestStory_AManagerLooks(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-12 10:00", "Europe/Berlin")
	ada, ben, ruth := w.Person("ada"), w.Person("ben"), w.Person("ruth")
	ada.Command(janeLine)
	ada.Command("/prospect log 1 email homework")
	ben.Command("/prospect add Bob Ray, Beta, Buyer email:bob@beta.test")
	ruth.Command("/prospect list @ada").Sees("1 prospect", "Ada Weber", "Jane Doe, Acme", "press Hand over in its menu").SeesNot("Bob").Click("Open").Sees("Jane Doe, Acme")
	ruth.Command("/prospect list @ada all acme").Sees("Jane Doe")
	ruth.Command("/prospect week @ada").Sees("Ada Weber", "*1 attempt*")
	ruth.Command("/prospect show 1").Sees("Jane Doe")
	ruth.Command("/prospect list @nobody").Sees("I know no rep")
	ben.Command("/prospect list @ada").Sees("Only managers").SeesNot("Jane")
	ben.Command("/prospect week @ada").Sees("Only managers").SeesNot("attempt")
}

// A manager sees what the team is coached by, and where it comes from; a rep
// sees the team's week without that button.
func TestStory_AManagerSeesCadenceAndDrafts(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-12 10:00", "Europe/Berlin")
	ada, ruth := w.Person("ada"), w.Person("ruth")
	ruth.Command("/prospect team").Sees("The week").Click("Cadence and drafts").
		Sees("Cadence and drafts", "built in", "Capital, low urgency", "value nugget", "templates show")
	ada.Command("/prospect team").Sees("The week").SeesNot("Cadence and drafts")
}

// A manager hands over at once; a rep's own needs the colleague's Accept.
func TestStory_Assign(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-12 10:00", "Europe/Berlin")
	ada, mei, ruth := w.Person("ada"), w.Person("mei"), w.Person("ruth")
	w.Joins("mei")
	w.Changed("mei", func(u *localslack.User) { u.TZ = "Europe/Berlin" })
	ada.Command(janeLine)
	ada.Command("/prospect add Bob Ray, Beta, Buyer email:bob@beta.test")

	ruth.Command("/prospect assign 1 @mei").Sees("Mei Tanaka")
	mei.Expect("Ruth Castell handed you Jane Doe, Acme")
	ada.Expect("Ruth Castell handed Jane Doe, Acme", "to Mei Tanaka")
	ada.Command("/prospect show 1").Sees("There is no prospect 1")
	mei.Command("/prospect show 1").Sees("Jane Doe")

	ada.Command("/prospect assign bob @mei").Sees("Mei Tanaka is asked to take over", "Until they accept, nothing changes")
	mei.Command("/prospect show 2").Sees("There is no prospect 2")
	offer := mei.Expect("Ada Weber asks you to take over Bob Ray, Beta", "[No, thank you]")
	offer.Click("No, thank you").Sees("Declined")
	ada.Expect("Mei Tanaka cannot take over Bob Ray")

	ada.Command("/prospect add Cy Lee, Gamma, Buyer email:cy@gamma.test starts:today")
	ada.Command("/prospect assign 3 @mei").Sees("is asked")
	mei.Expect("asks you to take over Cy Lee, Gamma").Click("Accept").Sees("Cy Lee, Gamma", "yours now")
	ada.Expect("Mei Tanaka took over Cy Lee, Gamma")
	mei.Command("/prospect next cy").Sees("Cy Lee, Gamma", "Mei")
}

// The card's menu hands over by a form; its window says what came of it.
func TestStory_HandOverByTheCard(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-12 10:00", "Europe/Berlin")
	ada, mei := w.Person("ada"), w.Person("mei")
	w.Joins("mei")
	w.Changed("mei", func(u *localslack.User) { u.TZ = "Europe/Berlin" })
	ada.Command(janeLine)
	form := ada.Command("/prospect show 1").Choose("more", "Hand over").Form("Hand over", "Jane Doe, Acme")
	form.Fill("To whom", mei.p.ID())
	form.Submit().Form("Mei Tanaka is asked to take over Jane Doe, Acme")
	ada.ClearViews()
	mei.Expect("Ada Weber asks you to take over Jane Doe, Acme").Click("Accept").Sees("Jane Doe, Acme", "yours now")
	ada.Expect("Mei Tanaka took over Jane Doe, Acme")
	ada.Command("/prospect show 1").Sees("There is no prospect 1")
}

// A rep who is deactivated gets no more nudges; the manager is told once, with
// the number of prospects and the way to hand them over.
func TestStory_ARepWhoLeft(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-12 10:00", "Europe/Berlin")
	ada, ruth := w.Person("ada"), w.Person("ruth")
	w.Joins("ruth", "mei")
	w.Changed("mei", func(u *localslack.User) { u.TZ = "Europe/Berlin" })
	ada.Command(janeLine)
	ada.Command("/prospect add Bob Ray, Beta, Buyer email:bob@beta.test")
	w.Changed("ada", func(u *localslack.User) { u.Deleted = true })
	w.Until("Tue 10:00")
	left := ruth.Expect("Ada Weber was deactivated in Slack", "2 prospects are left behind")
	left.Click("Show them").Sees("Jane Doe", "Bob Ray")
	ruth.Command("/prospect assign 1 @mei").Sees("Mei Tanaka")
	w.Person("mei").Expect("handed you Jane Doe")
	w.Until("Wed 10:00")
	for _, m := range w.slack.Unexpected() {
		if isNudge(m) && m.Channel == w.Person("mei").p.DM().ID {
			w.slack.Take(m) // Mei goes on with Jane
		}
	}
	w.Silence("for who left, and the manager was told once")
}

// forget asks once, erases, and takes the bot's messages that show the person
// out of the DM.
func TestStory_Forget(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-12 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	w.Joins("ada")
	ada.Command(janeLine)
	ada.Say("show 1").Sees("Jane Doe")
	ask := ada.Command("/prospect forget jane").Sees("cannot be undone")
	ask.Click("Keep").Sees("is kept")
	ada.Command("/prospect forget 1").Click("Forget for good").Sees("Prospect #1 is forgotten", "I cannot reach")
	ada.Command("/prospect show 1").Sees("There is no prospect 1")
	ada.Command("/prospect undo").SeesNot("Jane")
	for _, m := range ada.p.DM().Messages {
		if m.User == demoBotUser && holdsAll(words(m), []string{"Jane"}) {
			t.Errorf("still in the DM: %s", words(m))
		}
	}
}
