package view

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// mailTo is the address as it was checked, and at most a subject and a text
// that cannot end early.
var mailTo = regexp.MustCompile(`^mailto:jane@acme\.test(\?subject=[A-Za-z0-9%._~-]*&body=[A-Za-z0-9%._~-]*)?$`)

// checkLimits holds a drawn message, window or Home against what Slack
// accepts, and against the promise that people's text never comes alive.
func checkLimits(t *testing.T, raw []byte) {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	limit, surface := 50, "message"
	if typ, _ := doc["type"].(string); typ != "" {
		limit, surface = 100, typ
		if len(raw) > 250_000 {
			t.Errorf("a view of %d bytes", len(raw))
		}
	} else {
		text, _ := doc["text"].(string)
		if n := utf8.RuneCountInString(text); n == 0 || n > 3900 {
			t.Errorf("text has %d characters", n)
		}
		unescaped(t, "text", text)
	}
	for _, key := range []string{"title", "submit", "close"} {
		if o, ok := doc[key].(map[string]any); ok {
			short(t, key, o["text"], 24)
		}
	}
	if len(fmt.Sprint(doc["private_metadata"])) > 3000 {
		t.Error("private_metadata over 3000")
	}
	inputs := 0
	for _, key := range []string{"blocks", "plain"} {
		blocks, _ := doc[key].([]any)
		if len(blocks) > limit {
			t.Errorf("%d %s", len(blocks), key)
		}
		ids, charts, tables := map[string]bool{}, 0, 0
		for _, b := range blocks {
			block := b.(map[string]any)
			if id, _ := block["block_id"].(string); id != "" {
				if ids[id] || len(id) > 255 {
					t.Errorf("block_id %q twice or too long", id)
				}
				ids[id] = true
			}
			switch block["type"] {
			case "data_visualization":
				charts++
			case "table":
				tables++
			case "input":
				inputs++
			case "alert", "data_table", "container", "layout":
				t.Errorf("%v is not for every surface", block["type"])
			}
			checkBlock(t, block, surface)
		}
		if charts > 2 || tables > 1 || (key == "plain" || surface != "message") && charts+tables > 0 {
			t.Errorf("%s: %d charts and %d tables in a %s", key, charts, tables, surface)
		}
	}
	if inputs > 0 && doc["submit"] == nil {
		t.Error("inputs without submit")
	}
}

func checkBlock(t *testing.T, b map[string]any, surface string) {
	t.Helper()
	switch b["type"] {
	case "actions":
		elements := b["elements"].([]any)
		if len(elements) == 0 || len(elements) > 25 {
			t.Errorf("%d elements in a row", len(elements))
		}
		ids := map[string]bool{}
		for _, e := range elements {
			id := e.(map[string]any)["action_id"].(string)
			if id == "" || ids[id] || len(id) > 255 {
				t.Errorf("action_id %q twice, empty or too long", id)
			}
			ids[id] = true
		}
	case "context":
		if n := len(b["elements"].([]any)); n == 0 || n > 10 {
			t.Errorf("%d elements in small print", n)
		}
	case "header":
		short(t, "header", b["text"].(map[string]any)["text"], 150)
	case "rich_text":
		if len(b["elements"].([]any)) == 0 {
			t.Error("empty rich text")
		}
	case "section":
		if b["text"] == nil {
			t.Error("a section without text")
		}
	}
	walk(t, b, surface)
}

// walk looks at every object below a block.
func walk(t *testing.T, v any, surface string) {
	t.Helper()
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			walk(t, x, surface)
		}
	case map[string]any:
		checkObject(t, v)
		for _, x := range v {
			walk(t, x, surface)
		}
	}
}

func checkObject(t *testing.T, o map[string]any) {
	t.Helper()
	switch o["type"] {
	case "mrkdwn":
		short(t, "mrkdwn", o["text"], 3000)
		unescaped(t, "mrkdwn", fmt.Sprint(o["text"]))
		if o["verbatim"] != true {
			t.Errorf("mrkdwn that is not verbatim: %v", o["text"])
		}
		if strings.Contains(fmt.Sprint(o["text"]), "Sons") {
			t.Errorf("people's text in mrkdwn: %v", o["text"])
		}
	case "plain_text":
		short(t, "plain_text", o["text"], 3000)
		if o["emoji"] == true {
			t.Error("emoji codes in people's text would come alive")
		}
	case "button":
		short(t, "button", o["text"].(map[string]any)["text"], 75)
		if v, _ := o["value"].(string); len(v) > 2000 {
			t.Error("a value over 2000")
		}
	case "link":
		url := fmt.Sprint(o["url"])
		if !strings.HasPrefix(url, "tel:+") && !strings.HasPrefix(url, "tel:0") && !mailTo.MatchString(url) && !strings.HasPrefix(url, "https://www.linkedin.com/in/") {
			t.Errorf("a link to %s", url)
		}
	case "text":
		if len(fmt.Sprint(o["text"])) == 0 {
			t.Error("empty text in rich text")
		}
	case "user", "usergroup", "channel", "broadcast":
		t.Errorf("a live mention: %v", o)
	case "overflow":
		if n := len(o["options"].([]any)); n < 1 || n > 5 {
			t.Errorf("%d options in a menu", n)
		}
	case "static_select":
		if n := len(o["options"].([]any)); n < 1 || n > 100 {
			t.Errorf("%d options", n)
		}
	case "radio_buttons", "checkboxes":
		if n := len(o["options"].([]any)); n < 1 || n > 10 {
			t.Errorf("%d choices", n)
		}
	case "plain_text_input":
		limit, _ := o["max_length"].(float64)
		initial, _ := o["initial_value"].(string)
		if limit < 1 || limit > 3000 || utf8.RuneCountInString(initial) > int(limit) {
			t.Errorf("max_length %v with %d characters", limit, len(initial))
		}
	}
	if v, ok := o["value"].(string); ok && o["type"] == nil && o["text"] != nil { // an option
		if v == "" || len(v) > 75 {
			t.Errorf("option value %q", v)
		}
		short(t, "option", o["text"].(map[string]any)["text"], 75)
	}
}

func short(t *testing.T, what string, text any, limit int) {
	t.Helper()
	if n := utf8.RuneCountInString(fmt.Sprint(text)); n < 1 || n > limit || text == nil {
		t.Errorf("%s of %d characters, at most %d: %v", what, n, limit, text)
	}
}

// unescaped fails when a control sequence could come alive.
func unescaped(t *testing.T, what, s string) {
	t.Helper()
	if strings.ContainsAny(s, "<>") {
		t.Errorf("%s holds < or > as they are: %.200s", what, s)
	}
}

// What people wrote cannot add a field to the mail it stands in.
func TestAMailLinkHoldsNoMoreThanItsTwoValues(t *testing.T) {
	t.Parallel()
	l := mailLink(jane(), "a&bcc=evil@x.test", "line\nbcc: evil@x.test &cc=y?z#"+hostile)
	if !mailTo.MatchString(l.url) || strings.Contains(l.url, "&bcc") || strings.Contains(l.url, "&cc") {
		t.Errorf("%s", l.url)
	}
	if l := mailLink(jane(), "s", strings.Repeat("ä", 2000)); l.url != "mailto:jane@acme.test" {
		t.Errorf("too long, and yet %d bytes", len(l.url))
	}
}
