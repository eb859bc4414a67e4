package bot

import (
	"os"
	"strings"
	"testing"
	"time"
)

// Every word with every kind of mistake: one clear line comes back, nothing
// fails, and nothing is said at length.
func TestEveryWordAnswersMistakesInOneClearLine(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	show := os.Getenv("SHOW_MISTAKES") != ""
	mistakes := []string{
		"", "   ", "🦄", "99", "nobody", `"jane" "doe"`, `"jane`, strings.Repeat("x", 3000), strings.Repeat("word ", 600), "1 someday", "1 🦄", "1 2025-12-01", "1 31.2.", `1 "a "b"`,
		"fri 1", "1 @nobody", "1 : x", "1 12/03", "@", "1 -1", "0", "-3", "1 2 3",
	}
	for _, r := range Table().Commands {
		for _, args := range mistakes {
			k.w.move(k.w.now().Add(time.Second))
			line := strings.TrimSpace(r.Word + " " + args)
			if p, err := k.w.store.Prospect(t.Context(), 1); err != nil || p.Name != "Jane Doe" || r.Word == "add" {
				if err != nil {
					k.types(addJane)
				}
			}
			k.types(line)
			said := k.said()
			if show {
				t.Logf("%-40.40s → %.400s", line, strings.ReplaceAll(said, "\n", " ⏎ "))
			}
			switch {
			case r.Word == "snooze" && args == "" && !strings.Contains(said, "snooze jane next tue"), r.Word == "snooze" && args == "fri 1" && !strings.Contains(said, "“fri” is a day, and the person comes first."):
				t.Errorf("%s: %s", line, said)
			case said == "":
				t.Errorf("%.60s: no answer", line)
			case strings.Contains(said, "went wrong"):
				t.Errorf("%.60s: failed: %s", line, said)
			case k.last.View == nil && len(said) > 900 && r.Word != "help" && r.Word != "list" && r.Word != "show" && r.Word != "next" && r.Word != "plan" && r.Word != "check" && r.Word != "edit" && r.Word != "team":
				t.Errorf("%.60s: %d bytes, one clear line was promised:\n%s", line, len(said), said)
			}
			if k.last.View != nil {
				k.got(k.p.ClearViews())
			}
		}
	}
}

// Under a card "3 days" is a span, not number 3, which may well be somebody.
func TestUnderACardASpanOfDaysIsNoNumber(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("add Bo Ek, Acme phone:+49341555777 starts:today")
	k.types("add Al Orr, Acme phone:+49341555778 starts:today")
	k.got(k.p.Say("", "show 1"))
	var card string
	for _, m := range k.last.Shown {
		if strings.Contains(m.Text, "Jane Doe, Acme (#1)") {
			card = m.TS
		}
	}
	k.got(k.p.SayInThread("", card, "snooze 3 days")).sees("Snoozed Jane Doe, Acme until Thu 5 March")
	k.got(k.p.SayInThread("", card, "snooze 3 fri")).sees("Snoozed Al Orr, Acme until Fri 6 March")
	k.got(k.p.Say("", "snooze 2 days")).sees("I cannot read “days” as a day.") // no card, so 2 is whom
}
