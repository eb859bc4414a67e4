package storage

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/prospectcoach/prospectcoach/coach"
)

// dump is every row of a table as text.
func (w *world) dump(table string) string {
	w.t.Helper()
	var lines []string
	w.must(w.read(w.ctx, "dumping", func(q querier) error {
		return q.each("SELECT * FROM "+table, nil, func(rows *sql.Rows) error {
			cols, err := rows.Columns()
			if err != nil {
				return err
			}
			values := make([]any, len(cols))
			for i := range values {
				values[i] = new(any)
			}
			if err := rows.Scan(values...); err != nil {
				return err
			}
			line := ""
			for i, v := range values {
				line += fmt.Sprintf("%s=%v ", cols[i], *v.(*any))
			}
			lines = append(lines, line)
			return nil
		})
	}))
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// noTraces looks for text in the files themselves, where we have them.
func (w *world) noTraces(text string) {
	w.t.Helper()
	path, ok := strings.CutPrefix(w.url, "sqlite://")
	if !ok {
		return
	}
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(path + suffix)
		w.must(err)
		if bytes.Contains(b, []byte(text)) {
			w.t.Errorf("the file %s still holds %q", suffix, text)
		}
	}
}

// state is all that undo must give back.
func (w *world) state() string {
	var out string
	for _, table := range []string{"prospects", "facts", "touches", "skips", "campaigns", "declines", "reps", "nuggets", "never_contact"} {
		out += table + "\n" + w.dump(table) + "\n"
	}
	return out
}

// differing are the lines that only one of two states has.
func differing(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	var out []string
	for _, l := range a {
		if !slices.Contains(b, l) {
			out = append(out, "want "+l)
		}
	}
	for _, l := range b {
		if !slices.Contains(a, l) {
			out = append(out, "got  "+l)
		}
	}
	return strings.Join(out, "\n")
}

func (w *world) undo(id int64) (Undone, error) {
	return w.Undo(w.ctx, Change{Rep: "UADA", At: w.now}, id)
}

func (w *world) wantProblem(err error, says string) {
	w.t.Helper()
	var p coach.Problem
	if !errors.As(err, &p) || !strings.Contains(err.Error(), says) {
		w.t.Errorf("got %v, want a sentence with %q", err, says)
	}
}

