package templates

import (
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"

	"github.com/prospectcoach/prospectcoach/coach"
)

// Shortest and longest gap a cell may hold, in days (C2).
const (
	minGap = 1
	maxGap = 30
)

// table is the piece of cadence.yaml.
type table coach.Table

func (t table) addTo(pb *coach.Playbook) { pb.Cadence = coach.Table(t) }

// cell is one gap of the table with the place it stands in.
type cell struct{ days, line int }

// row holds the cells of one purchase and urgency.
type row struct {
	line  int
	cells map[coach.Level]cell
}

// grid holds the rows while they are checked.
type grid map[coach.Purchase]map[coach.Urgency]row

// readCadence reads the whole table; a table with any fault is refused as a
// whole (C2), because half of a rhythm is none.
func readCadence(f *faults, data string) coach.Table {
	root := parse(f, data)
	if root == nil {
		return nil
	}
	purchases, ok := pairs(f, root, "the table")
	if !ok {
		return nil
	}
	g := grid{}
	for _, p := range purchases {
		if !among(f, "purchase", p, coach.Purchases) {
			continue
		}
		rows, _ := pairs(f, p.value, "purchase "+p.key)
		g[coach.Purchase(p.key)] = map[coach.Urgency]row{}
		for _, u := range rows {
			if among(f, "urgency", u, coach.Urgencies) {
				g[coach.Purchase(p.key)][coach.Urgency(u.key)] = readRow(f, p.key+" / "+u.key, u)
			}
		}
	}
	if len(f.list) == 0 {
		g.checkWhole(f)
	}
	if len(f.list) == 0 {
		g.checkMonotone(f)
	}
	if len(f.list) > 0 {
		return nil
	}
	return g.table()
}

// among tells whether a key is one of the known words; another is a fault.
func among[S ~string](f *faults, what string, p pair, words []S) bool {
	if slices.Contains(words, S(p.key)) {
		return true
	}
	f.add(p.line, "%s %q is not known; there are %s", what, p.key, join(words))
	return false
}

// readRow reads the gaps of one purchase and urgency by level.
func readRow(f *faults, name string, u pair) row {
	r := row{line: u.line, cells: map[coach.Level]cell{}}
	cells, _ := pairs(f, u.value, "row "+name)
	for _, c := range cells {
		if !among(f, "level", c, coach.Levels) {
			continue
		}
		days, err := strconv.Atoi(c.value.Value)
		if c.value.Kind != yaml.ScalarNode || err != nil || days < minGap || days > maxGap {
			f.add(c.line, "%s, %s: a gap is a whole number of days from %d to %d, not %q", name, c.key, minGap, maxGap, c.value.Value)
			continue
		}
		r.cells[coach.Level(c.key)] = cell{days: days, line: c.line}
	}
	return r
}

// checkWhole names every cell that is missing.
func (g grid) checkWhole(f *faults) {
	for _, p := range coach.Purchases {
		for _, u := range coach.Urgencies {
			r, ok := g[p][u]
			if !ok {
				f.add(0, "row %s / %s is missing", p, u)
				continue
			}
			for _, l := range coach.Levels {
				if _, ok := r.cells[l]; !ok {
					f.add(r.line, "%s / %s, %s: the cell is missing", p, u, l)
				}
			}
		}
	}
}

// checkMonotone compares each cell with its neighbour in each of the three
// inputs (C2): never longer for a lower level, a more frequent purchase or a
// higher urgency.
func (g grid) checkMonotone(f *faults) {
	for pi, p := range coach.Purchases {
		for ui, u := range coach.Urgencies {
			for li, l := range coach.Levels {
				c := g[p][u].cells[l]
				if li > 0 {
					lower := coach.Levels[li-1]
					g.compare(f, c, g[p][u].cells[lower], p, u, l, "lower level "+string(lower))
				}
				if pi > 0 {
					often := coach.Purchases[pi-1]
					g.compare(f, c, g[often][u].cells[l], p, u, l, "more frequent purchase "+string(often))
				}
				if ui > 0 {
					higher := coach.Urgencies[ui-1]
					g.compare(f, c, g[p][higher].cells[l], p, u, l, "higher urgency "+string(higher))
				}
			}
		}
	}
}

func (g grid) compare(f *faults, c, shorter cell, p coach.Purchase, u coach.Urgency, l coach.Level, than string) {
	if shorter.days > c.days {
		f.add(c.line, "%s / %s, %s: %d is less than the %d (line %d) of the %s; a gap is never longer there",
			p, u, l, c.days, shorter.days, shorter.line, than)
	}
}

func (g grid) table() coach.Table {
	t := coach.Table{}
	for p, rows := range g {
		t[p] = map[coach.Urgency]map[coach.Level]int{}
		for u, r := range rows {
			t[p][u] = map[coach.Level]int{}
			for l, c := range r.cells {
				t[p][u][l] = c.days
			}
		}
	}
	return t
}
