package view

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// maxNuggets is how many nuggets the list shows.
const maxNuggets = 40

// NuggetDays is how far back the list counts what a nugget was used for.
const NuggetDays = 90

// Nuggets lists what the team can offer, by number, with what each was used
// for in the last [NuggetDays] days and a button that takes it away.
func Nuggets(nuggets []coach.Nugget, uses map[int64]coach.Rate, slash string) Message {
	if len(nuggets) == 0 {
		return tell(word("No nuggets yet. One outcome, story, issue or resource opens several angles at once: "),
			code(strings.TrimSpace(slash+" nugget add outcome: cut invoice errors by a third in one quarter")))
	}
	text := []string{count(len(nuggets), "nugget", "nuggets")}
	m := Message{Blocks: []slack.Block{rich("", para(bold(text[0])))}}
	for _, n := range nuggets[:min(len(nuggets), maxNuggets)] {
		line := fmt.Sprintf("%d  %s: %s", n.ID, n.Kind, clip(n.Text, 250))
		used := nuggetUsed(uses[n.ID])
		text = append(text, line+" ("+used+")")
		b := words(line + "\n" + upper(used) + ".")
		b.Accessory = slack.NewAccessory(button("Remove", ActionRun+":nugget", fmt.Sprintf("nugget remove %d", n.ID)).
			asking("Remove this nugget", "It goes for the whole team, and no draft rests on it any more. It can be undone for a day.", "Remove").draw())
		m.Blocks = append(m.Blocks, b)
	}
	m.Text = clipText(Escape(strings.Join(text, "\n")))
	if more := len(nuggets) - maxNuggets; more > 0 {
		m.Blocks = append(m.Blocks, small(fmt.Sprintf("And %d more.", more)))
	}
	m.Blocks = append(m.Blocks, small(Command(slash, "nugget add story: …")+" adds one."))
	return m
}

// nuggetUsed is "used 12 times in 90 days, 2 of them answered".
func nuggetUsed(r coach.Rate) string {
	switch {
	case r.Tried == 0:
		return fmt.Sprintf("not used in %d days", NuggetDays)
	case r.Replied == 0:
		return fmt.Sprintf("used %s in %d days, no answer yet", count(r.Tried, "time", "times"), NuggetDays)
	}
	return fmt.Sprintf("used %s in %d days, %d of them answered", count(r.Tried, "time", "times"), NuggetDays, r.Replied)
}
