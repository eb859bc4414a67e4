package bot

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

func TestForgetAsksOnceAndErases(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 8, 0))
	k.types(addJane)
	k.types("add Bo Ek, Acme phone:+49341555777 starts:today")
	k.w.tick(monday(t, 9, 0)) // the nudge shows both
	k.finds("due today")
	k.types("note 1 gatekeeper: Ana, try before 9")
	k.types("log 1 email homework Jane, new hub, new carriers: who checks their invoices?")
	k.types("show 1").sees("Jane Doe")
	k.types("next 1").sees("Jane Doe").presses("Draft")
	k.types("forget jane").sees("Forget Jane Doe, Acme (#1)?", "cannot be undone")
	if p := k.life(1); p.Name != "Jane Doe" {
		t.Fatal("forgotten before it was asked")
	}
	k.presses("Forget for good").sees("Prospect #1 is forgotten.", "I cannot reach")
	for _, m := range k.p.DM().Messages {
		if strings.Contains(m.Text+string(m.Blocks), "Jane") && m.User != k.p.ID() {
			t.Errorf("still shown: %s", m.Text)
		}
	}
	if !k.hears("1 due today: Bo Ek, Acme") {
		t.Errorf("the nudge is not drawn anew:\n%s", inDMText(k, "ada"))
	}
	k.types("show 1").sees("There is no prospect 1.")
	k.types("undo").sees("cannot be undone any more", "forgotten")
	k.types("list all jane").sees("No prospects")
	touches, _, err := k.w.store.Week(context.Background(), "U1", 0, coach.DateOf(k.w.now())+1)
	if err != nil || len(touches) != 1 {
		t.Errorf("the count of touches is kept: %d, %v", len(touches), err)
	}
}

func TestForgetIsTheOwnersAndTheManagers(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	eve := k.as("eve")
	eve.types("forget 1").sees("There is no prospect 1.")
	for _, value := range []string{"1", "99"} {
		_, err := k.w.bot.forgetClick(context.Background(), Click{Turn: eve.turn(), Tail: "yes", Value: value})
		if err == nil || !strings.HasPrefix(err.Error(), "There is no prospect ") {
			t.Errorf("forged %s: %v", value, err)
		}
	}
	if _, err := k.w.bot.forgetClick(context.Background(), Click{Turn: k.turn(), Tail: "yes", Value: "1; 2"}); err == nil {
		t.Error("a value that is no number is taken")
	}
	if p := k.life(1); p.Name != "Jane Doe" {
		t.Fatal("erased by somebody else")
	}
	max := k.as("max")
	max.types("forget 1 please").sees("Only the number or the name")
	max.types("forget 1").presses("Keep").sees("Jane Doe, Acme is kept.")
	max.types("forget 1").presses("Forget for good").sees("Prospect #1 is forgotten.")
	if _, err := k.w.store.Prospect(context.Background(), 1); !isNotFound(err) {
		t.Errorf("%v", err)
	}
	if k.hears("Jane Doe") {
		t.Errorf("Ada's DM still shows her: %s", inDMText(k, "ada"))
	}
}

// A draft that was checked goes with the person, whoever kept it and however
// little it says of them: by the prospect it was checked for, or by a name.
func TestForgettingTakesKeptDraftsAlong(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("note 1 gatekeeper: Ana, try before 9")
	k.types("add Bo Ek, Beta starts:today")
	checks := func(by *talk, text string) {
		by.types("check")
		by.got(by.p.Fill("Your draft", text)).got(by.p.Fill("channel", "Email")).got(by.p.Submit()).sees("email")
	}
	checks(k, "Secretword one: who checks the invoices?")
	k.got(k.p.ViewClick("For Jane Doe, Acme")).sees("email to Jane Doe, Acme")
	k.got(k.p.ClearViews())
	checks(k, "Hi Jane, secretword two: who checks the invoices?")
	k.got(k.p.ClearViews())
	checks(k, "Hi Ana, secretword three: when is a good time?")
	k.got(k.p.ClearViews())
	checks(k, "Hi Bo, what a plainword: who checks the invoices?")
	eve := k.as("eve")
	checks(eve, "Secretword four: what does Acme do about invoices?")
	eve.got(eve.p.ClearViews())
	path := strings.TrimPrefix(k.w.url, "sqlite://")
	if !strings.Contains(bytesOf(t, path), "ecretword") {
		t.Fatal("there is nothing to forget")
	}
	k.types("forget 1").presses("Forget for good").sees("Prospect #1 is forgotten.")
	left := bytesOf(t, path)
	if i := strings.Index(left, "ecretword"); i >= 0 {
		t.Errorf("still in the database: %q", left[i:i+60])
	}
	if !strings.Contains(left, "plainword") {
		t.Error("a draft for somebody else is gone too")
	}
	backup := filepath.Join(t.TempDir(), "after.db")
	if err := k.w.store.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(bytesOf(t, backup), "ecretword") {
		t.Error("a backup made afterwards holds it")
	}
}

// bytesOf is all that stands in a SQLite file and its log.
func bytesOf(t *testing.T, path string) string {
	t.Helper()
	all := ""
	for _, suffix := range []string{"", "-wal"} {
		raw, err := os.ReadFile(path + suffix)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		all += string(raw)
	}
	return all
}

// The wish not to be contacted outlives the person's data (V5).
func TestV5_ForgettingKeepsTheWishNotToBeContacted(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("replied 1 dnc")
	k.types("forget 1").sees("The wish not to be contacted is kept").presses("Forget for good")
	k.types("add Somebody, Else email:jane@acme.test").sees("asked not to be contacted")
}

