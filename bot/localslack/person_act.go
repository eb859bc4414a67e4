package localslack

import (
	"encoding/json"
	"strings"
)

// Where names the place an element is on: a message, a modal, or the App Home.
type Where struct {
	Channel, TS string
	ViewID      string
	Home        bool
}

// surface is a message or a view whose elements can be used.
type surface struct {
	blocks  []any
	message *Message
	conv    *conversation
	view    *View
}

func (p *Person) surface(w Where) (surface, error) {
	s := p.s
	if w.TS != "" {
		c, err := p.where(w.Channel)
		if err != nil {
			return surface{}, err
		}
		m := c.byTS[w.TS]
		if m == nil || m.Deleted || m.EphemeralFor != "" && m.EphemeralFor != p.id {
			return surface{}, &Trouble{Code: "message_not_found", Say: "That message is gone."}
		}
		return surface{blocks: decodeBlocks(m.Blocks), message: m, conv: c}, nil
	}
	if w.Home {
		v := s.homes[p.id]
		if v == nil {
			return surface{}, &Trouble{Code: "not_found", Say: "The app's Home is empty."}
		}
		return surface{blocks: decodeBlocks(v.Blocks), view: v}, nil
	}
	for _, v := range s.modals[p.id] {
		if v.ID == w.ViewID || w.ViewID == "" && v == s.modals[p.id][len(s.modals[p.id])-1] {
			return surface{blocks: decodeBlocks(v.Blocks), view: v}, nil
		}
	}
	return surface{}, &Trouble{Code: "not_found", Say: "That window is closed."}
}

// Act uses an element by its ids: presses a button, picks an option, a date, a
// person. Each sends block_actions.
func (p *Person) Act(w Where, blockID, actionID string, v Value) (Result, error) {
	return p.use(w, v, func(block, el map[string]any) bool {
		return word(el, "action_id") == actionID && (blockID == "" || word(block, "block_id") == blockID)
	}, actionID)
}

// use finds the element, keeps what was chosen and tells the app.
func (p *Person) use(w Where, v Value, want func(block, el map[string]any) bool, name string) (Result, error) {
	return p.act(func(u *User) (*pending, []*delivery, *Message, error) {
		sf, err := p.surface(w)
		if err != nil {
			return nil, nil, nil, err
		}
		block, el := find(sf.blocks, want)
		if el == nil {
			return nil, nil, nil, &Trouble{Code: "no_such_element", Say: "There is nothing called " + name + " here."}
		}
		val, err := p.s.choose(el, v)
		if err != nil {
			return nil, nil, nil, err
		}
		return p.blockActions(u, sf, block, el, val)
	})
}

func find(blocks []any, want func(block, el map[string]any) bool) (block, el map[string]any) {
	eachElement(blocks, func(b, e map[string]any) bool {
		if want(b, e) {
			block, el = b, e
			return false
		}
		return true
	})
	return block, el
}

// keep stores a stateful element's value where Slack keeps it.
func (p *Person) keep(sf surface, block, el, val map[string]any) {
	kind := word(el, "type")
	if single[kind] == "" && multi[kind] == "" {
		return
	}
	b, a := word(block, "block_id"), word(el, "action_id")
	if sf.view != nil {
		if sf.view.state == nil {
			sf.view.state = stateValues{}
		}
		sf.view.state.set(b, a, val)
		p.s.changed(Change{Kind: ChangeView, User: p.id})
		return
	}
	if sf.message.state == nil {
		sf.message.state = map[string]stateValues{}
	}
	if sf.message.state[p.id] == nil {
		sf.message.state[p.id] = initialState(sf.blocks)
	}
	sf.message.state[p.id].set(b, a, val)
}

// blockActions sends docs.slack.dev/reference/interaction-payloads/block_actions-payload.
func (p *Person) blockActions(u *User, sf surface, block, el, val map[string]any) (*pending, []*delivery, *Message, error) {
	s := p.s
	p.keep(sf, block, el, val)
	action := map[string]any{"action_id": word(el, "action_id"), "block_id": word(block, "block_id"), "action_ts": formatTS(s.opt.Now().UnixMicro())}
	for k, v := range val {
		action[k] = v
	}
	if word(el, "type") == "button" {
		action["text"] = el["text"]
		for _, k := range []string{"value", "style", "url"} {
			if v, ok := el[k]; ok {
				action[k] = v
			}
		}
	} else if v, ok := el["placeholder"]; ok {
		action["placeholder"] = v
	}
	payload := s.interaction("block_actions", u)
	payload["actions"] = []any{action}
	from := ""
	if sf.view != nil {
		from = sf.view.ID
		payload["container"] = map[string]any{"type": "view", "view_id": sf.view.ID}
		payload["view"] = s.viewJSON(sf.view)
		if sf.view.Type == "home" {
			from = ""
		}
	} else {
		s.fromMessage(payload, sf, u)
	}
	payload["trigger_id"] = s.newTrigger(p.id, from)
	return p.interact("interactive", encode(payload), nil)
}

