package view

import (
	"strings"

	"github.com/prospectcoach/prospectcoach/coach"
)

var channelNames = map[coach.Channel]string{
	coach.Call: "call", coach.Voicemail: "voicemail", coach.Email: "email",
	coach.LinkedIn: "LinkedIn message", coach.Text: "text message", coach.InPerson: "meeting in person",
}

// ChannelName is the channel in words, lower case.
func ChannelName(c coach.Channel) string {
	if n, ok := channelNames[c]; ok {
		return n
	}
	return string(c)
}

var angleNames = map[coach.Angle]string{
	coach.Homework: "homework", coach.ValueNugget: "value nugget", coach.Story: "story", coach.TheirWords: "their words",
	coach.SharpQuestion: "sharp question", coach.UsefulPiece: "useful piece", coach.IntroduceThem: "introduction",
	coach.AskGatekeeper: "gatekeeper", coach.RightPerson: "right person", coach.ShortAsk: "short ask", coach.Reconnect: "reconnect",
	coach.ThanksNextStep: "thanks and next step", coach.SecondInsight: "second insight", coach.WhatChanged: "what changed",
	coach.EitherWay: "either way", coach.BackAway: "back away",
}

// AngleName is the angle in words, lower case; "no angle" for none.
func AngleName(a coach.Angle) string {
	if n, ok := angleNames[a]; ok {
		return n
	}
	if a == "" {
		return "no angle"
	}
	return string(a)
}

var outcomeNames = map[coach.Outcome]string{
	coach.OutcomeSent: "sent", coach.OutcomeLeft: "left", coach.OutcomeNoAnswer: "no answer", coach.OutcomeSpoke: "spoke",
	coach.OutcomeGatekeeper: "spoke with the gatekeeper", coach.OutcomeBounced: "bounced",
}

// OutcomeName is the outcome in words.
func OutcomeName(o coach.Outcome) string { return outcomeNames[o] }

var stateNames = map[coach.State]string{
	coach.Waiting: "waiting to begin", coach.Active: "active", coach.Snoozed: "snoozed", coach.Engaged: "engaged",
	coach.MovedOn: "moved on", coach.Won: "won", coach.Stopped: "stopped",
}

// StateName is the state in words.
func StateName(s coach.State) string { return stateNames[s] }

var situationNames = map[coach.Situation]string{
	coach.Cold: "cold", coach.Existing: "existing client", coach.Dormant: "dormant", coach.Met: "met",
	coach.BlownOff: "blown off", coach.ProposalSent: "silent after a proposal",
}

// SituationName is the situation in words.
func SituationName(s coach.Situation) string { return situationNames[s] }

var levelNames = map[coach.Level]string{
	coach.IC: "individual contributor", coach.Manager: "manager", coach.Director: "director", coach.VP: "VP", coach.CSuite: "C-suite",
}

var factNames = map[coach.FactKind]string{
	coach.Research: "Research", coach.Said: "They said", coach.Introduction: "Worth introducing", coach.Trigger: "Event",
}

// step is "email, value nugget": how a touch is made.
func step(c coach.Channel, a coach.Angle) string {
	if a == coach.AskGatekeeper {
		return ChannelName(c) + ", ask the assistant"
	}
	return ChannelName(c) + ", " + AngleName(a)
}

// Command is a word of ours after the app's command name: `/prospect add`.
func Command(slash, words string) string { return "`" + strings.TrimSpace(slash+" "+words) + "`" }
