package coach

import "slices"

// Angle is the reason to answer that a touch is built on (section 4).
type Angle string

// The sixteen angles, in the order of the table, which breaks ties (A4).
const (
	Homework       Angle = "homework"
	ValueNugget    Angle = "value_nugget"
	Story          Angle = "story"
	TheirWords     Angle = "their_words"
	SharpQuestion  Angle = "sharp_question"
	UsefulPiece    Angle = "useful_piece"
	IntroduceThem  Angle = "introduction"
	AskGatekeeper  Angle = "gatekeeper"
	RightPerson    Angle = "right_person"
	ShortAsk       Angle = "short_ask"
	Reconnect      Angle = "reconnect"
	ThanksNextStep Angle = "thanks_next_step"
	SecondInsight  Angle = "second_insight"
	WhatChanged    Angle = "what_changed"
	EitherWay      Angle = "either_way"
	BackAway       Angle = "back_away"
)

// Angles in the order of the table.
var Angles = func() []Angle {
	var all []Angle
	for _, rule := range angleRules {
		all = append(all, rule.angle)
	}
	return all
}()

// angleRule is one row of the table of section 4.
type angleRule struct {
	angle      Angle
	purpose    string
	situations []Situation
	families   []Family

	first     bool // leads the first attempt when eligible (A4)
	firstOnly bool // and is never offered later
	early     bool // fits attempts 1 and 2; only ranks
	middle    bool // fits the attempts up to the last two; only ranks
	fromThree bool // from attempt 3, unless nothing else is eligible
	last      bool // last tries only (A3)
	metOnly   bool // led by the days of C6
	once      bool // once per campaign
}

var (
	anywhere   = []Family{FamilyPhone, FamilyEmail, FamilyLinkedIn, FamilyText}
	longer     = []Family{FamilyPhone, FamilyEmail, FamilyLinkedIn}
	written    = []Family{FamilyEmail, FamilyLinkedIn}
	phoneOnly  = []Family{FamilyPhone}
	allButMet  = []Situation{Cold, Existing, Dormant, BlownOff, ProposalSent}
	notYetTold = []Situation{Cold, Existing, Dormant}
)

// angleRules is the table of section 4; it never varies.
var angleRules = [...]angleRule{
	{angle: Homework, purpose: "show that we know their business, by one found fact and one consequence",
		situations: notYetTold, families: anywhere, early: true},
	{angle: ValueNugget, purpose: "name one problem we solve and one outcome we bring for someone like them",
		situations: allButMet, families: anywhere, early: true, middle: true},
	{angle: Story, purpose: "tell how someone like them got there",
		situations: allButMet, families: anywhere, early: true, middle: true},
	{angle: TheirWords, purpose: "quote what they said and ask about it",
		situations: []Situation{Existing, Dormant, Met, BlownOff, ProposalSent}, families: anywhere, early: true, middle: true},
	{angle: SharpQuestion, purpose: "ask one question about their situation that is easy to answer",
		situations: notYetTold, families: anywhere, early: true, middle: true},
	{angle: UsefulPiece, purpose: "send something worth reading, with one line on why",
		situations: Situations, families: written, middle: true},
	{angle: IntroduceThem, purpose: "offer to introduce someone who helps them",
		situations: allButMet, families: longer, middle: true},
	{angle: AskGatekeeper, purpose: "ask the assistant whether to keep trying, for a better time, and for advice",
		situations: allButMet, families: phoneOnly, early: true, middle: true, fromThree: true},
	{angle: RightPerson, purpose: "ask who owns this, if it is not them",
		situations: []Situation{Cold, Existing}, families: anywhere, early: true, middle: true, fromThree: true, once: true},
	{angle: ShortAsk, purpose: "ask for twenty seconds and one yes or no, as they are swamped",
		situations: []Situation{Cold, Existing, Dormant, ProposalSent}, families: anywhere, middle: true, once: true},
	{angle: Reconnect, purpose: "ask what has changed since you last spoke",
		situations: []Situation{Dormant, Existing}, families: anywhere, first: true, firstOnly: true, once: true},
	{angle: ThanksNextStep, purpose: "thank them and confirm the next step",
		situations: []Situation{Met}, families: longer, metOnly: true, once: true},
	{angle: SecondInsight, purpose: "bring one new insight, one question, and what the next meeting will bring",
		situations: []Situation{Met}, families: longer, metOnly: true, once: true},
	{angle: WhatChanged, purpose: "ask calmly what changed, why, and whether it still makes sense to talk",
		situations: []Situation{BlownOff, ProposalSent, Dormant}, families: anywhere, first: true, middle: true, once: true},
	{angle: EitherWay, purpose: "ask for a short answer either way on how to go on",
		situations: allButMet, families: anywhere, last: true, once: true},
	{angle: BackAway, purpose: "take the offer back politely and leave the door open",
		situations: allButMet, families: anywhere, last: true, once: true},
}

// Purpose says in one line what a touch with the angle is for.
func (a Angle) Purpose() string {
	if i := slices.Index(Angles, a); i >= 0 {
		return angleRules[i].purpose
	}
	return ""
}

// channelFor is the channel of a suggestion with the angle on a family (H1b).
func (a Angle) channelFor(f Family) Channel {
	switch {
	case f != FamilyPhone:
		return Channel(f)
	case a == BackAway:
		return Voicemail
	default:
		return Call
	}
}
