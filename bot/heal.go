package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/storage"
)

// A message of which nobody can tell whether it was posted is looked for
// twice, so long apart: Slack may show it a moment late.
const (
	looks     = 2
	lookAgain = 10 * time.Second
)

// opaque is the key as it stands in a message's metadata.
func opaque(key string) string {
	h := sha256.Sum256([]byte(key))
	return hex.EncodeToString(h[:12])
}

// heal settles the rows of which nobody can tell whether they were posted. In
// a DM the message is looked for by its metadata, twice, and only then posted
// again; where it cannot be looked for it is not repeated and the managers are
// asked. It takes a few at a time, so that what is due goes out in between,
// and tells whether there may be more to do.
func (b *Bot) heal(ctx context.Context) (more bool, err error) {
	if ctx.Err() != nil {
		return false, nil
	}
	now := b.now()
	rows, err := b.Store.Unknowns(ctx, b.Worker, now, now.Add(rowLease), batch)
	for _, m := range rows {
		if err := b.lookFor(ctx, m); err != nil {
			return false, err
		}
	}
	return len(rows) > 0, err
}

// lookFor looks once for a row's message. Not found twice, the row goes back to
// be sent; where nothing can be seen, now or later, it is given up.
func (b *Bot) lookFor(ctx context.Context, m storage.Message) error {
	log := b.Log.WithField("row", m.ID).WithField("kind", m.Kind)
	channel, err := b.channelOf(ctx, m)
	if err == nil && inChannel(m) && !b.mayRead(channel) {
		return b.giveUp(ctx, m)
	}
	ts := ""
	if err == nil {
		ts, err = b.findPost(ctx, channel, m)
	}
	switch {
	case err != nil && b.hidden(m, err):
		log.WithError(err).Warn("a message cannot be looked for, given up")
		return b.giveUp(ctx, m)
	case err != nil:
		log.WithError(hideURL(err)).Warn("could not look for a message, trying again")
	case ts != "":
		log.Info("found, it was posted")
		b.health.sends.WithLabelValues(m.Kind, "healed").Inc()
		_, err := b.Store.Sent(ctx, m, channel, ts)
		return err
	default:
		m.Looks++
	}
	if m.Looks >= looks {
		log.Info("not found twice, posting it again")
		return b.Store.Release(ctx, m, b.now())
	}
	m.RunAt = b.now().Add(lookAgain)
	return b.Store.Unclear(context.WithoutCancel(ctx), m)
}

// hidden tells whether a look will fail however often it is made: the channel
// is archived, gone or closed to us, the person's DM is, or who it was for is
// not known any more. A DM's history may be opened again, with the scope that
// every installation has.
func (b *Bot) hidden(m storage.Message, err error) bool {
	var trouble channelTrouble
	if slackError(err) == "missing_scope" {
		return inChannel(m)
	}
	return errors.As(err, &trouble) || isNotFound(err) || !b.passing(err)
}

// giveUp ends a row that cannot be looked for: not repeating it is the lesser
// harm, and the managers are asked whether the week is there. They first: who
// dies in between does both again, and they hear of it once.
func (b *Bot) giveUp(ctx context.Context, m storage.Message) error {
	if m.Kind == kindWeekly {
		if err := b.tellManagers(ctx, kindUnclear, "", m.Key); err != nil {
			return err
		}
	}
	return b.Store.Drop(ctx, m, "unclear")
}

// channelOf is the conversation the row was posted to.
func (b *Bot) channelOf(ctx context.Context, m storage.Message) (string, error) {
	if inChannel(m) {
		return b.teamChannel(ctx)
	}
	row, err := b.Store.Rep(ctx, m.Rep)
	if err != nil {
		return "", err
	}
	return b.dm(ctx, row)
}

// inChannel tells whether the row goes to the team channel, not to a person.
func inChannel(m storage.Message) bool { return m.Kind == kindWeekly || m.Kind == kindRepWeek }

// mayRead tells whether the channel's history may be read: it has a scope of
// its own that many teams rightly do not grant.
func (b *Bot) mayRead(channel string) bool {
	if channel != "" && channel[0] == 'G' {
		return b.has("groups:history")
	}
	return b.has("channels:history")
}

// isPostOf tells whether a message in Slack is ours and the row's: a key can be
// written by anybody who has a token of their own.
func (b *Bot) isPostOf(msg slack.Message, m storage.Message) bool {
	key, _ := msg.Metadata.EventPayload["key"].(string)
	return key == opaque(m.Key) && b.ours(msg)
}

// findReply looks for the message of that row in the thread under the team's
// week, which no history of the channel shows; "" when it is not there.
func (b *Bot) findReply(ctx context.Context, channel string, m storage.Message) (string, error) {
	top, err := b.Store.Posted(ctx, kindWeekly, "", m.Day)
	if isNotFound(err) {
		return "", nil // without the week there is no thread
	}
	if err != nil {
		return "", err
	}
	ask := &slack.GetConversationRepliesParameters{ChannelID: channel, Timestamp: top.TS, IncludeAllMetadata: true, Limit: 100}
	for page := 0; page < 10; page++ {
		var got []slack.Message
		var more bool
		var next string
		err := b.paced(ctx, reading, b.pace.read, func() (err error) {
			got, more, next, err = b.api.GetConversationRepliesContext(ctx, ask)
			return err
		})
		if slackError(err) == "thread_not_found" {
			return "", nil // somebody deleted the week, and its thread with it
		}
		if err != nil {
			return "", fmt.Errorf("reading the thread: %w", err)
		}
		for _, msg := range got {
			if b.isPostOf(msg, m) {
				return msg.Timestamp, nil
			}
		}
		if ask.Cursor = next; !more || next == "" {
			break
		}
	}
	return "", nil
}

// findPost looks for the message of that row, newest first, back to the day
// before its own; "" when it is not there.
func (b *Bot) findPost(ctx context.Context, channel string, m storage.Message) (string, error) {
	if m.Kind == kindRepWeek {
		return b.findReply(ctx, channel, m)
	}
	ask := &slack.GetConversationHistoryParameters{ChannelID: channel, IncludeAllMetadata: true, Limit: 100}
	if m.Day != 0 { // not RunAt, which moves with every try
		ask.Oldest = strconv.FormatInt((m.Day-1).At(0, time.UTC).Unix(), 10)
	}
	for page := 0; page < 10; page++ {
		var got *slack.GetConversationHistoryResponse
		err := b.paced(ctx, looking, b.pace.look, func() (err error) {
			got, err = b.api.GetConversationHistoryContext(ctx, ask)
			return err
		})
		if err != nil {
			return "", fmt.Errorf("reading the conversation: %w", err)
		}
		for _, msg := range got.Messages {
			if b.isPostOf(msg, m) {
				return msg.Timestamp, nil
			}
		}
		if !got.HasMore || got.ResponseMetaData.NextCursor == "" {
			break
		}
		ask.Cursor = got.ResponseMetaData.NextCursor
	}
	return "", nil
}
