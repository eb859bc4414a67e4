package localslack

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// place is the surface blocks are drawn on; each knows other blocks
// (docs.slack.dev/reference/block-kit/blocks).
type place int

const (
	inMessage place = 1 << iota
	inModal
	inHome
	anywhere = inMessage | inModal | inHome
)

// checker walks decoded blocks, notes what Slack refuses with a JSON pointer to
// it, and rewrites what Slack rewrites.
type checker struct {
	s        *Server
	at       place
	path     []string
	messages []string
	blockIDs map[string]bool
	actions  map[string]bool // action ids of the block at hand
	focused  bool
	inputs   bool
	noCharts bool
	chars    int // of text over all blocks
	charts   int
	tables   int
	markdown int
}

// rule checks one value; the checker's path points at it.
type rule func(c *checker, v any)

// prop is one property of a JSON object.
type prop struct {
	name     string
	check    rule
	required bool
}

// shape is a JSON object's list of properties. Others are refused, as Slack does
// with "invalid additional property".
type shape []prop

func must(name string, check rule) prop { return prop{name: name, check: check, required: true} }
func may(name string, check rule) prop  { return prop{name: name, check: check} }

// fail notes an error in Slack's words and form:
// "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]".
func (c *checker) fail(format string, args ...any) {
	if len(c.messages) < 20 {
		c.messages = append(c.messages, "[ERROR] "+fmt.Sprintf(format, args...)+" [json-pointer:/"+strings.Join(c.path, "/")+"]")
	}
}

func (c *checker) push(key string) { c.path = append(c.path, key) }
func (c *checker) pop()            { c.path = c.path[:len(c.path)-1] }

// object checks v against a shape and returns it, or nil when it is none.
func (c *checker) object(v any, sh shape) map[string]any {
	obj, ok := v.(map[string]any)
	if !ok {
		c.fail("must be an object")
		return nil
	}
	known := 0
	for _, p := range sh {
		val, has := obj[p.name]
		if has {
			known++
		}
		if !has || val == nil {
			if p.required {
				c.fail("missing required field: %s", p.name)
			}
			continue
		}
		c.push(p.name)
		p.check(c, val)
		c.pop()
	}
	if known < len(obj) {
		c.strangers(obj, sh)
	}
	return obj
}

func (c *checker) strangers(obj map[string]any, sh shape) {
	var names []string
	for k := range obj {
		known := false
		for _, p := range sh {
			known = known || p.name == k
		}
		if !known {
			names = append(names, k)
		}
	}
	sort.Strings(names)
	for _, n := range names {
		c.fail("invalid additional property: %s", n)
	}
}

// each checks the items of an array of least to most items.
func (c *checker) each(v any, least, most int, check rule) []any {
	list, ok := v.([]any)
	if !ok {
		c.fail("must be an array")
		return nil
	}
	if len(list) < least {
		c.fail("no fewer than %d items allowed", least)
	}
	if len(list) > most {
		c.fail("no more than %d items allowed", most)
		return list
	}
	for i, item := range list {
		c.push(strconv.Itoa(i))
		check(c, item)
		c.pop()
	}
	return list
}

// str is a string of least to most code points.
func str(least, most int) rule {
	return func(c *checker, v any) {
		s, ok := v.(string)
		if !ok {
			c.fail("must be a string")
			return
		}
		c.size(s, least, most)
	}
}

func (c *checker) size(s string, least, most int) {
	n := utf8.RuneCountInString(s)
	if n < least {
		c.fail("must be more than %d characters", least-1)
	}
	if n > most {
		c.fail("must be less than %d characters", most+1)
	}
}

func boolean(c *checker, v any) {
	if _, ok := v.(bool); !ok {
		c.fail("must be a boolean")
	}
}

// whole is a number without fraction between least and most.
func whole(least, most int64) rule {
	return func(c *checker, v any) {
		num, ok := v.(json.Number)
		n, err := num.Int64()
		if !ok || err != nil {
			c.fail("must be an integer")
			return
		}
		if n < least || n > most {
			c.fail("must be between %d and %d", least, most)
		}
	}
}

