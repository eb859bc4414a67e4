package main

import (
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

// story is a world with a clock that stands until the story moves it. At its
// end every message the bot posted must have been expected: a story is also a
// test of silence.
type story struct {
	*testing.T
	*world
	zone *time.Location
}

// storyOption changes a story's world before it opens.
type storyOption func(*worldOptions, *localslack.Options)

// withSettings reads these settings over the story's own.
func withSettings(t *testing.T, vars map[string]string) storyOption {
	return func(o *worldOptions, _ *localslack.Options) {
		s, err := readSettings(vars)
		if err != nil {
			t.Fatal(err)
		}
		o.Settings = s
	}
}

// newWorld opens a story: the demo's people, an empty store, the clock at that
// moment ("Mon 2026-01-05 08:59") of that zone.
func newWorld(t *testing.T, at, zone string, options ...storyOption) *story {
	t.Helper()
	loc := mustZone(zone)
	start, err := time.ParseInLocation("Mon 2006-01-02 15:04", at, loc)
	if err != nil {
		t.Fatal(err)
	}
	clock := newWorldClock(time.Now, start)
	clock.beat = time.Hour
	clock.freeze()
	slackOptions := demoWorkspace(clock.Now)
	o := worldOptions{Clock: clock, Dir: t.TempDir(), Log: storyLog(t)}
	withSettings(t, map[string]string{
		"COMPANY": "Northwind", "MANAGERS": demoRuth, "TEAM_CHANNEL": demoChannel, "TEAM_TZ": zone,
	})(&o, &slackOptions)
	for _, option := range options {
		option(&o, &slackOptions)
	}
	o.Slack = localslack.New(slackOptions)
	if o.Listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	w, err := openWorld(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	s := &story{T: t, world: w, zone: loc}
	t.Cleanup(s.end)
	return s
}

// storyLog keeps the bot's log for a story that fails.
func storyLog(t *testing.T) logrus.FieldLogger {
	log := logrus.New()
	log.SetOutput(io.Discard)
	if os.Getenv("STORY_LOG") != "" {
		log.SetOutput(t.Output())
		log.SetLevel(logrus.DebugLevel)
	}
	return log
}

// end closes the world and names what was posted and not expected, and what
// the local Slack refused to understand.
func (s *story) end() {
	for _, m := range s.slack.Unexpected() {
		s.Errorf("nobody expected this message in %s:\n%s", m.Channel, words(m))
	}
	for _, v := range s.slack.Violations() {
		s.Errorf("the local Slack complains: %s", v)
	}
	if err := s.close(); err != nil {
		s.Errorf("closing the world: %v", err)
	}
}

// Until moves the clock to the next such moment ("Tue 09:00", "16:30", or a
// whole date "2026-03-02 09:00") in the story's zone, with everything that
// falls due on the way.
func (s *story) Until(when string) {
	s.Helper()
	if err := s.moveTo(s.Context(), s.moment(when)); err != nil {
		s.Fatal(err)
	}
}

func (s *story) moment(when string) time.Time {
	s.Helper()
	if t, err := time.ParseInLocation("2006-01-02 15:04", when, s.zone); err == nil {
		return t
	}
	now := s.clock.Now().In(s.zone)
	day, clock, ok := strings.Cut(when, " ")
	if !ok {
		day, clock = "", when
	}
	at, err := time.Parse("15:04", clock)
	if err != nil {
		s.Fatalf("no moment: %q", when)
	}
	for days := 0; days < 8; days++ {
		t := time.Date(now.Year(), now.Month(), now.Day()+days, at.Hour(), at.Minute(), 0, 0, s.zone)
		if t.After(now) && (day == "" || t.Format("Mon") == day) {
			return t
		}
	}
	s.Fatalf("no such moment: %q", when)
	return time.Time{}
}

// Restart ends the bot as SIGTERM does and starts it again on the same store.
func (s *story) Restart() {
	s.Helper()
	if err := s.stopBot(); err != nil {
		s.Fatal(err)
	}
	if err := s.start(s.Context(), nil); err != nil {
		s.Fatal(err)
	}
}

// Person is somebody in the story, by handle.
func (s *story) Person(handle string) *actor {
	return &actor{story: s, p: s.slack.Person(handle)}
}

// actor is a person who does things and looks at what comes back.
type actor struct {
	*story
	p *localslack.Person
}

// In is the same person with the cursor in that channel.
func (a *actor) In(channel string) *actor { return &actor{story: a.story, p: a.p.In(channel)} }

// answer is what a verb brought to the person's screen.
type answer struct {
	*actor
	did   string
	shown []localslack.Message
	view  *localslack.View
	errs  map[string]string
}

func (a *actor) did(what string, r localslack.Result, err error) *answer {
	a.Helper()
	if err != nil {
		a.Fatalf("%s: Slack says %v", what, err)
	}
	for _, m := range r.Shown {
		a.p.Take(m)
	}
	return &answer{actor: a, did: what, shown: r.Shown, view: r.View, errs: r.Errors}
}

// Command types a slash command.
func (a *actor) Command(text string) *answer {
	a.Helper()
	_, line, _ := strings.Cut(text, " ")
	played.line(line)
	r, err := a.p.Command(text)
	return a.did(text, r, err)
}

// Say writes into the bot's DM.
func (a *actor) Say(text string) *answer {
	a.Helper()
	played.line(text)
	played.use("event", "message")
	r, err := a.p.Say("", text)
	return a.did(text, r, err)
}

// OpenHome opens the App Home and answers its words.
func (a *actor) OpenHome() string {
	a.Helper()
	played.use("event", "app_home_opened")
	if _, err := a.p.OpenHome(); err != nil {
		a.Fatalf("opening the Home: %v", err)
	}
	home := a.p.Home()
	if home == nil {
		a.Fatal("the Home is empty")
	}
	return wordsOf(home.Blocks)
}

// Expect finds the newest message in the person's DM that nobody has taken and
// that holds all the words, and takes it.
func (a *actor) Expect(texts ...string) *answer {
	a.Helper()
	waiting := a.p.Unexpected()
	for i := len(waiting) - 1; i >= 0; i-- {
		if holdsAll(words(waiting[i]), texts) {
			a.p.Take(waiting[i])
			return &answer{actor: a, did: "the message that came", shown: waiting[i : i+1]}
		}
	}
	a.Fatalf("no new message with %q; there are:\n%s", texts, wordsOfAll(waiting))
	return nil
}

// ExpectIn is Expect in a channel.
func (s *story) ExpectIn(channel string, texts ...string) localslack.Message {
	s.Helper()
	for _, m := range s.slack.UnexpectedIn(channel) {
		if holdsAll(words(m), texts) {
			s.slack.Take(m)
			return m
		}
	}
	s.Fatalf("no new message with %q in %s; there are:\n%s", texts, channel, wordsOfAll(s.slack.UnexpectedIn(channel)))
	return localslack.Message{}
}

// Sees fails unless the messages shown hold all the words together.
func (n *answer) Sees(texts ...string) *answer {
	n.Helper()
	if all := wordsOfAll(n.shown); !holdsAll(all, texts) {
		n.Fatalf("%s: %q is not in what was shown:\n%s", n.did, texts, all)
	}
	return n
}

// SeesNot fails if any of the words is shown.
func (n *answer) SeesNot(texts ...string) *answer {
	n.Helper()
	all := wordsOfAll(n.shown)
	for _, text := range texts {
		if strings.Contains(all, text) {
			n.Fatalf("%s: %q should not be in what was shown:\n%s", n.did, text, all)
		}
	}
	return n
}

// Words is everything that was shown.
func (n *answer) Words() string { return wordsOfAll(n.shown) }

// Click presses a button, by its label, on the newest shown message that has it.
func (n *answer) Click(label string) *answer {
	n.Helper()
	for i := len(n.shown) - 1; i >= 0; i-- {
		m, ok := n.p.Message(n.shown[i])
		if !ok || !strings.Contains(words(m), "["+label+"]") {
			continue
		}
		played.press(m.Blocks, label)
		r, err := n.p.Click(m, label)
		return n.did2("clicking "+label, r, err)
	}
	n.Fatalf("%s: there is no button %q in:\n%s", n.did, label, wordsOfAll(n.shown))
	return nil
}

func (n *answer) did2(what string, r localslack.Result, err error) *answer {
	n.Helper()
	return n.actor.did(what, r, err)
}

// Form fails unless a window is open that holds the words, and answers it.
func (n *answer) Form(texts ...string) *answer {
	n.Helper()
	if n.view == nil {
		n.Fatalf("%s: no window is open; shown was:\n%s", n.did, wordsOfAll(n.shown))
	}
	if all := n.view.Title + "\n" + wordsOf(n.view.Blocks); !holdsAll(all, texts) {
		n.Fatalf("%s: %q is not in the window:\n%s", n.did, texts, all)
	}
	return n
}

// Fill writes into the window's field with that label.
func (n *answer) Fill(label string, values ...string) *answer {
	n.Helper()
	r, err := n.p.Fill(label, values...)
	if err != nil {
		n.Fatalf("filling %s: %v", label, err)
	}
	n.view = r.View
	return n
}

// Submit sends the window's form.
func (n *answer) Submit() *answer {
	n.Helper()
	if v := n.p.View(); v != nil {
		played.use("form", v.CallbackID)
	}
	r, err := n.p.Submit()
	return n.did2("submitting", r, err)
}

// Refused fails unless the form stayed open with that sentence under a field.
func (n *answer) Refused(text string) *answer {
	n.Helper()
	for _, say := range n.errs {
		if strings.Contains(say, text) {
			return n
		}
	}
	n.Fatalf("%s: no field says %q; they say %v", n.did, text, n.errs)
	return nil
}
