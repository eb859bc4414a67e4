package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/coach"
)

// demoTeam are the newcomer's colleagues: while the clock is moved they work
// off their morning message with the same buttons that everybody has, so that
// a week that passes leaves something to sum up. Ada is the newcomer's own.
type demoTeam struct {
	w      *world
	people []*demoColleague
}

type demoColleague struct {
	person *localslack.Person
	zone   *time.Location
	worked coach.Date
}

func newDemoTeam(w *world) *demoTeam {
	t := &demoTeam{w: w}
	for _, u := range demoUsers() {
		if u.ID == demoBen || u.ID == demoMei {
			t.people = append(t.people, &demoColleague{person: w.slack.Person(u.ID), zone: mustZone(u.TZ)})
		}
	}
	return t
}

// work lets each colleague whose day has reached ten o'clock do today's list.
func (t *demoTeam) work(ctx context.Context, now time.Time) error {
	for _, c := range t.people {
		local := now.In(c.zone)
		today := coach.DateOf(local)
		if c.worked == today || local.Hour() < 10 || !coach.MonToFri.Has(local.Weekday()) {
			continue
		}
		c.worked = today
		if err := c.workOff(ctx, today); err != nil {
			return fmt.Errorf("a colleague's day: %w", err)
		}
	}
	return nil
}

// workOff goes through today's nudge card by card.
func (c *demoColleague) workOff(ctx context.Context, today coach.Date) error {
	done := map[string]bool{}
	for range 20 {
		nudge, ok := c.nudge(today)
		if !ok {
			return nil
		}
		button, ok := nextButton(nudge, done)
		if !ok {
			return nil
		}
		done[button.block] = true
		if err := c.press(nudge, button, today); err != nil {
			return err
		}
		if err := c.pair(button); err != nil {
			return err
		}
		if err := c.answered(button.prospect(), today); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// press logs the suggested touch. Ben now and then writes an email in his own
// words instead, so that the team's week has something to practise.
func (c *demoColleague) press(nudge localslack.Message, button demoButton, today coach.Date) error {
	if id := button.prospect(); c.person.ID() == demoBen && button.email && (id+int(today))%2 == 0 {
		_, err := c.person.Command(fmt.Sprintf("/prospect log %d email %s", id, demoOwnWords[(id+int(today))/2%len(demoOwnWords)]))
		return err
	}
	_, err := c.person.Act(localslack.Where{Channel: nudge.Channel, TS: nudge.TS}, button.block, button.action, localslack.Value{})
	return err
}

var demoOwnWords = []string{
	"Hi, just checking in on my last email. Have you had a chance to look at it?",
	"Hello again, I am just following up on my last message. Would you have time for a short call?",
	"Hi there, circling back on this one. Is it still of interest?",
}

// nudge is today's morning message in the colleague's direct message.
func (c *demoColleague) nudge(today coach.Date) (localslack.Message, bool) {
	messages := c.person.DM().Messages
	for i := len(messages) - 1; i >= 0; i-- {
		m := messages[i]
		// Its buttons say so; a message that was redrawn has lost its metadata.
		if strings.Contains(string(m.Blocks), ":n"+today.String()) {
			return m, true
		}
	}
	return localslack.Message{}, false
}

// demoButton is one button of a message; email tells that it logs an email.
type demoButton struct {
	block, action string
	email         bool
}

// prospect is the number in the block's id, 0 if there is none.
func (b demoButton) prospect() (id int) {
	_, number, _ := strings.Cut(b.block, ":")
	number, _, _ = strings.Cut(number, ":")
	if _, err := fmt.Sscan(number, &id); err != nil {
		return 0
	}
	return id
}

// pair sends the email that a voicemail announced, as the message beneath the
// nudge offers it.
func (c *demoColleague) pair(left demoButton) error {
	if left.action != "log:left" {
		return nil
	}
	id := fmt.Sprint(left.prospect())
	messages := c.person.DM().Messages
	for i := len(messages) - 1; i >= 0; i-- {
		m := messages[i]
		if !strings.Contains(string(m.Blocks), `"card:`+id+`:pair"`) {
			continue
		}
		if button, ok := nextButton(m, nil); ok {
			_, err := c.person.Act(localslack.Where{Channel: m.Channel, TS: m.TS}, button.block, button.action, localslack.Value{})
			return err
		}
		return nil
	}
	return nil
}

// nextButton is the button that logs the suggested touch of the first card
// that was not yet looked at: a message left, or sent.
func nextButton(m localslack.Message, done map[string]bool) (demoButton, bool) {
	var blocks []struct {
		Type     string `json:"type"`
		BlockID  string `json:"block_id"`
		Elements []struct {
			ActionID string `json:"action_id"`
			Value    string `json:"value"`
		} `json:"elements"`
	}
	if err := json.Unmarshal(m.Blocks, &blocks); err != nil {
		return demoButton{}, false
	}
	for _, want := range []string{"log:left", "log:sent", "log:gatekeeper", "log"} {
		for _, b := range blocks {
			for _, e := range b.Elements {
				if want == "log:left" && strings.Contains(e.Value, " gatekeeper ") {
					continue // this call is for the assistant
				}
				if b.Type == "actions" && e.ActionID == want && !done[b.BlockID] {
					return demoButton{b.BlockID, e.ActionID, strings.Contains(e.Value, " email ")}, true
				}
			}
		}
	}
	return demoButton{}, false
}

// answered lets every fifth prospect or so, always the same ones, answer the
// touch that was just logged.
func (c *demoColleague) answered(id int, today coach.Date) error {
	if id == 0 {
		return nil
	}
	line := ""
	switch (id*5 + int(today)) % 9 {
	case 0:
		line = fmt.Sprintf("/prospect replied %d meeting %s", id, today+8)
	case 4:
		line = fmt.Sprintf("/prospect replied %d later %s", id, today+30)
	default:
		return nil
	}
	_, err := c.person.Command(line)
	return err
}
