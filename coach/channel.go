package coach

import "slices"

// usable are the families that can lead (H1), in the order in which ties are
// broken: the data is known and good, and a text needs that they have spoken
// and that the number is not known as a land line.
func (p *Prospect) usable(spoken bool) []Family {
	families := make([]Family, 0, 4)
	phone := p.Phone != "" && !p.PhoneBad
	if phone {
		families = append(families, FamilyPhone)
	}
	if p.Emailable() {
		families = append(families, FamilyEmail)
	}
	if p.LinkedIn != "" {
		families = append(families, FamilyLinkedIn)
	}
	if phone && spoken && !p.landLine() {
		families = append(families, FamilyText)
	}
	return families
}

// emailFits tells whether email may lead the next attempt while another family
// is usable (H5).
func (r *run) emailFits() bool {
	if len(r.usable) < 2 {
		return true
	}
	n := r.made()
	if r.camp.Situation == Cold && n < 6 && r.led(FamilyEmail) >= maxEmails {
		return false
	}
	if n < maxEmails {
		return true
	}
	for _, a := range r.attempts[n-maxEmails:] {
		if a.family != FamilyEmail {
			return true
		}
	}
	return false
}

// maxEmails is how many emails may lead among the first six of a cold
// campaign, and in a row (H5).
const maxEmails = 3

// open are the usable families that may lead the next attempt: not the one
// that led last, unless it alone is left (H1, H5).
func (r *run) open() []Family {
	allowed := make([]Family, 0, 4)
	for _, f := range r.usable {
		if f != FamilyEmail || r.emailFits() {
			allowed = append(allowed, f)
		}
	}
	if last := r.ledLast(); len(allowed) > 1 {
		allowed = slices.DeleteFunc(allowed, func(f Family) bool { return f == last })
	}
	return allowed
}

// order is the order in which families take their turn: the least used first,
// ties by the order phone, email, linkedin, text (H1).
func (r *run) order() []Family {
	families := r.open()
	slices.SortStableFunc(families, func(a, b Family) int { return r.led(a) - r.led(b) })
	return families
}

// lastOrder is the order of the last tries (H1).
var lastOrder = []Family{FamilyEmail, FamilyLinkedIn, FamilyText, FamilyPhone}

// lastFamily leads the next of the last tries: a usable family that has not
// led yet, so that each one leads before a full plan ends (H4), else the first
// of email, linkedin, text, phone (H1).
func (r *run) lastFamily() Family {
	open := r.open()
	first := Family("")
	for _, f := range lastOrder {
		if !slices.Contains(open, f) {
			continue
		}
		if r.led(f) == 0 {
			return f
		}
		if first == "" {
			first = f
		}
	}
	return first
}

// phoneBefore tells whether a phone-led attempt from attempt 3 on reached
// somebody already; the first one is the gatekeeper's (H3).
func (r *run) phoneBefore() bool {
	for i, a := range r.attempts {
		if i >= 2 && a.family == FamilyPhone && a.made {
			return true
		}
	}
	return false
}

// gatekept tells whether there is a gatekeeper to ask, not asked before (H3).
func (r *run) gatekept() bool {
	p := r.p
	if r.gatekeeper || p.Line == Mobile || p.Line == Direct {
		return false
	}
	known := p.Gatekeeper.Name != "" || p.Gatekeeper.Said != "" || p.Gatekeeper.BestTime != ""
	return known || slices.Index(Levels, r.level) >= slices.Index(Levels, Director)
}
