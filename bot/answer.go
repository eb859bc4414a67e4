package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// place is where a turn happened, and so where its answer belongs.
type place struct {
	user    string
	row     *storage.RepRow // nil for somebody who may not use the bot
	channel string
	dm      bool // the channel is the bot's own DM with the person
	thread  string
	message string // ts of the clicked message
	window  string // id of the window it happened in
	respond string
	trigger string
	origin  origin
	opened  string // id of the window that the answer opened
}

// placeOf reads the place from the delivery.
func (b *Bot) placeOf(d *delivery, row *storage.RepRow) *place {
	p := &place{user: d.user, row: row}
	switch {
	case d.slash != nil:
		p.channel, p.respond, p.trigger = d.slash.ChannelID, d.slash.ResponseURL, d.slash.TriggerID
	case d.act != nil:
		a := d.act
		p.channel, p.respond, p.trigger = a.Channel.ID, a.Respond, a.Trigger
		if p.channel == "" {
			p.channel = a.Container.ChannelID
		}
		p.message, p.thread = a.Message.TS, a.Message.ThreadTS
		if p.message == "" {
			p.message, p.thread = a.Container.MessageTS, a.Container.ThreadTS
		}
		if a.View != nil && a.View.Type != "home" {
			p.window = a.View.ID
		}
		p.origin = b.originOf(d, p)
	case d.event != nil:
		p.channel, p.thread = d.event.inner.channel(), d.event.inner.ThreadTS
		p.dm = d.event.inner.Type == "message" // wanted() lets only the bot's own DM through
	}
	if row != nil && row.DM != "" && row.DM == p.channel {
		p.dm = true
	}
	return p
}

