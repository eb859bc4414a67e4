package view

import (
	"strings"

	"github.com/prospectcoach/prospectcoach/coach"
)

func jane() *coach.Prospect {
	return &coach.Prospect{
		ID: 12, Owner: "UADA", Name: "Jane Doe", Company: "Acme", Title: "CFO", Email: "jane@acme.test", Phone: "+49 341 1234", LinkedIn: "in/janedoe",
		State: coach.Active, Industry: "logistics", Purchase: coach.Capital, Due: today,
		Gatekeeper: coach.Gatekeeper{Name: "Ana", Said: "try before 9", BestTime: "before 9"},
		Facts:      []coach.Fact{{ID: 3, Kind: coach.Research, Text: "opened a hub in Leipzig in January", On: today - 20}, {ID: 4, Kind: coach.Said, Text: "onboarding takes six weeks"}},
		Touches: []coach.Touch{
			{ID: 1, Campaign: 1, On: today - 21, Channel: coach.Email, Angle: coach.Homework, Outcome: coach.OutcomeSent, Attempt: 1},
			{ID: 2, Campaign: 1, On: today - 14, Channel: coach.Voicemail, Angle: coach.SharpQuestion, Outcome: coach.OutcomeLeft, Attempt: 2},
		},
		Campaigns: []coach.Campaign{{No: 1, Situation: coach.Cold, Starts: today - 21}},
	}
}

func waitingOne() *coach.Prospect {
	p := mallory()
	p.State = coach.Waiting
	return p
}

func mallory() *coach.Prospect {
	p := jane()
	p.ID, p.Name, p.Company, p.Title, p.LinkedIn = 13, hostile, hostile, hostile, "javascript:alert(1)"
	p.Email, p.Phone = `x@evil.test?bcc=y"`, "call me <!here>"
	p.Facts = []coach.Fact{{ID: 9, Kind: coach.Said, Text: hostile}}
	p.Gatekeeper = coach.Gatekeeper{Name: hostile, Said: hostile}
	p.StopReason = hostile
	return p
}

func callAdvice() coach.Advice {
	return coach.Advice{
		Attempts: 2, PlanLength: 6, Due: today - 6, OverdueDays: 6, Level: coach.CSuite, LevelGuessed: true,
		Verdict: coach.Verdict{Kind: coach.KeepGoing, Say: "Attempt 3 of 6 comes next.", Checks: []coach.Check{
			{ID: "attempts", Have: 2, Need: 6, Say: "2 of 6 attempts made"}, {ID: "reworked", OK: true, Say: "4 different angles tried"},
			{ID: "channels", Have: 2, Need: 3, Say: "2 of 3 usable channels led an attempt"}, {ID: "asked", Say: "not asked for a short answer yet, nor taken the offer back"},
			{ID: "silence", Say: "6 of 14 days of silence since the last attempt"}}},
		Suggestion: &coach.Suggestion{
			Attempt: 3, Channel: coach.Call, Angle: coach.ValueNugget,
			Why:       "The team’s outcome “cut invoice errors by a third” is new to them. Your voicemail went unanswered; this is attempt 3 of 6.",
			Draft:     "Jane, this is Ada Weber at Northwind. Do you have half a minute?",
			Voicemail: "Jane, Ada Weber, Northwind. A forwarder your size cut invoice errors by a third. I'm sending this by email too.",
			Pair:      &coach.Pair{Channel: coach.Email, Subject: "invoice errors", Draft: "Jane,\n\nA forwarder your size cut invoice errors by a third in a quarter. Who looks at that on your side?\n\nAda"},
			Uses:      []coach.Ref{{Nugget: true, ID: 1}}, Variant: "value_nugget/call/2",
		},
		Missing: []coach.Missing{{Angle: coach.Homework, Say: "one fresh fact about Acme would open it"}},
		Plan: []coach.Step{{On: today, Channel: coach.Call, Angle: coach.ValueNugget}, {On: today + 14, Channel: coach.LinkedIn, Angle: coach.ShortAsk},
			{On: today + 28, Channel: coach.Email, Angle: coach.EitherWay}, {On: today + 42, Channel: coach.Call, Angle: coach.BackAway}},
		MovesOn: today + 69,
	}
}

