package bot

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// kindRepWeek is one rep's week in the thread of the team's (WEEKLY_REPS).
const kindRepWeek = "rep_week"

// maxThread is how many reps' weeks go into the thread.
const maxThread = 40

// fireWeek queues the week's messages when the slot has come (S6): one for the
// channel and one for each rep. A slot that was missed comes late, once.
func (b *Bot) fireWeek(ctx context.Context, now time.Time) error {
	slots := b.weekly.lastSlots(now, b.Settings.TeamZone, b.teamDay)
	last, err := b.Store.Slot(ctx, "weekly")
	if err != nil {
		return err
	}
	if last.IsZero() { // a new installation has no week behind it
		return b.Store.SetSlot(ctx, "weekly", now)
	}
	if len(slots) == 0 || !slots[0].At.After(last) {
		return nil
	}
	day := slots[0].Day
	msgs := []storage.Message{{Key: "weekly:" + day.String(), Kind: kindWeekly, Day: day, Priority: prioWeek, RunAt: now}}
	rows, err := b.Store.Reps(ctx)
	if err != nil {
		return err
	}
	sort.Slice(rows, func(i, j int) bool { return rows[i].Name < rows[j].Name })
	threaded, err := b.threaded(ctx, rows, day)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.Gone {
			continue
		}
		msgs = append(msgs, storage.Message{Key: "own_week:" + r.ID + ":" + day.String(), Kind: kindOwnWeek, Rep: r.ID, Day: day, Priority: prioWeek, RunAt: now})
		if threaded[r.ID] {
			msgs = append(msgs, storage.Message{Key: "rep_week:" + r.ID + ":" + day.String(), Kind: kindRepWeek, Rep: r.ID, Day: day, Priority: prioWeek + 1, RunAt: now})
		}
	}
	_, err = b.Store.Fire(ctx, "weekly", slots[0].At, msgs)
	return err
}

// teamDay is the day on which the team hears of the week: on a public holiday
// the last working day before.
func (b *Bot) teamDay(day coach.Date) coach.Date {
	free := func(d coach.Date) bool {
		if b.Settings.Holidays == "" || b.Playbook().Holiday == nil {
			return false
		}
		_, ok := b.Playbook().Holiday(b.Settings.Holidays, d)
		return ok
	}
	if !free(day) {
		return day
	}
	for d := day - 1; d > day-15; d-- {
		if !free(d) && b.Settings.WorkingDays.Has(d.Weekday()) {
			return d
		}
	}
	return day
}

// span is the days of the week that ends with day: since the slot before.
func (b *Bot) span(day coach.Date) (from, to coach.Date) {
	slots := b.weekly.lastSlots(day.At(24*60-1, b.Settings.TeamZone), b.Settings.TeamZone, b.teamDay)
	if len(slots) == 2 && slots[0].Day == day {
		return slots[1].Day + 1, day
	}
	return day - 6, day
}

// week gathers the figures of one rep, or of the team when rep is "".
func (b *Bot) week(ctx context.Context, rep string, from, to coach.Date) (coach.Week, error) {
	touches, ends, err := b.Store.Week(ctx, rep, from, to)
	if err != nil {
		return coach.Week{}, err
	}
	tries, err := b.Store.CountLastTries(ctx, rep)
	if err != nil {
		return coach.Week{}, err
	}
	undone, since, err := b.Store.LeftUndone(ctx, rep, to)
	if err != nil {
		return coach.Week{}, err
	}
	monday := to + 1
	for monday.Weekday() != time.Monday {
		monday++
	}
	load, err := b.Store.DueCounts(ctx, rep, monday, monday+6)
	if err != nil {
		return coach.Week{}, err
	}
	return coach.Summarise(coach.WeekInput{From: from, To: to, Touches: touches, Ends: ends, LastTries: tries, Undone: undone, Since: since, Load: load}), nil
}

// weekMessage draws the team's week that ends with that day.
func (b *Bot) weekMessage(ctx context.Context, day coach.Date) (view.Message, error) {
	from, to := b.span(day)
	v, err := b.weekView(ctx, "", from, to, b.Settings.ShowNames)
	return view.Week(v), err
}

// buildWeekly makes the summary for the channel. When the channel cannot take
// it, it goes to the managers with the one line that mends it.
func (b *Bot) buildWeekly(ctx context.Context, m storage.Message) (parcel, error) {
	channel, err := b.teamChannel(ctx)
	var trouble channelTrouble
	if errors.As(err, &trouble) {
		return parcel{drop: string(trouble)}, b.tellManagers(ctx, kindChannel, string(trouble), m.Key, m.Day)
	}
	if err != nil {
		return parcel{}, err
	}
	week, err := b.weekMessage(ctx, m.Day)
	return parcel{Message: week, channel: channel}, err
}

