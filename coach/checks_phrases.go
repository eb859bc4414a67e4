package coach

import "slices"

// hitsMost is how many findings of one id a list gives; more would only tire.
const hitsMost = 4

// each adds a finding for every different phrase of a kind.
func (c *check) each(k kind, id, say, many, do string) {
	var seen []*phrase
	for _, h := range c.hits {
		if h.kind != k || slices.Contains(seen, h.phrase) || len(seen) == hitsMost {
			continue
		}
		seen = append(seen, h.phrase)
		c.addOf(id, h, say, many, do)
	}
}

// jargon leaves alone what belongs to the prospect's own trade: their words
// are theirs to use.
func (c *check) jargon() {
	if p := c.in.Prospect; p != nil {
		c.hits = slices.DeleteFunc(c.hits, func(h hit) bool {
			return h.kind == kindJargon && (c.holds(p.Industry, h.phrase) || c.holds(p.Company, h.phrase) || c.holds(p.Title, h.phrase))
		})
	}
	c.each(kindJargon, Jargon, " is a word nobody says aloud.", " are words nobody says aloud.", "Say it as you would to a friend at lunch.")
}

func (c *check) soundsLikeEveryone() {
	c.each(kindStock, SoundsLikeEveryone, " is what everyone writes, so it sounds like no one.", " are what everyone writes, so they sound like no one.", "Put one problem and one result of somebody like them in its place.")
}

func (c *check) needy() {
	c.each(kindNeedy, Needy, " makes you smaller than you are.", " make you smaller than you are.", "Leave it out; you are offering something.")
}

// checkingIn finds empty follow-ups. Alone they are no message at all (D1).
func (c *check) checkingIn() {
	found := false
	for _, h := range c.hits {
		if h.kind == kindEmpty {
			found = true
			break
		}
	}
	if !found {
		return
	}
	c.emptyFollowUp = c.questions == 0 && !c.fact && !c.offers() && !c.figures()
	do := "Drop it and begin with the thing that is worth their time."
	if c.emptyFollowUp {
		do = "Find one new thing for them first: a fact, a story, or a question that is easy to answer."
	}
	c.each(kindEmpty, CheckingIn, " gives them nothing new to answer.", " give them nothing new to answer.", do)
}

// noReason: no question, no offer, nothing of value.
func (c *check) noReason() {
	if !c.reason && !c.excused() {
		c.add(NoReason, 0, 0, "There is nothing in it for them: no question, no offer, nothing worth knowing.", "Add one thing they would miss if they did not answer.")
	}
}

// asks counts what is wanted from them: questions and requests, by sentence.
func (c *check) asks() {
	if c.excused() {
		return
	}
	n, first, last := 0, sentence{}, sentence{}
	for _, s := range c.sentences {
		if s.question || s.asks {
			if n == 0 {
				first = s
			}
			n++
			last = s
		}
	}
	switch {
	case n == 0:
		c.add(NoAsk, 0, 0, "It does not say what you would like them to do.", "End with one question that can be answered in a line.")
	case n > 2:
		c.add(ManyAsks, int(c.r.toks[first.from].start), int(c.r.toks[last.to-1].end), "It asks for several things at once, and the easiest answer to that is none.", "Keep the question you most want answered.")
	}
}

// unpaired: a voicemail that does not say an email follows. Without a usable
// address there is none to announce (H2).
func (c *check) unpaired() {
	if c.in.Channel != Voicemail {
		return
	}
	if p := c.in.Prospect; p != nil && !p.Emailable() {
		return
	}
	for _, h := range c.hits {
		if h.kind == kindPaired && (h.sent < 0 || !c.sentences[h.sent].empty) {
			return // and not "did you get my email"
		}
	}
	c.add(Unpaired, 0, 0, "It does not say that an email follows, and hardly anybody writes down a number.", "Say that you are sending this by email too, and send it right after.")
}
