package bot

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/prospectcoach/prospectcoach/bot/view"
)

// Every word has a line of help, an example that begins with it, and its
// arguments in plain words.
func TestEveryWordHasAnExampleAndItsArgumentsInPlainWords(t *testing.T) {
	t.Parallel()
	for _, r := range Table().Commands {
		m := view.HelpWord(helpLine(r), "/prospect")
		if word, _ := firstWord(r.Example); r.Help == "" || word != r.Word {
			t.Errorf("%s: help %q, example %q", r.Word, r.Help, r.Example)
		}
		if strings.Contains(r.Args, "REF") && !strings.Contains(m.Text, "or the number on the card, such as 12") {
			t.Errorf("%s does not say who is who: %s", r.Word, m.Text)
		}
		for _, arg := range strings.FieldsFunc(m.Text, func(c rune) bool { return !(c >= 'A' && c <= 'Z') }) {
			if len(arg) > 1 && arg != "CFO" && arg != "CSV" && arg != "DM" {
				t.Errorf("%s is explained with %s, which only who made it understands: %s", r.Word, arg, m.Text)
			}
		}
	}
}

// help all is one message, with every word in text and blocks, uncut; words
// that help does not know get the nearest.
func TestHelpAllFitsInOneMessage(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types("help all")
	if len(k.last.Shown) != 1 {
		t.Fatalf("%d messages", len(k.last.Shown))
	}
	m := k.last.Shown[0]
	if n := utf8.RuneCountInString(m.Text); n > view.MaxText || strings.HasSuffix(m.Text, "…") {
		t.Errorf("the text has %d characters", n)
	}
	for _, r := range k.w.bot.routes.Commands {
		if example := "/prospect " + r.Example; !strings.Contains(m.Text, example) || !strings.Contains(strings.ReplaceAll(string(m.Blocks), `\u0026`, "&"), example) {
			t.Errorf("%s is not in it", r.Word)
		}
	}
	k.types("help snoze").sees("I do not know", "snooze")
	k.presses("Yes: help snooze").sees("snooze who when", "a day as you would write it")
	k.types("help banana").sees("I do not know")
	k.types("help").sees("snooze jane next tue", "the number on the card")
	k.types("help me").sees("/prospect snooze jane next tue")
	k.presses("All commands").sees("/prospect undo", "You and your data")
	k.got(k.p.Say("", "thanks")) // so that the welcome is over
	k.got(k.p.Say("", "help")).sees("`snooze jane next tue`")
	if strings.Contains(k.said(), "/prospect") {
		t.Errorf("a slash where none is needed:\n%s", k.said())
	}
}

// The first words of a morning lead to what is due.
func TestGreetingsLeadToWhatIsDue(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	for _, line := range []string{"today", "Who’s due?", "hi", "Good morning!"} {
		k.got(k.p.Say("", line)).sees("1 due now", "Jane Doe, Acme")
	}
	k.types("add Hi Ho, Silver phone:+4934198765").sees("Added #2")
	k.types("hi").sees("Hi Ho, Silver (#2)") // whom the words name goes first
	k.types("xyzzy").sees("I do not know").presses("What is due").sees("1 prospect due")
}
