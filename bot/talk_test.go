package bot

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/coach"
)

// talk is a person at their screen in a world, and what they see.
type talk struct {
	t    *testing.T
	w    *world
	p    *localslack.Person
	last localslack.Result
}

func newTalk(t *testing.T, at time.Time) *talk {
	t.Helper()
	w := newWorld(t, at, func(c *Config) {
		c.Endings, c.HashKey = []string{"inc", "gmbh"}, []byte("a key for the tests")
	}, nil)
	return &talk{t: t, w: w, p: w.slack.Person("ada")}
}

// types sends a slash command from the DM.
func (k *talk) types(line string) *talk {
	k.t.Helper()
	return k.got(k.p.Command("/prospect " + line))
}

func (k *talk) got(r localslack.Result, err error) *talk {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
	k.last = r
	return k
}

// said is the text of everything newly shown.
func (k *talk) said() string {
	var all []string
	for _, m := range k.last.Shown {
		all = append(all, m.Text)
	}
	if v := k.last.View; v != nil {
		all = append(all, v.Title+" "+string(v.Blocks))
	}
	return strings.Join(all, "\n")
}

// sees fails unless everything wanted is shown.
func (k *talk) sees(want ...string) *talk {
	k.t.Helper()
	for _, w := range want {
		if !strings.Contains(k.said(), w) {
			k.t.Fatalf("does not see %q in:\n%s", w, k.said())
		}
	}
	return k
}

// presses clicks a button of the newest message that has it.
func (k *talk) presses(label string) *talk {
	k.t.Helper()
	for i := len(k.last.Shown) - 1; i >= 0; i-- {
		if strings.Contains(string(k.last.Shown[i].Blocks), `"`+label+`"`) {
			return k.got(k.p.Click(k.last.Shown[i], label))
		}
	}
	k.t.Fatalf("no button %q in:\n%s", label, k.said())
	return k
}

// forges presses a button as a message drew it, though the message may long be
// another: Slack's own client would not, a slow one or a second screen does.
func (k *talk) forges(m localslack.Message, label string) (localslack.Result, error) {
	k.t.Helper()
	var blocks []struct {
		Elements []struct {
			Action string `json:"action_id"`
			Value  string
			Text   struct{ Text string }
		}
	}
	if err := json.Unmarshal(m.Blocks, &blocks); err != nil {
		k.t.Fatal(err)
	}
	for _, b := range blocks {
		for _, e := range b.Elements {
			if e.Text.Text == label {
				f := k.p.ForgeClick(e.Action, e.Value)
				if f.Trouble != nil {
					return f.Result, f.Trouble
				}
				return f.Result, nil
			}
		}
	}
	k.t.Fatalf("no button %q in %s", label, m.Blocks)
	return localslack.Result{}, nil
}

func (k *talk) life(id int64) coach.Prospect {
	k.t.Helper()
	p, err := k.w.store.Prospect(context.Background(), id)
	if err != nil {
		k.t.Fatal(err)
	}
	return p
}

const addJane = `add Jane Doe, Acme, CFO email:jane@acme.test phone:+49 341 1234567 industry:logistics research:opened a hub in Leipzig starts:today`

func TestANewcomerIsShownThreeFirstSteps(t *testing.T) {
	t.Parallel()
	newTalk(t, monday(t, 10, 0)).types("").sees("Add a prospect", "next")
}

func TestARepAddsWorksAndLogsAProspect(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane).sees("Added #1 Jane Doe, Acme.", "First attempt Mon 2 March")
	k.types("").sees("1 due now", "Jane Doe, Acme")
	k.types("next").sees("Jane Doe, Acme: ")
	k.types("jane").sees("Jane Doe, Acme (#1)")
	k.types("plan 1").sees("Plan for Jane Doe, Acme", "you move on")
	k.types("log jane e homework Jane, new hub, new carriers: who checks their invoices?").sees("Logged: email to Jane Doe, Acme.", "Next attempt")
	if p := k.life(1); len(p.Touches) != 1 || p.Touches[0].Angle != coach.Homework || p.Touches[0].Text == "" {
		t.Errorf("logged %+v", p.Touches)
	}
	k.types("undo").sees("Taken back: email to Jane Doe, Acme.")
	if p := k.life(1); len(p.Touches) != 0 {
		t.Errorf("still logged: %+v", p.Touches)
	}
}

