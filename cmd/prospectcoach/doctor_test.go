package main

import (
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

// doctor says one line for each thing and mends by words; it never dials.
func TestDoctorSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		spoil func(*office)
		env   []string
		code  int
		wrong string // the one line that begins with WRONG
	}{
		{"all is well", func(*office) {}, nil, 0, ""},
		{"a required scope is missing", func(o *office) { o.slack.Faults().RemoveScope("im:history") }, nil, 1, "im:history"},
		{"an optional scope is missing", func(o *office) { o.slack.Faults().RemoveScope("files:write") }, nil, 0, ""},
		{"a wrong app token", func(*office) {}, []string{"SLACK_APP_TOKEN=xapp-another"}, 1, "SLACK_APP_TOKEN"},
		{"a bot token in its place", func(*office) {}, []string{"SLACK_APP_TOKEN=" + demoBotToken}, 1, "SLACK_APP_TOKEN"},
		{"an app token without its scope", func(o *office) { o.slack.Faults().RemoveScope("connections:write") }, nil, 1, "connections:write"},
		{"Socket Mode is off", func(o *office) { o.slack.Faults().LinkDisabled() }, nil, 1, "Socket Mode"},
		{"a wrong bot token", func(*office) {}, []string{"SLACK_BOT_TOKEN=xoxb-another"}, 1, "bot token"},
		{"the app was removed", func(o *office) { o.slack.Faults().RevokeToken("account_inactive") }, nil, 1, "account_inactive"},
		{"the channel is archived", func(o *office) {
			o.slack.AddChannel(localslack.Channel{ID: "C0OLDTEAM1", Name: "old-team", Archived: true, Members: []string{demoBotUser}})
		}, []string{"TEAM_CHANNEL=C0OLDTEAM1"}, 1, "archived"},
		{"the bot is not in the channel", func(*office) {}, []string{"TEAM_CHANNEL=general"}, 1, "/invite"},
		{"no such channel", func(*office) {}, []string{"TEAM_CHANNEL=nowhere"}, 1, "nowhere"},
		{"a key that is too short", func(*office) {}, []string{"HASH_KEY=short"}, 1, "HASH_KEY is too short"},
		{"PostgreSQL without a key", func(o *office) {
			url := engines[1].url(o.T)
			filled(o.T, url)
			o.env = append(o.env, "DATABASE_URL="+url, "HASH_KEY=")
		}, nil, 1, "HASH_KEY is missing"},
		{"a setting that cannot be read", func(*office) {}, []string{"TEAM_TZ=Mars/Base"}, 1, "TEAM_TZ"},
		{"a folder of templates that is not there", func(*office) {}, []string{"TEMPLATES_DIR=/nowhere/at/all"}, 1, "template"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, engines[0].url(t))
			c.spoil(o)
			env := append(append(append([]string(nil), o.env...), "TEAM_CHANNEL=sales-team"), c.env...)
			code, out, errs := operator(t, time.Now(), env, "doctor")
			var wrong []string
			for line := range strings.Lines(out) {
				if strings.HasPrefix(line, "  WRONG") {
					wrong = append(wrong, strings.TrimSpace(line))
				}
			}
			want := 0
			if c.wrong != "" {
				want = 1
			}
			if code != c.code || len(wrong) != want || want == 1 && !strings.Contains(wrong[0], c.wrong) || errs != "" {
				t.Errorf("exit %d, want %d and one line with %q:\n%s%s", code, c.code, c.wrong, out, errs)
			}
			if strings.Contains(out, "xoxb-") && !strings.Contains(out, "xoxb-…") || strings.Contains(out, "-another") || strings.Contains(out, "localhost") {
				t.Errorf("a token shows:\n%s", out)
			}
			if o.slack.Connections() != 0 {
				t.Error("doctor dialled a socket, which takes live traffic")
			}
		})
	}
}
