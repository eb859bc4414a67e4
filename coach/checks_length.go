package coach

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// The lengths of section 6.
const (
	voicemailSoft, voicemailHard = 20, 30 // seconds
	emailFirst, emailLater       = 75, 125
	emailHard                    = 200 // words
	linkedInMost, textMost       = 300, 160
	sentenceMost, paragraphMost  = 30, 60 // words
)

// spokenSpread is how far the estimate may be off to either side.
const spokenSpread = 0.1

func (c *check) tooLong() {
	text := strings.TrimSpace(c.r.text[c.r.bodyStart:])
	switch c.in.Channel {
	case Voicemail, Call:
		c.spoken(text)
	case LinkedIn:
		c.characters(text, linkedInMost, "LinkedIn shows about %d characters of a note, and this has %d.")
	case Text:
		c.characters(text, textMost, "A text message is read at a glance up to %d characters, and this has %d.")
	default:
		c.emailWords()
	}
}

func (c *check) spoken(text string) {
	s := c.x.spokenSeconds(text)
	c.report.SpokenSeconds = int(math.Round(s))
	c.report.SpokenFrom = int(s * (1 - spokenSpread))
	c.report.SpokenTo = int(math.Ceil(s * (1 + spokenSpread)))
	if c.in.Channel != Voicemail || s <= voicemailSoft {
		return
	}
	c.overHard = s > voicemailHard
	do := "Keep your name, your company, one reason and the email that follows; leave the rest to the email."
	if !c.overHard {
		do = "Take out one sentence; the email that follows can carry it."
	}
	c.add(TooLong, 0, 0, fmt.Sprintf("Spoken aloud this takes about %d to %d seconds, and most people stop listening after %d.",
		c.report.SpokenFrom, c.report.SpokenTo, voicemailSoft), do)
}

func (c *check) characters(text string, most int, say string) {
	if n := utf8.RuneCountInString(text); n > most {
		c.add(TooLong, 0, 0, fmt.Sprintf(say, most, n), fmt.Sprintf("Cut %d characters: keep the one thing about them and the one question.", n-most))
	}
}

func (c *check) emailWords() {
	words, most := c.report.Words, emailLater
	what := "An email that can be answered from a phone has at most %d words, and this has %d."
	if c.in.Attempt == 1 {
		most = emailFirst
		what = "A first email gets read up to about %d words, and this has %d."
	}
	if words <= most {
		return
	}
	c.overHard = words > emailHard
	c.add(TooLong, 0, 0, fmt.Sprintf(what, most, words), "Keep the sentence about them and your question; save the rest for the next attempt.")
}

// hardToScan looks for what cannot be read at a glance. Long sentences and
// paragraphs are left alone where the language is not known (D4), and
// paragraphs where the whole is one.
func (c *check) hardToScan() {
	r := &c.r
	if r.hasSubject && r.subject[0] == r.subject[1] {
		c.add(HardToScan, 0, 0, "The subject is empty, so the message looks like a mistake in a full inbox.", "Give it two to five plain words that say what it is about.")
	}
	if c.isEnglish {
		for _, s := range c.sentences {
			start, end := int(r.toks[s.from].start), int(r.toks[s.to-1].end)
			if n := wordCount(r.text[start:end]); n > sentenceMost {
				c.add(HardToScan, start, end, fmt.Sprintf("This sentence has %d words; nobody reads one that long twice.", n), "Split it where you would take a breath.")
			}
		}
		if c.in.Channel == Email || c.in.Channel == "" {
			c.paragraphs()
		}
	}
	c.shouting()
	c.exclamations()
}

func (c *check) paragraphs() {
	r := &c.r
	for i := r.from; i < r.to; {
		j := i + 1
		for j < r.to && r.toks[j].para == r.toks[i].para {
			j++
		}
		start, end := int(r.toks[i].start), int(r.toks[j-1].end)
		if n := wordCount(r.text[start:end]); n > paragraphMost && r.toks[i].bits&quoted == 0 {
			c.add(HardToScan, start, end, fmt.Sprintf("This paragraph has %d words and looks like a wall on a phone.", n), "Break it after the first thought, and see what you can drop.")
		}
		i = j
	}
}

// shouting finds ordinary words in capitals; names and abbreviations such as
// NASA or ISO are none.
func (c *check) shouting() {
	toks := [2][]token{c.subject, c.r.toks[c.r.from:c.r.to]}
	for _, run := range toks {
		for i := 0; i < len(run); {
			j, letters, ordinary := i, 0, false
			for ; j < len(run) && run[j].bits&shouted != 0 && run[j].bits&(quoted|numeric) == 0; j++ {
				if j > i && run[j].sent != run[i].sent {
					break
				}
				n := int(run[j].end - run[j].start)
				letters += n
				ordinary = ordinary || n > 3 && (c.x.ordinary[run[j].stem] || c.x.common[run[j].word])
			}
			if j > i && !c.isBlank(int(run[i].start)) && (ordinary || j-i > 2 && letters >= 12) {
				c.add(HardToScan, int(run[i].start), int(run[j-1].end), "Capitals read as shouting.", "Write it in small letters; if it matters, the sentence will carry it.")
				return
			}
			i = max(j, i+1)
		}
	}
}

// isBlank tells whether a placeholder was found at that byte.
func (c *check) isBlank(at int) bool {
	return slices.ContainsFunc(c.report.Findings, func(f Finding) bool { return f.ID == Placeholder && f.Start <= at && at < f.End })
}

func (c *check) exclamations() {
	r := &c.r
	count, last := 0, 0
	end := len(r.text)
	if r.to < len(r.toks) {
		end = int(r.toks[r.to].start)
	}
	for i := 0; i < end; i++ {
		if r.text[i] == '!' {
			count++
			last = i
		}
	}
	if count > 1 {
		c.add(HardToScan, last, last+1, "More than one exclamation mark sounds like an advertisement.", "End the sentences with full stops.")
	}
}
