package coach

import (
	"slices"
	"strings"
)

// dressed is an angle with its draft. Its words are written when somebody
// wants to read them.
type dressed struct {
	family  Family
	channel Channel
	angle   Angle
	from    material
	draft   *Variant // nil when none was left; the rep writes (A1)
	words   *words   // nil until they are written
}

// words are a draft with its blanks filled.
type words struct{ subject, text, opener, voicemail string }

// dress finds a draft for an angle on a family: the first variant in the order of this
// prospect (variantsFor) that was not used, whose blanks can be filled and whose texts are
// unlike all earlier ones (A1, A6).
func (r *run) dress(f Family, a Angle) (dressed, bool) {
	channel := a.channelFor(f)
	free := slices.DeleteFunc(r.variantsFor(a, channel), func(v *Variant) bool {
		return slices.Contains(r.variants, v.ID) || r.declinedVariant(a, v.ID)
	})
	free = free[min(len(free), r.putAside(a)):]
	for _, strict := range [2]bool{true, false} {
		for m := range r.materials(a) {
			for _, v := range free {
				if !v.suits(a, r.filler(&m), strict) {
					continue
				}
				if w, ok := r.fresh(v, &m); ok {
					return dressed{family: f, channel: channel, angle: a, from: m, draft: v, words: w}, true
				}
			}
		}
	}
	return dressed{}, false
}

// BuiltIn is the Source of the drafts that came with the program.
const BuiltIn = "built-in"

// variantsFor are the drafts of an angle for a channel in the order in which
// this prospect gets them: the team's own new ones first, then the others from
// a place that the prospect's number gives, so that two people who are due on
// the same morning do not get the same words, and each always gets the same
// ones (A4).
func (r *run) variantsFor(a Angle, channel Channel) []*Variant {
	all := r.c.Drafts[a]
	out := make([]*Variant, 0, 8)
	own := 0
	for i := range all {
		if v := &all[i]; v.Channel == channel {
			if v.Source != BuiltIn && own == len(out) {
				own++
			}
			out = append(out, v)
		}
	}
	if rest := out[own:]; len(rest) > 1 && r.p.ID > 1 {
		n := int((r.p.ID - 1) % int64(len(rest)))
		slices.Reverse(rest[:n])
		slices.Reverse(rest[n:])
		slices.Reverse(rest)
	}
	return out
}

// suits tells whether a variant can be filled with what material m offers.
// When it is strict each blank has a value; otherwise one that the prospect's
// data leaves open may be shown to the rep, never the one the angle rests on.
func (v *Variant) suits(a Angle, fill filler, strict bool) bool {
	rests, open, ground := false, false, fill.from.blank()
	for _, text := range v.texts() {
		open = open || strings.Contains(text, "[")
		for name := range blanks(text) {
			if name == ground {
				rests = true
			}
			if fill.value(name) != "" {
				continue
			}
			if strict || a.rests() && slices.Contains(grounds, name) {
				return false
			}
		}
	}
	// A variant that says nothing of the fact would use it up for nothing,
	// unless the rep is to write it in.
	return rests || fill.from.fact == nil && fill.from.nugget == nil || !strict && open
}

// grounds are the blanks that an angle can rest on.
var grounds = []string{"fact", "said", "introduction", "nugget"}

func (v *Variant) texts() [4]string { return [4]string{v.Opener, v.Voicemail, v.Subject, v.Text} }

// blanks yields the names of the brace blanks of a text.
func blanks(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for {
			i := strings.IndexByte(text, '{')
			if i < 0 {
				return
			}
			j := strings.IndexByte(text[i:], '}')
			if j < 0 || !yield(text[i+1:i+j]) {
				return
			}
			text = text[i+j+1:]
		}
	}
}

// filler fills the blanks of a draft that rests on some material.
type filler struct {
	r    *run
	from *material
}

func (r *run) filler(m *material) filler { return filler{r, m} }

