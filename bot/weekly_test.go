package bot

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// touched gives Ada a prospect and logs a touch on Tuesday 3 March.
func touched(t *testing.T, w *world) {
	t.Helper()
	due(t, w, coach.NewDate(2026, 3, 2))
	w.move(monday(t, 10, 0).AddDate(0, 0, 1))
	ctx := context.Background()
	row, err := w.store.Rep(ctx, "U1")
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.store.Change(ctx, storage.Change{Rep: "U1", Label: "log", At: w.now()}, func(tx *storage.Tx) error {
		p, err := tx.Prospect(1)
		if err != nil {
			return err
		}
		c := coach.Case{Playbook: w.bot.Playbook(), Now: w.now(), Rep: w.bot.rep(row), Prospect: p}
		if _, err = c.Log(coach.Touch{Channel: coach.Email, Angle: coach.ShortAsk, Outcome: coach.OutcomeSent}); err == nil {
			c.Reindex()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func weeks(texts []string) (n int) {
	for _, s := range texts {
		if strings.Contains(s, "eek, ") && strings.Contains(s, "1 attempt") {
			n++
		}
	}
	return n
}

func inChannelSales(w *world) (texts []string) {
	for _, m := range w.slack.Person("ada").Channel("sales").Messages {
		texts = append(texts, m.Text)
	}
	return texts
}

func TestS6_TheWeekIsPostedOnceAtItsHour(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 8, 0), nil, nil)
	touched(t, w)
	friday := monday(t, 16, 0).AddDate(0, 0, 4)
	w.tick(monday(t, 8, 0).AddDate(0, 0, 1))
	w.tick(friday.Add(-time.Minute))
	if n := weeks(inChannelSales(w)); n != 0 {
		t.Fatalf("%d weeks before the hour", n)
	}
	for _, m := range []int{0, 0, 1, 20} {
		w.tick(friday.Add(time.Duration(m) * time.Minute))
	}
	if got := inChannelSales(w); weeks(got) != 1 {
		t.Errorf("the channel reads %q", got)
	}
	if got := inDM(w, "ada"); weeks(got) != 1 {
		t.Errorf("Ada's own week: %q", got)
	}
}

func TestS6_AWeekMissedComesLateAndOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 8, 0), nil, nil)
	touched(t, w)
	w.tick(monday(t, 8, 0).AddDate(0, 0, 1))
	w.halt()
	sunday := monday(t, 11, 0).AddDate(0, 0, 6)
	w.move(sunday)
	w.boot()
	w.tick(sunday)
	w.tick(sunday.Add(time.Hour))
	if got := inChannelSales(w); weeks(got) != 1 {
		t.Errorf("the channel reads %q", got)
	}
	if got := inDM(w, "ada"); weeks(got) != 0 {
		t.Errorf("on a Sunday Ada reads %q", got)
	}
	w.tick(sunday.Add(22 * time.Hour))
	if got := inDM(w, "ada"); weeks(got) != 1 {
		t.Errorf("on Monday Ada reads %q", got)
	}
}

func TestANewInstallationHasNoWeekBehindIt(t *testing.T) {
	t.Parallel()
	saturday := monday(t, 10, 0).AddDate(0, 0, -2)
	w := newWorld(t, saturday, nil, nil)
	w.tick(saturday)
	if got := inChannelSales(w); len(got) != 0 {
		t.Errorf("the channel reads %q", got)
	}
}

// TestAChannelThatCannotTakeTheWeek is product section 4: it goes to the
// managers with the one line that mends it.
func TestAChannelThatCannotTakeTheWeek(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name, want string
		setup      func(*Config)
		spoil      func(*world)
	}{
		{"no channel", "No team channel is set", func(c *Config) { c.Settings.TeamChannel = "" }, nil},
		{"unknown", "cannot be found", func(c *Config) { c.Settings.TeamChannel = "nowhere" }, nil},
		{"not a member", "Invite me there", func(c *Config) { c.Settings.TeamChannel = "random" }, nil},
		{"archived", "is archived", nil, func(w *world) { w.slack.UpdateChannel("C00000001", func(c *localslack.Channel) { c.Archived = true }) }},
		{"shared", "shared with another company", nil, func(w *world) { w.slack.UpdateChannel("C00000001", func(c *localslack.Channel) { c.ExtShared = true }) }},
		{"closed to us", "Only some members may post", nil, func(w *world) { w.slack.Faults().Refuse("chat.postMessage", 1, "restricted_action") }},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, monday(t, 8, 0), func(c *Config) {
				if row.setup != nil {
					row.setup(c)
				}
			}, nil)
			w.tick(monday(t, 8, 0))
			if row.spoil != nil {
				row.spoil(w)
			}
			friday := monday(t, 16, 0).AddDate(0, 0, 4)
			w.tick(friday)
			w.tick(friday.Add(time.Minute))
			told := 0
			for _, m := range inDM(w, "max") {
				if strings.Contains(m, row.want) {
					told++
				}
			}
			if told != 1 {
				t.Errorf("Max reads %q, want %q once", inDM(w, "max"), row.want)
			}
		})
	}
}

func TestAnUnclearWeekIsNotRepeatedWhereItCannotBeLookedFor(t *testing.T) {
	t.Parallel()
	for _, mayRead := range []bool{false, true} {
		w := newWorld(t, monday(t, 8, 0), nil, nil)
		if mayRead {
			w.slack.Faults().GrantScope("channels:history")
			w.halt()
			w.boot()
		}
		w.tick(monday(t, 8, 0))
		w.slack.Faults().Status("chat.postMessage", 1, 502)
		friday := monday(t, 16, 0).AddDate(0, 0, 4)
		w.tick(friday)
		w.tick(friday.Add(2 * time.Minute))
		asked := 0
		for _, m := range inDM(w, "max") {
			if strings.Contains(m, "did not say whether") {
				asked++
			}
		}
		posted := len(inChannelSales(w))
		if mayRead && (posted != 1 || asked != 0) || !mayRead && (posted != 0 || asked != 1) {
			t.Errorf("history may be read %v: %d posts, managers asked %d times", mayRead, posted, asked)
		}
	}
}

func TestPlainBlocksFollowWhenSlackRefusesTheCharts(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 8, 0), nil, nil)
	touched(t, w)
	w.slack.Faults().RefuseCharts(true)
	w.tick(monday(t, 12, 0).AddDate(0, 0, 1))
	w.tick(monday(t, 16, 0).AddDate(0, 0, 4))
	if got := inChannelSales(w); weeks(got) != 1 {
		t.Errorf("the channel reads %q", got)
	}
}

func TestWeeklyRepsGoIntoTheThread(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 8, 0), func(c *Config) { c.Settings.WeeklyReps = "thread" }, nil)
	touched(t, w)
	w.tick(monday(t, 12, 0).AddDate(0, 0, 1))
	friday := monday(t, 16, 0).AddDate(0, 0, 4)
	w.tick(friday)
	w.tick(friday.Add(2 * time.Minute))
	top, replies := "", 0
	for _, m := range w.slack.Person("ada").Channel("sales").Messages {
		switch {
		case m.ThreadTS == "" || m.ThreadTS == m.TS:
			top = m.TS
		case m.ThreadTS == top && strings.Contains(m.Text, "Ada Weber"):
			replies++
		}
	}
	if top == "" || replies != 1 {
		t.Errorf("%d replies under the week %q", replies, top)
	}
}
