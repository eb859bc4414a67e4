package bot

import (
	"context"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/templates"
)

// playbookClick shows a manager the cadence and the drafts the team is coached
// by, with where each comes from.
func (b *Bot) playbookClick(_ context.Context, in Click) (Reply, error) {
	if !in.Manager {
		return Reply{}, coach.Problem("Cadence and drafts are shown to managers. Yours stand in each prospect's plan.")
	}
	pb := b.Playbook()
	v := view.PlaybookView{Cadence: pb.Cadence, Own: pb.Own, Faults: b.currentFaults()}
	for _, e := range templates.Describe(pb) {
		if n := len(v.Drafts); n == 0 || v.Drafts[n-1].Angle != e.Angle {
			v.Drafts = append(v.Drafts, view.DraftCount{Angle: e.Angle})
		}
		d := &v.Drafts[len(v.Drafts)-1]
		d.All, d.Own = d.All+e.Variants, d.Own+e.Own
	}
	return Show(view.Playbook(v)), nil
}
