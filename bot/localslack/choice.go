package localslack

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// Value is what a person puts into an element; the element's type says which
// field counts.
type Value struct {
	Text     string   // text inputs; the query of a typed choice
	Options  []string // option values or their labels
	Date     string   // YYYY-MM-DD
	Time     string   // HH:MM
	Unix     int64    // datetimepicker, seconds
	Users    []string // user ids or handles
	Channels []string // channel or conversation ids or names
	Files    []string // ids of files, for file_input
}

// decodeBlocks reads stored blocks.
func decodeBlocks(raw json.RawMessage) []any {
	var out []any
	_ = decode(raw, &out)
	return out
}

// eachElement calls f for every element of the blocks until it returns false.
func eachElement(blocks []any, f func(block, el map[string]any) bool) {
	for _, b := range blocks {
		block, _ := b.(map[string]any)
		var els []any
		switch word(block, "type") {
		case "section":
			els = []any{block["accessory"]}
		case "actions", "context_actions":
			els, _ = block["elements"].([]any)
		case "input":
			els = []any{block["element"]}
		}
		for _, e := range els {
			if el, ok := e.(map[string]any); ok && word(el, "type") != "image" && !f(block, el) {
				return
			}
		}
	}
}

// single and multi name the state key of each stateful element
// (docs.slack.dev/reference/interaction-payloads/view-interactions-payload, "state.values").
var single = map[string]string{
	"static_select": "selected_option", "external_select": "selected_option", "radio_buttons": "selected_option",
	"users_select": "selected_user", "conversations_select": "selected_conversation", "channels_select": "selected_channel",
	"datepicker": "selected_date", "timepicker": "selected_time", "datetimepicker": "selected_date_time",
	"plain_text_input": "value", "number_input": "value", "email_text_input": "value", "url_text_input": "value", "rich_text_input": "rich_text_value",
}

var multi = map[string]string{
	"multi_static_select": "selected_options", "multi_external_select": "selected_options", "checkboxes": "selected_options",
	"multi_users_select": "selected_users", "multi_conversations_select": "selected_conversations", "multi_channels_select": "selected_channels",
	"file_input": "files",
}

// initials name the property an element's first value stands in.
var initials = map[string]string{
	"selected_option": "initial_option", "selected_options": "initial_options", "selected_user": "initial_user", "selected_users": "initial_users",
	"selected_conversation": "initial_conversation", "selected_conversations": "initial_conversations", "selected_channel": "initial_channel",
	"selected_channels": "initial_channels", "selected_date": "initial_date", "selected_time": "initial_time", "selected_date_time": "initial_date_time",
	"value": "initial_value", "rich_text_value": "initial_value",
}

// initialState builds state.values of fresh blocks. Only stateful elements have
// one; buttons and overflow menus do not.
func initialState(blocks any) stateValues {
	st := stateValues{}
	list, _ := blocks.([]any)
	eachElement(list, func(block, el map[string]any) bool {
		kind := word(el, "type")
		key, many := single[kind], false
		if key == "" {
			key, many = multi[kind], true
		}
		if key == "" {
			return true
		}
		val := map[string]any{"type": kind, key: nil}
		if many {
			val[key] = []any{}
		}
		if first, ok := el[initials[key]]; ok && initials[key] != "" {
			val[key] = first
		}
		st.set(word(block, "block_id"), word(el, "action_id"), val)
		return true
	})
	return st
}

func (st stateValues) set(block, action string, val map[string]any) {
	if st[block] == nil {
		st[block] = map[string]map[string]any{}
	}
	st[block][action] = val
}

