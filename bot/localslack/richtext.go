package localslack

import (
	"encoding/json"
	"strings"
)

// Rich text carries people's words without any markup of theirs coming alive
// (docs.slack.dev/reference/block-kit/blocks/rich-text-block).

var richStyle = inside(shape{may("bold", boolean), may("italic", boolean), may("strike", boolean), may("code", boolean), may("underline", boolean),
	may("highlight", boolean), may("client_highlight", boolean), may("unlink", boolean)})

var richLeaves = map[string]shape{
	"text":      {must("type", isString), must("text", richText), may("style", richStyle)},
	"link":      {must("type", isString), must("url", str(1, 3000)), may("text", richText), may("unsafe", boolean), may("style", richStyle)},
	"user":      {must("type", isString), must("user_id", str(1, 255)), may("style", richStyle)},
	"channel":   {must("type", isString), must("channel_id", str(1, 255)), may("style", richStyle)},
	"usergroup": {must("type", isString), must("usergroup_id", str(1, 255)), may("style", richStyle)},
	"team":      {must("type", isString), must("team_id", str(1, 255)), may("style", richStyle)},
	"emoji":     {must("type", isString), must("name", str(1, 255)), may("unicode", str(0, 255)), may("skin_tone", whole(1, 6)), may("style", richStyle)},
	"broadcast": {must("type", isString), must("range", oneOf("here", "channel", "everyone")), may("style", richStyle)},
	"color":     {must("type", isString), must("value", str(1, 255)), may("style", richStyle)},
	"date": {must("type", isString), must("timestamp", anyNumber), must("format", str(1, 255)), may("url", str(1, 3000)), may("fallback", str(1, 3000)),
		may("style", richStyle)},
}

func richText(c *checker, v any) {
	s, ok := v.(string)
	if !ok {
		c.fail("must be a string")
		return
	}
	c.chars += length(s)
	// An empty run is refused, as all empty texts are.
	c.size(s, 1, 3000)
}

// richLeaf checks one run of a section, quote or preformatted element.
func richLeaf(c *checker, v any) {
	obj, _ := v.(map[string]any)
	sh, ok := richLeaves[word(obj, "type")]
	if !ok {
		c.push("type")
		c.fail("unsupported type: %s", word(obj, "type"))
		c.pop()
		return
	}
	c.object(v, sh)
}

func leaves(c *checker, v any) { c.each(v, 0, 1000, richLeaf) }

var (
	richSection      = shape{must("type", isString), must("elements", leaves)}
	richQuote        = shape{must("type", isString), must("elements", leaves), may("border", whole(0, 1))}
	richPreformatted = shape{must("type", isString), must("elements", leaves), may("border", whole(0, 1)), may("language", str(0, 50))}
	richList         = shape{must("type", isString), must("style", oneOf("bullet", "ordered")), may("indent", whole(0, 8)), may("offset", whole(0, 1000)), may("border", whole(0, 1)),
		must("elements", func(c *checker, v any) {
			c.each(v, 1, 1000, func(c *checker, v any) {
				if obj, _ := v.(map[string]any); word(obj, "type") != "rich_text_section" {
					c.fail("unsupported type: %s", word(obj, "type"))
					return
				}
				c.object(v, richSection)
			})
		})}
)

// richElement checks one element of a rich_text block.
func richElement(c *checker, v any) {
	obj, _ := v.(map[string]any)
	switch kind := word(obj, "type"); kind {
	case "rich_text_section":
		c.object(v, richSection)
	case "rich_text_quote":
		c.object(v, richQuote)
	case "rich_text_preformatted":
		c.object(v, richPreformatted)
	case "rich_text_list":
		c.object(v, richList)
	default:
		c.push("type")
		c.fail("unsupported type: %s", kind)
		c.pop()
	}
}

// typedBlocks is the rich_text block Slack's editor makes of what a person
// typed, with its mentions and links as elements of their own.
func typedBlocks(text string) json.RawMessage {
	var runs []any
	plainRun := func(s string) {
		if s != "" {
			runs = append(runs, map[string]any{"type": "text", "text": unescape(s)})
		}
	}
	rest := text
	for {
		i := strings.IndexByte(rest, '<')
		j := strings.IndexByte(rest, '>')
		if i < 0 || j < i {
			break
		}
		plainRun(rest[:i])
		target, label, _ := strings.Cut(rest[i+1:j], "|")
		runs = append(runs, richRun(target, unescape(label)))
		rest = rest[j+1:]
	}
	plainRun(rest)
	if len(runs) == 0 {
		return nil
	}
	return encode([]any{map[string]any{"type": "rich_text", "block_id": generatedID(), "elements": []any{map[string]any{"type": "rich_text_section", "elements": runs}}}})
}

// richRun draws one control sequence as an element.
func richRun(target, label string) map[string]any {
	switch {
	case strings.HasPrefix(target, "@"):
		return map[string]any{"type": "user", "user_id": target[1:]}
	case strings.HasPrefix(target, "#"):
		return map[string]any{"type": "channel", "channel_id": target[1:]}
	case strings.HasPrefix(target, "!"):
		return map[string]any{"type": "broadcast", "range": target[1:]}
	}
	run := map[string]any{"type": "link", "url": unescape(target)}
	if label != "" {
		run["text"] = label
	}
	return run
}

var unescaper = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

func unescape(s string) string { return unescaper.Replace(s) }
