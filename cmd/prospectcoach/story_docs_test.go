package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// documented finds the commands in a page: whole lines of a block, and those
// between backticks.
var documented = regexp.MustCompile("(?m)^\\s*(/prospect .*)$|`(/prospect[^`]*)`")

// Every command that the pages for reps and managers show is understood. In
// them Jane is number 12; here she is number 1.
func TestStory_ThePagesAreTrue(t *testing.T) {
	t.Parallel()
	for page, atLeast := range map[string]int{"reps.md": 4, "managers.md": 7} {
		raw, err := os.ReadFile("../../docs/" + page)
		if err != nil {
			t.Fatal(err)
		}
		w := newWorld(t, "Mon 2026-01-12 10:00", "Europe/Berlin")
		w.Joins("ada", "mei", "ruth")
		ada, ruth := w.Person("ada"), w.Person("ruth")
		ada.Command(janeLine)
		ada.Command("/prospect add Bob Ray, Beta email:bob@beta.test")
		n := 0
		for _, m := range documented.FindAllStringSubmatch(string(raw), -1) {
			line := strings.ReplaceAll(strings.TrimSpace(m[1]+m[2]), " 12", " 1")
			if line == "/prospect" {
				continue
			}
			who := ada
			if page == "managers.md" {
				who = ruth
			}
			answer := who.Command(line)
			if answer.view != nil {
				who.ClearViews()
			}
			answer.SeesNot("I do not know", "went wrong", "Like this", "None of your")
			n++
		}
		if n < atLeast {
			t.Errorf("%s shows %d commands; is the pattern still right?", page, n)
		}
		for _, m := range w.slack.Unexpected() {
			w.slack.Take(m)
		}
	}
}

// The six words of the page for reps, as its table writes them.
func TestStory_TheSixWordsOfThePage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-12 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	w.Joins("ada")
	ada.Command(janeLine)
	raw, err := os.ReadFile("../../docs/reps.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, six := range []struct{ line, sees string }{
		{"next jane", "Jane Doe"}, {"log jane email", "Logged"}, {"snooze jane next week", "Snoozed"}, {"replied jane meeting 12 March", "12 March"},
	} {
		if !strings.Contains(string(raw), "| `"+six.line+"` |") {
			t.Errorf("the page does not show %q", six.line)
		}
		ada.Say(six.line).Sees(six.sees)
	}
}
