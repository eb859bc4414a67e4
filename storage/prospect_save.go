package storage

import (
	"errors"
	"fmt"
	"slices"

	"github.com/prospectcoach/prospectcoach/coach"
)

// insertLife adds a new prospect with all it brings and sets the ids. batch is
// the change if it brings them by steps, else 0.
func (q querier) insertLife(p *coach.Prospect, change, batch int64) error {
	switch {
	case p.ID != 0:
		return fmt.Errorf("prospect %d is there already", p.ID)
	case p.Owner == "":
		return errors.New("a prospect needs an owner")
	}
	cols := append(prospectColumns(p), derive(p).columns()...)
	cols = append(cols, column{name: "last_change", arg: change}, column{name: "batch", arg: batch})
	if err := q.one(insertInto("prospects", cols)+" RETURNING id", args(cols), &p.ID); err != nil {
		return err
	}
	return q.saveChildren(&coach.Prospect{}, p)
}

// saveLife writes what differs between before and after, a few rows for a
// logged touch however long the life is, and tells whether anything did.
func (q querier) saveLife(before, after *coach.Prospect) (bool, error) {
	cols := changed(append(prospectColumns(before), derive(before).columns()...), append(prospectColumns(after), derive(after).columns()...))
	if len(cols) == 0 && sameChildren(before, after) {
		return false, nil
	}
	if err := q.update("prospects", cols, "id = $1", after.ID); err != nil {
		return false, err
	}
	return true, q.saveChildren(before, after)
}

func sameChildren(a, b *coach.Prospect) bool {
	return same(a.Facts, b.Facts, factColumns) && same(a.Touches, b.Touches, touchColumns) && same(a.Skips, b.Skips, skipColumns) &&
		same(a.Campaigns, b.Campaigns, campaignColumns) && same(a.Declined, b.Declined, declineColumns)
}

func same[T any](a, b []T, columns func(*T) []column) bool {
	return slices.EqualFunc(a, b, func(x, y T) bool { return len(changed(columns(&x), columns(&y))) == 0 })
}

func (q querier) saveChildren(before, after *coach.Prospect) error {
	facts := children[coach.Fact]{table: "facts", columns: factColumns, id: func(f *coach.Fact) *int64 { return &f.ID }}
	if err := facts.save(q, after.ID, before.Facts, after.Facts); err != nil {
		return err
	}
	// A touch stays with whoever made it, also when the prospect is handed over.
	touches := children[touchRow]{table: "touches", columns: touchRowColumns, id: func(t *touchRow) *int64 { return &t.ID }, rep: after.Owner}
	rows := touchRows(after)
	if err := touches.save(q, after.ID, touchRows(before), rows); err != nil {
		return err
	}
	for i := range rows {
		after.Touches[i].ID = rows[i].ID
	}
	skips := children[coach.Skip]{table: "skips", columns: skipColumns, id: func(k *coach.Skip) *int64 { return &k.ID }}
	if err := skips.save(q, after.ID, before.Skips, after.Skips); err != nil {
		return err
	}
	if err := q.saveCampaigns(after.ID, after.Owner, before, after); err != nil {
		return err
	}
	if same(before.Declined, after.Declined, declineColumns) {
		return nil
	}
	if _, err := q.exec("DELETE FROM declines WHERE prospect_id = $1", after.ID); err != nil {
		return err
	}
	for i := range after.Declined {
		cols := append(declineColumns(&after.Declined[i]), column{name: "prospect_id", arg: after.ID}, column{name: "pos", arg: int64(i)})
		if _, err := q.exec(insertInto("declines", cols), args(cols)...); err != nil {
			return err
		}
	}
	return nil
}

// children are rows with an id of their own under a prospect. Their place in
// the slice is kept, for the order of a life is coach's to say.
type children[T any] struct {
	table   string
	columns func(*T) []column
	id      func(*T) *int64
	rep     string // written into new rows, if the table has it
}

