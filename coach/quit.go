package coach

import (
	"fmt"
)

// leastReplies is how many replies the team's own evidence needs before it is
// shown at the moment of quitting (V8b).
const leastReplies = 10

// AtQuit is the team's own evidence at the moment of quitting after n
// attempts: how many of its last replies came at this attempt or later, and ""
// with fewer than ten replies (V8b).
func (e Evidence) AtQuit(n int) string {
	total, later := 0, 0
	for i, replies := range e.Attempts {
		if i == 0 {
			continue
		}
		total += replies
		if i >= n {
			later += replies
		}
	}
	switch {
	case total < leastReplies || n < 1:
		return ""
	case later == 0:
		return fmt.Sprintf("Of your team's last %d replies, none came at attempt %d or later. Stopping here is sound.", total, n)
	}
	return fmt.Sprintf("Of your team's last %d replies, %d came at attempt %d or later.", total, later, n)
}

// Record is what the team has earned with that angle in this prospect's
// situation (A4); false under ten attempts, which say nothing (S6).
func (c Case) Record(a Angle) (r Rate, enough bool) {
	r = c.Evidence.Angles[c.Prospect.Situation()][a]
	return r, r.Tried >= rateFrom
}

// EvidenceSay is AtQuit for the attempt that would come next (V8b).
func (c Case) EvidenceSay() string { return c.Evidence.AtQuit(c.run().made() + 1) }

// Early tells whether a rep who wants to move on is to be told what has not
// been tried, because V1 does not hold (V6): once per campaign, and Warn notes
// that it was.
func (c Case) Early() bool {
	p := c.Prospect
	if !p.running() || len(p.Campaigns) == 0 || p.Warned == p.current().No {
		return false
	}
	r := c.run()
	m := r.next()
	k := r.judge(m).Kind
	return k != MoveOnVerdict && k != StopVerdict && m.kind != noWay
}

// LastTexts are the texts last sent in the campaign, newest first, at most n,
// to be looked at again (D2).
func (c Case) LastTexts(n int) []Touch {
	var out []Touch
	p := c.Prospect
	for i := len(p.Touches) - 1; i >= 0 && len(out) < n; i-- {
		if camp := p.current(); p.Touches[i].Text != "" && (camp == nil || p.Touches[i].Campaign == camp.No) {
			out = append(out, p.Touches[i])
		}
	}
	return out
}

// OnTime tells whether the attempt was made on or before its due day (C7).
func (t Touch) OnTime() bool { return t.Due == 0 || t.On <= t.Due }
