package storage

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage/pgtest"
)

// cluster is the PostgreSQL of this test binary, started by the first test
// that needs it.
var cluster = pgtest.Cluster{
	Prepare: func(url string) error {
		s, err := Open(context.Background(), Options{URL: url, Now: time.Now})
		if err != nil {
			return err
		}
		return s.Close()
	},
	Reset: func(url string) error {
		s, err := Open(context.Background(), Options{URL: url, Now: time.Now})
		if err != nil {
			return err
		}
		err = s.write(context.Background(), "emptying", func(q querier) error {
			for _, table := range slices.Backward(tables) {
				if _, err := q.exec("DELETE FROM " + table.name); err != nil {
					return err
				}
			}
			if _, err := q.exec("DELETE FROM paces"); err != nil {
				return err
			}
			return q.forgetReplicas()
		})
		return errors.Join(err, s.Close())
	},
}

func TestMain(m *testing.M) {
	// Each check of a property runs many transactions; -rapid.checks overrides.
	if err := flag.Set("rapid.checks", "30"); err != nil {
		panic(err)
	}
	code := m.Run()
	if err := cluster.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, "stopping PostgreSQL:", err)
		code = 1
	}
	os.Exit(code)
}

type engine struct {
	name string
	url  func(t testing.TB) string // of a new, empty database
}

var engines = []engine{
	{"sqlite", func(t testing.TB) string { return "sqlite://" + filepath.Join(t.TempDir(), "coach 100%?.db") }},
	{"postgres", func(t testing.TB) string { return cluster.Database(t) }},
}

// trial is one thing the store must do, on either engine.
type trial struct {
	name string
	run  func(t *testing.T, w *world)
}

// TestStore is the one list of what the store must do, run on both engines.
func TestStore(t *testing.T) {
	t.Parallel()
	suite := slices.Concat(metaTrials, totalsTrials, keptTrials, repTrials, prospectTrials, listTrials, findTrials, changeTrials, undoTrials,
		importTrials, stagedTrials, forgetTrials, weekTrials, scheduleTrials, outboxTrials, replicaTrials, skipTrials, reindexTrials)
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			for _, c := range suite {
				t.Run(c.name, func(t *testing.T) {
					t.Parallel()
					c.run(t, newWorld(t, e))
				})
			}
		})
	}
}

// world is an open store with a clock that stands still.
type world struct {
	*Store
	e   engine
	url string
	t   *testing.T
	ctx context.Context
	now time.Time
}

var monday = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func newWorld(t *testing.T, e engine) *world {
	t.Helper()
	w := &world{e: e, url: e.url(t), t: t, ctx: t.Context(), now: monday}
	w.Store = w.open()
	return w
}

// open opens the world's database once more; on SQLite the first must be closed.
func (w *world) open() *Store {
	w.t.Helper()
	s, err := Open(w.ctx, Options{URL: w.url, Now: func() time.Time { return w.now }})
	w.must(err)
	w.t.Cleanup(func() {
		if err := s.Close(); err != nil {
			w.t.Error(err)
		}
	})
	return s
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// change runs fn as a change of Ada's and answers its id.
func (w *world) change(label string, fn func(tx *Tx) error) int64 {
	w.t.Helper()
	done, err := w.Change(w.ctx, Change{Rep: "UADA", Label: label, At: w.now}, fn)
	w.must(err)
	return done.ID
}

// add adds a prospect and answers its number.
func (w *world) add(p coach.Prospect) int64 {
	w.t.Helper()
	w.change("Added "+p.Name, func(tx *Tx) error { return tx.Add(&p) })
	return p.ID
}

func (w *world) life(id int64) coach.Prospect {
	w.t.Helper()
	p, err := w.Prospect(w.ctx, id)
	w.must(err)
	return p
}

func date(s string) coach.Date {
	d, err := coach.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// jane is a prospect with something in every field.
func jane() coach.Prospect {
	return coach.Prospect{
		Owner: "UADA", Added: monday, Name: "Jané  O'Doe", Company: "Ärzte & Co GmbH", Title: "CFO",
		Email: "Jane@Acme.test", Phone: "+49 341 1234567", LinkedIn: "in/jane", Line: coach.Switchboard,
		EmailBad: true, PhoneBad: true, Industry: "logistics", Zone: "Europe/Berlin", Level: coach.CSuite, Purchase: coach.Capital, Urgency: coach.Low,
		State: coach.Active, SnoozedUntil: date("2026-03-05"), AwayUntil: date("2026-03-06"), ComeBack: date("2026-06-01"),
		NextAsk: date("2026-03-09"), Asked: 1, LastTalk: date("2025-05-01"), MetOn: date("2026-02-27"), NextMeeting: date("2026-03-12"), NeverContact: true,
		StopReason: "none \x00yet\xff", Gatekeeper: coach.Gatekeeper{Name: "Ana", Said: "try before 9", BestTime: "before 9", NoChance: true, Since: date("2026-02-11"), BestOn: date("2026-02-12")},
		Facts: []coach.Fact{{Kind: coach.Research, Text: "opened a hub in Leipzig", On: date("2026-02-05")}, {Kind: coach.Said, Text: "onboarding takes six weeks"}},
		Touches: []coach.Touch{
			{Campaign: 1, On: date("2026-02-10"), At: monday.AddDate(0, 0, -20), Channel: coach.Email, Angle: coach.Homework, Outcome: coach.OutcomeSent, Subject: "hub", Text: "Hello", Uses: []coach.Ref{{ID: 1}, {Nugget: true, ID: 2}}, Variant: "homework/email/1", Attempt: 1, Due: date("2026-02-10"), Findings: []string{"generic"}},
			{Campaign: 2, On: date("2026-02-24"), At: monday.AddDate(0, 0, -6), Channel: coach.Call, Outcome: coach.OutcomeNoAnswer, Attempt: 1},
		},
		Skips:     []coach.Skip{{Campaign: 2, On: date("2026-02-26"), Reason: "not-now"}},
		Campaigns: []coach.Campaign{{No: 1, Situation: coach.Cold, Starts: date("2026-02-10"), Ended: date("2026-02-20"), End: coach.EndRestarted, Reason: "new role", Answer: coach.AnswerLater, Angle: coach.Homework, Channel: coach.Email, Attempt: 1, Early: true}, {No: 2, Situation: coach.ProposalSent, Starts: date("2026-02-24"), LastTries: true}},
		Declined:  []coach.Decline{{Angle: coach.EitherWay, Variant: "either_way/email/1"}, {Angle: coach.Story}},
		Warned:    2, Due: date("2026-03-03"),
	}
}