func (c children[T]) save(q querier, prospect int64, before, after []T) error {
	type place struct {
		value *T
		pos   int
	}
	old := make(map[int64]place, len(before))
	for i := range before {
		old[*c.id(&before[i])] = place{&before[i], i}
	}
	for i := range after {
		id := c.id(&after[i])
		was, kept := old[*id]
		if !kept || *id == 0 {
			if err := c.insert(q, prospect, i, &after[i]); err != nil {
				return err
			}
			continue
		}
		delete(old, *id)
		cols := changed(c.columns(was.value), c.columns(&after[i]))
		if was.pos != i {
			cols = append(cols, column{name: "pos", arg: int64(i)})
		}
		if err := q.update(c.table, cols, "id = $1", *id); err != nil {
			return err
		}
	}
	gone := make([]int64, 0, len(old))
	for id := range old {
		gone = append(gone, id)
	}
	if len(gone) == 0 {
		return nil
	}
	slices.Sort(gone)
	_, err := q.exec("DELETE FROM "+c.table+" WHERE id IN (SELECT CAST(value AS BIGINT) FROM /*rows($1)*/)", idList(gone))
	return err
}

// insert adds a row; one that has an id already comes back after an undo.
func (c children[T]) insert(q querier, prospect int64, pos int, v *T) error {
	cols := append(c.columns(v), column{name: "prospect_id", arg: prospect}, column{name: "pos", arg: int64(pos)})
	if c.rep != "" {
		cols = append(cols, column{name: "rep", arg: c.rep})
	}
	if id := c.id(v); *id == 0 {
		cols = cols[1:]
		return q.one(insertInto(c.table, cols)+" RETURNING id", args(cols), id)
	}
	_, err := q.exec(insertInto(c.table, cols), args(cols)...)
	return err
}

// saveCampaigns writes campaigns, which are known by their number. Whoever
// owns the prospect when a campaign changes is whose campaign it is.
func (q querier) saveCampaigns(prospect int64, rep string, before, after *coach.Prospect) error {
	old := map[int]*coach.Campaign{}
	pos := map[int]int{}
	for i := range before.Campaigns {
		c := &before.Campaigns[i]
		old[c.No], pos[c.No] = c, i
	}
	for i := range after.Campaigns {
		c := &after.Campaigns[i]
		was := old[c.No]
		if was == nil {
			cols := append(campaignColumns(c), column{name: "prospect_id", arg: prospect}, column{name: "pos", arg: int64(i)}, column{name: "rep", arg: rep})
			if _, err := q.exec(insertInto("campaigns", cols), args(cols)...); err != nil {
				return err
			}
			continue
		}
		delete(old, c.No)
		cols := changed(campaignColumns(was), campaignColumns(c))
		handed := before.Owner != after.Owner && c.Ended == 0
		if len(cols) > 0 || handed {
			cols = append(cols, column{name: "rep", arg: rep})
		}
		if pos[c.No] != i {
			cols = append(cols, column{name: "pos", arg: int64(i)})
		}
		if err := q.update("campaigns", cols, "prospect_id = $1 AND no = $2", prospect, c.No); err != nil {
			return err
		}
	}
	for no := range old {
		if _, err := q.exec("DELETE FROM campaigns WHERE prospect_id = $1 AND no = $2", prospect, no); err != nil {
			return err
		}
	}
	return nil
}

// cloneLife copies everything that coach may change in place.
func cloneLife(p *coach.Prospect) coach.Prospect {
	c := *p
	c.Facts, c.Skips, c.Campaigns, c.Declined = slices.Clone(p.Facts), slices.Clone(p.Skips), slices.Clone(p.Campaigns), slices.Clone(p.Declined)
	c.Touches = slices.Clone(p.Touches)
	for i := range c.Touches {
		c.Touches[i].Uses, c.Touches[i].Findings = slices.Clone(c.Touches[i].Uses), slices.Clone(c.Touches[i].Findings)
	}
	return c
}
