package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

func TestSettingsDefaults(t *testing.T) {
	t.Parallel()
	s, err := readSettings(map[string]string{"COMPANY": "", "TEAM_TZ": "Europe/Berlin", "MANAGERS": "U1, W2"})
	if err != nil {
		t.Fatal(err)
	}
	if s.DatabaseURL.Reveal() != "sqlite://prospectcoach.db" || s.NudgeCron != "0 9 * * MON-FRI" || s.WeeklyReps != "off" ||
		s.WorkingHours != (Hours{480, 1080}) || s.WorkingDays != 0b0111110 || s.TeamTZ.String() != "Europe/Berlin" || len(s.Managers) != 2 {
		t.Errorf("defaults: %+v", s)
	}
}

func TestSettingsNameEveryMistakeAtOnce(t *testing.T) {
	t.Parallel()
	_, err := readSettings(map[string]string{
		"NUDGE_CRON": "TZ=x 0 9 * * *", "WEEKLY_CRON": "0 0 31 2 *", "WORKING_DAYS": "mon,funday", "WORKING_HOURS": "18:00-08:00",
		"TEAM_TZ": "Mars/Base", "WEEKLY_REPS": "maybe", "WEEKLY_NAMES": "some", "LOG_LEVEL": "loud", "LOG_FORMAT": "xml", "MANAGERS": "@ada", "HOLIDAYS": "Germany",
	})
	if err == nil {
		t.Fatal("no mistake found")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 11 {
		t.Errorf("%d lines, want 11:\n%v", len(lines), err)
	}
	for _, want := range []string{
		`NUDGE_CRON held "TZ=x 0 9 * * *"; it may hold five cron fields`, `WORKING_HOURS held "18:00-08:00"; it may hold from-to`,
		`TEAM_TZ held "Mars/Base"`, `MANAGERS held "@ada"`, `HOLIDAYS held "Germany"; it may hold a country code`, `WEEKLY_NAMES held "some"; it may hold no or yes`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("missing %q in\n%v", want, err)
		}
	}
}

// S6: names of prospects in the weekly summary only where the team allows it.
func TestS6_TheTeamCanAllowNames(t *testing.T) {
	t.Parallel()
	for held, want := range map[string]bool{"": false, "no": false, "Yes": true} {
		s, err := readSettings(map[string]string{"WEEKLY_NAMES": held})
		if err != nil || s.forBot().ShowNames != want {
			t.Errorf("WEEKLY_NAMES=%s: names %v, %v", held, s.forBot().ShowNames, err)
		}
	}
}

func TestSecretsStayHidden(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("xoxb-very-secret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := readSettings(map[string]string{"SLACK_BOT_TOKEN_FILE": file, "SLACK_APP_TOKEN": "xapp-very-secret"})
	if err != nil {
		t.Fatal(err)
	}
	if s.BotToken.Reveal() != "xoxb-very-secret" {
		t.Error("the file's line break stayed, or the file was not read")
	}
	if dump := fmt.Sprintf("%v %+v %#v %s", s, s, s, s.BotToken); strings.Contains(dump, "very-secret") {
		t.Errorf("a secret shows: %s", dump)
	}
	if _, err := readSettings(map[string]string{"SLACK_BOT_TOKEN_FILE": file, "SLACK_BOT_TOKEN": "xoxb-very-secret"}); err == nil || strings.Contains(err.Error(), "very-secret") {
		t.Errorf("both set: %v", err)
	}
	if err := (Settings{}).needTokens(); err == nil || strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("missing tokens: %v", err)
	}
}

func TestFlagsGoBeforeEnvironmentBeforeDotenv(t *testing.T) {
	t.Parallel()
	dotenv := filepath.Join(t.TempDir(), ".env")
	if err := os.WriteFile(dotenv, []byte("COMPANY=Dot\nHOLIDAYS=AT\nLOG_LEVEL=error\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	flags := pflag.NewFlagSet("serve", pflag.ContinueOnError)
	addSettingFlags(flags)
	if err := flags.Parse([]string{"--company", "Flag"}); err != nil {
		t.Fatal(err)
	}
	if flags.Lookup("slack-bot-token") != nil || flags.Lookup("database-url") != nil || flags.Lookup("hash-key") != nil {
		t.Error("a secret is a flag")
	}
	vars, err := environment([]string{"COMPANY=Env", "HOLIDAYS=DE"}, dotenv, flags)
	if err != nil {
		t.Fatal(err)
	}
	if vars["COMPANY"] != "Flag" || vars["HOLIDAYS"] != "DE" || vars["LOG_LEVEL"] != "error" {
		t.Errorf("order is wrong: %v", vars)
	}
}

func TestC3_HolidaysAreOfACountryThatIsKnown(t *testing.T) {
	t.Parallel()
	for held, want := range map[string]string{"": "", "DE": "DE", "de": "DE", " gb ": "GB", "UK": "wrong", "Germany": "wrong", "XX": "wrong"} {
		s, err := readSettings(map[string]string{"HOLIDAYS": held})
		if got := s.forBot().Holidays; (err != nil) != (want == "wrong") || err == nil && got != want {
			t.Errorf("HOLIDAYS=%q: %q, %v", held, got, err)
		}
	}
}
