package view

import (
	"fmt"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// DraftAlone is the draft and nothing else, so that copying it on a phone
// takes the draft and nothing else. Its block id says, unseen, whose it is.
func DraftAlone(p *coach.Prospect, text string) Message {
	return Message{Text: clipText(Escape(text)), Blocks: []slack.Block{rich(fmt.Sprintf("card:%d:draft", p.ID), para(word(text)))}}
}
