package bot

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func TestSettingsPauseAndWhy(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("settings")
	if k.last.View == nil {
		t.Fatal("no window")
	}
	k.got(k.p.Fill("Morning message at", "7.30")).got(k.p.Fill("Working hours from", "07:00")).got(k.p.Fill("Time zone", "Nowhere")).got(k.p.Submit())
	if k.last.Errors["zone"] == "" || len(k.last.Errors) != 1 {
		t.Fatalf("errors %v", k.last.Errors)
	}
	k.got(k.p.Fill("Time zone", "Europe/Berlin")).got(k.p.Fill("Days off", "3 March to 6 March")).got(k.p.Submit()).sees("morning message comes at 07:30")
	row, err := k.w.store.Rep(context.Background(), "U1")
	if err != nil || row.NudgeAt != 450 || len(row.DaysOff) != 1 {
		t.Errorf("%+v %v", row.Rep, err)
	}
	if want := time.Date(2026, time.March, 9, 7, 30, 0, 0, berlin(t)); !row.NextNudge.Equal(want) {
		t.Errorf("next nudge %s, want %s", row.NextNudge, want)
	}
	k.types("pause until mon").sees("I am back Mon 9 March")
	k.types("resume").sees("Good to have you back")
	k.types("why I take paperwork off people's desks").sees("Kept.")
	k.types("week").sees("Your week, ")
	k.types("team").sees("The week, ")
}

// C6: after a talk the follow-up is planned, and its day asks how it went.
func TestC6_MetPlansTheFollowUp(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("met 1 next 20 March").sees("Noted the talk with Jane Doe, Acme, today.", "Next meeting Fri 20 March")
	if p := k.life(1); p.MetOn == 0 || p.NextMeeting.String() != "2026-03-20" {
		t.Errorf("%+v", p)
	}
	k.types("situation 1 blown").sees("Began anew with Jane Doe, Acme: blown off.")
	k.types("away 1 until fri").sees("is away until Fri 6 March. Next attempt Tue 10 March.")
	k.types("skip 1 not-now").sees("Left out")
}

// The nudge is worked off in place: the button logs, the message is redrawn
// from the store, with Undo.
func TestTheNudgeIsWorkedOffInPlace(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 8, 0))
	k.types(addJane)
	k.w.tick(monday(t, 9, 0))
	m := k.p.DM().Last()
	if !strings.Contains(m.Text, "1 due today: Jane Doe, Acme") {
		t.Fatalf("no nudge: %q", m.Text)
	}
	label := "Log it"
	if strings.Contains(string(m.Blocks), "No answer") {
		label = "No answer"
	}
	k.got(k.p.Click(m, label)).sees("All done for today", "Logged: ")
	if len(k.last.Shown) != 1 || k.last.Shown[0].TS != m.TS {
		t.Errorf("the nudge itself is redrawn, saw %d messages", len(k.last.Shown))
	}
	k.presses("Undo").sees("1 due today: Jane Doe, Acme", "Taken back")
}

// In a thread under a card REF may be left out.
func TestInAThreadUnderACardTheProspectIsMeant(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("add Bo Ek, Umbrella phone:+49341555777 starts:today")
	k.types("show 2")
	card := k.last.Shown[len(k.last.Shown)-1]
	k.got(k.p.SayInThread("", card.TS, "snooze fri")).sees("Snoozed Bo Ek, Umbrella until Fri 6 March")
	k.got(k.p.SayInThread("", card.TS, "show")).sees("Bo Ek, Umbrella (#2)")
}