var undoTrials = []trial{
	{"recent changes are those that still stand", func(t *testing.T, w *world) {
		id := w.add(jane())
		retitle := func(key, title string, at time.Time) int64 {
			done, err := w.Change(w.ctx, Change{Key: key, Rep: "UADA", Label: title, At: at}, func(tx *Tx) error {
				p, err := tx.Prospect(id)
				p.Title = title
				return err
			})
			w.must(err)
			return done.ID
		}
		retitle("old", "Old", w.now.Add(-25*time.Hour))
		kept := retitle("in:D1:1:a", "Kept", w.now)
		_, err := w.undo(retitle("in:D1:1:b", "Undone", w.now))
		w.must(err)
		got, err := w.Recent(w.ctx, "UADA", w.now.Add(-24*time.Hour))
		w.must(err)
		if n := len(got); n == 0 || got[n-1] != (Recent{kept, "in:D1:1:a", "Kept"}) {
			t.Errorf("got %+v", got)
		}
		for _, r := range got {
			if r.Label == "Old" || r.Label == "Undone" {
				t.Errorf("got %+v", r)
			}
		}
		if others, err := w.Recent(w.ctx, "UBOB", w.now.Add(-24*time.Hour)); err != nil || len(others) != 0 {
			t.Errorf("of somebody else: %+v %v", others, err)
		}
	}},
	{"undo gives back a small value that nobody has set since", func(t *testing.T, w *world) {
		swap := func(value string) int64 {
			done, err := w.Change(w.ctx, Change{Rep: "UADA", Label: "said " + value, At: w.now}, func(tx *Tx) error { return tx.SwapMeta("offer:1", value) })
			w.must(err)
			return done.ID
		}
		holds := func(want string) {
			t.Helper()
			if got, err := w.Meta(w.ctx, "offer:1"); err != nil || got != want {
				t.Errorf("it holds %q, %v, want %q", got, err, want)
			}
		}
		first := swap("a_%")
		swap("b")
		_, err := w.undo(first)
		w.wantProblem(err, "That cannot be undone any more (said a_%).")
		holds("b")
		_, err = w.undo(0)
		w.must(err)
		holds("a_%")
		u, err := w.undo(0)
		if w.must(err); u.Label != "said a_%" {
			t.Errorf("got %+v", u)
		}
		holds("")
		_, err = w.undo(first)
		w.wantProblem(err, "undone already")
		swap("c")
		w.must(w.SetMeta(w.ctx, "offer:1", "answered"))
		_, err = w.undo(0)
		w.wantProblem(err, "answered")
		holds("answered")
		_, err = w.Prune(w.ctx, w.now.Add(time.Second))
		w.must(err)
		if left := w.dump("meta"); strings.Contains(left, imagesKept) {
			t.Errorf("images outlive their changes: %s", left)
		}
	}},
	{"undo goes back three in a row, and no further", func(t *testing.T, w *world) {
		id := w.add(jane())
		var states []string
		for i := range 4 {
			states = append(states, w.state())
			w.change(fmt.Sprint("Change ", i), func(tx *Tx) error {
				p, err := tx.Prospect(id)
				p.Title = fmt.Sprint("Title ", i)
				return err
			})
		}
		for i := 3; i > 0; i-- {
			u, err := w.undo(0)
			w.must(err)
			if u.Label != fmt.Sprint("Change ", i) || !slices.Equal(u.Prospects, []int64{id}) || w.state() != states[i] {
				t.Fatalf("undo %d: %+v", i, u)
			}
		}
		_, err := w.undo(0)
		w.wantProblem(err, "Three changes")
		w.change("New", func(tx *Tx) error {
			p, err := tx.Prospect(id)
			p.Title = "New"
			return err
		})
		if _, err := w.undo(0); err != nil {
			t.Errorf("after a new change: %v", err)
		}
	}},
	{"undo by number works while nothing touched the same", func(t *testing.T, w *world) {
		a, b := w.add(jane()), w.add(jane())
		title := func(id int64, title string) int64 {
			return w.change("Titled "+title, func(tx *Tx) error {
				p, err := tx.Prospect(id)
				p.Title = title
				return err
			})
		}
		first := title(a, "one")
		title(b, "two")
		if _, err := w.undo(first); err != nil || w.life(a).Title != "CFO" {
			t.Errorf("an older change of another prospect: %v", err)
		}
		_, err := w.undo(first)
		w.wantProblem(err, "undone already")
		second := title(a, "three")
		title(a, "four")
		_, err = w.undo(second)
		w.wantProblem(err, "Titled four")
		if w.life(a).Title != "four" {
			t.Error("a refused undo changed something")
		}
		_, err = w.Undo(w.ctx, Change{Rep: "UBOB", At: w.now}, second)
		w.wantProblem(err, "nothing of yours")
		_, err = w.Undo(w.ctx, Change{Rep: "UBOB", At: w.now}, 0)
		w.wantProblem(err, "nothing of yours")
		_, err = w.Undo(w.ctx, Change{Rep: "UADA", At: w.now.Add(24*time.Hour + time.Second)}, 0)
		w.wantProblem(err, "more than a day")
	}},
	{"an undo clicked twice answers the same", func(t *testing.T, w *world) {
		id := w.add(jane())
		c := Change{Key: "click:9", Rep: "UADA", At: w.now}
		first, err := w.Undo(w.ctx, c, 0)
		w.must(err)
		second, err := w.Undo(w.ctx, c, 0)
		if err != nil || first.Repeated || !second.Repeated || second.Label != first.Label || !slices.Equal(second.Prospects, []int64{id}) {
			t.Errorf("%+v, then %+v, %v", first, second, err)
		}
	}},
	{"settings come back, and the hour of the nudge unless it went out", func(t *testing.T, w *world) {
		w.must(w.SaveRep(w.ctx, RepRow{Rep: coach.Rep{ID: "UADA", Why: "old", Daily: 5, DaysOff: []coach.Span{{From: 1, To: 2}}}, NextNudge: monday}))
		set := func() {
			w.change("Settings", func(tx *Tx) error {
				r, err := tx.Rep("UADA")
				w.must(err)
				r.Why, r.Paused, r.DaysOff, r.NextNudge = "new", true, nil, time.Time{}
				return nil
			})
		}
		before := w.state()
		set()
		u, err := w.undo(0)
		if err != nil || !slices.Equal(u.Reps, []string{"UADA"}) || w.state() != before {
			t.Errorf("undo: %+v, %v\n%s", u, err, w.dump("reps"))
		}
		set()
		w.must(w.UpdateRep(w.ctx, "UADA", func(r *RepRow) error { r.NextNudge, r.HomeSeen = monday.Add(time.Hour), monday; return nil }))
		_, err = w.undo(0)
		w.must(err)
		if r, err := w.Rep(w.ctx, "UADA"); err != nil || r.Why != "old" || r.Paused || !r.NextNudge.Equal(monday.Add(time.Hour)) || r.HomeSeen.IsZero() {
			t.Errorf("after a nudge went out: %+v, %v", r, err)
		}
	}},
	{"V9 dismissed reminders vanish, and come back with undo", func(t *testing.T, w *world) {
		id := w.add(coach.Prospect{Owner: "UADA", Name: "Jane", State: coach.Active})
		logged := w.change("Logged", func(tx *Tx) error {
			p, err := tx.Prospect(id)
			w.must(err)
			p.Asked++
			w.must(tx.Queue(Message{Key: "r1", Kind: "reminder", Rep: "UADA", Prospect: id, RunAt: w.now}))
			return tx.Queue(Message{Key: "r1", Kind: "reminder", Rep: "UADA", Prospect: id, RunAt: w.now})
		})
		replied := w.change("Replied", func(tx *Tx) error {
			p, err := tx.Prospect(id)
			w.must(err)
			p.State = coach.Engaged
			return tx.Dismiss(id)
		})
		count := func(want int) {
			t.Helper()
			st, err := w.OutboxStats(w.ctx)
			if err != nil || st.Counts[Pending] != want {
				t.Errorf("%v, %v; want %d pending", st, err, want)
			}
		}
		count(0)
		_, err := w.undo(replied)
		w.must(err)
		count(1)
		_, err = w.undo(logged)
		w.must(err)
		count(0)
	}},
	{"property: random changes, undone, leave everything as before", func(t *testing.T, w *world) {
		rapid.Check(t, func(rt *rapid.T) { undoProperty(rt, w) })
	}},
}

