package main

import (
	"context"
	"fmt"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// demoLife is one prospect of the demo as a salesperson would tell it: who it
// is, what is known, how the campaign went so far. Its history is not written
// down but lived: each attempt is what the coach suggested on the day it was
// due, so that the demo can show nothing that the rules would not do.
type demoLife struct {
	rep, name, company, title, industry string
	email, phone, linkedin              string
	line                                coach.Line
	purchase                            coach.Purchase
	urgency                             coach.Urgency
	situation                           coach.Situation
	lastTalk                            string
	facts                               []coach.Fact // On is left empty: some days before the start
	gatekeeper                          string       // as a rep would note it: "Ana, try before 9"

	starts   string // first attempt due
	attempts int    // made before the demo begins
	then     func(c coach.Case) error
	thenOn   string
}

func research(text string) coach.Fact { return coach.Fact{Kind: coach.Research, Text: text} }
func said(text string) coach.Fact     { return coach.Fact{Kind: coach.Said, Text: text} }
func trigger(text string) coach.Fact  { return coach.Fact{Kind: coach.Trigger, Text: text} }
func knows(text string) coach.Fact    { return coach.Fact{Kind: coach.Introduction, Text: text} }

func demoDate(s string) coach.Date {
	d, err := coach.ParseDate(s)
	if err != nil {
		panic(err) // the dates stand in this package
	}
	return d
}

// seedDemo fills the store with the team, its nuggets and its prospects.
func seedDemo(ctx context.Context, store *storage.Store, pb *coach.Playbook) error {
	for _, u := range demoUsers() {
		if u.Bot {
			continue
		}
		rep := storage.RepRow{Rep: coach.Rep{ID: u.ID, Name: u.RealName, Zone: mustZone(u.TZ)}, Handle: u.Name, Welcomed: u.ID != demoRuth}
		if u.ID == demoAda {
			rep.Why = "I help people get back the evenings they lose to invoice lists."
		}
		if err := store.SaveRep(ctx, rep); err != nil {
			return fmt.Errorf("demo rep %s: %w", u.Name, err)
		}
	}
	change := storage.Change{Rep: demoRuth, Label: "added the team's nuggets", At: demoStart.AddDate(0, -6, 0)}
	if _, err := store.Change(ctx, change, func(tx *storage.Tx) error {
		for _, n := range demoNuggets() {
			if err := tx.AddNugget(&n); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return fmt.Errorf("demo nuggets: %w", err)
	}
	nuggets, err := store.Nuggets(ctx)
	if err != nil {
		return err
	}
	for _, life := range demoLives() {
		if err := life.live(ctx, store, pb, nuggets); err != nil {
			return fmt.Errorf("demo prospect %s: %w", life.name, err)
		}
	}
	return nil
}

// live adds the prospect and lets its history happen.
func (l demoLife) live(ctx context.Context, store *storage.Store, pb *coach.Playbook, nuggets []coach.Nugget) error {
	row, err := store.Rep(ctx, l.rep)
	if err != nil {
		return err
	}
	rep := row.Rep
	rep.Company, rep.WorkingDays = demoCompany, coach.MonToFri
	starts := demoDate(l.starts)
	added := (starts - 4).At(10*60, rep.Zone)
	p := coach.Prospect{
		Owner: l.rep, Added: added, Name: l.name, Company: l.company, Title: l.title, Industry: l.industry,
		Email: l.email, Phone: l.phone, LinkedIn: l.linkedin, Line: l.line, Purchase: l.purchase, Urgency: l.urgency,
		LastTalk: demoDate(l.lastTalk),
	}
	c := coach.Case{Playbook: pb, Now: added, Rep: &rep, Prospect: &p, Nuggets: nuggets}
	_, err = store.Change(ctx, storage.Change{Rep: l.rep, Label: "added " + l.name, At: added}, func(tx *storage.Tx) error {
		for _, f := range l.facts {
			if _, err := c.Note(f.Kind, f.Text, 0); err != nil {
				return err
			}
		}
		if l.gatekeeper != "" {
			if err := c.NoteGatekeeper(l.gatekeeper); err != nil {
				return err
			}
		}
		if err := c.Begin(l.situation, starts); err != nil {
			return err
		}
		c.Reindex()
		return tx.Add(&p)
	})
	if err != nil {
		return err
	}
	at := demoStart.AddDate(0, 0, -1)
	_, err = store.Change(ctx, storage.Change{Rep: l.rep, Label: "worked on " + l.name, At: at}, func(tx *storage.Tx) error {
		saved, err := tx.Prospect(p.ID)
		if err != nil {
			return err
		}
		c.Prospect = saved
		return l.work(c)
	})
	return err
}

// work makes the attempts, each on its due day as the coach suggested, and
// then what ended them.
func (l demoLife) work(c coach.Case) error {
	zone := c.Rep.Zone
	for n := 1; n <= l.attempts; n++ {
		c.Now = c.Hint().Due.At(10*60, zone)
		if !c.Now.Before(demoStart) {
			return fmt.Errorf("attempt %d of %s would be made on %s, after the story's start", n, l.name, coach.DateOf(c.Now))
		}
		s := c.Advise().Suggestion
		if s == nil {
			return fmt.Errorf("nothing to suggest at attempt %d", n)
		}
		if err := logAttempt(c, *s); err != nil {
			return err
		}
	}
	if l.then != nil {
		c.Now = demoDate(l.thenOn).At(14*60, zone)
		if err := l.then(c); err != nil {
			return err
		}
	}
	c.Reindex()
	return nil
}

// logAttempt logs one as a rep would: a call that nobody answers becomes a
// voicemail with its email.
func logAttempt(c coach.Case, s coach.Suggestion) error {
	outcome := coach.OutcomeSent
	switch {
	case s.Channel.Family() != coach.FamilyPhone:
	case s.Angle == coach.AskGatekeeper:
		outcome = coach.OutcomeGatekeeper
	default:
		outcome = coach.OutcomeLeft
	}
	t := s.Touch(outcome)
	t.At = c.Now
	if _, err := c.Log(t); err != nil {
		return err
	}
	if outcome != coach.OutcomeLeft || s.Pair == nil {
		return nil
	}
	pair := s.PairTouch()
	pair.At = c.Now.Add(10 * time.Minute)
	_, err := c.Log(pair)
	return err
}
