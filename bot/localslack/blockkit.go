package localslack

import (
	"encoding/json"
)

type where int

const (
	inMessage where = iota
	inModal
	inHome
)

// readBlocks checks blocks and makes them what Slack keeps.
func (s *Server) readBlocks(raw json.RawMessage, at where) (json.RawMessage, *refusal) {
	var list []any
	if json.Unmarshal(raw, &list) != nil {
		return nil, refuse("invalid_blocks_format")
	}
	return raw, nil
}

func (s *Server) checkView(raw json.RawMessage) (map[string]any, []string) {
	var obj map[string]any
	if json.Unmarshal(raw, &obj) != nil {
		return nil, []string{"[ERROR] invalid view"}
	}
	return obj, nil
}

func typedBlocks(text string) json.RawMessage { return nil }
