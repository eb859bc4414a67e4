package coach

// Wait puts an active prospect aside until its rep's day has room (C11): one
// that was handed over and not begun, or what piled up while the rep was away.
// LetIn takes it up where it stood; until then it is never overdue.
func (c Case) Wait() error {
	p := c.Prospect
	if p.State != Active {
		return notActive(p)
	}
	p.State, p.Declined = Waiting, nil
	if camp := p.current(); camp != nil && !p.Begun() {
		camp.Starts = 0
	}
	c.Reindex()
	return nil
}

// HandOver makes the prospect to's (C11): one whose campaign was not begun
// waits there until the day has room, everybody else stays as they are, in the
// rhythm they had and by the calendar of the new owner. c.Rep is the old one.
func (c Case) HandOver(to *Rep) {
	p := c.Prospect
	p.Owner, c.Rep = to.ID, to
	if p.State == Active && !p.Begun() {
		_ = c.Wait() // it is active
	}
	c.Reindex()
}

// Begun tells whether the current campaign has a touch.
func (p *Prospect) Begun() bool {
	camp := p.current()
	if camp == nil || camp.Ended != 0 {
		return false
	}
	for _, t := range p.Touches {
		if t.Campaign == camp.No {
			return true
		}
	}
	return false
}
