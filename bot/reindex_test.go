package bot

import (
	"maps"
	"sync/atomic"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// C8: a table that the team edited moves what is due, at the next minute.
func TestC8_DueDaysFollowAnEditedTable(t *testing.T) {
	t.Parallel()
	var pb atomic.Pointer[coach.Playbook]
	w := newWorld(t, monday(t, 10, 0), func(c *Config) {
		pb.Store(c.Playbook())
		c.Playbook = pb.Load
	}, nil)
	k := &talk{t: t, w: w, p: w.slack.Person("ada")}
	k.types(addJane)
	k.types("log 1 email homework Jane, new hub, new carriers: who checks their invoices?")
	w.tick(monday(t, 10, 1))
	before := k.life(1).Due
	edited := *pb.Load()
	edited.Cadence = coach.Table{}
	for p, rows := range pb.Load().Cadence {
		edited.Cadence[p] = map[coach.Urgency]map[coach.Level]int{}
		for u, row := range rows {
			edited.Cadence[p][u] = maps.Clone(row)
			for l := range row {
				edited.Cadence[p][u][l] = 30
			}
		}
	}
	pb.Store(&edited)
	w.tick(monday(t, 10, 2))
	if after := k.life(1).Due; after <= before || after.String() != "2026-04-01" {
		t.Errorf("due %s, before %s", after, before)
	}
	k.types("undo").sees("Taken back: logged email")
}
