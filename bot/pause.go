package bot

import (
	"context"
	"slices"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// pause keeps everything unasked silent: pause [until WHEN]. WHEN is the last
// silent day's morrow: nudges come again on that day.
func (b *Bot) pause(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	l.keyword("until")
	var until coach.Date
	if !l.done() {
		day, err := ParseDay(l.rest(), in.today(), Ahead)
		day, ask, err := b.askDay(in, day, err, "pause until ", "")
		if err != nil || ask != nil {
			return asked(ask), err
		}
		until = day
	}
	since := in.today()
	if in.Rep.PausedOn(since) { // it goes on, until another day
		if was := b.pausedSince(ctx, in.Rep.ID); was != 0 {
			since = was
		}
	}
	if err := b.Store.SetMeta(ctx, pausedKey(in.Rep.ID), since.String()); err != nil {
		return Reply{}, err
	}
	d, err := b.changeRep(ctx, in.Turn, "paused", func(r *storage.RepRow) {
		withoutPause(r, since)
		r.Paused, r.PausedUntil = true, until
		if until != 0 && until-since < longestOff {
			r.DaysOff = append(r.DaysOff, coach.Span{From: since, To: until - 1})
		}
	})
	if err != nil {
		return Reply{}, err
	}
	words := "Paused. I stay silent until you resume."
	if until != 0 {
		words = "Paused. I am back " + view.FullDay(until, in.today()) + "."
	}
	return Show(view.Done(words, d.undo, view.Next{Label: "Resume", Line: "resume"})), nil
}

// resume ends the pause. What waited meanwhile comes back as the days have
// room, never in a pile (C11).
func (b *Bot) resume(ctx context.Context, in Command) (Reply, error) {
	if !in.Rep.PausedOn(in.today()) {
		return Show(view.Words("You are not paused.")), nil
	}
	since := b.pausedSince(ctx, in.Rep.ID)
	d, err := b.changeRep(ctx, in.Turn, "resumed", func(r *storage.RepRow) {
		withoutPause(r, since)
		if since != 0 && since < in.today() {
			r.DaysOff = append(r.DaysOff, coach.Span{From: since, To: in.today() - 1})
		}
		r.Paused, r.PausedUntil = false, in.today() // the day stays: it is the first one back
	})
	if err != nil {
		return Reply{}, err
	}
	if err := b.backAgain(ctx, d.row, in.Now); err != nil {
		return Reply{}, err
	}
	return Show(view.Done("Good to have you back. What waited comes back as your days have room.", d.undo, view.Next{Label: "What is due", Line: "list due"})), nil
}

// The days of a pause are days off, while it lasts and looking back on it: due
// days move past it, and what was due before does not grow older in it (C9).
// Its first day is kept beside the settings.
func pausedKey(rep string) string { return "paused:" + rep }

// longestOff is how many days off in a row a plan is made around (C3).
const longestOff = 300

// pausedSince is the first day of the rep's last pause, 0 when it is not known.
func (b *Bot) pausedSince(ctx context.Context, rep string) coach.Date {
	said, err := b.Store.Meta(ctx, pausedKey(rep))
	if err != nil {
		b.Log.WithError(err).Warn("the first day of a pause could not be read; its days count as worked")
		return 0
	}
	day, _ := coach.ParseDate(said) // what nobody can read is not known
	return day
}

// withoutPause takes the days off that a pause since that day brought away.
func withoutPause(r *storage.RepRow, since coach.Date) {
	if r.PausedUntil != 0 {
		r.DaysOff = slices.DeleteFunc(slices.Clone(r.DaysOff), func(s coach.Span) bool { return s.From == since && s.To == r.PausedUntil-1 })
	}
}
