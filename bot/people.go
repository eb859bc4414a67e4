package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// person is what we need to know of a Slack user.
type person struct {
	ID, Team, Name, Handle, TZ    string
	Deleted, Bot, Guest, Stranger bool
	read                          time.Time
}

// people remembers who is who: users.info on demand, users.list once a day,
// user_change in between.
type people struct {
	mu      sync.Mutex
	byID    map[string]person
	members map[string]bool // of REPS, when it names a channel or a group
	asked   time.Time       // when members were asked for
	quiet   map[string]quiet
	faults  []string // of the team's own templates
}

func newPeople() *people { return &people{byID: map[string]person{}, quiet: map[string]quiet{}} }

// How long a user and the members of REPS are believed without asking again.
const (
	userFresh    = 24 * time.Hour
	membersFresh = 10 * time.Minute
)

func (p *people) get(id string, now time.Time) (person, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	u, ok := p.byID[id]
	return u, ok && now.Sub(u.read) < userFresh
}

// put remembers a user and answers what was known before.
func (p *people) put(u person) (was person) {
	p.mu.Lock()
	defer p.mu.Unlock()
	was = p.byID[u.ID]
	p.byID[u.ID] = u
	return was
}

func (b *Bot) personOf(u *slack.User) person {
	name := u.RealName
	if name == "" {
		name = u.Profile.RealName
	}
	if name == "" {
		name = u.Name
	}
	return person{
		ID: u.ID, Team: u.TeamID, Name: name, Handle: u.Name, TZ: u.TZ, Deleted: u.Deleted,
		Bot:   u.IsBot || u.IsWorkflowBot || u.IsConnectorBot || u.ID == "USLACKBOT" || u.ID == b.me.User,
		Guest: u.IsRestricted || u.IsUltraRestricted, Stranger: u.IsStranger || u.TeamID != "" && u.TeamID != b.me.Team && u.Enterprise.EnterpriseID == "",
		read: b.now(),
	}
}

// person looks a user up, asking Slack when the last word is a day old.
func (b *Bot) person(ctx context.Context, id string) (person, error) {
	if u, ok := b.people.get(id, b.now()); ok {
		return u, nil
	}
	u, err := b.api.GetUserInfoContext(ctx, id)
	if err != nil {
		return person{}, fmt.Errorf("asking Slack who %s is: %w", id, err)
	}
	p := b.personOf(u)
	b.people.put(p)
	return p, nil
}

// isRep tells whether REPS lets the user in. A list that cannot be read again
// goes on counting as it was.
func (b *Bot) isRep(ctx context.Context, id string) (bool, error) {
	reps := b.Settings.Reps
	if reps == "" {
		return true, nil
	}
	b.people.mu.Lock()
	members, fresh := b.people.members, b.now().Sub(b.people.asked) < membersFresh
	b.people.mu.Unlock()
	if !fresh || members == nil {
		ids, err := b.membersOf(ctx, reps)
		if err != nil {
			if members == nil {
				return false, fmt.Errorf("asking Slack who belongs to REPS: %w", err)
			}
			b.Log.WithError(err).Warn("members of REPS could not be read again")
		} else {
			members = map[string]bool{}
			for _, m := range ids {
				members[m] = true
			}
		}
		b.people.mu.Lock()
		b.people.members, b.people.asked = members, b.now()
		b.people.mu.Unlock()
	}
	return members[id], nil
}

func (b *Bot) membersOf(ctx context.Context, reps string) ([]string, error) {
	if reps[0] == 'S' {
		return b.api.GetUserGroupMembersContext(ctx, reps)
	}
	var all []string
	for cursor := ""; ; {
		ids, next, err := b.api.GetUsersInConversationContext(ctx, &slack.GetUsersInConversationParameters{ChannelID: reps, Cursor: cursor, Limit: 200})
		if err != nil {
			return nil, err
		}
		all = append(all, ids...)
		if cursor = next; cursor == "" {
			return all, nil
		}
	}
}

// isManager tells whether the user was named as a manager.
func (b *Bot) isManager(id string) bool { return slices.Contains(b.Settings.Managers, id) }

// rowOf reads the rep's row and makes it when the person is new. The first
// nudge is the next one of their zone.
func (b *Bot) rowOf(ctx context.Context, p person) (storage.RepRow, error) {
	row, err := b.Store.Rep(ctx, p.ID)
	if err == nil {
		if !row.Gone && !row.NextNudge.IsZero() && row.Zone != nil {
			return row, nil
		}
		// Somebody came back, or a restore left no next nudge.
		err = b.Store.UpdateRep(ctx, p.ID, func(r *storage.RepRow) error {
			r.Gone = false
			if r.Zone == nil {
				r.Zone = b.zoneOf(p)
			}
			r.NextNudge = b.NextNudge(*r, b.now())
			row = *r
			return nil
		})
		return row, err
	}
	if !errors.Is(err, storage.ErrNotFound) {
		return row, err
	}
	row = storage.RepRow{Rep: coach.Rep{ID: p.ID, Name: p.Name, Zone: b.zoneOf(p)}, Handle: p.Handle}
	row.NextNudge = b.NextNudge(row, b.now())
	err = b.Store.SaveRep(ctx, row)
	if errors.Is(err, storage.ErrConflict) { // another replica met them in the same moment
		return b.Store.Rep(ctx, p.ID)
	}
	return row, err
}

