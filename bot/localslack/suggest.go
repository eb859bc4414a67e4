package localslack

import "encoding/json"

// Option is one entry of a list of choices.
type Option struct {
	Text, Value string
}

// Suggest types into an external select and returns what the app offers
// (docs.slack.dev/reference/interaction-payloads/block_suggestion-payload).
func (p *Person) Suggest(w Where, blockID, actionID, query string) ([]Option, error) {
	var offered []Option
	_, err := p.act(func(u *User) (*pending, []*delivery, *Message, error) {
		s := p.s
		sf, err := p.surface(w)
		if err != nil {
			return nil, nil, nil, err
		}
		block, el := find(sf.blocks, func(block, el map[string]any) bool {
			return word(block, "block_id") == blockID && word(el, "action_id") == actionID
		})
		if el == nil || word(el, "type") != "external_select" && word(el, "type") != "multi_external_select" {
			return nil, nil, nil, &Trouble{Code: "no_such_element", Say: "There is no list that searches here."}
		}
		payload := s.interaction("block_suggestion", u)
		payload["action_id"], payload["block_id"], payload["value"] = actionID, word(block, "block_id"), query
		if sf.view != nil {
			payload["container"] = map[string]any{"type": "view", "view_id": sf.view.ID}
			payload["view"] = s.viewJSON(sf.view)
		} else {
			payload["container"] = map[string]any{"type": "message", "message_ts": sf.message.TS, "channel_id": sf.conv.ID}
			payload["channel"] = map[string]any{"id": sf.conv.ID, "name": s.nameOf(sf.conv)}
			payload["message"] = s.messageJSON(sf.message, true)
		}
		return p.interact("interactive", encode(payload), func(raw json.RawMessage) *Trouble {
			var in map[string]any
			if json.Unmarshal(raw, &in) != nil {
				return &Trouble{Code: "no_options", Say: "No results could be loaded."}
			}
			for _, o := range options(in) {
				opt, _ := o.(map[string]any)
				offered = append(offered, Option{Text: textOf(opt["text"]), Value: word(opt, "value")})
			}
			return nil
		})
	})
	return offered, err
}
