package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// keeper is the kind of a note on what the gatekeeper is or said.
const keeper = "gatekeeper"

// note adds a fact, or what the gatekeeper said: note REF KIND: TEXT.
func (b *Bot) note(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	id, ask, err := b.which(ctx, in, l)
	if err != nil || ask != nil {
		return asked(ask), err
	}
	if l.done() && in.Trigger != "" {
		c, err := b.open(ctx, in.Turn, id)
		if err != nil {
			return Reply{}, err
		}
		return Reply{Open: view.NoteForm(c.Prospect, view.InSuggestion)}, nil
	}
	kind, text := saidKind(l, append(factKinds(), keeper)...)
	if kind == "" && !l.done() {
		return askNoteKind(id, l.rest()), nil
	}
	if kind == "" || text == "" {
		return Reply{}, coach.Problem(fmt.Sprintf("A note needs its kind: “%s note %d said: onboarding takes six weeks”, with one of research, said, introduction, trigger, gatekeeper.", in.Slash, id))
	}
	d, done, err := b.noted(ctx, in.Turn, id, view.Noting{Kind: kind, Text: text}, 0)
	if err != nil {
		return Reply{}, err
	}
	r := Show(view.Done(done, d.Undo, view.Next{Label: "Next step", Line: fmt.Sprintf("next %d", id)}, view.Next{Label: "Card", Line: fmt.Sprintf("show %d", id)}))
	if aTime(kind) {
		r.Also = b.askWhen(in.Turn, d, text)
	}
	return r, nil
}

// askNoteKind keeps the words of a note and asks what they are.
func askNoteKind(id int64, text string) Reply {
	text = strings.TrimSpace(strings.TrimLeft(text, ": "))
	var next []view.Next
	if word, after, ok := strings.Cut(text, ":"); ok {
		if near := nearWord(strings.ToLower(word), append(factKinds(), keeper)...); near != "" {
			return Show(view.Ask(fmt.Sprintf("“%.40s”: did you mean “%s”? Nothing is noted yet.", word, near),
				view.Next{Label: "Yes: " + near, Line: fmt.Sprintf("note %d %s: %s", id, near, strings.TrimSpace(after))}))
		}
	}
	for _, k := range []struct{ label, kind string }{
		{"They said it", string(coach.Said)}, {"I found it out", string(coach.Research)}, {"It happened there", string(coach.Trigger)},
		{"Somebody to introduce", string(coach.Introduction)}, {"The gatekeeper said it", keeper},
	} {
		next = append(next, view.Next{Label: k.label, Line: fmt.Sprintf("note %d %s: %s", id, k.kind, text)})
	}
	return Show(view.Ask(fmt.Sprintf("“%.300s”: where is it from? Nothing is noted yet.", text), next...))
}

// noted adds one note and says what was noted and what it opened. A clear no
// chance of the gatekeeper's ends the campaign and its reminders (V5).
func (b *Bot) noted(ctx context.Context, t Turn, id int64, n view.Noting, on coach.Date) (deed, string, error) {
	n.Text = coach.Unquoted(n.Text)
	before, err := b.open(ctx, t, id)
	if err != nil {
		return deed{}, "", err
	}
	had := before.Advise()
	d, err := b.change(ctx, t, id, func(tx *storage.Tx, c coach.Case) (string, error) {
		if n.Kind != keeper {
			_, err := c.Note(coach.FactKind(n.Kind), n.Text, on)
			return "noted a fact about " + view.Who(c.Prospect), err
		}
		was := c.Prospect.State
		if err := c.NoteGatekeeper(n.Text); err != nil {
			return "", err
		}
		if c.Prospect.State != was {
			return "stopped " + view.Who(c.Prospect), tx.Dismiss(id)
		}
		return "noted the gatekeeper of " + view.Who(c.Prospect), nil
	})
	if err != nil {
		return deed{}, "", err
	}
	return d, view.NotedWords(d.Prospect, n, had, d.Advise()), nil
}

// noteClick opens the small form for a fact.
func (b *Bot) noteClick(ctx context.Context, in Click) (Reply, error) {
	at, c, err := b.clicked(ctx, in)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Open: view.NoteForm(c.Prospect, at.Place)}, nil
}

// noteForm is the submitted form: errors at the field, the outcome in the
// window, and the message behind it drawn anew, with what the fact opened.
func (b *Bot) noteForm(ctx context.Context, in Form) (Reply, error) {
	at, ok := view.ParseTarget(in.Meta)
	if !ok {
		return Reply{}, fmt.Errorf("the note window holds %.60q", in.Meta)
	}
	n := view.ReadNote(in.State)
	n.Text = tidy(n.Text)
	if n.Text == "" {
		return Reply{Errors: map[string]string{"text": "A few words are missing, such as: opened a hub in Leipzig."}}, nil
	}
	var on coach.Date
	if n.On != "" {
		var err error
		if on, err = ParseDay(tidy(n.On), in.today(), Behind); err != nil {
			return Reply{Errors: map[string]string{"on": atField(err)}}, nil
		}
	}
	d, done, err := b.noted(ctx, in.Turn, at.ID, n, on)
	var problem coach.Problem
	if errors.As(err, &problem) {
		return Reply{Errors: map[string]string{"text": string(problem)}}, nil
	}
	if err != nil {
		return Reply{}, err
	}
	r, err := b.inWindow(ctx, in.Turn, at.Place, d, "Noted", done)
	if aTime(n.Kind) {
		r.Also = b.askWhen(in.Turn, d, n.Text)
	}
	if at.Place == view.InSuggestion && in.origin.ts != "" {
		r.Behind = b.suggestion(in.Turn, d.Case, done, d.Undo)
	}
	return r, err
}

// saidKind reads KIND and the text behind it: the whole word with or without a
// colon, or a beginning of one with it, for a text may begin with any word. ""
// and nothing read for anything else.
func saidKind(l *line, kinds ...string) (kind, text string) {
	tok, ok := l.peek()
	if !ok || tok.quoted {
		return "", ""
	}
	word, _, colon := strings.Cut(tok.text, ":")
	kind, ok = oneOf(word, kinds...)
	switch {
	case ok && colon:
		l.at = tok.end - len(tok.text) + len(word) + 1
	case ok && foldWord(kind) == foldWord(word):
		l.next()
	default:
		return "", ""
	}
	return kind, l.rest()
}
