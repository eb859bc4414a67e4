package bot

import (
	"context"
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/coach"
)

// three are prospects due on Monday morning: Jane, Bo and Cleo, mails only.
func three(k *talk) {
	k.t.Helper()
	for _, who := range []string{"Jane Doe, Acme", "Bo Ek, Umbrella", "Cleo Fox, Initech"} {
		first, _, _ := strings.Cut(strings.ToLower(who), " ")
		k.types("add " + who + " email:" + first + "@x.test industry:logistics research:a new hub starts:today").sees("Added #")
	}
}

// message is a message of a conversation as it is now.
func (k *talk) message(channel, ts string) localslack.Message {
	k.t.Helper()
	conversation := k.p.DM()
	if channel != "" {
		conversation = k.p.Channel(channel)
	}
	for _, m := range conversation.Messages {
		if m.TS == ts {
			return m
		}
	}
	k.t.Fatalf("message %s is gone", ts)
	return localslack.Message{}
}

// A nudge of three is worked off in place: each done one leaves, each line of
// what was done stays with its own Undo, and a form redraws it too.
func TestANudgeKeepsAllThatWasDoneFromIt(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 8, 0))
	three(k)
	k.w.tick(monday(t, 9, 0))
	nudge := k.p.DM().Last()
	k.got(k.p.Click(nudge, "Log it"))
	nudge = k.message("", nudge.TS)
	k.got(k.p.Choose(nudge, "more", "Snooze")).got(k.p.Fill("Or another day", "fri")).got(k.p.Submit())
	if k.last.View == nil || !strings.Contains(string(k.last.View.Blocks), "Snoozed") || !strings.Contains(string(k.last.View.Blocks), "Undo") {
		t.Fatalf("the window does not show the outcome with Undo: %s", k.said())
	}
	nudge = k.message("", nudge.TS)
	for _, want := range []string{"1 due today", "Logged: email to ", "Snoozed "} {
		if !strings.Contains(nudge.Text, want) {
			t.Errorf("no %q in %s", want, nudge.Text)
		}
	}
	if n := strings.Count(string(nudge.Blocks), `"Undo"`); n != 2 {
		t.Errorf("%d Undo buttons, want one for each of two changes: %s", n, nudge.Text)
	}
	k.got(k.p.ViewClick("Undo"))
	if nudge = k.message("", nudge.TS); !strings.Contains(nudge.Text, "2 due today") || !strings.Contains(nudge.Text, "Taken back") || !strings.Contains(nudge.Text, "Logged: email to ") {
		t.Errorf("after Undo in the window the nudge says: %s", nudge.Text)
	}
	k.got(k.p.ClearViews()).got(k.p.Click(nudge, "Undo"))
	if nudge = k.message("", nudge.TS); !strings.Contains(nudge.Text, "3 due today") || strings.Contains(nudge.Text, "Logged") {
		t.Errorf("after both are undone: %s", nudge.Text)
	}
}

// V9: that somebody answered does not hide the others in the nudge; what came
// of it is asked beneath.
func TestAReplyInANudgeLeavesTheOthersInSight(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 8, 0))
	three(k)
	k.w.tick(monday(t, 9, 0))
	nudge := k.p.DM().Last()
	k.got(k.p.Choose(nudge, "more", "They replied")).sees("What came of ")
	if now := k.message("", nudge.TS); !strings.Contains(now.Text, "2 due today") || !strings.Contains(now.Text, "campaign is over") {
		t.Errorf("the nudge says: %s", now.Text)
	}
	k.presses("Meeting").got(k.p.Fill("Which day?", "fri")).got(k.p.Submit())
	if !strings.Contains(string(k.last.View.Blocks), "Undo") || !strings.Contains(string(k.last.View.Blocks), "A meeting with ") {
		t.Errorf("the window shows %s", k.said())
	}
	if last := k.p.DM().Last(); !strings.Contains(last.Text, "A meeting with ") {
		t.Errorf("the question is still there: %s", last.Text)
	}
}

// An old nudge says at its next click, whatever that is, that it moved.
func TestAnOldNudgeSaysMovedToToday(t *testing.T) {
	t.Parallel()
	for _, button := range []string{"Open", "Draft", "Log it", "more"} {
		t.Run(button, func(t *testing.T) {
			t.Parallel()
			k := newTalk(t, monday(t, 8, 0))
			three(k)
			k.w.tick(monday(t, 9, 0))
			nudge := k.p.DM().Last()
			k.w.move(monday(t, 9, 30).AddDate(0, 0, 1))
			if button == "more" {
				k.got(k.p.Choose(nudge, "more", "Snooze"))
			} else {
				k.got(k.p.Click(nudge, button))
			}
			if now := k.message("", nudge.TS); !strings.HasPrefix(now.Text, "Moved to today. ") {
				t.Errorf("it says: %s", now.Text)
			}
		})
	}
}

