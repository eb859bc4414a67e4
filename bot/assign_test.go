package bot

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// as is another person at their screen in the same world.
func (k *talk) as(name string) *talk {
	k.t.Helper()
	return &talk{t: k.t, w: k.w, p: k.w.slack.Person(name)}
}

// finds is the newest message of the person's DM with the bot that holds the
// words.
func (k *talk) finds(words string) *talk {
	k.t.Helper()
	ms := k.p.DM().Messages
	for i := len(ms) - 1; i >= 0; i-- {
		if strings.Contains(ms[i].Text, words) && ms[i].User != k.p.ID() {
			k.last.Shown = ms[i : i+1]
			k.last.View = nil
			return k
		}
	}
	k.t.Fatalf("nobody wrote %q to %s", words, k.p.ID())
	return k
}

// hears tells whether the DM holds the words.
func (k *talk) hears(words string) bool {
	for _, m := range k.p.DM().Messages {
		if strings.Contains(m.Text, words) && m.User != k.p.ID() {
			return true
		}
	}
	return false
}

// turn is what a handler gets when that person does something, for forging
// clicks that no message offers.
func (k *talk) turn() Turn {
	k.t.Helper()
	row, err := k.w.store.Rep(context.Background(), k.p.ID())
	if err != nil {
		k.t.Fatal(err)
	}
	return Turn{Rep: row, Manager: k.w.bot.isManager(row.ID), Now: k.w.now().In(row.Zone), Slash: "/prospect", Key: "forged:" + k.t.Name()}
}

func TestAManagerHandsOverAtOnce(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	max, eve := k.as("max"), k.as("eve")
	max.types("assign 1 @eve").sees("Jane Doe, Acme (#1) is Eve Other’s now", "they wait until a day has room")
	if p := k.life(1); p.Owner != "U6" || p.State != coach.Waiting {
		t.Errorf("owner %s, %s", p.Owner, p.State)
	}
	k.w.tick(monday(t, 10, 1))
	eve.finds("Max Lind handed you Jane Doe, Acme (#1)")
	k.finds("Max Lind handed Jane Doe, Acme (#1) to Eve Other.")
	k.types("show 1").sees("There is no prospect 1.")
	k.types("show 99").sees("There is no prospect 99.")
	max.types("assign 1 @eve").sees("Eve Other’s already")
	max.types("assign 1 @max").sees("is yours now")
	max.types("undo").sees("Taken back")
	if p := k.life(1); p.Owner != "U6" {
		t.Errorf("after undo %s owns it", p.Owner)
	}
	k.w.tick(monday(t, 10, 2))
	if eve.hears("handed Jane Doe, Acme (#1) to Max Lind") {
		t.Error("Eve is told of what was taken back before it was sent")
	}
}

// C11: what was begun goes on at the new owner in its rhythm, and the touches
// stay with who made them.
func TestC11_AHandedOverCampaignGoesOn(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("log 1 email homework Jane, new hub, new carriers: who checks their invoices?")
	due := k.life(1).Due
	k.as("max").types("assign 1 @eve").sees("the plan goes on as it was")
	if p := k.life(1); p.State != coach.Active || p.Due != due || len(p.Touches) != 1 {
		t.Errorf("%s, due %s instead of %s, %d touches", p.State, p.Due, due, len(p.Touches))
	}
	touches, _, err := k.w.store.Week(context.Background(), "U1", due-30, due)
	if err != nil || len(touches) != 1 {
		t.Errorf("Ada keeps %d touches in her week, %v", len(touches), err)
	}
}

func TestARepsOwnNeedsTheColleaguesAccept(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("assign jane @eve").sees("Eve Other is asked to take over Jane Doe, Acme (#1). Until they accept, nothing changes; the question stands for 7 days.")
	if p := k.life(1); p.Owner != "U1" {
		t.Fatalf("%s owns it before anybody accepted", p.Owner)
	}
	k.types("assign 1 @eve")
	k.w.tick(monday(t, 10, 1))
	eve := k.as("eve").finds("Ada Weber asks you to take over Jane Doe, Acme.")
	if strings.Count(inDMText(k, "eve"), "asks you to take over") != 1 {
		t.Error("asked more than once a day")
	}
	offer := eve.last.Shown[0]
	eve.presses("Accept").sees("Jane Doe, Acme (#1) is yours now")
	if p := k.life(1); p.Owner != "U6" {
		t.Fatalf("%s owns it", p.Owner)
	}
	k.w.tick(monday(t, 10, 2))
	k.finds("Eve Other took over Jane Doe, Acme (#1).")
	// Pressing the button of the message as it was says what is the case now.
	r, err := k.w.bot.offerClick(context.Background(), Click{Turn: eve.turn(), Action: "offer", Tail: "yes", Value: "1", Message: Shown{TS: offer.TS}})
	if err != nil || !strings.Contains(r.Text, "is yours") {
		t.Errorf("%q %v", r.Text, err)
	}
	eve.presses("Undo").sees("Taken back")
	if p := k.life(1); p.Owner != "U1" || p.State != coach.Active {
		t.Errorf("after undo: %s, %s", p.Owner, p.State)
	}
}

