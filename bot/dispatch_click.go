package bot

import (
	"context"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/bot/view"
)

func (b *Bot) click(ctx context.Context, d *delivery, t Turn) (Reply, error) {
	if len(d.act.Actions) == 0 {
		return Reply{}, nil
	}
	a := d.act.Actions[0]
	r, ok := b.routes.click(a.ActionID)
	if !ok {
		if a.Type == slack.ActionType("button") && a.Value == "" {
			return Reply{}, nil // a link button: the browser did the work
		}
		return Reply{}, fmt.Errorf("no such button: %.60s", a.ActionID)
	}
	t.press = &press{}
	c := Click{Turn: t, Message: d.shown(), Window: d.window()}
	c.Action, c.Tail, _ = strings.Cut(a.ActionID, ":")
	c.Values = chosen(a)
	if len(c.Values) > 0 {
		c.Value = c.Values[0]
	}
	c.InHome = d.act.View != nil && d.act.View.Type == "home"
	if c.InHome {
		c.Window = nil
	}
	reply, err := r.do(b, ctx, c)
	if err != nil {
		return reply, err
	}
	if c.InHome || c.Window != nil && c.Window.Callback == view.CallbackCard {
		return inCardWindow(reply, c), nil
	}
	value := c.Value
	if c.Action == view.ActionMore {
		_, value, _ = strings.Cut(value, " ")
	}
	return b.moved(ctx, t, value, reply)
}

// inCardWindow shows in a window what a click in the Home answers, where no
// message can stand, and goes on in that window. A draft, and what was sent, lie
// on top of it, so that the way back is there.
func inCardWindow(r Reply, in Click) Reply {
	if r.Message.Empty() || r.ToDM || r.Open != nil || r.Update != nil {
		return r
	}
	w := view.CardWindow(view.WindowTitle(in.Action, in.Value), append([]view.Message{r.Message}, r.Also...)...)
	r.Message, r.Also, r.Replace = view.Message{}, nil, false
	if in.InHome || in.Action == view.ActionDraft || strings.HasPrefix(in.Value, view.ActionRun+":look-") {
		r.Open = w
	} else {
		r.Update = w
	}
	return r
}

// chosen is what an action carries, whatever kind of element it is.
func chosen(a slack.BlockAction) []string {
	var out []string
	for _, v := range []string{a.Value, a.SelectedOption.Value, a.SelectedDate, a.SelectedTime, a.SelectedUser, a.SelectedChannel, a.SelectedConversation} {
		if v != "" {
			out = append(out, v)
		}
	}
	for _, o := range a.SelectedOptions {
		out = append(out, o.Value)
	}
	return append(append(out, a.SelectedUsers...), a.SelectedChannels...)
}

// wanted tells whether an event concerns us: texts of people in the bot's DM,
// and what routes.go lists. Edits, bots' messages and our own are ignored.
func (b *Bot) wanted(d *delivery) bool {
	in := d.event.inner
	if _, ok := b.routes.event(in.Type); !ok {
		return false
	}
	if in.Type != "message" {
		return true
	}
	if in.ChannelType != "im" || in.BotID != "" || in.user() == "" || in.user() == b.me.User {
		return false
	}
	return in.Subtype == "" || in.Subtype == "file_share" || in.Subtype == "thread_broadcast"
}

// workspaceEvent is an event of no person in particular.
func (b *Bot) workspaceEvent(ctx context.Context, d *delivery, r EventRoute) (Reply, *place, error) {
	again, err := b.Store.Seen(ctx, d.key, b.now())
	if again || err != nil {
		return Reply{}, nil, err
	}
	_, err = r.do(b, ctx, Event{Turn: Turn{Now: b.now(), Key: d.key, Slash: b.slash()}, Type: r.Type, Raw: d.event.Event})
	return Reply{}, nil, err
}
