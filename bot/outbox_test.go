package bot

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// faulty makes Max, the manager, be told of a broken template: the simplest
// message that nobody asked for.
func faulty(c *Config) {
	c.Refresh = func(time.Time) []string { return []string{"angles/story.md:3: no blank of the name {frist}"} }
}

func inDM(w *world, who string) (texts []string) {
	for _, m := range w.slack.Person(who).DM().Messages {
		texts = append(texts, m.Text)
	}
	return texts
}

func TestAMessageNobodyAskedForIsPostedOnce(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name  string
		fault func(*world)
		calls int // of chat.postMessage that reach Slack
	}{
		{"when all is well", func(*world) {}, 1},
		{"when the answer is lost: it is found by its metadata", func(w *world) { w.slack.Faults().LoseAnswer("chat.postMessage", 1) }, 1},
		{"when Slack fails after doing it", func(w *world) { w.slack.Faults().RefuseAfter("chat.postMessage", 1, "internal_error") }, 1},
		{"when Slack fails before doing it: looked for twice, then posted", func(w *world) { w.slack.Faults().Status("chat.postMessage", 1, 503) }, 2},
		{"when Slack refuses with a word that leaves it open", func(w *world) { w.slack.Faults().Refuse("chat.postMessage", 1, "internal_error") }, 2},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, monday(t, 10, 0), faulty, nil)
			row.fault(w)
			at := monday(t, 10, 0)
			w.tick(at)
			w.tick(at.Add(lookAgain - time.Second))
			if got, want := len(inDM(w, "max")), 2-row.calls; got != want {
				t.Errorf("before the second look Max has %d messages, want %d", got, want)
			}
			w.tick(at.Add(lookAgain))
			if got := inDM(w, "max"); len(got) != 1 || !strings.Contains(got[0], "{frist}") {
				t.Errorf("Max reads %q", got)
			}
			if row.calls == 2 && w.slack.Calls("conversations.history") != looks {
				t.Errorf("looked %d times before posting again", w.slack.Calls("conversations.history"))
			}
			stats, err := w.store.OutboxStats(context.Background())
			if err != nil || len(stats.Counts) != 0 {
				t.Errorf("left in the outbox: %v, %v", stats.Counts, err)
			}
		})
	}
}

func TestRetryAfterIsHonoured(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 10, 0), faulty, nil)
	w.slack.Faults().RateLimit("chat.postMessage", 1, 40*time.Second)
	w.tick(monday(t, 10, 0))
	w.tick(monday(t, 10, 0).Add(39 * time.Second))
	if got := inDM(w, "max"); len(got) != 0 {
		t.Errorf("posted before Retry-After ended: %q", got)
	}
	w.tick(monday(t, 10, 0).Add(41 * time.Second))
	if got := inDM(w, "max"); len(got) != 1 {
		t.Errorf("Max reads %q", got)
	}
}

func TestS4_WhatNobodyAskedForWaitsForWorkingHours(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 19, 0), faulty, nil)
	w.tick(monday(t, 19, 0))
	w.tick(monday(t, 23, 0))
	if got := inDM(w, "max"); len(got) != 0 {
		t.Errorf("in the evening Max reads %q", got)
	}
	w.tick(monday(t, 8, 0).AddDate(0, 0, 1))
	if got := inDM(w, "max"); len(got) != 1 {
		t.Errorf("in the morning Max reads %q", got)
	}
}

func TestARepWhoLeftGetsNothingAndTheManagerIsToldOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 10, 0), nil, nil)
	ctx := context.Background()
	w.slack.Person("ada").Say("", "help")
	deactivate(w, "U1")
	for i := range 3 {
		w.tick(monday(t, 10, 0).AddDate(0, 0, i+1))
	}
	row, err := w.store.Rep(ctx, "U1")
	if err != nil || !row.Gone || !row.NextNudge.IsZero() {
		t.Errorf("Ada's row: gone %v, next nudge %v, %v", row.Gone, row.NextNudge, err)
	}
	told := 0
	for _, m := range inDM(w, "max") {
		if strings.Contains(m, "Ada Weber was deactivated") {
			told++
		}
	}
	if told != 1 {
		t.Errorf("Max was told %d times", told)
	}
}

