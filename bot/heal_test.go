package bot

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/storage"
)

// A reply in a thread is in no history of the channel; it is looked for in its
// thread.
func TestAnUnclearReplyUnderTheWeekIsFoundInItsThread(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 8, 0), func(c *Config) { c.Settings.WeeklyReps = "thread" }, nil)
	touched(t, w)
	w.slack.Faults().GrantScope("channels:history")
	w.halt()
	w.boot()
	w.tick(monday(t, 12, 0).AddDate(0, 0, 1))
	friday, ctx := monday(t, 16, 0).AddDate(0, 0, 4), context.Background()
	w.tick(friday.Add(-time.Minute))
	w.move(friday)
	w.bot.sender <- struct{}{} // we are the sender for now
	if err := w.bot.fireWeek(ctx, friday); err != nil {
		t.Fatal(err)
	}
	for lost := false; !lost; {
		rows, err := w.store.Claim(ctx, w.bot.Worker, w.now(), w.now().Add(rowLease), 1)
		if err != nil || len(rows) != 1 {
			t.Fatalf("%v, %v", rows, err)
		}
		if rows[0].Kind == kindRepWeek && rows[0].Rep == "U1" {
			w.slack.Faults().LoseAnswer("chat.postMessage", 1)
			lost = true
		}
		posts := newPosts()
		if err := errors.Join(w.bot.send(ctx, rows[0], posts), posts.wait()); err != nil {
			t.Fatal(err)
		}
	}
	<-w.bot.sender
	for m := range 5 {
		w.tick(friday.Add(time.Duration(m+1) * time.Minute))
	}
	replies := 0
	for _, m := range w.slack.Person("ada").Channel("sales").Messages {
		if m.ThreadTS != "" && m.ThreadTS != m.TS && strings.Contains(m.Text, "Ada Weber") {
			replies++
		}
	}
	if replies != 1 {
		t.Errorf("Ada's week stands %d times in the thread", replies)
	}
}

// A mark that somebody else put there proves nothing.
func TestOnlyOurOwnMessageIsThePost(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 8, 0), nil, nil)
	row := storage.Message{Key: "weekly:2026-03-06", Kind: kindWeekly}
	mark := func(user string) slack.Message {
		return slack.Message{Msg: slack.Msg{User: user, Metadata: *metadata(row)}}
	}
	if w.bot.isPostOf(mark("U1"), row) {
		t.Error("a person's message with our mark counts as posted by us")
	}
	if !w.bot.isPostOf(mark("UBOT"), row) {
		t.Error("our own message is not known again")
	}
}
