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

// DraftText is one text of a suggestion, ready to be copied.
type DraftText struct{ Kind, Label, Subject, Text string }

// Whole is the text with its subject above it.
func (d DraftText) Whole() string { return coach.Touch{Subject: d.Subject, Text: d.Text}.Whole() }

// Drafts are the texts of a suggestion in the order in which a rep needs them.
// Kinds are "" (the draft itself), "voicemail" and "email" (the pair).
func Drafts(s *coach.Suggestion) []DraftText {
	var out []DraftText
	phone := s.Channel.Family() == coach.FamilyPhone
	if s.Draft != "" && s.Channel != coach.Voicemail {
		label := "Draft"
		switch {
		case s.Angle == coach.AskGatekeeper:
			label = "Say to the assistant"
		case phone:
			label = "If they answer"
		}
		out = append(out, DraftText{"", label, s.Subject, s.Draft})
	}
	if s.Voicemail != "" {
		out = append(out, DraftText{"voicemail", "Voicemail", "", s.Voicemail})
	} else if s.Channel == coach.Voicemail {
		out = append(out, DraftText{"voicemail", "Voicemail", "", s.Draft})
	}
	if s.Pair != nil {
		out = append(out, DraftText{"email", "Then by email", s.Pair.Subject, s.Pair.Draft})
	}
	return out
}
