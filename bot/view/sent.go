package view

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// SentView is what was written and said to one prospect, newest first.
type SentView struct {
	Prospect *coach.Prospect
	Today    coach.Date
	Sent     []SentLine
	From     int // how many of the newest are left out
}

// SentLine is one touch with its words; Text is "" when they are not known.
type SentLine struct {
	Touch         coach.Touch
	Subject, Text string
}

// A message holds so many of them, and of each so many characters.
const (
	maxSent     = 8
	maxSentText = 1500
)

// Sent draws them, each under its day, channel and angle.
func Sent(v SentView) Message {
	p := v.Prospect
	if len(v.Sent) == 0 {
		return Done("Nothing was sent to "+Who(p)+" yet.", 0, Next{"Next step", fmt.Sprintf("next %d", p.ID)})
	}
	from := min(v.From, len(v.Sent)-1)
	page := v.Sent[from:min(len(v.Sent), from+maxSent)]
	text := []string{"Sent to " + Who(p) + ", newest first"}
	blocks := []slack.Block{rich("", para(bold(text[0])))}
	for _, s := range page {
		head := upper(touchWords(s.Touch, v.Today))
		if s.Text == "" {
			if s.Touch.Outcome != coach.OutcomeNoAnswer { // else there were none
				head += ". The words were not kept."
			}
			text, blocks = append(text, head), append(blocks, rich("", para(word(head))))
			continue
		}
		text = append(text, head+": "+clip(strings.Join(strings.Fields(s.Text), " "), 300))
		blocks = append(blocks, rich("", para(word(head)), quote(clip(coach.Touch{Subject: s.Subject, Text: s.Text}.Whole(), maxSentText))))
	}
	m := Message{Text: clipText(Escape(strings.Join(text, "\n"))), Blocks: blocks}
	if older := len(v.Sent) - from - len(page); older > 0 {
		m = m.then(Next{fmt.Sprintf("%d earlier", older), fmt.Sprintf("show %d sent %d", p.ID, from+maxSent)})
	}
	return m
}
