package bot

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// disturbed gives somebody a do-not-disturb that holds now, until then.
func disturbed(w *world, id string, until time.Time) {
	w.t.Helper()
	err := w.slack.UpdateUser(id, func(u *localslack.User) {
		u.DND = localslack.DND{Enabled: true, NextStart: w.now().Add(-time.Minute).Unix(), NextEnd: until.Unix()}
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// quietTalk is a talk with a bot that may read do-not-disturb.
func quietTalk(t *testing.T, at time.Time) *talk {
	t.Helper()
	k := newTalk(t, at)
	k.w.slack.Faults().GrantScope("dnd:read")
	k.w.halt()
	k.w.boot()
	return k
}

// S4: a do-not-disturb that began after the morning holds all that nobody
// asked for, and each comes once when it is over.
func TestS4_DoNotDisturbHoldsWhateverIsUnasked(t *testing.T) {
	t.Parallel()
	if n, _ := unaskedOn(t, false); n != 3 {
		t.Errorf("%d messages on a day without", n)
	}
	// When it is over the best time is over, too.
	if during, after := unaskedOn(t, true); during != 0 || after != 2 {
		t.Errorf("%d messages in do-not-disturb, %d after it", during, after)
	}
}

// unaskedOn plays a Friday with a colleague's news, a best time and the week,
// and counts what Ada hears of them until half past four, and in all.
func unaskedOn(t *testing.T, quiet bool) (during, all int) {
	t.Helper()
	friday := monday(t, 8, 30).AddDate(0, 0, 4)
	k := quietTalk(t, friday)
	ada, eve := k, k.as("eve")
	ada.types("add Jane Doe, Acme phone:+49 341 1234567 industry:logistics gatekeeper:Ana, try 15:30 starts:today")
	eve.types("add Bob Ray, Beta email:bob@beta.test starts:today")
	ada.types("add Kim Poe, Beta email:kim@beta.test starts:today")
	ada.types("log kim email")
	k.w.tick(friday.Add(30 * time.Minute)) // the nudge, at nine
	if nudges(k.w) != 1 {
		t.Fatalf("%d nudges in the morning", nudges(k.w))
	}
	k.w.tick(friday.Add(2 * time.Hour))
	k.w.move(friday.Add(3 * time.Hour))
	until := monday(t, 17, 30).AddDate(0, 0, 4)
	if quiet {
		disturbed(k.w, "U1", until)
	}
	eve.types("replied bob interested").sees("Bob Ray, Beta is interested")
	unasked := []string{"Somebody at Beta answered", "A good time to call", "Your week"}
	heard := func() (n int) {
		for _, m := range k.p.DM().Messages {
			for _, words := range unasked {
				if m.User != k.p.ID() && strings.Contains(m.Text, words) {
					n++
				}
			}
		}
		return n
	}
	for _, at := range []time.Duration{3 * time.Hour, 7 * time.Hour, 7*time.Hour + 30*time.Minute, 8 * time.Hour} {
		k.w.tick(friday.Add(at))
	}
	during = heard()
	k.w.tick(until.Add(time.Minute))
	return during, heard()
}

// S4: whichever replica sends knows of it, also one that has just started.
func TestS4_DoNotDisturbIsKnownToWhoeverSends(t *testing.T) {
	t.Parallel()
	k := quietTalk(t, monday(t, 10, 0))
	k.types(addJane)
	disturbed(k.w, "U1", monday(t, 11, 0))
	k.w.halt()
	k.w.boot()
	err := k.w.store.Queue(context.Background(), storage.Message{
		Key: "nudge:U1:again", Kind: kindNudge, Rep: "U1", Day: coach.DateOf(k.w.now()), Priority: prioNudge, RunAt: k.w.now(),
	})
	if err != nil {
		t.Fatal(err)
	}
	k.w.tick(monday(t, 10, 1))
	if nudges(k.w) != 0 {
		t.Error("nudged in do-not-disturb")
	}
	k.w.tick(monday(t, 11, 1))
	if nudges(k.w) != 1 {
		t.Errorf("%d nudges after it", nudges(k.w))
	}
}

// S4: fifty people are asked about in one call, and nobody twice in a few
// minutes; a Slack that does not tell holds nothing up.
func TestS4_DoNotDisturbCostsACallForFiftyPeople(t *testing.T) {
	t.Parallel()
	const people = 120
	k := quietTalk(t, monday(t, 10, 0))
	queue := func(round int, at time.Time) {
		for i := range people {
			id := fmt.Sprintf("UREP%03d", i)
			if _, err := k.w.store.Learn(context.Background(), k.w.now(), false, storage.Known{ID: id, Zone: "Europe/Berlin", Standing: isMember}); err != nil {
				t.Fatal(err)
			}
			row := storage.RepRow{Rep: coach.Rep{ID: id, Zone: berlin(t), WorkingDays: coach.MonToFri, From: 8 * 60, To: 18 * 60}}
			if err := k.w.store.SaveRep(context.Background(), row); err != nil {
				t.Fatal(err)
			}
			m := storage.Message{Key: fmt.Sprint("declined:", id, round), Kind: kindDeclined, Rep: id, Priority: prioNotice, RunAt: at}
			if err := k.w.store.Queue(context.Background(), m); err != nil {
				t.Fatal(err)
			}
		}
		k.w.tick(at)
	}
	calls := func() int { return k.w.slack.Calls("dnd.teamInfo") }
	queue(1, monday(t, 10, 1))
	if calls() != 3 {
		t.Errorf("%d calls for %d people", calls(), people)
	}
	queue(2, monday(t, 10, 2))
	if calls() != 3 {
		t.Errorf("%d calls a minute later", calls())
	}
	k.w.slack.Faults().Refuse("dnd.teamInfo", 1, "internal_error") // a refused call is not counted
	queue(3, monday(t, 11, 0))
	if stats, err := k.w.store.OutboxStats(context.Background()); err != nil || calls() != 3 || stats.Counts[storage.Pending] != 0 {
		t.Errorf("Slack does not tell: %d calls, left %v, %v", calls(), stats.Counts, err)
	}
	queue(4, monday(t, 11, 2))
	if calls() != 6 {
		t.Errorf("%d calls when it tells again", calls())
	}
}
