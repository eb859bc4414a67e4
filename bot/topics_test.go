package bot

import (
	"strings"
	"testing"
)

// Whoever asks in their own words is led to the page that answers, with help
// before it or without.
func TestQuestionsInOwnWordsAreAnswered(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	for line, want := range map[string]string{
		"how do I change the rhythm": "The rhythm follows the person’s level",
		"help cadence":               "The rhythm follows the person’s level",
		"help holiday":               "Days off and country stand in the settings.",
		"can I change the time of the morning message?": "you can choose the hour",
		"how do I import a csv":                         "Drop a CSV into our direct message",
		"who sees my data?":                             "Nobody but you and your manager sees",
		"what do I do when they are out of office?":     "Out of office is away",
		"how can I hand somebody to a colleague":        "they accept first",
		"what is an angle?":                             "the reason to answer that a message rests on",
		"how do I undo a mistake":                       "Undo takes your last change back",
		"help gatekeepers":                              "Note what the assistant says",
		"how does snooze work?":                         "Puts a prospect aside until a day.",
		"help how do I snooze somebody":                 "Puts a prospect aside until a day.",
		"where do I begin":                              "Add somebody, see what to say first",
	} {
		k.types(line)
		if !strings.Contains(k.said(), want) {
			t.Errorf("%q is answered with %s", line, k.said())
		}
	}
	k.types("help me").sees("snooze jane next tue")
	k.types("help snooze").sees("Puts a prospect aside until a day.")
	k.types("what about the bananas?").sees("I do not know")
	k.types("how do I change my days off").presses("Settings").sees("Working days")
	k.p.ClearViews()
	k.types("why is jane due today").sees("That looks like a question").presses("It is my why").sees("Kept.")
	k.types("why I take paperwork off people's desks").sees("Kept.")
}

// A topic names commands that there are, and says something in a few lines.
func TestTopicsNameCommands(t *testing.T) {
	t.Parallel()
	r := Table()
	for _, x := range topics {
		if len(x.words) == 0 || len(x.say) < 60 || len(x.say) > 500 {
			t.Errorf("%s: %d commands, %d characters", x.about, len(x.words), len(x.say))
		}
		for _, w := range x.words {
			if _, ok := r.command(w, false); !ok {
				t.Errorf("%s names %q, which is no command", x.about, w)
			}
		}
	}
}
