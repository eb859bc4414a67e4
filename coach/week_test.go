package coach_test

import (
	"slices"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

var monday = coach.NewDate(2026, time.March, 2)

func aWeek() coach.WeekInput {
	in := coach.WeekInput{From: monday, To: monday + 6, LastTries: 3, Load: map[coach.Date]int{monday + 9: 2, monday + 7: 4}}
	for n := range 12 {
		in.Touches = append(in.Touches, coach.WeekTouch{
			Rep: "U1", Prospect: int64(n), On: monday + coach.Date(n%5), Channel: coach.Email, Angle: coach.Story,
			Attempt: 1 + n%6, Leads: true, OnTime: n != 0, Outcome: coach.OutcomeSent, Findings: []string{coach.Generic, coach.Generic},
		})
	}
	in.Touches = append(in.Touches,
		coach.WeekTouch{On: monday, Channel: coach.Voicemail, Angle: coach.Homework, Attempt: 2, Leads: true, OnTime: true, Outcome: coach.OutcomeLeft, Findings: []string{coach.Unpaired}},
		coach.WeekTouch{On: monday, Channel: coach.Email, Angle: coach.Homework, Attempt: 2, Outcome: coach.OutcomeSent},
		coach.WeekTouch{On: monday + 1, Channel: coach.Email, Leads: true, Outcome: coach.OutcomeBounced},
		coach.WeekTouch{On: monday - 1, Channel: coach.Email, Leads: true, Outcome: coach.OutcomeSent, Attempt: 1},
		coach.WeekTouch{On: monday + 7, Channel: coach.Email, Leads: true, Outcome: coach.OutcomeSent, Attempt: 1},
	)
	in.Ends = []coach.WeekEnd{
		{On: monday + 1, End: coach.EndReply, Answer: coach.AnswerMeeting, Angle: coach.Story, Channel: coach.Email, Attempt: 4},
		{On: monday + 2, End: coach.EndReply, Angle: coach.Story, Channel: coach.Email, Attempt: 6},
		{On: monday + 2, End: coach.EndReply, Answer: coach.AnswerNo, Angle: coach.SharpQuestion, Channel: coach.LinkedIn, Attempt: 1},
		{On: monday + 3, End: coach.EndMovedOn, Reason: "No budget"},
		{On: monday + 3, End: coach.EndMovedOn, Reason: "no budget ", Early: true},
		{On: monday + 3, End: coach.EndMovedOn, Reason: "a merger"},
		{On: monday + 4, End: coach.EndStopped, Reason: "dnc"},
		{On: monday + 9, End: coach.EndStopped},
	}
	return in
}

func TestS6_TheWeekIsCounted(t *testing.T) {
	t.Parallel()
	w := coach.Summarise(aWeek())
	for name, c := range map[string][2]int{
		"attempts": {w.Attempts, 13}, "touches": {w.Touches, 14}, "replies": {w.Replies, 3}, "meetings": {w.Meetings, 1},
		"on time": {w.OnTime, 12}, "moved on": {w.MovedOn, 3}, "early": {w.MovedOnEarly, 1}, "stopped": {w.Stopped, 1},
		"persevered": {w.Persevered, 2}, "last tries": {w.LastTries, 3}, "practise": {w.PractiseCount, 12}, "days": {len(w.ByDay), 7},
		"monday": {w.ByDay[0].Attempts, 4}, "wednesday's replies": {w.ByDay[2].Replies, 2},
	} {
		if c[0] != c[1] {
			t.Errorf("S6 %s: %d, want %d", name, c[0], c[1])
		}
	}
	if want := []coach.Count{{Name: "no budget", Of: 3, Count: 2}, {Name: "a merger", Of: 3, Count: 1}}; !slices.Equal(w.Reasons, want) {
		t.Errorf("S6 reasons: %v", w.Reasons)
	}
	if want := []coach.Count{{Name: "no budget", Of: 3, Count: 2}, {Name: "not now", Of: 3, Count: 1}}; !slices.Equal(w.ReasonKinds, want) {
		t.Errorf("S6 kinds of reasons: %v", w.ReasonKinds)
	}
	if want := []coach.Count{{Name: "homework", Of: 1}, {Name: "story", Of: 12, Count: 2}, {Name: "sharp_question", Count: 1}}; !slices.Equal(w.ByAngle, want) {
		t.Errorf("S6 by angle: %v", w.ByAngle)
	}
	if want := []coach.DayCount{{Day: monday + 7, Attempts: 4}, {Day: monday + 9, Attempts: 2}}; !slices.Equal(w.NextWeek, want) {
		t.Errorf("S6 next week: %v", w.NextWeek)
	}
	if w.Practise != coach.Generic || w.PractiseSay == "" {
		t.Errorf("S6 practise: %q %q", w.Practise, w.PractiseSay)
	}
}

// What was logged without an angle stands last, so that the rows add up to the headline.
func TestS6_TheAnglesAddUpToTheHeadline(t *testing.T) {
	t.Parallel()
	in := aWeek()
	in.Touches = append(in.Touches,
		coach.WeekTouch{On: monday, Channel: coach.Call, Attempt: 1, Leads: true, Outcome: coach.OutcomeSpoke},
		coach.WeekTouch{On: monday, Channel: coach.Call, Angle: "one of another playbook", Attempt: 1, Leads: true, Outcome: coach.OutcomeSpoke})
	in.Ends = append(in.Ends, coach.WeekEnd{On: monday, End: coach.EndReply, Channel: coach.Call, Attempt: 1})
	w := coach.Summarise(in)
	var sum coach.Count
	for _, c := range w.ByAngle {
		sum.Of, sum.Count = sum.Of+c.Of, sum.Count+c.Count
	}
	if sum.Of != w.Attempts || sum.Count != w.Replies {
		t.Errorf("S6: %d attempts and %d replies by angle, %d and %d in the headline", sum.Of, sum.Count, w.Attempts, w.Replies)
	}
	if last := w.ByAngle[len(w.ByAngle)-1]; last != (coach.Count{Of: 2, Count: 1}) {
		t.Errorf("S6: the last row is %+v", last)
	}
}

func TestS6_AttemptNumbersAreWithoutGapsAndEnd(t *testing.T) {
	t.Parallel()
	w := coach.Summarise(coach.WeekInput{From: monday, To: monday + 6, Undone: 2, Since: monday - 1, Touches: []coach.WeekTouch{
		{On: monday, Channel: coach.Email, Attempt: 2, Leads: true, Outcome: coach.OutcomeSent},
		{On: monday, Channel: coach.Email, Attempt: 12, Leads: true, Outcome: coach.OutcomeSent},
		{On: monday, Channel: coach.Email, Attempt: 400, Leads: true, Outcome: coach.OutcomeSent},
	}, Ends: []coach.WeekEnd{{On: monday, End: coach.EndReply}, {On: monday, End: coach.EndReply, Attempt: 4}}})
	if len(w.ByAttempt) != 12 || w.ByAttempt[0] != (coach.Count{Name: "1"}) || w.ByAttempt[3] != (coach.Count{Name: "4", Count: 1}) || w.ByAttempt[11] != (coach.Count{Name: "12 or later", Of: 2}) {
		t.Errorf("S6: %v", w.ByAttempt)
	}
	if w.Undone != 2 || w.Since != monday-1 {
		t.Errorf("S6: %d left over since %v", w.Undone, w.Since)
	}
}

func TestS6_NoRateUnderTen(t *testing.T) {
	t.Parallel()
	if _, ok := (coach.Count{Of: 9, Count: 9}).Rate(); ok {
		t.Error("S6: a rate of nine outcomes")
	}
	if r, ok := (coach.Count{Of: 10, Count: 4}).Rate(); !ok || r != 0.4 {
		t.Errorf("S6: %v %v", r, ok)
	}
}

func TestS6_EachFindingIsSomethingToPractise(t *testing.T) {
	t.Parallel()
	for _, id := range findingIDs {
		in := coach.WeekInput{From: monday, To: monday, Touches: []coach.WeekTouch{{On: monday, Findings: []string{id}}}}
		if w := coach.Summarise(in); w.Practise != id || len(w.PractiseSay) < 30 {
			t.Errorf("S6 %s: %q %q", id, w.Practise, w.PractiseSay)
		}
	}
}

func TestS7_EncouragementIsEarned(t *testing.T) {
	t.Parallel()
	if got := coach.Summarise(aWeek()).Encourage; got != "Two replies came on attempt 4 or later: they were worth going on for." {
		t.Errorf("S7: %q", got)
	}
	if got := coach.Summarise(coach.WeekInput{From: monday, To: monday + 6}).Encourage; got != "" {
		t.Errorf("S7: an empty week earns nothing, not %q", got)
	}
	in := aWeek()
	in.Ends = nil
	if got := coach.Summarise(in).Encourage; got != "12 of 13 attempts were made on time." {
		t.Errorf("S7: %q", got)
	}
}

// S6: what many people read holds nobody's own words, for those can name the
// prospect.
func TestS6_AReasonOfAKindNamesNobody(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"": "", " – ": "", "No budget": "no budget", "Too expensive, says Jane Doe": "no budget", "left two voicemails, no answer": "no answer",
		"Jane Doe left Acme": "left their company", "they have a vendor": "somebody else has it", "not-now": "not now", "bad-data": "bad data",
		"No, Jane doesn’t need it": "no need", "Acme is too small": "no fit", "Bosch": "another reason", "unfit": "another reason",
	} {
		if got := coach.ReasonKind(said); got != want {
			t.Errorf("S6 %q: %q, want %q", said, got, want)
		}
	}
}
