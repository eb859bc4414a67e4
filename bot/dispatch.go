package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"
	"unicode"

	"github.com/sirupsen/logrus"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
)

const sayBusy = "There is a lot going on right now. Nothing was changed; please try again in a minute."

// take receives an envelope from a socket. It decodes, makes sure that Slack
// gets its acknowledgement in time, queues the work behind the person's other
// work, and returns at once.
func (b *Bot) take(e envelope, from *link) {
	b.health.note(func(h *Health) { h.LastEnvelope = b.now() })
	b.health.envelopes.WithLabelValues(e.Type).Inc()
	d := &delivery{b: b, env: e, from: from, at: b.now()}
	if echoed(e) {
		d.kind = "event"
		b.lanes.begin()
		go func() { defer b.lanes.done(); d.ack(nil) }()
		return
	}
	if err := d.decode(); err != nil {
		b.Log.WithError(err).WithField("envelope", e.ID).Warn("an envelope could not be read")
		b.lanes.begin()
		go func() { defer b.lanes.done(); d.ack(nil) }()
		return
	}
	b.lanes.begin() // before the acknowledgement leaves, so that Idle sees the work
	defer b.lanes.done()
	ctx, cancel := d.context(inTurn(b.work))
	late := time.AfterFunc(d.patience(), func() { d.ack(d.tooLate()) })
	ok := b.lanes.put(d.user, func() {
		defer cancel()
		defer late.Stop()
		// Handlers are guarded by themselves; what is drawn and sent after them
		// must not end the program for everybody else either.
		if err := b.guard(func() error { b.handle(ctx, d); return nil }); err != nil {
			b.Log.WithError(err).WithFields(logrus.Fields{"event": d.name, "user": d.user}).Error("an answer could not be shown")
			d.ack(nil)
		}
		b.health.queued.Set(float64(b.lanes.length()))
	})
	b.health.queued.Set(float64(b.lanes.length()))
	if !ok {
		cancel()
		late.Stop()
		b.Log.WithFields(logrus.Fields{"event": d.name, "user": d.user}).Warn("too much at once, one turned away")
		b.lanes.begin()
		go func() { defer b.lanes.done(); b.turnAway(d) }()
	}
}

// patience is how long the acknowledgement may wait for the handler. A click
// is acknowledged at once, because its answer travels another way.
func (d *delivery) patience() time.Duration {
	switch d.kind {
	case "click":
		return 0
	case "form":
		return formBy + 200*time.Millisecond
	}
	return ackBy
}

// tooLate is what a form is answered with when its work took too long.
func (d *delivery) tooLate() any {
	if d.kind != "form" {
		return nil
	}
	return d.sayInWindow("This took longer than Slack waits. Look with the list command whether it was saved before you try again.")
}

// turnAway answers when the queues are full. An event is left without an
// acknowledgement: Slack brings it again.
func (b *Bot) turnAway(d *delivery) {
	switch d.kind {
	case "command":
		d.ack(ephemeral(view.Say(sayBusy)))
	case "form":
		d.ack(d.sayInWindow(sayBusy))
	case "event":
	default:
		d.ack(nil)
	}
}

// handle runs one person's turn from the access check to the answer.
func (b *Bot) handle(ctx context.Context, d *delivery) {
	start := b.now()
	reply, place, err := b.run(ctx, d)
	ctx, enough := context.WithTimeout(inTurn(b.work), answerWithin) // what was done is told also when the turn's own time is over
	defer enough()
	outcome := "ok"
	var problem coach.Problem
	switch {
	case errors.As(err, &problem):
		outcome, reply = "refused", saying(string(problem))
	case err != nil:
		ref := reference()
		b.Log.WithError(hideURL(err)).WithFields(logrus.Fields{"reference": ref, "event": d.name, "user": d.user}).Error("a turn failed")
		outcome, reply = "failed", saying(b.wentWrong(ctx, d.user, start, ref))
	}
	if place != nil {
		if err := b.show(ctx, d, place, reply, outcome); err != nil {
			b.Log.WithError(hideURL(err)).WithFields(logrus.Fields{"event": d.name, "user": d.user}).Error("an answer could not be shown")
			outcome = "unseen"
		}
	}
	if d.begun {
		if _, err := b.Store.Seen(context.WithoutCancel(ctx), d.key+finished, start); err != nil {
			b.Log.WithError(err).WithField("event", d.name).Warn("an answered message could not be marked")
		}
	}
	d.ack(nil)
	if place == nil && err == nil {
		return // nobody's turn: our own messages, edits, bots
	}
	b.health.turns.WithLabelValues(routeLabel(d), outcome).Inc()
	b.health.answers.WithLabelValues(d.kind).Observe(b.now().Sub(d.at).Seconds())
	b.Log.WithFields(logrus.Fields{"event": d.kind + " " + d.name, "user": d.user, "took": b.now().Sub(start).Round(time.Millisecond), "outcome": outcome}).Info("turn")
	if place != nil && outcome == "ok" {
		b.after(ctx, d, place, reply)
	}
}

// routeLabel bounds the label of the metric: people's words never enter it.
func routeLabel(d *delivery) string {
	id, _, _ := strings.Cut(d.name, ":")
	return d.kind + "/" + id
}

