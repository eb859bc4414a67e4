package bot

import (
	"context"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
)

// judgeClick goes on from a checked draft: as for another channel, as to a
// prospect, or logged.
func (b *Bot) judgeClick(ctx context.Context, in Click) (Reply, error) {
	d, ok := view.ParseDrafted(in.Value)
	if !ok {
		return Reply{}, fmt.Errorf("a draft's button holds %.60q", in.Value)
	}
	text, err := b.draftText(ctx, in.Turn, d)
	if err != nil {
		return Reply{}, err
	}
	if in.Tail == view.JudgeLog {
		return b.logDraft(ctx, in, d, text)
	}
	v, err := b.judged(ctx, in.Turn, d, text)
	if in.Window != nil {
		return Reply{Update: view.CheckWindow(v)}, err
	}
	return Redraw(view.Check(v)), err
}

// draftText reads a pasted draft where it stands, as it reads now: a button is
// too small for a long one, and it may have been edited since.
func (b *Bot) draftText(ctx context.Context, t Turn, d view.Drafted) (string, error) {
	if d.TS == "" {
		return d.Text, nil
	}
	if strings.HasPrefix(d.TS, keptMark) {
		text, ok, err := b.keptText(ctx, t.Rep.ID, d.TS, d.ID)
		if err == nil && !ok {
			err = coach.Problem("I keep only your last few long drafts, and that one is no longer among them. Check it once more and the buttons work again.")
		}
		return text, err
	}
	var found []slack.Message
	if d.Thread != "" {
		b.pace.glance(reading)
		msgs, _, _, err := b.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
			ChannelID: t.Rep.DM, Timestamp: d.Thread, Latest: d.TS, Oldest: d.TS, Inclusive: true, Limit: 2,
		})
		if err != nil {
			return "", fmt.Errorf("reading a draft again: %w", err)
		}
		found = msgs
	} else {
		b.pace.glance(looking)
		history, err := b.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
			ChannelID: t.Rep.DM, Latest: d.TS, Oldest: d.TS, Inclusive: true, Limit: 1,
		})
		if err != nil {
			return "", fmt.Errorf("reading a draft again: %w", err)
		}
		found = history.Messages
	}
	for _, m := range found {
		if m.Timestamp == d.TS && m.User == t.Rep.ID {
			return clean(m.Text), nil
		}
	}
	return "", coach.Problem("That draft is no longer there. Paste it once more and I look at it again.")
}

// logDraft logs a checked draft as sent. Where it is the coach's own draft, or
// near to it, its angle and what it used are known.
func (b *Bot) logDraft(ctx context.Context, in Click, d view.Drafted, text string) (Reply, error) {
	t := in.Turn
	c, err := b.open(ctx, t, d.ID)
	if err != nil {
		return Reply{}, err
	}
	touch := coach.Touch{Channel: d.Channel, Text: text}
	if s := c.Advise().Suggestion; s != nil && s.Channel.Family() == d.Channel.Family() && c.Playbook.Alike(text, s.Draft) {
		touch.Angle, touch.Variant, touch.Uses = s.Angle, s.Variant, s.Uses
	}
	// Pressed again, it is the same press: a draft is sent once.
	t.Key = fmt.Sprintf("draft:%s:%s:%d:%s", t.origin.channel, t.origin.ts, d.ID, d.Channel)
	if in.Window != nil {
		t.Key = fmt.Sprintf("draft:%s:%d:%s", in.Window.ID, d.ID, d.Channel)
	}
	done, err := b.logTouch(ctx, t, d.ID, touch)
	if err != nil {
		return Reply{}, err
	}
	if in.Window != nil {
		return b.loggedInWindow(t, done, touch), nil
	}
	return b.loggedReply(ctx, t, view.InDraft, done, touch)
}
