package bot

import (
	"context"
	"fmt"

	"github.com/prospectcoach/prospectcoach/coach"
)

// ownWeek shows the rep's own figures now; managers also week @rep.
func (b *Bot) ownWeek(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	owner, err := b.listOwner(ctx, in.Turn, l)
	if err != nil {
		return Reply{}, err
	}
	if !l.done() {
		return Reply{}, coach.Problem(fmt.Sprintf("“%s week” shows your week so far.", in.Slash))
	}
	m, err := b.weekMessage(ctx, owner.ID, in.today())
	return Show(m), err
}

// team shows the team's week as the channel will see it.
func (b *Bot) team(ctx context.Context, in Command) (Reply, error) {
	m, err := b.weekMessage(ctx, "", in.today())
	return Show(m), err
}