// Whatever people type, they get a calm answer, Slack accepts every block of
// it, and no name of theirs comes alive.
func TestAnyLineIsAnsweredCalmly(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("add <!channel> *B* & _Sons_, <http://evil.test|x> ~Co~, CEO email:boss@evil.test phone:+4934100000 said:<@U2> `said` so starts:today").sees("Added #2")
	rnd := rand.New(rand.NewPCG(7, 11))
	commands, refs := k.w.bot.words(), []string{"1", "2", "#2", "99", "jane", "doe", "acme", `"jane doe"`, "12/03"}
	words := append(append(channelWords(), outcomeWords()...), "1", "\"", "'", "fri", "next", "tue", "3d", "12/03", "on:", "on:yesterday", "outcome:left", "again:fri", "never",
		"said:", "gatekeeper:", "no", "won", "meeting", "later", "<!here>", "@U2", "email:", "story", "homework", "page:2", "until", "*x*", "😀", ",", "outcome:", "all", "add")
	lines := 500
	if underRace {
		lines = 120
	}
	for range lines {
		line := []string{commands[rnd.IntN(len(commands))], refs[rnd.IntN(len(refs))]}
		for range rnd.IntN(5) {
			line = append(line, words[rnd.IntN(len(words))])
		}
		typed := strings.Join(line[rnd.IntN(8)/7:], " ")
		r, err := k.p.Command("/prospect " + typed)
		if err != nil {
			t.Fatalf("%q: %v", typed, err)
		}
		k.last = r
		said := k.said()
		if strings.Contains(said, "went wrong") || strings.Contains(said, "<!") || strings.Contains(said, "<@") || said == "" {
			t.Errorf("%q is answered with: %.600s", typed, said)
		}
		if r.View != nil {
			k.got(k.p.ClearViews())
		}
	}
}

// A pasted draft in the DM is checked; what is too short for one gets a line
// of help.
func TestAPastedDraftIsChecked(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.got(k.p.Say("", "Hi Jane, I just wanted to check in and see if you had any time this week for a quick call about our leading solution.")).sees("email, 25 words")
	k.presses("Check as voicemail").sees("voicemail, 25 words")
	k.got(k.p.Say("", "very well then")).sees("I do not know")
}

// In a nudge the rarer buttons stand in a menu.
func TestTheMenuOfANudge(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 8, 0))
	k.types(addJane)
	k.w.tick(monday(t, 9, 0))
	k.got(k.p.Choose(k.p.DM().Last(), "more", "Snooze"))
	if k.last.View == nil {
		t.Fatal("no window")
	}
	k.got(k.p.Fill("Until", "In 2 weeks (Mon 16 March)")).got(k.p.Submit()).sees("Snoozed Jane Doe, Acme until Mon 16 March 2026.")
	k.types("list snoozed").sees("#1 Jane Doe, Acme: snoozed until Mon 16 March")
	k.types("list snoozed acme").sees("#1")
	k.presses("Open").sees("snoozed until Mon 16 March")
}

// A bounce is no attempt, makes the address unusable and asks for another.
func TestABounceAsksForABetterAddress(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("log 1 email outcome:bounced").sees("A better address would help")
	if p := k.life(1); !p.EmailBad || p.Touches[0].Attempt != 0 {
		t.Errorf("%v %+v", p.EmailBad, p.Touches)
	}
	k.presses("Edit").got(k.p.Fill("Email", "j.doe@acme.test")).got(k.p.Submit()).sees("Saved Jane Doe, Acme.")
	if p := k.life(1); p.EmailBad || p.Email != "j.doe@acme.test" {
		t.Errorf("%v %s", p.EmailBad, p.Email)
	}
}

// D2: after three unanswered attempts the rep sees their own last texts again.
func TestD2_AfterThreeAttemptsTheLastTextsAreShown(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	for _, line := range []string{"log 1 email new hub, new carriers: who checks their invoices?", "log 1 linkedin a forwarder your size cut errors by a third", "log 1 email sorry to bother you again about invoices"} {
		k.types(line).sees("Logged")
		k.w.move(k.w.now().AddDate(0, 0, 14))
	}
	k.types("next 1")
	if blocks := string(k.last.Shown[len(k.last.Shown)-1].Blocks); !strings.Contains(blocks, "sorry to bother you again about invoices") {
		t.Errorf("the last text is not shown: %s", blocks)
	}
}
