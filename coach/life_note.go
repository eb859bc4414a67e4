package coach

import (
	"fmt"
	"slices"
	"strings"
)

// Note adds a fact learned on a day (zero for today), answering it.
func (c Case) Note(kind FactKind, text string, on Date) (Fact, error) {
	p := c.Prospect
	if on == 0 {
		on = c.Today()
	}
	if on > c.Today() {
		return Fact{}, Problem("A fact was learned today or earlier, such as yesterday or 12 Jan.")
	}
	if !slices.Contains(FactKinds, kind) {
		return Fact{}, Problem(fmt.Sprintf("%q is no kind of fact; there are research, said, introduction and trigger, such as research: opened a hub in Leipzig.", string(kind)))
	}
	if text = Unquoted(text); text == "" {
		return Fact{}, Problem("A fact needs a few words, such as research: opened a hub in Leipzig.")
	}
	for _, f := range p.Facts {
		if f.Kind == kind && Fold(tidy(Unquoted(f.Text))) == Fold(tidy(text)) {
			return Fact{}, Problem(fmt.Sprintf("That is known about %s already.", p.First()))
		}
	}
	f := Fact{Kind: kind, Text: text, On: on}
	p.Facts = append(p.Facts, f)
	c.Reindex()
	return f, nil
}

// openedBy are the angles that a kind of fact can open (section 4).
var openedBy = map[FactKind][]Angle{
	Research: {Homework, SharpQuestion, SecondInsight}, Trigger: {Homework}, Said: {TheirWords, SecondInsight}, Introduction: {IntroduceThem},
}

// Opened is the angle that a new fact of that kind opened: offered for the
// attempt that comes next, and not before. It is "" when there is none.
func Opened(kind FactKind, before, after Advice) Angle {
	had := before.offers()
	for _, a := range after.offers() {
		if slices.Contains(openedBy[kind], a) && !slices.Contains(had, a) {
			return a
		}
	}
	return ""
}

// offers are the angles of the suggestion and of its alternatives.
func (a Advice) offers() []Angle {
	var out []Angle
	if a.Suggestion != nil {
		out = append(out, a.Suggestion.Angle)
	}
	for _, o := range a.Alternatives {
		out = append(out, o.Angle)
	}
	return out
}

// noChance are the words with which a gatekeeper ends it (V5).
var noChance = []string{"no chance", "never going to happen", "don't call again", "do not call again", "stop calling", "not interested, ever"}

// NoteGatekeeper records what the gatekeeper is or said: "Ana, try before 9"
// sets the name and a best time (C5). "no chance" sets NoChance and stops a
// prospect that is pursued there and then (V5), so that it is found among the
// stopped ones and can be reopened.
func (c Case) NoteGatekeeper(text string) error {
	p, today := c.Prospect, c.Today()
	if text = oneLine(Unquoted(text)); text == "" {
		return Problem("Note who the gatekeeper is or what they said, such as gatekeeper: Ana, try before 9.")
	}
	g := &p.Gatekeeper
	name, said := splitName(text)
	if name != "" && !strings.EqualFold(name, g.Name) {
		if g.Name != "" {
			g.Since = today // somebody new, who may be asked anew (H3)
		}
		g.Name = name
	}
	if said != "" {
		g.Said = said
	}
	for _, words := range noChance {
		if strings.Contains(Fold(said), words) {
			g.NoChance = true
		}
	}
	if best := findBestTime(said); best != "" {
		g.BestTime, g.BestOn = best, today
	}
	if g.NoChance && (p.State == Active || p.State == Snoozed || p.State == Waiting) {
		return c.Stop("no chance, says the gatekeeper")
	}
	c.Reindex()
	return nil
}

// EditGatekeeper makes the gatekeeper what the text says, and nobody where it
// is empty: a name, words and the best time read from them are gone when the
// text no longer holds them. A best time told in no words of theirs stays with
// somebody.
func (c Case) EditGatekeeper(text string) error {
	g := &c.Prospect.Gatekeeper
	was := *g
	*g = Gatekeeper{Since: was.Since}
	if text = oneLine(Unquoted(text)); text != "" {
		if was.Said != "" && findBestTime(was.Said) != was.BestTime {
			g.BestTime, g.BestOn = was.BestTime, was.BestOn
		}
		if err := c.NoteGatekeeper(text); err != nil {
			return err
		}
	}
	if was.Name != "" && !strings.EqualFold(g.Name, was.Name) {
		g.Since = c.Today() // somebody new, who may be asked anew (H3)
	}
	if g.BestTime == was.BestTime {
		g.BestOn = was.BestOn
	}
	c.Reindex()
	return nil
}

// splitName parts "Ana, try before 9" into the name and what was said. A text
// without a comma, colon or dash is a name when it is one to three words that
// begin with a capital, else something said.
func splitName(text string) (name, said string) {
	head, tail := text, ""
	for _, sep := range []string{",", ":", " - ", " – ", " — ", ";"} {
		if h, t, ok := strings.Cut(text, sep); ok && len(h) < len(head) {
			head, tail = h, strings.TrimSpace(t)
		}
	}
	head = strings.TrimSpace(head)
	words := strings.Fields(head)
	named := len(words) > 0 && len(words) <= 3
	for _, w := range words {
		if r := []rune(w)[0]; string(r) == strings.ToLower(string(r)) {
			named = false
		}
		if _, ok := parseWeekday(strings.ToLower(w)); ok {
			named = false
		}
	}
	if first := strings.ToLower(head); !named || first == "no chance" || strings.HasPrefix(first, "try ") || strings.HasPrefix(first, "no ") ||
		strings.HasPrefix(first, "before ") || strings.HasPrefix(first, "after ") {
		return "", text
	}
	return head, tail
}

// findBestTime is the longest run of words in a text that reads as a best
// time, as it was said; "" without one.
func findBestTime(said string) string {
	words := strings.Fields(said)
	for i, w := range words {
		words[i] = strings.ToLower(strings.Trim(w, ",.;!?()"))
	}
	words = slices.DeleteFunc(words, func(w string) bool { return w == "at" || w == "around" || w == "about" || w == "o'clock" })
	for n := min(3, len(words)); n > 0; n-- {
		for i := 0; i+n <= len(words); i++ {
			s := strings.Join(words[i:i+n], " ")
			if b, ok := ParseBestTime(s); ok && (n > 1 || b.HasDay || strings.Contains(s, ":") || len(words) <= 2) {
				return s
			}
		}
	}
	return ""
}