func emailAdvice() coach.Advice {
	a := callAdvice()
	a.OverdueDays, a.Due = 0, today
	a.Suggestion = &coach.Suggestion{Attempt: 3, Channel: coach.Email, Angle: coach.Homework, Why: "You found out in February “opened a hub in Leipzig in January”. Your voicemail went unanswered; this is attempt 3 of 6.",
		Subject: "the Leipzig hub", Draft: "Jane,\n\nnew hub, new carriers: who checks their invoices?\n\nAda", Uses: []coach.Ref{{ID: 3}}, Variant: "homework/email/1"}
	a.Attempts = 3
	a.Questions = []string{"Is the message tailored to them and free of jargon?", "Can they see at a glance who you are and what you want?", "Is there reason enough for them to answer?"}
	return a
}

// fresh is a prospect before the first attempt.
func fresh() *coach.Prospect {
	p := jane()
	p.ID, p.Facts, p.Touches, p.Gatekeeper = 16, nil, nil, coach.Gatekeeper{}
	p.Campaigns[0].Starts = today
	return p
}

func freshAdvice() coach.Advice {
	a := callAdvice()
	a.Attempts, a.OverdueDays, a.Due, a.Suggestion.Attempt = 0, 0, today, 1
	a.Suggestion.Why = "The team’s outcome “cut invoice errors by a third” is new to them. Attempt 1 of 6, the first they hear from you; without a fact about them it is weaker than it could be."
	a.Questions = []string{"What is one thing you found out about Acme?", "What makes Acme a fit for what you sell?"}
	return a
}

func unreadyAdvice() coach.Advice {
	a := freshAdvice()
	a.Suggestion, a.Plan, a.MovesOn = nil, nil, 0
	a.Verdict.Say = "There is nothing new to say to Jane yet. One fact or nugget would begin the campaign."
	a.Missing = []coach.Missing{{Angle: coach.Homework, Say: "one fresh fact about Acme would open it"}, {Angle: coach.ValueNugget, Say: "one more nugget, an outcome or an issue, would open it"}}
	a.Questions = a.Questions[:1]
	return a
}

func moveOnAdvice() coach.Advice {
	a := callAdvice()
	a.Suggestion, a.Plan = nil, nil
	a.Due, a.OverdueDays, a.Missing, a.Questions = 0, 0, nil, nil
	a.Verdict.Checks = []coach.Check{{ID: "attempts", OK: true, Say: "6 of 6 attempts made"}, {ID: "reworked", OK: true, Say: "5 different angles tried"},
		{ID: "channels", OK: true, Say: "3 of 3 usable channels led an attempt"}, {ID: "asked", OK: true, Say: "asked for a short answer, and took the offer back"},
		{ID: "silence", OK: true, Say: "14 of 14 days of silence since the last attempt"}}
	a.Verdict.Kind, a.Verdict.Say = coach.MoveOnVerdict, "You did this well and Jane has not answered. That is an answer too; move on with your head up."
	return a
}

func hostileAdvice() coach.Advice {
	a := emailAdvice()
	s := *a.Suggestion
	s.Why, s.Draft, s.Subject = hostile, hostile+"\n"+strings.Repeat("long ", 900), hostile
	a.Suggestion, a.Questions, a.Verdict.Say = &s, []string{hostile}, hostile
	a.Verdict.Kind = coach.LastTries
	return a
}

