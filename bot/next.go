package bot

import (
	"context"
	"fmt"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// next shows the suggestion for REF, or for the most important one due.
func (b *Bot) next(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	if !l.done() || in.ThreadTS != "" {
		id, ask, err := b.which(ctx, in, l)
		if err != nil || ask != nil {
			return asked(ask), err
		}
		return b.nextFor(ctx, in.Turn, id)
	}
	cards, _, err := b.dueNow(ctx, in.Rep, in.Now)
	if err != nil {
		return Reply{}, err
	}
	if len(cards) == 0 {
		return b.today(ctx, in)
	}
	return b.nextFor(ctx, in.Turn, cards[0].Prospect.ID)
}

// asked is the choice that which or whichDay answered, or nothing.
func asked(ask *Reply) Reply {
	if ask == nil {
		return Reply{}
	}
	return *ask
}

// nextFor shows the suggestion for one prospect. A waiting one is let in (C11).
func (b *Bot) nextFor(ctx context.Context, t Turn, id int64) (Reply, error) {
	c, err := b.open(ctx, t, id)
	if err != nil {
		return Reply{}, err
	}
	if pair, owes := owedEmail(c); owes {
		return b.owedFirst(t, c, pair), nil
	}
	if c.Prospect.State != coach.Waiting {
		return Show(b.suggestion(t, c, "", 0)), nil
	}
	// Looking is no change of theirs: as in the morning the bot lets them in,
	// so that the undo of the import that brought them is not lost by it.
	_, err = b.Store.Change(ctx, storage.Change{Key: t.origin.here() + t.Key, Label: "let in", At: t.Now}, func(tx *storage.Tx) error {
		p, err := tx.Prospect(id)
		if err != nil || p.State != coach.Waiting || p.Owner != c.Prospect.Owner {
			return err
		}
		locked := c
		locked.Prospect = p
		return locked.LetIn()
	})
	if err != nil && !isNotFound(err) {
		return Reply{}, err
	}
	if c, err = b.open(ctx, t, id); err != nil {
		return Reply{}, err
	}
	return Show(b.suggestion(t, c, "Begun with "+view.Who(c.Prospect)+".", 0)), nil
}

// openNext is the click on Open or Next step.
func (b *Bot) openNext(ctx context.Context, in Click) (Reply, error) {
	at, ok := view.ParseTarget(in.Value)
	if !ok {
		return Reply{}, fmt.Errorf("a button of next holds %.60q", in.Value)
	}
	return b.nextFor(ctx, in.Turn, at.ID) // beneath the message, which stays as it is
}

// angle declines the suggested angle and shows another (A2).
func (b *Bot) angle(ctx context.Context, in Click) (Reply, error) {
	at, c, err := b.clicked(ctx, in)
	if err != nil {
		return Reply{}, err
	}
	before := c.Advise().Suggestion
	again := in.Tail == "again" && len(c.Prospect.Declined) > 0
	if stale(at, c.Prospect) || before == nil && !again {
		return b.asItIs(ctx, in.Turn, at, c)
	}
	d, err := b.change(ctx, in.Turn.quiet(), at.ID, func(_ *storage.Tx, c coach.Case) (string, error) {
		if again {
			c.Again()
		} else {
			c.Decline(*before)
		}
		return "Another angle for " + view.Who(c.Prospect), nil
	})
	if err != nil {
		return Reply{}, err
	}
	m := b.suggestion(in.Turn, d.Case, "", 0, otherAngle(d.Case, before)...)
	if at.Place == view.InSuggestion {
		return Redraw(m), nil
	}
	if in.Window != nil {
		return Reply{Message: m, ToDM: true, Update: view.DoneWindow("Another angle", "Another angle for "+view.Who(d.Prospect)+" is in our DM.", 0)}, nil
	}
	return Show(m), nil
}

// otherAngle says which of how many angles this is, or when the same one came
// back for want of another, and what would open one. With none left the
// suggestion itself says so.
func otherAngle(c coach.Case, before *coach.Suggestion) []string {
	a := c.Advise()
	if n := len(c.Prospect.Declined); a.Suggestion != nil && before != nil && n > 0 && a.Suggestion.Angle != before.Angle {
		return []string{fmt.Sprintf("Angle %d of %d for this attempt.", n+1, n+1+len(a.Alternatives))}
	}
	if a.Suggestion == nil || before == nil || (a.Suggestion.Angle != before.Angle || a.Suggestion.Variant != before.Variant) {
		return nil
	}
	notes := []string{"That was every angle for this attempt."}
	if len(a.Missing) > 0 {
		notes = append(notes, a.Missing[0].Say)
	}
	return notes
}

// draft posts the draft alone under the message, so that copying it on a phone
// takes the draft and nothing else.
func (b *Bot) draft(ctx context.Context, in Click) (Reply, error) {
	_, c, err := b.clicked(ctx, in)
	if err != nil {
		return Reply{}, err
	}
	if in.Tail == "pair" {
		pair := c.Companion(c.Prospect.LastVoicemail())
		if pair == nil {
			return Reply{Message: view.Words("The voicemail to " + view.Who(c.Prospect) + " was in your own words, and so is its email.")}, nil
		}
		alone := view.DraftsAlone(c.Prospect, pair.Subject, pair.Draft)
		return Reply{Message: alone[0], Also: alone[1:]}, nil
	}
	s := c.Advise().Suggestion
	if s == nil {
		return Reply{Message: view.Words("There is no draft for " + view.Who(c.Prospect) + " now.")}, nil
	}
	var all []view.Message
	for _, d := range view.Drafts(s) {
		all = append(all, view.DraftsAlone(c.Prospect, d.Subject, d.Text)...)
	}
	if len(all) == 0 {
		return Reply{Message: view.Words("There is no draft for " + view.Who(c.Prospect) + " now.")}, nil
	}
	return Reply{Message: all[0], Also: all[1:]}, nil
}
