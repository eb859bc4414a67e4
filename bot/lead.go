package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// atAGlance is every rep who pursues somebody, the most late first.
func (b *Bot) atAGlance(ctx context.Context, today coach.Date) ([]view.TeamLine, error) {
	reps, err := b.Store.Reps(ctx)
	if err != nil {
		return nil, err
	}
	loads, err := b.Store.Loads(ctx, today)
	if err != nil {
		return nil, err
	}
	var team []view.TeamLine
	for _, r := range reps {
		if l := loads[r.ID]; l.Active > 0 {
			team = append(team, view.TeamLine{ID: r.ID, Name: r.Name, Active: l.Active, Due: l.Due, Late: l.Late})
		}
	}
	slices.SortStableFunc(team, func(a, c view.TeamLine) int {
		if a.Late != c.Late {
			return c.Late - a.Late
		}
		return strings.Compare(a.Name, c.Name)
	})
	return team, nil
}

// repCalled is the one rep whom a word means by first name, whole name or
// handle, without an @. Nobody, or several, is false.
func (b *Bot) repCalled(ctx context.Context, said string) (storage.RepRow, bool, error) {
	reps, err := b.Store.Reps(ctx)
	if err != nil || said == "" {
		return storage.RepRow{}, false, err
	}
	var hit storage.RepRow
	hits := 0
	for _, r := range reps {
		first, _, _ := strings.Cut(r.Name, " ")
		if strings.EqualFold(said, first) || strings.EqualFold(said, r.Name) || strings.EqualFold(said, r.Handle) {
			hit, hits = r, hits+1
		}
	}
	return hit, hits == 1, nil
}

// askColleague asks whether the rep so called was meant to take over.
func (b *Bot) askColleague(ctx context.Context, id int64, said string) (*Reply, error) {
	said = strings.TrimSpace(said)
	if cut, ok := strings.CutPrefix(strings.ToLower(said), "to "); ok {
		said = strings.TrimSpace(cut)
	}
	if said == "" || strings.HasPrefix(said, "@") {
		return nil, nil
	}
	rep, ok, err := b.repCalled(ctx, said)
	if err != nil || !ok {
		return nil, err
	}
	r := Show(view.Ask(fmt.Sprintf("Do you mean %s? Nothing is handed over yet.", rep.Name), view.Next{Label: "Yes: " + rep.Name, Line: fmt.Sprintf("assign %d @%s", id, rep.ID)}))
	return &r, nil
}
