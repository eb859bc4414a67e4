package storage

import (
	"context"
	"slices"

	"github.com/prospectcoach/prospectcoach/coach"
)

// reindexed is how many lives are looked at in one transaction, so that
// nobody's command waits behind a whole team's.
const reindexed = 100

// Reindex writes anew the due days of some prospects, which are only an index
// of what the rules say (C8), after their calendar or table changed. due
// answers the day for a life, which it may alter: only the day is kept. It is
// nobody's change, so undo neither sees it nor is lost by it. Those that are
// not there are left out.
func (s *Store) Reindex(ctx context.Context, ids []int64, due func(*coach.Prospect) coach.Date) error {
	for some := range slices.Chunk(ids, reindexed) {
		err := s.write(ctx, "reindexing due days", func(q querier) error {
			lives, err := q.lives(some, forUpdate)
			if err != nil {
				return err
			}
			for i := range lives {
				was := cloneLife(&lives[i].Prospect)
				now := was
				if now.Due = due(&lives[i].Prospect); now.Due == was.Due {
					continue
				}
				if err := q.update("prospects", changed(prospectColumns(&was), prospectColumns(&now)), "id = $1", was.ID); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