func sampleWeek() coach.Week {
	return coach.Week{From: today - 1, To: today + 3, Attempts: 41, Touches: 55, Replies: 6, Meetings: 2, OnTime: 33, MovedOn: 3, MovedOnEarly: 1, Stopped: 1,
		Reasons: []coach.Count{{Name: "no budget, says jane", Count: 2}}, ReasonKinds: []coach.Count{{Name: "no budget", Count: 2}},
		ByAngle:   []coach.Count{{Name: "homework", Of: 14, Count: 3}, {Name: "short_ask", Of: 4, Count: 1}, {Of: 23, Count: 2}},
		ByChannel: []coach.Count{{Name: "email", Of: 20, Count: 2}, {Name: "call", Of: 21, Count: 4}},
		ByAttempt: []coach.Count{{Name: "1", Of: 12, Count: 1}, {Name: "4", Of: 10, Count: 3}, {Name: "5 or later", Of: 11, Count: 2}}, Persevered: 5, LastTries: 4, Undone: 9, Since: today - 3,
		ByDay:    []coach.DayCount{{Day: today - 1, Attempts: 9, Replies: 1}, {Day: today, Attempts: 12, Replies: 2}},
		NextWeek: []coach.DayCount{{Day: today + 6, Attempts: 7}, {Day: today + 7, Attempts: 9}},
		Practise: "no_ask", PractiseSay: "end each message with one question.", PractiseCount: 5, Encourage: "Five replies came after attempt 4."}
}

// stateLines are every word a line can carry.
func stateLines() []Line {
	line := func(id int64, s coach.State, meeting coach.Date, h coach.Hint) Line {
		return Line{ID: id, Name: "Jane Doe", Company: "Acme", State: s, Due: today, Until: today + 3, Attempts: 2, Meeting: meeting, Hint: h}
	}
	return []Line{
		line(1, coach.Active, 0, coach.Hint{Verdict: coach.KeepGoing, Due: today, Channel: coach.Call}),
		line(2, coach.Active, 0, coach.Hint{Verdict: coach.KeepGoing, Due: today - 4, OverdueDays: 4, Channel: coach.LinkedIn}),
		line(3, coach.Active, 0, coach.Hint{Verdict: coach.LastTries, Due: today + 2, Channel: coach.Email}),
		line(4, coach.Active, 0, coach.Hint{Verdict: coach.MoveOnVerdict}),
		line(5, coach.Active, 0, coach.Hint{Verdict: coach.WaitVerdict, Until: today + 6}),
		line(6, coach.Active, 0, coach.Hint{Verdict: coach.WaitVerdict}),
		line(7, coach.Active, 0, coach.Hint{Verdict: coach.KeepGoing, Due: today}),
		line(8, coach.Active, today-1, coach.Hint{Verdict: coach.KeepGoing}),
		line(9, coach.Engaged, today+2, coach.Hint{Verdict: coach.WaitVerdict, Until: today + 3}),
		line(10, coach.Engaged, 0, coach.Hint{Verdict: coach.WaitVerdict, Until: today}),
		line(11, coach.Waiting, 0, coach.Hint{Verdict: coach.WaitVerdict}),
	}
}

// rests are the days to rest until, some days away each.
func rests() []Rest {
	all := Rests()
	for i := range all {
		all[i].Day = today + coach.Date(1+3*i)
	}
	return all
}

func checkReport() coach.DraftReport {
	return coach.DraftReport{Verdict: coach.Tighten, Words: 30, SpokenSeconds: 12, SpokenFrom: 10, SpokenTo: 14, NotJudged: []string{"generic"}, Good: []string{"One question."},
		Findings: []coach.Finding{{ID: "checking_in", Start: 0, End: 13, Say: "It says nothing new.", Do: "Name one fact."}, {ID: "too_long", Say: "It is long.", Do: "Cut it."}}}
}

func manyCards(n int) []NudgeCard {
	var cards []NudgeCard
	for i := range n {
		p, a := jane(), callAdvice()
		p.ID = int64(20 + i)
		if i%3 == 1 {
			a = hostileAdvice()
			p = mallory()
			p.ID = int64(20 + i)
		}
		cards = append(cards, NudgeCard{Prospect: p, Advice: a})
	}
	return cards
}

func sentLines(n int) []SentLine {
	var lines []SentLine
	for i := range n {
		l := SentLine{Touch: coach.Touch{On: today - coach.Date(i), Channel: coach.Email, Angle: coach.Homework, Outcome: coach.OutcomeSent}, Subject: "the second hub", Text: strings.Repeat(hostile+" ", 1+i*40)}
		if i%4 == 3 {
			l = SentLine{Touch: coach.Touch{On: today - coach.Date(i), Channel: coach.Call, Outcome: coach.OutcomeNoAnswer}}
		}
		lines = append(lines, l)
	}
	return lines
}
