package view

import (
	"fmt"

	"github.com/slack-go/slack"
)

// maxTeam is how many reps a manager's screens show.
const maxTeam = 15

// TeamLine is one rep as a manager sees them at a glance.
type TeamLine struct {
	ID, Name  string
	Due, Late int // to be done today or before; of those, before today
	Active    int // prospects with a day to come or due
}

// Lead greets a manager who pursues nobody: the team at a glance, and what a
// manager can do here.
func Lead(team []TeamLine, slash string) Message {
	if len(team) == 0 {
		m := tell(word("Hello. Your reps work with me in their own messages; once they have prospects, you see here what is due and late. "),
			code(slash+" import"), word(" says how a list of prospects comes in, "), code(slash+" nugget"), word(" shows what the team can offer."))
		return withButtons(m, row("", leadKnobs()))
	}
	m := Message{Text: "Your team", Blocks: append([]slack.Block{header("Your team")}, teamBlocks(team)...)}
	for _, l := range team[:min(len(team), maxTeam)] {
		m.Text += "\n" + Escape(l.Name+": "+l.says())
	}
	m.Text = clipText(m.Text)
	m.Blocks = append(m.Blocks, row("", leadKnobs()),
		small("In a card, Hand over gives a prospect to a colleague; "+Command(slash, "list @name")+" and "+Command(slash, "week @name")+" show one rep’s."))
	return m
}

func leadKnobs() []knob {
	return []knob{
		button("The team’s week", ActionRun+":look-team", "team"), button("What the team can offer", ActionRun+":look-nuggets", "nugget"),
		button("Add a prospect", ActionAdd, ""), button("Settings", ActionSettings, ""), button("All commands", ActionRun+":look-all", "help all"),
	}
}

// teamBlocks are the reps, each with the way to their list.
func teamBlocks(team []TeamLine) []slack.Block {
	var blocks []slack.Block
	for _, l := range team[:min(len(team), maxTeam)] {
		blocks = append(blocks, slack.NewSectionBlock(plain(clip(l.Name, 80)+"\n"+l.says(), 300), nil,
			slack.NewAccessory(button("Open", ActionRun+":look-rep", "list @"+l.ID).draw())))
	}
	if more := len(team) - maxTeam; more > 0 {
		blocks = append(blocks, small(fmt.Sprintf("And %d more.", more)))
	}
	return blocks
}

func (l TeamLine) says() string {
	due := "nothing due"
	if l.Due > 0 {
		due = fmt.Sprintf("%d due", l.Due)
	}
	if l.Late > 0 {
		due += fmt.Sprintf(", %d of them late", l.Late)
	}
	return due + " · " + count(l.Active, "prospect", "prospects") + " in work"
}
