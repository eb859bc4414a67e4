package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/bot/view"
)

// newAPI is slack-go with our HTTP client and without any retry of its own: a
// post that was cut off may have been received, and only the outbox knows what
// to do then.
func newAPI(c Config) *slack.Client {
	opts := []slack.Option{slack.OptionHTTPClient(lean{c.HTTP}), slack.OptionAppLevelToken(c.AppToken)}
	if c.APIURL != "" {
		opts = append(opts, slack.OptionAPIURL(c.APIURL))
	}
	return slack.New(c.BotToken, opts...)
}

// authTest is what auth.test answers.
type authTest struct {
	OK         bool
	Error      string
	URL, Team  string
	TeamID     string `json:"team_id"`
	UserID     string `json:"user_id"`
	BotID      string `json:"bot_id"`
	Company    string `json:"enterprise_id"` // "" outside of Enterprise Grid
	Enterprise bool   `json:"is_enterprise_install"`
}

// whoAmI asks auth.test who we are, and what we may do.
func (b *Bot) whoAmI(ctx context.Context) (identity, error) {
	got, scopes, err := b.authTest(ctx)
	if err != nil {
		return identity{}, fmt.Errorf("auth.test: %w", err)
	}
	if !got.OK {
		return identity{}, fmt.Errorf("auth.test: %w", slack.SlackErrorResponse{Err: got.Error})
	}
	if got.Enterprise || strings.HasPrefix(got.TeamID, "E") {
		return identity{}, errOrgWide
	}
	me := identity{Team: got.TeamID, User: got.UserID, Bot: got.BotID, URL: got.URL, Enterprise: got.Company, Scopes: map[string]bool{}}
	for _, s := range strings.Split(scopes, ",") {
		if s = strings.TrimSpace(s); s != "" {
			me.Scopes[s] = true
		}
	}
	return me, nil
}

// authTest is called by hand because slack-go drops the one field that tells
// an org-wide install.
func (b *Bot) authTest(ctx context.Context) (got authTest, scopes string, err error) {
	base := b.APIURL
	if base == "" {
		base = slack.APIURL
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"auth.test", strings.NewReader(url.Values{}.Encode()))
	if err != nil {
		return got, "", err
	}
	req.Header.Set("Authorization", "Bearer "+b.BotToken)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := b.HTTP.Do(req)
	if err != nil {
		return got, "", err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return got, "", fmt.Errorf("the answer was %s", res.Status)
	}
	err = json.NewDecoder(io.LimitReader(res.Body, 1<<20)).Decode(&got)
	return got, res.Header.Get("X-OAuth-Scopes"), err
}

var errOrgWide = errors.New("the app is installed for a whole organisation; install it into one workspace, one process serves one workspace")

// has tells whether a scope was granted. Without a list of scopes (another
// Slack than slack.com) nothing optional is assumed.
func (b *Bot) has(scope string) bool { return b.me.Scopes[scope] }

// slackError is Slack's own error word, or "".
func slackError(err error) string {
	var e slack.SlackErrorResponse
	if errors.As(err, &e) {
		return e.Err
	}
	var p *slack.SlackErrorResponse
	if errors.As(err, &p) {
		return p.Err
	}
	return ""
}

// retryAfter tells how long Slack asks us to wait, if it does.
func retryAfter(err error) (time.Duration, bool) {
	var limited *slack.RateLimitedError
	if errors.As(err, &limited) {
		return max(limited.RetryAfter, time.Second), true
	}
	var status slack.StatusCodeError
	if errors.As(err, &status) && status.Code == http.StatusTooManyRequests {
		return 30 * time.Second, true
	}
	if e := slackError(err); e == "ratelimited" || e == "rate_limited" {
		return 30 * time.Second, true
	}
	return 0, false
}

// errNoTS is an answer that says ok but names no message.
var errNoTS = errors.New("slack answered without a message")

// unclear tells whether a post may have happened in spite of the error. Only a
// refusal in Slack's own words, or a call that never left, is certain.
func unclear(err error) bool {
	if err == nil || errors.Is(err, errNeverLeft) {
		return false
	}
	if _, limited := retryAfter(err); limited {
		return false
	}
	switch slackError(err) {
	case "", "internal_error", "fatal_error", "request_timeout", "service_unavailable":
		return true
	}
	return false
}

// away tells whether Slack itself is the trouble, and not what we asked of it:
// it cannot be reached, is ill, or has no time. However long that lasts, the
// same call will do when it is back.
func away(err error) bool {
	var lost *url.Error
	var status slack.StatusCodeError
	_, limited := retryAfter(err)
	switch slackError(err) {
	case "internal_error", "fatal_error", "request_timeout", "service_unavailable":
		return true
	}
	return limited || errors.As(err, &lost) || errors.As(err, &status) && status.Code >= 500
}

