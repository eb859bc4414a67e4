package bot

import (
	"context"
	"fmt"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// note adds a fact, or what the gatekeeper said: note REF KIND: TEXT.
func (b *Bot) note(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	id, ask, err := b.which(ctx, in, l)
	if err != nil || ask != nil {
		return asked(ask), err
	}
	kind, text := noteKind(l)
	if kind == "" || text == "" {
		return Reply{}, coach.Problem(fmt.Sprintf("A note needs its kind: “%s note %d said: onboarding takes six weeks”, with one of research, said, introduction, trigger, gatekeeper.", in.Slash, id))
	}
	d, err := b.change(ctx, in.Turn, id, func(_ *storage.Tx, c coach.Case) (string, error) {
		label := "noted something about " + view.Who(c.Prospect)
		if kind == "gatekeeper" {
			return label, c.NoteGatekeeper(text)
		}
		_, err := c.Note(coach.FactKind(kind), text)
		return label, err
	})
	if err != nil {
		return Reply{}, err
	}
	return Show(view.Done(view.NotedWords(d.Prospect, kind), d.Undo, view.Next{Label: "Next step", Line: fmt.Sprintf("next %d", id)})), nil
}

// noteKind reads KIND with or without its colon; the kind may be begun.
func noteKind(l *line) (kind, text string) {
	tok, ok := l.peek()
	if !ok || tok.quoted {
		return "", ""
	}
	word, after, colon := strings.Cut(tok.text, ":")
	kinds := append(factKinds(), "gatekeeper")
	kind, ok = oneOf(word, kinds...)
	if !ok || !colon && foldWord(kind) != foldWord(word) {
		return "", ""
	}
	l.next()
	return kind, strings.TrimSpace(strings.TrimSpace(after + " " + l.rest()))
}
