package main

import (
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

// Thread writes under the newest message shown.
func (n *answer) Thread(text string) *answer {
	n.Helper()
	played.line(text)
	played.use("event", "message")
	r, err := n.p.SayInThread("", n.shown[len(n.shown)-1].TS, text)
	return n.did2("in the thread: "+text, r, err)
}

// Choose picks from a menu or a date picker of the newest shown message.
func (n *answer) Choose(action string, values ...string) *answer {
	n.Helper()
	m := n.shown[len(n.shown)-1]
	played.press(m.Blocks, action)
	for _, label := range values {
		played.choice(m.Blocks, label)
	}
	r, err := n.p.Choose(m, action, values...)
	return n.did2("choosing "+strings.Join(values, ", "), r, err)
}

// Press clicks a button in the open window.
func (n *answer) Press(label string) *answer {
	n.Helper()
	if v := n.p.View(); v != nil {
		played.press(v.Blocks, label)
	}
	r, err := n.p.ViewClick(label)
	return n.did2("pressing "+label, r, err)
}

// HomePress clicks a button of the App Home.
func (a *actor) HomePress(label string) *answer {
	a.Helper()
	if v := a.p.Home(); v != nil {
		played.press(v.Blocks, label)
	}
	r, err := a.p.HomeClick(label)
	return a.did("pressing "+label+" in the Home", r, err)
}

// Shortcut runs a global shortcut.
func (a *actor) Shortcut(callback string) *answer {
	a.Helper()
	played.use("shortcut", callback)
	r, err := a.p.Shortcut(callback)
	return a.did("the shortcut "+callback, r, err)
}

// MessageShortcut runs a shortcut on a message.
func (a *actor) MessageShortcut(callback string, m localslack.Message) *answer {
	a.Helper()
	played.use("shortcut", callback)
	r, err := a.p.MessageShortcut(callback, m)
	return a.did("the shortcut "+callback+" on a message", r, err)
}

// Drop drops a file into the bot's DM.
func (a *actor) Drop(name, content string) *answer {
	a.Helper()
	played.use("event", "message")
	played.use("event", "file_shared")
	r, err := a.p.DropFile("", name, []byte(content))
	return a.did("dropping "+name, r, err)
}

// Joins makes the person known to the bot, as opening its Home does.
func (s *story) Joins(handles ...string) {
	s.Helper()
	for _, h := range handles {
		a := s.Person(h)
		a.OpenHome()
		a.Expect("keep track of prospects who do not answer")
	}
}

// Silence fails if the bot posted anything that nobody has taken.
func (s *story) Silence(when string) {
	s.Helper()
	if waiting := s.slack.Unexpected(); len(waiting) > 0 {
		s.Fatalf("%s: silence was promised, but there is:\n%s", when, wordsOfAll(waiting))
	}
}

// Changed makes Slack tell the bot that a member changed.
func (s *story) Changed(handle string, change func(*localslack.User)) {
	s.Helper()
	played.use("event", "user_change")
	if err := s.slack.UpdateUser(s.slack.Person(handle).ID(), change); err != nil {
		s.Fatal(err)
	}
}
