package main

import "github.com/prospectcoach/prospectcoach/bot/localslack"

// demoTour walks a newcomer from Ada's Monday morning to the team's Friday in
// about five minutes. Every step can be skipped.
func demoTour() []localslack.TourStep {
	return []localslack.TourStep{
		{
			Title: "You are Ada, it is Monday, nine o'clock", Target: `[data-channel^="D"]`,
			Text:   "Prospectcoach has sent its one message of the day: who is due, on which channel, and a fresh reason to get in touch. The most important comes first.",
			Action: "Read the first card of the direct message with Prospectcoach.",
		},
		{
			Title: "Take the suggestion", Target: "#composer",
			Text:   "The whole suggestion comes with its draft, and every draft stands on something about them. If you would not send it, ask for another angle; when there is none left, the coach says which fact would open one.",
			Action: "Press the line below and Enter, then Another angle. Log what you did.",
			Lines:  []string{"/prospect next jane"},
		},
		{
			Title: "Add somebody in a line", Target: "#composer",
			Text:   "A name, a company, a title, and what you know. The level is guessed from the title, and the rhythm follows from it.",
			Action: "Press the line below and Enter.",
			Lines:  []string{"/prospect add Rosa Klein, Klein Logistik, CFO email:rosa@klein.test phone:+491701234567"},
		},
		{
			Title: "Let a day pass", Target: "#clock-morning",
			Text:   "The clock is yours. On the way the bot does what falls due, and your colleagues Ben and Mei work off their own lists.",
			Action: "Press Next morning. A new message arrives with what is due then; a press on yesterday's says that it has moved.",
		},
		{
			Title: "Somebody answers", Target: "#composer",
			Text:   "An answer ends the campaign at once, and the coach asks what came of it. What earned it is remembered for the team. On a card, They replied does the same.",
			Action: "Press the line below and Enter, then Meeting.",
			Lines:  []string{"/prospect replied eva"},
		},
		{
			Title: "An honest word", Target: "#composer",
			Text:   "Sofia Lindqvist has had a full plan: every channel, every reason, a plain request, the offer taken back, and silence. The coach says so, with five ticks. Try to give up early on somebody else, and it says what has not been tried.",
			Action: "One after the other:",
			Lines:  []string{"/prospect show sofia", "/prospect move-on henrik"},
		},
		{
			Title: "Friday, four o'clock", Target: "#clock-friday",
			Text:   "The team's week: attempts and replies, what earned them, what perseverance brought, what was left over, and one thing to practise. No ranking, no names of prospects.",
			Action: "Press Next Friday and open #sales-team.",
		},
	}
}