// due gives Ada one prospect whose first attempt is due on that day.
func due(t *testing.T, w *world, on coach.Date) {
	t.Helper()
	ctx := context.Background()
	if _, err := w.bot.admit(ctx, "U1", "T1"); err != nil {
		t.Fatal(err)
	}
	row, err := w.store.Rep(ctx, "U1")
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.store.Change(ctx, storage.Change{Rep: "U1", Label: "add", At: w.now()}, func(tx *storage.Tx) error {
		p := &coach.Prospect{Owner: "U1", Added: w.now(), Name: "Jane Doe", Company: "Acme", Email: "jane@acme.test", Phone: "+49 341 1234"}
		c := coach.Case{Playbook: w.bot.Playbook(), Now: w.now(), Rep: w.bot.rep(row), Prospect: p}
		if err := c.Begin(coach.Cold, on); err != nil {
			return err
		}
		c.Reindex()
		return tx.Add(p)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func nudges(w *world) (n int) {
	for _, m := range w.slack.Person("ada").DM().Messages {
		if strings.Contains(m.Text, "due today") {
			n++
		}
	}
	return n
}

func TestS1_OneNudgeOnAWorkingDayAtTheRepsHour(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 8, 30), nil, nil)
	due(t, w, coach.NewDate(2026, 3, 2))
	w.tick(monday(t, 8, 59))
	if nudges(w) != 0 {
		t.Error("nudged before the hour")
	}
	for _, minute := range []int{0, 0, 1, 30} {
		w.tick(monday(t, 9, minute))
	}
	if nudges(w) != 1 {
		t.Errorf("%d nudges on Monday", nudges(w))
	}
	w.tick(monday(t, 9, 0).AddDate(0, 0, 1))
	if nudges(w) != 2 {
		t.Errorf("%d nudges by Tuesday; the overdue one is carried on", nudges(w))
	}
	w.tick(monday(t, 9, 0).AddDate(0, 0, 5))
	if nudges(w) != 2 {
		t.Errorf("nudged on a Saturday")
	}
}

func TestARestartOverTheNudgeHourNudgesOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 8, 30), nil, nil)
	due(t, w, coach.NewDate(2026, 3, 2))
	w.tick(monday(t, 8, 58))
	w.halt()
	w.move(monday(t, 9, 7))
	w.boot()
	w.tick(monday(t, 9, 7))
	w.halt()
	w.move(monday(t, 9, 9))
	w.boot()
	w.tick(monday(t, 9, 9))
	if nudges(w) != 1 {
		t.Errorf("%d nudges over two restarts", nudges(w))
	}
}

func TestACrashInTheMiddleOfAPostIsHealed(t *testing.T) {
	t.Parallel()
	for _, posted := range []bool{true, false} {
		w := newWorld(t, monday(t, 8, 30), nil, nil)
		due(t, w, coach.NewDate(2026, 3, 2))
		ctx := context.Background()
		w.bot.sender <- struct{}{} // this process does not send for a while
		w.move(monday(t, 9, 0))
		// What a process leaves behind that died between its mark and Slack's answer.
		if err := w.bot.fireNudges(ctx, w.now()); err != nil {
			t.Fatal(err)
		}
		rows, err := w.store.Claim(ctx, "dead", w.now(), w.now().Add(rowLease), 1)
		if err != nil || len(rows) != 1 {
			t.Fatalf("%v, %v", rows, err)
		}
		if ok, err := w.store.Sending(ctx, rows[0]); err != nil || !ok {
			t.Fatal(ok, err)
		}
		if posted {
			p, err := w.bot.build(ctx, rows[0])
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := w.bot.post(ctx, p.channel, "", p.Message, metadata(rows[0])); err != nil {
				t.Fatal(err)
			}
		}
		<-w.bot.sender
		for m := 1; m < 5; m++ {
			w.tick(monday(t, 9, m))
		}
		if nudges(w) != 1 {
			t.Errorf("posted before the crash %v: %d nudges", posted, nudges(w))
		}
	}
}

