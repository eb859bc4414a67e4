package bot

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/view"
)

// answerWithin is how long an answer may take on its way to Slack.
const answerWithin = 20 * time.Second

// wentWrong is what a person is told when a turn failed. It may have failed
// after its change was on disk, as when its time was over while the answer was
// drawn: then what was saved is named, as nobody types a thing twice that they
// know to be done.
func (b *Bot) wentWrong(ctx context.Context, user string, since time.Time, ref string) string {
	again := " If it happens again, give the person who runs the app this reference: " + ref + "."
	done, err := b.Store.Since(ctx, user, since)
	if err != nil {
		return "Something went wrong on our side. Look whether it was saved before you try again." + again
	}
	var said string
	for _, label := range done {
		if label != "" {
			said = label
		}
	}
	switch {
	case said != "":
		return "Saved: " + view.Sentence(said) + " Something went wrong on our side after that, so the rest is not shown." + again
	case len(done) > 0:
		return "Something went wrong on our side after a part of it was saved. Look how it stands before you try again." + again
	}
	return "Something went wrong on our side, and nothing was changed that you were not told of." + again
}

// reference is a short random mark that leads from a person's screen to the log.
func reference() string {
	var r [2]byte
	_, _ = rand.Read(r[:])
	return hex.EncodeToString(r[:])
}
