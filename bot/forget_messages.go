package bot

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// errGoesRound says that Slack's next page is the one just read.
var errGoesRound = errors.New("the next page is the one before")

// posted is a message of ours in Slack.
type posted struct{ channel, ts string }

// looked is whom a search is for, and what it found so far.
type looked struct {
	b     *Bot
	whom  storage.Erasure
	found []posted
}

func (l *looked) add(channel, ts string) {
	if p := (posted{channel, ts}); !slices.Contains(l.found, p) {
		l.found = append(l.found, p)
	}
}

// search reads one DM to its end, newest first, and the threads in it: what was
// shown of somebody years ago is theirs as well.
func (b *Bot) search(ctx context.Context, dm string, found *looked) error {
	ask := &slack.GetConversationHistoryParameters{ChannelID: dm, Limit: b.pageSize}
	for {
		var got *slack.GetConversationHistoryResponse
		err := b.patiently(ctx, looking, b.pace.look, func() (err error) { got, err = b.api.GetConversationHistoryContext(ctx, ask); return err })
		if err != nil {
			return fmt.Errorf("reading the DM: %w", err)
		}
		for _, m := range got.Messages {
			hit := b.ours(m) && found.shows(m)
			if hit {
				found.add(dm, m.Timestamp)
			}
			if m.ReplyCount == 0 {
				continue
			}
			if err := b.searchThread(ctx, dm, m.Timestamp, hit, found); err != nil {
				return err
			}
		}
		next := got.ResponseMetaData.NextCursor
		if !got.HasMore || next == "" {
			return nil
		}
		if next == ask.Cursor {
			return errGoesRound
		}
		ask.Cursor = next
	}
}

// searchThread reads a thread. Under a card of theirs every message of ours
// goes: a draft there may say no more than a first name.
func (b *Bot) searchThread(ctx context.Context, dm, ts string, all bool, found *looked) error {
	ask := &slack.GetConversationRepliesParameters{ChannelID: dm, Timestamp: ts, Limit: b.pageSize}
	for {
		var got []slack.Message
		var more bool
		var next string
		err := b.patiently(ctx, reading, b.pace.read, func() (err error) { got, more, next, err = b.api.GetConversationRepliesContext(ctx, ask); return err })
		if err != nil {
			return fmt.Errorf("reading a thread: %w", err)
		}
		for _, m := range got {
			if m.Timestamp != ts && b.ours(m) && (all || found.shows(m)) {
				found.add(dm, m.Timestamp)
			}
		}
		if !more || next == "" {
			return nil
		}
		if next == ask.Cursor {
			return errGoesRound
		}
		ask.Cursor = next
	}
}

func (b *Bot) ours(m slack.Message) bool {
	return m.User == b.me.User || m.BotID != "" && m.BotID == b.me.Bot
}

// shows tells whether a message of ours is about the prospect: by the number
// in the ids of its blocks, or by a name or address anywhere in its words.
func (l *looked) shows(m slack.Message) bool {
	for _, bl := range m.Blocks.BlockSet {
		kind, rest, _ := strings.Cut(bl.ID(), ":")
		number, _, _ := strings.Cut(rest, ":")
		if (kind == "card" || kind == "due") && number == strconv.FormatInt(l.whom.Prospect, 10) {
			return true
		}
	}
	return l.b.marked(entities.Replace(m.Text), l.whom.Marks) || l.b.marked(blockWords(m.Blocks), l.whom.Marks)
}

// blockWords is all that stands in the blocks, one string to a line.
func blockWords(blocks slack.Blocks) string {
	raw, err := json.Marshal(blocks)
	var tree any
	if err == nil {
		err = json.Unmarshal(raw, &tree)
	}
	if err != nil {
		return ""
	}
	var out strings.Builder
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			out.WriteString(v + "\n")
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(tree)
	return out.String()
}

// marks are the name and the address of somebody who is being forgotten, kept
// as keyed hashes of their words for as long as Slack is searched for them.
func (b *Bot) marks(p coach.Prospect) []string {
	var marks []string
	for _, s := range []string{p.Name, p.Email} {
		if w := plainWords(s); len(w) > 0 {
			marks = append(marks, b.mark(w))
		}
	}
	return marks
}

// mark is how many words, and their keyed hash.
func (b *Bot) mark(words []string) string {
	mac := hmac.New(sha256.New, b.HashKey)
	mac.Write([]byte("forgotten:" + strings.Join(words, " ")))
	return strconv.Itoa(len(words)) + ":" + hex.EncodeToString(mac.Sum(nil))
}

// marked tells whether the words of one of the marks stand in the text side by
// side. Whole words count: Bo does not stand in Bob.
func (b *Bot) marked(text string, marks []string) bool {
	words := plainWords(text)
	for _, mark := range marks {
		n, _ := strconv.Atoi(strings.SplitN(mark, ":", 2)[0])
		for i := 0; n > 0 && i+n <= len(words); i++ {
			if b.mark(words[i:i+n]) == mark {
				return true
			}
		}
	}
	return false
}

// plainWords are the runs of letters and digits, in lower case.
func plainWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// remove deletes a message of ours; one that is gone already is as good.
func (b *Bot) remove(ctx context.Context, m posted) error {
	err := b.patiently(ctx, deleting, b.pace.remove, func() error { _, _, err := b.api.DeleteMessageContext(ctx, m.channel, m.ts); return err })
	if slackError(err) == "message_not_found" {
		return nil
	}
	return err
}

// patiently makes a call of a budget when its turn has come, and waits out
// Slack's Retry-After a few times, however long: nobody waits for it. Before
// each call the eraser's lease is made longer, which a long DM would outlast.
func (b *Bot) patiently(ctx context.Context, budget storage.Pace, turn func(context.Context) error, call func() error) error {
	for try := 0; ; try++ {
		if err := turn(ctx); err != nil {
			return err
		}
		if err := b.erases(ctx); err != nil {
			return err
		}
		err := call()
		wait, limited := retryAfter(err)
		if limited {
			b.hold(ctx, budget, wait)
		}
		if !limited || try == 5 {
			return err
		}
	}
}