// run admits the person, finds the route and calls its handler. A nil place
// means that nothing is shown to anybody.
func (b *Bot) run(ctx context.Context, d *delivery) (reply Reply, at *place, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	if d.orgWide() {
		b.Log.Warn(errOrgWide.Error())
		return Reply{}, nil, nil
	}
	if d.kind == "event" && !b.wanted(d) {
		return Reply{}, nil, nil
	}
	if d.kind == "event" && d.event.inner.Type != "message" {
		if r, _ := b.routes.event(d.event.inner.Type); !r.Private {
			return b.workspaceEvent(ctx, d, r)
		}
	}
	who, err := b.admit(ctx, d.user, d.team)
	if err != nil {
		return Reply{}, b.placeOf(d, nil), err
	}
	if !who.ok {
		if who.say == "" || d.kind == "event" && d.event.inner.Type != "message" {
			return Reply{}, nil, nil
		}
		return Reply{}, b.placeOf(d, nil), coach.Problem(who.say)
	}
	if err := b.learnDM(ctx, d, &who.row); err != nil {
		return Reply{}, b.placeOf(d, nil), err
	}
	at = b.placeOf(d, &who.row)
	turn := Turn{
		Rep: who.row, Manager: who.manager, Now: b.Now().In(b.rep(who.row).Zone), Key: d.key, Slash: b.slash(),
		Channel: at.channel, InDM: at.dm, ThreadTS: at.thread, Trigger: at.trigger, origin: at.origin,
	}
	turn.InDM = turn.InDM || at.channel == "" && at.origin.channel != "" && at.origin.channel == who.row.DM
	reply, err = b.call(ctx, d, turn)
	return reply, at, err
}

// call hands the turn to its handler.
func (b *Bot) call(ctx context.Context, d *delivery, t Turn) (Reply, error) {
	switch d.kind {
	case "command":
		t.Slash = d.slash.Command
		b.learnSlash(ctx, t.Slash)
		return b.say(ctx, d, Command{Turn: t, Whole: clean(d.slash.Text)}, true)
	case "click":
		return b.click(ctx, d, t)
	case "form":
		r, ok := b.routes.form(d.name)
		if !ok {
			return Reply{}, fmt.Errorf("no such form: %.60s", d.name)
		}
		return r.do(b, ctx, Form{Turn: t, Window: *d.window()})
	case "shortcut":
		r, ok := b.routes.shortcut(d.name)
		if !ok {
			return Reply{}, fmt.Errorf("no such shortcut: %.60s", d.name)
		}
		return r.do(b, ctx, Shortcut{Turn: t, Callback: d.name, Message: d.shown()})
	case "event":
		if d.event.inner.Type == "message" {
			in := d.event.inner
			c := Command{Turn: t, Whole: clean(in.Text), TS: in.TS, Files: in.Files}
			return b.say(ctx, d, c, len(strings.Fields(c.Whole)) < draftWords)
		}
		r, _ := b.routes.event(d.event.inner.Type)
		if again, err := b.Store.Seen(ctx, d.key, t.Now); again || err != nil {
			return Reply{}, err
		}
		return r.do(b, ctx, Event{Turn: t, Type: d.event.inner.Type, Raw: d.event.Event})
	}
	return Reply{}, fmt.Errorf("nothing handles a %s", d.kind)
}

// say runs a command line, typed after the slash or in the DM. Reading
// commands twice does no harm, changing ones carry the key; what only asks is
// dropped here when Slack repeats a DM message.
func (b *Bot) say(ctx context.Context, d *delivery, c Command, short bool) (Reply, error) {
	if d.kind == "event" {
		if again, err := b.repeated(ctx, d, c.Now); again || err != nil {
			return Reply{}, err
		}
	}
	if len(c.Files) > 0 {
		d.name = "file"
		if b.routes.Dropped == nil {
			return Reply{}, coach.Problem("I cannot read files here. A CSV of prospects can be brought in from the command line of the program: prospectcoach import FILE --rep U…")
		}
		return b.routes.Dropped(b, ctx, c)
	}
	word, rest := firstWord(c.Whole)
	if word == "" {
		d.name = "today"
		return b.today(ctx, c)
	}
	if short {
		word, rest = b.routes.hyphened(word, rest)
	}
	r, ok := b.routes.command(word, short && !aPhrase(c.Whole))
	if !ok {
		d.name, c.Text = "other", c.Whole
		return b.otherwise(ctx, c)
	}
	d.name, d.looks, c.Word, c.Text = r.Word, r.Looks, r.Word, strings.TrimSpace(rest)
	return r.do(b, ctx, c)
}

// repeated tells whether a DM message was taken up before. One that Slack
// brings again because nobody acknowledged it, and that nobody finished, was
// held by a process that died: it is done now, also when the one before died
// over it as well. Its changes carry the same key and so happen once in any case.
func (b *Bot) repeated(ctx context.Context, d *delivery, now time.Time) (bool, error) {
	again, err := b.Store.Seen(ctx, d.key, now)
	if again && err == nil && d.env.Retry > 0 {
		again, err = b.Store.WasSeen(ctx, d.key+finished)
	}
	d.begun = !again && err == nil
	return again, err
}

// finished marks the key of a DM message that was answered.
const finished = ":finished"

// firstWord cuts the line at its first space or line break.
func firstWord(s string) (word, rest string) {
	s = strings.TrimSpace(s)
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

func (d *delivery) shown() Shown {
	m := d.act.Message
	s := Shown{TS: m.TS, ThreadTS: m.ThreadTS, Text: m.Text, User: m.User, BotID: m.BotID}
	if s.TS == "" {
		s.TS, s.ThreadTS = d.act.Container.MessageTS, d.act.Container.ThreadTS
	}
	return s
}

func (d *delivery) window() *Window {
	v := d.act.View
	if v == nil {
		return nil
	}
	meta, _ := readOrigin(v.Meta)
	return &Window{ID: v.ID, Callback: v.Callback, Meta: meta, Hash: v.Hash, State: v.State.Values}
}
