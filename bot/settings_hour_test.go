package bot

import (
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/coach"
)

// What a rep changes between the hour of the nudge and the beat that sends it
// takes nothing of today's away, and adds nothing to it.
func TestS1_AChangeAtTheHourItselfKeepsTodaysNudge(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name         string
		does         func(*talk)
		soon, by1401 int // nudges within the minute, and by a minute after two
	}{
		{"a why", func(k *talk) { k.types("why I take paperwork off people's desks").sees("Kept.") }, 1, 1},
		{"another number", func(k *talk) {
			k.types("settings").fills("At most so many prospects a day", "7").got(k.p.Submit()).sees("at most 7")
		}, 1, 1},
		{"a zone further east", func(k *talk) {
			if err := k.w.slack.UpdateUser("U1", func(u *localslack.User) { u.TZ = "Europe/Athens" }); err != nil {
				k.t.Fatal(err)
			}
			k.w.until("the zone followed", func() bool { return k.row().Zone.String() == "Europe/Athens" })
		}, 1, 1},
		{"a zone in which the day is over", func(k *talk) {
			k.types("settings").fills("Time zone", "Auckland").got(k.p.Submit()).sees("Auckland")
		}, 0, 0},
		{"an hour still to come", func(k *talk) {
			k.types("settings").fills("Morning message at", "14:00").got(k.p.Submit()).sees("14:00")
		}, 0, 1},
		{"an hour that has passed", func(k *talk) {
			k.types("settings").fills("Morning message at", "08:30").got(k.p.Submit()).sees("08:30")
		}, 1, 1},
		{"a pause", func(k *talk) { k.types("pause").sees("Paused.") }, 0, 0},
		{"a day off", func(k *talk) {
			k.types("settings").fills("Days off", "2 March").got(k.p.Submit()).sees("2 March")
		}, 0, 0},
		{"a pause taken back", func(k *talk) { k.types("pause").presses("Undo") }, 1, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			k := newTalk(t, monday(t, 8, 30))
			due(t, k.w, coach.NewDate(2026, 3, 2))
			k.w.move(monday(t, 9, 0).Add(20 * time.Second))
			tt.does(k)
			k.w.tick(monday(t, 9, 0).Add(45 * time.Second))
			k.w.tick(monday(t, 9, 1).Add(45 * time.Second))
			if got := nudges(k.w); got != tt.soon {
				t.Errorf("%d nudges within two minutes, want %d", got, tt.soon)
			}
			k.w.tick(monday(t, 14, 0).Add(45 * time.Second))
			if got := nudges(k.w); got != tt.by1401 {
				t.Errorf("%d nudges after two, want %d", got, tt.by1401)
			}
		})
	}
}
