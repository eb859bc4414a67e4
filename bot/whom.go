package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// mostOffered is how many of the rep's own a form offers; Slack takes no more.
const mostOffered = 100

// whom are the rep's own prospects that a draft or a touch can be for, the due
// ones first, and of these the one whom text greets: that one stands at the
// head, and is the id. 0 when nobody is greeted, or several could be.
func (b *Bot) whom(ctx context.Context, t Turn, text string) (view.Whom, int64, error) {
	w := view.Whom{}
	for _, states := range [][]coach.State{{coach.Active, coach.Engaged}, {coach.Snoozed, coach.Waiting}} {
		room := max(1, mostOffered-len(w.Lines))
		rows, total, err := b.Store.List(ctx, storage.ListQuery{Owner: t.Rep.ID, States: states, OrderDue: true, Limit: room})
		if err != nil {
			return w, 0, err
		}
		w.More = w.More || total > len(rows)
		w.Lines = append(w.Lines, viewLines(rows)...)
	}
	greeted, err := b.greets(ctx, t, text)
	if err != nil || greeted == nil {
		return w, 0, err
	}
	w.Lines = first(w.Lines, viewLines([]storage.Row{*greeted})[0])
	return w, greeted.ID, nil
}

// whomWith is whom with that prospect of the rep's at the head; 0 is nobody.
func (b *Bot) whomWith(ctx context.Context, t Turn, id int64) (view.Whom, error) {
	w, _, err := b.whom(ctx, t, "")
	if err != nil || id == 0 {
		return w, err
	}
	p, err := b.mine(ctx, t, id)
	w.Lines = first(w.Lines, view.Line{ID: p.ID, Name: p.Name, Company: p.Company})
	return w, err
}

// first puts a line at the head of the others.
func first(lines []view.Line, l view.Line) []view.Line {
	lines = slices.DeleteFunc(lines, func(o view.Line) bool { return o.ID == l.ID })
	return slices.Insert(lines, 0, l)
}

// hellos begin a message before the name.
var hellos = []string{"hi", "hello", "hey", "dear", "good", "morning", "afternoon", "evening", "day", "mr", "mrs", "ms", "dr"}

// greets is the one of the rep's own prospects whose first or last name begins
// a message; nil for nobody, or when it could be several.
func (b *Bot) greets(ctx context.Context, t Turn, text string) (*storage.Row, error) {
	if line, rest, ok := strings.Cut(text, "\n"); ok && strings.HasPrefix(strings.ToLower(line), "subject:") {
		text = rest
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\n,.:;!–—", r) })
	for len(words) > 0 && slices.Contains(hellos, strings.ToLower(words[0])) {
		words = words[1:]
	}
	if len(words) == 0 {
		return nil, nil
	}
	rows, err := b.Store.Find(ctx, t.Rep.ID, words[0])
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(r storage.Row) bool {
		names := strings.Fields(r.Name)
		if r.State == coach.Stopped || r.State == coach.Won || len(names) == 0 {
			return true
		}
		return !strings.EqualFold(names[0], words[0]) && !strings.EqualFold(names[len(names)-1], words[0])
	})
	if len(rows) != 1 {
		return nil, nil
	}
	return &rows[0], nil
}
