package bot

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

func (k *talk) row() storage.RepRow {
	k.t.Helper()
	r, err := k.w.store.Rep(context.Background(), k.p.ID())
	if err != nil {
		k.t.Fatal(err)
	}
	return r
}

func (k *talk) fills(label, value string) *talk {
	k.t.Helper()
	return k.got(k.p.Fill(label, value))
}

func TestSettingsSayAtTheFieldWhatIsWrong(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	for _, tt := range []struct{ label, typed, field string }{
		{"Morning message at", "soon", "nudge"},
		{"Morning message at", "05:00", "nudge"}, // S4: outside the working hours
		{"Morning message at", "13 pm", "nudge"},
		{"Working hours from", "25:00", "from"},
		{"Working hours to", "07:00", "to"},
		{"At most so many prospects a day", "0", "daily"},
		{"At most so many prospects a day", "lots", "daily"},
		{"Days off", "the day before", "off"},
		{"Days off", "9 March to 3 March", "off"},
		{"Time zone", "Local", "zone"},
		{"Country, for public holidays", "ZZ", "country"},
		{"Days off", "today to 1 Apr 2028", "days"}, // C3: no working day within a year
	} {
		k.types("settings")
		k.fills(tt.label, tt.typed).got(k.p.Submit())
		if k.last.Errors[tt.field] == "" || len(k.last.Errors) != 1 {
			t.Errorf("%s %q: errors %v", tt.label, tt.typed, k.last.Errors)
		}
	}
	if r := k.row(); r.NudgeAt != 0 || len(r.DaysOff) != 0 {
		t.Errorf("something was saved: %+v", r.Rep)
	}
}

// C8: the due days follow a changed calendar, and follow back when the change
// is undone; what was done to the prospects stays undoable all the while.
func TestC8_DueDaysFollowTheSettings(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types("add Jane Doe, Acme, CFO email:jane@acme.test starts:tomorrow")
	k.types("settings").fills("Days off", "3 March to 5 March").got(k.p.Submit()).sees("Days off: Tue 3 March to Thu 5 March.")
	if p := k.life(1); p.Due.String() != "2026-03-06" {
		t.Errorf("due %s", p.Due)
	}
	k.got(k.p.ViewClick("Undo"))
	if p := k.life(1); p.Due.String() != "2026-03-03" || len(k.row().DaysOff) != 0 {
		t.Errorf("after undo due %s", p.Due)
	}
	k.types("settings").fills("Days off", "3 March\n4 March").got(k.p.Submit())
	k.types("resume").sees("You are not paused.")
	if p := k.life(1); p.Due.String() != "2026-03-05" {
		t.Errorf("due %s", p.Due)
	}
	// The add is the change before; it is undone although its due day moved.
	k.types("undo").sees("Taken back: changed the settings")
	k.types("undo").sees("Taken back: added Jane Doe, Acme")
}

func TestWhatARepNeverChoseFollowsTheTeam(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 10, 0), func(c *Config) {
		pb := *c.Playbook()
		pb.Holiday = func(country string, d coach.Date) (string, bool) {
			return "New Year", country == "DE" && d.Time().YearDay() == 1
		}
		c.Settings.Holidays, c.Playbook = "DE", func() *coach.Playbook { return &pb }
	}, nil)
	k := &talk{t: t, w: w, p: w.slack.Person("ada")}
	k.types("settings").fills("At most so many prospects a day", "7").got(k.p.Submit()).sees("at most 7 prospects a day")
	if r := k.row(); r.Daily != 7 || r.NudgeAt != 0 || r.To != 0 || r.WorkingDays != 0 || r.Country != "" {
		t.Errorf("%+v", r.Rep)
	}
	k.types("settings").fills("Country, for public holidays", "").got(k.p.Submit())
	if got := w.bot.rep(k.row()).Country; got == "DE" || w.bot.firstHoliday(got) {
		t.Errorf("none was chosen, and %q holds", got)
	}
	k.types("settings")
	if strings.Contains(k.said(), `"initial_value":"-"`) {
		t.Error("the mark for none is shown")
	}
}

// firstHoliday tells whether the country has a holiday on 1 January 2026.
func (b *Bot) firstHoliday(country string) bool {
	_, ok := b.Playbook().Holiday(country, coach.NewDate(2026, time.January, 1))
	return ok
}

func TestSettingsFromTheHomeAndInTheDM(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	if _, err := k.p.OpenHome(); err != nil {
		t.Fatal(err)
	}
	k.got(k.p.HomeClick("Set my hours")).sees("Morning message at")
	k.got(k.p.Say("", "settings")).presses("Open settings").sees("Morning message at")
}

func TestMinuteOf(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]int{
		"9": 540, "09:30": 570, "9.30": 570, "0930": 570, "9 am": 540, "12 am": 0, "12pm": 720, "5:30 PM": 1050, "24:00": 1440, "0": 0,
		"": -1, "24:01": -1, "9:60": -1, "-1": -1, "9:": -1, "nine": -1, "13pm": -1, "0 am": -1, "9 am pm": -1, "9:5:1": -1, "99999999999999999999": -1,
	} {
		got, err := minuteOf(said)
		if err != nil {
			got = -1
		}
		if got != want {
			t.Errorf("%q: %d, want %d", said, got, want)
		}
	}
}

