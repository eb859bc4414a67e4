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
	d, err := b.change(ctx, in.Turn, id, func(tx *storage.Tx, c coach.Case) (string, error) {
		label := "noted something about " + view.Who(c.Prospect)
		if kind == "gatekeeper" {
			return label, noteGatekeeper(tx, c, text)
		}
		_, err := c.Note(coach.FactKind(kind), text)
		return label, err
	})
	if err != nil {
		return Reply{}, err
	}
	return Show(view.Done(view.NotedWords(d.Prospect, kind), d.Undo, view.Next{Label: "Next step", Line: fmt.Sprintf("next %d", id)})), nil
}

// noteGatekeeper records what the gatekeeper is or said. A clear no chance ends
// the campaign there and then (V5), so that the prospect is found among the
// stopped ones and can be reopened.
func noteGatekeeper(tx *storage.Tx, c coach.Case, text string) error {
	p := c.Prospect
	was := p.Gatekeeper.NoChance
	if err := c.NoteGatekeeper(text); err != nil || was || !p.Gatekeeper.NoChance {
		return err
	}
	switch p.State {
	case coach.Active, coach.Snoozed, coach.Waiting:
		if err := c.Stop("no chance, says the gatekeeper"); err != nil {
			return err
		}
		return tx.Dismiss(p.ID)
	}
	return nil
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
