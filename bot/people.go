package bot

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/storage"
)

// person is what we need to know of a Slack user.
type person struct {
	ID, Team, Name, Handle, TZ    string
	Deleted, Bot, Guest, Stranger bool
	read                          time.Time
}

// standing is what the person may be to us, in a word that replicas share.
func (p person) standing() string {
	switch {
	case p.Deleted:
		return "left"
	case p.Bot:
		return "bot"
	case p.Stranger:
		return "stranger"
	case p.Guest:
		return "guest"
	}
	return isMember
}

// isMember is the standing of who may use the bot, if REPS has them in.
const isMember = "member"

// known is what all replicas must agree on.
func (p person) known() storage.Known {
	return storage.Known{ID: p.ID, Zone: p.TZ, Standing: p.standing()}
}

// people remembers who is who: users.info on demand, users.list once a day,
// user_change in between. Slack tells one replica of a change; the others see
// it in the store within seconds and then ask again (follow.go).
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
		Guest: u.IsRestricted || u.IsUltraRestricted, Stranger: u.IsStranger || u.TeamID != "" && u.TeamID != b.me.Team && (b.me.Enterprise == "" || u.Enterprise.EnterpriseID != b.me.Enterprise),
		read: b.now(),
	}
}

// person looks a user up, asking Slack when the last word is a day old.
func (b *Bot) person(ctx context.Context, id string) (person, error) {
	if u, ok := b.people.get(id, b.now()); ok {
		return u, nil
	}
	return b.ask(ctx, id)
}

// ask asks Slack who somebody is, and follows what changed unheard.
func (b *Bot) ask(ctx context.Context, id string) (person, error) {
	u, err := b.api.GetUserInfoContext(ctx, id)
	if err != nil {
		return person{}, fmt.Errorf("asking Slack who %s is: %w", id, err)
	}
	p := b.personOf(u)
	b.people.put(p)
	was, err := b.Store.Learn(ctx, b.now(), false, p.known())
	if err != nil || was[id].Zone == "" || was[id].Zone == p.TZ {
		return p, err
	}
	row, err := b.Store.Rep(ctx, id)
	if isNotFound(err) {
		return p, nil // somebody who does not use the bot
	}
	if err != nil {
		return p, err
	}
	return p, b.follow(ctx, row, was[id].Zone, p)
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
