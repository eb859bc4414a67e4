package main

import (
	"strings"
	"testing"
)

const leadsFile = "Full Name;Account;Job Title;E-mail;Phone\r\nJane Doe;Acme;CFO;jane@acme.test;+49 341 1234567\r\n" +
	"Bo Ek;Bäcker <!channel>;CEO;bo@beta.test;\r\nCy Oh;;CTO;cy@gamma.test;\r\nJ. Doe;Acme;;JANE@acme.test;\r\n"

// A dropped CSV is shown first and imported by a button: columns guessed, bad
// rows handed back with the reason, the same file twice adds nothing, and the
// whole import is one change to undo.
func TestStory_ADroppedCSV(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	w.Joins("ada")
	ada.Command("/prospect import").Sees("Drop a CSV file into our direct message")
	ada.Drop("leads.xlsx", "PK\x03\x04 not text").Sees("CSV")
	preview := ada.Drop("leads.csv", leadsFile).Sees("leads.csv: 4 rows", "2 are new", "Name from “Full Name”", "A company is missing", "Bäcker <!channel>")
	ada.Command("/prospect list all").Sees("No prospects")
	preview.Click("Columns").Form("Which column of leads.csv is what?", "Full Name: Jane Doe").Fill("Title", "Not in this file").Submit()
	preview.Choose("importas", "Western Europe (Windows-1252)").Sees("leads.csv: 4 rows").Click("Import the new, skip the others").Sees("Imported 2 prospects from leads.csv", "1 row was left out")
	ada.Command("/prospect list waiting").Sees("2 prospects waiting")
	ada.Drop("again.csv", leadsFile).Sees("You imported this very file today")
	ada.Command("/prospect undo").Sees("Taken back: imported 2 prospects from leads.csv")
	ada.Command("/prospect list all").Sees("No prospects")

	ada.Drop("leads.csv", leadsFile).Click("Import the new, skip the others").Sees("Imported 2 prospects")
	w.Until("Tue 09:00") // C11: they are let in on days that have room
	ada.Expect("2 due today", "Jane Doe", "Bäcker")
}

// export hands the rep their own prospects as a file, nobody else's.
func TestStory_Export(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command(janeLine)
	ada.Command("/prospect add =HYPERLINK(1), Sum & Sons email:sum@sons.test")
	w.Person("ben").Command("/prospect add Bob Ray, Beta email:bob@beta.test")
	ada.Command("/prospect export")
	found := false
	for _, m := range ada.p.DM().Messages {
		for _, f := range m.Files {
			_, data, ok := w.slack.FileContent(f.ID)
			text := string(data)
			if found = ok; !holdsAll(text, []string{"Jane Doe", "jane@acme.test", "opened a hub in Leipzig in January", "HYPERLINK"}) {
				t.Errorf("the file holds\n%s", text)
			}
			if strings.Contains(text, "Bob Ray") {
				t.Error("the file holds a colleague's prospect")
			}
			if strings.Contains(text, "\n=HYPERLINK") || strings.Contains(text, ",=HYPERLINK") {
				t.Error("a name in the file would run as a formula")
			}
		}
	}
	if !found {
		t.Error("no file came")
	}
	for _, m := range w.slack.Unexpected() {
		w.slack.Take(m)
	}
}

// The buttons of a card do what the words do.
func TestStory_TheButtonsOfACard(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command(janeLine)
	card := ada.Command("/prospect show jane")
	card.Click("Plan").Sees("Plan for Jane Doe, Acme", "you move on")
	card.Click("Edit").Form("Edit a prospect", "jane@acme.test").Fill("Title", "CEO").Submit().Form("Saved Jane Doe, Acme")
	ada.ClearViews()
	ada.Command("/prospect show jane").Sees("CEO").Click("Snooze").Form("Until").Fill("Until", "In 2 weeks (Mon 19 January)").Submit()
	ada.ClearViews()
	ada.Command("/prospect show jane").Sees("Snoozed until Mon 19 January").Click("Begin now").Sees("Jane Doe")
	ada.Command("/prospect edit jane").Form("Edit a prospect", "CEO")
	ada.ClearViews()

	ada.Command("/prospect check email jane Just checking in, any news?").Sees("Rework it first: email to Jane Doe, Acme", "checking in")
	ada.Command("/prospect check").Form("Check a draft").Fill("Your draft", "Jane, who checks the invoices of your new hub in Leipzig? Ada, Northwind").Fill("Who is it for?", "1").Submit().Form("Send it")
	ada.ClearViews()
	ada.Command("/prospect log").Form("Log").Fill("To whom?", "1").Fill("How?", "Email").Fill("When?", "tomorrow").Submit().Refused("still to come")
	ada.ClearViews()
	ada.Command("/prospect nugget add outcome: cut invoice errors by a third").Sees("Added for the whole team")
	ada.Command("/prospect nugget list").Sees("1  outcome: cut invoice errors by a third")
	ada.Command("/prospect nugget list").Sees("Not used in 90 days").Click("Remove").Sees("Removed nugget 1", "All nuggets").Click("Undo").Sees("Taken back")
	ada.Command("/prospect nugget remove 1").Sees("Removed nugget 1").Click("Undo").Sees("Taken back")
}
