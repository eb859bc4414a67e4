package localslack

// blockKind is one type of block: where it may stand and what it holds. All have
// a type and a block_id of at most 255 characters, unique in message or view
// (docs.slack.dev/reference/block-kit/blocks).
type blockKind struct {
	at    place
	props shape
	also  func(c *checker, block map[string]any)
}

var blockHead = shape{must("type", str(1, 255)), may("block_id", str(0, 255))}

func holding(props ...prop) shape { return append(append(shape{}, blockHead...), props...) }

var blockKinds = map[string]blockKind{
	// docs.slack.dev/reference/block-kit/blocks/section-block
	"section": {anywhere, holding(may("text", text(1, 3000)),
		may("fields", func(c *checker, v any) { c.each(v, 1, 10, text(1, 2000)) }),
		may("accessory", element("section")), may("expand", boolean)), sectionHasText},
	// docs.slack.dev/reference/block-kit/blocks/header-block
	"header": {anywhere, holding(must("text", plain(1, 150)), may("level", whole(1, 4))), nil},
	// docs.slack.dev/reference/block-kit/blocks/context-block
	"context": {anywhere, holding(must("elements", func(c *checker, v any) { c.each(v, 1, 10, contextElement) })), nil},
	// docs.slack.dev/reference/block-kit/blocks/actions-block
	"actions": {anywhere, holding(must("elements", func(c *checker, v any) { c.each(v, 1, 25, element("actions")) })), nil},
	// docs.slack.dev/reference/block-kit/blocks/divider-block
	"divider": {anywhere, holding(), nil},
	// docs.slack.dev/reference/block-kit/blocks/input-block
	"input": {anywhere, holding(must("label", plain(1, 2000)), must("element", element("input")), may("hint", plain(1, 2000)),
		may("optional", boolean), may("dispatch_action", boolean)), func(c *checker, _ map[string]any) { c.inputs = true }},
	// docs.slack.dev/reference/block-kit/blocks/image-block
	"image": {anywhere, holding(may("image_url", str(1, 3000)), may("slack_file", inside(slackFile)), must("alt_text", str(1, 2000)),
		may("title", plain(1, 2000))), hasImage},
	// docs.slack.dev/reference/block-kit/blocks/rich-text-block
	"rich_text": {anywhere, holding(must("elements", func(c *checker, v any) { c.each(v, 0, 1000, richElement) })), nil},
	// docs.slack.dev/reference/block-kit/blocks/table-block
	"table": {inMessage, holding(must("rows", tableRows), may("column_settings", columnSettings)), oneTable},
	// docs.slack.dev/reference/block-kit/blocks/markdown-block
	"markdown": {inMessage, holding(must("text", func(c *checker, v any) {
		str(1, 12000)(c, v)
		s, _ := v.(string)
		c.markdown += length(s)
		if c.markdown > 12000 {
			c.fail("must be less than 12001 characters over all markdown blocks")
		}
	})), nil},
	// docs.slack.dev/reference/block-kit/blocks/data-visualization-block
	"data_visualization": {inMessage, holding(must("title", str(1, 50)), must("chart", chart)), twoCharts},
	// docs.slack.dev/reference/block-kit/blocks/alert-block
	"alert": {inModal, holding(must("text", text(1, 200)), may("level", oneOf("default", "info", "warning", "error", "success"))), nil},
	// docs.slack.dev/reference/block-kit/blocks/context-actions-block
	"context_actions": {inMessage, holding(must("elements", func(c *checker, v any) { c.each(v, 1, 5, element("context_actions")) })), nil},
}

// blocks checks a list of blocks and gives ids to those without.
func (c *checker) blocks(list []any, most int) {
	if len(list) > most {
		c.fail("no more than %d items allowed", most)
		return
	}
	c.each(list, 0, most, (*checker).block)
	for _, b := range list {
		if block, ok := b.(map[string]any); ok && word(block, "block_id") == "" {
			id := generatedID()
			for c.blockIDs[id] {
				id = generatedID()
			}
			c.blockIDs[id] = true
			block["block_id"] = id
		}
	}
}

func (c *checker) block(v any) {
	obj, ok := v.(map[string]any)
	if !ok {
		c.fail("must be an object")
		return
	}
	kind, known := blockKinds[word(obj, "type")]
	switch {
	case obj["type"] == nil:
		c.fail("missing required field: type")
		return
	case !known || kind.at&c.at == 0:
		c.push("type")
		c.fail("unsupported type: %s", word(obj, "type"))
		c.pop()
		return
	}
	c.actions = nil
	c.object(v, kind.props)
	if id := word(obj, "block_id"); id != "" {
		if c.blockIDs[id] {
			c.push("block_id")
			c.fail("`block_id` %s already exists, must be unique", id)
			c.pop()
		}
		c.blockIDs[id] = true
	}
	if kind.also != nil {
		kind.also(c, obj)
	}
}

func sectionHasText(c *checker, block map[string]any) {
	if block["text"] == nil && block["fields"] == nil {
		c.fail("missing required field: text")
	}
}

var slackFile = shape{may("id", str(1, 255)), may("url", str(1, 3000))}

func hasImage(c *checker, block map[string]any) {
	if (block["image_url"] == nil) == (block["slack_file"] == nil) {
		c.fail("must have either image_url or slack_file")
	}
}

var contextImage = shape{must("type", kindIs("image")), may("image_url", str(1, 3000)), may("slack_file", inside(slackFile)), must("alt_text", str(1, 2000))}

func contextElement(c *checker, v any) {
	if obj, ok := v.(map[string]any); ok && obj["type"] == "image" {
		c.object(v, contextImage)
		hasImage(c, obj)
		return
	}
	text(1, 3000)(c, v)
}

// text is a text object, plain_text or mrkdwn
// (docs.slack.dev/reference/block-kit/composition-objects/text-object). Slack
// gives plain_text its emoji flag and mrkdwn its verbatim flag, and rewrites
// mrkdwn that is not verbatim.
func text(least, most int) rule {
	return func(c *checker, v any) { c.text(v, least, most, false) }
}

// plain is a text object that must be plain_text.
func plain(least, most int) rule {
	return func(c *checker, v any) { c.text(v, least, most, true) }
}

var (
	plainShape  = shape{must("type", kindIs("plain_text")), must("text", isString), may("emoji", boolean)}
	mrkdwnShape = shape{must("type", kindIs("mrkdwn")), must("text", isString), may("verbatim", boolean)}
)

func isString(c *checker, v any) {
	if _, ok := v.(string); !ok {
		c.fail("must be a string")
	}
}

func (c *checker) text(v any, least, most int, onlyPlain bool) {
	obj, ok := v.(map[string]any)
	if !ok {
		c.fail("must be an object")
		return
	}
	s, _ := obj["text"].(string)
	c.chars += length(s)
	switch {
	case obj["type"] == "mrkdwn" && !onlyPlain:
		c.object(v, mrkdwnShape)
		if obj["verbatim"] == nil {
			obj["verbatim"] = false
		}
		if obj["verbatim"] == true {
			obj["text"] = keepControls(s)
		} else {
			obj["text"] = c.s.rewriteText(s)
		}
	case obj["type"] == "plain_text" || onlyPlain:
		c.object(v, plainShape)
		if obj["emoji"] == nil {
			obj["emoji"] = true
		}
		if obj["emoji"] == true {
			obj["text"] = emojiToNames(s)
		}
	default:
		c.push("type")
		c.fail("must be a valid enum value: plain_text, mrkdwn")
		c.pop()
		return
	}
	c.push("text")
	c.size(s, least, most)
	c.pop()
}
