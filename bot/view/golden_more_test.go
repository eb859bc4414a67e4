package view

import (
	"maps"
	"slices"
	"strings"

	"github.com/prospectcoach/prospectcoach/coach"
)

// toldViews are what is told in words rather than drawn: to managers, after an
// answer, when something was handed over or cannot be done.
func toldViews() map[string]any {
	team := []TeamLine{{ID: "UADA", Name: "Ada Weber", Due: 9, Late: 4, Active: 14}, {ID: "UEVE", Name: hostile, Active: 1}}
	rep := &coach.Rep{ID: "UADA", Name: "Ada Weber", Company: "Northwind"}
	back := mallory()
	back.State, back.ComeBack = coach.MovedOn, today+90
	gone := jane()
	gone.State = coach.MovedOn
	talking := jane()
	talking.State, talking.NextAsk, talking.Campaigns[0].Ended = coach.Engaged, today+7, today-2
	touch := coach.Touch{On: today, Channel: coach.Email, Outcome: coach.OutcomeSent, Text: "Just checking in."}
	known := mallory()
	for i := range 9 {
		known.Facts = append(known.Facts, coach.Fact{ID: int64(i + 1), Kind: coach.FactKinds[i%4], Text: strings.Repeat(hostile+" ", 1+4*i), On: today - coach.Date(9-i)})
	}
	return map[string]any{
		"lead":               Lead(team, "/prospect"),
		"lead_none":          Lead(nil, "/prospect"),
		"home_lead":          Home(HomeView{Rep: rep, Today: today, Slash: "/prospect", Team: team, Leads: true}),
		"home_paused":        Home(HomeView{Rep: &coach.Rep{ID: "UADA", Name: "Ada Weber", PausedUntil: today + 7}, Today: today, Slash: "/prospect", Paused: true, Team: team}),
		"card_known":         Card(CardView{Prospect: known, Advice: emailAdvice(), Today: today}),
		"facts":              Facts(known, 2, today),
		"facts_none":         Facts(fresh(), 0, today),
		"card_window":        CardWindow(WindowTitle(ActionNext, ""), Suggestion(SuggestionView{Prospect: jane(), Advice: emailAdvice(), Today: today, Slash: "/prospect"})),
		"template_faults":    TemplateFaults([]string{"angles/homework.yaml:12: " + hostile, "cadence.yaml:3: “x” is no number of days"}),
		"week_unclear":       WeekUnclear("/prospect"),
		"colleague_answered": ColleagueAnswered("Eve Other", hostile, []int64{12, 13}),
		"edit_first":         EditFirst(jane()),
		"answers":            Words(saidOfAnswers()),
		"handed_words":       Words(saidOfHandingOver()),
		"moved_on_words":     Words(MovedOnWords(back, today) + "\n" + MovedOnWords(gone, today) + "\n" + MetWords(jane(), today-1, today+6, today)),
		"logged_words":       Words(saidOfLogging()),
		"logged_in_talk":     LoggedInTalk(talking, LoggedWords(talking, touch, callAdvice(), today), 9),
		"logged_check":       Words(CheckLine(touch, checkReport())),
		"channel_trouble":    Words(saidOfChannels()),
		"export_line":        Words(ExportLine(1) + "\n" + ExportLine(20000)),
		"edit_window":        DoneWindow("Saved", "Saved Jane Doe, Acme. "+NextWords(callAdvice(), today)+" "+Standing(jane(), callAdvice(), today), 5),
		"window_titles":      Words(saidOfWindows()),
	}
}

func saidOfAnswers() string {
	var lines []string
	for _, a := range []coach.Answer{coach.AnswerMeeting, coach.AnswerLater, coach.AnswerNo, coach.AnswerWrongPerson, coach.AnswerDNC, coach.AnswerWon} {
		lines = append(lines, AnsweredWords(jane(), a, today+3, today))
	}
	return strings.Join(lines, "\n")
}

func saidOfHandingOver() string {
	var lines []string
	for _, s := range []coach.State{coach.Waiting, coach.Active, coach.Snoozed, coach.Engaged, coach.MovedOn, coach.Stopped} {
		p := jane()
		p.State, p.SnoozedUntil = s, today+7
		lines = append(lines, HandedWords(p, ""))
	}
	return strings.Join(append(lines, HandedWords(jane(), hostile), OfferedWords(jane(), hostile), OfferWithdrawn(jane())), "\n")
}

func saidOfLogging() string {
	var lines []string
	for _, t := range []coach.Touch{
		{Channel: coach.Email, Outcome: coach.OutcomeSent, On: today}, {Channel: coach.Call, Outcome: coach.OutcomeNoAnswer, On: today}, {Channel: coach.Voicemail, Outcome: coach.OutcomeLeft, On: today},
		{Channel: coach.Call, Outcome: coach.OutcomeSpoke, On: today}, {Channel: coach.Call, Outcome: coach.OutcomeGatekeeper, On: today}, {Channel: coach.Email, Outcome: coach.OutcomeBounced, On: today},
		{Channel: coach.LinkedIn, Outcome: coach.OutcomeSent, On: today - 4}, {Channel: coach.InPerson, Outcome: coach.OutcomeSent, On: today},
	} {
		lines = append(lines, LoggedWords(jane(), t, moveOnAdvice(), today))
	}
	return strings.Join(lines, "\n")
}

func saidOfChannels() string {
	var lines []string
	for _, trouble := range slices.Sorted(maps.Keys(channelMends)) {
		lines = append(lines, strings.SplitN(ChannelTrouble(Say("The week"), trouble).Text, "\n", 2)[0])
	}
	return strings.Join(append(lines, ChannelTrouble(Say("The week"), "odd").Text), "\n")
}

func saidOfWindows() string {
	var lines []string
	for _, action := range slices.Sorted(maps.Keys(windowTitles)) {
		lines = append(lines, action+": "+WindowTitle(ActionRun, action))
	}
	return strings.Join(append(lines, "list @U1: "+WindowTitle(ActionRun, "list @U1 all"), "other: "+WindowTitle("other", "")), "\n")
}
