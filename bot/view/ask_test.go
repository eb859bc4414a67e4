package view

import (
	"encoding/json"
	"strings"
	"testing"
)

// A question of which an answer has no room in a button says how to answer it.
func TestAQuestionWithoutRoomForItsAnswersSaysSo(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("word ", 800)
	for name, row := range map[string]struct {
		answers []Next
		want    bool
	}{
		"none fits": {[]Next{{"Yes", "replied 1 no " + long}}, true},
		"one fits":  {[]Next{{"Yes", "replied 1 no"}, {"Only their words", "replied 1 " + long}}, true},
		"all fit":   {[]Next{{"Yes", "replied 1 no"}}, false},
	} {
		m := Ask("Is that the answer?", row.answers...)
		raw, err := json.Marshal(m.Blocks)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(string(raw), "too long for a button") && strings.Contains(m.Text, "too long for a button"); got != row.want {
			t.Errorf("%s: said so: %v, want %v: %s", name, got, row.want, raw)
		}
	}
}
