package view

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// HomeView is what a rep sees when opening the bot: at most ten due, the next
// seven days, last tries, and this month's replies.
type HomeView struct {
	Rep       *coach.Rep
	Today     coach.Date
	Cards     []NudgeCard
	More      More
	NextDays  []coach.DayCount // seven days; Attempts is what is due
	LastTries []Line
	Replies   []HomeReply // this month's
	Team      []TeamLine  // a manager's: the reps at a glance
	Leads     bool        // a manager who pursues nobody: the team is all there is
	New       bool        // a rep without a prospect so far: the first steps are all there is
	Paused    bool        // until Rep.PausedUntil, or until resumed
	Slash     string
}

// HomeReply is one reply and the attempt on which it came.
type HomeReply struct {
	Name, Company string
	Attempt       int
	Channel       coach.Channel
}

// Home draws the App Home, within 100 blocks and without charts.
func Home(v HomeView) *slack.HomeTabViewRequest {
	if v.Leads {
		lead := Lead(v.Team, v.Slash)
		return &slack.HomeTabViewRequest{Type: slack.VTHomeTab, CallbackID: "home", Blocks: slack.Blocks{BlockSet: lead.Blocks}}
	}
	if v.New {
		return &slack.HomeTabViewRequest{Type: slack.VTHomeTab, CallbackID: "home", Blocks: slack.Blocks{BlockSet: Welcome(v.Rep, v.Slash).Blocks}}
	}
	blocks := []slack.Block{header(nudgeTitle(len(v.Cards)+v.More.all(), InNudge(v.Today)))}
	if v.Paused {
		say := "You paused: no morning message until you resume."
		if v.Rep.PausedUntil != 0 {
			say = "You paused: no morning message until " + FullDay(v.Rep.PausedUntil, v.Today) + "."
		}
		b := words(say)
		b.Accessory = slack.NewAccessory(button("Resume", ActionRun+":resume", "resume").draw())
		blocks = append(blocks, b)
	}
	for _, c := range v.Cards[:min(len(v.Cards), maxCards)] {
		blocks = append(blocks, homeCard(c, v.Today))
	}
	if v.More.all() > 0 {
		blocks = append(blocks, small(v.More.words(v.Slash)))
	}
	add := button("Add a prospect", ActionAdd, "")
	if len(v.Cards) == 0 {
		add = add.primary()
	}
	blocks = append(blocks,
		row("", []knob{add, button("All my prospects", ActionRun+":all", "list all"), button("Settings", ActionSettings, "")}),
		divider(), rich("", para(bold("Next seven days")), weekAhead(v.NextDays)),
		rich("", para(bold("Last tries")), homeTries(lastTries(v), v.Today)),
		rich("", para(bold("Replies this month")), homeReplies(v.Replies)))
	if len(v.Team) > 0 {
		blocks = append(append(blocks, divider(), rich("", para(bold("Your team")))), teamBlocks(v.Team)...)
	}
	return &slack.HomeTabViewRequest{Type: slack.VTHomeTab, CallbackID: "home", Blocks: slack.Blocks{BlockSet: blocks}}
}

// CallbackCard is a window that holds what would stand in a message, where no
// message can: a prospect opened from the Home.
const CallbackCard = "card"

// windowTitles say what a window holds, by the action that opened it or, where
// that runs a command line, by its word.
var windowTitles = map[string]string{
	ActionNext: "Next step", ActionShow: "Prospect", ActionPlan: "Plan", ActionDraft: "Draft", ActionAngle: "Next step", ActionMoveOn: "Move on",
	ActionReplied: "They replied", ActionLog: "Logged", ActionUndo: "Taken back", "list": "Your prospects", "team": "The team’s week",
	"week": "The week", "nugget": "What the team can offer", "help": "Help", "resume": "You are back", "reopen": "Reopened", "forget": "Forget", "snooze": "Snoozed",
}

// WindowTitle is what stands above a window that an action opened; line is the
// command line that the action runs, "" for none.
func WindowTitle(action, line string) string {
	if action == ActionRun {
		action, _, _ = strings.Cut(line, " ")
		if strings.HasPrefix(line, "list @") {
			return "A rep’s prospects"
		}
	}
	return orDefault(windowTitles[action], "Prospects")
}

