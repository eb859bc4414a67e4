package view

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// ActionToDM posts the same card into the rep's DM.
const ActionToDM = "todm"

// maxHistory is how many touches a card shows, newest first.
const maxHistory = 8

// CardView is everything about one prospect.
type CardView struct {
	Prospect *coach.Prospect
	Advice   coach.Advice
	Today    coach.Date
	Owner    string // name of the rep when a manager looks at it; else ""
	ToDM     bool   // shown outside the DM: offer to send it there
	Done     string
	Undo     int64
	Record   coach.Rate // what the team earned with the suggested angle in this situation; zero if too few tried it
}

// Card draws facts, verdict with ticks, plan, history and buttons.
func Card(v CardView) Message {
	p := v.Prospect
	m := Message{Text: cardText(v)}
	m.Blocks = append(m.Blocks, doneBlocks(v.Done, v.Undo, InCard)...)
	m.Blocks = append(m.Blocks, rich(fmt.Sprintf("card:%d", p.ID), para(cardHead(v)...)))
	if p.State == coach.Engaged && v.Advice.Verdict.Say != "" {
		m.Blocks = append(m.Blocks, words(v.Advice.Verdict.Say))
	}
	running := p.State == coach.Active || p.State == coach.Snoozed
	ahead := running && v.Advice.Suggestion != nil // then the next step says more than the verdict
	if p.State == coach.Active && !ahead {
		m.Blocks = append(m.Blocks, rich("", verdictParts(v.Advice)...))
	}
	if plan := planItems(v.Advice, v.Today, 3); running && len(plan) > 0 {
		m.Blocks = append(m.Blocks, rich("", para(bold("Next")), bullets(plan...)))
	}
	if facts := factItems(p, v.Today); len(facts) > 0 {
		m.Blocks = append(m.Blocks, rich("", para(bold("Known")), bullets(facts...)))
	}
	if ahead && v.Advice.Attempts > 0 && len(v.Advice.Verdict.Checks) > 0 { // before the first, nobody thinks of moving on
		m.Blocks = append(m.Blocks, rich("", tickParts(v.Advice)...))
	}
	if ahead && v.Record.Tried > 0 {
		m.Blocks = append(m.Blocks, smallPlain(recordWords(v.Record, v.Advice.Suggestion.Angle, p.Situation())))
	}
	if history := historyItems(p, v.Today); len(history) > 0 {
		m.Blocks = append(m.Blocks, rich("", para(bold("History")), bullets(history...)))
	}
	return withButtons(m, row("", cardKnobs(v), cardMenu(p)...))
}

// recordWords is the team's own evidence, with its counts (A4).
func recordWords(r coach.Rate, a coach.Angle, s coach.Situation) string {
	return fmt.Sprintf("Your team’s record with “%s” (%s): %s, %s.", AngleName(a), SituationName(s),
		count(r.Tried, "attempt", "attempts"), count(r.Replied, "reply", "replies"))
}

func withButtons(m Message, b slack.Block) Message {
	m.Blocks = append(m.Blocks, b)
	return m
}

func cardText(v CardView) string {
	p := v.Prospect
	s := Who(p) + " (" + Num(p.ID) + "): " + stateLine(p, v.Advice, v.Today)
	switch next := v.Advice.Suggestion; {
	case p.State != coach.Active && p.State != coach.Engaged:
	case next != nil:
		s += " " + upper(step(next.Channel, next.Angle)) + "."
	default:
		s = joinWords(s, v.Advice.Verdict.Say)
	}
	return clipText(Escape(joinLines(v.Done, s)))
}

// Standing is where a prospect stands, in one short sentence with the name.
func Standing(p *coach.Prospect, a coach.Advice, today coach.Date) string {
	return Who(p) + ": " + stateLine(p, a, today)
}

// NextWords says when the next attempt is due, or what is missing for one.
func NextWords(a coach.Advice, today coach.Date) string {
	switch {
	case a.Due != 0:
		return "Next attempt " + FullDay(a.Due, today) + "."
	case len(a.Missing) > 0:
		return sentence(a.Missing[0].Say)
	}
	return ""
}

