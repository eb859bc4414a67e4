package localslack

import "slices"

// OpenHome opens the app's Home tab (docs.slack.dev/reference/events/app_home_opened).
func (p *Person) OpenHome() (Result, error) { return p.openTab("home") }

// OpenMessages opens the app's Messages tab.
func (p *Person) OpenMessages() (Result, error) { return p.openTab("messages") }

func (p *Person) openTab(tab string) (Result, error) {
	return p.act(func(u *User) (*pending, []*delivery, *Message, error) {
		s := p.s
		if tab == "home" && !s.app.HomeTab || tab == "messages" && !s.app.MessagesTab {
			return nil, nil, nil, &Trouble{Code: "not_enabled", Say: "This app has no such tab."}
		}
		dm := s.dm(p.id)
		dm.open = true
		body := map[string]any{"type": "app_home_opened", "user": p.id, "channel": dm.ID, "tab": tab, "event_ts": formatTS(s.opt.Now().UnixMicro())}
		if v := s.homes[p.id]; v != nil && tab == "home" {
			body["view"] = s.viewJSON(v)
		}
		return nil, []*delivery{s.event("app_home_opened", nil, body)}, nil, nil
	})
}

// Shortcut uses a global shortcut of the lightning menu
// (docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload). It has no
// response_url.
func (p *Person) Shortcut(callbackID string) (Result, error) {
	return p.act(func(u *User) (*pending, []*delivery, *Message, error) {
		s := p.s
		if !s.hasShortcut("global", callbackID) {
			return nil, nil, nil, &Trouble{Code: "no_such_shortcut", Say: "There is no such shortcut."}
		}
		payload := s.interaction("shortcut", u)
		payload["callback_id"], payload["action_ts"] = callbackID, formatTS(s.opt.Now().UnixMicro())
		payload["trigger_id"] = s.newTrigger(p.id, "")
		return p.interact("interactive", encode(payload), nil)
	})
}

// MessageShortcut uses an entry of a message's menu.
func (p *Person) MessageShortcut(callbackID string, m Message) (Result, error) {
	return p.act(func(u *User) (*pending, []*delivery, *Message, error) {
		s := p.s
		if !s.hasShortcut("message", callbackID) {
			return nil, nil, nil, &Trouble{Code: "no_such_shortcut", Say: "There is no such shortcut."}
		}
		sf, err := p.surface(Where{Channel: m.Channel, TS: m.TS})
		if err != nil {
			return nil, nil, nil, err
		}
		if sf.message.EphemeralFor != "" {
			return nil, nil, nil, &Trouble{Code: "message_not_found", Say: "A message only you can see has no shortcuts."}
		}
		payload := s.interaction("message_action", u)
		payload["callback_id"], payload["action_ts"] = callbackID, formatTS(s.opt.Now().UnixMicro())
		payload["trigger_id"], payload["message_ts"] = s.newTrigger(p.id, ""), sf.message.TS
		payload["channel"] = map[string]any{"id": sf.conv.ID, "name": s.nameOf(sf.conv)}
		payload["message"] = s.messageJSON(sf.message, true)
		payload["response_url"] = s.newResponse(responseURL{channel: sf.conv.ID, user: p.id})
		return p.interact("interactive", encode(payload), nil)
	})
}

func (s *Server) hasShortcut(kind, callbackID string) bool {
	return s.hasScope("commands") && slices.ContainsFunc(s.app.Shortcuts, func(x Shortcut) bool { return x.Type == kind && x.CallbackID == callbackID })
}

// Join makes the person a member of a public channel.
func (p *Person) Join(channel string) (Result, error) { return p.enter(channel, p.id) }

// Invite makes somebody else, or the app's bot, a member of a channel the person
// is in.
func (p *Person) Invite(channel, userID string) (Result, error) { return p.enter(channel, userID) }

func (p *Person) enter(channel, who string) (Result, error) {
	return p.act(func(u *User) (*pending, []*delivery, *Message, error) {
		s := p.s
		c, err := p.where(channel)
		if err != nil {
			return nil, nil, nil, err
		}
		newcomer := s.users[who]
		switch {
		case newcomer == nil || newcomer.Deleted:
			return nil, nil, nil, &Trouble{Code: "user_not_found", Say: "There is no such person here."}
		case c.im:
			return nil, nil, nil, &Trouble{Code: "method_not_supported_for_channel_type", Say: "Nobody can be added to a direct message."}
		case c.Archived:
			return nil, nil, nil, &Trouble{Code: "is_archived", Say: "This channel is archived."}
		case c.member(who):
			return nil, nil, nil, &Trouble{Code: "already_in_channel", Say: "They are in the channel already."}
		case who != p.id && !c.member(p.id):
			return nil, nil, nil, &Trouble{Code: "not_in_channel", Say: "Join the channel first."}
		}
		c.Members = append(slices.Clone(c.Members), who)
		s.add(c, &Message{User: who, SubType: "channel_join", Text: "<@" + who + "> has joined the channel"})
		s.changed(Change{Kind: ChangeChannel, Channel: c.ID})
		body := s.membership("member_joined_channel", c, who)
		if who != p.id {
			body["inviter"] = p.id
		}
		return nil, []*delivery{s.memberEvent("member_joined_channel", c, body)}, nil, nil
	})
}

// Leave takes the person out of a channel.
func (p *Person) Leave(channel string) (Result, error) { return p.Kick(channel, p.id) }

// Kick takes somebody, or the app's bot, out of a channel.
func (p *Person) Kick(channel, who string) (Result, error) {
	return p.act(func(u *User) (*pending, []*delivery, *Message, error) {
		s := p.s
		c, err := p.where(channel)
		if err != nil {
			return nil, nil, nil, err
		}
		if c.im || !c.member(who) {
			return nil, nil, nil, &Trouble{Code: "not_in_channel", Say: "They are not in the channel."}
		}
		body := s.membership("member_left_channel", c, who)
		d := s.memberEvent("member_left_channel", c, body)
		c.Members = slices.DeleteFunc(slices.Clone(c.Members), func(x string) bool { return x == who })
		s.changed(Change{Kind: ChangeChannel, Channel: c.ID})
		return nil, []*delivery{d}, nil, nil
	})
}

func (s *Server) membership(name string, c *conversation, who string) map[string]any {
	kind := "C"
	if c.Private {
		kind = "G"
	}
	return map[string]any{"type": name, "user": who, "channel": c.ID, "channel_type": kind, "team": s.opt.Team.ID, "event_ts": formatTS(s.opt.Now().UnixMicro())}
}

// memberEvent reaches the app only for channels its bot is in.
func (s *Server) memberEvent(name string, c *conversation, body map[string]any) *delivery {
	if !c.member(s.app.BotUserID) {
		return nil
	}
	return s.event(name, []string{scopeFor(c, "read")}, body)
}

// UpdateChannel changes a channel as its admins do by hand: archive it, share it
// with another company, restrict who posts.
func (s *Server) UpdateChannel(id string, change func(*Channel)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.convs[id]
	if c == nil || c.im {
		return
	}
	ch := c.Channel
	ch.Members = slices.Clone(ch.Members)
	change(&ch)
	ch.ID = id
	c.Channel = ch
	s.changed(Change{Kind: ChangeChannel, Channel: id})
}
