package bot

import (
	"strings"
	"testing"
)

// TEAM_TZ defaults to the first manager's zone.
func TestTheTeamsZoneIsTheFirstManagers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 10, 0), func(c *Config) { c.Settings.TeamZone = nil }, nil)
	if got := w.bot.Settings.TeamZone.String(); got != "Europe/Berlin" {
		t.Errorf("the team's zone is %s", got)
	}
	alone := newWorld(t, monday(t, 10, 0), func(c *Config) { c.Settings.TeamZone, c.Settings.Managers = nil, nil }, nil)
	if got := alone.bot.Settings.TeamZone.String(); got != "UTC" {
		t.Errorf("without managers the team's zone is %s", got)
	}
}

// An app whose command was renamed is told of by its own name, also where
// nobody typed it, and after a restart.
func TestTheCommandsNameIsLearned(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 10, 0), nil, nil)
	if got := w.bot.slash(); got != "/prospect" {
		t.Fatalf("before any command: %s", got)
	}
	w.bot.learnSlash(t.Context(), "/coach")
	w.halt()
	w.boot()
	if got := w.bot.slash(); got != "/coach" {
		t.Errorf("after a restart: %s", got)
	}
	if _, err := w.slack.Person("U1").OpenHome(); err != nil {
		t.Fatal(err)
	}
	for _, m := range w.slack.Person("U1").DM().Messages {
		if strings.Contains(m.Text+string(m.Blocks), "/prospect") {
			t.Errorf("the welcome names another app's command: %s", m.Text)
		}
	}
}