// show brings the answer to where the turn happened: a form's into the
// acknowledgement, a click's through its own response_url, a command's into
// the acknowledgement if it is small, and in the DM always as an ordinary
// message that stays.
func (b *Bot) show(ctx context.Context, d *delivery, at *place, r Reply, outcome string) error {
	if d.kind == "form" {
		return b.showForm(ctx, d, at, r, outcome)
	}
	if outcome != "ok" && r.Open == nil && sayInNotice(d, at, r) {
		r = Reply{Open: view.NotDone(r.said)}
	}
	if r.Open != nil {
		if err := b.openWindow(ctx, at, *r.Open); err != nil {
			return err
		}
	}
	if r.Update != nil && at.window != "" {
		at.origin.carry(r.Update)
		if _, err := b.api.UpdateViewContext(ctx, *r.Update, "", "", at.window); err != nil {
			return fmt.Errorf("redrawing a window: %w", err)
		}
	}
	if !r.Message.Empty() {
		if err := b.showMessage(ctx, d, at, r); err != nil {
			return err
		}
	}
	if !r.Behind.Empty() {
		b.redrawOrigin(ctx, at, r.Behind)
	}
	for _, m := range r.Also {
		if err := b.showMessage(ctx, d, at, Reply{Message: m, ToDM: r.ToDM}); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bot) showForm(ctx context.Context, d *delivery, at *place, r Reply, outcome string) error {
	switch {
	case outcome != "ok":
		d.ack(d.sayInWindow(r.said))
		return nil
	case len(r.Errors) > 0:
		d.ack(slack.NewErrorsViewSubmissionResponse(r.Errors))
	case r.Update != nil:
		at.origin.carry(r.Update)
		d.ack(slack.NewUpdateViewSubmissionResponse(r.Update))
	case r.Open != nil:
		at.origin.carry(r.Open)
		d.ack(d.onTop(r.Open))
	default:
		d.ack(nil)
	}
	if !r.Behind.Empty() {
		b.redrawOrigin(ctx, at, r.Behind)
	}
	for _, m := range append([]view.Message{r.Message}, r.Also...) {
		if m.Empty() {
			continue
		}
		if err := b.tell(ctx, at, m); err != nil {
			return err
		}
	}
	return nil
}

// showMessage shows one message in the place of the turn.
func (b *Bot) showMessage(ctx context.Context, d *delivery, at *place, r Reply) error {
	switch {
	case r.ToDM:
		return b.tell(ctx, at, r.Message)
	case r.Replace && at.message != "":
		return b.redraw(ctx, at, r.Message)
	case at.dm && at.respond != "":
		err := b.sayNow(ctx, at.channel, at.thread, r.Message)
		if err != nil {
			ctx, enough := context.WithTimeout(b.work, answerWithin)
			defer enough()
			err = b.respond(ctx, at.respond, r.Message, "ephemeral", false)
		}
		return err
	case at.dm:
		return b.say1(ctx, at.channel, at.thread, r.Message)
	case d.kind == "command" && d.ackWith(r.Message):
		return nil
	case at.respond != "":
		return b.respond(ctx, at.respond, r.Message, "ephemeral", false)
	case at.row == nil:
		return nil // nobody we may write to
	}
	return b.tell(ctx, at, r.Message)
}

// redraw replaces the clicked message through the click's own response_url,
// which costs nothing of Slack's budget; chat.update is the second way.
func (b *Bot) redraw(ctx context.Context, at *place, m view.Message) error {
	var err error
	if at.respond != "" {
		if err = b.respond(ctx, at.respond, m, "", true); err == nil || !at.dm {
			return err
		}
	}
	if !at.dm {
		return errors.New("a message cannot be redrawn")
	}
	return b.update(ctx, at.channel, at.message, m)
}

// update changes a message of ours that nobody clicked on.
func (b *Bot) update(ctx context.Context, channel, ts string, m view.Message) error {
	opts := options(m.Text, m.Blocks, "")
	err := b.paced(ctx, updating, b.pace.update, func() error {
		_, _, _, err := b.api.UpdateMessageContext(ctx, channel, ts, opts...)
		return err
	})
	if err != nil {
		return fmt.Errorf("changing a message: %w", err)
	}
	return nil
}

// tell posts into the person's DM, wherever the turn happened.
func (b *Bot) tell(ctx context.Context, at *place, m view.Message) error {
	if at.row == nil {
		return nil
	}
	if at.dm {
		return b.say1(ctx, at.channel, "", m)
	}
	dm, err := b.dm(ctx, *at.row)
	if err != nil {
		return err
	}
	return b.say1(ctx, dm, "", m)
}

// turnWait is how long a turn waits for Slack's pace with its answer.
const turnWait = 2 * time.Second

// sayNow posts one answer, ahead of what nobody asked for. Where Slack's pace
// leaves no moment soon, or answers wait for one already, it says errFar. An
// unclear outcome is not repeated: the person is there and asks again.
func (b *Bot) sayNow(ctx context.Context, channel, thread string, m view.Message) error {
	if any, _ := b.aside.holds(channel); any {
		return errFar
	}
	return b.sayWithin(ctx, turnWait, channel, thread, m)
}

// say1 is sayNow, and later where that cannot be.
func (b *Bot) say1(ctx context.Context, channel, thread string, m view.Message) error {
	err := b.sayNow(ctx, channel, thread, m)
	if errors.Is(err, errFar) {
		return b.putAside(channel, func(ctx context.Context) error { return b.sayWithin(ctx, asideFor, channel, thread, m) })
	}
	return err
}

// sayWithin posts one answer, and waits for Slack's pace so long at most: errFar
// when its moment comes later.
func (b *Bot) sayWithin(ctx context.Context, most time.Duration, channel, thread string, m view.Message) error {
	turn := func(ctx context.Context) error {
		ctx, enough := context.WithTimeout(ctx, most)
		defer enough()
		return b.pace.post(ctx, channel, answersAhead)
	}
	ctx, enough := context.WithTimeout(ctx, asideFor)
	defer enough()
	err := b.paced(ctx, posting, turn, func() error {
		_, _, err := b.post(ctx, channel, thread, m, nil)
		return err
	})
	if err != nil {
		return fmt.Errorf("posting an answer: %w", err)
	}
	return nil
}

// after does what follows a turn that went well: later work, what was queued
// for sending, and the Home if its owner looked at it a moment ago.
func (b *Bot) after(ctx context.Context, d *delivery, at *place, r Reply) {
	if !d.looks {
		b.wakeOutbox()
	}
	if r.Follow != nil {
		b.lanes.begin()
		go b.follow1(d, at, r.Follow)
	}
	if r.Later != nil {
		b.lanes.begin()
		go b.fillLater(d, at, r.Later)
	}
	if at.row == nil || d.kind == "event" && d.event.inner.Type != "message" {
		return
	}
	if d.kind == "event" {
		if err := b.welcome(ctx, *at.row); err != nil {
			b.Log.WithError(err).WithField("user", at.user).Warn("a newcomer could not be welcomed")
		}
	}
	if d.looks {
		return
	}
	if err := b.refreshHome(ctx, at.row.ID); err != nil {
		b.Log.WithError(err).WithField("user", at.user).Warn("the Home could not be redrawn")
	}
}

// follow1 runs later work; its answer is an ordinary message in the DM.
func (b *Bot) follow1(d *delivery, at *place, work func(context.Context) (Reply, error)) {
	defer b.lanes.done()
	var r Reply
	err := b.guard(func() (err error) { r, err = work(b.work); return err })
	var problem coach.Problem
	if errors.As(err, &problem) {
		r = saying(string(problem))
	} else if err != nil {
		ref := reference()
		b.Log.WithError(err).WithField("reference", ref).WithField("event", d.name).Error("later work failed")
		r = Say("Something went wrong on our side while finishing this. Reference " + ref + ".")
	}
	for _, m := range append([]view.Message{r.Message}, r.Also...) {
		if m.Empty() {
			continue
		}
		if err := b.tell(b.work, at, m); err != nil {
			b.Log.WithError(err).WithField("user", at.user).Error("an answer could not be shown")
		}
	}
	b.wakeOutbox()
}

// ephemeral is the acknowledgement that carries a command's answer.
func ephemeral(m view.Message) any {
	return struct {
		Type   string        `json:"response_type"`
		Text   string        `json:"text"`
		Blocks []slack.Block `json:"blocks,omitempty"`
	}{"ephemeral", m.Text, m.Blocks}
}

// ackWith answers a command in its acknowledgement, if the message fits: Slack
// drops those of 20 KB, and refused charts there could not be sent again.
func (d *delivery) ackWith(m view.Message) bool {
	for _, bl := range m.Blocks {
		switch bl.BlockType() {
		case "data_visualization", "data_table", "table":
			return false
		}
	}
	raw, err := json.Marshal(ephemeral(m))
	return err == nil && len(raw) < 16<<10 && d.ack(json.RawMessage(raw))
}