// value is what stands in the place of a blank; "" when it is not known.
func (f filler) value(blank string) string {
	p, rep, today := f.r.p, f.r.c.Rep, f.r.today
	if blank == f.from.blank() && blank != "" {
		return tidy(f.from.text())
	}
	switch blank {
	case "first":
		return p.First()
	case "name":
		return oneLine(p.Name)
	case "company":
		return oneLine(p.Company)
	case "industry":
		return oneLine(p.Industry)
	case "title":
		return oneLine(p.Title)
	case "gatekeeper":
		return oneLine(p.Gatekeeper.Name)
	case "last_talk":
		return ago(p.LastTalk, today)
	case "meeting":
		if p.NextMeeting >= today {
			return p.NextMeeting.day()
		}
	}
	if rep == nil {
		return ""
	}
	switch blank {
	case "my_name":
		return oneLine(rep.Name)
	case "my_company":
		return oneLine(rep.Company)
	case "me":
		me, _, _ := strings.Cut(oneLine(rep.Name), " ")
		return me
	}
	return ""
}

// in fills the blanks of a text; one without a value is shown as a blank of
// the rep's. Values are put in as they are and never read for blanks again.
func (f filler) in(text string) string {
	var b strings.Builder
	b.Grow(len(text) + 64)
	for {
		i := strings.IndexByte(text, '{')
		j := -1
		if i >= 0 {
			j = strings.IndexByte(text[i:], '}')
		}
		if j < 0 {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:i])
		name := text[i+1 : i+j]
		if v := f.value(name); v != "" {
			b.WriteString(v)
		} else {
			b.WriteString("[" + strings.ReplaceAll(name, "_", " ") + "]")
		}
		text = text[i+j+1:]
	}
}

// written are the words of a suggestion.
func (r *run) written(d dressed) words {
	switch {
	case d.draft == nil:
		return r.blankDraft(d)
	case d.words != nil:
		return *d.words
	}
	return r.render(d.draft, &d.from)
}

func (r *run) render(v *Variant, m *material) words {
	f := r.filler(m)
	w := words{subject: f.in(v.Subject), text: f.in(v.Text), opener: f.in(v.Opener), voicemail: f.in(v.Voicemail)}
	if w.voicemail != "" && !slices.Contains(r.usable, FamilyEmail) {
		w.voicemail, w.subject, w.text = withoutEmail(w.voicemail), "", "" // H2
	}
	return w
}

// withoutEmail leaves the sentences out that announce an email (H2).
func withoutEmail(text string) string {
	var b strings.Builder
	for rest := text; rest != ""; {
		n := sentenceEnd(rest)
		if s := rest[:n]; !strings.Contains(Fold(s), "email") && !strings.Contains(Fold(s), "e-mail") {
			b.WriteString(s)
		}
		rest = rest[n:]
	}
	if s := strings.TrimSpace(b.String()); s != "" {
		return s
	}
	return text
}

// sentenceEnd is the length of the first sentence with the space behind it.
func sentenceEnd(s string) int {
	for i := 0; i < len(s)-1; i++ {
		if (s[i] == '.' || s[i] == '?' || s[i] == '!') && (s[i+1] == ' ' || s[i+1] == '\n') {
			for i++; i < len(s) && (s[i] == ' ' || s[i] == '\n'); i++ {
			}
			return i
		}
	}
	return len(s)
}

// blankDraft is what is shown when an angle must come and no variant is left:
// a blank with its purpose, for the rep to write (A1).
func (r *run) blankDraft(d dressed) (w words) {
	text := "[" + d.angle.Purpose() + "]"
	switch d.channel {
	case Call:
		w.opener = text
		if d.angle == AskGatekeeper {
			return w
		}
		fallthrough
	case Voicemail:
		w.voicemail = text
		if slices.Contains(r.usable, FamilyEmail) {
			w.text = text
		}
	default:
		w.text = text
	}
	return w
}