func TestADeclinedOfferIsOver(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("assign 1 @eve")
	k.w.tick(monday(t, 10, 1))
	eve := k.as("eve").finds("asks you to take over")
	eve.presses("No, thank you").sees("Declined")
	k.w.tick(monday(t, 10, 2))
	k.finds("Eve Other cannot take over Jane Doe, Acme (#1). It stays yours.")
	r, err := k.w.bot.offerClick(context.Background(), Click{Turn: eve.turn(), Action: "offer", Tail: "yes", Value: "1"})
	if err != nil || !strings.Contains(r.Text, "no longer stands") || k.life(1).Owner != "U1" {
		t.Errorf("%q %v, owner %s", r.Text, err, k.life(1).Owner)
	}
	k.types("assign 1 @eve").sees("Eve Other is asked") // and she really is, on the same day too
	k.w.tick(monday(t, 10, 3))
	eve.finds("asks you to take over").presses("Accept").sees("is yours now")
}

// A forged Accept takes nothing, and says the same for what is there and what
// is not.
func TestAForgedAcceptTakesNothing(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	eve := k.as("eve")
	eve.types("help")
	var said []string
	for _, value := range []string{"1", "99"} {
		r, err := k.w.bot.offerClick(context.Background(), Click{Turn: eve.turn(), Action: "offer", Tail: "yes", Value: value})
		if err != nil {
			t.Fatal(err)
		}
		said = append(said, r.Text)
	}
	if said[0] != said[1] || k.life(1).Owner != "U1" {
		t.Errorf("said %q, owner %s", said, k.life(1).Owner)
	}
	if _, err := k.w.bot.offerClick(context.Background(), Click{Turn: eve.turn(), Tail: "yes", Value: "1 OR 1"}); err == nil {
		t.Error("a value that is no number is taken")
	}
	// An offer to somebody else is not Eve's either.
	k.types("assign 1 @max")
	if r, err := k.w.bot.offerClick(context.Background(), Click{Turn: eve.turn(), Tail: "yes", Value: "1"}); err != nil || k.life(1).Owner != "U1" {
		t.Errorf("%q %v, owner %s", r.Text, err, k.life(1).Owner)
	}
}

func TestAssignSaysWhatItExpected(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	for line, want := range map[string]string{
		"assign 1 eve":         "Who takes over? Mention the colleague",
		"assign 1 @nobody":     "is nobody who works with me here",
		"assign 1 @guest":      "is nobody who works with me here",
		"assign 1 @UBOT":       "is nobody who works with me here",
		"assign 1 @ada":        "Jane Doe, Acme is yours already.",
		"assign 99 @eve":       "There is no prospect 99.",
		"assign":               "Whom do you mean?",
		"assign 1 @eve please": "Who takes over? Mention the colleague",
	} {
		k.types(line).sees(want)
	}
	k.as("eve").types("assign 1 @eve").sees("There is no prospect 1.")
	if p := k.life(1); p.Owner != "U1" {
		t.Errorf("%s owns it", p.Owner)
	}
}

// The manager who is told that a rep left finds the prospects from there.
func TestWhoLeftIsHandedOverOneByOne(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	deactivate(k.w, "U1")
	k.w.tick(monday(t, 10, 0).Add(25 * time.Hour))
	max := k.as("max").finds("Ada Weber was deactivated").sees("1 prospect is left behind")
	max.presses("Show them").sees("1 prospect", "Jane Doe, Acme", "press Hand over in its menu")
	max.types("assign 1 @eve").sees("Eve Other’s now")
	k.w.tick(monday(t, 10, 0).Add(26 * time.Hour))
	k.as("eve").finds("Max Lind handed you Jane Doe, Acme")
	if k.hears("handed Jane Doe") {
		t.Error("who left is written to")
	}
	max.types("list @U1").sees("no prospects")
}

func TestHandOverIsRefusedWhenTheOwnerChangedMeanwhile(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	eve := k.as("eve")
	eve.types("help")
	_, err := k.w.bot.handOver(context.Background(), eve.turn(), 1, "U6", eve.turn().Rep)
	var problem coach.Problem
	if !errors.As(err, &problem) || k.life(1).Owner != "U1" {
		t.Errorf("%v, owner %s", err, k.life(1).Owner)
	}
}

func inDMText(k *talk, name string) string { return strings.Join(inDM(k.w, name), "\n") }

