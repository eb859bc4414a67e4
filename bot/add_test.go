package bot

import (
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// The first attempt is a plan: what is written without a direction lies ahead,
// and only what says so itself is over, which makes it due now.
func TestTheFirstAttemptIsReadAsAPlan(t *testing.T) {
	t.Parallel()
	today := coach.NewDate(2026, 3, 2) // a Monday
	for said, want := range map[string]coach.Date{
		"2 weeks": today + 14, "3d": today + 3, "in 3 days": today + 3, "12th": today + 10, "the 12th": today + 10, "tomorrow": today + 1,
		"fri": today + 4, "1 Dec": coach.NewDate(2026, 12, 1), "3.12.": coach.NewDate(2026, 12, 3), "1 Mar": coach.NewDate(2027, 3, 1),
		"today": today, "yesterday": today, "last fri": today, "3 days ago": today, "2026-02-10": today,
	} {
		var w wishes
		if bad := readFields(map[string]string{"name": "Jane", "company": "Acme", "starts": said}, &coach.Prospect{}, &w, today); len(bad) > 0 || w.Starts != want {
			t.Errorf("starts:%s is %s with %v, want %s", said, w.Starts, bad, want)
		}
	}
}

// Nothing can be pressed under these fields, nor behind a line of add: one of
// two readings is to be written.
func TestADayWithTwoReadingsInAddSaysWhatToWrite(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types("add Jane Doe, Acme starts:next fri").sees("can mean Fri 6 March 2026 or Fri 13 March 2026. Write the date, such as 6 March.")
	k.types("add Jane Doe, Acme last:mon").sees("can mean Mon 23 February 2026 or Mon 2 March 2026. Write the date, such as 23 February.")
	k.types("settings")
	k.got(k.p.Fill("Days off", "next fri")).got(k.p.Submit())
	if say := k.last.Errors["off"]; !strings.HasSuffix(say, "Write the date, such as 6 March.") {
		t.Errorf("a day off with two readings: %q", say)
	}
	k.got(k.p.ClearViews())
	k.types("add Jane Doe, Acme email:jane@acme.test starts:2 weeks").sees("Added #1", "First attempt Mon 16 March")
}