func anyNumber(c *checker, v any) {
	if _, ok := v.(json.Number); !ok {
		c.fail("must be a number")
	}
}

func oneOf(words ...string) rule {
	return func(c *checker, v any) {
		s, _ := v.(string)
		for _, w := range words {
			if s == w {
				return
			}
		}
		c.fail("must be a valid enum value: %s", strings.Join(words, ", "))
	}
}

func kindIs(word string) rule {
	return func(c *checker, v any) {
		if v != word {
			c.fail("must be %s", word)
		}
	}
}

// inside checks an object by its shape.
func inside(sh shape) rule { return func(c *checker, v any) { c.object(v, sh) } }

// decode reads JSON with its numbers as written.
func decode(raw json.RawMessage, v any) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if err := dec.Decode(v); err != nil {
		return err
	}
	if dec.More() {
		return fmt.Errorf("more than one value")
	}
	return nil
}

func (s *Server) checker(at place) *checker {
	return &checker{s: s, at: at, blockIDs: map[string]bool{}, noCharts: s.faults.noCharts}
}

// readBlocks checks a message's blocks and makes them what Slack keeps: with
// generated ids, wrapped URLs, entities and emoji names
// (docs.slack.dev/reference/methods/chat.postMessage, invalid_blocks).
func (s *Server) readBlocks(raw json.RawMessage, at place) (json.RawMessage, *refusal) {
	var list []any
	if decode(raw, &list) != nil {
		return nil, refuse("invalid_blocks_format")
	}
	if len(list) == 0 {
		return nil, nil
	}
	c := s.checker(at)
	c.push("blocks")
	c.blocks(list, messageBlockMax)
	if len(c.messages) > 0 {
		return nil, refuse("invalid_blocks", c.messages...)
	}
	if c.chars > blocksTextMax {
		return nil, refuse("msg_blocks_too_long")
	}
	out, err := written(list)
	if err != nil {
		return nil, refuse("invalid_blocks_format")
	}
	return out, nil
}

// viewShape is docs.slack.dev/reference/views/modal-views; home views know only
// some of it.
var viewShape = shape{
	must("type", oneOf("modal", "home")), may("title", plain(1, 24)), may("submit", plain(1, 24)), may("close", plain(1, 24)),
	must("blocks", func(c *checker, v any) {
		list, ok := v.([]any)
		if !ok {
			c.fail("must be an array")
			return
		}
		c.blocks(list, 100)
	}),
	may("private_metadata", str(0, 3000)), may("callback_id", str(0, 255)), may("external_id", str(0, 255)),
	may("clear_on_close", boolean), may("notify_on_close", boolean), may("submit_disabled", boolean),
}

// checkView checks a view; the messages point below /view.
func (s *Server) checkView(raw json.RawMessage) (map[string]any, []string) {
	var v any
	if decode(raw, &v) != nil {
		return nil, []string{"[ERROR] must be a JSON object [json-pointer:/view]"}
	}
	head, _ := v.(map[string]any)
	c := s.checker(inModal)
	home := word(head, "type") == "home"
	if home {
		c.at = inHome
	}
	c.push("view")
	obj := c.object(v, viewShape)
	if obj == nil {
		return nil, c.messages
	}
	if home {
		for _, k := range []string{"title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled"} {
			if val, has := obj[k]; has && val != nil && val != false {
				c.fail("invalid additional property: %s", k)
			}
		}
	} else {
		if obj["title"] == nil {
			c.fail("missing required field: title")
		}
		if c.inputs && obj["submit"] == nil {
			// docs.slack.dev/reference/views/modal-views: required with an input block.
			c.fail("missing required field: submit")
		}
	}
	return obj, c.messages
}

// generatedID is a block_id or action_id in the look of Slack's own.
func generatedID() string { return secret()[:5] }
