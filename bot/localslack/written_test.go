package localslack

import (
	"encoding/json"
	"testing"
)

func TestWrittenAsMarshalDoes(t *testing.T) {
	t.Parallel()
	for _, v := range []any{
		nil, true, false, "", "plain", "say \"hi\" \\ <b> & é \u2028 \n", 7, 1.5, json.Number("12"), []any(nil), []any{}, []any{1, "a", nil, []any{true}},
		map[string]any(nil), map[string]any{}, answer{"ok": true, "a<b": []string{"x"}, "n": map[string]any{"z": 1, "a": json.RawMessage(`{"k":[1,2]}`)}},
		json.RawMessage(nil), json.RawMessage(`"x"`), struct{ A int }{3},
	} {
		want, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := written(v); err != nil || string(got) != string(want) {
			t.Errorf("%#v: %s, %v, want %s", v, got, err, want)
		}
	}
	if got, err := written([]any{make(chan int)}); err == nil {
		t.Errorf("a channel is written as %s", got)
	}
}
