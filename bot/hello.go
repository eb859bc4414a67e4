package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// welcome greets a rep in the DM the first time they open the Home or write.
// The row is marked first: a greeting that is lost is better than two.
func (b *Bot) welcome(ctx context.Context, row storage.RepRow) error {
	if row.Welcomed {
		return nil
	}
	first := false
	err := b.Store.UpdateRep(ctx, row.ID, func(r *storage.RepRow) error {
		first, r.Welcomed = !r.Welcomed, true
		return nil
	})
	if err != nil || !first {
		return err
	}
	dm, err := b.dm(ctx, row)
	if err != nil {
		return err
	}
	if b.isManager(row.ID) {
		return b.welcomeManager(ctx, row, dm)
	}
	return b.say1(ctx, dm, "", view.Welcome(b.rep(row), b.slash()))
}

// welcomeManager greets with the team, or as a rep who has prospects.
func (b *Bot) welcomeManager(ctx context.Context, row storage.RepRow, dm string) error {
	_, own, err := b.Store.List(ctx, storage.ListQuery{Owner: row.ID, Limit: 1})
	if err != nil {
		return err
	}
	rep := b.rep(row)
	team, err := b.atAGlance(ctx, coach.DateOf(b.now().In(rep.Zone)))
	if err != nil {
		return err
	}
	if own > 0 || len(team) == 0 {
		return b.say1(ctx, dm, "", view.Welcome(rep, b.slash()))
	}
	return b.say1(ctx, dm, "", view.Lead(team, b.slash()))
}

// joinedChannel says hello in the team channel when the bot is invited there,
// but not to another company that shares it.
func (b *Bot) joinedChannel(ctx context.Context, in Event) (Reply, error) {
	var e struct{ User, Channel string }
	if err := json.Unmarshal(in.Raw, &e); err != nil {
		return Reply{}, fmt.Errorf("reading member_joined_channel: %w", err)
	}
	if e.User != b.me.User {
		return Reply{}, nil
	}
	ch, err := b.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: e.Channel})
	want := strings.TrimPrefix(b.Settings.TeamChannel, "#")
	if err != nil || want != ch.ID && want != ch.Name || ch.IsExtShared || ch.IsPendingExtShared {
		return Reply{}, err
	}
	return Reply{}, b.say1(ctx, e.Channel, "", view.Hello(b.slash()))
}

// uninstalled notes that the workspace let go of the app. Nothing is deleted:
// it may be installed again.
func (b *Bot) uninstalled(_ context.Context, in Event) (Reply, error) {
	b.health.note(func(h *Health) {
		h.Trouble = "the app was removed from the workspace or its token revoked; install it again"
	})
	b.Log.WithField("event", in.Type).Error("the app was removed from the workspace; data is kept")
	return Reply{}, nil
}
