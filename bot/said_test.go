package bot

import (
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// What a button says can be typed as the button says it, and leads there.
func TestWordsOfButtonsAreUnderstood(t *testing.T) {
	t.Parallel()
	for line, want := range map[string][]string{
		"move on jane":                            {"Jane Doe, Acme"},
		"Move on Jane":                            {"Jane Doe, Acme"},
		"reply jane":                              {"What came of"},
		"answered from jane":                      {"What came of"},
		"won jane":                                {"Jane Doe, Acme"},
		"meeting jane fri":                        {"A meeting with Jane Doe, Acme, Fri 6 March"},
		"meeting with jane fri":                   {"A meeting with Jane Doe, Acme, Fri 6 March"},
		"no answer jane":                          {"Logged: call without an answer to Jane Doe, Acme."},
		"left a voicemail for jane":               {"Logged: voicemail to Jane Doe, Acme."},
		"spoke with jane":                         {"You spoke with Jane Doe"},
		"postpone jane":                           {"Or another day"},
		"delete jane":                             {"Jane Doe, Acme"},
		"call jane":                               {"Jane Doe, Acme: do you want to know what to say, or is the call done? Nothing is logged yet."},
		"mail jane":                               {"is the email done?"},
		"i called jane, no answer":                {"Logged: call without an answer to Jane Doe, Acme."},
		"I called Jane, voicemail":                {"Logged: voicemail to Jane Doe, Acme."},
		"I've just emailed jane":                  {"Logged: email to Jane Doe, Acme."},
		"i spoke to jane":                         {"You spoke with Jane Doe"},
		"we met jane":                             {"Jane Doe, Acme"},
		"called jane":                             {"Jane Doe, Acme"},
		"won nobody":                              {"I do not know “won”"},
		"jane answered: sounds interesting":       {"What came of"},
		"jane said no":                            {"Jane Doe"},
		"jane wrote back: send details":           {"What came of"},
		"wrote back from jane":                    {"What came of"},
		"wrote jane":                              {"Logged: email to Jane Doe, Acme."},
		"Jane, no answer":                         {"Logged: call without an answer to Jane Doe, Acme."},
		"why jane":                                {"Jane Doe, Acme", "Attempt 1 of 8"},
		"why do you propose that for jane?":       {"Jane Doe, Acme", "Attempt 1 of 8"},
		"why I take paperwork off people's desks": {"Kept."},
		"how is ada doing?":                       {"I do not know “how”"},
		"how do i chnage the rythm?":              {"The rhythm follows"},
		"I bought a house":                        {"I do not know “I bought”"},
		"I have no idea what to write to jane":    {"offers one with a draft"},
		"call":                                    {"I do not know “call”"},
	} {
		k := newTalk(t, monday(t, 10, 0))
		k.types(addJane)
		k.types(line).sees(want...)
		if strings.Contains(k.said(), "I do not know") != strings.Contains(want[0], "I do not know") || strings.Contains(k.said(), "None of your") {
			t.Errorf("%q: %s", line, k.said())
		}
	}
}

// The first that fits counts, so a longer one must not stand behind its beginning.
func TestLongerWordsOfButtonsStandFirst(t *testing.T) {
	t.Parallel()
	for i, s := range saidLike {
		for _, later := range saidLike[i+1:] {
			if strings.HasPrefix(later.words+" ", s.words+" ") {
				t.Errorf("%q is never read, %q stands before it", later.words, s.words)
			}
		}
	}
}

func TestWordsOfButtonsDoWhatTheButtonDoes(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("call jane").presses("Left voicemail").sees("Logged: voicemail to Jane Doe, Acme.")
	k.types("undo")
	k.types("email jane").presses("What to say").sees("Jane Doe, Acme")
	if p := k.life(1); len(p.Touches) != 0 {
		t.Errorf("asking what to say logged something: %+v", p.Touches)
	}
	k.types("won jane")
	if p := k.life(1); p.State != coach.Won {
		t.Errorf("state %s", p.State)
	}
	k.types("undo")
	k.types("add Jane Roe, Beta phone:+4934198765")
	k.types("won jane").sees("can be several").presses("#2 Jane Roe, Beta")
	if p := k.life(2); p.State != coach.Won {
		t.Errorf("the one chosen is %s", p.State)
	}
	k.types("add Won Lee, Gamma phone:+4934198769")
	k.types("won lee").sees("Won Lee, Gamma (#3)") // whom the words name goes first
}

// H2: a voicemail in the rep's own words has its email asked for as well.
func TestH2_AVoicemailInOwnWordsAsksForItsEmail(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("I left a voicemail for jane").sees("A voicemail works best with an email of the same day").presses("Log it")
	if p := k.life(1); len(p.Touches) != 2 || p.Touches[1].Channel != coach.Email {
		t.Errorf("logged %+v", p.Touches)
	}
	k.types("add Pia Roe, Beta phone:+4934198765") // without an address none is asked for
	k.types("left a voicemail for pia")
	if strings.Contains(k.said(), "an email of the same day") {
		t.Error("an email is asked for that cannot be sent")
	}
}

// A slip in a name is asked about, and done with the rest of the line.
func TestASlipInANameIsAskedAbout(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("snooze jnae deo fri").sees("None of your prospects is called “jnae”. Did you mean one of these?").presses("Jane Doe, Acme")
	if p := k.life(1); p.SnoozedUntil != coach.DateOf(k.w.now())+4 {
		t.Errorf("snoozed until %s", p.SnoozedUntil)
	}
	k.types("show zacharias").sees("None of your prospects is called “zacharias”. “/prospect list” shows them all.")
}

// What they wrote with their answer stands on the card.
func TestWhatTheyAnsweredStandsOnTheCard(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("replied jane sounds good, send me the *details*")
	k.types("show jane")
	if card := string(k.last.Shown[0].Blocks); !strings.Contains(card, "they answered: “sounds good, send me the *details*”") {
		t.Errorf("not on the card: %s", card)
	}
}

// Words to be kept are kept while their kind is asked.
func TestANoteAndANuggetWithoutAKindAreKeptAndAsked(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("note jane: prefers mornings").sees("“prefers mornings”: where is it from? Nothing is noted yet.")
	if p := k.life(1); len(p.Facts) != 1 {
		t.Fatalf("noted before it was asked: %+v", p.Facts)
	}
	k.presses("They said it").sees("Noted for Jane Doe, Acme.", "prefers mornings")
	if p := k.life(1); len(p.Facts) != 2 || p.Facts[1].Kind != coach.Said || p.Facts[1].Text != "prefers mornings" {
		t.Errorf("%+v", p.Facts)
	}
	k.types("note jane reserch: opened a depot").sees("did you mean “research”?").presses("Yes: research").sees("opened a depot")
	k.types("nugget add we saved Kohler 14 hours a week").sees("“we saved Kohler 14 hours a week”: what is it?").presses("An outcome").sees("Added for the whole team: outcome")
	k.types("nugget we saved time: 2 days").sees("A nugget needs its kind")
	k.types("nugget").sees("we saved Kohler 14 hours a week")
}

func TestSnoozeWithoutADayOffersSome(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.got(k.p.Say("", "snooze jane")).sees("Until when does Jane Doe, Acme rest?").presses("Tomorrow (Tue 3 March)").sees("Snoozed Jane Doe, Acme until Tue 3 March 2026.")
}

// A form is a button away where words can open no window.
func TestEditInWordsIsOneButton(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.got(k.p.Say("", "edit jane")).sees("What is known of Jane Doe, Acme stands in a form.").presses("Edit").sees("Edit a prospect")
}
