package view

import (
	"fmt"
	"strconv"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// ActionOffer answers a colleague's offer: ":yes" or ":no", the value is the
// prospect's number.
const ActionOffer = "offer"

// HandedWords says whose the prospect is now, and where the plan stands; to ""
// means the reader's own.
func HandedWords(p *coach.Prospect, to string) string {
	whose := "yours now"
	if to != "" {
		whose = clip(to, 80) + "’s now"
	}
	return fmt.Sprintf("%s (%s) is %s%s.", Who(p), Num(p.ID), whose, handedState(p))
}

func handedState(p *coach.Prospect) string {
	switch p.State {
	case coach.Waiting:
		return " and waits until a day has room"
	case coach.Active:
		return "; the plan goes on as it was"
	}
	return ""
}

// HandedToYou tells the new owner.
func HandedToYou(p *coach.Prospect, by string) Message {
	id := strconv.FormatInt(p.ID, 10)
	next := []Next{{Label: "Card", Line: "show " + id}}
	if p.State == coach.Waiting {
		next = append(next, Next{Label: "Begin now", Line: "next " + id})
	}
	return Done(fmt.Sprintf("%s handed you %s (%s)%s.", clip(by, 80), Who(p), Num(p.ID), handedState(p)), 0, next...)
}

// HandedAway tells the old owner, in few words.
func HandedAway(p *coach.Prospect, by, to string) Message {
	if by == to {
		return Words(fmt.Sprintf("%s took over %s (%s).", clip(to, 80), Who(p), Num(p.ID)))
	}
	return Words(fmt.Sprintf("%s handed %s (%s) to %s.", clip(by, 80), Who(p), Num(p.ID), clip(to, 80)))
}

// OfferedWords says that a colleague was asked.
func OfferedWords(p *coach.Prospect, to string) string {
	return fmt.Sprintf("%s is asked to take over %s (%s). Until they accept, nothing changes.", clip(to, 80), Who(p), Num(p.ID))
}

// Offer asks a colleague to take a prospect over.
func Offer(p *coach.Prospect, owner string) Message {
	ask := fmt.Sprintf("%s asks you to take over %s", clip(owner, 80), WhoEnds(p))
	id := strconv.FormatInt(p.ID, 10)
	return Message{Text: clipText(Escape(ask)), Blocks: []slack.Block{words(ask), row("", []knob{
		button("Accept", ActionOffer+":yes", id).primary(), button("No, thank you", ActionOffer+":no", id),
	})}}
}

// OfferDeclined tells the owner that the colleague does not take it over.
func OfferDeclined(p *coach.Prospect, by string) Message {
	return Words(fmt.Sprintf("%s does not take over %s (%s); it stays yours.", clip(by, 80), Who(p), Num(p.ID)))
}
