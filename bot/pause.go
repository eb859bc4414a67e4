package bot

import (
	"context"

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
	d, err := b.changeRep(ctx, in.Turn, "paused", func(r *storage.RepRow) { r.Paused, r.PausedUntil = true, until })
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
	if !in.Rep.Paused || in.Rep.PausedUntil != 0 && in.Rep.PausedUntil <= in.today() {
		return Show(view.Words("You are not paused.")), nil
	}
	// The day stays: it is the first one back.
	d, err := b.changeRep(ctx, in.Turn, "resumed", func(r *storage.RepRow) { r.Paused, r.PausedUntil = false, in.today() })
	if err != nil {
		return Reply{}, err
	}
	if err := b.backAgain(ctx, d.row, in.Now); err != nil {
		return Reply{}, err
	}
	return Show(view.Done("Good to have you back. What waited comes back as your days have room.", d.undo, view.Next{Label: "What is due", Line: "list due"})), nil
}