// The work in Slack is kept in the store: an outage and a restart lose none of
// it, it reaches colleagues' DMs too, and who asked hears of it only when
// something is left.
func TestForgettingGoesOnAfterARestart(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("assign 1 @eve")
	k.w.tick(monday(t, 10, 1))
	eve := k.as("eve").finds("take over Jane Doe")
	k.got(k.p.Say("", "show 1"))
	k.w.slack.Faults().Status("conversations.history", 2, 503)
	k.types("forget 1").presses("Forget for good").sees("Prospect #1 is forgotten.")
	if left, err := k.w.store.Erasures(t.Context()); err != nil || len(left) != 1 || strings.Contains(strings.Join(left[0].Marks, " "), "ane") {
		t.Fatalf("left to do: %+v, %v", left, err)
	}
	k.w.halt()
	k.w.boot()
	k.w.tick(monday(t, 10, 2))
	k.w.bot.Idle(t.Context())
	if eve.hears("Jane Doe") || k.hears("Jane Doe") {
		t.Errorf("still shown:\n%s\n%s", inDMText(k, "eve"), inDMText(k, "ada"))
	}
	if left, err := k.w.store.Erasures(t.Context()); err != nil || len(left) != 0 {
		t.Errorf("left to do: %+v, %v", left, err)
	}
	k.w.tick(monday(t, 10, 3))
	if k.hears("Please have a look") {
		t.Error("told of nothing")
	}
}

// A post that was drawn, or on its way, when somebody was forgotten is found by
// a second look.
func TestForgettingLooksAgainForWhatWasOnItsWay(t *testing.T) {
	t.Parallel()
	for _, state := range []string{storage.Pending, storage.Sending} {
		t.Run(state, func(t *testing.T) {
			t.Parallel()
			k := newTalk(t, monday(t, 10, 0))
			ctx := t.Context()
			k.types(addJane)
			now := k.w.now()
			if err := k.w.store.Queue(ctx, storage.Message{Key: "flying", Kind: kindNudge, Rep: "U1", RunAt: now.Add(-time.Minute)}); err != nil {
				t.Fatal(err)
			}
			rows, err := k.w.store.Claim(ctx, "another", now, now.Add(time.Hour), 1)
			if err != nil || len(rows) != 1 {
				t.Fatalf("%v, %v", rows, err)
			}
			if state == storage.Sending {
				if ok, err := k.w.store.Sending(ctx, rows[0]); !ok || err != nil {
					t.Fatal(err)
				}
			}
			k.types("forget 1").presses("Forget for good")
			if _, _, err := k.w.bot.post(ctx, k.turn().Rep.DM, "", view.Words("Jane Doe is due."), nil); err != nil {
				t.Fatal(err)
			}
			k.w.tick(monday(t, 10, 5))
			if !k.hears("Jane Doe is due") {
				t.Fatal("the late post was never there")
			}
			for m := 11; m < 14; m++ {
				k.w.tick(monday(t, 10, m))
				k.w.bot.Idle(ctx)
			}
			if k.hears("Jane Doe is due") {
				t.Error("the late post is still there")
			}
			if left, err := k.w.store.Erasures(ctx); err != nil || len(left) != 0 {
				t.Errorf("%+v, %v", left, err)
			}
		})
	}
}

func TestForgettingSaysWhatIsLeft(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("show 1")
	k.w.slack.Faults().Refuse("chat.delete", 1, "cant_delete_message")
	k.types("forget 1").presses("Forget for good")
	k.w.tick(monday(t, 10, 1))
	k.finds("About the person you had me forget: I could not delete 1 message. Please have a look")
}

// A DM is looked through to its end, however long it has become, and a thread
// in it too.
func TestForgettingReadsADMToItsEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 10, 0), func(c *Config) { c.HashKey = []byte("a key for the tests") }, func(b *Bot) { b.pageSize = 2 })
	k := &talk{t: t, w: w, p: w.slack.Person("ada")}
	ctx := t.Context()
	k.types(addJane)
	k.types("show 1").sees("Jane Doe")
	dm := k.turn().Rep.DM
	top := ""
	say := func(words, thread string) {
		_, ts, err := w.bot.post(ctx, dm, thread, view.Words(words), nil)
		if err != nil {
			t.Fatal(err)
		}
		if thread == "" {
			top = ts
		}
	}
	say("Somebody else.", "")
	for range 60 {
		say("And more of somebody else.", top)
	}
	say("Jane Doe, at the end of a long thread.", top)
	for range 60 {
		say("Nobody.", "")
	}
	k.types("forget 1").presses("Forget for good")
	w.tick(monday(t, 10, 1))
	w.bot.Idle(ctx)
	if k.hears("Jane Doe") {
		t.Errorf("still shown:\n%s", inDMText(k, "ada"))
	}
	if left, err := w.store.Erasures(ctx); err != nil || len(left) != 0 || k.hears("Please have a look") {
		t.Errorf("left to do: %+v, %v", left, err)
	}
}

func TestMentionsAreWholeWords(t *testing.T) {
	t.Parallel()
	b := &Bot{Config: Config{HashKey: []byte("a key")}}
	for _, tt := range []struct {
		text, words string
		want        bool
	}{
		{"Logged: email to Bo Ek, Acme.", "Bo Ek", true},
		{"LOGGED: BO EK", "bo ek", true},
		{"Bob Ekman", "Bo", false},
		{"jumbo, Bo", "Bo", true},
		{"Ölaf", "laf", false},
		{"İİİ Bo", "Bo", true},
		{"write to jane.doe@acme.test today", "Jane.Doe@acme.test", true},
		{"write to mary@acme.test today", "jane@acme.test", false},
		{"anything", "", false},
	} {
		if got := b.marked(tt.text, b.marks(coach.Prospect{Name: tt.words})); got != tt.want {
			t.Errorf("%q in %q: %v", tt.words, tt.text, got)
		}
	}
}