// CardWindow shows messages in a window, with their buttons.
func CardWindow(title string, messages ...Message) *slack.ModalViewRequest {
	var blocks []slack.Block
	for _, m := range messages {
		if len(m.Plain) > 0 {
			m.Blocks = m.Plain // charts stand in no window
		}
		if len(m.Blocks) == 0 {
			m.Blocks = []slack.Block{slack.NewSectionBlock(markup(m.Text), nil, nil)}
		}
		blocks = append(blocks, m.Blocks...)
	}
	apart(blocks)
	return &slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: CallbackCard, Title: plain(title, 24), Close: plain("Done", 24),
		Blocks: slack.Blocks{BlockSet: blocks[:min(len(blocks), 100)]},
	}
}

// apart gives each block an id of its own: what were several messages may
// bring one twice, which Slack refuses within one window.
func apart(blocks []slack.Block) {
	seen := map[string]int{}
	own := func(id *string) {
		if seen[*id]++; *id != "" && seen[*id] > 1 {
			*id += fmt.Sprintf(":%d", seen[*id])
		}
	}
	for i, block := range blocks {
		switch b := block.(type) {
		case *slack.RichTextBlock:
			c := *b
			own(&c.BlockID)
			blocks[i] = &c
		case *slack.SectionBlock:
			c := *b
			own(&c.BlockID)
			blocks[i] = &c
		case *slack.ActionBlock:
			c := *b
			own(&c.BlockID)
			blocks[i] = &c
		}
	}
}

// The Home names so many last tries and replies, and counts the rest.
const (
	homeMostTries   = 10
	homeMostReplies = 15
)

func homeTries(lines []Line, today coach.Date) slack.RichTextElement {
	if len(lines) == 0 {
		return para(word("Nobody."))
	}
	var items []slack.RichTextElement
	for _, l := range lines[:min(len(lines), homeMostTries)] {
		items = append(items, para(word(fmt.Sprintf("%s %s, %s", Num(l.ID), who(l.Name, l.Company), strings.TrimPrefix(lineState(l, today), "last tries: ")))))
	}
	return bullets(andMore(items, len(lines))...)
}

// lastTries leaves out whom the list above says to move on from: their tries
// are over.
func lastTries(v HomeView) []Line {
	over := map[int64]bool{}
	for _, c := range v.Cards {
		over[c.Prospect.ID] = c.Advice.Verdict.Kind == coach.MoveOnVerdict
	}
	var out []Line
	for _, l := range v.LastTries {
		if !over[l.ID] {
			out = append(out, l)
		}
	}
	return out
}

func homeCard(c NudgeCard, today coach.Date) slack.Block {
	text := Num(c.Prospect.ID) + "  " + Who(c.Prospect) + "\n" + cardStepLong(c.Prospect, c.Advice, today)
	if c.Owes {
		text = Num(c.Prospect.ID) + "  " + Who(c.Prospect) + "\n" + upper(c.step(today))
	}
	if c.Advice.OverdueDays > 0 {
		text += ", " + dueWords(c.Advice, today)
	}
	return slack.NewSectionBlock(plain(text, 400), nil, slack.NewAccessory(button("Open", ActionNext, target(c.Prospect, InSuggestion, "")).draw()))
}

func cardStepLong(p *coach.Prospect, a coach.Advice, today coach.Date) string {
	if a.Suggestion != nil {
		return upper(step(a.Suggestion.Channel, a.Suggestion.Angle))
	}
	return upper(cardStep(p, a, today))
}

func weekAhead(days []coach.DayCount) slack.RichTextElement {
	var items []slack.RichTextElement
	for _, d := range days {
		if d.Attempts > 0 {
			items = append(items, para(word(fmt.Sprintf("%s: %d due", d.Day.Time().Format("Mon 2 January"), d.Attempts))))
		}
	}
	if len(items) == 0 {
		return para(word("Nothing due yet."))
	}
	return bullets(items...)
}

func homeReplies(replies []HomeReply) slack.RichTextElement {
	if len(replies) == 0 {
		return para(word("None yet."))
	}
	var items []slack.RichTextElement
	for _, r := range replies[:min(len(replies), homeMostReplies)] {
		items = append(items, para(word(who(r.Name, r.Company)+", "+earnedOn(r))))
	}
	return bullets(andMore(items, len(replies))...)
}

// andMore says how many of all the items leave out.
func andMore(items []slack.RichTextElement, all int) []slack.RichTextElement {
	if more := all - len(items); more > 0 {
		items = append(items, para(word(fmt.Sprintf("and %d more", more))))
	}
	return items
}

// earnedOn says on which attempt a reply came; people also answer unasked.
func earnedOn(r HomeReply) string {
	if r.Attempt == 0 {
		return "before the first attempt"
	}
	return fmt.Sprintf("attempt %d, %s", r.Attempt, ChannelName(r.Channel))
}
