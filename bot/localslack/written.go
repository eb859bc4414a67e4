package localslack

import (
	"encoding/json"
	"maps"
	"slices"
)

// written is json.Marshal for what Slack's answers are made of. JSON that is
// kept was checked when it came in and goes out as it is: json.Marshal would
// read the blocks of a message once more for every frame around them, which is
// most of what a post costs.
func written(v any) ([]byte, error) { return appendJSON(make([]byte, 0, 512), v) }

func appendJSON(out []byte, v any) (_ []byte, err error) {
	switch v := v.(type) {
	case nil:
		return append(out, "null"...), nil
	case string:
		return appendText(out, v)
	case bool:
		if v {
			return append(out, "true"...), nil
		}
		return append(out, "false"...), nil
	case json.RawMessage:
		if v == nil {
			return append(out, "null"...), nil
		}
		return append(out, v...), nil
	case answer:
		return appendObject(out, v)
	case map[string]any:
		return appendObject(out, v)
	case []any:
		if v == nil {
			return append(out, "null"...), nil
		}
		out = append(out, '[')
		for i, item := range v {
			if i > 0 {
				out = append(out, ',')
			}
			if out, err = appendJSON(out, item); err != nil {
				return nil, err
			}
		}
		return append(out, ']'), nil
	}
	b, err := json.Marshal(v)
	return append(out, b...), err
}

func appendObject(out []byte, v map[string]any) (_ []byte, err error) {
	if v == nil {
		return append(out, "null"...), nil
	}
	out = append(out, '{')
	for i, k := range slices.Sorted(maps.Keys(v)) {
		if i > 0 {
			out = append(out, ',')
		}
		if out, err = appendText(out, k); err != nil {
			return nil, err
		}
		if out, err = appendJSON(append(out, ':'), v[k]); err != nil {
			return nil, err
		}
	}
	return append(out, '}'), nil
}

// appendText writes a string; what has to be escaped json.Marshal escapes.
func appendText(out []byte, s string) ([]byte, error) {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			b, err := json.Marshal(s)
			return append(out, b...), err
		}
	}
	return append(append(append(out, '"'), s...), '"'), nil
}
