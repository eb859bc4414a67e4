package bot

import (
	"context"
	"strings"
	"testing"
	"time"
)

// heldUp is a world in which every wait for Slack's pace lasts until open is
// closed; what is too far for a context is said to be.
func heldUp(t *testing.T, tune func(*Bot)) (w *world, open func()) {
	t.Helper()
	gate := make(chan struct{})
	w = newWorld(t, monday(t, 10, 0), func(c *Config) {
		c.Sleep = func(ctx context.Context, d time.Duration) error {
			if d <= 0 {
				return ctx.Err()
			}
			if end, ok := ctx.Deadline(); ok && time.Until(end) < d {
				return errFar
			}
			<-gate
			return nil
		}
	}, tune)
	for _, who := range []string{"ada", "max"} {
		if _, err := w.slack.Person(who).Say("", "help"); err != nil { // so that the welcome is over
			t.Fatal(err)
		}
		w.move(w.now().Add(time.Minute))
	}
	w.slack.SetIdle(nil)
	var opened bool
	open = func() {
		if !opened {
			close(gate)
		}
		opened = true
	}
	t.Cleanup(open) // before the world ends
	return w, open
}

// holding counts the bot's messages in somebody's DM that hold those words.
func holding(w *world, who, text string) (n int) {
	for _, m := range w.slack.Person(who).DM().Messages {
		if m.User == w.bot.me.User && strings.Contains(m.Text+string(m.Blocks), text) {
			n++
		}
	}
	return n
}

// A turn that waits for Slack's pace lends its place: with one worker in all,
// everybody else is answered meanwhile, and it gets its answer in the end.
func TestWhoWaitsForSlacksPaceKeepsNobodyElseWaiting(t *testing.T) {
	t.Parallel()
	w, open := heldUp(t, func(b *Bot) { b.lanes.most = 1 })
	w.bot.pace.hold(posting.Name, w.now().Add(time.Second))
	before := holding(w, "ada", "nugget")
	if _, err := w.slack.Person("ada").Say("", "help nugget"); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		r, err := w.slack.Person("max").In("C00000001").Command("/prospect help")
		if err != nil || len(r.Shown) == 0 {
			t.Fatalf("no answer while somebody else waits: %v", err)
		}
	}
	if holding(w, "ada", "nugget") != before {
		t.Fatal("nobody waited")
	}
	open()
	w.until("who waited is answered", func() bool { return holding(w, "ada", "nugget") > before })
	w.bot.lanes.wait(10 * time.Second)
	w.bot.lanes.mu.Lock()
	defer w.bot.lanes.mu.Unlock()
	if w.bot.lanes.lent != 0 {
		t.Errorf("%d places still lent", w.bot.lanes.lent)
	}
}

// While Slack asks to wait for half a minute, a command typed in the DM is
// answered the other way at once, and what was written there is answered in
// order as soon as Slack allows.
func TestAnAnswerThatMayNotBePostedSoonTakesAnotherWay(t *testing.T) {
	t.Parallel()
	w, open := heldUp(t, nil)
	w.slack.Faults().RateLimit("chat.postMessage", 1, 30*time.Second)
	ada := w.slack.Person("ada")
	for _, line := range []string{"help nugget", "help snooze"} {
		if _, err := ada.Say("", line); err != nil {
			t.Fatal(err)
		}
	}
	w.until("Slack asked to wait", func() bool { return w.slack.Faults().Waiting() == 0 })
	r, err := ada.Command("/prospect help pause")
	if err != nil {
		t.Fatal(err)
	}
	w.until("the command is answered for her eyes", func() bool {
		for _, m := range ada.DM().Messages {
			if m.EphemeralFor != "" && strings.Contains(m.Text+string(m.Blocks), "pause") {
				return true
			}
		}
		return len(r.Shown) > 0
	})
	before := len(ada.DM().Messages)
	w.move(w.now().Add(31 * time.Second))
	open()
	w.bot.lanes.wait(10 * time.Second)
	order := ""
	for _, m := range ada.DM().Messages[before:] {
		for _, word := range []string{"nugget", "snooze"} {
			if m.User == w.bot.me.User && strings.Contains(m.Text, word) {
				order += word + " "
			}
		}
	}
	if order != "nugget snooze " {
		t.Errorf("answered: %q in %v", order, ada.DM().Messages)
	}
}

// Changes one after the other draw a Home that waits for its turn once.
func TestAHomeThatWaitsIsDrawnOnce(t *testing.T) {
	t.Parallel()
	w, open := heldUp(t, nil)
	before := w.slack.Calls("views.publish")
	w.bot.pace.hold(publishing.Name, w.now().Add(time.Second))
	for range 20 {
		if err := w.bot.drawHome("U1"); err != nil {
			t.Fatal(err)
		}
	}
	open()
	w.bot.lanes.wait(10 * time.Second)
	if n := w.slack.Calls("views.publish") - before; n < 1 || n > 2 {
		t.Errorf("drawn %d times", n)
	}
}
