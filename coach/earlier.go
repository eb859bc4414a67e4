package coach

// fresh tells whether all texts of a draft that rests on m are unlike every
// earlier one (A1). It answers the draft's words if they had to be written.
func (r *run) fresh(v *Variant, m *material) (*words, bool) {
	if len(r.said) == 0 {
		return nil, true
	}
	r.printSaid()
	w := r.render(v, m)
	for _, text := range w.sent() {
		if text == "" {
			continue
		}
		mine := r.print(text)
		for i := range r.said {
			for _, p := range r.said[i].print {
				if r.c.alike(mine, p) {
					return nil, false
				}
			}
		}
	}
	return &w, true
}

// sent are the texts that reach somebody.
func (w words) sent() [3]string { return [3]string{w.opener, w.voicemail, w.text} }

// print reads a text for comparison, without the names of both sides.
func (r *run) print(text string) *Print {
	if r.names == nil {
		names := []string{r.p.Name, r.p.Company}
		if rep := r.c.Rep; rep != nil {
			names = append(names, rep.Name, rep.Company)
		}
		r.names = newNames(names)
	}
	return r.c.printOf(text, r.names)
}

// printSaid reads the earlier texts for comparison, each once.
func (r *run) printSaid() {
	for ; r.printed < len(r.said); r.printed++ {
		s := &r.said[r.printed]
		if s.touch == nil {
			s.print = []*Print{r.print(s.text)}
			continue
		}
		for _, text := range r.redraw(s.touch) {
			if text != "" {
				s.print = append(s.print, r.print(text))
			}
		}
	}
}

// redraw is the texts of the draft that a touch without a text came from.
func (r *run) redraw(t *Touch) [3]string {
	for i := range r.c.Drafts[t.Angle] {
		v := &r.c.Drafts[t.Angle][i]
		if v.ID != t.Variant {
			continue
		}
		m := r.usedMaterial(t)
		return r.render(v, &m).sent()
	}
	return [3]string{}
}

// usedMaterial is what a touch rested on.
func (r *run) usedMaterial(t *Touch) material {
	for _, u := range t.Uses {
		for i := range r.p.Facts {
			if f := &r.p.Facts[i]; !u.Nugget && f.ID == u.ID {
				return material{fact: f}
			}
		}
		for i := range r.c.Nuggets {
			if n := &r.c.Nuggets[i]; u.Nugget && n.ID == u.ID {
				return material{nugget: n}
			}
		}
	}
	return material{}
}
