package bot

import (
	"context"
	"net/url"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/bot/view"
)

// origin is the message a turn began in: the clicked one, or the one whose
// button opened the window. A window carries it unseen, as a last line of its
// metadata, so that a form redraws the message behind it. The click's own
// response_url is the first way back: it reaches ephemeral messages too and
// costs nothing of Slack's budget; chat.update in the rep's DM is the second.
type origin struct{ channel, ts, url string }

// here names the message in the keys of changes, so that all that was done
// from it can be shown in it; "" outside messages.
func (o origin) here() string {
	if o.ts == "" {
		return ""
	}
	return "in:" + o.channel + ":" + o.ts + ":"
}

// carry puts the origin into a window's metadata, if it fits there.
func (o origin) carry(v *slack.ModalViewRequest) {
	if meta := v.PrivateMetadata + "\n" + o.channel + " " + o.ts + " " + o.url; o.ts != "" && len(meta) <= 3000 {
		v.PrivateMetadata = meta
	}
}

// readOrigin cuts the origin off a window's metadata.
func readOrigin(meta string) (string, origin) {
	rest, last, ok := strings.Cut(meta, "\n")
	if f := strings.Split(last, " "); ok && len(f) == 3 {
		return rest, origin{f[0], f[1], f[2]}
	}
	return rest, origin{}
}

// originOf is where a delivery's turn began.
func (b *Bot) originOf(d *delivery, at *place) origin {
	switch {
	case d.act == nil:
		return origin{}
	case d.act.View != nil:
		_, o := readOrigin(d.act.View.Meta)
		return o
	case d.kind == "click":
		return origin{at.channel, at.message, at.respond}
	}
	return origin{}
}

// redrawOrigin redraws that message. The person has their answer already, so
// a message that can no longer be reached is only logged.
func (b *Bot) redrawOrigin(ctx context.Context, at *place, m view.Message) {
	o := at.origin
	if b.slackURL(o.url) {
		if err := b.respond(ctx, o.url, m, "", true); err == nil {
			return
		}
	}
	if at.row == nil || o.ts == "" || o.channel != at.row.DM {
		return
	}
	if err := b.update(ctx, o.channel, o.ts, m); err != nil {
		b.Log.WithError(err).WithField("user", at.user).Warn("the message behind a window could not be redrawn")
	}
}

// slackURL tells whether an address is Slack's own: nothing else is written
// to, whatever a window's metadata may hold.
func (b *Bot) slackURL(s string) bool {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return false
	}
	if u.Scheme == "https" && u.Host == "hooks.slack.com" {
		return true
	}
	own, err := url.Parse(b.APIURL)
	return err == nil && own.Host == u.Host && own.Scheme == u.Scheme
}
