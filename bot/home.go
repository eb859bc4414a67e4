package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// homeSeen is how long after opening the Home it is still redrawn by itself.
const homeSeen = 10 * time.Minute

// homeOpened draws the Home when its owner opens it, and welcomes who comes
// for the first time.
func (b *Bot) homeOpened(ctx context.Context, in Event) (Reply, error) {
	var e struct{ Tab string }
	if err := json.Unmarshal(in.Raw, &e); err != nil {
		return Reply{}, fmt.Errorf("reading app_home_opened: %w", err)
	}
	if e.Tab == "home" {
		if err := b.Store.UpdateRep(ctx, in.Rep.ID, func(r *storage.RepRow) error { r.HomeSeen = b.now(); return nil }); err != nil {
			return Reply{}, err
		}
		if err := b.drawHome(in.Rep.ID); err != nil {
			return Reply{}, err
		}
	}
	return Reply{}, b.welcome(ctx, in.Rep)
}

// refreshHome redraws the Home after a change, if its owner opened it a moment
// ago; everybody else's is drawn when they open it.
func (b *Bot) refreshHome(ctx context.Context, id string) error {
	row, err := b.Store.Rep(ctx, id)
	if err != nil || row.HomeSeen.IsZero() || b.now().Sub(row.HomeSeen) > homeSeen {
		return err
	}
	return b.drawHome(id)
}

// drawHome draws somebody's Home beside the turns, when Slack's pace lets it.
// It shows what is stored then, so one that waits already will do.
func (b *Bot) drawHome(id string) error {
	if _, waiting := b.aside.holds("home:" + id); waiting > 0 {
		return nil
	}
	return b.putAside("home:"+id, func(ctx context.Context) error {
		row, err := b.Store.Rep(ctx, id)
		if err != nil {
			return err
		}
		return b.publishHome(ctx, row)
	})
}

func (b *Bot) publishHome(ctx context.Context, row storage.RepRow) error {
	v, err := b.homeView(ctx, row, b.now())
	if err != nil {
		return err
	}
	home := view.Home(v)
	err = b.paced(ctx, publishing, b.pace.publish, func() error {
		_, err := b.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: row.ID, View: *home})
		return err
	})
	if err != nil {
		return fmt.Errorf("drawing the Home: %w", err)
	}
	return nil
}

// homeView gathers what the Home shows.
func (b *Bot) homeView(ctx context.Context, row storage.RepRow, now time.Time) (view.HomeView, error) {
	rep := b.rep(row)
	today := coach.DateOf(now.In(rep.Zone))
	v := view.HomeView{Rep: rep, Today: today, Slash: b.slash(), Paused: rep.PausedOn(today)}
	var err error
	if v.Cards, v.More, err = b.dueNow(ctx, row, now); err != nil {
		return v, err
	}
	load, err := b.Store.DueCounts(ctx, row.ID, today+1, today+7)
	if err != nil {
		return v, err
	}
	for d := today + 1; d <= today+7; d++ {
		v.NextDays = append(v.NextDays, coach.DayCount{Day: d, Attempts: load[d]})
	}
	active := storage.ListQuery{Owner: row.ID, States: []coach.State{coach.Active}, Limit: considered, OrderDue: true}
	lines, _, err := b.standing(ctx, row, active, now)
	if err != nil {
		return v, err
	}
	for _, l := range lines {
		if l.Hint.Verdict == coach.LastTries { // V2
			v.LastTries = append(v.LastTries, l)
		}
	}
	if b.isManager(row.ID) {
		if v.Team, err = b.atAGlance(ctx, today); err != nil {
			return v, err
		}
	}
	if len(v.Cards) == 0 {
		_, own, err := b.Store.List(ctx, storage.ListQuery{Owner: row.ID, Limit: 1})
		if err != nil {
			return v, err
		}
		v.Leads, v.New = own == 0 && len(v.Team) > 0, own == 0 && len(v.Team) == 0
	}
	y, m, _ := today.Time().Date()
	earned, err := b.Store.EarnedSince(ctx, row.ID, coach.NewDate(y, m, 1), considered)
	for _, e := range earned {
		v.Replies = append(v.Replies, view.HomeReply{Name: e.Name, Company: e.Company, Attempt: e.Attempt, Channel: e.Channel})
	}
	return v, err
}