// An offer stands for a week: then the owner is told, once, and the button is
// too late.
func TestAnOfferEndsAfterAWeek(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("assign 1 @eve").sees("stands for 7 days")
	k.w.tick(monday(t, 10, 1))
	eve := k.as("eve").finds("asks you to take over")
	week := monday(t, 10, 0).AddDate(0, 0, 7)
	k.w.tick(week.Add(-time.Minute))
	if k.hears("has not said") {
		t.Fatal("too early")
	}
	k.w.tick(week.Add(time.Minute))
	k.w.tick(week.Add(25 * time.Hour))
	if n := strings.Count(inDMText(k, "ada"), "Eve Other has not said in 7 days whether they take over Jane Doe, Acme (#1). It stays yours."); n != 1 {
		t.Fatalf("told %d times", n)
	}
	eve.presses("Accept").sees("no longer stands")
	if p := k.life(1); p.Owner != "U1" {
		t.Fatalf("%s owns it", p.Owner)
	}
	k.finds("has not said").presses("Ask once more").sees("Eve Other is asked to take over")
	k.w.tick(week.Add(26 * time.Hour))
	k.w.move(week.Add(27 * time.Hour))
	k.as("eve").finds("asks you to take over").presses("Accept").sees("is yours now")
	k.w.tick(week.AddDate(0, 0, 9))
	if n := strings.Count(inDMText(k, "ada"), "has not answered for 7 days"); n != 0 {
		t.Errorf("told of an answered offer (%d)", n) // the first message was redrawn by its button
	}
}

func TestAnOfferIsTakenBackByOnesOwnName(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("assign 1 @eve")
	k.w.tick(monday(t, 10, 1))
	k.types("assign 1 @ada").sees("Jane Doe, Acme (#1) stays yours; the question to your colleague is taken back.")
	k.types("assign 1 @ada").sees("is yours already")
	k.as("eve").finds("asks you to take over").presses("Accept").sees("no longer stands")
	k.w.tick(monday(t, 10, 0).AddDate(0, 0, 8))
	if k.hears("has not said") {
		t.Error("told of an offer that was taken back")
	}
}

// What happened to the prospect since it was offered counts: the new owner is
// told where it stands, and one that ended is no longer to be had.
func TestAnOfferSeesWhatHappenedSince(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("add Bo Ek, Acme phone:+49341555777 starts:today")
	k.types("assign 1 @eve")
	k.types("assign 2 @eve")
	k.w.tick(monday(t, 10, 1))
	k.types("snooze 1 2026-03-20")
	k.types("replied 2 no")
	eve := k.as("eve")
	eve.finds("take over Bo Ek").presses("Accept").sees("no longer stands")
	eve.finds("take over Jane Doe").presses("Accept").sees("is yours now; snoozed until Fri 20 March")
	if p := k.life(2); p.Owner != "U1" {
		t.Errorf("%s owns the one who said no", p.Owner)
	}
	k.types("assign 2 @eve").sees("There is nothing left to hand over")
}

// The card's own way to hand somebody over, for a rep and for a manager.
func TestTheCardHandsOver(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("show 1")
	k.got(k.p.Choose(k.last.Shown[0], "more", "Hand over")).sees("Jane Doe, Acme. They are asked first.")
	k.got(k.p.Fill("To whom", "U4")).got(k.p.Submit())
	if say := k.last.Errors["to"]; !strings.Contains(say, "nobody who works with me") {
		t.Fatalf("a guest: %v", k.last.Errors)
	}
	k.got(k.p.Fill("To whom", "U1")).got(k.p.Submit())
	if say := k.last.Errors["to"]; !strings.Contains(say, "is yours already") {
		t.Fatalf("oneself: %v", k.last.Errors)
	}
	k.got(k.p.Fill("To whom", "U6")).got(k.p.Submit()).sees("Asked", "Eve Other is asked to take over Jane Doe, Acme (#1).")
	k.w.tick(monday(t, 10, 1))
	k.as("eve").finds("asks you to take over")

	max := k.as("max")
	max.types("assign jane").sees("Jane Doe, Acme. It is theirs at once")
	max.got(max.p.ClearViews())
	max.types("show jane")
	card := max.last.Shown[0]
	max.got(max.p.Choose(card, "more", "Hand over"))
	max.got(max.p.Fill("To whom", "U6")).got(max.p.Submit()).sees("Handed over", "Eve Other’s now", "Undo")
	if p := k.life(1); p.Owner != "U6" {
		t.Errorf("%s owns it", p.Owner)
	}
	if now, ok := max.p.Message(card); !ok || !strings.Contains(string(now.Blocks), "Pursued by Eve Other") {
		t.Errorf("the card behind still reads\n%s", now.Blocks)
	}
}

// A manager names the team's prospects; several are a choice with the owner.
func TestAManagerHandsOverByName(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.as("eve").types("add Jane Roe, Umbrella phone:+4934198765 starts:today")
	max := k.as("max")
	max.types("assign jane @max").sees("can be several", "#1 Jane Doe, Acme (Ada Weber)", "#2 Jane Roe, Umbrella (Eve Other)")
	max.presses("#2 Jane Roe, Umbrella (Eve Other)").sees("Jane Roe, Umbrella (#2) is yours now")
	if p := k.life(2); p.Owner != "U2" {
		t.Errorf("%s owns it", p.Owner)
	}
	max.types("assign jane doe @eve").sees("Jane Doe, Acme (#1) is Eve Other’s now")
}