// fatal tells whether Slack will never let us in with these tokens, and says
// in one sentence what mends it.
func fatal(err error) (string, bool) {
	switch slackError(err) {
	case "invalid_auth", "not_authed", "token_expired":
		return "Slack does not know this token; check SLACK_BOT_TOKEN (xoxb-) and SLACK_APP_TOKEN (xapp-)", true
	case "account_inactive", "token_revoked":
		return "the app was removed from the workspace or its token revoked; install it again", true
	case "not_allowed_token_type":
		return "SLACK_APP_TOKEN must be an app-level token (xapp-) with connections:write", true
	case "missing_scope":
		var e slack.SlackErrorResponse
		if errors.As(err, &e) && e.Needed != "" && e.Needed != "connections:write" {
			return "the app lacks the scope " + e.Needed + "; install it again from the manifest", true
		}
		return "SLACK_APP_TOKEN lacks the scope connections:write", true
	case "socket_mode_disabled", "link_disabled", "forbidden_team":
		return "Slack opens no socket for this app: Socket Mode is switched off; switch it on under Settings, Socket Mode", true
	}
	return "", false
}

// options are what every message of ours carries: no previews of links, and a
// text that notifies without bringing anything to life.
func options(text string, blocks []slack.Block, thread string) []slack.MsgOption {
	opts := []slack.MsgOption{slack.MsgOptionText(text, false), slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl()}
	if len(blocks) > 0 {
		opts = append(opts, slack.MsgOptionBlocks(blocks...))
	}
	if thread != "" {
		opts = append(opts, slack.MsgOptionTS(thread))
	}
	return opts
}

// post sends one message, in the plain dress if Slack refuses the other. It
// does not wait for the pacer; its callers do.
func (b *Bot) post(ctx context.Context, channel, thread string, m view.Message, meta *slack.SlackMetadata) (string, string, error) {
	send := func(blocks []slack.Block) (string, string, error) {
		opts := options(m.Text, blocks, thread)
		if meta != nil {
			opts = append(opts, slack.MsgOptionMetadata(*meta))
		}
		ch, ts, err := b.api.PostMessageContext(ctx, channel, opts...)
		if err == nil && ts == "" {
			err = errNoTS
		}
		return ch, ts, err
	}
	ch, ts, err := send(m.Blocks)
	if refusedBlocks(err) && len(m.Blocks) > 0 {
		b.Log.WithError(err).Warn("Slack refused blocks, sending the plain message")
		ch, ts, err = send(m.Plain)
	}
	return ch, ts, err
}

// refusedBlocks tells whether the blocks were the trouble. slack-go turns some
// of these answers into words of its own, so they are matched loosely.
func refusedBlocks(err error) bool {
	e := slackError(err)
	return strings.HasPrefix(e, "invalid_blocks") || e == "msg_blocks_too_long" || e == "invalid_attachments" ||
		err != nil && strings.Contains(err.Error(), "unknown error structure")
}

// respond answers through a response_url, which takes five answers within
// half an hour and knows no Retry-After worth waiting for.
func (b *Bot) respond(ctx context.Context, to string, m view.Message, kind string, replace bool) error {
	type body struct {
		Text    string        `json:"text,omitempty"`
		Blocks  *slack.Blocks `json:"blocks,omitempty"`
		Type    string        `json:"response_type,omitempty"`
		Replace bool          `json:"replace_original"`
		NoLinks bool          `json:"unfurl_links"`
		NoMedia bool          `json:"unfurl_media"`
	}
	send := func(blocks []slack.Block) error {
		out := body{Text: m.Text, Type: kind, Replace: replace}
		if len(blocks) > 0 {
			out.Blocks = &slack.Blocks{BlockSet: blocks}
		}
		raw, err := json.Marshal(out)
		if err != nil {
			return fmt.Errorf("drawing the answer: %w", err)
		}
		return b.postJSON(ctx, to, raw)
	}
	err := send(m.Blocks)
	if err != nil && strings.Contains(err.Error(), "invalid_blocks") {
		err = send(m.Plain)
	}
	return err
}

func (b *Bot) postJSON(ctx context.Context, to string, raw []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(raw))
	if err != nil {
		return errors.New("answering: the response_url cannot be used")
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := b.HTTP.Do(req)
	if err != nil {
		return fmt.Errorf("answering through response_url: %w", hideURL(err))
	}
	defer res.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(res.Body, 500))
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("answering through response_url: %s %s", res.Status, strings.TrimSpace(string(said)))
	}
	return nil
}

// hideURL takes the address out of an error: a response_url is a secret.
func hideURL(err error) error {
	var op *url.Error
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}
