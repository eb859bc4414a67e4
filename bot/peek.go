package bot

import (
	"bytes"
	"encoding/json"
)

// members calls fn for every member of a JSON object, its key and its value as
// they stand in raw. It looks no deeper: who reads a value finds out what is
// wrong inside. False: raw is no object, and nothing that fn heard counts. It
// is for what Slack repeats of a message, tens of kilobytes of which two words
// are needed.
func members(raw []byte, fn func(key string, value []byte)) bool {
	i := spaceEnd(raw, 0)
	if i >= len(raw) || raw[i] != '{' {
		return false
	}
	if i = spaceEnd(raw, i+1); i < len(raw) && raw[i] == '}' {
		return spaceEnd(raw, i+1) == len(raw)
	}
	for {
		from := i
		if i = quotedEnd(raw, i); i < 0 {
			return false
		}
		key := string(raw[from+1 : i-1])
		if i = spaceEnd(raw, i); i >= len(raw) || raw[i] != ':' {
			return false
		}
		from = spaceEnd(raw, i+1)
		if i = valueEnd(raw, from); i < 0 {
			return false
		}
		fn(key, raw[from:i])
		if i = spaceEnd(raw, i); i >= len(raw) {
			return false
		}
		switch raw[i] {
		case '}':
			return spaceEnd(raw, i+1) == len(raw)
		case ',':
			i = spaceEnd(raw, i+1)
		default:
			return false
		}
	}
}

// spaceEnd is where the space that begins at i ends.
func spaceEnd(raw []byte, i int) int {
	for i < len(raw) && (raw[i] == ' ' || raw[i] == '\n' || raw[i] == '\t' || raw[i] == '\r') {
		i++
	}
	return i
}

// quotedEnd is the place behind the string that begins at i, -1 if none does.
func quotedEnd(raw []byte, i int) int {
	if i >= len(raw) || raw[i] != '"' {
		return -1
	}
	for i++; ; i++ {
		n := bytes.IndexByte(raw[i:], '"')
		if n < 0 {
			return -1
		}
		i += n
		slashes := 0
		for raw[i-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return i + 1
		}
	}
}

// valueEnd is the place behind the value that begins at i, -1 if none does.
func valueEnd(raw []byte, i int) int {
	if i >= len(raw) {
		return -1
	}
	switch raw[i] {
	case '"':
		return quotedEnd(raw, i)
	case '{', '[':
		for depth := 0; i < len(raw); i++ {
			switch raw[i] {
			case '"':
				if i = quotedEnd(raw, i) - 1; i < 0 {
					return -1
				}
			case '{', '[':
				depth++
			case '}', ']':
				if depth--; depth == 0 {
					return i + 1
				}
			}
		}
		return -1
	}
	from := i
	for i < len(raw) && raw[i] != ',' && raw[i] != '}' && raw[i] != ']' && raw[i] > ' ' {
		i++
	}
	if i == from {
		return -1
	}
	return i
}

// readEnvelope reads a frame; its payload stays as it came.
func readEnvelope(raw []byte) (e envelope, err error) {
	into := map[string]any{"envelope_id": &e.ID, "type": &e.Type, "reason": &e.Reason, "retry_attempt": &e.Retry, "num_connections": &e.NumConns}
	well := members(raw, func(key string, value []byte) {
		if to := into[key]; to != nil && err == nil {
			err = json.Unmarshal(value, to)
		}
		if key == "payload" {
			e.Payload = value
		}
	})
	if !well || err != nil {
		e = envelope{}
		err = json.Unmarshal(raw, &e)
	}
	return e, err
}

// echoed tells whether an event is a message of a program's, which most often
// is the one that we just posted. Nobody waits for an answer to it.
func echoed(e envelope) bool {
	if e.Type != "events_api" {
		return false
	}
	var event []byte
	kind, bot := "", []byte(nil)
	return members(e.Payload, func(key string, value []byte) {
		if key == "event" {
			event = value
		}
	}) && members(event, func(key string, value []byte) {
		switch key {
		case "type":
			kind = string(value)
		case "bot_id":
			bot = value
		}
	}) && kind == `"message"` && len(bot) > 2 && bot[0] == '"'
}
