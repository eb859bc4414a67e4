package bot

import (
	"context"
	"errors"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
)

// logForm is the submitted log form. Everything is decided before the window
// changes; the window itself shows what came of it.
func (b *Bot) logForm(ctx context.Context, in Form) (Reply, error) {
	v, at := view.ReadLog(in.State)
	if v.Prospect == "" {
		return Reply{Errors: map[string]string{at: "Choose whom it was for."}}, nil
	}
	c := Command{Turn: in.Turn, Word: "log"}
	id, ask, err := b.which(ctx, c, readLine(formRef(v.Prospect)))
	var problem coach.Problem
	switch {
	case ask != nil:
		return Reply{Errors: map[string]string{at: "That can be several. The number finds the right one."}}, nil
	case errors.As(err, &problem):
		return Reply{Errors: map[string]string{at: string(problem)}}, nil
	case err != nil:
		return Reply{}, err
	}
	touch := coach.Touch{Channel: coach.Channel(v.Channel), Angle: coach.Angle(v.Angle), Outcome: coach.Outcome(v.Outcome), Text: tidy(v.Text)}
	if v.On != "" {
		if touch.On, err = ParseDay(tidy(v.On), in.today(), Behind); err != nil {
			return Reply{Errors: map[string]string{"on": atField(err)}}, nil
		}
	}
	d, err := b.logTouch(ctx, in.Turn, id, touch)
	if errors.As(err, &problem) {
		return Reply{Errors: map[string]string{"channel": string(problem)}}, nil
	}
	if err != nil {
		return Reply{}, err
	}
	return b.loggedInWindow(in.Turn, d, touch), nil
}

// loggedInWindow says in the window what was recorded. What has buttons of its
// own, the question after a talk and the email that a voicemail announced,
// goes to the DM, and the window says so.
func (b *Bot) loggedInWindow(t Turn, d deed, touch coach.Touch) Reply {
	words := view.LoggedWords(d.Prospect, touch, d.Advise(), t.today())
	r := Reply{ToDM: true}
	pair := b.pairNow(d.Case)
	switch {
	case touch.Outcome == coach.OutcomeSpoke:
		words += " The campaign is over; in our DM I ask what came of it."
		r.Message = view.Replied(view.RepliedView{Prospect: d.Prospect, Done: "You spoke with " + d.Prospect.Name + ". The campaign is over.", Place: view.InSuggestion})
	case pair != nil && touch.Outcome == coach.OutcomeLeft:
		words += " The email it announced is ready in our DM."
		r.Message = view.PairOffer(view.PairView{Prospect: d.Prospect, Pair: *pair})
	}
	var notes []string
	if touch.Text != "" && touch.Variant == "" && touch.Outcome != coach.OutcomeBounced { // the rep's own words
		if note := view.CheckLine(touch, d.CheckTouch(touch)); note != "" {
			notes = append(notes, note)
		}
	}
	r.Update = view.DoneWindow("Logged", words, d.Undo, view.Notes(notes)...)
	return r
}

// formRef is a REF from a field: the whole of it is one name, if it is no number.
func formRef(s string) string {
	s = clean(s)
	if _, ok := refNumber(token{text: s}); ok {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, "") + `"`
}

// logShortcut logs a message as a touch: the form opens with its text, and with
// whom it greets.
func (b *Bot) logShortcut(ctx context.Context, in Shortcut) (Reply, error) {
	text := clean(in.Message.Text)
	w, id, err := b.whom(ctx, in.Turn, text)
	return Reply{Open: view.LogForm(view.Touched{Prospect: refOf(id), Text: text}, w)}, err
}
