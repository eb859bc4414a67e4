package bot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// H2: a voicemail offers its email at once, and the email's button pairs it.
func TestH2_AVoicemailOffersItsEmail(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	for range 4 { // until the phone's turn has come
		k.types("next 1")
		if strings.Contains(k.said(), "Voicemail:") {
			break
		}
		k.types("log 1 email outcome:sent")
		k.w.move(k.w.now().AddDate(0, 0, 14))
	}
	k.presses("Left voicemail").sees("Logged: voicemail to Jane Doe, Acme.", "an email is coming", "Subject: ")
	k.presses("Log it").sees("Logged: email to Jane Doe, Acme.")
	p := k.life(1)
	n := len(p.Touches)
	if n < 2 || p.Touches[n-2].Channel != coach.Voicemail || p.Touches[n-1].Channel != coach.Email || p.Touches[n-1].Attempt != p.Touches[n-2].Attempt {
		t.Errorf("a voicemail and its email are one attempt: %+v", p.Touches)
	}
}

// V9: a reply at any time ends the campaign at once.
func TestV9_AReplyEndsTheCampaignAndAsksWhatCameOfIt(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("next").presses("They replied").sees("What came of Jane Doe’s answer?")
	if p := k.life(1); p.State != coach.Engaged {
		t.Fatalf("state %s", p.State)
	}
	k.presses("They said no").sees("said no. Stopped.")
	if p := k.life(1); p.State != coach.Stopped {
		t.Fatalf("state %s", p.State)
	}
	k.presses("Undo").sees("Taken back")
	k.types("replied 1 meeting fri they want a demo").sees("A meeting with Jane Doe, Acme, Fri 6 March")
}

func TestRepliedNoWithMoreWordsAsksFirst(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("replied 1 no problem, call me Monday").sees("or only their words?", "Nothing is changed yet")
	if p := k.life(1); p.State != coach.Active {
		t.Fatalf("changed before the answer: %s", p.State)
	}
	k.presses("Only their words").sees("What came of")
	if p := k.life(1); p.State != coach.Engaged {
		t.Errorf("state %s", p.State)
	}
}

// V6: moving on early is answered once, never blocked, never asked twice.
func TestV6_MovingOnEarlyIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("move-on 1 no budget").sees("not everything has been tried")
	k.presses("Move on all the same").sees("Come back to them later?")
	k.presses("Never").sees("Moved on from Jane Doe, Acme, for good.")
	if p := k.life(1); p.State != coach.MovedOn || p.ComeBack != 0 || p.Campaigns[0].Reason != "no budget" || !p.Campaigns[0].Early {
		t.Errorf("%s %s %+v", p.State, p.ComeBack, p.Campaigns)
	}
	k.types("reopen 1").sees("Reopened Jane Doe, Acme.")
	k.types("move-on 1 again:3 months").sees("not everything")
	k.types("move-on 1 again:3 months").sees("They come back Tue 2 June")
}

func TestSnoozeReadsADayAndAsksWhereTwoAreMeant(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("sn jane next fri").sees("can mean Fri 6 March 2026 or Fri 13 March 2026")
	k.presses("Fri 13 March 2026").sees("Snoozed Jane Doe, Acme until Fri 13 March 2026.")
	k.types("snooze 1 yesterday").sees("over already")
	k.types("snooze 1 banana").sees("cannot read")
	k.types("snooze 1")
	if k.last.View == nil {
		t.Fatal("no window")
	}
	k.got(k.p.Fill("Or another day", "banana")).got(k.p.Submit())
	if len(k.last.Errors) != 1 {
		t.Fatalf("an error at the field, got %v", k.last.Errors)
	}
	k.got(k.p.Fill("Or another day", "3d")).got(k.p.Submit()).sees("Snoozed Jane Doe, Acme until Thu 5 March 2026.")
}

// V5: somebody who asked not to be contacted is refused under any rep.
func TestV5_AskedNotToBeContactedIsFinalForEverybody(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("replied 1 dnc").sees("asked not to be contacted")
	eve := &talk{t: t, w: k.w, p: k.w.slack.Person("eve")}
	eve.types("add Somebody, Else email:JANE@acme.test").sees("asked not to be contacted")
}

// V8c: the other reps who pursue people there are told once.
func TestV8c_ColleaguesAreToldThatTheCompanyAnswered(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	eve := &talk{t: t, w: k.w, p: k.w.slack.Person("eve")}
	eve.types("add Bo Ek, Acme phone:+49341555777 starts:today").sees("Added #2")
	k.types("replied 1").sees("What came of")
	k.w.tick(monday(t, 10, 1))
	found := false
	for _, m := range k.w.slack.Person("eve").DM().Messages {
		found = found || strings.Contains(m.Text, "Acme") && strings.Contains(m.Text, "Ada Weber")
	}
	if !found {
		t.Error("Eve was not told")
	}
}

// A2: when every angle was shown, those seen can be shown again.
func TestA2_AnglesCanBeShownAgain(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("next 1")
	first := k.said()
	offers := func(label string) bool {
		return strings.Contains(string(k.last.Shown[len(k.last.Shown)-1].Blocks), `"`+label+`"`)
	}
	for n := 0; n < 12 && offers("Another angle"); n++ {
		k.w.move(k.w.now().Add(time.Second)) // two clicks are never at one moment
		k.presses("Another angle")
	}
	k.w.move(k.w.now().Add(time.Second))
	if offers("Draft") {
		t.Fatalf("there is still a draft after twelve angles:\n%s", k.said())
	}
	k.presses("Show them again")
	if k.said() != first {
		t.Errorf("shown again is\n%s\nfirst was\n%s", k.said(), first)
	}
}

// C12: one who answered is asked about after seven days, once more after
// another seven, and then no more, however often the morning comes.
func TestC12_OneWhoAnsweredIsAskedAboutTwice(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("replied 1 call me in spring")
	start, asked := coach.DateOf(k.w.now()), []coach.Date{}
	for day := start + 1; day < start+40; day++ {
		at := day.At(9*60, berlin(t))
		k.w.tick(at)
		if _, err := k.w.store.Posted(t.Context(), kindNudge, "U1", day); err == nil {
			asked = append(asked, day-start)
		}
	}
	if !slices.Equal(asked, []coach.Date{7, 14}) {
		t.Errorf("C12: asked about after %v days, want 7 and 14", asked)
	}
}