// A form opened from a card outside the DM redraws that card, which only the
// person sees; chat.update could not.
func TestAFormRedrawsAnEphemeralCard(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.got(k.p.In("random").Command("/prospect show 1"))
	card := k.last.Shown[len(k.last.Shown)-1]
	if card.EphemeralFor != "U1" {
		t.Fatal("the card is not for Ada alone")
	}
	k.got(k.p.Click(card, "Edit")).got(k.p.Fill("Title", "Chair")).got(k.p.Submit())
	if now := k.message("random", card.TS); !strings.Contains(now.Text, "Saved Jane Doe, Acme.") || !strings.Contains(string(now.Blocks), "Chair") || !strings.Contains(string(now.Blocks), "Send to my DM") {
		t.Errorf("the card says %s\n%s", now.Text, now.Blocks)
	}
}

// Whatever a window's metadata held, only Slack is written to and only in the
// person's own DM.
func TestOnlySlackIsWrittenToBehindAWindow(t *testing.T) {
	t.Parallel()
	b := &Bot{}
	b.APIURL = "http://127.0.0.1:4711/api/"
	for url, want := range map[string]bool{
		"https://hooks.slack.com/actions/T1/2/x": true, "http://127.0.0.1:4711/response/x": true,
		"http://hooks.slack.com/x": false, "https://hooks.slack.com.evil.test/x": false, "https://evil.test/hooks.slack.com": false,
		"http://127.0.0.1:4712/x": false, "https://127.0.0.1:4711/x": false, "": false, "::": false, "file:///etc/passwd": false,
	} {
		if got := b.slackURL(url); got != want {
			t.Errorf("%q: %v", url, got)
		}
	}
	meta, o := readOrigin("12 0.0.1.active c\nD1 170.1 https://hooks.slack.com/x")
	if meta != "12 0.0.1.active c" || o != (origin{"D1", "170.1", "https://hooks.slack.com/x"}) {
		t.Errorf("%q %+v", meta, o)
	}
	for _, bad := range []string{"", "same", "a\nb", "a\nb c", "a\nb c d e"} {
		if _, o := readOrigin(bad); o != (origin{}) {
			t.Errorf("%q gives %+v", bad, o)
		}
	}
}

// A response_url that is used up or old is no reason to leave a stale message
// in the DM.
func TestABehindMessageIsReachedAfterItsURLRanOut(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 8, 0))
	three(k)
	k.w.tick(monday(t, 9, 0))
	nudge := k.p.DM().Last()
	k.got(k.p.Choose(nudge, "more", "Snooze"))
	k.w.move(monday(t, 9, 45)) // Slack's response_url lives half an hour
	k.got(k.p.Fill("Or another day", "fri")).got(k.p.Submit())
	if now := k.message("", nudge.TS); !strings.Contains(now.Text, "2 due today") {
		t.Errorf("it says: %s", now.Text)
	}
	if p, err := k.w.store.Full(context.Background(), listQuery("U1", "snoozed", "", coach.NewDate(2026, 3, 2), 1)); err != nil || len(p) != 1 {
		t.Errorf("%d snoozed, %v", len(p), err)
	}
}

// V9, V5: a button of a message from before the end does no harm and says what
// is the case now: nobody who was won or has stopped is engaged by it again.
func TestV9_AnOldButtonWakesNobodyWhoseCampaignIsDecided(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]coach.State{"won": coach.Won, "no": coach.Stopped, "dnc": coach.Stopped} {
		for _, label := range []string{"They replied", "Meeting"} {
			k := newTalk(t, monday(t, 10, 0))
			k.types(addJane)
			k.types("next")
			if label == "Meeting" {
				k.presses("They replied")
			}
			old := k.last.Shown[len(k.last.Shown)-1]
			k.types("replied 1 " + word)
			k.w.move(monday(t, 10, 5))
			k.got(k.p.Click(old, label)).sees("Jane Doe, Acme: ")
			if now := k.last.Shown[0]; !strings.Contains(string(now.Blocks), "Something happened here in the meantime; this is how it stands now.") {
				t.Errorf("%s, then %q: %s", word, label, now.Blocks)
			}
			if p := k.life(1); p.State != want || p.NextAsk != 0 || k.last.View != nil {
				t.Errorf("%s, then %q: %s, asked about %s, a window %v", word, label, p.State, p.NextAsk, k.last.View != nil)
			}
		}
	}
	k := newTalk(t, monday(t, 10, 0)) // nor does a window that was open already
	k.types(addJane).types("replied jane").presses("Meeting")
	open := k.last.View
	k.types("replied 1 won")
	k.last.View = open
	k.got(k.p.Fill("Which day?", "fri")).got(k.p.Submit())
	if p := k.life(1); p.State != coach.Won || !strings.Contains(k.last.Errors["day"], "Jane Doe, Acme: won.") {
		t.Errorf("%s, the window says %v", p.State, k.last.Errors)
	}
	k = newTalk(t, monday(t, 8, 0))
	three(k)
	k.w.tick(monday(t, 9, 0))
	nudge := k.p.DM().Last()
	k.types("replied 1 won").types("replied 2 won").types("replied 3 won")
	k.w.move(monday(t, 9, 5))
	k.got(k.p.Choose(nudge, "more", "They replied"))
	for id := int64(1); id <= 3; id++ {
		if p := k.life(id); p.State != coach.Won {
			t.Errorf("prospect %d is %s", id, p.State)
		}
	}
}