// zoneOf is the person's zone as Slack knows it, else the team's. Slack's
// offset is never used: it moves with daylight saving time.
func (b *Bot) zoneOf(p person) *time.Location {
	if p.TZ != "" {
		if z, err := time.LoadLocation(p.TZ); err == nil {
			return z
		}
	}
	return b.Settings.TeamZone
}

// rep fills the team's defaults into what the rep did not set, for the coach.
func (b *Bot) rep(row storage.RepRow) *coach.Rep {
	r, s := row.Rep, b.Settings
	if r.Company == "" {
		r.Company = s.Company
	}
	if r.Zone == nil {
		r.Zone = s.TeamZone
	}
	if r.Country == "" {
		r.Country = s.Holidays
	}
	if r.WorkingDays == 0 {
		r.WorkingDays = s.WorkingDays
	}
	if r.To == 0 {
		r.From, r.To = s.From, s.To
	}
	if r.NudgeAt <= 0 {
		r.NudgeAt = b.nudgeH
	}
	if r.Daily <= 0 {
		r.Daily = b.Playbook().Limits.Daily
	}
	return &r
}

// NextNudge is the rep's first nudge slot after a moment; handlers call it
// after a change of settings.
func (b *Bot) NextNudge(row storage.RepRow, after time.Time) time.Time {
	return nextNudge(b.rep(row), after, b.Playbook().Holiday)
}

// dm is the id of the bot's DM with the rep, opened once and kept.
func (b *Bot) dm(ctx context.Context, row storage.RepRow) (string, error) {
	if row.DM != "" {
		return row.DM, nil
	}
	ch, _, _, err := b.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{row.ID}, ReturnIM: true})
	if err != nil {
		return "", fmt.Errorf("opening the DM with %s: %w", row.ID, err)
	}
	if ch == nil || ch.ID == "" {
		return "", fmt.Errorf("opening the DM with %s: %w", row.ID, errNoTS)
	}
	return ch.ID, b.Store.UpdateRep(ctx, row.ID, func(r *storage.RepRow) error { r.DM = ch.ID; return nil })
}

// learnDM finds out, once, whether the conversation of a delivery is the bot's
// own DM with the person: other DMs look the same from here.
func (b *Bot) learnDM(ctx context.Context, d *delivery, row *storage.RepRow) error {
	if row.DM != "" {
		return nil
	}
	if d.kind == "event" && d.event.inner.Type == "message" {
		row.DM = d.event.inner.channel() // wanted() lets only the bot's own DM through
		return b.Store.UpdateRep(ctx, row.ID, func(r *storage.RepRow) error { r.DM = row.DM; return nil })
	}
	channel := b.placeOf(d, nil).channel
	if channel == "" || channel[0] != 'D' {
		return nil
	}
	dm, err := b.dm(ctx, *row)
	row.DM = dm
	return err
}

// refreshPeople reads all users once a day: zones follow, people who left get
// no more nudges and their managers are told once.
func (b *Bot) refreshPeople(ctx context.Context) error {
	users, err := b.api.GetUsersContext(ctx, slack.GetUsersOptionLimit(200))
	if err != nil {
		return fmt.Errorf("reading the users of the workspace: %w", err)
	}
	rows, err := b.Store.Reps(ctx)
	if err != nil {
		return err
	}
	known := map[string]storage.RepRow{}
	for _, r := range rows {
		known[r.ID] = r
	}
	for i := range users {
		p := b.personOf(&users[i])
		was := b.people.put(p)
		if row, ok := known[p.ID]; ok {
			if err := b.follow(ctx, row, was, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// follow brings a rep's row up to what Slack says of the person. The zone
// follows only when Slack's own changed: a rep may have set another by hand.
func (b *Bot) follow(ctx context.Context, row storage.RepRow, was, p person) error {
	if p.Deleted {
		if row.Gone {
			return nil
		}
		return b.markGone(ctx, row.ID)
	}
	moved := row.Zone == nil || was.TZ != "" && p.TZ != "" && was.TZ != p.TZ
	if !row.Gone && !moved && row.Name == p.Name && row.Handle == p.Handle {
		return nil
	}
	return b.Store.UpdateRep(ctx, row.ID, func(r *storage.RepRow) error {
		if moved {
			r.Zone = b.zoneOf(p)
		}
		if moved || r.Gone {
			r.Gone = false
			r.NextNudge = b.NextNudge(*r, b.now())
		}
		r.Name, r.Handle = p.Name, p.Handle
		return nil
	})
}

// markGone stops a deactivated rep's nudges and has the managers told once.
func (b *Bot) markGone(ctx context.Context, id string) error {
	err := b.Store.UpdateRep(ctx, id, func(r *storage.RepRow) error {
		r.Gone, r.NextNudge = true, time.Time{}
		return nil
	})
	if err != nil {
		return err
	}
	b.people.mu.Lock()
	delete(b.people.byID, id)
	b.people.mu.Unlock()
	return b.tellManagers(ctx, kindGone, id, "gone:"+id)
}
