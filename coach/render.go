package coach

import (
	"slices"
	"strings"
)

// dressed is an option with its draft.
type dressed struct {
	family  Family
	channel Channel
	angle   Angle
	from    material
	variant string
	blank   bool // no variant was left; the rep writes (A1)

	subject, text, opener, voicemail string
}

// dress finds a draft for an option: the first variant in the order of this
// prospect (variantsFor) that was not used, whose blanks can be filled and whose texts are
// unlike all earlier ones (A1, A6).
func (r *run) dress(o option) (dressed, bool) {
	channel := o.angle.channelFor(o.family)
	free := slices.DeleteFunc(r.variantsFor(o.angle, channel), func(v *Variant) bool {
		return r.variants[v.ID] || r.declinedVariant(o.angle, v.ID)
	})
	free = free[min(len(free), r.putAside(o.angle)):]
	for _, strict := range [2]bool{true, false} {
		for _, m := range o.materials {
			fill := r.filler(m)
			for _, v := range free {
				if !v.suits(o.angle, m, fill, strict) {
					continue
				}
				d := r.render(v, o, m, fill)
				if r.fresh(d) {
					return d, true
				}
			}
		}
	}
	return dressed{}, false
}

// builtIn is the Source of the drafts that came with the program.
const builtIn = "built-in"

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
			if v.Source != builtIn && own == len(out) {
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
func (v *Variant) suits(a Angle, m material, fill filler, strict bool) bool {
	rests, open := false, false
	for _, text := range v.texts() {
		open = open || strings.Contains(text, "[")
		for name := range blanks(text) {
			if name == m.blank {
				rests = true
			}
			if fill[name] != "" {
				continue
			}
			if strict || a.rests() && slices.Contains(grounds, name) {
				return false
			}
		}
	}
	// A variant that says nothing of the fact would use it up for nothing,
	// unless the rep is to write it in.
	return rests || m.fact == nil && m.nug == nil || !strict && open
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

// filler is the values of the blanks by name; what is not known is absent.
type filler map[string]string

// filler makes the values for a draft that rests on m.
func (r *run) filler(m material) filler {
	p := r.p
	f := filler{
		"first": p.First(), "name": oneLine(p.Name), "company": oneLine(p.Company), "industry": oneLine(p.Industry), "title": oneLine(p.Title),
		"gatekeeper": oneLine(p.Gatekeeper.Name), "last_talk": ago(p.LastTalk, r.today), "meeting": "",
	}
	if r.c.Rep != nil {
		f["my_name"], f["my_company"] = oneLine(r.c.Rep.Name), oneLine(r.c.Rep.Company)
		f["me"], _, _ = strings.Cut(f["my_name"], " ")
	}
	if p.NextMeeting >= r.today {
		f["meeting"] = p.NextMeeting.day()
	}
	if m.blank != "" {
		f[m.blank] = tidy(m.text)
	}
	return f
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
		if v := f[name]; v != "" {
			b.WriteString(v)
		} else {
			b.WriteString("[" + strings.ReplaceAll(name, "_", " ") + "]")
		}
		text = text[i+j+1:]
	}
}

func (r *run) render(v *Variant, o option, m material, f filler) dressed {
	d := dressed{family: o.family, channel: v.Channel, angle: o.angle, from: m, variant: v.ID,
		subject: f.in(v.Subject), text: f.in(v.Text), opener: f.in(v.Opener), voicemail: f.in(v.Voicemail)}
	if d.voicemail != "" && !slices.Contains(r.usable, FamilyEmail) {
		d.voicemail, d.subject, d.text = withoutEmail(d.voicemail), "", "" // H2
	}
	return d
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
func (r *run) blankDraft(a Angle, f Family) dressed {
	text := "[" + a.Purpose() + "]"
	d := dressed{family: f, channel: a.channelFor(f), angle: a, blank: true}
	switch d.channel {
	case Call:
		d.opener = text
		if a == AskGatekeeper {
			return d
		}
		fallthrough
	case Voicemail:
		d.voicemail = text
		if slices.Contains(r.usable, FamilyEmail) {
			d.text = text
		}
	default:
		d.text = text
	}
	return d
}
