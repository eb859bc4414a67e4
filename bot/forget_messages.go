package bot

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// How far back a DM is searched for messages about somebody.
const (
	historyPage  = 200
	historyPages = 25
)

// posted is a message of ours in Slack.
type posted struct{ channel, ts string }

// messages are some of them, each once.
type messages struct {
	list []posted
	have map[posted]bool
}

func (m *messages) add(channel, ts string) {
	p := posted{channel, ts}
	if channel == "" || ts == "" || m.have[p] {
		return
	}
	if m.have == nil {
		m.have = map[posted]bool{}
	}
	m.have[p] = true
	m.list = append(m.list, p)
}

// showing finds the bot's messages about a prospect in the DMs of some people;
// unread tells that a DM could not be searched to its end.
func (b *Bot) showing(ctx context.Context, p coach.Prospect, people ...storage.RepRow) (found messages, unread bool) {
	for _, row := range people {
		if row.DM == "" {
			continue
		}
		if err := b.search(ctx, row.DM, p, &found); err != nil {
			unread = true
			b.Log.WithError(hideURL(err)).WithField("user", row.ID).Warn("a DM could not be searched")
		}
	}
	return found, unread
}

// search reads one DM, newest first, and the threads in it.
func (b *Bot) search(ctx context.Context, dm string, p coach.Prospect, found *messages) error {
	ask := &slack.GetConversationHistoryParameters{ChannelID: dm, Limit: historyPage}
	for range historyPages {
		var got *slack.GetConversationHistoryResponse
		err := b.patiently(ctx, func() (err error) { got, err = b.api.GetConversationHistoryContext(ctx, ask); return err })
		if err != nil {
			return fmt.Errorf("reading the DM: %w", err)
		}
		for _, m := range got.Messages {
			hit := b.ours(m) && shows(m, p)
			if hit {
				found.add(dm, m.Timestamp)
			}
			if m.ReplyCount == 0 {
				continue
			}
			if err := b.searchThread(ctx, dm, m.Timestamp, p, hit, found); err != nil {
				return err
			}
		}
		if ask.Cursor = got.ResponseMetaData.NextCursor; !got.HasMore || ask.Cursor == "" {
			return nil
		}
	}
	return nil
}

// searchThread reads a thread. Under a card of theirs every message of ours
// goes: a draft there may say no more than a first name.
func (b *Bot) searchThread(ctx context.Context, dm, ts string, p coach.Prospect, all bool, found *messages) error {
	ask := &slack.GetConversationRepliesParameters{ChannelID: dm, Timestamp: ts, Limit: historyPage}
	for range historyPages {
		var got []slack.Message
		var more bool
		var next string
		err := b.patiently(ctx, func() (err error) { got, more, next, err = b.api.GetConversationRepliesContext(ctx, ask); return err })
		if err != nil {
			return fmt.Errorf("reading a thread: %w", err)
		}
		for _, m := range got {
			if m.Timestamp != ts && b.ours(m) && (all || shows(m, p)) {
				found.add(dm, m.Timestamp)
			}
		}
		if ask.Cursor = next; !more || next == "" {
			return nil
		}
	}
	return nil
}

func (b *Bot) ours(m slack.Message) bool {
	return m.User == b.me.User || m.BotID != "" && m.BotID == b.me.Bot
}

// shows tells whether a message of ours is about the prospect: by the number
// in the ids of its blocks, or by name or address in its text.
func shows(m slack.Message, p coach.Prospect) bool {
	for _, bl := range m.Blocks.BlockSet {
		kind, rest, _ := strings.Cut(bl.ID(), ":")
		number, _, _ := strings.Cut(rest, ":")
		if (kind == "card" || kind == "due") && number == strconv.FormatInt(p.ID, 10) {
			return true
		}
	}
	text := entities.Replace(m.Text)
	return mentions(text, p.Name) || mentions(text, p.Email)
}

// mentions tells whether the words stand in the text as whole words.
func mentions(text, words string) bool {
	text, words = strings.ToLower(text), strings.ToLower(strings.TrimSpace(words))
	if words == "" {
		return false
	}
	for at := 0; ; {
		i := strings.Index(text[at:], words)
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(words)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !wordRune(before) && !wordRune(after) {
			return true
		}
		_, size := utf8.DecodeRuneInString(text[start:])
		at = start + size
	}
}

func wordRune(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// remove deletes a message of ours; one that is gone already is as good.
func (b *Bot) remove(ctx context.Context, m posted) error {
	if err := b.pace.update(ctx); err != nil {
		return err
	}
	err := b.patiently(ctx, func() error { _, _, err := b.api.DeleteMessageContext(ctx, m.channel, m.ts); return err })
	if slackError(err) == "message_not_found" {
		return nil
	}
	return err
}

// patiently waits out Slack's Retry-After a few times.
func (b *Bot) patiently(ctx context.Context, call func() error) error {
	for try := 0; ; try++ {
		err := call()
		wait, limited := retryAfter(err)
		if !limited || try == 5 {
			return err
		}
		if err := b.Sleep(ctx, wait); err != nil {
			return err
		}
	}
}
