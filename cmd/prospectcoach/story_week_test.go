package main

import (
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

// aWeekOfWork gives Ada and Ben some touches and Ada a reply.
func aWeekOfWork(w *story) (ada, ben *actor) {
	ada, ben = w.Person("ada"), w.Person("ben")
	ada.Command(janeLine)
	ada.Command("/prospect log 1 email homework").Sees("Logged")
	ada.Command("/prospect replied 1 meeting 20 Jan").Sees("Jane Doe")
	ben.Command("/prospect add Bob Ray, Beta, Buyer email:bob@beta.test starts:today")
	ben.Command("/prospect log 2 email Bob, who checks the invoices of your new hub? Ben, Northwind").Sees("Logged")
	return ada, ben
}

func settingsOf(t *testing.T, more map[string]string) storyOption {
	vars := map[string]string{"COMPANY": "Northwind", "MANAGERS": demoRuth, "TEAM_CHANNEL": demoChannel, "TEAM_TZ": "Europe/Berlin"}
	for k, v := range more {
		vars[k] = v
	}
	return withSettings(t, vars)
}

// S6: one message in the channel with at most two charts and the same numbers
// in the text, no names of prospects; each rep's own by DM; and the same at
// any time by week and team.
func TestStory_S6_TheWeekInTheChannel(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-12 10:00", "Europe/Berlin")
	ada, ben := aWeekOfWork(w)
	ada.Command("/prospect week").Sees("*1 attempt*", "*1 reply*", "1 meeting")
	now := ada.Command("/prospect team").Sees("*2 attempts*", "*1 reply*")

	w.Until("Fri 15:59")
	for _, m := range w.slack.Unexpected() {
		if !isNudge(m) {
			t.Errorf("before its hour: %s", words(m))
		}
		w.slack.Take(m)
	}
	w.Until("Fri 16:00")
	m := w.ExpectIn(demoChannel, "*2 attempts*", "*1 reply*", "1 meeting", "Next week")
	blocks := string(m.Blocks)
	if n := strings.Count(blocks, `"data_visualization"`); n < 1 || n > 2 {
		t.Errorf("S6: %d charts", n)
	}
	for _, part := range []string{"2 attempts", "1 reply"} {
		if !strings.Contains(m.Text, part) {
			t.Errorf("the text does not say %q: %s", part, m.Text)
		}
	}
	for _, name := range []string{"Jane", "Acme", "Bob", "Beta"} {
		if strings.Contains(blocks+m.Text, name) {
			t.Errorf("S6: the channel reads a prospect's name, %s", name)
		}
	}
	if !strings.Contains(now.Words(), "*2 attempts*, *1 reply*, 1 meeting. Made on time: 2 of 2.") {
		t.Errorf("team shows something else:\n%s", now.Words())
	}
	ada.Expect("Your week", "*1 attempt*", "*1 reply*")
	w.Until("Fri 17:00") // Ben's day in New York has just begun
	ben.Expect("Your week", "*1 attempt*", "*0 replies*")
	w.Until("Fri 23:00")
	w.Silence("once is enough")
}

// What was due and left lying stands first, and in next week's load: a week in
// which one attempt was made on time is no good week for that.
func TestStory_S6_WhatWasLeftOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-12 10:00", "Europe/Berlin")
	ada := w.Person("ada")
	ada.Command(janeLine)
	ada.Command("/prospect add Bob Ray, Beta, Buyer email:bob@beta.test")
	w.Until("Tue 09:00")
	ada.Expect("Jane Doe", "Bob Ray")
	ada.Command("/prospect log 1 email homework")
	w.Until("Fri 16:00")
	w.ExpectIn(demoChannel, "Made on time: 1 of 1.", "Left over: 1 attempt is due and not made yet, the oldest since Tue 13 January.", "and the 1 left over")
	ada.Expect("Your week", "Left over: 1 attempt")
	for _, m := range w.slack.Unexpected() { // the mornings between
		if !isNudge(m) {
			t.Errorf("nobody expected %s", words(m))
		}
		w.slack.Take(m)
	}
}

// Slack refuses the charts: the same message comes again, once, plain.
func TestStory_S6_ChartsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-12 10:00", "Europe/Berlin")
	ada, _ := aWeekOfWork(w)
	w.slack.Faults().RefuseCharts(true)
	ada.Command("/prospect team").Sees("*2 attempts*")
	w.Until("Fri 16:00")
	m := w.ExpectIn(demoChannel, "*2 attempts*", "*1 reply*")
	if strings.Contains(string(m.Blocks), "data_visualization") {
		t.Error("the charts were refused, and here they are")
	}
	w.Until("Sat 10:00")
	for _, own := range w.slack.Unexpected() {
		if own.Channel == demoChannel || !isNudge(own) && !strings.HasPrefix(words(own), "Your week") {
			t.Errorf("nobody expected %s", words(own))
		}
		w.slack.Take(own)
	}
}

// WEEKLY_REPS=thread: one reply per rep in the summary's thread.
func TestStory_S6_RepsInTheThread(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-12 10:00", "Europe/Berlin", settingsOf(t, map[string]string{"WEEKLY_REPS": "thread"}))
	aWeekOfWork(w)
	w.Joins("mei") // without a touch: no reply for her
	w.Until("Fri 18:00")
	top := w.ExpectIn(demoChannel, "The week", "*2 attempts*")
	for _, name := range []string{"Ada Weber", "Ben Okafor"} {
		if m := w.ExpectIn(demoChannel, name, "*1 attempt*"); m.ThreadTS != top.TS {
			t.Errorf("%s does not stand in the thread", name)
		}
	}
	if left := w.slack.UnexpectedIn(demoChannel); len(left) > 0 {
		t.Errorf("and besides: %s", wordsOfAll(left))
	}
	for _, m := range w.slack.Unexpected() {
		w.slack.Take(m)
	}
}

// Each trouble of the channel sends the summary to the managers by DM, with
// the one line that mends it.
func TestStory_S6_TheChannelCannotTakeIt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		settings map[string]string
		trouble  func(*localslack.Channel)
		mends    string
	}{
		"none":         {map[string]string{"TEAM_CHANNEL": ""}, nil, "Set TEAM_CHANNEL"},
		"unknown":      {map[string]string{"TEAM_CHANNEL": "no-such-place"}, nil, "Check TEAM_CHANNEL"},
		"not a member": {nil, func(ch *localslack.Channel) { ch.Members = []string{demoAda} }, "/invite"},
		"archived":     {nil, func(ch *localslack.Channel) { ch.Archived = true }, "archived"},
		"shared":       {nil, func(ch *localslack.Channel) { ch.ExtShared = true }, "shared with another company"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "Fri 2026-01-16 12:00", "Europe/Berlin", settingsOf(t, c.settings))
			w.Joins("ruth")
			if c.trouble != nil {
				w.slack.UpdateChannel(demoChannel, c.trouble)
			}
			w.Until("Fri 17:00")
			w.Person("ruth").Expect("The week", c.mends)
			w.Until("Fri 20:00")
		})
	}
}

// On a public holiday the summary comes on the last working day before it.
func TestStory_S6_APublicHolidayMovesIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Wed 2026-04-01 10:00", "Europe/Berlin", settingsOf(t, map[string]string{"HOLIDAYS": "DE"}))
	w.Until("Thu 15:59")
	w.Silence("before its hour")
	w.Until("Thu 16:00") // Good Friday is the day after
	w.ExpectIn(demoChannel, "The week")
	w.Until("Fri 18:00")
	w.Silence("on Good Friday")
}
