package bot

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// maxWhy is how long a rep's own why may be, in characters.
const maxWhy = 300

// why shows or sets the rep's own why, which the nudge carries now and then (S5).
func (b *Bot) why(ctx context.Context, in Command) (Reply, error) {
	text := readLine(in.Text).rest()
	if text == "" {
		if in.Rep.Why == "" {
			return Reply{}, coach.Problem(fmt.Sprintf("Your why is one sentence on how you help people: “%s why I take paperwork off people's desks”. Now and then it comes with the morning message.", in.Slash))
		}
		return Show(view.Words("Your why: " + in.Rep.Why)), nil
	}
	if utf8.RuneCountInString(text) > maxWhy {
		return Reply{}, coach.Problem(fmt.Sprintf("One sentence is enough: at most %d characters.", maxWhy))
	}
	first, _ := readLine(in.Text).peek()
	if r, err := b.whyThem(ctx, in, first.quoted || !asksWhy(text)); r != nil || err != nil {
		return asked(r), err
	}
	if !first.quoted && asksWhy(text) {
		ask := view.Next{Label: "It is my why", Line: "why " + asText(text)}
		return Show(view.Ask("That looks like a question, and this command keeps your own why. On a card and beside each step stands why it is suggested. Nothing is changed.", ask)), nil
	}
	d, err := b.changeRep(ctx, in.Turn, "set the why", func(r *storage.RepRow) { r.Why = text })
	if err != nil {
		return Reply{}, err
	}
	return Show(view.Done("Kept. Now and then it comes with the morning message: "+text, d.undo)), nil
}

// whyThem answers "why jane" and "why do you propose a call to jane": the next
// step of the one person whom the line names carries its reason. A sentence of
// one's own names nobody, or more than a name: nil.
func (b *Bot) whyThem(ctx context.Context, in Command, alone bool) (*Reply, error) {
	for l := readLine(in.Text); !l.done(); l.next() {
		if tok, _ := l.peek(); tok.quoted {
			return nil, nil
		}
		ahead := *l
		id, ask, err := b.onlyNamed(ctx, in.Turn, &ahead, func(id int64, _ string) string { return fmt.Sprintf("next %d", id) })
		if err != nil {
			return nil, err
		}
		if id == 0 && ask == nil {
			if alone {
				return nil, nil
			}
			continue
		}
		if alone && !ahead.done() {
			return nil, nil
		}
		if ask != nil {
			return ask, nil
		}
		r, err := b.runs(ctx, in, fmt.Sprintf("next %d", id))
		return &r, err
	}
	return nil, nil
}

// asksWhy tells a question that begins with why from a sentence of one's own.
func asksWhy(text string) bool {
	word, _ := firstWord(strings.ToLower(text))
	switch word {
	case "is", "are", "was", "were", "do", "does", "did", "should", "not", "can", "am", "has", "have", "will":
		return true
	}
	return strings.HasSuffix(strings.TrimSpace(text), "?")
}