// S4 and C11: a paused rep hears nothing, and what waited is no pile.
func TestC11_AfterAPauseThereIsNoPile(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, pause, resume string }{
		{"until a day", "pause until 9 March", ""},
		{"until resumed", "pause", "resume"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			k := newTalk(t, monday(t, 10, 0))
			for i := range 14 {
				k.types(fmt.Sprintf("add Person %c, Acme %d email:p%d@acme.test starts:4 March", 'A'+i, i, i))
			}
			k.types("log 3 email homework Here is a question about your new hub: who checks the invoices?")
			k.types(tt.pause).sees("Paused.")
			for d := 1; d < 7; d++ {
				k.w.tick(monday(t, 9, 0).AddDate(0, 0, d))
			}
			if k.hears("due today") {
				t.Fatal("nudged while paused")
			}
			k.w.move(monday(t, 8, 30).AddDate(0, 0, 7))
			if tt.resume != "" {
				k.types(tt.resume).sees("Good to have you back")
			}
			k.w.tick(monday(t, 9, 0).AddDate(0, 0, 7))
			k.finds("10 due today")
			rows, waiting, err := k.w.store.List(context.Background(), storage.ListQuery{Owner: "U1", States: []coach.State{coach.Waiting}})
			if err != nil || waiting < 3 {
				t.Fatalf("%d wait, %v", waiting, err)
			}
			// Who is pulled forward the same day is not put back again.
			k.types(fmt.Sprintf("next %d", rows[0].ID)).sees("Begun with")
			k.types("").sees("11 due now")
			if p := k.life(rows[0].ID); p.State != coach.Active {
				t.Errorf("put back: %s", p.State)
			}
		})
	}
}

// C9: days of a pause are nobody's lateness: what was due before grows no
// older in it, and what would be due in it is due on the first day back.
func TestC9_DaysOfAPauseAreNotLate(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, pause, again, resume string }{
		{"until a day", "pause until 16 March", "", ""},
		{"until resumed", "pause", "", "resume"},
		{"ended early", "pause until 1 May", "", "resume"},
		{"paused on", "pause until 9 March", "pause until 16 March", ""},
		{"paused on, ended early", "pause until 9 March", "pause", "resume"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			k := newTalk(t, monday(t, 10, 0))
			k.types("add Early Eve, Acme email:eve@acme.test starts:3 March")
			k.types("add Later Lou, Beta email:lou@beta.test starts:10 March")
			k.w.tick(monday(t, 9, 0).AddDate(0, 0, 1))
			k.finds("1 due today")
			k.w.tick(monday(t, 9, 0).AddDate(0, 0, 2))
			k.types("list due").sees("1 day late")
			k.types(tt.pause).sees("Paused.")
			if tt.again != "" {
				k.w.tick(monday(t, 8, 0).AddDate(0, 0, 4))
				k.types(tt.again).sees("Paused.")
			}
			k.w.tick(monday(t, 8, 0).AddDate(0, 0, 14))
			if tt.resume != "" {
				k.types(tt.resume).sees("Good to have you back")
			}
			k.w.tick(monday(t, 9, 0).AddDate(0, 0, 14))
			k.finds("2 due today")
			k.types("list due").sees("1 day late")
			if strings.Contains(k.said(), "days late") {
				t.Errorf("days of absence count as late: %s", k.said())
			}
			if off := k.row().DaysOff; len(off) != 1 || off[0] != (coach.Span{From: coach.DateOf(monday(t, 0, 0)) + 2, To: coach.DateOf(monday(t, 0, 0)) + 13}) {
				t.Errorf("days off %v", off)
			}
		})
	}
}

func TestC11_AfterDaysOffThereIsNoPile(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types("settings").fills("Days off", "3 March to 6 March").fills("At most so many prospects a day", "2").got(k.p.Submit())
	for i := range 4 {
		k.types(fmt.Sprintf("add Person %c, Acme %d email:p%d@acme.test starts:4 March", 'A'+i, i, i))
	}
	k.w.tick(monday(t, 9, 0).AddDate(0, 0, 7))
	k.finds("2 due today")
	k.types("log 1 email homework Here is a question about your new hub: who checks the invoices?")
	k.types("log 2 email homework Who keeps the carriers honest at your place these days?")
	k.w.tick(monday(t, 9, 0).AddDate(0, 0, 8))
	k.finds("2 due today: Person C, Acme 2")
}

func TestPauseAndResumeAreUndone(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types("resume").sees("You are not paused.")
	k.types("pause until yesterday").sees("is over already")
	k.types("pause until fri").sees("I am back Fri 6 March.").presses("Resume").sees("Good to have you back").presses("Undo")
	if r := k.row(); !r.Paused || r.PausedUntil.String() != "2026-03-06" {
		t.Errorf("%v until %s", r.Paused, r.PausedUntil)
	}
	k.types("undo").sees("Taken back: paused")
	if r := k.row(); r.Paused || !r.NextNudge.Equal(monday(t, 9, 0).AddDate(0, 0, 1)) {
		t.Errorf("%v, next nudge %s", r.Paused, r.NextNudge)
	}
	k.types("pause")
	if r := k.row(); !r.NextNudge.IsZero() {
		t.Errorf("paused for good, and the next nudge is %s", r.NextNudge)
	}
}

// S5: the rep's own why comes at most once a week.
func TestS5_TheWhyComesAtMostOnceAWeek(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 8, 0))
	k.types("why").sees("one sentence on how you help people")
	k.types("why " + strings.Repeat("x", 301)).sees("at most 300 characters")
	k.types("why I take <paperwork> off people's desks").sees("Kept.")
	k.types("why").sees("Your why: I take &lt;paperwork&gt; off people's desks")
	k.types(addJane)
	with := 0
	for d := range 8 {
		k.w.tick(monday(t, 9, 0).AddDate(0, 0, d))
	}
	for _, m := range k.p.DM().Messages {
		if strings.Contains(m.Text+string(m.Blocks), "due today") && strings.Contains(string(m.Blocks), "off people's desks") {
			with++
		}
	}
	if with != 2 {
		t.Errorf("%d nudges carry it, want 2 of the 6", with)
	}
}
