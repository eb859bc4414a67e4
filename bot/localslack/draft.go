package localslack

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// draft is the content of a message on its way in, checked and rewritten.
type draft struct {
	text        string
	blocks      json.RawMessage
	attachments json.RawMessage
	metadata    json.RawMessage
	hasBlocks   bool // the argument was there, even if empty
	hasAttach   bool
}

// Lengths of docs.slack.dev/reference/methods/chat.postMessage and chat.update.
const (
	postTextMax     = 40000
	updateTextMax   = 4000
	blocksTextMax   = 13200 // characters over all blocks: msg_blocks_too_long
	metadataMax     = 8000  // bytes: metadata_too_large
	messageBlockMax = 50
)

// readDraft checks text, blocks, attachments and metadata of a message.
func (s *Server) readDraft(c *call, textMax int) (draft, *refusal) {
	var d draft
	text := c.str("text")
	if utf8.RuneCountInString(text) > textMax {
		return d, refuse("msg_too_long")
	}
	if c.str("parse") == "none" {
		d.text = keepEscaped(text)
	} else {
		d.text = s.rewriteText(text)
	}
	d.hasBlocks, d.hasAttach = c.has("blocks"), c.has("attachments")
	if raw := c.raw("blocks"); len(raw) > 0 {
		blocks, ref := s.readBlocks(raw, inMessage)
		if ref != nil {
			return d, ref
		}
		d.blocks = blocks
	}
	if raw := c.raw("attachments"); len(raw) > 0 {
		var list []map[string]any
		if json.Unmarshal(raw, &list) != nil {
			return d, refuse("invalid_attachments")
		}
		if len(list) > 100 {
			return d, refuse("too_many_attachments")
		}
		if len(list) > 0 {
			d.attachments = raw
		}
	}
	if raw := c.raw("metadata"); len(raw) > 0 {
		if ref := checkMetadata(raw); ref != nil {
			return d, ref
		}
		d.metadata = raw
	}
	return d, nil
}

func (d *draft) empty() bool {
	return strings.TrimSpace(d.text) == "" && len(d.blocks) == 0 && len(d.attachments) == 0
}

// checkMetadata follows docs.slack.dev/messaging/message-metadata: an event_type
// of letters, digits and underscores, and an object as event_payload.
func checkMetadata(raw json.RawMessage) *refusal {
	var md struct {
		Type    *string         `json:"event_type"`
		Payload *map[string]any `json:"event_payload"`
	}
	if json.Unmarshal(raw, &md) != nil {
		return refuse("invalid_metadata_format")
	}
	if md.Type == nil || *md.Type == "" || md.Payload == nil || len(*md.Type) > 255 {
		return refuse("invalid_metadata_schema")
	}
	for _, r := range *md.Type {
		if r != '_' && r != '.' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return refuse("invalid_metadata_schema")
		}
	}
	if len(raw) > metadataMax {
		return refuse("metadata_too_large")
	}
	return nil
}