// choose turns what a person picked into the value object of an element, and
// refuses what the element does not offer.
func (s *Server) choose(el map[string]any, v Value) (map[string]any, error) {
	kind := word(el, "type")
	val := map[string]any{"type": kind}
	switch kind {
	case "button", "workflow_button", "icon_button", "feedback_buttons":
		return val, nil
	case "static_select", "radio_buttons", "overflow", "external_select":
		if len(v.Options) == 0 {
			val["selected_option"] = nil
			return val, nil
		}
		opt, err := optionOf(el, v.Options[0])
		val["selected_option"] = opt
		return val, err
	case "multi_static_select", "checkboxes", "multi_external_select":
		list := []any{}
		for _, o := range v.Options {
			opt, err := optionOf(el, o)
			if err != nil {
				return nil, err
			}
			list = append(list, opt)
		}
		if most := number(el["max_selected_items"]); most > 0 && len(list) > most {
			return nil, &Trouble{Code: "too_many", Say: "At most " + strconv.Itoa(most) + " can be chosen."}
		}
		val["selected_options"] = list
		return val, nil
	case "datepicker":
		return timed(val, "selected_date", "2006-01-02", firstOf(v.Date, v.Text))
	case "timepicker":
		return timed(val, "selected_time", "15:04", firstOf(v.Time, v.Text))
	case "datetimepicker":
		val["selected_date_time"] = v.Unix
		return val, nil
	case "users_select", "multi_users_select":
		return s.people(val, kind == "users_select", v.Users)
	case "conversations_select", "channels_select", "multi_conversations_select", "multi_channels_select":
		return s.places(val, kind, v)
	case "plain_text_input", "email_text_input", "url_text_input", "number_input":
		val["value"] = nil
		if v.Text != "" {
			val["value"] = v.Text
		}
		return val, nil
	case "rich_text_input":
		val["rich_text_value"] = map[string]any{"type": "rich_text", "elements": []any{map[string]any{"type": "rich_text_section", "elements": []any{map[string]any{"type": "text", "text": v.Text}}}}}
		return val, nil
	case "file_input":
		files := []any{}
		for _, id := range v.Files {
			if f := s.files[id]; f != nil {
				files = append(files, s.fileJSON(f))
			}
		}
		val["files"] = files
		return val, nil
	}
	return nil, &Trouble{Code: "unknown_element", Say: "Nobody can use an element of type " + kind + "."}
}

func timed(val map[string]any, key, layout, text string) (map[string]any, error) {
	val[key] = nil
	if text == "" {
		return val, nil
	}
	if _, err := time.Parse(layout, text); err != nil {
		return nil, &Trouble{Code: "invalid_choice", Say: strconv.Quote(text) + " is no date or time the picker has."}
	}
	val[key] = text
	return val, nil
}

func (s *Server) people(val map[string]any, one bool, names []string) (map[string]any, error) {
	ids := []any{}
	for _, n := range names {
		found := ""
		for _, id := range s.userOrder {
			if id == n || s.users[id].Name == strings.TrimPrefix(n, "@") {
				found = id
			}
		}
		if found == "" {
			return nil, &Trouble{Code: "invalid_choice", Say: "There is no " + n + " in the list."}
		}
		ids = append(ids, found)
	}
	if !one {
		val["selected_users"] = ids
		return val, nil
	}
	val["selected_user"] = nil
	if len(ids) > 0 {
		val["selected_user"] = ids[0]
	}
	return val, nil
}

func (s *Server) places(val map[string]any, kind string, v Value) (map[string]any, error) {
	ids := []any{}
	for _, n := range v.Channels {
		found := ""
		for id, c := range s.convs {
			if id == n || c.Name != "" && c.Name == strings.TrimPrefix(n, "#") {
				found = id
			}
		}
		if found == "" && s.users[n] != nil && strings.Contains(kind, "conversations") {
			found = n // A person is a conversation too.
		}
		if found == "" {
			return nil, &Trouble{Code: "invalid_choice", Say: "There is no " + n + " in the list."}
		}
		ids = append(ids, found)
	}
	key, many := single[kind], false
	if key == "" {
		key, many = multi[kind], true
	}
	switch {
	case many:
		val[key] = ids
	case len(ids) > 0:
		val[key] = ids[0]
	default:
		val[key] = nil
	}
	return val, nil
}

// options lists all options of an element, those in groups included.
func options(el map[string]any) []any {
	all, _ := el["options"].([]any)
	groups, _ := el["option_groups"].([]any)
	for _, g := range groups {
		group, _ := g.(map[string]any)
		list, _ := group["options"].([]any)
		all = append(all, list...)
	}
	return all
}

// optionOf finds an option by its value, else by its label.
func optionOf(el map[string]any, want string) (any, error) {
	all := options(el)
	for _, o := range all {
		if opt, _ := o.(map[string]any); word(opt, "value") == want {
			return o, nil
		}
	}
	for _, o := range all {
		if opt, _ := o.(map[string]any); textOf(opt["text"]) == want {
			return o, nil
		}
	}
	if strings.HasSuffix(word(el, "type"), "external_select") {
		return map[string]any{"text": map[string]any{"type": "plain_text", "text": want, "emoji": true}, "value": want}, nil
	}
	var labels []string
	for _, o := range all {
		opt, _ := o.(map[string]any)
		labels = append(labels, textOf(opt["text"]))
	}
	return nil, &Trouble{Code: "invalid_choice", Say: "There is no choice " + strconv.Quote(want) + ", only " + strings.Join(labels, ", ") + "."}
}

func number(v any) int {
	switch n := v.(type) {
	case json.Number:
		i, _ := n.Int64()
		return int(i)
	case float64:
		return int(n)
	}
	return 0
}
