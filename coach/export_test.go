package coach

// Usable are the families that can reach the prospect (H1).
func (c Case) Usable() []Family { return c.run().usable }
