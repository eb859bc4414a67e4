package view

import (
	"encoding/json"
	"strings"
	"testing"
)

// What is too long for a button leaves a choice that can be read and typed.
func TestAChoiceWithoutRoomForButtonsStillNamesThem(t *testing.T) {
	t.Parallel()
	m := Choose("jane", []Line{{ID: 1, Name: "Jane Doe", Company: "Acme"}, {ID: 2, Name: "Jane Roe", Company: "Acme"}}, func(int64) string { return "note 1 said: " + strings.Repeat("word ", 800) })
	raw, err := json.Marshal(m.Blocks)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"#1 Jane Doe, Acme", "#2 Jane Roe, Acme", "number in place of the name"} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("%q is not shown: %s", want, raw)
		}
	}
}
