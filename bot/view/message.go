package view

import "github.com/slack-go/slack"

// Message is what a person sees in a conversation, in two dresses: Blocks, and
// Plain for the case that Slack refuses the richer blocks. Text says what
// matters in at most 3,900 characters; lock screens and screen readers use it.
// All three are ready to send: people's text in them is already harmless.
type Message struct {
	Text   string
	Blocks []slack.Block
	Plain  []slack.Block // nil: Text alone is the plain dress
}

// Say is a message of words alone. The words must be our own; people's text
// goes through Escape first.
func Say(text string) Message { return Message{Text: text} }

// Empty tells that there is nothing to show.
func (m Message) Empty() bool { return m.Text == "" && len(m.Blocks) == 0 }
