package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/bot"
	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

// twin is a world of its own in which the same is done as in another.
type twin struct {
	*story
	ada  *actor
	dump *storeDump
}

// newTwin has Ben's prospect 1, or has it no more; all else is the same.
func newTwin(t *testing.T, there bool) *twin {
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin", withAccess(t, "C0REPSONLY"))
	w.Person("ben").Command(benLine).Sees("#1")
	if there {
		w.Person("ben").Command("/prospect why I like to help") // a change, as the undo is: they are numbered
		w.Person("ruth").Command("/prospect show 1").Sees("Quentin Zanzibar", "Ben Okafor")
	} else {
		w.Person("ben").Command("/prospect undo").Sees("Taken back")
		w.Person("ruth").Command("/prospect show 1").Sees("There is no prospect 1")
	}
	ada := w.Person("ada")
	ada.Command("/prospect week")
	return &twin{w, ada, openDump(t, w.dbURL)}
}

// byLot is what differs from one time to the next: the reference of a failure,
// and what Slack itself draws, the ids of blocks without one and the addresses
// of answers.
var byLot = regexp.MustCompile(`reference:? [0-9a-f]{4}|"block_id":"[A-Z0-9]{5}"|http://127\.0\.0\.1:\d+/response/\S+`)

// bytesOf is all that a deed brought to somebody's screen, as it went over the
// wire.
func bytesOf(p *localslack.Person, f localslack.Forged) string {
	var b strings.Builder
	for _, m := range f.Shown {
		p.Take(m)
		fmt.Fprintf(&b, "message %s %s\n%s\n%s\n%s\n", m.Channel, m.EphemeralFor, m.Text, m.Blocks, m.Attachments)
	}
	if v := f.View; v != nil {
		fmt.Fprintf(&b, "window %s %s %s %s\n%s\n%s\n", v.CallbackID, v.Title, v.Submit, v.CloseLabel, v.Blocks, v.PrivateMetadata)
		_, _ = p.ClearViews()
	}
	fmt.Fprintf(&b, "ack %s\n", f.Ack)
	if f.Trouble != nil {
		fmt.Fprintf(&b, "trouble %v\n", f.Trouble)
	}
	if home := p.Home(); home != nil {
		fmt.Fprintf(&b, "home %s\n", home.Blocks)
	}
	return byLot.ReplaceAllString(b.String(), "…")
}

// A rep reaches nothing of a colleague's. Two worlds differ in nothing but that
// the colleague's prospect 1 is there in one of them: every deed about it brings
// the same bytes in both, leaves the colleague's as it is, and shows none of it.
func TestAccess_NotYoursReadsAsNotThere(t *testing.T) {
	t.Parallel()
	yes, no := newTwin(t, true), newTwin(t, false)
	cells := 0
	for _, d := range everyDeed(installed(bot.BuildManifest("Prospectcoach", "/prospect"))) {
		his, all := yes.dump.of(1, demoBen), yes.dump.all()
		notYours, notThere := bytesOf(yes.ada.p, d.do(yes.ada.p, 1)), bytesOf(no.ada.p, d.do(no.ada.p, 1))
		if diff := differs(his, yes.dump.of(1, demoBen)); diff != "" {
			t.Fatalf("%s: changed a colleague's:\n%s", d.name, diff)
		}
		if diff := differs(all, yes.dump.all()); diff != "" && !d.free {
			t.Errorf("%s: changed the store:\n%s", d.name, diff)
		}
		for _, secret := range benSecrets {
			if strings.Contains(notYours, secret) {
				t.Errorf("%s: leaked %q:\n%s", d.name, secret, notYours)
			}
		}
		if notYours != notThere {
			t.Errorf("%s tells not yours from not there:\n%s\n---- but\n%s", d.name, notYours, notThere)
		}
		cells++
	}
	for _, w := range []*twin{yes, no} {
		w.ada.p.Unexpected()
		for _, m := range w.slack.Unexpected() {
			w.slack.Take(m)
		}
	}
	t.Logf("%d cells in two worlds", cells)
}
