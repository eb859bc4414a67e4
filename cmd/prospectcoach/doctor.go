package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/slack-go/slack"
	"github.com/spf13/cobra"

	"github.com/prospectcoach/prospectcoach/bot"
	"github.com/prospectcoach/prospectcoach/storage"
)

func (p *program) doctorCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Checks tokens, scopes, socket, channel, database, clock and templates; exit 1 if anything is wrong",
		Args:  noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			d := &doctor{program: p}
			if d.settings, d.settingsErr = p.settings(c); d.settingsErr == nil {
				d.slack = slack.New(d.settings.BotToken.Reveal(), d.slackOptions()...)
			}
			return d.examine(c.Context())
		},
	}
	addSettingFlags(c.Flags())
	return c
}

// doctor examines one installation and says for each thing how to mend it.
type doctor struct {
	*program
	settings    Settings
	settingsErr error
	slack       *slack.Client
	scopes      map[string]bool
	team        string
	wrong       int
}

func (d *doctor) slackOptions() []slack.Option {
	options := []slack.Option{
		slack.OptionHTTPClient(&http.Client{Timeout: 10 * time.Second}), slack.OptionAppLevelToken(d.settings.AppToken.Reveal()),
	}
	if u := d.settings.apiURL(); u != "" {
		options = append(options, slack.OptionAPIURL(u))
	}
	return options
}

func (d *doctor) ok(format string, args ...any) { fmt.Fprintf(d.out, "  ok     "+format+"\n", args...) }
func (d *doctor) note(format string, args ...any) {
	fmt.Fprintf(d.out, "  note   "+format+"\n", args...)
}
func (d *doctor) bad(format string, args ...any) {
	d.wrong++
	fmt.Fprintf(d.out, "  WRONG  "+format+"\n", args...)
}

func (d *doctor) examine(ctx context.Context) error {
	if d.settingsErr != nil {
		for _, line := range strings.Split(d.settingsErr.Error(), "\n") {
			d.bad("setting  %s", line)
		}
	} else {
		if d.tokens(ctx) {
			d.scopeTable()
			d.socket(ctx)
			d.channel(ctx)
		}
		d.key()
		d.database(ctx)
		d.templates()
	}
	if d.wrong > 0 {
		fmt.Fprintf(d.out, "\n%d to mend.\n", d.wrong)
		return errQuiet
	}
	fmt.Fprintln(d.out, "\nAll is well.")
	return nil
}

// tokens asks Slack who we are, and compares the clocks on the way.
func (d *doctor) tokens(ctx context.Context) bool {
	if err := d.settings.needTokens(); err != nil {
		for _, line := range strings.Split(err.Error(), "\n") {
			d.bad("token    %s", line)
		}
		return false
	}
	me, err := d.slack.AuthTestContext(ctx)
	if err != nil {
		d.bad("token    Slack refused the bot token (%s): copy it again from OAuth & Permissions, after Install to Workspace", slackWord(err))
		return false
	}
	d.team = me.TeamID
	d.scopes = map[string]bool{}
	for _, s := range strings.Split(me.Header.Get("X-OAuth-Scopes"), ",") {
		d.scopes[strings.TrimSpace(s)] = true
	}
	d.ok("token    bot token of %s in workspace %s (%s)", me.User, me.Team, me.TeamID)
	if at, err := http.ParseTime(me.Header.Get("Date")); err == nil {
		if skew := d.now().Sub(at).Round(time.Second); skew.Abs() > 30*time.Second {
			d.bad("clock    this machine's clock is off by %s: turn on time synchronisation, nudges follow the clock", skew)
		} else {
			d.ok("clock    agrees with Slack's")
		}
	}
	return true
}

func (d *doctor) scopeTable() {
	for _, s := range bot.Scopes() {
		switch {
		case d.scopes[s.Name]:
			d.ok("scope    %-17s yes", s.Name)
		case s.Optional:
			d.note("scope    %-17s no: %s", s.Name, s.Without)
		default:
			d.bad("scope    %-17s no: add it under OAuth & Permissions (or paste the manifest again) and reinstall the app", s.Name)
		}
	}
	if d.scopes["channels:history"] || d.scopes["groups:history"] {
		d.ok("weekly   posted exactly once: an unclear answer is healed from the channel's history")
	} else {
		d.note("weekly   posted at most once: after an unclear answer it is not repeated and the managers are asked")
	}
}

