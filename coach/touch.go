package coach

import "time"

// Channel is how a touch reaches the prospect.
type Channel string

// The channels; InPerson is only logged, never suggested or required.
const (
	Call      Channel = "call"
	Voicemail Channel = "voicemail"
	Email     Channel = "email"
	LinkedIn  Channel = "linkedin"
	Text      Channel = "text"
	InPerson  Channel = "in_person"
)

// Channels in the order of the documentation.
var Channels = []Channel{Call, Voicemail, Email, LinkedIn, Text, InPerson}

// Family groups channels: call and voicemail are both phone, each other
// channel is a family of its own.
type Family string

// The families, in the order in which ties are broken (H1).
const (
	FamilyPhone    Family = "phone"
	FamilyEmail    Family = "email"
	FamilyLinkedIn Family = "linkedin"
	FamilyText     Family = "text"
	FamilyInPerson Family = "in_person"
)

// Family of the channel.
func (c Channel) Family() Family {
	if c == Call || c == Voicemail {
		return FamilyPhone
	}
	return Family(c)
}

// Outcome of a touch.
type Outcome string

// The outcomes. Call with OutcomeLeft is a voicemail.
const (
	OutcomeSent       Outcome = "sent"
	OutcomeLeft       Outcome = "left"
	OutcomeNoAnswer   Outcome = "no-answer"
	OutcomeSpoke      Outcome = "spoke"
	OutcomeGatekeeper Outcome = "gatekeeper"
	OutcomeBounced    Outcome = "bounced"
)

// Outcomes in the order of the documentation.
var Outcomes = []Outcome{OutcomeSent, OutcomeLeft, OutcomeNoAnswer, OutcomeSpoke, OutcomeGatekeeper, OutcomeBounced}

// Ref names a fact or a nugget that a touch used.
type Ref struct {
	Nugget bool // else a fact
	ID     int64
}

// Touch is one outbound action.
type Touch struct {
	ID       int64
	Campaign int  // number of the campaign it belongs to
	On       Date // local day in the rep's zone
	At       time.Time
	Channel  Channel
	Angle    Angle // "" if logged without one
	Outcome  Outcome
	Subject  string
	Text     string // what was said, if known; for the never-twice rule (A1)
	Uses     []Ref
	Variant  string // id of the draft it came from, such as "homework/email/1"

	// Set by the life (life.go) whenever the campaign changes.
	Attempt int  // number of the attempt within its campaign, 0 for a bounce
	Due     Date // the day that attempt was due when it was made (C7)

	Findings []string // ids of what the draft check found in Text, for the week (S6)
}

// Skip leaves one attempt out.
type Skip struct {
	ID       int64
	Campaign int
	On       Date
	Reason   string // "bounced", "not-now", "bad-data", or words
}

// Decline is an angle the rep did not want for the attempt now due (A2).
// Variant is set for either_way and back_away, whose next variant is offered.
type Decline struct {
	Angle   Angle
	Variant string
}
