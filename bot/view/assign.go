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

// ActionHandOver opens the form that hands a prospect over; CallbackHandOver is
// that form, its meta the target.
const (
	ActionHandOver   = "handover"
	CallbackHandOver = "handover"
)

var handOverForm = form{callback: CallbackHandOver, title: "Hand over", submit: "Hand over", fields: []field{
	{id: "to", label: "To whom", person: true},
}}

// HandOverForm asks who takes the prospect over. A manager's word counts at
// once; anybody else's colleague is asked first, and the form says so.
func HandOverForm(p *coach.Prospect, manager bool, place Place) *slack.ModalViewRequest {
	f, say := handOverForm, "It is theirs at once, and both sides are told."
	if !manager {
		f.submit, say = "Ask them", fmt.Sprintf("They are asked first. Until they accept, nothing changes; the question stands for %d days.", OfferDays)
	}
	return f.draw(target(p, place, ""), nil, smallPlain(Who(p)+". "+say))
}

// ReadHandOver gives the id of the colleague.
func ReadHandOver(s State) string { return handOverForm.read(s)["to"] }

// OfferDays is how long an offer to a colleague stands.
const OfferDays = 7

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
		return "; they wait until a day has room"
	case coach.Active:
		return "; the plan goes on as it was"
	case coach.Snoozed:
		return "; snoozed until " + p.SnoozedUntil.Time().Format("Mon 2 January")
	case coach.Engaged:
		return "; they have answered"
	case coach.MovedOn:
		return "; it had been moved on from"
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
	return fmt.Sprintf("%s is asked to take over %s (%s). Until they accept, nothing changes; the question stands for %d days.", clip(to, 80), Who(p), Num(p.ID), OfferDays)
}

// OfferWithdrawn says that nobody is asked any more.
func OfferWithdrawn(p *coach.Prospect) string {
	return fmt.Sprintf("%s (%s) stays yours; the question to your colleague is taken back.", Who(p), Num(p.ID))
}

// OfferOver tells the owner that the colleague let the question pass.
func OfferOver(p *coach.Prospect, to, toID string) Message {
	return Done(fmt.Sprintf("%s has not said in %d days whether they take over %s (%s). It stays yours.", clip(to, 80), OfferDays, Who(p), Num(p.ID)), 0,
		Next{Label: "Ask once more", Line: fmt.Sprintf("assign %d @%s", p.ID, toID)}, Next{Label: "Card", Line: fmt.Sprintf("show %d", p.ID)})
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
	return Words(fmt.Sprintf("%s cannot take over %s (%s). It stays yours.", clip(by, 80), Who(p), Num(p.ID)))
}
