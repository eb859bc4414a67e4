package localslack

import (
	"context"
	"slices"
	"strings"
	"time"
)

// Trouble is what Slack shows a person when an action did not work.
type Trouble struct {
	Code string // operation_timeout, dispatch_failed, …
	Say  string // the sentence Slack shows
}

// Error gives the code and the sentence.
func (t *Trouble) Error() string { return t.Code + ": " + t.Say }

// Result is what came of a person's verb, once the app had nothing more to do.
type Result struct {
	Message Message           // what the person wrote or dropped, if that was the verb
	Shown   []Message         // the app's messages this person sees that are new or changed, oldest first
	View    *View             // the modal on top afterwards, if any
	Errors  map[string]string // the sentences under its fields, by block_id
}

// Person is somebody at their screen. The browser page and the stories use the
// same verbs; each returns when the app has acknowledged and is idle.
type Person struct {
	s       *Server
	id      string
	channel string // where commands are typed; empty is the direct message with the app
}

// Person finds somebody by user id or handle. The verbs of a person who is not
// there answer user_not_found.
func (s *Server) Person(userIDOrName string) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users[userIDOrName] != nil {
		return &Person{s: s, id: userIDOrName}
	}
	for _, id := range s.userOrder {
		if s.users[id].Name == strings.TrimPrefix(userIDOrName, "@") {
			return &Person{s: s, id: id}
		}
	}
	return &Person{s: s}
}

// ID is the user id.
func (p *Person) ID() string { return p.id }

// In gives the same person with their cursor in another channel, by id or name.
func (p *Person) In(channel string) *Person {
	q := *p
	q.channel = channel
	return &q
}

// idleWait bounds what a verb waits for after the acknowledgement, so that an
// app that never rests fails a test instead of hanging it.
const idleWait = 30 * time.Second

// settle waits until the events' first attempts are over and the app is idle.
func (s *Server) settle(ds ...*delivery) {
	for _, d := range ds {
		if d == nil {
			continue
		}
		select {
		case <-d.settled:
		case <-s.ctx.Done():
			return
		}
	}
	s.rest()
}

func (s *Server) rest() {
	s.mu.Lock()
	idle := s.idle
	s.mu.Unlock()
	if idle == nil {
		return
	}
	ctx, cancel := context.WithTimeout(s.ctx, idleWait)
	defer cancel()
	idle(ctx)
}

// act runs a verb: begin does its work under the lock and returns the envelopes
// it sent. A nil pending with a nil error means that nothing had to be sent.
func (p *Person) act(begin func(u *User) (*pending, []*delivery, *Message, error)) (Result, error) {
	s := p.s
	s.mu.Lock()
	u := s.users[p.id]
	if u == nil {
		s.mu.Unlock()
		return Result{}, &Trouble{Code: "user_not_found", Say: "There is no such person here."}
	}
	if u.Deleted {
		s.mu.Unlock()
		return Result{}, &Trouble{Code: "account_inactive", Say: "This account is deactivated."}
	}
	before := s.seq
	pd, ds, wrote, err := begin(u)
	s.mu.Unlock()
	if err != nil {
		return p.result(before, wrote), err
	}
	if pd != nil {
		select {
		case <-pd.done:
		case <-s.ctx.Done():
			return Result{}, &Trouble{Code: "dispatch_failed", Say: "The local Slack was closed."}
		}
	}
	ds = slices.DeleteFunc(ds, func(d *delivery) bool { return d == nil })
	if pd != nil || len(ds) > 0 {
		s.settle(ds...)
	}
	r := p.result(before, wrote)
	if pd != nil {
		s.mu.Lock()
		t := pd.trouble
		s.mu.Unlock()
		if t != nil {
			return r, t
		}
	}
	return r, nil
}

// result gathers what the person sees that was not there before.
func (p *Person) result(before int64, wrote *Message) Result {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	var r Result
	if wrote != nil {
		r.Message = *wrote
	}
	seen := map[*Message]bool{}
	for i := len(s.feed) - 1; i >= 0 && s.feed[i].Seq > before; i-- {
		c := s.feed[i]
		if c.Kind != ChangeMessage {
			continue
		}
		conv := s.convs[c.Channel]
		m := conv.byTS[c.TS]
		if m == nil || seen[m] || m.BotID == "" || m.Deleted || !conv.member(p.id) && m.EphemeralFor != p.id || m.EphemeralFor != "" && m.EphemeralFor != p.id {
			continue
		}
		seen[m] = true
		r.Shown = append(r.Shown, *m)
	}
	slices.Reverse(r.Shown) // The feed was read backwards.
	if stack := s.modals[p.id]; len(stack) > 0 {
		v := stack[len(stack)-1].copy()
		r.View, r.Errors = &v, v.Errors
	}
	return r
}

// where finds a conversation the person can see: "" is the direct message with
// the app.
func (p *Person) where(channel string) (*conversation, error) {
	if channel == "" {
		return p.s.dm(p.id), nil
	}
	c := p.s.convs[channel]
	if c == nil {
		for _, id := range p.s.convOrder {
			if x := p.s.convs[id]; x.Name == strings.TrimPrefix(channel, "#") {
				c = x
			}
		}
	}
	if c == nil || c.im && c.user != p.id || c.Private && !c.member(p.id) {
		return nil, &Trouble{Code: "channel_not_found", Say: "You cannot see that conversation."}
	}
	return c, nil
}

