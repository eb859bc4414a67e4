package bot

import (
	"context"
	"fmt"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// ownWeek shows the rep's own figures now; managers also week @rep.
func (b *Bot) ownWeek(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	owner, err := b.listOwner(ctx, in.Turn, l)
	if err != nil {
		return Reply{}, err
	}
	if !l.done() {
		return Reply{}, coach.Problem(fmt.Sprintf("“%s week” shows your week so far.", in.Slash))
	}
	from, to := b.soFar(in.Now)
	v, err := b.repsWeek(ctx, owner.ID, from, to)
	if owner.ID != in.Rep.ID {
		v.Name = owner.Name
	}
	return Show(view.Week(v)), err
}

// team shows the team's week as the channel will see it.
func (b *Bot) team(ctx context.Context, in Command) (Reply, error) {
	if in.Text != "" {
		return Reply{}, coach.Problem(fmt.Sprintf("“%s team” shows the team's week so far.", in.Slash))
	}
	from, to := b.soFar(in.Now)
	v, err := b.weekView(ctx, "", from, to, b.Settings.ShowNames)
	v.Playbook = in.Manager
	return Show(view.Week(v)), err
}

// soFar is the days of the week under way, in the team's zone: since the last
// summary. On the day of a summary it is the week just told.
func (b *Bot) soFar(now time.Time) (from, to coach.Date) {
	today := coach.DateOf(now.In(b.Settings.TeamZone))
	slots := b.weekly.lastSlots(now, b.Settings.TeamZone, b.teamDay)
	if len(slots) == 0 || slots[0].Day >= today {
		return b.span(today)
	}
	return slots[0].Day + 1, today
}

// repsWeek is what a rep reads of their own week, and a manager who asks for
// it: with names, and with the reasons in the rep's own words.
func (b *Bot) repsWeek(ctx context.Context, rep string, from, to coach.Date) (view.WeekView, error) {
	v, err := b.weekView(ctx, rep, from, to, true)
	v.OwnWords = true
	return v, err
}

// weekView gathers what a week shows, of one rep or, with rep "", of the team;
// names tells whether prospects may be named (S6).
func (b *Bot) weekView(ctx context.Context, rep string, from, to coach.Date, names bool) (view.WeekView, error) {
	w, err := b.week(ctx, rep, from, to)
	v := view.WeekView{Week: w, Team: rep == "", Zone: b.Settings.TeamZone}
	if err != nil || !names || w.LastTries == 0 {
		return v, err
	}
	rows, err := b.Store.InLastTries(ctx, rep, namedLastTries)
	for _, r := range rows {
		v.LastTries = append(v.LastTries, view.Who(&coach.Prospect{Name: r.Name, Company: r.Company}))
	}
	return v, err
}

// namedLastTries is how many who are in their last tries are named.
const namedLastTries = 20

// threaded are the reps whose weeks go into the thread of the summary: those
// who made a touch, at most forty, by name and not by figures (WEEKLY_REPS).
func (b *Bot) threaded(ctx context.Context, rows []storage.RepRow, day coach.Date) (map[string]bool, error) {
	in := map[string]bool{}
	if b.Settings.WeeklyReps != "thread" {
		return in, nil
	}
	from, to := b.span(day)
	touches, _, err := b.Store.Week(ctx, "", from, to)
	busy := map[string]bool{}
	for _, t := range touches {
		busy[t.Rep] = true
	}
	for _, r := range rows {
		if busy[r.ID] && !r.Gone && len(in) < maxThread {
			in[r.ID] = true
		}
	}
	return in, err
}
