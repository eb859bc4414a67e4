package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// How many users are read at a time, and how often in a row Slack may ask to
// wait before the rest is left for another day.
const (
	usersTogether = 200
	usersPatience = 5
)

// refreshPeople reads all users once a day: zones follow, people who left get
// no more nudges and their managers are told once. It goes page by page, so
// that a large workspace is never held whole, and what was read counts although
// a later page fails.
func (b *Bot) refreshPeople(ctx context.Context) error {
	rows, err := b.Store.Reps(ctx)
	if err != nil {
		return err
	}
	reps := map[string]storage.RepRow{}
	for _, r := range rows {
		reps[r.ID] = r
	}
	page, refused := b.api.GetUsersPaginated(slack.GetUsersOptionLimit(usersTogether)), 0
	for {
		next, err := page.Next(ctx)
		wait, limited := retryAfter(err)
		switch {
		case page.Done(err):
			return nil
		case limited && refused < usersPatience:
			refused++
			if err := b.Sleep(ctx, wait); err != nil {
				return err
			}
			continue
		case err != nil:
			return fmt.Errorf("reading the users of the workspace: %w", err)
		}
		page, refused = next, 0
		if err := b.followAll(ctx, page.Users, reps); err != nil {
			return err
		}
	}
}

// followAll takes up what Slack says of some users; the rows are the reps'.
func (b *Bot) followAll(ctx context.Context, users []slack.User, reps map[string]storage.RepRow) error {
	var theirs []person
	var known []storage.Known
	zones := map[string]string{}
	for i := range users {
		p := b.personOf(&users[i])
		zones[p.ID] = b.people.put(p).TZ
		if _, ok := reps[p.ID]; ok {
			theirs, known = append(theirs, p), append(known, p.known())
		}
	}
	if len(theirs) == 0 {
		return nil
	}
	was, err := b.Store.Learn(ctx, b.now(), false, known...)
	if err != nil {
		return err
	}
	for _, p := range theirs {
		if err := b.follow(ctx, reps[p.ID], cmp.Or(was[p.ID].Zone, zones[p.ID]), p); err != nil {
			return err
		}
	}
	return nil
}

// userChanged follows a person's zone, name and leaving. Status changes, by
// far the most of these events, change nothing here.
func (b *Bot) userChanged(ctx context.Context, in Event) (Reply, error) {
	var e struct{ User slack.User }
	if err := json.Unmarshal(in.Raw, &e); err != nil {
		return Reply{}, fmt.Errorf("reading user_change: %w", err)
	}
	p := b.personOf(&e.User)
	zone := b.people.put(p).TZ
	row, err := b.Store.Rep(ctx, p.ID)
	rep := err == nil
	if err != nil && !isNotFound(err) {
		return Reply{}, err
	}
	was, err := b.Store.Learn(ctx, b.now(), !rep, p.known())
	if err != nil || !rep {
		return Reply{}, err
	}
	return Reply{}, b.follow(ctx, row, cmp.Or(was[p.ID].Zone, zone), p)
}

// hearOfPeople forgets those of whom another replica learned something else
// than we believe; who comes next is asked about afresh. Looking a minute
// further back than needed makes up for clocks that differ.
func (b *Bot) hearOfPeople(ctx context.Context, now time.Time) error {
	f := &b.fleet
	f.mu.Lock()
	since := f.asked
	f.asked = now
	f.mu.Unlock()
	if since.IsZero() {
		return nil // we believe nothing yet
	}
	changed, err := b.Store.ChangedPeople(ctx, since.Add(-time.Minute))
	if err != nil {
		return err
	}
	b.people.mu.Lock()
	defer b.people.mu.Unlock()
	for _, k := range changed {
		if u, ok := b.people.byID[k.ID]; ok && u.known() != k {
			delete(b.people.byID, k.ID)
		}
	}
	return nil
}

// follow brings a rep's row up to what Slack says of the person. The zone
// follows only when Slack's own is no longer what it was: a rep may have set
// another by hand.
func (b *Bot) follow(ctx context.Context, row storage.RepRow, was string, p person) error {
	if p.Deleted {
		if row.Gone {
			return nil
		}
		return b.markGone(ctx, row.ID)
	}
	moved := row.Zone == nil || was != "" && p.TZ != "" && was != p.TZ
	if !row.Gone && !moved && row.Name == p.Name && row.Handle == p.Handle {
		return nil
	}
	return b.Store.UpdateRep(ctx, row.ID, func(r *storage.RepRow) error {
		if moved {
			r.Zone = b.zoneOf(p)
		}
		if moved || r.Gone {
			r.Gone = false
			b.replan(r, b.now())
		}
		r.Name, r.Handle = p.Name, p.Handle
		return nil
	})
}

// markGone stops a deactivated rep's nudges and has the managers told once, in
// one transaction: nobody looks at who is gone again.
func (b *Bot) markGone(ctx context.Context, id string) error {
	now := b.now()
	_, err := b.Store.Change(ctx, storage.Change{At: now}, func(tx *storage.Tx) error {
		r, err := tx.Rep(id)
		if err != nil || r.Gone {
			return err
		}
		r.Gone, r.NextNudge = true, time.Time{}
		for _, m := range b.toManagers(kindGone, id, "gone:"+id+":"+coach.DateOf(now).String()) {
			if err := tx.Queue(m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	b.wakeOutbox()
	b.people.mu.Lock()
	delete(b.people.byID, id)
	b.people.mu.Unlock()
	return nil
}
