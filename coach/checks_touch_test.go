package coach_test

import (
	"slices"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// A1: what is logged is compared with what was sent before it, and neither
// with itself nor with what never reached them nor with its own attempt.
func TestA1_ACheckedTouchIsComparedWithWhatWasSentBefore(t *testing.T) {
	t.Parallel()
	mine := coach.Touch{Channel: coach.Email, Text: plantNote}
	repeats := func(c coach.Case, touch coach.Touch) bool {
		return slices.Contains(found(c.CheckTouch(touch)), coach.Repeat)
	}
	for _, tt := range []struct {
		name string
		old  coach.Touch
		on   string // of the old one
		want bool
	}{
		{"the same words before", coach.Touch{Channel: coach.LinkedIn, Text: plantNote}, "2026-03-13", true},
		{"others before", coach.Touch{Channel: coach.LinkedIn, Text: otherNote}, "2026-03-13", false},
		{"the same words, bounced", coach.Touch{Channel: coach.Email, Text: plantNote, Outcome: coach.OutcomeBounced}, "2026-03-13", false},
		{"the same words, nobody answered the call", coach.Touch{Channel: coach.Call, Text: plantNote, Outcome: coach.OutcomeNoAnswer}, "2026-03-13", false},
		{"the same words the same day, one attempt", coach.Touch{Channel: coach.LinkedIn, Text: plantNote}, "2026-03-23", false},
		{"the voicemail that it belongs to, of the working day before", coach.Touch{Channel: coach.Voicemail, Angle: coach.ShortAsk, Text: plantNote}, "2026-03-20", false},
	} {
		c := fresh(t, "2026-03-23", coach.Cold)
		tt.old.On = day(t, tt.on)
		if _, err := c.Log(tt.old); err != nil {
			t.Fatal(err)
		}
		touch := mine
		touch.Angle = tt.old.Angle
		if got := repeats(c, touch); got != tt.want {
			t.Errorf("A1 %s: repeat %v before it is logged", tt.name, got)
		}
		logged, err := c.Log(touch)
		if err != nil {
			t.Fatal(err)
		}
		if got := repeats(c, logged); got != tt.want {
			t.Errorf("A1 %s: repeat %v once it is logged", tt.name, got)
		}
	}

	// A draft of the coach's own that was sent without being written down counts
	// by its words.
	c := fresh(t, "2026-03-23", coach.Cold)
	s := c.Advise().Suggestion
	touch := s.PairTouch()
	touch.On, touch.Text = day(t, "2026-03-09"), ""
	if _, err := c.Log(touch); err != nil {
		t.Fatal(err)
	}
	if !repeats(c, coach.Touch{Channel: coach.LinkedIn, Text: s.Pair.Draft}) {
		t.Error("A1: a draft that was used is no earlier text")
	}
}
