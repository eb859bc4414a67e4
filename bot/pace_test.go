package bot

import (
	"context"
	"fmt"
	"testing"
	"time"
)

// runningClock is a clock that the pacer's own waiting moves.
type runningClock struct{ at time.Time }

func (c *runningClock) now() time.Time { return c.at }
func (c *runningClock) sleep(_ context.Context, d time.Duration) error {
	if d > 0 {
		c.at = c.at.Add(d)
	}
	return nil
}

func TestFiveHundredNudgesAreOutWithinThreeMinutes(t *testing.T) {
	t.Parallel()
	c := &runningClock{at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	start := c.at
	p := newPacer(c.now, c.sleep)
	perSecond := map[int]int{}
	for i := range 500 {
		if err := p.post(context.Background(), fmt.Sprintf("D%d", i), 0); err != nil {
			t.Fatal(err)
		}
		perSecond[int(c.at.Sub(start)/time.Second)]++
	}
	if took := c.at.Sub(start); took > 3*time.Minute {
		t.Errorf("the last nudge is out after %s", took)
	}
	for s, n := range perSecond {
		if n > 4 {
			t.Errorf("%d messages in second %d", n, s)
		}
	}
}

func TestOneConversationGetsOneMessageASecond(t *testing.T) {
	t.Parallel()
	c := &runningClock{at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	start := c.at
	p := newPacer(c.now, c.sleep)
	for range 10 {
		if err := p.post(context.Background(), "D1", 0); err != nil {
			t.Fatal(err)
		}
	}
	if took := c.at.Sub(start); took != 9*time.Second {
		t.Errorf("ten messages took %s, want 9s", took)
	}
}

func TestAPersonsAnswerGoesAheadOfTheEvenPace(t *testing.T) {
	t.Parallel()
	c := &runningClock{at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	p := newPacer(c.now, c.sleep)
	_ = p.post(context.Background(), "D1", 0)
	before := c.at
	_ = p.post(context.Background(), "D1", 3)
	if c.at != before {
		t.Errorf("the answer waited %s", c.at.Sub(before))
	}
	_ = p.post(context.Background(), "D1", 0)
	if c.at.Sub(before) != 2*time.Second {
		t.Errorf("what nobody asked for waited %s, want 2s", c.at.Sub(before))
	}
	p.hold(posting.Name, c.at.Add(time.Minute))
	before = c.at
	_ = p.post(context.Background(), "D2", 0)
	if c.at.Sub(before) != time.Minute {
		t.Errorf("Retry-After was kept for %s", c.at.Sub(before))
	}
}

func TestUpdatesAndHomesKeepTheirOwnBudget(t *testing.T) {
	t.Parallel()
	c := &runningClock{at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	p := newPacer(c.now, c.sleep)
	start, minute := c.at, 0
	for range 200 {
		_ = p.update(context.Background())
		if c.at.Sub(start) < time.Minute {
			minute++
		}
	}
	if minute > 50 {
		t.Errorf("%d updates in the first minute", minute)
	}
}
