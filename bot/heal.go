package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/storage"
)

// lookAgain is the time between the two looks for a message of which nobody
// can tell whether it was posted.
const lookAgain = 10 * time.Second

// opaque is the key as it stands in a message's metadata.
func opaque(key string) string {
	h := sha256.Sum256([]byte(key))
	return hex.EncodeToString(h[:12])
}

// heal settles the rows of which nobody can tell whether they were posted. In
// a DM the message is looked for by its metadata, twice, and only then posted
// again; where it cannot be looked for it is not repeated and the managers are
// asked. It tells whether rows went back to be sent.
func (b *Bot) heal(ctx context.Context) (again bool, err error) {
	for ctx.Err() == nil {
		now := b.now()
		rows, err := b.Store.Unknowns(ctx, b.Worker, now, now.Add(rowLease), batch)
		if err != nil || len(rows) == 0 {
			return again, err
		}
		left, err := b.lookFor(ctx, rows)
		if err != nil {
			return again, err
		}
		if len(left) == 0 {
			continue
		}
		if err := b.Sleep(ctx, lookAgain); err != nil {
			return again, nil // they stay unknown, and are looked for after the start
		}
		if left, err = b.lookFor(ctx, left); err != nil {
			return again, err
		}
		for _, m := range left {
			b.Log.WithField("row", m.ID).WithField("kind", m.Kind).Info("not found twice, posting it again")
			if err := b.Store.Release(ctx, m, b.now()); err != nil {
				return again, err
			}
			again = true
		}
	}
	return again, nil
}

// lookFor looks once for each row and answers those that were not found. A row
// that cannot be looked for now stays unknown.
func (b *Bot) lookFor(ctx context.Context, rows []storage.Message) (left []storage.Message, err error) {
	for _, m := range rows {
		channel, err := b.channelOf(ctx, m)
		if err != nil {
			b.sweep.Store(true)
			continue
		}
		if inChannel(m) && !b.mayRead(channel) {
			if err := b.Store.Drop(ctx, m, "unclear"); err != nil {
				return nil, err
			}
			if m.Kind == kindWeekly {
				if err := b.tellManagers(ctx, kindUnclear, "", m.Key); err != nil {
					return nil, err
				}
			}
			continue
		}
		ts, err := b.findPost(ctx, channel, m)
		switch {
		case err != nil:
			b.sweep.Store(true)
			b.Log.WithError(hideURL(err)).WithField("row", m.ID).Warn("could not look for a message, trying again")
		case ts != "":
			b.Log.WithField("row", m.ID).WithField("kind", m.Kind).Info("found, it was posted")
			b.health.sends.WithLabelValues(m.Kind, "healed").Inc()
			if _, err := b.Store.Sent(ctx, m, channel, ts); err != nil {
				return nil, err
			}
		default:
			left = append(left, m)
		}
	}
	return left, nil
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
		got, more, next, err := b.api.GetConversationRepliesContext(ctx, ask)
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

// findPost looks for the message of that row, newest first, back to an hour
// before it was due; "" when it is not there.
func (b *Bot) findPost(ctx context.Context, channel string, m storage.Message) (string, error) {
	if m.Kind == kindRepWeek {
		return b.findReply(ctx, channel, m)
	}
	ask := &slack.GetConversationHistoryParameters{ChannelID: channel, IncludeAllMetadata: true, Limit: 100}
	if !m.RunAt.IsZero() {
		ask.Oldest = strconv.FormatInt(m.RunAt.Add(-time.Hour).Unix(), 10)
	}
	for page := 0; page < 10; page++ {
		got, err := b.api.GetConversationHistoryContext(ctx, ask)
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
