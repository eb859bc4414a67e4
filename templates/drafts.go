package templates

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/prospectcoach/prospectcoach/coach"
)

// drafts is the piece of one file of angles/.
type drafts struct {
	angle    coach.Angle
	replace  bool // the built-in drafts of the channels it holds are not used
	variants []coach.Variant
}

// addTo puts a team's own drafts in place of those with the same id, and new
// ones in front, because what a team wrote itself is what it wants to be used.
func (d *drafts) addTo(pb *coach.Playbook) {
	have := slices.Clone(pb.Drafts[d.angle])
	if d.replace {
		have = slices.DeleteFunc(have, func(v coach.Variant) bool {
			return slices.ContainsFunc(d.variants, func(own coach.Variant) bool { return own.Channel == v.Channel })
		})
	}
	var fresh []coach.Variant
	for _, v := range d.variants {
		if i := slices.IndexFunc(have, func(h coach.Variant) bool { return h.ID == v.ID }); i >= 0 {
			have[i] = v
		} else {
			fresh = append(fresh, v)
		}
	}
	pb.Drafts[d.angle] = append(fresh, have...)
}

// all are the channels of an angle that is written for every family; call
// stands for the whole phone bundle.
var all = []coach.Channel{coach.Call, coach.Email, coach.LinkedIn, coach.Text}

// WrittenFor are the channels in which an angle has drafts of its own
// (section 4, last column); call and voicemail share one bundle under call,
// but for back_away, whose phone draft is a voicemail without an opener (H1b).
func WrittenFor(a coach.Angle) []coach.Channel {
	switch a {
	case coach.UsefulPiece:
		return []coach.Channel{coach.Email, coach.LinkedIn}
	case coach.IntroduceThem, coach.ThanksNextStep, coach.SecondInsight:
		return []coach.Channel{coach.Call, coach.Email, coach.LinkedIn}
	case coach.AskGatekeeper:
		return []coach.Channel{coach.Call}
	case coach.BackAway:
		return []coach.Channel{coach.Email, coach.LinkedIn, coach.Text, coach.Voicemail}
	}
	return all
}

// parts are the parts a variant must have, and the only ones it may have.
func parts(a coach.Angle, c coach.Channel) []string {
	switch {
	case a == coach.AskGatekeeper:
		return []string{"opener"}
	case c == coach.Call:
		return []string{"opener", "voicemail", "subject", "email"}
	case c == coach.Voicemail:
		return []string{"voicemail", "subject", "email"}
	case c == coach.Email:
		return []string{"subject", "text"}
	}
	return []string{"text"}
}

// needs are the blanks of which a draft of the angle must hold one, so that
// the fact that it uses up is really said (A1). A blank for the rep in square
// brackets will do as well.
var needs = map[coach.Angle][]string{
	coach.Homework:      {"fact"},
	coach.ValueNugget:   {"nugget"},
	coach.Story:         {"nugget"},
	coach.UsefulPiece:   {"nugget"},
	coach.TheirWords:    {"said"},
	coach.SharpQuestion: {"industry", "fact"},
	coach.IntroduceThem: {"introduction"},
	coach.Reconnect:     {"last_talk"},
	coach.SecondInsight: {"fact", "nugget", "said"},
}

// readDrafts reads one file of angles/. A broken variant is left out; when an
// earlier good one of the same id is known from old, that stays in use (C2).
func readDrafts(f *faults, base, data string, old *drafts, source string) *drafts {
	root := parse(f, data)
	if root == nil {
		return nil
	}
	list, ok := pairs(f, root, "the file")
	if !ok {
		return nil
	}
	d := &drafts{angle: coach.Angle(strings.TrimSuffix(base, path.Ext(base)))}
	line := 1
	for _, p := range list {
		if p.key == "angle" {
			d.angle, line = coach.Angle(p.value.Value), p.line
		}
	}
	if !slices.Contains(coach.Angles, d.angle) {
		f.add(line, "angle %q is not known; the angles are %s", d.angle, join(coach.Angles))
		return nil
	}
	r := draftReader{f: f, drafts: d, old: old, source: source, ids: map[string]int{}}
	for _, p := range list {
		switch p.key {
		case "angle":
		case "replace":
			d.replace = p.value.Value == "true"
			if p.value.Value != "true" && p.value.Value != "false" {
				f.add(p.line, "`replace` is true or false, not %q", p.value.Value)
			}
		default:
			r.channel(p)
		}
	}
	return d
}

