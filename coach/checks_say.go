package coach

import (
	"slices"
	"strings"
)

// Point is what a person reads of the findings of one id: said once, with the
// words that they point at in a row.
type Point struct {
	ID    string
	Name  string   // in a word or two, where there is no room for more
	Words []string // what it points at, as written, shortened
	Say   string   // why, one sentence or a few
	Do    string   // what to do
}

// Points are the findings as a person reads them: what makes it rework first
// (D1), and no words blamed twice: of two phrases that overlap the graver wins,
// then the longer. text is the text that was judged.
func (r DraftReport) Points(text string) []Point {
	found := r.unblamed()
	var out []Point
	for _, grave := range []bool{true, false} {
		for _, f := range found {
			if slices.ContainsFunc(out, func(p Point) bool { return p.ID == f.ID }) {
				continue
			}
			var mine []Finding
			isGrave := false
			for _, g := range found {
				if g.ID == f.ID {
					mine = append(mine, g)
					isGrave = isGrave || g.grave
				}
			}
			if isGrave == grave {
				out = append(out, point(text, mine))
			}
		}
	}
	return out
}

// unblamed leaves out the phrases that lie within or across a graver or longer
// one.
func (r DraftReport) unblamed() []Finding {
	weight := func(f Finding) int { return f.End - f.Start + yes(f.grave)<<20 }
	return slices.DeleteFunc(slices.Clone(r.Findings), func(f Finding) bool {
		return f.many != "" && slices.ContainsFunc(r.Findings, func(o Finding) bool {
			return o.many != "" && o.ID != f.ID && o.Start < f.End && f.Start < o.End && weight(o) > weight(f)
		})
	})
}

// point draws together the findings of one id.
func point(text string, found []Finding) Point {
	p := Point{ID: found[0].ID, Name: FindingName(found[0].ID)}
	var say, do []string
	for i, f := range found {
		words := ""
		if f.Start >= 0 && f.End > f.Start && f.End <= len(text) {
			words = short(oneLine(text[f.Start:f.End]), pointedMost)
			p.Words = append(p.Words, words)
		}
		sentence := f.Say
		if f.many != "" {
			var row []string
			for _, o := range found {
				if o.many == f.many {
					row = append(row, "“"+short(oneLine(text[o.Start:o.End]), pointedMost)+"”")
				}
			}
			if len(row) > 1 {
				sentence = enumerate(row) + f.many
			}
			if slices.IndexFunc(found, func(o Finding) bool { return o.many == f.many }) < i {
				continue // it stands in the row
			}
		} else if words != "" && !strings.Contains(sentence, "“") {
			sentence = "“" + words + "”: " + sentence
		}
		say = append(say, sentence)
		if !slices.Contains(do, f.Do) {
			do = append(do, f.Do)
		}
	}
	p.Say, p.Do = strings.Join(say, " "), strings.Join(do, " ")
	return p
}

// pointedMost is how many letters of what is pointed at are quoted.
const pointedMost = 60

// enumerate is "a, b and c".
func enumerate(row []string) string {
	n := len(row) - 1
	if n < 1 {
		return strings.Join(row, "")
	}
	return strings.Join(row[:n], ", ") + " and " + row[n]
}

// findingNames say each finding in a word or two.
var findingNames = map[string]string{
	TooLong: "too long", Cryptic: "unclear who or what", Repeat: "said before", Generic: "nothing about them", Placeholder: "a blank left in",
	WrongWorld: "another business", Jargon: "jargon", SoundsLikeEveryone: "stock phrases", AboutMe: "more about you than about them",
	NoReason: "no reason to answer", NoAsk: "no question", ManyAsks: "too many questions", CheckingIn: "an empty follow-up", Needy: "begging",
	HardToScan: "hard to read at a glance", Unpaired: "no word of the email",
}

// FindingName is a finding's id in a word or two of plain English.
func FindingName(id string) string { return findingNames[id] }

// Unjudged says what could not be judged, and what would let it be, in words;
// "" when all was. p is the prospect that the check knew, nil for nobody.
func (r DraftReport) Unjudged(p *Prospect) string {
	not := func(id string) bool { return slices.Contains(r.NotJudged, id) }
	var out []string
	switch {
	case r.NotEnglish:
		return "This is not English, so only length, repeats, blanks, capitals and the subject were judged."
	case p == nil && not(Generic):
		out = append(out, "Not judged: whether it could have gone to anyone, and whether its words fit their business. Say who it is for, and it will be.")
	case p != nil && not(Generic):
		out = append(out, "Not judged: whether it could have gone to anyone. A company, a trade or one fact about "+p.First()+" would show it.")
	case p != nil && not(WrongWorld):
		out = append(out, "Not judged: whether its words fit their business. The trade of "+oneLine(p.Company)+" would show it.")
	}
	if not(Cryptic) {
		out = append(out, "It is not signed, so whether they can tell who is writing was not judged either.")
	}
	return strings.Join(out, " ")
}
