package bot

import (
	"strings"
	"testing"
	"time"
)

// A text just logged is no repeat of itself (A1), whether the person is new or
// has a history; the very same words on a later day are.
func TestA1_ATextJustLoggedIsNoRepeatOfItself(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("note 1 research: opened a hub in Leipzig")
	for i, text := range []string{
		"Jane, your new hub in Leipzig, new carriers: who checks their invoices? Ada, Northwind",
		"Jane, the Leipzig hub has three docks. Which one fills first on a Monday? Ada, Northwind",
		"Would a giraffe fit through the gate at Acme?",
	} {
		k.types("log 1 linkedin " + text).sees("Logged: LinkedIn message to Jane Doe")
		for _, m := range k.last.Shown {
			if strings.Contains(string(m.Blocks)+m.Text, "nearly the same") {
				t.Errorf("text %d is called a repeat of itself: %s", i+1, m.Text)
			}
		}
		k.w.move(k.w.now().AddDate(0, 0, 7).Add(time.Second))
	}
	k.types("log 1 linkedin Jane, your new hub in Leipzig, new carriers: who checks their invoices? Ada, Northwind").sees("nearly the same")
}