func TestNothingIsLostWhileTheTokenIsRevoked(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 8, 30), nil, nil)
	due(t, w, coach.NewDate(2026, 3, 2))
	w.slack.Faults().RevokeToken("token_revoked")
	w.move(monday(t, 9, 0))
	_ = w.bot.Tick(context.Background(), monday(t, 9, 0))
	if h := w.bot.Health(context.Background()); h.Trouble == "" {
		t.Error("health says nothing of the revoked token")
	}
	w.slack.Faults().RestoreToken()
	w.tick(monday(t, 9, 6))
	if nudges(w) != 1 {
		t.Errorf("%d nudges once the token is back", nudges(w))
	}
}

// Only what failed is given up, and what belongs to a day not before that day
// is over; what was put back for the night or for a Retry-After is never.
func TestAMessageIsGivenUpForItsFailuresAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 10, 0), nil, nil)
	today := coach.DateOf(monday(t, 10, 0))
	for _, c := range []struct {
		name               string
		day                coach.Date
		attempts, failures int
		spent              bool
	}{
		{"today's, failed often", today, maxFailures + 90, maxFailures + 90, false},
		{"the day before yesterday's, failed often", today - 2, maxFailures, maxFailures, true},
		{"the day before yesterday's, put back often and failed once", today - 2, 500, 1, false},
		{"of no day, failed often", 0, maxFailures, maxFailures, true},
		{"of no day, put back often and failed once", 0, 500, 1, false},
	} {
		m := storage.Message{Day: c.day, Attempts: c.attempts, Failures: c.failures}
		if got := w.bot.spent(m); got != c.spent {
			t.Errorf("%s: given up is %v", c.name, got)
		}
	}
	for tries := range 100 {
		if wait := backOff(tries); wait < time.Minute || wait > 30*time.Minute {
			t.Errorf("after %d tries: waits %v", tries, wait)
		}
	}
}

// A notice that waits through an outage of hours is not given up for the first
// thing that goes wrong after it.
func TestANoticeOutlivesAnOutageAndAFailure(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 9, 0), nil, nil)
	if err := w.store.Queue(t.Context(), storage.Message{Key: "faults:U2", Kind: kindGone, Rep: "U2", Slot: "U1", Priority: prioNotice, RunAt: w.now()}); err != nil {
		t.Fatal(err)
	}
	if err := w.store.AddRep(t.Context(), storage.RepRow{Rep: coach.Rep{ID: "U1", Name: "Ada", Gone: true}}); err != nil {
		t.Fatal(err)
	}
	w.slack.Faults().RevokeToken("token_revoked")
	at := monday(t, 9, 0)
	for range 20 {
		at = at.Add(shutOutFor + time.Second)
		w.move(at)
		_ = w.bot.Tick(t.Context(), at) // who the users are cannot be read either
	}
	if w.bot.Health(t.Context()).Trouble == "" {
		t.Error("nothing is said of a token that is no longer good")
	}
	w.slack.Faults().RestoreToken()
	w.slack.Faults().Refuse("chat.postMessage", 1, "restricted_action")
	for range 4 {
		at = at.Add(shutOutFor + time.Second)
		w.tick(at)
	}
	if got := strings.Join(inDM(w, "max"), "\n"); !strings.Contains(got, "Ada") {
		t.Errorf("the manager was never told:\n%s", got)
	}
	if say := w.bot.Health(t.Context()).Trouble; say != "" {
		t.Errorf("still said after it was mended: %s", say)
	}
}
