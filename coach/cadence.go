package coach

import "fmt"

// DefaultTable is the cadence that the documentation shows (C1).
func DefaultTable() Table {
	row := func(days ...int) map[Level]int {
		m := make(map[Level]int, len(days))
		for i, d := range days {
			m[Levels[i]] = d
		}
		return m
	}
	return Table{
		Commodity: {High: row(1, 1, 2, 3, 3), Normal: row(2, 2, 3, 4, 5), Low: row(3, 4, 5, 6, 7)},
		Standard:  {High: row(1, 2, 3, 4, 5), Normal: row(3, 4, 5, 6, 7), Low: row(5, 6, 7, 9, 10)},
		Capital:   {High: row(4, 5, 7, 8, 10), Normal: row(7, 8, 10, 14, 14), Low: row(10, 10, 12, 14, 14)},
	}
}

// Cell names one cell of the cadence.
type Cell struct {
	Purchase Purchase
	Urgency  Urgency
	Level    Level
}

// CellFault says what is wrong with a cell.
type CellFault struct {
	Cell
	Say string
}

// Check names every cell that is missing, outside 1 to 30, or longer than a
// higher level, a rarer purchase or a lower urgency allows (C2).
func (t Table) Check() []CellFault {
	var faults []CellFault
	for p, purchase := range Purchases {
		for u, urgency := range Urgencies {
			for l, level := range Levels {
				cell := Cell{purchase, urgency, level}
				days, ok := t[purchase][urgency][level]
				say := func(format string, args ...any) {
					faults = append(faults, CellFault{cell, fmt.Sprintf(format, args...)})
				}
				switch {
				case !ok:
					say("%s / %s for %s is missing; a cell holds 1 to 30 days", purchase, urgency, level)
					continue
				case days < 1 || days > 30:
					say("%s / %s for %s is %d; a cell holds 1 to 30 days", purchase, urgency, level, days)
					continue
				}
				check := func(than Cell) {
					if more, ok := t[than.Purchase][than.Urgency][than.Level]; ok && days > more {
						say("%s / %s for %s is %d days, longer than the %d of %s / %s for %s",
							purchase, urgency, level, days, more, than.Purchase, than.Urgency, than.Level)
					}
				}
				if l+1 < len(Levels) {
					check(Cell{purchase, urgency, Levels[l+1]})
				}
				if p+1 < len(Purchases) {
					check(Cell{Purchases[p+1], urgency, level})
				}
				if u+1 < len(Urgencies) {
					check(Cell{purchase, Urgencies[u+1], level})
				}
			}
		}
	}
	return faults
}

// LevelOf is the level the rules use for p, and whether it was guessed from
// the title (C4).
func (pb *Playbook) LevelOf(p *Prospect) (level Level, guessed bool) {
	if p.Level != "" {
		return p.Level, false
	}
	level, _ = pb.GuessLevel(p.Title)
	return level, true
}

// Gap is the number of calendar days between attempts (C1); unknown inputs
// mean the defaults of C4.
func (pb *Playbook) Gap(p *Prospect) int {
	level, _ := pb.LevelOf(p)
	return pb.gap(p, level)
}

func (pb *Playbook) gap(p *Prospect, level Level) int {
	purchase, urgency := p.Purchase, p.Urgency
	if purchase == "" {
		purchase = Standard
	}
	if urgency == "" {
		urgency = Normal
	}
	if d := pb.Cadence[purchase][urgency][level]; d > 0 {
		return d
	}
	return 5 // unreachable with a checked table
}

// nominal is the plan's length (V1) by level, gap and usable families.
func (pb *Playbook) nominal(level Level, gap int, usable []Family) int {
	switch {
	case len(usable) == 0:
		return 0
	case len(usable) == 1 && usable[0] == FamilyEmail:
		return emailAlone
	case gap >= pb.Limits.SlowGap:
		return pb.Limits.PlanSlow
	}
	if n := pb.Limits.PlanLength[level]; n > 0 {
		return n
	}
	return 8
}

// emailAlone is how many attempts a plan has with email alone (H5): three,
// either_way, back_away.
const emailAlone = 5