// draftReader reads the variants of one file.
type draftReader struct {
	f      *faults
	drafts *drafts
	old    *drafts
	source string
	ids    map[string]int // line of each id
}

// channel reads the list of variants under one channel.
func (r *draftReader) channel(p pair) {
	c := coach.Channel(p.key)
	if written := WrittenFor(r.drafts.angle); !slices.Contains(written, c) {
		if c == coach.Voicemail {
			r.f.add(p.line, "the voicemails of %s stand under `call:`, each with its opener and its email", r.drafts.angle)
			return
		}
		r.f.add(p.line, "%q is no channel that %s is written for; it is written for %s", p.key, r.drafts.angle, join(written))
		return
	}
	list, ok := items(r.f, p.value, p.key)
	if !ok {
		return
	}
	for i, n := range list {
		fields, ok := pairs(r.f, n, "a draft under "+p.key)
		if !ok {
			continue
		}
		r.variant(c, i, n.Line, fields)
	}
}

// variant reads one draft and checks it.
func (r *draftReader) variant(c coach.Channel, i, line int, fields []pair) {
	before := len(r.f.list)
	v := coach.Variant{Angle: r.drafts.angle, Channel: c, Source: coach.BuiltIn}
	if r.source != "" {
		v.Source = fmt.Sprintf("%s:%d", r.f.file, line)
	}
	id := fmt.Sprint(i + 1)
	lines := map[string]int{}
	for _, p := range fields {
		s, ok := scalar(r.f, p.value, fmt.Sprintf("`%s`", p.key))
		if !ok {
			continue
		}
		lines[p.key] = p.line
		switch p.key {
		case "id":
			id = s
		case "subject":
			v.Subject = s
		case "text", "email":
			v.Text = s
		case "opener":
			v.Opener = s
		case "voicemail":
			v.Voicemail = s
		}
	}
	v.ID = fmt.Sprintf("%s/%s/%s", v.Angle, c, id)
	if id == "" || strings.ContainsAny(id, "/ \n") {
		r.f.add(line, "the id %q of a draft must be one word without a slash, such as 1 or spring", id)
	}
	if first, twice := r.ids[v.ID]; twice {
		r.f.add(line, "the id %q is taken by the draft in line %d", id, first)
		return
	}
	r.ids[v.ID] = line
	r.check(v, line, lines)
	if len(r.f.list) == before {
		r.drafts.variants = append(r.drafts.variants, v)
		return
	}
	if r.old != nil {
		if k := slices.IndexFunc(r.old.variants, func(o coach.Variant) bool { return o.ID == v.ID }); k >= 0 {
			r.drafts.variants = append(r.drafts.variants, r.old.variants[k])
		}
	}
}

// check looks at what makes a draft usable: its parts, its blanks, its length.
func (r *draftReader) check(v coach.Variant, line int, lines map[string]int) {
	want := parts(v.Angle, v.Channel)
	for key, at := range lines {
		if key != "id" && !slices.Contains(want, key) {
			r.f.add(at, "`%s` does not belong to a draft under %s; it has id, %s", key, v.Channel, strings.Join(want, ", "))
		}
	}
	held := map[string]string{"subject": v.Subject, "text": v.Text, "email": v.Text, "opener": v.Opener, "voicemail": v.Voicemail}
	for _, key := range want {
		if held[key] == "" {
			r.f.add(line, "the draft has no `%s`; a draft under %s has id, %s", key, v.Channel, strings.Join(want, ", "))
			continue
		}
		for _, say := range blankProblems(held[key]) {
			r.f.add(lines[key], "`%s`: %s", key, say)
		}
		if key != "subject" && !holdsNeed(v.Angle, held[key]) {
			r.f.add(lines[key], "`%s` says nothing of what %s rests on; put {%s} in it", key, v.Angle, strings.Join(needs[v.Angle], "} or {"))
		}
	}
	if strings.Contains(v.Subject, "\n") {
		r.f.add(lines["subject"], "a subject is one line")
	}
	if v.Voicemail != "" {
		if s := spokenSeconds(v.Voicemail); s > maxSpoken {
			r.f.add(lines["voicemail"], "the voicemail takes about %.1f seconds to speak; %d is the most", s, maxSpoken)
		}
	}
}
