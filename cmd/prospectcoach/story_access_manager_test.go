package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/bot"
	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

// What a manager may do about a prospect of their team's (product: a manager
// sees and changes the team's; a rep's own settings are nobody else's).
const (
	sees    = "sees"    // shows it and changes nothing of it
	changes = "changes" // changes its life, as the rep could
	gives   = "gives"   // hands it to somebody else, at once
	erases  = "erases"  // forgets the person
	own     = "own"     // is about the manager alone: neither shows nor changes it
)

// ofManager is the manager's row of the access table: the most that each line of
// the routes may do with a prospect of somebody else's in the team. A new route
// fails the test until it is decided here. A menu and a run button do what the
// button or the line in them does; a file, a list and an export are one's own.
var ofManager = map[string]map[string]string{
	"command": {
		own:     "add list help nugget week team pause resume settings import export undo",
		sees:    "next check show edit plan forget why",
		changes: "log replied snooze note met situation away skip move-on reopen",
		gives:   "assign",
	},
	"click": {
		own:     "add addanyway import importas offer playbook settings undo",
		sees:    "draft edit handover next note plan show snooze todm",
		gives:   "run",
		changes: "angle answer judge log met moveon replied",
		erases:  "forget more",
	},
	"form": {
		own:     "add importcolumns settings",
		sees:    "check",
		changes: "answer edit log note snooze",
		gives:   "handover",
	},
	"shortcut": {
		own: "add check log",
	},
	"event": {
		own: "app_home_opened file_shared",
	},
}

// readied is what the owner did before, where a route needs it.
var readied = map[string]string{"command reopen": "replied %d no", "click met": "replied %d meeting 2026-01-05"}

// deeds of a manager about a prospect of Ben's.
type managing struct {
	*story
	ruth *localslack.Person
	ben  *actor
	dump *storeDump
	n    int
}

// fresh is one more prospect of Ben's, and the words that stand for them alone.
func (m *managing) fresh() (id int64, secrets []string) {
	m.Helper()
	m.n++
	line := fmt.Sprintf("/prospect add Quentin%d Zanzibar%d, Wolkenkuckuck%d Ltd, Archmage email:q%d@wolken%d.test phone:+4934177%03d starts:today", m.n, m.n, m.n, m.n, m.n, m.n)
	hit := addedNumber.FindStringSubmatch(m.ben.Command(line).Words())
	if hit == nil {
		m.Fatalf("not added: %s", line)
	}
	if _, err := fmt.Sscan(hit[1], &id); err != nil {
		m.Fatal(err)
	}
	return id, []string{fmt.Sprintf("Quentin%d ", m.n), fmt.Sprintf("Zanzibar%d", m.n), fmt.Sprintf("Wolkenkuckuck%d ", m.n), fmt.Sprintf("q%d@", m.n), fmt.Sprintf("77%03d", m.n)}
}

// life is the rows of one prospect, and the owner among them.
func (m *managing) life(id int64) (rows, owner, name string) {
	m.Helper()
	rows = m.dump.of(id, "")
	if err := m.dump.db.QueryRow("SELECT owner, name FROM prospects WHERE id = $1", id).Scan(&owner, &name); err != nil {
		m.Fatalf("prospect %d is gone: %v", id, err)
	}
	return rows, owner, name
}

// reps are the rows of everybody but the manager.
func (m *managing) reps() string {
	return strings.Join(m.dump.rows("SELECT * FROM reps WHERE id <> $1", demoRuth), "\n")
}

// A manager does with the team's prospects what the table says and no more; it
// is done in the manager's name, and nobody's settings are touched by it.
func TestAccess_WhatAManagerMayDoWithTheTeams(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin", withAccess(t, "C0REPSONLY"))
	m := &managing{story: w, ruth: w.slack.Person("ruth"), ben: w.Person("ben"), dump: openDump(t, w.dbURL)}
	ada := w.Person("ada")
	ada.Command(janeLine).Sees("#1")
	w.Person("mei").Command("/prospect week")
	w.Person("ruth").Command("/prospect week")
	var others, adas string
	did, cells := map[string]int{}, 0
	id, secrets := m.fresh()
	used := false
	for _, d := range everyDeed(installed(bot.BuildManifest("Prospectcoach", "/prospect"))) {
		if line := readied[d.route]; line != "" || used {
			id, secrets = m.fresh()
		}
		if line := readied[d.route]; line != "" {
			m.ben.Command("/prospect " + about(line, id))
		}
		before, _, name := m.life(id)
		others, adas = m.reps(), m.dump.of(1, "")
		got := seenBy(m.ruth, d.do(m.ruth, id))
		after, owner, nameNow := m.life(id)
		var what string
		switch {
		case name != "" && nameNow == "":
			what = erases
		case owner != demoBen:
			what = gives
		case differs(before, after) != "":
			what = changes
		case slices.ContainsFunc(secrets, func(s string) bool { return strings.Contains(got, s) }):
			what = sees
		default:
			what = own
		}
		used = before != after || owner != demoBen
		did[d.route] = max(did[d.route], strength(what))
		cells++
		if diff := differs(others, m.reps()); diff != "" {
			t.Errorf("%s: changed somebody else's settings:\n%s", d.name, diff)
		}
		if diff := differs(adas, m.dump.of(1, "")); diff != "" {
			t.Errorf("%s: changed another prospect:\n%s", d.name, diff)
		}
	}
	want := map[string]string{}
	for kind, row := range ofManager {
		for what, names := range row {
			for _, name := range strings.Fields(names) {
				want[kind+" "+name] = what
			}
		}
	}
	for _, e := range bot.Table().Events {
		if _, tried := did["event "+e.Type]; e.Private && !tried && e.Type != "message" { // whose words are the commands'
			t.Errorf("event %s is a person's own, and nobody tries it", e.Type)
		}
	}
	for _, route := range slices.Concat(slices.Collect(maps.Keys(did)), slices.Collect(maps.Keys(want))) {
		if _, tried := did[route]; !tried {
			t.Errorf("%s is in the table and in no route", route)
		} else if may, decided := want[route]; !decided {
			t.Errorf("%s is a route of which the table does not say what a manager may do", route)
		} else if did[route] != strength(may) {
			t.Errorf("%s: a manager %s it, at most, and the table says %s", route, strengths[did[route]], may)
		}
	}
	for _, name := range m.dump.rows("SELECT DISTINCT c.rep FROM change_items i JOIN changes c ON c.id = i.change_id") {
		if !strings.Contains(name, demoBen) && !strings.Contains(name, demoRuth) && !strings.Contains(name, demoAda) {
			t.Errorf("somebody else did something: %s", name)
		}
	}
	for _, msg := range w.slack.Unexpected() { // those who got a prospect, and those who lost one, were told
		w.slack.Take(msg)
	}
	t.Logf("%d cells", cells)
}

// strengths are what can be done, the more the further back.
var strengths = []string{own, sees, changes, gives, erases}

func strength(what string) int { return slices.Index(strengths, what) }
