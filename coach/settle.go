package coach

import "strings"

// Settle makes a life out of bare facts, such as an advise document: touches
// before starts belong to an earlier campaign, without starts all are this
// one's; a bounce makes its address unusable unless a later touch got through,
// spoke ends the campaign. It replaces Prospect.Campaigns and reindexes.
// Touches and skips are oldest first.
func (c Case) Settle(s Situation, starts Date) {
	p := c.Prospect
	if s == "" {
		s = Cold
	}
	if starts == 0 {
		starts = c.Today()
		if len(p.Touches) > 0 {
			starts = p.Touches[0].On
			for _, t := range p.Touches {
				starts = min(starts, t.On)
			}
		}
	}
	no := 1
	p.Campaigns = nil
	for _, t := range p.Touches {
		if t.On < starts {
			no = 2
		}
	}
	if no == 2 {
		p.Campaigns = []Campaign{{No: 1, Situation: s, Starts: starts - 1, Ended: starts, End: EndRestarted}}
	}
	p.Campaigns = append(p.Campaigns, Campaign{No: no, Situation: s, Starts: starts})
	for i := range p.Touches {
		t := &p.Touches[i]
		t.Campaign = no
		if t.On < starts {
			t.Campaign = 1
			p.Campaigns[0].Starts = min(p.Campaigns[0].Starts, t.On)
		}
		_ = t.settle() // unknown words are refused where the document is read
	}
	if p.State == "" {
		p.State = Active
	}
	if s == Met && p.MetOn == 0 {
		p.MetOn = starts
		if p.LastTalk != 0 && p.LastTalk < starts {
			p.MetOn = p.LastTalk
		}
	}
	c.settleSkips(no, starts)
	c.settleOutcomes(no)
	for n := 1; n <= no; n++ {
		c.renumber(n, -1)
	}
	c.Reindex()
}

// settleSkips gives skips their campaign and spoils the channel that was due
// at a skip for bad data.
func (c Case) settleSkips(no int, starts Date) {
	p := c.Prospect
	skips := p.Skips
	p.Skips = nil
	for _, s := range skips {
		s.Campaign = no
		if s.On < starts {
			s.Campaign = 1
		}
		if word := strings.ToLower(strings.TrimSpace(s.Reason)); s.Campaign == no && (word == "bounced" || word == "bad-data") {
			r, _ := c.before(s.On)
			if m := r.next(); m.kind == tryNext {
				p.spoil(m.say.family)
			}
		}
		p.Skips = append(p.Skips, s)
	}
}

func (c Case) settleOutcomes(no int) {
	p := c.Prospect
	bad := map[Family]bool{}
	for _, t := range p.Touches {
		f := t.Channel.Family()
		switch t.Outcome {
		case OutcomeBounced:
			bad[f] = true
		case OutcomeSent, OutcomeLeft, OutcomeSpoke, OutcomeGatekeeper:
			bad[f] = false
		}
		if t.Outcome == OutcomeSpoke {
			p.LastTalk = max(p.LastTalk, t.On)
			if t.Campaign == no && p.State == Active {
				c.answered(t.On, AnswerUnknown, "")
			}
		}
	}
	for f, b := range bad {
		if b {
			p.spoil(f)
		}
	}
}