// stateLine is where the prospect stands, in one short sentence.
func stateLine(p *coach.Prospect, a coach.Advice, today coach.Date) string {
	switch p.State {
	case coach.Snoozed:
		return "snoozed until " + FullDay(p.SnoozedUntil, today) + "."
	case coach.MovedOn:
		if p.ComeBack != 0 {
			return "moved on, comes back " + FullDay(p.ComeBack, today) + "."
		}
		return "moved on for good."
	case coach.Engaged:
		if p.NextMeeting != 0 {
			return "engaged, meeting " + FullDay(p.NextMeeting, today) + "."
		}
		if n := len(p.Campaigns); n > 0 && p.Campaigns[n-1].Answer == coach.AnswerInterested {
			return "engaged, interested."
		}
		return "engaged."
	case coach.Stopped:
		if p.StopReason != "" {
			return "stopped: " + p.StopReason + "."
		}
		return "stopped."
	case coach.Active:
		if p.AwayUntil >= today {
			return "away until " + FullDay(p.AwayUntil, today) + "."
		}
		if a.Due != 0 {
			return fmt.Sprintf("%s so far, the next is %s.", count(a.Attempts, "attempt", "attempts"), dueWords(a, today))
		}
		return count(a.Attempts, "attempt", "attempts") + " so far."
	}
	return StateName(p.State) + "."
}

func cardHead(v CardView) []span {
	p := v.Prospect
	parts := []span{bold(Who(p)), word("  " + Num(p.ID))}
	if p.Title != "" {
		parts = append(parts, word("\n"+p.Title))
	}
	if v.Advice.Level != "" {
		guessed := ""
		if v.Advice.LevelGuessed {
			guessed = " (my guess)"
		}
		parts = append(parts, word("\n"+upper(levelNames[v.Advice.Level])+guessed+" · "+orDefault(string(p.Purchase), "standard")+
			" purchase · "+orDefault(string(p.Urgency), "normal")+" urgency · "+SituationName(p.Situation())))
	}
	sep := "\n"
	for _, l := range []span{phoneLink(p), emailLink(p), profileLink(p)} {
		if l.url != "" {
			parts = append(parts, word(sep), l)
			sep = "  ·  "
		}
	}
	if p.EmailBad && p.Email != "" {
		parts = append(parts, word("\n"+p.Email+" bounced; a better address would help."))
	}
	if v.Owner != "" {
		parts = append(parts, word("\nPursued by "+v.Owner))
	}
	if p.State == coach.Active && v.Advice.Verdict.Kind == coach.MoveOnVerdict {
		return parts // its ticks, right beneath, say how many
	}
	return append(parts, word("\n"+upper(stateLine(p, v.Advice, v.Today))))
}

func orDefault(s, d string) string {
	if s == "" {
		return d
	}
	return s
}

func factItems(p *coach.Prospect, today coach.Date) []slack.RichTextElement {
	var items []slack.RichTextElement
	if g := p.Gatekeeper; g.Name != "" || g.Said != "" {
		items = append(items, para(word(strings.TrimSuffix("Gatekeeper: "+strings.Trim(g.Name+", "+g.Said, ", "), ","))))
	}
	for _, f := range p.Facts[max(0, len(p.Facts)-maxFacts):] {
		items = append(items, para(word(factWords(f, maxFactText, today))))
	}
	if older := len(p.Facts) - maxFacts; older > 0 {
		items = append(items, para(word(fmt.Sprintf("and %d earlier", older))))
	}
	return items
}

// verdictParts is the verdict in its sentence, where no next step says the same;
// time to move on comes with its ticks (V1).
func verdictParts(a coach.Advice) []slack.RichTextElement {
	if a.Verdict.Kind != coach.MoveOnVerdict {
		return []slack.RichTextElement{para(word(a.Verdict.Say))}
	}
	return []slack.RichTextElement{para(append([]span{bold(verdictNames[a.Verdict.Kind] + ". "), word(a.Verdict.Say)}, ticks(a)...)...)}
}

// tickParts is how far the campaign is from the time to move on (V1).
func tickParts(a coach.Advice) []slack.RichTextElement {
	head := []span{bold(verdictNames[a.Verdict.Kind] + ". "), word("Time to move on is when all of these are ticked:")}
	return []slack.RichTextElement{para(append(head, ticks(a)...)...)}
}

