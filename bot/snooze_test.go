package bot

import (
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// C12: who has answered is not put aside but asked about on that day, and the
// day is said wherever it was chosen: typed, in the window, by a button.
func TestC12_WhoAnsweredIsAskedAboutOnTheDayThatWasChosen(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("replied jane interested")
	asked := func(day string) {
		t.Helper()
		if p := k.life(1); p.State != coach.Engaged || p.NextAsk.String() != day {
			t.Errorf("state %s, asked about %s, want %s", p.State, p.NextAsk, day)
		}
	}
	k.types("snooze jane fri").sees("Jane Doe, Acme answered: I ask again what came of it Fri 6 March 2026.")
	asked("2026-03-06")
	k.types("snooze 1").got(k.p.Fill("Or another day", "20 March")).got(k.p.Submit()).sees("I ask again what came of it Fri 20 March 2026.")
	asked("2026-03-20")
	k.p.ClearViews()
	k.types("note jane said: call me in May").presses("Snooze until Fri 1 May").sees("I ask again what came of it Fri 1 May 2026.")
	asked("2026-05-01")
	k.types("undo").sees("Taken back: put off asking about Jane Doe, Acme until Fri 1 May 2026.")
	asked("2026-03-20")
}

// C11: who came with a file is put aside until a day like everybody else, and
// what cannot be done yet names the way on.
func TestC11_WhoCameWithAFileIsPutAsideUntilADay(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types("help")
	if _, err := k.w.bot.ImportFile(t.Context(), "U1", "x.csv", []byte("name,company,email\nJane Doe,Acme,jane@acme.test\n"), true, nil); err != nil {
		t.Fatal(err)
	}
	k.types("skip jane not-now").sees("Jane waits for a day with room; next 1 begins now.")
	k.types("reopen jane").sees("Jane waits for a day with room; next 1 begins now.")
	k.types("snooze jane fri").sees("Snoozed Jane Doe, Acme until Fri 6 March 2026.")
	k.types("undo").sees("Taken back: snoozed Jane Doe, Acme")
	if p := k.life(1); p.State != coach.Waiting {
		t.Fatalf("after undo %s", p.State)
	}
	k.types("snooze jane fri")
	k.w.tick(monday(t, 9, 0).AddDate(0, 0, 4))
	if p := k.life(1); p.State != coach.Active || p.Due.String() != "2026-03-06" {
		t.Errorf("on the day %s, due %s", p.State, p.Due)
	}
}
