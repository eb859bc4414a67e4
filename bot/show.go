package bot

import (
	"context"
	"strconv"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
)

// showCard answers show REF: facts, history, plan, verdict, buttons. With
// "sent" behind REF it shows what was written to them, with "facts" all that is
// known, newest first and from a number on.
func (b *Bot) showCard(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	id, ask, err := b.which(ctx, in, l)
	if err != nil || ask != nil {
		return asked(ask), err
	}
	c, err := b.open(ctx, in.Turn, id)
	if err != nil {
		return Reply{}, err
	}
	tok := l.next()
	from, _ := strconv.Atoi(l.next().text)
	switch word := strings.ToLower(tok.text); {
	case word == "sent" && !tok.quoted:
		return Show(sentTo(c, from)), nil
	case word == "facts" && !tok.quoted:
		return Show(view.Facts(c.Prospect, from, in.today())), nil
	}
	return Show(b.card(in.Turn, c, "", 0)), nil
}

// sentTo shows what was written and said to a prospect, newest first.
func sentTo(c coach.Case, from int) view.Message {
	p := c.Prospect
	v := view.SentView{Prospect: p, Today: c.Today(), From: max(0, from)}
	for i := len(p.Touches) - 1; i >= 0; i-- {
		subject, text := c.Wrote(p.Touches[i])
		v.Sent = append(v.Sent, view.SentLine{Touch: p.Touches[i], Subject: subject, Text: text})
	}
	return view.Sent(v)
}

// showClick opens the card beneath the message it was clicked in.
func (b *Bot) showClick(ctx context.Context, in Click) (Reply, error) {
	_, c, err := b.clicked(ctx, in)
	if err != nil {
		return Reply{}, err
	}
	return Show(b.card(in.Turn, c, "", 0)), nil
}

// toDM posts the card into the rep's DM, where it stays.
func (b *Bot) toDM(ctx context.Context, in Click) (Reply, error) {
	_, c, err := b.clicked(ctx, in)
	if err != nil {
		return Reply{}, err
	}
	t := in.Turn
	t.InDM = true
	return Reply{Message: b.card(t, c, "", 0), ToDM: true}, nil
}
