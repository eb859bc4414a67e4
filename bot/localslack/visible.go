package localslack

import (
	"encoding/json"
	"strings"
)

// Visible is what a reader sees of the message, line by line: the blocks if
// there are any, else the text; buttons and menus in brackets, entities and
// links resolved to what is shown.
func (m Message) Visible() string {
	blocks := decodeBlocks(m.Blocks)
	if len(blocks) == 0 {
		return shown(m.Text)
	}
	return visible(blocks)
}

// Visible is what a reader sees of the view, its title first.
func (v View) Visible() string {
	return strings.TrimSpace(v.Title + "\n" + visible(decodeBlocks(v.Blocks)))
}

// Labels lists the labels of the message's buttons and menus, in order.
func (m Message) Labels() []string { return labels(m.Blocks) }

// Labels lists the labels of the view's buttons and menus, in order.
func (v View) Labels() []string { return labels(v.Blocks) }

func labels(raw json.RawMessage) []string {
	var out []string
	eachElement(decodeBlocks(raw), func(_, el map[string]any) bool {
		if l := firstOf(textOf(el["text"]), textOf(el["placeholder"])); l != "" {
			out = append(out, l)
		}
		return true
	})
	return out
}

func visible(blocks []any) string {
	var b strings.Builder
	for _, block := range blocks {
		walkText(block, &b)
		b.WriteByte('\n')
	}
	return strings.TrimSpace(b.String())
}

// walkText writes the words of a block or element, whatever its type.
func walkText(v any, b *strings.Builder) {
	obj, ok := v.(map[string]any)
	if !ok {
		return
	}
	switch kind := word(obj, "type"); kind {
	case "plain_text", "raw_text", "text", "markdown":
		b.WriteString(word(obj, "text"))
	case "mrkdwn":
		b.WriteString(shown(word(obj, "text")))
	case "link":
		b.WriteString(firstOf(word(obj, "text"), word(obj, "url")))
	case "user":
		b.WriteString("@" + word(obj, "user_id"))
	case "channel":
		b.WriteString("#" + word(obj, "channel_id"))
	case "broadcast":
		b.WriteString("@" + word(obj, "range"))
	case "emoji":
		b.WriteString(":" + word(obj, "name") + ":")
	case "data_visualization":
		b.WriteString(word(obj, "title"))
	case "image":
		b.WriteString(word(obj, "alt_text"))
	default:
		walkParts(obj, kind, b)
	}
}

func walkParts(obj map[string]any, kind string, b *strings.Builder) {
	if single[kind] != "" || multi[kind] != "" || kind == "button" || kind == "overflow" {
		b.WriteString("[" + firstOf(textOf(obj["text"]), textOf(obj["placeholder"])) + "]")
		return
	}
	for _, key := range []string{"text", "label", "element", "accessory", "hint"} {
		if part := obj[key]; part != nil {
			walkText(part, b)
			b.WriteByte(' ')
		}
	}
	for _, key := range []string{"fields", "elements", "rows"} {
		list, _ := obj[key].([]any)
		for _, part := range list {
			if row, ok := part.([]any); ok {
				for _, cell := range row {
					walkText(cell, b)
					b.WriteString(" | ")
				}
				b.WriteByte('\n')
				continue
			}
			walkText(part, b)
			if kind == "rich_text" || kind == "rich_text_list" {
				b.WriteByte('\n')
			} else if kind != "rich_text_section" && kind != "rich_text_quote" && kind != "rich_text_preformatted" {
				b.WriteByte(' ')
			}
		}
	}
}

// shown resolves mrkdwn's control sequences to what stands on the screen.
func shown(text string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(text, '<')
		j := strings.IndexByte(text, '>')
		if i < 0 || j < i {
			break
		}
		b.WriteString(text[:i])
		target, label, has := strings.Cut(text[i+1:j], "|")
		switch {
		case has:
			b.WriteString(label)
		case strings.HasPrefix(target, "!"):
			b.WriteString("@" + target[1:])
		default:
			b.WriteString(target)
		}
		text = text[j+1:]
	}
	b.WriteString(text)
	return unescape(b.String())
}
