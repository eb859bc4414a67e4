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
	More      int
	NextDays  []coach.DayCount // seven days; Attempts is what is due
	LastTries []Line
	Replies   []HomeReply // this month's
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
	blocks := []slack.Block{
		header(nudgeTitle(len(v.Cards)+v.More, InNudge(v.Today))),
		row("", []knob{button("Add a prospect", ActionAdd, "").primary(), button("Settings", ActionSettings, "")}),
	}
	for _, c := range v.Cards[:min(len(v.Cards), maxCards)] {
		blocks = append(blocks, homeCard(c, v.Today))
	}
	if v.More > 0 {
		blocks = append(blocks, small(fmt.Sprintf("And %d more. %s shows them all.", v.More, Command(v.Slash, "list due"))))
	}
	blocks = append(blocks, divider(), rich("", para(bold("Next seven days")), para(word(weekAhead(v.NextDays)))))
	if tries := lastTries(v); len(tries) > 0 {
		var items []slack.RichTextElement
		for _, l := range tries[:min(len(tries), 10)] {
			items = append(items, para(word(fmt.Sprintf("%s %s, %s", Num(l.ID), who(l.Name, l.Company), lineState(l, v.Today)))))
		}
		blocks = append(blocks, rich("", para(bold("Last tries")), bullets(items...)))
	}
	blocks = append(blocks, rich("", para(bold("Replies this month")), homeReplies(v.Replies)))
	return &slack.HomeTabViewRequest{Type: slack.VTHomeTab, CallbackID: "home", Blocks: slack.Blocks{BlockSet: blocks}}
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
	text := Who(c.Prospect) + "\n" + cardStepLong(c.Prospect, c.Advice, today)
	if c.Advice.Due != 0 {
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

func weekAhead(days []coach.DayCount) string {
	var parts []string
	for _, d := range days {
		if d.Attempts > 0 {
			parts = append(parts, fmt.Sprintf("%s: %d due", d.Day.Time().Format("Mon 2 January"), d.Attempts))
		}
	}
	if len(parts) == 0 {
		return "Nothing due."
	}
	return strings.Join(parts, "  ·  ")
}

func homeReplies(replies []HomeReply) slack.RichTextElement {
	if len(replies) == 0 {
		return para(word("None yet."))
	}
	var items []slack.RichTextElement
	for _, r := range replies[:min(len(replies), 15)] {
		items = append(items, para(word(who(r.Name, r.Company)+", "+earnedOn(r))))
	}
	return bullets(items...)
}

// earnedOn says on which attempt a reply came; people also answer unasked.
func earnedOn(r HomeReply) string {
	if r.Attempt == 0 {
		return "before the first attempt"
	}
	return fmt.Sprintf("attempt %d, %s", r.Attempt, ChannelName(r.Channel))
}
