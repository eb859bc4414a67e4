package view

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// maxNuggets is how many nuggets the list shows.
const maxNuggets = 40

// Nuggets lists what the team can offer, by number.
func Nuggets(nuggets []coach.Nugget, slash string) Message {
	if len(nuggets) == 0 {
		return tell(word("No nuggets yet. One outcome, story, issue or resource opens several angles at once: "),
			code(slash+" nugget add outcome: cut invoice errors by a third in one quarter"))
	}
	text := []string{count(len(nuggets), "nugget", "nuggets")}
	var items []slack.RichTextElement
	for _, n := range nuggets[:min(len(nuggets), maxNuggets)] {
		line := fmt.Sprintf("%d  %s: %s", n.ID, n.Kind, clip(n.Text, 250))
		text = append(text, line)
		items = append(items, para(word(line)))
	}
	m := Message{Text: clipText(Escape(strings.Join(text, "\n"))), Blocks: []slack.Block{rich("", para(bold(text[0])), bullets(items...))}}
	if more := len(nuggets) - maxNuggets; more > 0 {
		m.Blocks = append(m.Blocks, small(fmt.Sprintf("And %d more.", more)))
	}
	how := Command(slash, "nugget add story: …") + " adds one, " + Command(slash, fmt.Sprintf("nugget remove %d", nuggets[0].ID)) + " takes one away; each can be undone."
	m.Blocks = append(m.Blocks, small(how))
	return m
}
