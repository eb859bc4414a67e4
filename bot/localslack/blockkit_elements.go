package localslack

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// elementKind is one interactive element: in which blocks it may stand and what
// it holds (docs.slack.dev/reference/block-kit/block-elements).
type elementKind struct {
	in    string // space-separated block types
	props shape
	also  func(c *checker, el map[string]any)
}

var elementHead = shape{must("type", str(1, 255)), may("action_id", str(0, 255))}

func with(parts ...shape) shape {
	out := append(shape{}, elementHead...)
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

var (
	confirmable = shape{may("confirm", inside(confirmShape))}
	focusable   = shape{may("focus_on_load", focus)}
	hinted      = shape{may("placeholder", plain(1, 150))}
	dispatching = shape{may("dispatch_action_config", inside(shape{may("trigger_actions_on", func(c *checker, v any) {
		c.each(v, 1, 2, oneOf("on_enter_pressed", "on_character_entered"))
	})}))}
	filtering = shape{may("filter", inside(shape{may("include", func(c *checker, v any) { c.each(v, 1, 4, oneOf("im", "mpim", "private", "public")) }),
		may("exclude_external_shared_channels", boolean), may("exclude_bot_users", boolean)}))}
	// docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
	confirmShape = shape{must("title", plain(1, 100)), must("text", text(1, 300)), must("confirm", plain(1, 30)), must("deny", plain(1, 30)),
		may("style", oneOf("primary", "danger"))}
	buttonShape = shape{must("text", plain(1, 75)), may("url", str(0, 3000)), may("value", str(0, 2000)), may("style", oneOf("primary", "danger")),
		may("accessibility_label", str(1, 75))}
	chosenOne  = shape{may("initial_option", inside(optionShape))}
	chosenSome = shape{may("initial_options", func(c *checker, v any) { c.each(v, 1, 100, inside(optionShape)) })}
	// docs.slack.dev/reference/block-kit/composition-objects/option-object; the
	// value's limit is the smaller of the two that Slack's own SDKs give.
	optionShape = shape{must("text", text(1, 75)), must("value", str(1, 75)), may("description", text(1, 75)), may("url", str(0, 3000))}
	groupShape  = shape{must("label", plain(1, 75)), must("options", func(c *checker, v any) { c.each(v, 1, 100, inside(optionShape)) })}
)

// choices are the options of a select, at most so many.
func choices(most int) shape {
	return shape{may("options", func(c *checker, v any) { c.optionList(v, most) }),
		may("option_groups", func(c *checker, v any) { c.each(v, 1, 100, inside(groupShape)) })}
}

// tenChoices are the options of checkboxes and radio buttons.
func tenChoices() shape {
	return shape{must("options", func(c *checker, v any) { c.optionList(v, 10) })}
}

func (c *checker) optionList(v any, most int) {
	c.each(v, 1, most, inside(optionShape))
}

func ids(c *checker, v any) { c.each(v, 1, 1000, str(1, 255)) }

func layoutOf(layout, say string) rule {
	return func(c *checker, v any) {
		s, _ := v.(string)
		if _, err := time.Parse(layout, s); err != nil {
			c.fail("must be of the form %s", say)
		}
	}
}

const everyBlock, noActions = "section actions input", "section input"

var elementKinds = map[string]elementKind{
	"button":              {"section actions", with(buttonShape, confirmable), nil},
	"overflow":            {"section actions", with(shape{must("options", func(c *checker, v any) { c.optionList(v, 5) })}, confirmable), plainOptions},
	"checkboxes":          {everyBlock, with(tenChoices(), chosenSome, confirmable, focusable), chosenOffered},
	"radio_buttons":       {everyBlock, with(tenChoices(), chosenOne, confirmable, focusable), chosenOffered},
	"static_select":       {everyBlock, with(choices(100), chosenOne, confirmable, focusable, hinted), oneKindOfOptions},
	"multi_static_select": {noActions, with(choices(100), chosenSome, confirmable, focusable, hinted, shape{may("max_selected_items", whole(1, 100))}), oneKindOfOptions},
	"external_select":     {everyBlock, with(chosenOne, confirmable, focusable, hinted, shape{may("min_query_length", whole(0, 255))}), nil},
	"multi_external_select": {noActions, with(chosenSome, confirmable, focusable, hinted,
		shape{may("min_query_length", whole(0, 255)), may("max_selected_items", whole(1, 100))}), nil},
	"users_select":       {everyBlock, with(confirmable, focusable, hinted, shape{may("initial_user", str(1, 255))}), nil},
	"multi_users_select": {noActions, with(confirmable, focusable, hinted, shape{may("initial_users", ids), may("max_selected_items", whole(1, 100))}), nil},
	"conversations_select": {everyBlock, with(confirmable, focusable, hinted, filtering, shape{may("initial_conversation", str(1, 255)),
		may("default_to_current_conversation", boolean), may("response_url_enabled", boolean)}), nil},
	"multi_conversations_select": {noActions, with(confirmable, focusable, hinted, filtering, shape{may("initial_conversations", ids),
		may("default_to_current_conversation", boolean), may("max_selected_items", whole(1, 100))}), nil},
	"channels_select":       {everyBlock, with(confirmable, focusable, hinted, shape{may("initial_channel", str(1, 255)), may("response_url_enabled", boolean)}), nil},
	"multi_channels_select": {noActions, with(confirmable, focusable, hinted, shape{may("initial_channels", ids), may("max_selected_items", whole(1, 100))}), nil},
	"datepicker":            {everyBlock, with(confirmable, focusable, hinted, shape{may("initial_date", layoutOf("2006-01-02", "YYYY-MM-DD"))}), nil},
	"timepicker":            {everyBlock, with(confirmable, focusable, hinted, shape{may("initial_time", layoutOf("15:04", "HH:mm")), may("timezone", str(1, 255))}), nil},
	"datetimepicker":        {"actions input", with(confirmable, focusable, shape{may("initial_date_time", whole(1_000_000_000, 9_999_999_999))}), nil},
	"plain_text_input": {"input", with(focusable, hinted, dispatching, shape{may("initial_value", str(0, 3000)), may("multiline", boolean),
		may("min_length", whole(0, 3000)), may("max_length", whole(1, 3000))}), lengthsInOrder},
	"number_input": {"input", with(focusable, hinted, dispatching, shape{must("is_decimal_allowed", boolean), may("initial_value", numeric),
		may("min_value", numeric), may("max_value", numeric)}), nil},
	"email_text_input": {"input", with(focusable, hinted, dispatching, shape{may("initial_value", str(0, 3000))}), nil},
	"url_text_input":   {"input", with(focusable, hinted, dispatching, shape{may("initial_value", str(0, 3000))}), nil},
	"rich_text_input": {"input", with(focusable, hinted, dispatching, shape{may("initial_value", func(c *checker, v any) {}),
		may("min_lines", whole(1, 50)), may("max_lines", whole(1, 50))}), nil},
	"file_input":       {"input", with(shape{may("filetypes", func(c *checker, v any) { c.each(v, 1, 100, str(1, 50)) }), may("max_files", whole(1, 10))}), modalOnly},
	"feedback_buttons": {"context_actions", with(shape{must("positive_button", inside(feedbackShape)), must("negative_button", inside(feedbackShape))}), nil},
	"icon_button": {"context_actions", with(confirmable, shape{must("icon", oneOf("trash")), must("text", plain(1, 75)), may("value", str(0, 2000)),
		may("accessibility_label", str(1, 75)), may("visible_to_user_ids", ids)}), nil},
}

var feedbackShape = shape{must("text", plain(1, 75)), must("value", str(1, 2000)), may("accessibility_label", str(1, 75))}

// element checks an element that stands in a block of the given type.
func element(in string) rule {
	return func(c *checker, v any) {
		obj, ok := v.(map[string]any)
		if !ok {
			c.fail("must be an object")
			return
		}
		kind := word(obj, "type")
		if kind == "image" && in == "section" {
			c.object(v, contextImage)
			hasImage(c, obj)
			return
		}
		k, known := elementKinds[kind]
		if !known || !slices.Contains(strings.Fields(k.in), in) {
			c.push("type")
			c.fail("unsupported type: %s", kind)
			c.pop()
			return
		}
		c.object(v, k.props)
		c.actionID(obj)
		if k.also != nil {
			k.also(c, obj)
		}
	}
}

// actionID must be unique in its block; Slack makes one where none is given.
func (c *checker) actionID(obj map[string]any) {
	id := word(obj, "action_id")
	if id == "" {
		obj["action_id"] = generatedID()
		return
	}
	if c.actions[id] {
		c.push("action_id")
		c.fail("`action_id` %s already exists, must be unique in its block", id)
		c.pop()
	}
	if c.actions == nil {
		c.actions = map[string]bool{}
	}
	c.actions[id] = true
}

// focus may be set on one element of a view
// (docs.slack.dev/reference/block-kit/block-elements, "focus_on_load").
func focus(c *checker, v any) {
	boolean(c, v)
	if v == true {
		if c.focused {
			c.fail("only one element may have focus_on_load")
		}
		c.focused = true
	}
}

func numeric(c *checker, v any) {
	s, _ := v.(string)
	if _, err := strconv.ParseFloat(s, 64); err != nil {
		c.fail("must be a number in a string")
	}
}

func lengthsInOrder(c *checker, el map[string]any) {
	if lo, hi := number(el["min_length"]), number(el["max_length"]); hi > 0 && lo > hi {
		c.fail("min_length must not be greater than max_length")
	}
}

func modalOnly(c *checker, el map[string]any) {
	if c.at != inModal {
		c.push("type")
		c.fail("unsupported type: %s", word(el, "type"))
		c.pop()
	}
}

// oneKindOfOptions: a select has options or option groups, not both and not none.
func oneKindOfOptions(c *checker, el map[string]any) {
	if (el["options"] == nil) == (el["option_groups"] == nil) {
		c.fail("must have either options or option_groups")
	}
	plainOptions(c, el)
	chosenOffered(c, el)
}

// plainOptions: only checkboxes and radio buttons take mrkdwn in their options
// (docs.slack.dev/reference/block-kit/composition-objects/option-object).
func plainOptions(c *checker, el map[string]any) {
	for i, o := range options(el) {
		opt, _ := o.(map[string]any)
		txt, _ := opt["text"].(map[string]any)
		if word(txt, "type") == "mrkdwn" {
			c.push("options")
			c.push(strconv.Itoa(i))
			c.fail("text must be plain_text")
			c.pop()
			c.pop()
		}
		if _, has := opt["url"]; has && word(el, "type") != "overflow" {
			c.fail("invalid additional property: url")
		}
	}
}

// chosenOffered: an initial option must be one of the options, to the letter.
func chosenOffered(c *checker, el map[string]any) {
	var first []any
	if o := el["initial_option"]; o != nil {
		first = append(first, o)
	}
	if list, ok := el["initial_options"].([]any); ok {
		first = append(first, list...)
	}
	if len(first) == 0 {
		return
	}
	offered := map[string]bool{}
	for _, o := range options(el) {
		raw, _ := json.Marshal(o)
		offered[string(raw)] = true
	}
	for _, o := range first {
		if raw, _ := json.Marshal(o); !offered[string(raw)] {
			c.fail("initial option does not exactly match one of the provided options")
		}
	}
}
