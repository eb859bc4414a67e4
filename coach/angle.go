package coach

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
var Angles = []Angle{
	Homework, ValueNugget, Story, TheirWords, SharpQuestion, UsefulPiece, IntroduceThem, AskGatekeeper,
	RightPerson, ShortAsk, Reconnect, ThanksNextStep, SecondInsight, WhatChanged, EitherWay, BackAway,
}
