package bot

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// change changes Ada's prospect 1 by the rules.
func change(t *testing.T, w *world, do func(coach.Case) error) {
	t.Helper()
	ctx := context.Background()
	row, err := w.store.Rep(ctx, "U1")
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.store.Change(ctx, storage.Change{Rep: "U1", Label: "test", At: w.now()}, func(tx *storage.Tx) error {
		p, err := tx.Prospect(1)
		if err != nil {
			return err
		}
		c := coach.Case{Playbook: w.bot.Playbook(), Now: w.now(), Rep: w.bot.rep(row), Prospect: p}
		if err := do(c); err != nil {
			return err
		}
		c.Reindex()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func said(w *world, part string) (n int) {
	for _, m := range inDM(w, "ada") {
		if strings.Contains(m, part) {
			n++
		}
	}
	return n
}

func TestC5_TheBestTimeIsRemindedOfOnce(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name, best string
		due        int       // day of March
		at         time.Time // of the reminder
	}{
		{"in the afternoon", "16:30", 2, monday(t, 16, 30)},
		{"S4 after the working hours, as the rep was told", "after 19", 2, monday(t, 19, 30)},
		{"before the next day's nudge", "before 9", 3, monday(t, 8, 30).AddDate(0, 0, 1)},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, monday(t, 8, 40), nil, nil)
			due(t, w, coach.NewDate(2026, 3, row.due))
			change(t, w, func(c coach.Case) error {
				c.Prospect.Email = "" // so that the phone leads
				return c.NoteGatekeeper("Ana, try " + row.best)
			})
			w.tick(monday(t, 9, 0))
			w.tick(row.at.Add(-time.Minute))
			if n := said(w, "good time to call"); n != 0 {
				t.Errorf("reminded %d times before the time", n)
			}
			for m := range 3 {
				w.tick(row.at.Add(time.Duration(m) * time.Minute))
			}
			if n := said(w, "good time to call"); n != 1 {
				t.Errorf("reminded %d times: %q", n, inDM(w, "ada"))
			}
		})
	}
}

// H2: the reminder is the email itself, ready to copy and to log, and comes
// once.
func TestH2_TheReminderShowsTheEmailItself(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	for range 4 {
		k.types("next 1")
		if strings.Contains(k.said(), "Voicemail:") {
			break
		}
		k.types("log 1 email outcome:sent")
		k.w.move(k.w.now().AddDate(0, 0, 14))
	}
	k.presses("Left voicemail").sees("Subject: ")
	_, email, _ := strings.Cut(k.said(), "Subject: ")
	at := k.w.now()
	for _, later := range []time.Duration{119, 121, 180, 24 * 60} {
		k.w.tick(at.Add(later * time.Minute))
	}
	if n := said(k.w, "none is logged yet"); n != 1 {
		t.Fatalf("reminded %d times", n)
	}
	var reminder localslack.Message
	for _, m := range k.p.DM().Messages {
		if strings.Contains(m.Text, "none is logged yet") {
			reminder = m
		}
	}
	if !strings.Contains(reminder.Text, "Subject: "+strings.TrimSpace(email)) {
		t.Errorf("the reminder holds another text:\n%s\nnot\n%s", reminder.Text, email)
	}
	k.got(k.p.Click(reminder, "Draft"))
	k.got(k.p.Click(reminder, "Log it")).sees("Logged: email to Jane Doe")
}

func TestH2_TheAnnouncedEmailIsRemindedOfOnceUnlessItWasSent(t *testing.T) {
	t.Parallel()
	for _, sent := range []bool{false, true} {
		w := newWorld(t, monday(t, 9, 30), nil, nil)
		due(t, w, coach.NewDate(2026, 3, 2))
		if _, err := w.slack.Person("ada").Say("", "log 1 call short_ask outcome:left"); err != nil {
			t.Fatal(err)
		}
		if sent {
			if _, err := w.slack.Person("ada").Say("", "log 1 email short_ask"); err != nil {
				t.Fatal(err)
			}
		}
		w.tick(monday(t, 11, 29))
		w.tick(monday(t, 11, 31))
		w.tick(monday(t, 14, 0))
		want := 1
		if sent {
			want = 0
		}
		if n := said(w, "none is logged yet"); n != want {
			t.Errorf("email sent %v: reminded %d times: %q", sent, n, inDM(w, "ada"))
		}
	}
}

// C5, S3: a best time that is told after the morning message is reminded of as
// well: today's, tomorrow's before the next one, and the one told last.
func TestC5_ABestTimeToldAfterTheMorningIsRemindedOf(t *testing.T) {
	t.Parallel()
	noon, tomorrow := monday(t, 12, 0), monday(t, 0, 0).AddDate(0, 0, 1)
	for _, row := range []struct {
		name, starts string
		says         []string
		at           []time.Time // of the reminders
	}{
		{"today", "today", []string{"note jane gatekeeper: Ana, try 16:30"}, []time.Time{monday(t, 16, 30)}},
		{"before tomorrow's message", "tomorrow", []string{"note jane gatekeeper: Ana, try before 9"}, []time.Time{tomorrow.Add(8*time.Hour + 30*time.Minute)}},
		{"an earlier one", "today", []string{"note jane gatekeeper: Ana, try 16:30", "note jane gatekeeper: Ana, try 15:00"}, []time.Time{monday(t, 15, 0)}},
		{"a later one", "today", []string{"note jane gatekeeper: Ana, try 15:00", "note jane gatekeeper: Ana, try 16:30"}, []time.Time{monday(t, 16, 30)}},
		{"taken back", "today", []string{"note jane gatekeeper: Ana, try 16:30", "undo"}, nil},
		{"told again", "today", []string{"note jane gatekeeper: Ana, try 16:30", "undo", "note jane gatekeeper: Ana, try 16:30"}, []time.Time{monday(t, 16, 30)}},
		{"the call was made", "today", []string{"note jane gatekeeper: Ana, try 16:30", "log jane call no-answer"}, nil},
		{"over already", "today", []string{"note jane gatekeeper: Ana, try 11:00"}, nil},
		{"when it is added", "today", nil, []time.Time{monday(t, 16, 30)}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			k := newTalk(t, monday(t, 8, 40))
			k.types("help")
			k.w.tick(monday(t, 9, 0))
			k.w.move(noon)
			line := "add Jane Doe, Acme phone:+49 341 1234567 industry:logistics starts:" + row.starts
			if row.says == nil {
				line += " gatekeeper:Ana, try 16:30"
			}
			k.types(line).sees("Added #1")
			for i, says := range row.says {
				k.w.move(noon.Add(time.Duration(i+1) * time.Second))
				k.types(says)
			}
			var reminded []time.Time
			for at := noon.Add(30 * time.Minute); at.Before(tomorrow.Add(10 * time.Hour)); at = at.Add(30 * time.Minute) {
				before := said(k.w, "good time to call")
				k.w.tick(at)
				if said(k.w, "good time to call") > before {
					reminded = append(reminded, at)
				}
			}
			if !slices.EqualFunc(reminded, row.at, time.Time.Equal) {
				t.Errorf("reminded at %v, want %v", reminded, row.at)
			}
		})
	}
}