// buildOwnWeek makes a rep's own week; a week in which nothing happened and
// nothing is coming is not worth a message.
func (b *Bot) buildOwnWeek(ctx context.Context, m storage.Message, row storage.RepRow) (parcel, error) {
	from, to := b.span(m.Day)
	v, err := b.repsWeek(ctx, row.ID, from, to)
	if err != nil {
		return parcel{}, err
	}
	if w := v.Week; w.Touches == 0 && w.Replies == 0 && len(w.NextWeek) == 0 {
		return parcel{drop: "nothing happened"}, nil
	}
	return parcel{Message: view.Week(v)}, nil
}

// buildRepWeek makes one rep's week for the thread under the team's.
func (b *Bot) buildRepWeek(ctx context.Context, m storage.Message) (parcel, error) {
	top, err := b.Store.Posted(ctx, kindWeekly, "", m.Day)
	if errors.Is(err, storage.ErrNotFound) {
		if b.dayOver(m) {
			return parcel{drop: "the summary was not posted"}, nil
		}
		return parcel{later: b.now().Add(backOff(m.Attempts))}, nil
	}
	if err != nil {
		return parcel{}, err
	}
	from, to := b.span(m.Day)
	v, err := b.weekView(ctx, m.Rep, from, to, b.Settings.ShowNames)
	if err != nil || v.Week.Touches == 0 {
		return parcel{drop: "nothing happened"}, err
	}
	row, err := b.Store.Rep(ctx, m.Rep)
	v.Name = row.Name
	return parcel{Message: view.Week(v), channel: top.Channel, thread: top.TS}, err
}

// channelTrouble says why the channel cannot take the summary, in Slack's word.
type channelTrouble string

func (c channelTrouble) Error() string { return "the team channel: " + string(c) }

// teamChannel is the id of the channel, checked: we are in it, it is not
// archived and not shared with another company.
func (b *Bot) teamChannel(ctx context.Context) (string, error) {
	want := strings.TrimPrefix(b.Settings.TeamChannel, "#")
	if want == "" {
		return "", channelTrouble("none")
	}
	if isChannelID(want) && !b.has("channels:read") && !b.has("groups:read") {
		return want, nil // it cannot be looked at; posting will tell
	}
	ch, err := FindChannel(ctx, b.api, want)
	switch e := slackError(err); {
	case errors.Is(err, errNoChannel), e == "channel_not_found":
		return "", channelTrouble("channel_not_found")
	case e == "missing_scope" && isChannelID(want):
		return want, nil
	case e == "missing_scope":
		return "", channelTrouble("missing_scope")
	case err != nil:
		return "", err
	case ch.IsArchived:
		return "", channelTrouble("is_archived")
	case ch.IsExtShared || ch.IsPendingExtShared:
		return "", channelTrouble("shared")
	case !ch.IsMember:
		return "", channelTrouble("not_in_channel")
	}
	return ch.ID, nil
}

var errNoChannel = errors.New("no channel of that name that the bot can see")

func isChannelID(s string) bool {
	return len(s) >= 9 && (s[0] == 'C' || s[0] == 'G') && s == strings.ToUpper(s)
}

// FindChannel looks a channel up by id, or by name among those we can see.
func FindChannel(ctx context.Context, api *slack.Client, nameOrID string) (*slack.Channel, error) {
	want := strings.TrimPrefix(nameOrID, "#")
	if isChannelID(want) {
		return api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: want})
	}
	for _, kinds := range [][]string{{"public_channel", "private_channel"}, {"public_channel"}} {
		ch, err := findByName(ctx, api, want, kinds)
		if slackError(err) == "missing_scope" && len(kinds) > 1 {
			continue // private channels need a scope of their own
		}
		return ch, err
	}
	return nil, errNoChannel
}

func findByName(ctx context.Context, api *slack.Client, want string, kinds []string) (*slack.Channel, error) {
	for cursor := ""; ; {
		chs, next, err := api.GetConversationsContext(ctx, &slack.GetConversationsParameters{Types: kinds, Limit: 200, Cursor: cursor})
		if err != nil {
			return nil, fmt.Errorf("listing channels: %w", err)
		}
		for i := range chs {
			if chs[i].Name == want {
				return &chs[i], nil
			}
		}
		if cursor = next; cursor == "" {
			return nil, errNoChannel
		}
	}
}
