package view

import (
	"github.com/slack-go/slack"
)

// DraftAlone is the draft and nothing else, so that copying it on a phone
// takes the draft and nothing else.
func DraftAlone(text string) Message {
	return Message{Text: clipText(Escape(text)), Blocks: []slack.Block{rich("", para(word(text)))}}
}