// writable is where, and the person may write there.
func (p *Person) writable(channel string) (*conversation, error) {
	c, err := p.where(channel)
	if err != nil {
		return nil, err
	}
	switch {
	case c.Archived:
		return nil, &Trouble{Code: "is_archived", Say: "This channel is archived."}
	case !c.member(p.id):
		return nil, &Trouble{Code: "not_in_channel", Say: "Join the channel to write in it."}
	case c.im && !p.s.app.MessagesTab:
		return nil, &Trouble{Code: "messages_tab_disabled", Say: "Sending messages to this app has been turned off."}
	}
	if c.im {
		c.open = true
	}
	return c, nil
}

// Say writes a message; channel "" is the direct message with the app.
func (p *Person) Say(channel, text string) (Result, error) { return p.SayInThread(channel, "", text) }

// SayInThread answers in the thread of the message with ts threadTS.
func (p *Person) SayInThread(channel, threadTS, text string) (Result, error) {
	return p.act(func(u *User) (*pending, []*delivery, *Message, error) {
		if strings.TrimSpace(text) == "" {
			return nil, nil, nil, &Trouble{Code: "no_text", Say: "There is nothing to send."}
		}
		c, err := p.writable(channel)
		if err != nil {
			return nil, nil, nil, err
		}
		m := &Message{User: p.id, Text: p.s.typed(text), ThreadTS: threadTS, ClientMsgID: uuid()}
		m.Blocks = typedBlocks(m.Text)
		p.s.add(c, m)
		p.s.markThread(c, m)
		return nil, []*delivery{p.s.messageEvent(c, m, "")}, m, nil
	})
}

// Edit changes one of the person's own messages.
func (p *Person) Edit(channel, ts, text string) (Result, error) {
	return p.act(func(u *User) (*pending, []*delivery, *Message, error) {
		c, m, err := p.ownMessage(channel, ts)
		if err != nil {
			return nil, nil, nil, err
		}
		m.Text = p.s.typed(text)
		m.Blocks = typedBlocks(m.Text)
		m.EditedTS, m.EditedBy = formatTS(p.s.opt.Now().UnixMicro()), p.id
		p.s.touch(m)
		return nil, []*delivery{p.s.messageEvent(c, m, "message_changed")}, m, nil
	})
}

// Delete removes one of the person's own messages.
func (p *Person) Delete(channel, ts string) (Result, error) {
	return p.act(func(u *User) (*pending, []*delivery, *Message, error) {
		c, m, err := p.ownMessage(channel, ts)
		if err != nil {
			return nil, nil, nil, err
		}
		m.Deleted = true
		p.s.touch(m)
		return nil, []*delivery{p.s.messageEvent(c, m, "message_deleted")}, m, nil
	})
}

func (p *Person) ownMessage(channel, ts string) (*conversation, *Message, error) {
	c, err := p.where(channel)
	if err != nil {
		return nil, nil, err
	}
	m := c.byTS[ts]
	if m == nil || m.Deleted || m.User != p.id {
		return nil, nil, &Trouble{Code: "message_not_found", Say: "That is not a message of yours."}
	}
	return c, m, nil
}

// DropFile drops a file into a conversation, with an optional message.
func (p *Person) DropFile(channel, name string, content []byte, text ...string) (Result, error) {
	return p.act(func(u *User) (*pending, []*delivery, *Message, error) {
		c, err := p.writable(channel)
		if err != nil {
			return nil, nil, nil, err
		}
		f := p.s.newFile(p.id, name, append([]byte(nil), content...))
		f.Channels = []string{c.ID}
		m := &Message{User: p.id, SubType: "file_share", Text: p.s.typed(strings.Join(text, " ")), Files: []File{*f}, ClientMsgID: uuid()}
		p.s.add(c, m)
		return nil, []*delivery{p.s.messageEvent(c, m, "")}, m, nil
	})
}

// React puts an emoji under a message.
func (p *Person) React(m Message, name string) (Result, error) {
	return p.act(func(u *User) (*pending, []*delivery, *Message, error) {
		c, err := p.where(m.Channel)
		if err != nil {
			return nil, nil, nil, err
		}
		at := c.byTS[m.TS]
		if at == nil || at.Deleted {
			return nil, nil, nil, &Trouble{Code: "message_not_found", Say: "That message is gone."}
		}
		if !at.react(name, p.id) {
			return nil, nil, nil, &Trouble{Code: "already_reacted", Say: "You reacted so already."}
		}
		p.s.touch(at)
		d := p.s.event("reaction_added", []string{"reactions:read"}, map[string]any{"type": "reaction_added", "user": p.id, "reaction": name,
			"item_user": at.User, "item": map[string]any{"type": "message", "channel": c.ID, "ts": at.TS}, "event_ts": formatTS(p.s.opt.Now().UnixMicro())})
		return nil, []*delivery{d}, nil, nil
	})
}