func ticks(a coach.Advice) []span {
	var parts []span
	for _, c := range a.Verdict.Checks {
		tick := "○ "
		if c.OK {
			tick = "✓ "
		}
		parts = append(parts, word("\n"+tick+upper(c.Say)))
	}
	return parts
}

var verdictNames = map[coach.VerdictKind]string{
	coach.KeepGoing: "Keep going", coach.LastTries: "Last tries", coach.WaitVerdict: "Wait",
	coach.MoveOnVerdict: "Time to move on", coach.StopVerdict: "Stop",
}

func historyItems(p *coach.Prospect, today coach.Date) []slack.RichTextElement {
	var items []slack.RichTextElement
	if n := len(p.Campaigns); n > 0 && p.Campaigns[n-1].End == coach.EndReply && p.Campaigns[n-1].Reason != "" {
		c := p.Campaigns[n-1]
		items = append(items, para(word(fmt.Sprintf("%s, they answered: “%s”", FullDay(c.Ended, today), clip(c.Reason, 300)))))
	}
	i := len(p.Touches) - 1
	for ; i >= 0 && len(items) < maxHistory; i-- {
		said, pair := triedWords(p.Touches[:i+1], today)
		items = append(items, para(word(upper(said))))
		if pair {
			i--
		}
	}
	if older := i + 1; older > 0 {
		items = append(items, para(word(fmt.Sprintf("and %d earlier", older))))
	}
	return items
}

// cardMenu is what is rarely wanted: to read what was sent and all that is
// known, to hand somebody over, to forget them.
func cardMenu(p *coach.Prospect) []option {
	var menu []option
	if len(p.Touches) > 0 {
		menu = append(menu, option{fmt.Sprintf("%s:look-sent show %d sent", ActionRun, p.ID), "Read what was sent"})
	}
	if moreFacts(p) {
		menu = append(menu, option{fmt.Sprintf("%s:look-facts show %d facts", ActionRun, p.ID), "All facts"})
	}
	if p.State != coach.Stopped && p.State != coach.Won {
		menu = append(menu, option{ActionHandOver + " " + target(p, InCard, ""), "Hand over"})
	}
	return append(menu, option{fmt.Sprintf("%s:forget forget %d", ActionRun, p.ID), "Forget"})
}

func cardKnobs(v CardView) []knob {
	p := v.Prospect
	t := target(p, InCard, "")
	var knobs []knob
	switch {
	case asksHowItWent(p, v.Advice, v.Today): // C6
		other := "They replied"
		if p.State == coach.Engaged {
			other = "Something else"
		}
		knobs = append(metKnobs(p, InCard), button(other, ActionReplied, t))
	case p.State == coach.Active && v.Advice.Verdict.Kind == coach.MoveOnVerdict:
		knobs = append(knobs, button("Move on now", ActionMoveOn+":now", t).primary(), button("They replied", ActionReplied, t), button("Snooze", ActionSnooze, t))
	case p.State == coach.Active:
		knobs = append(knobs, button("Next step", ActionNext, t).primary(), button("They replied", ActionReplied, t), button("Snooze", ActionSnooze, t))
	case p.State == coach.Engaged:
		knobs = append(knobs, button("What came of it", ActionReplied, t).primary())
	case p.State == coach.Snoozed, p.State == coach.Waiting:
		knobs = append(knobs, button("Begin now", ActionNext, t).primary(), button("They replied", ActionReplied, t))
	case !p.NeverContact:
		knobs = append(knobs, button("Reopen", ActionRun+":reopen", fmt.Sprintf("reopen %d", p.ID)))
	}
	if p.State != coach.Stopped && p.State != coach.Won && p.State != coach.MovedOn {
		knobs = append(knobs, noteKnob(p, InCard))
	}
	knobs = append(knobs, button("Edit", ActionEdit, t))
	if p.State == coach.Active && v.Advice.Verdict.Kind != coach.MoveOnVerdict {
		knobs = append(knobs, button("Plan", ActionPlan, t), button("Move on", ActionMoveOn, t))
	}
	if v.ToDM {
		knobs = append(knobs, button("Send to my DM", ActionToDM, t))
	}
	return knobs
}
