package view

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// A card shows so many facts, and of each so many characters; a message that
// holds nothing else has room for more.
const (
	maxFacts    = 6
	maxFactText = 300

	pageFacts    = 12
	pageFactText = 1000
)

// moreFacts tells whether the card leaves out some of what is known.
func moreFacts(p *coach.Prospect) bool {
	for _, f := range p.Facts {
		if len([]rune(f.Text)) > maxFactText {
			return true
		}
	}
	return len(p.Facts) > maxFacts
}

func factWords(f coach.Fact, most int, today coach.Date) string {
	when := ""
	if f.On != 0 {
		when = " (" + Day(f.On, today) + ")"
	}
	return factNames[f.Kind] + ": " + clip(f.Text, most) + when
}

// Facts is all that is known about a prospect, newest first; from is how many
// of the newest are left out.
func Facts(p *coach.Prospect, from int, today coach.Date) Message {
	if len(p.Facts) == 0 {
		return Done("Nothing is known about "+Who(p)+" yet.", 0, Next{"Card", fmt.Sprintf("show %d", p.ID)})
	}
	from = min(max(0, from), len(p.Facts)-1)
	end := len(p.Facts) - from
	text := []string{"Known about " + Who(p) + ", newest first"}
	var items []slack.RichTextElement
	for i := end - 1; i >= max(0, end-pageFacts); i-- {
		text = append(text, factWords(p.Facts[i], maxFactText, today))
		items = append(items, para(word(factWords(p.Facts[i], pageFactText, today))))
	}
	m := Message{Text: clipText(Escape(strings.Join(text, "\n"))), Blocks: []slack.Block{rich("", para(bold(text[0])), bullets(items...))}}
	if older := end - pageFacts; older > 0 {
		m = m.then(Next{fmt.Sprintf("%d earlier", older), fmt.Sprintf("show %d facts %d", p.ID, from+pageFacts)})
	}
	return m
}
