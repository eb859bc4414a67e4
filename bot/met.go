package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// met plans the two-step follow-up after a talk: met REF [on:DATE] [next DATE].
func (b *Bot) met(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	id, ask, err := b.which(ctx, in, l)
	var unknown coach.Problem
	if name := leadingName(in.Text); errors.As(err, &unknown) && name != "" {
		return Show(view.OpenFormFirst(fmt.Sprintf("None of your prospects is called “%.60s”. Shall I add them, as somebody you met?", name), name+" situation:met")), nil
	}
	if err != nil || ask != nil {
		return asked(ask), err
	}
	on, line := in.today(), fmt.Sprintf("met %d ", id)
	if l.key("on") != "" {
		if on, ask, err = b.whichDay(in, l, Behind, line+"on:"); err != nil || ask != nil {
			return asked(ask), err
		}
		line += "on:" + on.String() + " "
	}
	var next coach.Date
	if _, ok := l.keyword("next"); ok {
		if next, ask, err = b.whichDay(in, l, AtLeast, line+"next "); err != nil || ask != nil {
			return asked(ask), err
		}
	}
	if !l.done() {
		return Reply{}, coach.Problem(fmt.Sprintf("Like this: “%s met %d on:yesterday next fri”.", in.Slash, id))
	}
	return b.metOn(ctx, in.Turn, id, on, next, view.InSuggestion)
}

// leadingName are the first words of a line as far as they are written like a
// name of two or three; "" when they are not.
func leadingName(text string) string {
	words := strings.Fields(text)
	n := 0
	for n < len(words) && n < 4 {
		if first, _ := utf8.DecodeRuneInString(words[n]); !unicode.IsUpper(first) || strings.ContainsAny(words[n], ":@\"0123456789") {
			break
		}
		n++
	}
	if n < 2 || n > 3 {
		return ""
	}
	return strings.TrimRight(strings.Join(words[:n], " "), ".,;")
}

// metOn begins the follow-up of a talk on that day.
func (b *Bot) metOn(ctx context.Context, t Turn, id int64, on, next coach.Date, place view.Place) (Reply, error) {
	if on == 0 || on > t.today() {
		on = t.today()
	}
	d, err := b.change(ctx, t, id, func(tx *storage.Tx, c coach.Case) (string, error) {
		if err := c.Met(on, next); err != nil {
			return "", err
		}
		return "noted the talk with " + view.Who(c.Prospect), tx.Dismiss(id)
	})
	if err != nil {
		return Reply{}, err
	}
	if place == view.InSuggestion {
		return Redraw(b.suggestion(t, d.Case, view.MetWords(d.Prospect, on, next, t.today()), d.Undo)), nil
	}
	return b.seen(ctx, t, place, d, view.MetWords(d.Prospect, on, next, t.today()))
}

// metClick asks how a meeting went; its answers lead on (C6).
func (b *Bot) metClick(ctx context.Context, in Click) (Reply, error) {
	at, c, err := b.clicked(ctx, in)
	if err != nil {
		return Reply{}, err
	}
	if stale(at, c.Prospect) {
		return b.asItIs(ctx, in.Turn, at, c)
	}
	switch in.Tail {
	case "moved":
		return Reply{Open: view.MovedForm(c.Prospect, at.Place)}, nil
	case "took-place":
		return b.metOn(ctx, in.Turn, at.ID, c.Prospect.NextMeeting, 0, at.Place)
	case "cancelled", "no-show":
		return b.blownOff(ctx, in.Turn, at.ID, at.Place)
	}
	return Reply{}, fmt.Errorf("a button asks how it went and holds %.20q", in.Tail)
}

// meetingMoved notes the new day of a meeting (C6).
func (b *Bot) meetingMoved(ctx context.Context, t Turn, at view.Target, day coach.Date) (Reply, error) {
	d, err := b.change(ctx, t, at.ID, func(_ *storage.Tx, c coach.Case) (string, error) {
		return "moved the meeting with " + view.Who(c.Prospect), c.MoveMeeting(day)
	})
	if err != nil {
		return Reply{}, err
	}
	return b.inWindow(ctx, t, at.Place, d, "Moved", fmt.Sprintf("The meeting with %s is now %s.", view.Who(d.Prospect), view.FullDay(day, t.today())))
}
