package bot

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/coach"
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
			if !strings.Contains(string(m.Metadata), `"weekly_summary"`) {
				t.Errorf("it is marked as %s", m.Metadata)
			}
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

// What cannot be looked for, not now and not later, is not looked for without
// end: it is given up, and of the week the managers hear.
func TestWhatCannotBeLookedForIsGivenUp(t *testing.T) {
	t.Parallel()
	sales := func(do func(*localslack.Channel)) func(*world) {
		return func(w *world) { w.slack.UpdateChannel("C00000001", do) }
	}
	for _, tt := range []struct {
		name  string
		spoil func(*world)
	}{
		{"the channel was archived", sales(func(c *localslack.Channel) { c.Archived = true })},
		{"the channel was renamed", sales(func(c *localslack.Channel) { c.Name = "revenue" })},
		{"the bot was removed from it", sales(func(c *localslack.Channel) { c.Members = []string{"U1", "U2"} })},
		{"its history is closed", func(w *world) { w.slack.Faults().Refuse("conversations.history", 1, "missing_scope") }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, monday(t, 8, 0), nil, nil)
			w.slack.Faults().GrantScope("channels:history")
			w.halt()
			w.boot()
			w.tick(monday(t, 8, 0))
			w.slack.Faults().Status("chat.postMessage", 1, 502)
			friday := monday(t, 16, 0).AddDate(0, 0, 4)
			w.move(friday)
			w.bot.sender <- struct{}{} // we are the sender for now
			if err := w.bot.fireWeek(t.Context(), friday); err != nil {
				t.Fatal(err)
			}
			rows, err := w.store.Claim(t.Context(), w.bot.Worker, friday, friday.Add(rowLease), 1)
			if err != nil || len(rows) != 1 || rows[0].Kind != kindWeekly {
				t.Fatalf("%v, %v", rows, err)
			}
			posts := newPosts()
			if err := errors.Join(w.bot.send(t.Context(), rows[0], posts), posts.wait()); err != nil {
				t.Fatal(err)
			}
			<-w.bot.sender
			tt.spoil(w)
			for m := range 5 {
				w.tick(friday.Add(time.Duration(m+1) * time.Minute))
			}
			if stats, err := w.store.OutboxStats(t.Context()); err != nil || stats.Counts[storage.Unknown] != 0 {
				t.Errorf("still looked for: %v, %v", stats.Counts, err)
			}
			if n := maxRead(w, "did not say whether"); n != 1 {
				t.Errorf("the manager was asked %d times: %q", n, inDM(w, "max"))
			}
		})
	}
}

// maxRead is how many of Max's messages say that.
func maxRead(w *world, what string) (n int) {
	for _, m := range inDM(w, "max") {
		if strings.Contains(m, what) {
			n++
		}
	}
	return n
}

func TestAMessageInAClosedDMIsGivenUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 10, 0), faulty, nil)
	w.slack.Faults().LoseAnswer("chat.postMessage", 1)
	w.slack.Faults().Refuse("conversations.history", 9, "channel_not_found")
	for m := range 3 {
		w.tick(monday(t, 10, m))
	}
	if stats, err := w.store.OutboxStats(t.Context()); err != nil || len(stats.Counts) != 0 {
		t.Errorf("left in the outbox: %v, %v", stats.Counts, err)
	}
}

// A scope that is missing is granted again some day: the message is found then,
// and not posted blindly before.
func TestAMessageWaitsForTheScopeThatFindsIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 10, 0), faulty, nil)
	w.slack.Faults().LoseAnswer("chat.postMessage", 1)
	w.slack.Faults().RemoveScope("im:history")
	for m := range 3 {
		w.tick(monday(t, 10, m))
	}
	if stats, err := w.store.OutboxStats(t.Context()); err != nil || stats.Counts[storage.Unknown] != 1 {
		t.Errorf("in the outbox: %v, %v", stats.Counts, err)
	}
	w.slack.Faults().GrantScope("im:history")
	w.tick(monday(t, 10, 4))
	if stats, err := w.store.OutboxStats(t.Context()); err != nil || len(stats.Counts) != 0 {
		t.Errorf("left in the outbox: %v, %v", stats.Counts, err)
	}
	if got := inDM(w, "max"); len(got) != 1 {
		t.Errorf("Max reads %q", got)
	}
}

// A process that dies between the two steps has told the managers: what
// follows is done again, and they hear of it once.
func TestTheManagersAreToldBeforeAWeekIsGivenUp(t *testing.T) {
	t.Parallel()
	for what, give := range map[string]func(*Bot, storage.Message) error{
		"did not say whether": func(b *Bot, m storage.Message) error { return b.giveUp(context.Background(), m) },
		"Only some members may post": func(b *Bot, m storage.Message) error {
			return b.unsent(context.Background(), m, parcel{}, slack.SlackErrorResponse{Err: "restricted_action"}, b.Log.WithField("row", m.ID))
		},
	} {
		w := newWorld(t, monday(t, 10, 0), nil, nil)
		w.bot.sender <- struct{}{}
		week := storage.Message{Key: "weekly:2026-02-27", Kind: kindWeekly, Day: coach.DateOf(monday(t, 0, 0)) - 3, RunAt: w.now()}
		if err := w.store.Queue(t.Context(), week); err != nil {
			t.Fatal(err)
		}
		rows, err := w.store.Claim(t.Context(), w.bot.Worker, w.now(), w.now().Add(rowLease), 1)
		if err != nil || len(rows) != 1 {
			t.Fatal(rows, err)
		}
		lost := rows[0]
		lost.Attempts-- // the second step comes to nothing
		if err := give(w.bot, lost); err == nil {
			t.Error("the second step went well")
		}
		<-w.bot.sender
		w.tick(monday(t, 10, 0).Add(rowLease / 2))
		if n := maxRead(w, what); n != 1 {
			t.Errorf("after the first step Max was told %d times: %q", n, inDM(w, "max"))
		}
		if err := give(w.bot, rows[0]); err != nil {
			t.Error(err)
		}
		w.tick(monday(t, 10, 2))
		if n := maxRead(w, what); n != 1 {
			t.Errorf("after both Max was told %d times: %q", n, inDM(w, "max"))
		}
	}
}
