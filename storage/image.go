package storage

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/prospectcoach/prospectcoach/coach"
)

// prospectImage is a life as it was before a change. Touches are many and
// long, and a change alters few of them: those it altered or removed are kept
// whole, of the others only the id, in order.
type prospectImage struct {
	Before     coach.Prospect // with the altered and removed touches only
	Touches    []int64        // all, in order
	Others     []whose        // touches and campaigns that were not the owner's
	LastChange int64
}

// whose names the rep of one touch or campaign.
type whose struct {
	Campaign bool  // else a touch
	ID       int64 // or the campaign's number
	Rep      string
}

// others are the touches and campaigns of a prospect that are not the owner's.
func (q querier) others(p *coach.Prospect) (out []whose, err error) {
	err = q.each(`SELECT 0, id, rep FROM touches WHERE prospect_id = $1 AND rep <> $2
		UNION ALL SELECT 1, no, rep FROM campaigns WHERE prospect_id = $1 AND rep <> $2`, []any{p.ID, p.Owner}, func(rows *sql.Rows) error {
		var o whose
		var kind int
		err := rows.Scan(&kind, &o.ID, &o.Rep)
		o.Campaign = kind == 1
		out = append(out, o)
		return err
	})
	return out, err
}

// giveBack makes them theirs again.
func (q querier) giveBack(prospect int64, others []whose) error {
	for _, o := range others {
		table, key := "touches", "id"
		if o.Campaign {
			table, key = "campaigns", "no"
		}
		if err := q.update(table, []column{{name: "rep", arg: o.Rep}}, "prospect_id = $1 AND "+key+" = $2", prospect, o.ID); err != nil {
			return err
		}
	}
	return nil
}

func lifeImage(l *loadedLife, others []whose) prospectImage {
	img := prospectImage{Before: l.before, Others: others, LastChange: l.lastChange}
	img.Before.Touches = nil
	now := map[int64]*coach.Touch{}
	for i := range l.now.Touches {
		now[l.now.Touches[i].ID] = &l.now.Touches[i]
	}
	for i := range l.before.Touches {
		t := &l.before.Touches[i]
		img.Touches = append(img.Touches, t.ID)
		if same := now[t.ID]; same == nil || len(changed(touchColumns(t), touchColumns(same))) > 0 {
			img.Before.Touches = append(img.Before.Touches, *t)
		}
	}
	return img
}

// restore is the whole life the image stands for, given the one it became.
func (img prospectImage) restore(now *coach.Prospect) (coach.Prospect, error) {
	p := img.Before
	p.ID = now.ID
	byID := map[int64]coach.Touch{}
	for _, t := range slices.Concat(now.Touches, img.Before.Touches) { // the image's last: they win
		byID[t.ID] = t
	}
	p.Touches = nil
	for _, id := range img.Touches {
		t, ok := byID[id]
		if !ok {
			return p, fmt.Errorf("touch %d of prospect %d is not to be found", id, now.ID)
		}
		p.Touches = append(p.Touches, t)
	}
	return p, nil
}

// repImage is a rep's settings as they were, by column.
type repImage struct {
	Settings   map[string]any
	Was, Left  int64 // NextNudge before and after the change
	LastChange int64
}

func repImageOf(r *loadedRep) repImage {
	img := repImage{Settings: map[string]any{}, Was: millis(r.before.NextNudge), Left: millis(r.now.NextNudge), LastChange: r.lastChange}
	for _, c := range changed(writtenSettings(&r.now), writtenSettings(&r.before)) {
		img.Settings[c.name] = c.arg
	}
	return img
}

// columns to write back, in the order of the table; unknown names, from an
// older program, are left out.
func (img repImage) columns() ([]column, error) {
	var out []column
	for _, c := range writtenSettings(&RepRow{}) {
		v, ok := img.Settings[c.name]
		if !ok {
			continue
		}
		if n, ok := v.(json.Number); ok {
			i, err := n.Int64()
			if err != nil {
				return nil, err
			}
			v = i
		}
		out = append(out, column{name: c.name, arg: v})
	}
	return out, nil
}

func readImage(text string, image any) error {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if err := d.Decode(image); err != nil {
		return fmt.Errorf("reading what was before: %w", err)
	}
	return nil
}
