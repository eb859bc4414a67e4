package localslack

import (
	"encoding/json"
	"net/mail"
	"strconv"
	"strings"
)

// Fill puts values into a field of the modal on top, found by its label, block
// id or action id. It sends nothing, unless the field dispatches its actions.
func (p *Person) Fill(label string, values ...string) (Result, error) {
	return p.fill(Where{}, picked(values), label, func(block, el map[string]any) bool {
		return textOf(block["label"]) == label || word(block, "block_id") == label || word(el, "action_id") == label
	})
}

// FillID is Fill by ids.
func (p *Person) FillID(viewID, blockID, actionID string, v Value) (Result, error) {
	return p.fill(Where{ViewID: viewID}, v, blockID, func(block, el map[string]any) bool {
		return word(block, "block_id") == blockID && word(el, "action_id") == actionID
	})
}

func (p *Person) fill(w Where, v Value, name string, want func(block, el map[string]any) bool) (Result, error) {
	return p.act(func(u *User) (*pending, []*delivery, *Message, error) {
		sf, err := p.surface(w)
		if err != nil {
			return nil, nil, nil, err
		}
		block, el := find(sf.blocks, want)
		if el == nil || word(block, "type") != "input" {
			return nil, nil, nil, &Trouble{Code: "no_such_element", Say: "There is no field called " + name + " here."}
		}
		val, err := p.s.choose(el, v)
		if err != nil {
			return nil, nil, nil, err
		}
		if block["dispatch_action"] == true {
			return p.blockActions(u, sf, block, el, val)
		}
		p.keep(sf, block, el, val)
		return nil, nil, nil, nil
	})
}

// Submit presses the modal's submit button. What Slack's own client checks
// (required fields, lengths, addresses, numbers) never reaches the app; field
// errors, its or the app's, are in the result and are no Go error.
func (p *Person) Submit() (Result, error) {
	return p.act(func(u *User) (*pending, []*delivery, *Message, error) {
		s := p.s
		sf, err := p.surface(Where{})
		if err != nil {
			return nil, nil, nil, err
		}
		v := sf.view
		if v.Submit == "" {
			return nil, nil, nil, &Trouble{Code: "no_submit", Say: "This window has no submit button."}
		}
		v.Errors = clientErrors(sf.blocks, v.state)
		s.changed(Change{Kind: ChangeView, User: p.id})
		if len(v.Errors) > 0 {
			return nil, nil, nil, nil
		}
		v.Errors = nil
		payload := s.interaction("view_submission", u)
		payload["view"], payload["trigger_id"] = s.viewJSON(v), s.newTrigger(p.id, v.ID)
		payload["response_urls"] = s.responseURLs(p.id, sf)
		return p.interact("interactive", encode(payload), func(raw json.RawMessage) *Trouble { return s.submitted(v.ID, raw) })
	})
}

// responseURLs are given for conversation selects that ask for them
// (docs.slack.dev/surfaces/modals, "response_url_enabled").
func (s *Server) responseURLs(user string, sf surface) []any {
	out := []any{}
	eachElement(sf.blocks, func(block, el map[string]any) bool {
		if el["response_url_enabled"] != true {
			return true
		}
		val := sf.view.state[word(block, "block_id")][word(el, "action_id")]
		id, _ := val["selected_conversation"].(string)
		if id == "" {
			id, _ = val["selected_channel"].(string)
		}
		if s.convs[id] != nil {
			out = append(out, map[string]any{"block_id": word(block, "block_id"), "action_id": word(el, "action_id"), "channel_id": id, "response_url": s.newResponse(responseURL{channel: id, user: user})})
		}
		return true
	})
	return out
}

// connecting is what Slack says when an answer to a form cannot be used.
func connecting() *Trouble {
	return &Trouble{Code: "view_submission_failed", Say: "We had some trouble connecting. Try again?"}
}

// submitted does what the acknowledgement of a view_submission asks
// (docs.slack.dev/surfaces/modals, "Preparing for submissions"): nothing closes
// the view, else errors, update, push or clear.
func (s *Server) submitted(viewID string, raw json.RawMessage) *Trouble {
	v := s.views[viewID]
	if v == nil {
		return nil // The app took the window away in between.
	}
	var in struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   json.RawMessage   `json:"view"`
	}
	if len(raw) > 0 && string(raw) != "null" && string(raw) != "{}" {
		if json.Unmarshal(raw, &in) != nil {
			s.violate("ack of a view_submission: payload cannot be read")
			return connecting()
		}
	}
	switch in.Action {
	case "":
		s.pop(v)
		return nil
	case "clear":
		s.clearStack(v.User)
		return nil
	case "errors":
		return s.showErrors(v, in.Errors)
	case "update", "push":
		next, ref := s.readView(in.View, v.User)
		if ref == nil && next.Type != "modal" {
			ref = refuse("invalid_arguments")
		}
		if ref == nil && s.externalTaken(next, v.ID) {
			ref = refuse("duplicate_external_id")
		}
		if ref == nil && in.Action == "push" {
			ref = s.push(next)
		} else if ref == nil {
			s.replace(v, next)
		}
		if ref != nil {
			s.violate("ack of a view_submission: %s", ref.Error())
			return connecting()
		}
		return nil
	}
	s.violate("ack of a view_submission: unknown response_action %q", in.Action)
	return connecting()
}

