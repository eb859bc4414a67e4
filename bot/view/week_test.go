package view

import (
	"encoding/json"
	"strings"
	"testing"
)

// S6: who is shown no chart reads the same numbers, by day as well.
func TestS6_WhatTheChartByDayShowsStandsInWords(t *testing.T) {
	t.Parallel()
	m := Week(WeekView{Week: sampleWeek(), Team: true})
	plain, err := json.Marshal(m.Plain)
	if err != nil {
		t.Fatal(err)
	}
	const want = "Day: Mon 2, 9 attempts, 1 reply; Tue 3, 12 attempts, 2 replies"
	if !strings.Contains(m.Text, want) || !strings.Contains(string(plain), want) {
		t.Errorf("%q is not in the text %q or the plain dress %s", want, m.Text, plain)
	}
}