// fromMessage adds what an interaction carries of the message it began on. An
// ephemeral message is not sent along, since Slack does not store it.
func (s *Server) fromMessage(payload map[string]any, sf surface, u *User) {
	m := sf.message
	container := map[string]any{"type": "message", "message_ts": m.TS, "channel_id": sf.conv.ID, "is_ephemeral": m.EphemeralFor != ""}
	if m.ThreadTS != "" {
		container["thread_ts"] = m.ThreadTS
	}
	payload["container"] = container
	payload["channel"] = map[string]any{"id": sf.conv.ID, "name": s.nameOf(sf.conv)}
	if m.EphemeralFor == "" {
		payload["message"] = s.messageJSON(m, true)
	}
	st := m.state[u.ID]
	if st == nil {
		st = initialState(sf.blocks)
	}
	payload["state"] = map[string]any{"values": st.clone()}
	payload["response_url"] = s.newResponse(responseURL{channel: sf.conv.ID, user: u.ID, original: m})
}

// nameOf is the channel name in interactions; private channels keep theirs.
func (s *Server) nameOf(c *conversation) string {
	switch {
	case c.im:
		return "directmessage"
	case c.Private:
		return "privategroup"
	}
	return c.Name
}

// interaction is what all interaction payloads begin with.
func (s *Server) interaction(kind string, u *User) map[string]any {
	return map[string]any{
		"type": kind, "token": "local", "api_app_id": s.app.ID, "is_enterprise_install": false, "enterprise": nil,
		"team": map[string]any{"id": s.opt.Team.ID, "domain": s.opt.Team.Domain},
		"user": map[string]any{"id": u.ID, "username": u.Name, "name": u.Name, "team_id": u.TeamID},
	}
}

// named finds an element by action id, else by its label, else by a label that
// differs in case only. With a value the element's own value must be that.
func named(blocks []any, name string, value []string) func(block, el map[string]any) bool {
	fits := func(el map[string]any) bool { return len(value) == 0 || word(el, "value") == value[0] }
	tests := []func(el map[string]any) bool{
		func(el map[string]any) bool { return word(el, "action_id") == name },
		func(el map[string]any) bool { return textOf(el["text"]) == name },
		func(el map[string]any) bool { return strings.EqualFold(textOf(el["text"]), name) },
		func(el map[string]any) bool { return textOf(el["placeholder"]) == name },
	}
	for _, t := range tests {
		want := func(_, el map[string]any) bool { return fits(el) && t(el) }
		if _, el := find(blocks, want); el != nil {
			return want
		}
	}
	return func(_, el map[string]any) bool { return false }
}

func (p *Person) useNamed(w Where, name string, value []string, v Value) (Result, error) {
	p.s.mu.Lock()
	sf, err := p.lookup(w)
	p.s.mu.Unlock()
	if err != nil {
		return Result{}, err
	}
	return p.use(w, v, named(sf.blocks, name, value), name)
}

// lookup is surface for a person who may not exist.
func (p *Person) lookup(w Where) (surface, error) {
	if p.s.users[p.id] == nil {
		return surface{}, &Trouble{Code: "user_not_found", Say: "There is no such person here."}
	}
	return p.surface(w)
}

// picked puts values given in words into every field a choice could need.
func picked(values []string) Value {
	v := Value{Options: values, Users: values, Channels: values, Files: values}
	if len(values) > 0 {
		v.Text, v.Date, v.Time = values[0], values[0], values[0]
		v.Unix, _ = json.Number(values[0]).Int64()
	}
	return v
}

// Click presses a button of a message, by action id or label; a value picks
// among buttons of one action id.
func (p *Person) Click(m Message, name string, value ...string) (Result, error) {
	return p.useNamed(Where{Channel: m.Channel, TS: m.TS}, name, value, Value{})
}

// Choose picks in a select, overflow menu, date picker or the like of a message;
// values are option values or labels, ids, or dates.
func (p *Person) Choose(m Message, actionID string, values ...string) (Result, error) {
	return p.useNamed(Where{Channel: m.Channel, TS: m.TS}, actionID, nil, picked(values))
}

// ViewClick presses a button of the modal on top.
func (p *Person) ViewClick(name string, value ...string) (Result, error) {
	return p.useNamed(Where{}, name, value, Value{})
}

// HomeClick presses a button of the App Home.
func (p *Person) HomeClick(name string, value ...string) (Result, error) {
	return p.useNamed(Where{Home: true}, name, value, Value{})
}