// socket asks for a socket's address and never dials it: a second socket would
// take a share of the live traffic.
func (d *doctor) socket(ctx context.Context) {
	_, url, err := d.slack.StartSocketModeContext(ctx)
	switch {
	case err == nil && url != "":
		d.ok("socket   Slack gives an address (not dialled)")
	case slackWord(err) == "not_allowed_token_type":
		d.bad("socket   SLACK_APP_TOKEN is no app-level token: make one under Basic Information, App-Level Tokens, with connections:write")
	case slackWord(err) == "invalid_auth", slackWord(err) == "token_revoked", slackWord(err) == "not_authed":
		d.bad("socket   Slack does not know SLACK_APP_TOKEN (%s): copy it again from Basic Information, App-Level Tokens", slackWord(err))
	case slackWord(err) == "missing_scope":
		d.bad("socket   the app-level token lacks connections:write: make a new one with it")
	default:
		d.bad("socket   Slack gives no address (%s): is Socket Mode switched on for the app?", slackWord(err))
	}
}

func (d *doctor) channel(ctx context.Context) {
	name := d.settings.TeamChannel
	if name == "" {
		d.note("channel  TEAM_CHANNEL is empty: the weekly summary goes to the managers by direct message")
		return
	}
	if !d.scopes["channels:read"] && !d.scopes["groups:read"] {
		d.note("channel  %s cannot be looked at without channels:read or groups:read", name)
		return
	}
	found, err := bot.FindChannel(ctx, d.slack, name)
	switch {
	case err != nil:
		d.bad("channel  %s was not found (%s): give its id, or invite the bot if it is private", name, slackWord(err))
	case found.IsArchived:
		d.bad("channel  #%s is archived: choose another, or bring it back", found.Name)
	case !found.IsMember:
		d.bad("channel  the bot is not in #%s: type /invite @prospectcoach there", found.Name)
	case found.IsExtShared:
		d.bad("channel  #%s is shared with another company: choose an internal one", found.Name)
	default:
		d.ok("channel  #%s", found.Name)
	}
}

func (d *doctor) database(ctx context.Context) {
	url := d.settings.DatabaseURL.Reveal()
	if path, ok := strings.CutPrefix(url, "sqlite://"); ok {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			d.note("database %s is not there yet: it is made at the first start", path)
			return
		}
	}
	store, err := storage.Open(ctx, storage.Options{URL: url, Now: d.now, ReadOnly: true})
	if err != nil {
		d.bad("database cannot be opened: %v", err)
		return
	}
	defer store.Close()
	if team, err := store.Workspace(ctx); err != nil {
		d.bad("database cannot be read: %v", err)
		return
	} else if team != "" && d.team != "" && team != d.team {
		d.bad("database belongs to workspace %s, the token to %s: use another DATABASE_URL", team, d.team)
	} else {
		d.ok("database opens")
	}
	d.sameKey(ctx, store)
}

// key says what is wrong with the key by itself, as serve does.
func (d *doctor) key() {
	if _, _, err := keptKey(d.settings); err != nil {
		d.bad("key      %v", err)
	}
}

// sameKey compares the key with the one that the database began with.
func (d *doctor) sameKey(ctx context.Context, store *storage.Store) {
	key, file, err := keptKey(d.settings)
	if err != nil {
		return // said already
	}
	held, err := store.Meta(ctx, keyMark)
	if err == nil {
		err = sameKey(key, file, held)
	}
	switch {
	case err != nil:
		d.bad("key      %v", err)
	case key == nil:
		d.note("key      %s is not there yet: it is made at the next start", file)
	default:
		d.ok("key      is the one of the never-contact list")
	}
}

func (d *doctor) templates() {
	faults := openTemplates(d.settings.TemplatesDir).Faults()
	for _, f := range faults {
		d.bad("template %s", f)
	}
	if len(faults) == 0 {
		d.ok("template all in order")
	}
}

// slackWord is Slack's own error word, or a word for what else went wrong;
// never the whole error, which may quote an address with a token in it.
func slackWord(err error) string {
	var refused slack.SlackErrorResponse
	var limited *slack.RateLimitedError
	var status slack.StatusCodeError
	switch {
	case err == nil:
		return "no address in the answer"
	case errors.As(err, &refused):
		return refused.Err
	case errors.As(err, &limited):
		return "too many requests, try again in " + limited.RetryAfter.String()
	case errors.As(err, &status):
		return status.Status
	}
	return "no answer"
}