// Pressing twice, or on an old message, does no harm and says what is the case.
func TestALogButtonCountsOnce(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("next")
	old := k.last.Shown[len(k.last.Shown)-1]
	label := "Log it"
	if strings.Contains(string(old.Blocks), "No answer") {
		label = "No answer"
	}
	k.got(k.p.Click(old, label)).sees("Logged: ")
	k.w.move(k.w.now().Add(time.Second))
	k.got(k.forges(old, label))
	if now := "Something happened here in the meantime; this is how it stands now."; len(k.last.Shown) != 1 || !strings.Contains(string(k.last.Shown[0].Blocks), now) {
		t.Errorf("does not say what is the case: %s", k.said())
	}
	if p := k.life(1); len(p.Touches) != 1 {
		t.Errorf("%d touches after pressing twice", len(p.Touches))
	}
}

func TestSeveralHitsAreAChoiceAndNothingIsChanged(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("add Jane Roe, Umbrella phone:+4934198765 starts:today").sees("Added #2")
	k.types("snooze jane fri").sees("can be several", "#1 Jane Doe, Acme", "#2 Jane Roe, Umbrella")
	k.presses("#2 Jane Roe, Umbrella").sees("Snoozed Jane Roe, Umbrella until Fri 6 March")
	if p := k.life(1); p.State != coach.Active {
		t.Errorf("the other one was touched: %s", p.State)
	}
	k.types("show doe acme").sees("Jane Doe, Acme (#1)")
}

// A manager's words name the team's prospects too, their own first; for a rep
// somebody else's read as nobody.
func TestAManagerNamesTheTeamsProspects(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	eve := &talk{t: t, w: k.w, p: k.w.slack.Person("eve")}
	eve.types("add Jane Roe, Umbrella phone:+4934198765 starts:today").sees("Added #2")
	max := &talk{t: t, w: k.w, p: k.w.slack.Person("max")}
	max.types("show jane doe").sees("Jane Doe, Acme (#1)")
	if !strings.Contains(string(max.last.Shown[0].Blocks), "Pursued by Ada Weber") {
		t.Errorf("whose it is: %s", max.last.Shown[0].Blocks)
	}
	max.types(`snooze "jane" fri`).sees("can be several", "#1 Jane Doe, Acme (Ada Weber)", "#2 Jane Roe, Umbrella (Eve Other)")
	max.presses("#2 Jane Roe, Umbrella (Eve Other)").sees("Snoozed Jane Roe")
	max.types("add Jane Ott, Initech phone:+4934155555 starts:today").sees("Added #3")
	max.types("show jane").sees("Jane Ott, Initech (#3)")
	max.types("show jane roe").sees("Jane Roe, Umbrella (#2)")
	eve.types("show jane doe").sees("Jane Roe, Umbrella (#2)")
	eve.types("show doe").sees("None of your prospects is called")
	k.types("show roe").sees("None of your prospects is called")
}

func TestATypoIsAButtonAndNeverDone(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("snoze 1 fri").sees("I do not know", "snooze")
	if p := k.life(1); p.State != coach.Active {
		t.Fatal("a typo was done")
	}
	k.presses("Yes: snooze 1 fri").sees("Snoozed Jane Doe")
	k.types("banana").sees("I do not know", "help")
}