// undoProperty makes one random change of random lives, settings and nuggets
// and takes it back.
func undoProperty(rt *rapid.T, w *world) {
	w.must(w.write(w.ctx, "emptying", func(q querier) error { // from check to check, or the states grow
		for _, table := range []string{"prospects", "reps", "nuggets", "never_contact", "changes"} {
			if _, err := q.exec("DELETE FROM " + table); err != nil {
				return err
			}
		}
		return nil
	}))
	w.must(w.SaveRep(w.ctx, RepRow{Rep: coach.Rep{ID: "UADA"}}))
	p := jane()
	p.ID = 0
	id := w.add(p)
	for range rapid.IntRange(1, 3).Draw(rt, "changes") {
		before := w.state()
		c := w.change("Random", func(tx *Tx) error {
			p, err := tx.Prospect(id)
			w.must(err)
			for range rapid.IntRange(1, 5).Draw(rt, "steps") {
				randomStep(rt, w, tx, p)
			}
			return nil
		})
		after := w.state()
		if after == before {
			continue
		}
		u, err := w.undo(c)
		if err != nil {
			rt.Fatalf("undo: %v", err)
		}
		if got := w.state(); got != before {
			rt.Fatalf("after undoing %+v\n%s", u, differing(before, got))
		}
		// Undone changes would exhaust the three in a row.
		w.now = w.now.Add(time.Minute)
		w.change("Kept", func(tx *Tx) error {
			p, err := tx.Prospect(id)
			w.must(err)
			p.Asked++
			randomStep(rt, w, tx, p)
			return nil
		})
	}
}

func randomStep(rt *rapid.T, w *world, tx *Tx, p *coach.Prospect) {
	at := func(n int) int { return rapid.IntRange(0, max(0, n-1)).Draw(rt, "at") }
	word := rapid.StringMatching(`[a-zß ]{0,8}`).Draw(rt, "word")
	steps := []func(){
		func() {
			p.Name, p.Due, p.NeverContact = word, coach.Date(rapid.IntRange(0, 800000).Draw(rt, "due")), !p.NeverContact
		},
		func() { p.Owner, p.State = "UBOB", coach.Stopped },
		func() {
			p.Touches = slices.Insert(p.Touches, at(len(p.Touches)+1), coach.Touch{Campaign: 1, Channel: coach.Email, Text: word})
		},
		func() {
			if len(p.Touches) > 0 {
				t := &p.Touches[at(len(p.Touches))]
				t.Attempt++
				t.Text, t.Uses = word, append(t.Uses, coach.Ref{ID: 7})
			}
		},
		func() {
			if len(p.Touches) > 0 {
				i := at(len(p.Touches))
				p.Touches = slices.Delete(p.Touches, i, i+1)
			}
		},
		func() { p.Facts = append(p.Facts, coach.Fact{Kind: coach.Trigger, Text: word}) },
		func() {
			if len(p.Facts) > 0 {
				i := at(len(p.Facts))
				p.Facts = slices.Delete(p.Facts, i, i+1)
			}
		},
		func() { p.Skips = append(p.Skips, coach.Skip{Reason: word}) },
		func() { p.Campaigns[len(p.Campaigns)-1].Reason = word },
		func() {
			p.Campaigns = append(p.Campaigns, coach.Campaign{No: len(p.Campaigns) + 1, Situation: coach.Met})
		},
		func() { p.Declined = append(p.Declined, coach.Decline{Variant: word}) },
		func() { p.Declined = nil },
		func() { w.must(tx.Add(&coach.Prospect{Owner: "UADA", Name: word, State: coach.Waiting})) },
		func() {
			r, err := tx.Rep("UADA")
			w.must(err)
			r.Why, r.Daily = word, r.Daily+1
		},
		func() { w.must(tx.AddNugget(&coach.Nugget{Kind: coach.NuggetIssue, Text: word})) },
		func() { w.must(tx.NeverContact([]byte(word))) },
	}
	steps[rapid.IntRange(0, len(steps)-1).Draw(rt, "step")]()
}
