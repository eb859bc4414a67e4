package bot

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func TestMembersAreThoseOfTheObject(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		`{}`, ` { } `, `{"a":1}`, `{"a":"}","b":"\"","c":"\\","d":"\\\""}`, "{\"a\" :\n{\"b\":[1,{\"c\":\"]\"}]} , \"d\":null}",
		`{"a":[],"b":{},"c":-1.5e3,"d":true}`, `{"text":"say \"bot_id\":\"B1\"","blocks":[{"type":"x"}]}`,
		``, `[]`, `"a"`, `{`, `{"a"`, `{"a":`, `{"a":1`, `{"a":1,`, `{"a":1,}`, `{"a":"`, `{"a":"\"}`, `{"a":[1}`, `{a:1}`, `{"a":1}{}`, `{"a" 1}`, `{"a":,"b":1}`, `{"a":{"b":"}`,
	} {
		want := map[string]json.RawMessage{}
		sound := json.Unmarshal([]byte(raw), &want) == nil
		got := map[string]json.RawMessage{}
		well := members([]byte(raw), func(key string, value []byte) { got[key] = value })
		if sound && (!well || !reflect.DeepEqual(got, want)) {
			t.Errorf("%s is read as %v %s, want %s", raw, well, got, want)
		}
		if well && !sound && !strings.Contains(raw, "[1}") { // what is inside is its reader's to judge
			t.Errorf("%s is read as %s", raw, got)
		}
	}
}

func TestAnEnvelopeIsReadAsItWas(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		`{"envelope_id":"e1","type":"slash_commands","payload":{"a":[1,"}"]},"retry_attempt":2,"retry_reason":"timeout"}`,
		`{"type":"hello","num_connections":3,"debug_info":{"host":"x"}}`, `{"type":"disconnect","reason":"warning"}`,
		`{"type":"a\u0062c","retry_attempt":null}`, `{"type":7}`, `{"type":"x"`, `7`, `{"Type":"x"}`,
	} {
		var want envelope
		wrong := json.Unmarshal([]byte(raw), &want)
		got, err := readEnvelope([]byte(raw))
		if (err == nil) != (wrong == nil) || err == nil && raw != `{"Type":"x"}` && fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Errorf("%s is read as %+v, %v, want %+v, %v", raw, got, err, want, wrong)
		}
	}
}

func TestOnlyAProgramsMessageIsAnEcho(t *testing.T) {
	t.Parallel()
	for payload, want := range map[string]bool{
		`{"event":{"type":"message","user":"U1","bot_id":"B1","text":"hello"}}`:              true,
		`{"event":{"type":"message","user":"U1","text":"\"bot_id\":\"B1\""}}`:                false,
		`{"event":{"type":"message","user":"U1","bot_id":null}}`:                             false,
		`{"event":{"type":"message","user":"U1","bot_id":""}}`:                               false,
		`{"event":{"type":"message","user":"U1","files":[{"bot_id":"B1"}]}}`:                 false,
		`{"event":{"type":"app_home_opened","user":"U1","bot_id":"B1"}}`:                     false,
		`{"event":{"type":"message","subtype":"message_changed","message":{"bot_id":"B1"}}}`: false,
		`{"event":"x"}`: false,
		``:              false,
	} {
		if got := echoed(envelope{Type: "events_api", Payload: json.RawMessage(payload)}); got != want {
			t.Errorf("%s: %v, want %v", payload, got, want)
		}
	}
}
