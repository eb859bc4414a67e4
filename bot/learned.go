package bot

import (
	"context"
	"time"
)

// What nobody tells us is learned: the zone of a team without TEAM_TZ, and the
// name of the app's own slash command, which any workspace may have changed.

const metaSlash = "slash_command"

// learn reads what was learned before, and asks for the first manager's zone
// where TEAM_TZ is not set; without managers it stays UTC.
func (b *Bot) learn(ctx context.Context) {
	if name, err := b.Store.Meta(ctx, metaSlash); err == nil && name != "" {
		b.slashName.Store(&name)
	}
	if b.zoneGiven || len(b.Settings.Managers) == 0 {
		return
	}
	manager, err := b.person(ctx, b.Settings.Managers[0])
	if err != nil {
		b.Log.WithError(hideURL(err)).Warn("the first manager's zone could not be read; the team's zone is UTC until the next start")
		return
	}
	if zone, err := time.LoadLocation(manager.TZ); err == nil && manager.TZ != "" {
		b.Settings.TeamZone = zone
	}
}

// slash is the app's own command as it was last typed, for texts that name a
// command to somebody who typed none.
func (b *Bot) slash() string {
	if name := b.slashName.Load(); name != nil {
		return *name
	}
	return b.Settings.Command
}

// learnSlash remembers the command's name when it is not the one we knew.
func (b *Bot) learnSlash(ctx context.Context, name string) {
	if name == "" || name == b.slash() {
		return
	}
	b.slashName.Store(&name)
	if err := b.Store.SetMeta(ctx, metaSlash, name); err != nil {
		b.Log.WithError(err).Warn("the slash command's name could not be kept")
	}
}
