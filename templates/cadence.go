package templates

import (
	"slices"
	"strconv"
	"strings"

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

// grid holds the cells while they are checked.
type grid map[coach.Purchase]map[coach.Urgency]map[coach.Level]cell

// readCadence reads the whole table; a table with any fault is refused as a
// whole (C2), because half of a rhythm is none.
func readCadence(f *faults, data string) coach.Table {
	root := parse(f, data)
	if root == nil {
		return nil
	}
	rows, ok := pairs(f, root, "the table")
	if !ok {
		return nil
	}
	levels := coach.Levels
	g := grid{}
	for _, row := range rows {
		if row.key == "level" {
			levels = readLevels(f, row.value)
			if levels == nil {
				return nil
			}
		}
	}
	for _, row := range rows {
		if row.key != "level" {
			readRow(f, g, row, levels)
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

// readLevels reads the head row, which may name the levels in any order.
func readLevels(f *faults, n *yaml.Node) []coach.Level {
	list, ok := items(f, n, "the row `level`")
	if !ok {
		return nil
	}
	var levels []coach.Level
	for _, it := range list {
		l := coach.Level(it.Value)
		if !slices.Contains(coach.Levels, l) {
			f.add(it.Line, "level %q is not known; the levels are %s", it.Value, join(coach.Levels))
			return nil
		}
		if slices.Contains(levels, l) {
			f.add(it.Line, "level %s stands in the head row twice", l)
			return nil
		}
		levels = append(levels, l)
	}
	return levels
}

// readRow reads "purchase / urgency: [days for each level]".
func readRow(f *faults, g grid, row pair, levels []coach.Level) {
	left, right, ok := strings.Cut(row.key, "/")
	p, u := coach.Purchase(strings.TrimSpace(left)), coach.Urgency(strings.TrimSpace(right))
	if !ok || !slices.Contains(coach.Purchases, p) || !slices.Contains(coach.Urgencies, u) {
		f.add(row.line, "row %q is not known; a row is named `purchase / urgency`, such as `standard / normal` (purchases: %s; urgencies: %s)",
			row.key, join(coach.Purchases), join(coach.Urgencies))
		return
	}
	cells, ok := items(f, row.value, "row "+row.key)
	if !ok {
		return
	}
	if len(cells) > len(levels) {
		f.add(row.line, "row %s / %s has %d cells for %d levels", p, u, len(cells), len(levels))
		return
	}
	if g[p] == nil {
		g[p] = map[coach.Urgency]map[coach.Level]cell{}
	}
	if g[p][u] == nil {
		g[p][u] = map[coach.Level]cell{}
	}
	for i, c := range cells {
		days, err := strconv.Atoi(c.Value)
		if c.Kind != yaml.ScalarNode || err != nil || days < minGap || days > maxGap {
			f.add(c.Line, "%s / %s, %s: a gap is a whole number of days from %d to %d, not %q", p, u, levels[i], minGap, maxGap, c.Value)
			continue
		}
		g[p][u][levels[i]] = cell{days: days, line: c.Line}
	}
}

// checkWhole names every cell that is missing.
func (g grid) checkWhole(f *faults) {
	for _, p := range coach.Purchases {
		for _, u := range coach.Urgencies {
			if g[p][u] == nil {
				f.add(0, "row %s / %s is missing", p, u)
				continue
			}
			for _, l := range coach.Levels {
				if _, ok := g[p][u][l]; !ok {
					f.add(g.rowLine(p, u), "%s / %s, %s: the cell is missing", p, u, l)
				}
			}
		}
	}
}

// rowLine is the line of the first cell of a row, 0 when it has none.
func (g grid) rowLine(p coach.Purchase, u coach.Urgency) int {
	for _, l := range coach.Levels {
		if c, ok := g[p][u][l]; ok {
			return c.line
		}
	}
	return 0
}

// checkMonotone compares each cell with its neighbour in each of the three
// inputs (C2): never longer for a lower level, a more frequent purchase or a
// higher urgency.
func (g grid) checkMonotone(f *faults) {
	for pi, p := range coach.Purchases {
		for ui, u := range coach.Urgencies {
			for li, l := range coach.Levels {
				c := g[p][u][l]
				if li > 0 {
					lower := coach.Levels[li-1]
					g.compare(f, c, g[p][u][lower], p, u, l, "lower level "+string(lower))
				}
				if pi > 0 {
					often := coach.Purchases[pi-1]
					g.compare(f, c, g[often][u][l], p, u, l, "more frequent purchase "+string(often))
				}
				if ui > 0 {
					higher := coach.Urgencies[ui-1]
					g.compare(f, c, g[p][higher][l], p, u, l, "higher urgency "+string(higher))
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
		for u, cells := range rows {
			t[p][u] = map[coach.Level]int{}
			for l, c := range cells {
				t[p][u][l] = c.days
			}
		}
	}
	return t
}