// showErrors puts the sentences under their fields; the keys must be block ids
// of input blocks.
func (s *Server) showErrors(v *View, errs map[string]string) *Trouble {
	inputs := map[string]bool{}
	for _, b := range decodeBlocks(v.Blocks) {
		if block, _ := b.(map[string]any); word(block, "type") == "input" {
			inputs[word(block, "block_id")] = true
		}
	}
	for id, say := range errs {
		if !inputs[id] || say == "" {
			s.violate("ack of a view_submission: error for %q, which is no input block", id)
			return connecting()
		}
	}
	if len(errs) == 0 {
		s.violate("ack of a view_submission: errors without any")
		return connecting()
	}
	v.Errors = errs
	s.changed(Change{Kind: ChangeView, User: v.User})
	return nil
}

// clientErrors are the checks Slack's client makes before it sends a form.
func clientErrors(blocks []any, st stateValues) map[string]string {
	errs := map[string]string{}
	for _, b := range blocks {
		block, _ := b.(map[string]any)
		if word(block, "type") != "input" {
			continue
		}
		el, _ := block["element"].(map[string]any)
		id := word(block, "block_id")
		val := st[id][word(el, "action_id")]
		if say := fieldError(block, el, val); say != "" {
			errs[id] = say
		}
	}
	return errs
}

func fieldError(block, el, val map[string]any) string {
	kind := word(el, "type")
	empty := true
	for k, v := range val {
		if list, ok := v.([]any); k != "type" && v != nil && (!ok || len(list) > 0) {
			empty = false
		}
	}
	if empty {
		if block["optional"] == true {
			return ""
		}
		return "Please complete this required field."
	}
	text := word(val, "value")
	switch kind {
	case "plain_text_input":
		n := length(text)
		if least := number(el["min_length"]); n < least {
			return "Please enter at least " + strconv.Itoa(least) + " characters."
		}
		if most := number(el["max_length"]); most > 0 && n > most || n > 3000 {
			return "Please enter fewer characters."
		}
	case "email_text_input":
		if a, err := mail.ParseAddress(text); err != nil || a.Address != text {
			return "Please enter a valid email address."
		}
	case "url_text_input":
		if !strings.HasPrefix(text, "http://") && !strings.HasPrefix(text, "https://") {
			return "Please enter a valid URL."
		}
	case "number_input":
		return numberError(el, text)
	}
	return ""
}

func numberError(el map[string]any, text string) string {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || el["is_decimal_allowed"] != true && n != float64(int64(n)) {
		return "Please enter a valid number."
	}
	if least, err := strconv.ParseFloat(word(el, "min_value"), 64); err == nil && n < least {
		return "Please enter a number of at least " + word(el, "min_value") + "."
	}
	if most, err := strconv.ParseFloat(word(el, "max_value"), 64); err == nil && n > most {
		return "Please enter a number of at most " + word(el, "max_value") + "."
	}
	return ""
}

// pop closes one view; what lies below comes up.
func (s *Server) pop(v *View) {
	stack := s.modals[v.User]
	for i, x := range stack {
		if x.ID == v.ID {
			for _, gone := range stack[i:] {
				delete(s.views, gone.ID)
			}
			s.modals[v.User] = stack[:i:i]
			s.changed(Change{Kind: ChangeView, User: v.User})
			return
		}
	}
}

func (s *Server) clearStack(user string) {
	for _, v := range s.modals[user] {
		delete(s.views, v.ID)
	}
	delete(s.modals, user)
	s.changed(Change{Kind: ChangeView, User: user})
}

// CloseView presses the close button of the modal on top. The app hears
// view_closed if it asked to (docs.slack.dev/surfaces/modals, "notify_on_close").
func (p *Person) CloseView() (Result, error) { return p.close(false) }

// ClearViews presses the × of the window, which closes the whole stack.
func (p *Person) ClearViews() (Result, error) { return p.close(true) }

func (p *Person) close(all bool) (Result, error) {
	return p.act(func(u *User) (*pending, []*delivery, *Message, error) {
		s := p.s
		sf, err := p.surface(Where{})
		if err != nil {
			return nil, nil, nil, err
		}
		v := sf.view
		cleared := all || v.ClearOnClose
		payload := s.interaction("view_closed", u)
		payload["view"], payload["is_cleared"] = s.viewJSON(v), cleared
		if cleared {
			s.clearStack(p.id)
		} else {
			s.pop(v)
		}
		if !v.NotifyOnClose {
			return nil, nil, nil, nil
		}
		pd := s.dispatchEnvelope(envelope{Type: "interactive", Payload: encode(payload)}, nil, nil)
		if pd != nil {
			// Nobody waits for this one at the screen.
			pd.onLate = func() { pd.trouble = nil }
		}
		return pd, nil, nil, nil
	})
}
