package view

import (
	"fmt"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// DraftsAlone is a text of a suggestion in as many messages as there are fields
// to paste it into: a subject stands in its own.
func DraftsAlone(p *coach.Prospect, subject, text string) []Message {
	if subject == "" {
		return []Message{DraftAlone(p, text)}
	}
	return []Message{DraftAlone(p, subject), DraftAlone(p, text)}
}

// DraftAlone is the draft and nothing else, so that copying it on a phone
// takes the draft and nothing else. Its block id says, unseen, whose it is.
func DraftAlone(p *coach.Prospect, text string) Message {
	return Message{Text: clipText(Escape(text)), Blocks: []slack.Block{rich(fmt.Sprintf("card:%d:draft", p.ID), para(word(text)))}}
}
