package bot

import (
	"context"
	"errors"

	"github.com/prospectcoach/prospectcoach/storage"
)

// Words for people who may not use the bot. Bots and people who have left get
// no answer at all.
const (
	sayStranger = "This works only for members of the workspace it was installed in."
	sayGuest    = "This is for full members of the workspace; guests cannot use it."
	sayNotRep   = "This is for the sales team. If you should be in it, ask the person who runs the app to add you."
)

// entry is the outcome of the access check.
type entry struct {
	ok      bool
	say     string // the calm line for who may not; "" means silence
	row     storage.RepRow
	manager bool
}

// admit checks who somebody is before any handler runs, for commands, clicks,
// forms, shortcuts and events alike. team is the one the payload names.
func (b *Bot) admit(ctx context.Context, user, team string) (entry, error) {
	if user == "" || user == b.me.User || user == "USLACKBOT" {
		return entry{}, nil
	}
	if team != "" && team != b.me.Team {
		return entry{say: sayStranger}, nil
	}
	p, err := b.person(ctx, user)
	if err != nil {
		if e := slackError(err); e == "user_not_found" || e == "user_not_visible" {
			return entry{say: sayStranger}, nil
		}
		return entry{}, err
	}
	switch {
	case p.Bot, p.Deleted:
		return entry{}, nil
	case p.Stranger:
		return entry{say: sayStranger}, nil
	case p.Guest:
		return entry{say: sayGuest}, nil
	}
	manager := b.isManager(user)
	if !manager {
		in, err := b.isRep(ctx, user)
		if err != nil {
			return entry{}, err
		}
		if !in {
			return entry{say: sayNotRep}, nil
		}
	}
	row, err := b.rowOf(ctx, p)
	if errors.Is(err, errLeft) {
		return entry{}, nil
	}
	return entry{ok: err == nil, row: row, manager: manager}, err
}
