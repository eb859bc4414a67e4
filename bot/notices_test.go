package bot

import (
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/coach"
)

// Nothing about prospects is sent to somebody who may not use the bot any more.
func TestWhoMayNotComeInIsNotWrittenToEither(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name  string
		setup func(*Config)
		spoil func(*world)
		want  int
	}{
		{"still in REPS", func(c *Config) { c.Settings.Reps = "C00000001" }, nil, 1},
		{"taken out of REPS", func(c *Config) { c.Settings.Reps = "C00000001" }, func(w *world) {
			if _, err := w.slack.Person("ada").Leave("sales"); err != nil {
				w.t.Fatal(err)
			}
		}, 0},
		{"a guest by now", nil, func(w *world) {
			if err := w.slack.UpdateUser("U1", func(u *localslack.User) { u.Restricted = true }); err != nil {
				w.t.Fatal(err)
			}
		}, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, monday(t, 8, 30), row.setup, nil)
			due(t, w, coach.NewDate(2026, 3, 2))
			if row.spoil != nil {
				row.spoil(w)
			}
			w.tick(monday(t, 9, 0))
			w.tick(monday(t, 9, 0).Add(time.Minute))
			if got := nudges(w); got != row.want {
				t.Errorf("%d nudges", got)
			}
		})
	}
}

// What was known of people before a start is known after it, and what changed
// while nobody listened is learned by looking around.
func TestWhoMayNotComeInIsNotWrittenToAfterAStart(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name  string
		setup func(*Config)
		spoil func(*localslack.User)
		away  bool // it happens while the program is down
		look  bool
		want  int
	}{
		{"a member still", nil, func(*localslack.User) {}, false, false, 1},
		{"a guest by now", nil, func(u *localslack.User) { u.Restricted = true }, false, false, 0},
		{"of another workspace by now", nil, func(u *localslack.User) { u.Stranger = true }, false, false, 0},
		{"deactivated", nil, func(u *localslack.User) { u.Deleted = true }, false, false, 0},
		{"a guest since we were down", nil, func(u *localslack.User) { u.Restricted = true }, true, true, 0},
		{"deactivated since we were down", nil, func(u *localslack.User) { u.Deleted = true }, true, true, 0},
		{"taken out of REPS", func(c *Config) { c.Settings.Reps = "C00000001" }, nil, true, false, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, monday(t, 8, 30), row.setup, nil)
			due(t, w, coach.NewDate(2026, 3, 2))
			w.tick(monday(t, 8, 35)) // the daily reading is behind us
			if row.away {
				w.halt()
			}
			if row.spoil == nil {
				if _, err := w.slack.Person("ada").Leave("sales"); err != nil {
					t.Fatal(err)
				}
			} else if err := w.slack.UpdateUser("U1", row.spoil); err != nil {
				t.Fatal(err)
			}
			if !row.away {
				w.bot.Idle(t.Context())
				w.halt()
			}
			w.boot()
			if row.look {
				w.bot.lookAround(t.Context())
			}
			w.tick(monday(t, 9, 0))
			w.tick(monday(t, 9, 0).Add(time.Minute))
			if got := nudges(w); got != row.want {
				t.Errorf("%d nudges", got)
			}
		})
	}
}
