package coach

// Usable are the families that can reach the prospect (H1).
func (c Case) Usable() []Family { return c.run().usable }

// Gap is the number of calendar days between attempts (C1).
func (pb *Playbook) Gap(p *Prospect) int {
	level, _ := pb.LevelOf(p)
	return pb.gap(p, level)
}

// Empty tells whether nothing was left to compare; such a text is like no other.
func (p Print) Empty() bool { return p.words == 0 }
