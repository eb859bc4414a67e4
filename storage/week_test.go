package storage

import (
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

var weekTrials = []trial{
	{"S6 the week knows touches and ends, whose they were", func(t *testing.T, w *world) {
		id := w.add(coach.Prospect{Owner: "UADA", Name: "Jane", State: coach.Active, Campaigns: []coach.Campaign{{No: 1, Situation: coach.Cold, LastTries: true}},
			Touches: []coach.Touch{
				{Campaign: 1, On: date("2026-02-20"), Channel: coach.Email, Angle: coach.Story, Attempt: 1, Due: date("2026-02-20")},
				{Campaign: 1, On: date("2026-03-02"), Channel: coach.Voicemail, Angle: coach.Homework, Attempt: 2, Due: date("2026-03-01"), Outcome: coach.OutcomeLeft},
				{Campaign: 1, On: date("2026-03-02"), Channel: coach.Email, Angle: coach.Homework, Attempt: 2, Due: date("2026-03-02"), Findings: []string{"jargon"}},
				{Campaign: 1, On: date("2026-03-03"), Channel: coach.Email, Outcome: coach.OutcomeBounced},
			}})
		if n, err := w.CountLastTries(w.ctx, "UADA"); n != 1 || err != nil {
			t.Errorf("last tries: %d, %v", n, err)
		}
		w.change("Handed over", func(tx *Tx) error {
			p, err := tx.Prospect(id)
			p.Owner = "UBOB"
			return err
		})
		if n, err := w.CountLastTries(w.ctx, "UBOB"); n != 1 || err != nil {
			t.Errorf("last tries after the hand-over: %d, %v", n, err)
		}
		w.change("Replied", func(tx *Tx) error {
			p, err := tx.Prospect(id)
			p.Campaigns[0].Ended, p.Campaigns[0].End, p.Campaigns[0].Answer = date("2026-03-04"), coach.EndReply, coach.AnswerMeeting
			p.Campaigns[0].Angle, p.Campaigns[0].Channel, p.Campaigns[0].Attempt = coach.Homework, coach.Email, 2
			p.Campaigns[0].Early = true
			return err
		})
		touches, ends, err := w.Week(w.ctx, "", date("2026-03-02"), date("2026-03-08"))
		w.must(err)
		want := []coach.WeekTouch{
			{Rep: "UADA", Prospect: id, On: date("2026-03-02"), Channel: coach.Voicemail, Angle: coach.Homework, Situation: coach.Cold, Attempt: 2, Leads: true, Outcome: coach.OutcomeLeft},
			{Rep: "UADA", Prospect: id, On: date("2026-03-02"), Channel: coach.Email, Angle: coach.Homework, Situation: coach.Cold, Attempt: 2, Findings: []string{"jargon"}},
			{Rep: "UADA", Prospect: id, On: date("2026-03-03"), Channel: coach.Email, Situation: coach.Cold, Outcome: coach.OutcomeBounced},
		}
		if a, b := asJSON(t, want), asJSON(t, touches); a != b {
			t.Errorf("touches\nwant %s\ngot  %s", a, b)
		}
		wantEnds := []coach.WeekEnd{{Rep: "UBOB", On: date("2026-03-04"), End: coach.EndReply, Answer: coach.AnswerMeeting, Angle: coach.Homework, Channel: coach.Email, Attempt: 2, Early: true}}
		if a, b := asJSON(t, wantEnds), asJSON(t, ends); a != b {
			t.Errorf("ends\nwant %s\ngot  %s", a, b)
		}
		got, err := w.EarnedSince(w.ctx, "UBOB", date("2026-03-01"), 9)
		w.must(err)
		if a, b := asJSON(t, []Earned{{ID: id, Name: "Jane", On: date("2026-03-04"), Attempt: 2, Channel: coach.Email}}), asJSON(t, got); a != b {
			t.Errorf("earned\nwant %s\ngot  %s", a, b)
		}
		if got, err := w.EarnedSince(w.ctx, "UBOB", date("2026-03-05"), 9); err != nil || len(got) != 0 {
			t.Errorf("earned later: %v, %v", got, err)
		}
		if touches, ends, err := w.Week(w.ctx, "UADA", date("2026-02-16"), date("2026-02-22")); err != nil || len(touches) != 1 || !touches[0].OnTime || len(ends) != 0 {
			t.Errorf("Ada's other week: %+v, %+v, %v", touches, ends, err)
		}
		if n, err := w.CountLastTries(w.ctx, ""); n != 0 || err != nil {
			t.Errorf("last tries after the reply: %d, %v", n, err)
		}
	}},
	{"S6 the week knows what was left undone", func(t *testing.T, w *world) {
		for i, due := range []string{"2026-03-02", "2026-03-06", "2026-03-07", ""} {
			day := coach.Date(0)
			if due != "" {
				day = date(due)
			}
			w.add(coach.Prospect{Owner: []string{"UADA", "UBOB"}[i%2], Name: "P", State: coach.Active, Due: day})
		}
		w.add(coach.Prospect{Owner: "UADA", Name: "Q", State: coach.Snoozed, Due: date("2026-03-01")})
		for owner, want := range map[string]struct {
			n     int
			since string
		}{"": {2, "2026-03-02"}, "UADA": {1, "2026-03-02"}, "UBOB": {1, "2026-03-06"}} {
			if n, since, err := w.LeftUndone(w.ctx, owner, date("2026-03-06")); err != nil || n != want.n || since != date(want.since) {
				t.Errorf("%q: %d since %v, %v", owner, n, since, err)
			}
		}
		if n, since, err := w.LeftUndone(w.ctx, "UADA", date("2026-03-01")); err != nil || n != 0 || since != 0 {
			t.Errorf("none: %d since %v, %v", n, since, err)
		}
	}},
	{"A4 V8b evidence counts attempts and replies", func(t *testing.T, w *world) {
		for i := range 3 {
			p := coach.Prospect{Owner: "UADA", Name: "P", State: coach.Active, Campaigns: []coach.Campaign{{No: 1, Situation: coach.Cold}},
				Touches: []coach.Touch{
					{Campaign: 1, On: date("2026-01-10"), Channel: coach.Email, Angle: coach.Story, Attempt: 1, Outcome: coach.OutcomeSent},
					{Campaign: 1, On: date("2026-02-10"), Channel: coach.Voicemail, Angle: coach.Homework, Attempt: 2, Outcome: coach.OutcomeLeft},
					{Campaign: 1, On: date("2026-02-10"), Channel: coach.Email, Angle: coach.Homework, Attempt: 2, Outcome: coach.OutcomeSent},
					{Campaign: 1, On: date("2026-02-12"), Channel: coach.Call, Angle: coach.Homework, Attempt: 3, Outcome: coach.OutcomeNoAnswer},
					{Campaign: 1, On: date("2026-02-13"), Channel: coach.Email, Angle: coach.Homework, Outcome: coach.OutcomeBounced},
				}}
			if i > 0 {
				p.Campaigns[0].Ended, p.Campaigns[0].End, p.Campaigns[0].Angle, p.Campaigns[0].Attempt = date("2026-02-20"), coach.EndReply, coach.Homework, i+1
			}
			w.add(p)
		}
		e, err := w.Evidence(w.ctx, date("2026-02-01"))
		w.must(err)
		want := coach.Evidence{Angles: map[coach.Situation]map[coach.Angle]coach.Rate{coach.Cold: {coach.Homework: {Tried: 3, Replied: 2}}}, Attempts: []int{0, 0, 1, 1}}
		if a, b := asJSON(t, want), asJSON(t, e); a != b {
			t.Errorf("want %s\ngot  %s", a, b)
		}
	}},
}
