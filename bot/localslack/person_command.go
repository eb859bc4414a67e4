package localslack

import (
	"encoding/json"
	"strings"
)

// Command types a slash command, such as "/prospect list", where the person is.
func (p *Person) Command(text string) (Result, error) {
	return p.act(func(u *User) (*pending, []*delivery, *Message, error) {
		s := p.s
		name, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
		if name != s.app.Command || !s.hasScope("commands") {
			return nil, nil, nil, &Trouble{Code: "unknown_command", Say: name + " is not a valid command. In Slack, all messages that start with \"/\" are interpreted as commands."}
		}
		c, err := p.writable(p.channel)
		if err != nil {
			return nil, nil, nil, err
		}
		channelName := c.Name
		switch {
		case c.im:
			channelName = "directmessage"
		case c.Private:
			channelName = "privategroup" // Names of private channels are not told.
		}
		ru := responseURL{channel: c.ID, user: p.id}
		url := s.newResponse(ru)
		payload := encode(map[string]any{
			"token": "local", "team_id": s.opt.Team.ID, "team_domain": s.opt.Team.Domain, "channel_id": c.ID, "channel_name": channelName,
			"user_id": p.id, "user_name": u.Name, "command": name, "text": s.typed(strings.TrimSpace(rest)), "api_app_id": s.app.ID,
			"is_enterprise_install": "false", "response_url": url, "trigger_id": s.newTrigger(p.id, ""),
		})
		return p.interact("slash_commands", payload, func(raw json.RawMessage) *Trouble {
			return s.commandAnswer(url, raw)
		})
	})
}

// commandAnswer shows what came in the acknowledgement of a command: nothing,
// plain text, or a message (docs.slack.dev/interactivity/implementing-slash-commands).
func (s *Server) commandAnswer(url string, raw json.RawMessage) *Trouble {
	if len(raw) == 0 || string(raw) == "null" || string(raw) == "{}" {
		return nil
	}
	var in reply
	if raw[0] == '"' {
		_ = json.Unmarshal(raw, &in.Text)
	} else if json.Unmarshal(raw, &in) != nil {
		s.violate("ack of a command: payload is no message")
		return &Trouble{Code: "invalid_command_response", Say: "The app's answer could not be read."}
	}
	if ref := s.apply(s.responses[url[strings.LastIndexByte(url, '/')+1:]], in); ref != nil {
		s.violate("ack of a command: %s", ref.Error())
		return &Trouble{Code: "invalid_command_response", Say: "The app's answer could not be shown (" + ref.code + ")."}
	}
	return nil
}

// interact sends an interaction; without a connection the person sees
// dispatch_failed, and nothing is sent later.
func (p *Person) interact(kind string, payload json.RawMessage, onAck func(json.RawMessage) *Trouble) (*pending, []*delivery, *Message, error) {
	pd := p.s.dispatchEnvelope(envelope{Type: kind, Payload: payload, Accepts: true}, onAck, nil)
	if pd == nil {
		return nil, nil, nil, &Trouble{Code: "dispatch_failed", Say: "The app is not reachable right now (dispatch_failed)."}
	}
	return pd, nil, nil, nil
}

func encode(v any) json.RawMessage {
	raw, err := written(v)
	if err != nil {
		return json.RawMessage("{}")
	}
	return raw
}
