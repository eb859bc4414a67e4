package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/storage"
)

// runAgain runs the command line a button carries: the answer to a choice, a
// typo's nearest, the next page. Pressing it twice is one press, because the
// key is the message's and the line's, not the click's.
func (b *Bot) runAgain(ctx context.Context, in Click) (Reply, error) {
	word, rest := firstWord(in.Value)
	r, ok := b.routes.command(word, false)
	if !ok {
		return Reply{}, fmt.Errorf("a button runs %.60q", in.Value)
	}
	t := in.Turn
	t.Key = pressKey(in)
	c := Command{Turn: t, Word: r.Word, Text: strings.TrimSpace(rest), Whole: in.Value}
	reply, err := r.do(b, ctx, c)
	if opensBeneath(r.Word) || strings.HasPrefix(in.Tail, "look-") {
		return reply, err
	}
	reply.Replace = true
	return reply, err
}

// opensBeneath are commands that only look; their answer comes beneath the
// message, which stays useful. A button whose id ends in look-… does so too.
func opensBeneath(word string) bool {
	switch word {
	case "show", "next", "plan", "help":
		return true
	}
	return false
}

// pressKey names a press of this button in this message, however often it is
// pressed; without a message it is the click's own. What the button says goes
// in as a hash: a key outlives the person whom the line may name.
func pressKey(in Click) string {
	if in.Message.TS == "" {
		return in.Key
	}
	return strings.Join([]string{"press", in.Channel, in.Message.TS, opaque(in.Value)}, ":")
}

// more is a menu: what was chosen names another button of the same prospect.
func (b *Bot) more(ctx context.Context, in Click) (Reply, error) {
	id, value, _ := strings.Cut(in.Value, " ")
	r, ok := b.routes.click(id)
	if !ok || id == view.ActionMore {
		return Reply{}, fmt.Errorf("a menu holds %.60q", in.Value)
	}
	in.Action, in.Tail, _ = strings.Cut(id, ":")
	in.Value = value
	return r.do(b, ctx, in)
}

func isNotFound(err error) bool { return errors.Is(err, storage.ErrNotFound) }
