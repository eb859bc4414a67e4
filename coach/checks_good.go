package coach

import "fmt"

// praiseMost is how many good things are said; what is true and concrete, and
// no more.
const praiseMost = 3

// praise says what is good about a draft. A draft that must be reworked gets
// only what is true of it beyond doubt.
func (c *check) praise() {
	say := func(ok bool, s string) {
		if ok && len(c.report.Good) < praiseMost {
			c.report.Good = append(c.report.Good, s)
		}
	}
	found := map[string]bool{}
	for _, f := range c.report.Findings {
		found[f.ID] = true
	}
	say(c.specific && c.isEnglish && !found[WrongWorld], c.specificSay)
	say(c.questions == 1 && !found[ManyAsks] && c.isEnglish, "It asks one question that can be answered in a line.")
	say(c.isEnglish && c.figures(), "It gives a figure they can picture.")
	switch c.in.Channel {
	case Voicemail:
		say(!found[TooLong] && !found[Cryptic], fmt.Sprintf("It speaks in about %d seconds.", c.report.SpokenSeconds))
		say(c.isEnglish && !found[Unpaired] && c.paired(), "It says that an email follows.")
	case Email, "":
		say(!found[TooLong] && !found[Cryptic] && c.report.Words > 0 && c.report.Words <= emailFirst, fmt.Sprintf("At %d words it can be read on a phone.", c.report.Words))
	case LinkedIn, Text:
		say(!found[TooLong] && c.report.Words > 0, "It can be read at a glance.")
	}
	if c.report.Verdict == Send && len(c.report.Good) == 0 {
		c.report.Good = []string{"It is plain and short, and nothing in it stands in the way of an answer."}
	}
}

func (c *check) paired() bool {
	for _, h := range c.hits {
		if h.kind == kindPaired {
			return true
		}
	}
	return false
}
