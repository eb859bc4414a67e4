package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// A card shows the newest facts, says how many more there are, and leads to all
// of them in full.
func TestAllFactsCanBeRead(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane) // with one fact
	if k.types("show jane"); strings.Contains(string(k.last.Shown[0].Blocks), "All facts") {
		t.Error("one short fact needs no list of its own")
	}
	long := strings.Repeat("their year ends in June and ", 20) + "so does the budget"
	k.types("note 1 said: " + long)
	for i := range 7 {
		k.w.move(k.w.now().Add(time.Second))
		k.types(fmt.Sprintf("note 1 research: depot number %d", i)).sees("Noted")
	}
	k.types("show jane")
	if card := string(k.last.Shown[0].Blocks); !strings.Contains(card, "and 3 earlier") || strings.Contains(card, "depot number 0") || !strings.Contains(card, "depot number 6") {
		t.Errorf("the card holds %s", card)
	}
	k.got(k.p.Choose(k.last.Shown[0], "more", "All facts")).sees("Known about Jane Doe, Acme, newest first")
	all := string(k.last.Shown[len(k.last.Shown)-1].Blocks)
	if newest, oldest := strings.Index(all, "depot number 6"), strings.Index(all, "opened a hub in Leipzig"); newest < 0 || oldest < newest || !strings.Contains(all, long) {
		t.Errorf("all facts are %s", all)
	}
	for i := range 20 {
		k.w.move(k.w.now().Add(time.Second))
		k.types(fmt.Sprintf("note 1 trigger: event number %d", i))
	}
	k.types("show jane facts").presses("17 earlier").sees("Known about Jane Doe, Acme", "Research: depot number 6").presses("5 earlier").sees("opened a hub in Leipzig")
}
