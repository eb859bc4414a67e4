package coach_test

import (
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

func TestC11_WhoIsHandedOverWaitsUnlessBegun(t *testing.T) {
	t.Parallel()
	to := &coach.Rep{ID: "UBO", WorkingDays: coach.MonToFri}
	for _, tt := range []struct {
		rule   string
		touch  bool
		state  coach.State
		want   coach.State
		wanted bool // a due day
	}{
		{"C11 not begun", false, coach.Active, coach.Waiting, false},
		{"C11 begun keeps its rhythm", true, coach.Active, coach.Active, true},
		{"C11 snoozed stays snoozed", false, coach.Snoozed, coach.Snoozed, true},
		{"C11 waiting goes on waiting", false, coach.Waiting, coach.Waiting, false},
		{"C11 won stays won", true, coach.Won, coach.Won, false},
	} {
		c := fresh(t, "2026-03-02", coach.Cold)
		c.Prospect.State, c.Prospect.Owner = tt.state, "UADA"
		if tt.state == coach.Snoozed {
			c.Prospect.SnoozedUntil = c.Today() + 7
		}
		if tt.touch {
			sent(t, c, "2026-02-26", coach.Email, coach.Homework)
		}
		zone := c.Rep.Zone
		to.Zone = zone
		c.HandOver(to)
		if p := c.Prospect; p.Owner != "UBO" || p.State != tt.want || (p.Due != 0) != tt.wanted {
			t.Errorf("%s: owner %s, %s, due %s", tt.rule, p.Owner, p.State, p.Due)
		}
	}
}

func TestC11_WhatWaitedForARepGoesOnWhereItStood(t *testing.T) {
	t.Parallel()
	c := fresh(t, "2026-03-02", coach.Cold)
	c.Prospect.State = coach.Active
	sent(t, c, "2026-02-02", coach.Email, coach.Homework)
	c.Reindex()
	if late := c.Advise().OverdueDays; late == 0 {
		t.Fatal("the test needs a late one")
	}
	if err := c.Wait(); err != nil {
		t.Fatal(err)
	}
	if a := c.Advise(); c.Prospect.State != coach.Waiting || a.OverdueDays != 0 || a.Verdict.Kind != coach.WaitVerdict {
		t.Errorf("waiting: %s, %d days late, %s", c.Prospect.State, a.OverdueDays, a.Verdict.Kind)
	}
	if row := c.Row(); row.New {
		t.Error("one that was begun is not new and must not count against the five new ones a day")
	}
	if err := c.Wait(); err == nil {
		t.Error("waiting twice is refused")
	}
	if err := c.LetIn(); err != nil {
		t.Fatal(err)
	}
	a := c.Advise()
	if c.Prospect.State != coach.Active || a.Due != c.Today() || a.OverdueDays != 0 || a.Attempts != 1 {
		t.Errorf("let in: %s, due %s, %d days late, %d attempts", c.Prospect.State, a.Due, a.OverdueDays, a.Attempts)
	}
	if _, err := c.Log(coach.Touch{Channel: coach.Email, Angle: coach.RightPerson}); err != nil {
		t.Fatal(err)
	}
	if a := c.Advise(); a.Attempts != 2 || a.Due <= c.Today() {
		t.Errorf("after the next attempt: %d attempts, due %s", a.Attempts, a.Due)
	}
}

// C11: a day that the rep chose goes before the day that has room. From then on
// nobody waits any more, whoever was begun goes on where they stood.
func TestC11_WhoWaitsCanBeSnoozed(t *testing.T) {
	t.Parallel()
	for _, begun := range []bool{false, true} {
		c := fresh(t, "2026-03-02", coach.Cold)
		if begun {
			sent(t, c, "2026-02-02", coach.Email, coach.Homework)
		}
		if err := c.Wait(); err != nil {
			t.Fatal(err)
		}
		if err := c.Snooze(day(t, "2026-03-14")); err != nil || c.Prospect.State != coach.Snoozed || c.Prospect.Due != day(t, "2026-03-16") {
			t.Fatalf("begun %v: %s, due %s (%v)", begun, c.Prospect.State, c.Prospect.Due, err)
		}
		if err := c.Snooze(day(t, "2026-03-04")); err != nil || c.Prospect.Due != day(t, "2026-03-04") || c.Prospect.Begun() != begun {
			t.Errorf("begun %v, an earlier day: due %s (%v)", begun, c.Prospect.Due, err)
		}
		c = at(c, day(t, "2026-03-04"))
		if a := c.Advise(); !c.Wake() || c.Prospect.State != coach.Active || a.OverdueDays != 0 {
			t.Errorf("begun %v: %s, %d days late", begun, c.Prospect.State, a.OverdueDays)
		}
	}
}

// C11: what does not go while one waits says what does.
func TestC11_WhoWaitsIsBegunByNext(t *testing.T) {
	t.Parallel()
	c := fresh(t, "2026-03-02", coach.Cold)
	c.Prospect.ID = 12
	if err := c.Wait(); err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{"skip": c.Skip("not-now"), "reopen": c.Reopen(), "finish": c.Finish()} {
		if err == nil || err.Error() != "Jane waits for a day with room; next 12 begins now." {
			t.Errorf("%s: %v", what, err)
		}
	}
}