func TestALikelyDuplicateIsAskedAboutFirst(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("add J Doe, Acme Inc email:jane@acme.test").sees("is yours already (#1)", "Nothing was added")
	k.presses("Add all the same").sees("Added #2")
	eve := &talk{t: t, w: k.w, p: k.w.slack.Person("eve")}
	eve.types("add Jane Doe, Acme").sees("Ada Weber seems to pursue this person already")
	if strings.Contains(eve.said(), "#1") || strings.Contains(eve.said(), "jane@") {
		t.Errorf("more than the owner's name: %s", eve.said())
	}
	eve.types("show 1").sees("There is no prospect 1.")
	eve.types("show 99").sees("There is no prospect 99.")
}

func TestTheFormAddsWithErrorsAtTheField(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types("add")
	k.got(k.p.Fill("Name", "Jane Doe")).got(k.p.Fill("Company", "Acme")).got(k.p.Fill("Email", "nonsense")).got(k.p.Submit())
	if k.last.Errors["email"] == "" {
		t.Fatalf("errors %v", k.last.Errors)
	}
	k.got(k.p.Fill("Email", "jane@acme.test")).got(k.p.Submit()).sees("Added #1 Jane Doe, Acme.")
	if p := k.life(1); p.Email != "jane@acme.test" || p.State != coach.Active {
		t.Errorf("%+v", p)
	}
	k.types("add Jane, Acme, VP, Sales, EMEA")
	if k.last.View == nil || !strings.Contains(string(k.last.View.Blocks), "VP, Sales, EMEA") {
		t.Error("more than three pieces: the form opens filled")
	}
}

// What stands behind an address is not lost and not guessed at.
func TestWordsBehindAnAddressOpenTheForm(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	const line = "add Clara Bauer, Rheinfracht GmbH, Head of Logistics clara@rhein.test moans about customs"
	k.got(k.p.Say("", line)).sees("“moans about customs” stands behind the address", "Nothing was saved").presses("Open the form")
	k.got(k.p.Submit()).sees("Added #1 Clara Bauer, Rheinfracht GmbH.")
	if p := k.life(1); p.Email != "clara@rhein.test" || p.Title != "Head of Logistics" || len(p.Facts) != 1 || p.Facts[0].Kind != coach.Said || p.Facts[0].Text != "moans about customs" {
		t.Errorf("%+v", p)
	}
}

// Who is not active is not forgotten: the list says how many there are, a rep's
// own and the one a manager looks at.
func TestTheListSaysWhoElseThereIs(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	if k.types("list").sees("1 prospect active"); strings.Contains(k.said(), "Also") {
		t.Error("there is nobody else")
	}
	k.types("add Bo Ek, Umbrella email:bo@umbrella.test").types("add Al Bo, Initech email:al@initech.test")
	k.types("snooze 2 fri").types("won 3").types("list").sees("1 prospect active", "Also 1 snoozed, 1 won.").presses("All of them").sees("3 prospects in all", "Bo Ek")
	k.types("snooze 1 fri").types("list active").sees("No prospects active. Also 2 snoozed, 1 won.").presses("All of them").sees("3 prospects in all")
	k.types("list snoozed")
	if strings.Contains(k.said(), "Also") {
		t.Error("a list of something else says nothing of the others")
	}
	k.as("max").types("list @ada").sees("Ada Weber: no prospects active. Also 2 snoozed, 1 won.").presses("All of them").sees("Ada Weber: 3 prospects in all")
}

func TestNotesNuggetsAndLists(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("note 1 said: onboarding takes six weeks").sees("Noted for Jane Doe, Acme.")
	k.types("note jane gatekeeper: Ana, try before 9").sees("Best time to call")
	k.types("note 1 banana").sees("“banana”: where is it from?")
	k.types("nugget add outcome: cut invoice errors by a third").sees("Added for the whole team")
	k.types("nugget").sees("cut invoice errors")
	k.types("nugget remove 9").sees("There is no nugget 9")
	k.types("list").sees("1 prospect", "#1 Jane Doe, Acme")
	k.types("list won").sees("No prospects won")
	k.types("help").sees("snooze jane next tue")
	k.types("help sn").sees("snooze who when")
	k.types("check email 1 Just checking in on my last note.").sees("Rework")
}
