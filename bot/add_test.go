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

// A form that opens filled holds everything that the line said, and saves it.
func TestTheFormThatOpensFilledHoldsAllOfTheLine(t *testing.T) {
	t.Parallel()
	for _, begin := range []string{"add Jane Doe, Acme, VP, Sales", "add Jane Doe Acme"} {
		k := newTalk(t, monday(t, 10, 0))
		k.types(begin + " email:jane@acme.test level:VP urgency:hi purchase:CAP line:Switch situation:blownoff zone:Tokyo gatekeeper:Ana, try before 9 research:a hub research:new carriers starts:fri")
		k.got(k.p.Fill("Company", "Acme")).got(k.p.Submit()).sees("Added #1")
		p := k.life(1)
		if p.Level != coach.VP || p.Urgency != coach.High || p.Purchase != coach.Capital || p.Line != coach.Switchboard || p.Situation() != coach.BlownOff {
			t.Errorf("%s: the choices are %q, %q, %q, %q, %q", begin, p.Level, p.Urgency, p.Purchase, p.Line, p.Situation())
		}
		if p.Zone != "Asia/Tokyo" || p.Gatekeeper.Name != "Ana" || p.Gatekeeper.BestTime != "before 9" {
			t.Errorf("%s: the zone is %q, the gatekeeper %+v", begin, p.Zone, p.Gatekeeper)
		}
		if len(p.Facts) != 1 || p.Facts[0].Text != "a hub; new carriers" || p.Campaigns[0].Starts.String() != "2026-03-06" {
			t.Errorf("%s: the facts are %+v, the start %s", begin, p.Facts, p.Campaigns[0].Starts)
		}
	}
}

// What no choice of the form can show is said before it opens.
func TestAWordThatIsNoChoiceIsSaidBeforeTheFormOpens(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types("add Jane Doe Acme urgency:banana").sees("“urgency:banana” is none of high, normal, low")
	if k.last.View != nil {
		t.Error("a form opened that cannot hold it")
	}
}
