package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

func holdsAll(all string, texts []string) bool {
	for _, text := range texts {
		if !strings.Contains(all, text) {
			return false
		}
	}
	return true
}

func wordsOfAll(list []localslack.Message) string {
	var b strings.Builder
	for _, m := range list {
		b.WriteString(words(m))
		b.WriteString("\n----\n")
	}
	return b.String()
}

// words is all that a message shows, buttons in brackets.
func words(m localslack.Message) string {
	if len(m.Blocks) == 0 || string(m.Blocks) == "null" {
		return m.Text
	}
	return wordsOf(m.Blocks)
}

func wordsOf(blocks json.RawMessage) string {
	var list any
	if err := json.Unmarshal(blocks, &list); err != nil {
		return fmt.Sprintf("(blocks that cannot be read: %v)", err)
	}
	var b strings.Builder
	collect(&b, list)
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(b.String())
}

// collect writes the texts of blocks in reading order.
func collect(b *strings.Builder, v any) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			collect(b, x)
		}
	case map[string]any:
		typ, _ := v["type"].(string)
		if typ == "button" || typ == "workflow_button" {
			var label strings.Builder
			collect(&label, v["text"])
			b.WriteString("[" + strings.TrimSpace(label.String()) + "] ")
			return
		}
		if url, ok := v["url"].(string); ok && typ == "link" {
			if _, labelled := v["text"]; !labelled {
				b.WriteString(url)
			}
		}
		if text, ok := v["text"].(string); ok {
			b.WriteString(text)
			if typ != "text" && typ != "link" {
				b.WriteString("\n")
			}
		}
		for _, key := range []string{"title", "label", "text", "fields", "elements", "accessory", "element", "hint", "placeholder", "initial_value", "options", "initial_option", "rows", "caption", "chart", "chart_options"} {
			switch x := v[key].(type) {
			case map[string]any, []any:
				collect(b, x)
			case string:
				if key != "text" {
					b.WriteString(x + "\n")
				}
			}
		}
		if strings.HasPrefix(typ, "rich_text") && typ != "rich_text" {
			b.WriteString("\n")
		}
	}
}
