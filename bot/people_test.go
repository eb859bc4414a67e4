package bot

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/storage"
)

func TestTheZoneFollowsSlackButNotOverTheRepsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 8, 0), nil, nil)
	ctx := context.Background()
	zoneIs := func(want string) {
		t.Helper()
		w.bot.Idle(ctx)
		row, err := w.store.Rep(ctx, "U1")
		if err != nil || row.Zone.String() != want {
			t.Errorf("Ada's zone is %v, %v; want %s", row.Zone, err, want)
		}
	}
	if _, err := w.slack.Person("ada").Say("", "help"); err != nil {
		t.Fatal(err)
	}
	zoneIs("Europe/Berlin")
	own := zone(t, "Asia/Kolkata")
	if err := w.store.UpdateRep(ctx, "U1", func(r *storage.RepRow) error { r.Zone = own; return nil }); err != nil {
		t.Fatal(err)
	}
	_ = w.slack.UpdateUser("U1", func(u *localslack.User) { u.StatusText = "in a meeting" })
	w.tick(monday(t, 8, 30))
	zoneIs("Asia/Kolkata")
	_ = w.slack.UpdateUser("U1", func(u *localslack.User) { u.TZ = "America/New_York" })
	w.tick(monday(t, 8, 40).AddDate(0, 0, 1))
	zoneIs("America/New_York")
	row, err := w.store.Rep(ctx, "U1")
	if err != nil || row.NextNudge.In(row.Zone).Hour() != 9 {
		t.Errorf("the next nudge is at %v, %v", row.NextNudge.In(row.Zone), err)
	}
}

func TestANewcomerIsWelcomedOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 8, 0), nil, nil)
	ada := w.slack.Person("ada")
	for _, do := range []func() error{
		func() error { _, err := ada.Say("", "hi"); return err }, // which is answered with the first steps
		func() error { _, err := ada.OpenHome(); return err },
		func() error { _, err := ada.OpenHome(); return err },
		func() error { _, err := ada.Say("", "help"); return err },
	} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	welcomes := 0
	for _, m := range inDM(w, "ada") {
		if strings.Contains(m, "I keep track of prospects") {
			welcomes++
		}
	}
	if welcomes != 1 {
		t.Errorf("welcomed %d times", welcomes)
	}
	if home := ada.Home(); home == nil || !strings.Contains(string(home.Blocks), "I keep track of prospects") {
		t.Error("the Home of a newcomer does not show the first steps")
	}
}

func TestHelloInTheTeamChannelAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 8, 0), nil, nil)
	ada := w.slack.Person("ada")
	for channel, want := range map[string]int{"sales": 1, "random": 0} {
		before := len(ada.Channel(channel).Messages)
		if channel == "sales" {
			if _, err := ada.Kick(channel, "UBOT"); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := ada.Invite(channel, "UBOT"); err != nil {
			t.Fatal(err)
		}
		hellos := 0
		for _, m := range ada.Channel(channel).Messages[before:] {
			if m.User == "UBOT" && strings.Contains(m.Text, "prospect") {
				hellos++
			}
		}
		if hellos != want {
			t.Errorf("%s: %d hellos, want %d: %+v", channel, hellos, want, ada.Channel(channel).Messages)
		}
	}
}

func TestS4_DoNotDisturbIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 8, 30), nil, nil)
	w.slack.Faults().GrantScope("dnd:read")
	w.halt()
	w.boot()
	due(t, w, 0)
	_ = w.slack.UpdateUser("U1", func(u *localslack.User) {
		u.DND = localslack.DND{Enabled: true, NextStart: monday(t, 7, 0).AddDate(0, 0, 1).Unix(), NextEnd: monday(t, 9, 30).AddDate(0, 0, 1).Unix()}
	})
	tuesday := monday(t, 9, 0).AddDate(0, 0, 1)
	w.tick(tuesday)
	if nudges(w) != 0 {
		t.Error("nudged in do-not-disturb")
	}
	w.tick(tuesday.Add(31 * 60e9))
	if nudges(w) != 1 {
		t.Errorf("%d nudges after do-not-disturb", nudges(w))
	}
}

// A member of another company's Enterprise Grid, met in a shared channel, is
// as much a stranger as anybody of another workspace.
func TestMembersOfAnotherCompanyAreStrangers(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		ours, team, company string
		stranger            bool
	}{
		{"", "T1", "", false}, {"", "T2", "", true}, {"", "T2", "E2", true},
		{"E1", "T1", "E1", false}, {"E1", "T2", "E1", false}, {"E1", "T2", "E2", true}, {"E1", "T2", "", true},
	} {
		b := &Bot{Config: Config{Now: time.Now}, me: identity{Team: "T1", Enterprise: row.ours}}
		u := slack.User{ID: "U9", TeamID: row.team}
		u.Enterprise.EnterpriseID = row.company
		if got := b.personOf(&u).Stranger; got != row.stranger {
			t.Errorf("%+v: stranger %v", row, got)
		}
	}
}

// A channel shared with another company gets no hello, whether the setting
// names it or gives its id.
func TestNoHelloInAChannelSharedOutside(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		setting string
		shared  bool
		want    int
	}{{"sales", true, 0}, {"C00000001", true, 0}, {"C00000001", false, 1}} {
		w := newWorld(t, monday(t, 8, 0), func(s *Config) { s.Settings.TeamChannel = c.setting }, nil)
		w.slack.UpdateChannel("C00000001", func(ch *localslack.Channel) { ch.ExtShared = c.shared })
		ada := w.slack.Person("ada")
		if _, err := ada.Kick("sales", "UBOT"); err != nil {
			t.Fatal(err)
		}
		before := len(ada.Channel("sales").Messages)
		if _, err := ada.Invite("sales", "UBOT"); err != nil {
			t.Fatal(err)
		}
		hellos := 0
		for _, m := range ada.Channel("sales").Messages[before:] {
			if m.User == "UBOT" && strings.Contains(m.Text, "prospect") {
				hellos++
			}
		}
		if hellos != c.want {
			t.Errorf("%+v: %d hellos", c, hellos)
		}
	}
}
