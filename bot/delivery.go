package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/slack-go/slack"
)

// Slack waits three seconds for an acknowledgement. Commands and events are
// acknowledged by ackBy at the latest; forms are answered in the
// acknowledgement and so have less time for their work.
const (
	ackBy     = 2 * time.Second
	formBy    = 2500 * time.Millisecond
	clickBy   = 20 * time.Second
	commandBy = 20 * time.Second
)

// delivery is one envelope on its way through the bot: decoded, with its one
// acknowledgement.
type delivery struct {
	b    *Bot
	env  envelope
	from *link
	at   time.Time // of its arrival

	mu    sync.Mutex
	acked bool
	begun bool // a DM message that this process took up
	looks bool // a command that changes nothing

	kind string // "command", "click", "form", "shortcut", "event"
	name string // what it is about, for the log: the word, action, callback or event
	user string
	team string
	key  string // for Store.Change and Seen

	slash *slack.SlashCommand
	act   *interaction
	event *eventCallback
}

// ack answers the envelope; only the first call counts. It tells whether this
// call was the first and arrived.
func (d *delivery) ack(payload any) bool {
	d.mu.Lock()
	if d.acked {
		d.mu.Unlock()
		return false
	}
	d.acked = true
	d.mu.Unlock()
	if d.from == nil {
		return true
	}
	if err := d.b.links.ack(d.env.ID, payload, d.from); err != nil {
		d.b.Log.WithError(err).WithField("event", d.name).Warn("an acknowledgement did not reach Slack")
		return false
	}
	d.b.health.acks.WithLabelValues(d.kind).Observe(d.b.now().Sub(d.at).Seconds())
	return true
}

// interaction is what we read of a click, a form or a shortcut. The message's
// blocks are left out on purpose: one block that the library cannot decode
// would otherwise cost the whole click.
type interaction struct {
	Type     string
	Trigger  string `json:"trigger_id"`
	Respond  string `json:"response_url"`
	Callback string `json:"callback_id"`
	OrgWide  bool   `json:"is_enterprise_install"`
	Team     struct{ ID string }
	User     struct {
		ID     string
		TeamID string `json:"team_id"`
	}
	Channel   struct{ ID string }
	Container struct {
		ChannelID string `json:"channel_id"`
		MessageTS string `json:"message_ts"`
		ThreadTS  string `json:"thread_ts"`
	}
	Message struct {
		TS       string
		ThreadTS string `json:"thread_ts"`
		Text     string
		User     string
		BotID    string `json:"bot_id"`
	}
	Actions []slack.BlockAction
	View    *struct {
		ID, Type, Hash string
		Callback       string `json:"callback_id"`
		Meta           string `json:"private_metadata"`
		Previous       string `json:"previous_view_id"` // the window beneath
		Root           string `json:"root_view_id"`     // the lowest one
		Blocks         []struct {
			Type string
			ID   string `json:"block_id"`
		}
		State struct {
			Values map[string]map[string]slack.BlockAction
		}
	}
}

// eventCallback is the outer shape of an event.
type eventCallback struct {
	Team    string          `json:"team_id"`
	ID      string          `json:"event_id"`
	Event   json.RawMessage `json:"event"`
	OrgWide bool            `json:"is_enterprise_install"`

	inner innerEvent
}

// innerEvent is what we read of any event.
type innerEvent struct {
	Type        string
	Subtype     string
	User        json.RawMessage // an id, or the whole user in user_change
	BotID       string          `json:"bot_id"`
	Text        string
	Channel     json.RawMessage // an id, or the whole channel
	ChannelType string          `json:"channel_type"`
	TS          string
	ThreadTS    string `json:"thread_ts"`
	Tab         string
	UserTeam    string `json:"user_team"`
	Files       []slack.File
}

func (e innerEvent) user() string    { return idOf(e.User) }
func (e innerEvent) channel() string { return idOf(e.Channel) }

// idOf reads an id, or the id within an object.
func idOf(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	var o struct{ ID string }
	_ = json.Unmarshal(raw, &o)
	return o.ID
}

// decode reads the envelope into d.
func (d *delivery) decode() error {
	switch d.env.Type {
	case "slash_commands":
		d.kind, d.slash = "command", &slack.SlashCommand{}
		if err := json.Unmarshal(d.env.Payload, d.slash); err != nil {
			return fmt.Errorf("reading a command: %w", err)
		}
		d.user, d.team, d.name = d.slash.UserID, d.slash.TeamID, "command"
		d.key = "command:" + d.env.ID
	case "interactive":
		d.act = &interaction{}
		if err := json.Unmarshal(d.env.Payload, d.act); err != nil {
			return fmt.Errorf("reading a click: %w", err)
		}
		d.interactive()
	case "events_api":
		d.kind, d.event = "event", &eventCallback{}
		if err := json.Unmarshal(d.env.Payload, d.event); err != nil {
			return fmt.Errorf("reading an event: %w", err)
		}
		if err := json.Unmarshal(d.event.Event, &d.event.inner); err != nil {
			return fmt.Errorf("reading an event: %w", err)
		}
		in := d.event.inner
		d.user, d.team, d.name = in.user(), d.event.Team, in.Type
		if in.UserTeam != "" {
			d.team = in.UserTeam // the author's own team, in channels shared between companies
		}
		d.key = "event:" + d.event.ID // the same for every repetition of the event
	default:
		return fmt.Errorf("no such kind of envelope: %.40s", d.env.Type)
	}
	return nil
}

func (d *delivery) interactive() {
	a := d.act
	d.user, d.team = a.User.ID, a.User.TeamID
	if d.team == "" {
		d.team = a.Team.ID
	}
	switch a.Type {
	case "block_actions":
		d.kind = "click"
		if len(a.Actions) > 0 {
			d.name = a.Actions[0].ActionID
			d.key = "click:" + d.user + ":" + a.Actions[0].ActionID + ":" + a.Actions[0].BlockID + ":" + a.Actions[0].ActionTs
		}
	case "view_submission":
		d.kind = "form"
		if a.View != nil {
			d.name = a.View.Callback
			d.key = "form:" + a.View.ID + ":" + a.View.Hash
		}
	case "shortcut", "message_action":
		d.kind, d.name, d.key = "shortcut", a.Callback, "shortcut:"+d.env.ID
	default:
		d.kind, d.name = a.Type, a.Type
	}
}

// orgWide tells whether the delivery comes from an org-wide install.
func (d *delivery) orgWide() bool {
	return d.slash != nil && d.slash.IsEnterpriseInstall || d.act != nil && d.act.OrgWide || d.event != nil && d.event.OrgWide
}

// budget is how long the handler may work.
func (d *delivery) budget() time.Duration {
	switch d.kind {
	case "form":
		return formBy
	case "click":
		return clickBy
	}
	return commandBy
}

// context for the work, counted from the delivery's arrival.
func (d *delivery) context(base context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(base, d.budget())
}
