package storage

import (
	"slices"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

var reindexTrials = []trial{
	{"C8 due days are written anew and undo is not lost by it", func(t *testing.T, w *world) {
		id := w.add(coach.Prospect{Owner: "UADA", Name: "Jane", State: coach.Active, Due: date("2026-03-03")})
		never := w.add(coach.Prospect{Owner: "UADA", Name: "Bo", State: coach.Won})
		edit := w.change("Edited", func(tx *Tx) error {
			p, err := tx.Prospect(id)
			p.Title = "CFO"
			return err
		})
		seen := 0
		w.must(w.Reindex(w.ctx, []int64{id, never, 999}, func(p *coach.Prospect) coach.Date {
			seen++
			if p.ID == never {
				return 0
			}
			p.Name = "only the day is kept"
			return date("2026-03-09")
		}))
		p, err := w.Prospect(w.ctx, id)
		if err != nil || p.Due != date("2026-03-09") || p.Name != "Jane" || seen != 2 {
			t.Errorf("%s, due %s, %d seen, %v", p.Name, p.Due, seen, err)
		}
		if rs, _, err := w.List(w.ctx, ListQuery{Owner: "UADA", DueBy: date("2026-03-08")}); err != nil || len(rs) != 0 {
			t.Errorf("due before: %+v, %v", rs, err)
		}
		if _, err := w.Undo(w.ctx, Change{Rep: "UADA", At: w.now}, edit); err != nil {
			t.Errorf("undo is lost: %v", err)
		}
	}},
	{"C8 a changed calendar is owed until it is paid, an undo too", func(t *testing.T, w *world) {
		w.must(w.SaveRep(w.ctx, RepRow{Rep: coach.Rep{ID: "UADA"}}))
		id := w.add(coach.Prospect{Owner: "UADA", Name: "Jane", State: coach.Active, Due: date("2026-03-03")})
		owed := func(when string, want ...Debt) {
			t.Helper()
			got, err := w.Debts(w.ctx)
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%s: %v, %v; want %v", when, got, err, want)
			}
		}
		settings := func(do func(*RepRow)) int64 {
			return w.change("Settings", func(tx *Tx) error {
				r, err := tx.Rep("UADA")
				if err == nil {
					do(r)
				}
				return err
			})
		}
		settings(func(r *RepRow) { r.Why = "I help" })
		owed("another setting")
		first := settings(func(r *RepRow) { r.DaysOff = []coach.Span{{From: date("2026-03-03"), To: date("2026-03-05")}} })
		owed("days off", Debt{"UADA", first})
		second := settings(func(r *RepRow) { r.WorkingDays = 1 << 2 })
		w.must(w.Paid(w.ctx, Debt{"UADA", first}))
		owed("an older debt paid", Debt{"UADA", second})
		w.must(w.Paid(w.ctx, Debt{"UADA", second}))
		owed("paid")
		u, err := w.Undo(w.ctx, Change{Rep: "UADA", At: w.now}, second)
		if err != nil || len(u.Debts) != 1 {
			t.Fatalf("%+v, %v", u, err)
		}
		owed("undone", u.Debts...)
		w.must(w.Paid(w.ctx, u.Debts[0]))
		edit := w.change("Edited", func(tx *Tx) error {
			p, err := tx.Prospect(id)
			p.Title = "CFO"
			return err
		})
		owed("a life")
		if u, err = w.Undo(w.ctx, Change{Rep: "UADA", At: w.now}, edit); err != nil || len(u.Debts) != 1 || u.Debts[0].Rep != "UADA" {
			t.Errorf("%+v, %v", u, err)
		}
		owed("a life given back", u.Debts...)
	}},
	{"S6 who is in the last tries, by name", func(t *testing.T, w *world) {
		add := func(owner, name string, last bool, ended coach.Date) {
			w.add(coach.Prospect{Owner: owner, Name: name, Company: "Acme", State: coach.Active, Campaigns: []coach.Campaign{{No: 1, Situation: coach.Cold, LastTries: last, Ended: ended, End: coach.EndMovedOn}}})
		}
		add("UADA", "Zoe", true, 0)
		add("UADA", "Bo", true, 0)
		add("UADA", "Cy", false, 0)
		add("UBOB", "Di", true, 0)
		add("UADA", "Ed", true, date("2026-03-02"))
		for rep, want := range map[string]string{"UADA": "Bo Zoe ", "": "Bo Di Zoe ", "UEVE": ""} {
			rows, err := w.InLastTries(w.ctx, rep, 10)
			got := ""
			for _, r := range rows {
				got += r.Name + " "
			}
			if err != nil || got != want {
				t.Errorf("%q: %q, want %q, %v", rep, got, want, err)
			}
		}
		if rows, err := w.InLastTries(w.ctx, "", 2); err != nil || len(rows) != 2 {
			t.Errorf("at most two: %+v, %v", rows, err)
		}
	}},
}
