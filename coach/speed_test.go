package coach_test

import (
	"fmt"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// long is a life of two hundred touches with texts, in twenty campaigns.
func long(t testing.TB) coach.Case {
	c := documented(t)
	p := c.Prospect
	p.Campaigns, p.Touches = nil, nil
	on := day(t, "2020-01-01")
	for no := 1; no <= 20; no++ {
		p.Campaigns = append(p.Campaigns, coach.Campaign{No: no, Situation: coach.Cold, Starts: on, Ended: on + 90, End: coach.EndMovedOn})
		for i := range 10 {
			p.Touches = append(p.Touches, coach.Touch{Campaign: no, On: on + coach.Date(9*i), Channel: coach.Email, Outcome: coach.OutcomeSent,
				Text: fmt.Sprintf("Hi Jane,\n\nthe %s and the %s of number %d made me think of how you plan the week at Acme. When the %s comes, who looks after it, and what would help you most with the many small things that nobody ever has the time to do?\n\nAda", openings[i], openings[no], no*i, openings[(no+i)%60])})
		}
		on += 100
	}
	p.Campaigns = append(p.Campaigns, coach.Campaign{No: 21, Situation: coach.Cold, Starts: c.Today() - 5})
	return c
}

func BenchmarkAdvise_UsualLife(b *testing.B) {
	c := documented(b)
	for b.Loop() {
		c.Advise()
	}
}

func BenchmarkAdvise_200Touches(b *testing.B) {
	c := long(b)
	for b.Loop() {
		c.Advise()
	}
}

func BenchmarkHint_UsualLife(b *testing.B) {
	c := documented(b)
	for b.Loop() {
		c.Hint()
	}
}

func BenchmarkHint_200Touches(b *testing.B) {
	c := long(b)
	for b.Loop() {
		c.Hint()
	}
}
