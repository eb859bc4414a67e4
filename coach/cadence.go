package coach

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

// LevelOf is the level the rules use for p, and whether it was guessed from
// the title (C4).
func (pb *Playbook) LevelOf(p *Prospect) (level Level, guessed bool) {
	if p.Level != "" {
		return p.Level, false
	}
	level, _ = pb.GuessLevel(p.Title)
	return level, true
}

// gap is the number of calendar days between attempts (C1); unknown inputs
// mean the defaults of C4.
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
