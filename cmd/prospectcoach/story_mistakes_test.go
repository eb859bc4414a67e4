package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

// Bad input gets one clear line, nothing is lost, nothing half done.
func TestStory_Mistakes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command(janeLine).Sees("#1")
	ada.Command("/prospect add Jane Roe, Umbra, Buyer email:jane@umbra.test").Sees("#2")

	for _, c := range []struct {
		line string
		sees []string
	}{
		{"/prospect snoze 1 fri", []string{"snooze"}},
		{"/prospect xyzzy", []string{"help"}},
		{"/prospect snooze", []string{"snooze"}},
		{"/prospect show jane", []string{"Jane Doe", "Jane Roe"}},
		{"/prospect snooze 1 2025-12-01", []string{"over already", "tomorrow"}},
		{"/prospect snooze 1 someday", []string{"someday"}},
		{"/prospect log 1", []string{"log"}},
		{"/prospect log 1 pigeon", []string{"log 1 email", "linkedin"}},
		{"/prospect add", nil},
		{"/prospect show 77", []string{"77"}},
		{"/prospect show nobody", []string{"nobody"}},
		{"/prospect note 1", []string{"note"}},
		{"/prospect replied", []string{"replied"}},
		{"/prospect undo the world", nil},
		{"/prospect nugget add", []string{"nugget"}},
		{"/prospect " + strings.Repeat("x", 4000), nil},
		{"/prospect 🦄", []string{"help"}},
	} {
		got := ada.Command(c.line)
		if got.view != nil {
			ada.ClearViews()
			continue
		}
		got.Sees(c.sees...)
		if text := got.Words(); len(text) > 1500 {
			t.Errorf("%.40s: the answer has %d bytes; one clear line was promised:\n%s", c.line, len(text), text)
		}
	}
	// Nothing was changed by any of it but undo, which takes back the last add.
	ada.Command("/prospect list all").Sees("Jane Doe")
}

// Names that look like markup stay what was typed.
func TestStory_TextStaysText(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command(`/prospect add *Bold* <b>Bob</b>, <!channel> & Sons, CFO email:bob@sons.test research:likes <@U0BENOKAFOR> and _stars_`).Sees("<!channel> & Sons")
	ada.In(demoChannel).Command("/prospect show 1").Sees("<!channel> & Sons", "*Bold* <b>Bob</b>")
	for _, m := range ada.p.DM().Messages {
		if strings.Contains(m.Text, "<!channel>") || strings.Contains(m.Text, "<@U0BENOKAFOR>") {
			t.Errorf("markup of a person came alive: %s", m.Text)
		}
	}
	w.Until("Tue 09:00")
	ada.Expect("<!channel> & Sons")
}

// An empty form, a form with errors, a button pressed twice, a button on a
// prospect that is gone.
func TestStory_FormsAndLateButtons(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	form := ada.Command("/prospect add").Form("Add a prospect")
	form.Submit().Refused("") // Slack itself asks for what is required
	form.Fill("Name", "Jane Doe").Fill("Company", "Acme").Fill("Email", "jane at acme").Submit().Refused("address")
	form.Fill("Email", "jane@acme.test").Fill("First attempt", "today").Submit().Form("Added #1")
	ada.ClearViews()

	stale := ada.Command("/prospect show 1").shown
	next := ada.Command("/prospect next 1")
	logged := next.Click("Log it")
	logged.Sees("Jane Doe")
	w.Until("10:01")
	ada.forges(next.shown[len(next.shown)-1], "Log it").Sees("Attempt 2 of 5", "Something happened here in the meantime; this is how it stands now.")
	ada.Command("/prospect undo").Sees("Taken back")
	ada.Command("/prospect undo").Sees("Taken back")
	gone, err := ada.p.Click(stale[len(stale)-1], "Plan")
	ada.did("a button on a prospect that is gone", gone, err).SeesNot("Something went wrong").SeesNot("Jane")
}

// forges presses a button as the message drew it, though it may look otherwise
// by now: as from a second screen that has not caught up.
func (a *actor) forges(m localslack.Message, label string) *answer {
	a.Helper()
	var rows []struct {
		Elements []struct {
			Action string `json:"action_id"`
			Value  string
			Text   struct{ Text string }
		}
	}
	if err := json.Unmarshal(m.Blocks, &rows); err != nil {
		a.Fatal(err)
	}
	for _, row := range rows {
		for _, e := range row.Elements {
			if e.Text.Text == label {
				f := a.p.ForgeClick(e.Action, e.Value)
				if f.Trouble != nil {
					a.Fatal(f.Trouble)
				}
				return a.did(label+" once more", f.Result, nil)
			}
		}
	}
	a.Fatalf("no button %q in %s", label, m.Blocks)
	return nil
}

// ClearViews closes all windows.
func (a *actor) ClearViews() {
	a.Helper()
	if _, err := a.p.ClearViews(); err != nil {
		a.Fatal(err)
	}
}
