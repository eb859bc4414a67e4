package main

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/prospectcoach/prospectcoach/bot"
)

// runProgram runs the program as a shell would and answers what it printed.
func runProgram(t *testing.T, environ []string, in string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	p := &program{in: strings.NewReader(in), out: &o, err: &e, environ: environ, dotenv: t.TempDir() + "/.env", now: testNow}
	code = p.run(context.WithoutCancel(t.Context()), args)
	return code, o.String(), e.String()
}

// The manifest names what the routes and the scopes name, in both formats, and
// keeps Slack's limits.
func TestManifestNamesWhatIsInUse(t *testing.T) {
	t.Parallel()
	_, asJSON, _ := runProgram(t, nil, "", "manifest", "--json", "--command", "/coach", "--name", "Nudge")
	_, asYAML, _ := runProgram(t, nil, "", "manifest", "--command", "/coach", "--name", "Nudge")
	var fromJSON, fromYAML map[string]any
	if err := json.Unmarshal([]byte(asJSON), &fromJSON); err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal([]byte(asYAML), &fromYAML); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(fromYAML)
	if err != nil {
		t.Fatal(err)
	}
	first, err := json.Marshal(fromJSON)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, again) {
		t.Errorf("JSON and YAML differ:\n%s\n%s", first, again)
	}

	var m bot.Manifest
	if err := json.Unmarshal([]byte(asJSON), &m); err != nil {
		t.Fatal(err)
	}
	routes := bot.Table()
	if len(m.Features.Shortcuts) != len(routes.Shortcuts) || len(m.Features.Shortcuts) == 0 {
		t.Errorf("%d shortcuts, the routes have %d", len(m.Features.Shortcuts), len(routes.Shortcuts))
	}
	for i, s := range routes.Shortcuts {
		got := m.Features.Shortcuts[i]
		if got.CallbackID != s.Callback || got.Type != s.Type || got.Name != s.Name {
			t.Errorf("shortcut %d is %+v, the route %s %s", i, got, s.Type, s.Callback)
		}
		if utf8.RuneCountInString(got.Name) > 24 || utf8.RuneCountInString(got.Description) > 150 {
			t.Errorf("shortcut %s is over Slack's limit", got.Name)
		}
	}
	for _, e := range routes.Events {
		name := e.Type
		if name == "message" {
			name = "message.im"
		}
		if !slices.Contains(m.Settings.Events.Bot, name) {
			t.Errorf("the event %s is not subscribed", name)
		}
		if e.Scope != "" && !slices.ContainsFunc(bot.Scopes(), func(s bot.Scope) bool { return s.Name == e.Scope }) {
			t.Errorf("the event %s needs %s, which is not asked for", e.Type, e.Scope)
		}
	}
	if len(m.Settings.Events.Bot) != len(routes.Events) {
		t.Errorf("subscribed are %v, the routes have %d", m.Settings.Events.Bot, len(routes.Events))
	}
	required := []string{"commands", "chat:write", "im:history", "im:write", "users:read"}
	if !slices.Equal(m.OAuthConfig.Scopes.Bot, required) {
		t.Errorf("required scopes are %v, want %v", m.OAuthConfig.Scopes.Bot, required)
	}
	for _, never := range []string{"chat:write.public", "users:read.email"} {
		if slices.Contains(m.OAuthConfig.Scopes.Optional, never) {
			t.Errorf("%s is asked for", never)
		}
	}
	d := m.Display
	if d.Name != "Nudge" || len(d.Description) > 140 || len(d.LongDescription) < 175 || m.Features.SlashCommands[0].Command != "/coach" ||
		!m.Features.SlashCommands[0].Escape || !m.Settings.SocketMode || m.Settings.OrgDeploy {
		t.Errorf("the manifest is %+v", m)
	}
}

func TestWrongUsageGetsOneLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"frobnicate", 2, `there is no command "frobnicate"`},
		{"serve --frob", 2, "unknown flag: --frob"},
		{"serve now", 2, `prospectcoach serve takes no "now"`},
		{"manifest --command prospect", 2, `--command held "prospect"; it may hold a slash`},
		{"manifest --name " + strings.Repeat("x", 36), 2, "--name held 36 characters"},
		{"serve", 1, "SLACK_BOT_TOKEN is missing"},
		{"serve --nudge-cron often", 1, `NUDGE_CRON held "often"`},
		{"healthcheck", 1, "HTTP_ADDR is empty"},
		{"backup", 2, "backup takes one file"},
		{"templates show nonsense", 2, `there is no angle "nonsense"`},
		{"advise a b", 2, "takes one file"},
	} {
		code, out, errs := runProgram(t, nil, "", strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(errs, c.says) || out != "" {
			t.Errorf("%s: exit %d, want %d; says %q, want %q; prints %q", c.args, code, c.code, errs, c.says, out)
		}
	}
}

func TestHelpListsEverySettingWithItsDefault(t *testing.T) {
	t.Parallel()
	_, out, _ := runProgram(t, nil, "", "serve", "--help")
	for _, f := range settingFields() {
		if f.secret == strings.Contains(out, "--"+f.flag+" ") {
			t.Errorf("%s: secret %v, in --help %v", f.env, f.secret, !f.secret)
		}
		if !strings.Contains(out, f.env) {
			t.Errorf("--help does not name %s", f.env)
		}
	}
}
