package bot

import (
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

func TestATimeInTheirWordsIsFound(t *testing.T) {
	t.Parallel()
	today, _ := coach.ParseDate("2026-03-02") // a Monday
	for text, want := range map[string][2]string{
		"call me after the apricot season":             {"after the apricot season", ""},
		"Call me after Easter, then we can talk.":      {"after Easter", ""},
		"call me in May":                               {"in May", "2026-05-01"},
		"call again after May":                         {"after May", "2026-06-01"},
		"call again after Sept":                        {"after Sept", "2026-10-01"},
		"call again after Dec":                         {"after Dec", "2027-01-01"},
		"please ring me next month":                    {"next month", "2026-04-01"},
		"not before June, try again then":              {"not before June", "2026-06-01"},
		"busy until 20 March":                          {"until 20 March", "2026-03-20"},
		"he is back on Friday":                         {"on Friday", "2026-03-06"},
		"write to me in two weeks":                     {"in two weeks", "2026-03-16"},
		"talk to me in autumn":                         {"in autumn", ""},
		"Get back to me after the trade fair in Milan": {"after the trade fair in Milan", ""},
		// Not about when to hear from us, or no time at all.
		"onboarding takes six weeks":           {"", ""},
		"they open a hub in May":               {"", ""},
		"call the office in Leipzig":           {"", ""},
		"she called it a waste of time":        {"", ""},
		"after the merger nobody owns this":    {"", ""},
		"try before 9":                         {"", ""},
		"talked to her yesterday":              {"", ""},
		"":                                     {"", ""},
		"prefers to talk in person in Leipzig": {"", ""},
	} {
		words, day := whenSaid(text, today)
		if words != want[0] || day.String() != want[1] {
			t.Errorf("%q: %q, %q; want %q", text, words, day, want)
		}
	}
}

// A date hidden in their words is asked about when it is noted, and one press
// keeps the peace until then.
func TestATimeInTheirWordsIsAskedAbout(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("note jane said: call me after the apricot season").sees("Noted for Jane Doe", "“after the apricot season”: when is that? Until then I can leave Jane in peace. Nothing is put aside yet.").
		presses("Choose a day").sees("Or another day")
	k.p.ClearViews()
	k.types("note jane said: call me in May").sees("“in May”: shall Jane be left in peace until Fri 1 May? Nothing is put aside yet.").
		presses("Snooze until Fri 1 May").sees("Snoozed Jane Doe, Acme until Fri 1 May 2026.")
	if p := k.life(1); p.State != coach.Snoozed {
		t.Errorf("state %s", p.State)
	}
	k.types("undo")
	k.types("note jane gatekeeper: Ana, he is back in May").sees("shall Jane be left in peace until")
	k.types("note jane research: they talk of a second hub after the summer").sees("Noted")
	if len(k.last.Shown) != 1 {
		t.Errorf("what the rep found out is no wish of theirs: %s", k.said())
	}
}
