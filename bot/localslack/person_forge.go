package localslack

import "encoding/json"

// Forged is what came back for something that Slack's own client never sends.
type Forged struct {
	Result
	Ack     json.RawMessage // what the app put into its acknowledgement
	Trouble *Trouble        // nil when the app acknowledged in time
}

// ForgeCommand sends a slash command of this person, whoever they are: of a
// deactivated person or a bot too, which Slack would not.
func (p *Person) ForgeCommand(text string) Forged {
	return p.forge("slash_commands", func() map[string]any {
		dm := p.s.dm(p.id)
		return map[string]any{
			"token": "local", "team_id": p.team(), "team_domain": p.s.opt.Team.Domain, "channel_id": dm.ID, "channel_name": "directmessage",
			"user_id": p.id, "user_name": p.id, "command": p.s.app.Command, "text": p.s.typed(text), "api_app_id": p.s.app.ID,
			"is_enterprise_install": "false", "response_url": p.s.newResponse(responseURL{channel: dm.ID, user: p.id}), "trigger_id": p.s.newTrigger(p.id, ""),
		}
	})
}

// ForgeClick presses a button that no message of the app's carries, in the
// person's direct message with the app.
func (p *Person) ForgeClick(actionID, value string) Forged {
	return p.forge("interactive", func() map[string]any {
		dm := p.s.dm(p.id)
		payload := p.forgedInteraction("block_actions")
		payload["channel"] = map[string]any{"id": dm.ID, "name": "directmessage"}
		payload["container"] = map[string]any{"type": "message", "message_ts": "1.000001", "channel_id": dm.ID, "is_ephemeral": true}
		payload["response_url"] = p.s.newResponse(responseURL{channel: dm.ID, user: p.id})
		payload["actions"] = []any{map[string]any{
			"type": "button", "action_id": actionID, "block_id": "forged", "value": value, "action_ts": formatTS(p.s.opt.Now().UnixMicro()) + p.s.id(""),
		}}
		return payload
	})
}

// ForgeForm submits a window that was never open, with any private_metadata
// and any values by block id and action id.
func (p *Person) ForgeForm(callbackID, metadata string, values map[string]map[string]any) Forged {
	return p.forge("interactive", func() map[string]any {
		payload := p.forgedInteraction("view_submission")
		payload["view"] = map[string]any{
			"id": p.s.id("V"), "type": "modal", "callback_id": callbackID, "private_metadata": metadata, "hash": secret(),
			"state": map[string]any{"values": values},
		}
		return payload
	})
}

// ForgeShortcut uses a shortcut, "shortcut" or "message_action", on a message
// that holds the text.
func (p *Person) ForgeShortcut(kind, callbackID, text string) Forged {
	return p.forge("interactive", func() map[string]any {
		dm := p.s.dm(p.id)
		payload := p.forgedInteraction(kind)
		payload["callback_id"], payload["action_ts"] = callbackID, formatTS(p.s.opt.Now().UnixMicro())
		if kind == "message_action" {
			payload["channel"] = map[string]any{"id": dm.ID, "name": "directmessage"}
			payload["message_ts"], payload["message"] = "1.000001", map[string]any{"type": "message", "ts": "1.000001", "user": p.id, "text": text}
			payload["response_url"] = p.s.newResponse(responseURL{channel: dm.ID, user: p.id})
		}
		return payload
	})
}

// ForgeEvent delivers an event of that type in this person's name; more holds
// its other properties.
func (p *Person) ForgeEvent(kind string, more map[string]any) Forged {
	return p.forge("events_api", func() map[string]any {
		dm := p.s.dm(p.id)
		event := map[string]any{"type": kind, "user": p.id, "channel": dm.ID, "ts": formatTS(p.s.opt.Now().UnixMicro()), "user_team": p.team()}
		if kind == "message" {
			event["channel_type"] = "im"
		}
		for k, v := range more {
			event[k] = v
		}
		return map[string]any{
			"token": "local", "team_id": p.s.opt.Team.ID, "api_app_id": p.s.app.ID, "type": "event_callback", "event_id": p.s.id("Ev"),
			"event_time": p.s.unix(), "event": event,
		}
	})
}

// ForgeRaw sends any envelope at all.
func (p *Person) ForgeRaw(kind string, payload map[string]any) Forged {
	return p.forge(kind, func() map[string]any { return payload })
}

func (p *Person) team() string {
	if u := p.s.users[p.id]; u != nil {
		return u.TeamID
	}
	return p.s.opt.Team.ID
}

func (p *Person) forgedInteraction(kind string) map[string]any {
	return map[string]any{
		"type": kind, "token": "local", "api_app_id": p.s.app.ID, "is_enterprise_install": false, "enterprise": nil,
		"team": map[string]any{"id": p.s.opt.Team.ID}, "user": map[string]any{"id": p.id, "team_id": p.team()},
		"trigger_id": p.s.newTrigger(p.id, ""),
	}
}

// forge sends the payload that make answers under the lock, and waits like a verb.
func (p *Person) forge(kind string, make func() map[string]any) Forged {
	s := p.s
	s.mu.Lock()
	before := s.seq
	var out Forged
	pd := s.dispatchEnvelope(envelope{Type: kind, Payload: encode(make()), Accepts: kind != "events_api"}, func(raw json.RawMessage) *Trouble {
		out.Ack = append(json.RawMessage(nil), raw...)
		return nil
	}, nil)
	s.mu.Unlock()
	if pd == nil {
		out.Trouble = &Trouble{Code: "dispatch_failed", Say: "The app is not reachable right now (dispatch_failed)."}
		return out
	}
	select {
	case <-pd.done:
	case <-s.ctx.Done():
	}
	s.rest()
	s.mu.Lock()
	out.Trouble = pd.trouble
	s.mu.Unlock()
	out.Result = p.result(before, nil)
	return out
}
