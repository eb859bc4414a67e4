package view

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/coach"
)

// AddInstead is the tail of ActionAdd on the button that adds the right person
// in place of a wrong one (V5); its value is the wrong one's number.
const AddInstead = "instead"

// WrongPerson says that somebody was the wrong person and offers to add the
// right one (V5).
func WrongPerson(p *coach.Prospect, done string, undo int64) Message {
	m := Message{Text: clipText(Escape(done)), Blocks: doneBlocks(done, undo)}
	return withButtons(m, row(fmt.Sprintf("card:%d:wrong", p.ID), []knob{
		button("Add the right person", ActionAdd+":"+AddInstead, strconv.FormatInt(p.ID, 10)).primary(), button("Next due", ActionRun+":0", "next"),
	}))
}

// AddMeta is what the add form remembers, unseen.
type AddMeta struct {
	Same    bool  // a likely duplicate was shown
	Instead int64 // of the wrong person, whose company's facts come along; 0 for none
}

// String is the meta of the form.
func (m AddMeta) String() string {
	var parts []string
	if m.Same {
		parts = append(parts, "same")
	}
	if m.Instead != 0 {
		parts = append(parts, AddInstead+":"+strconv.FormatInt(m.Instead, 10))
	}
	return strings.Join(parts, " ")
}

// ParseAddMeta reads it back; what it does not know it leaves out.
func ParseAddMeta(s string) AddMeta {
	var m AddMeta
	for _, f := range strings.Fields(s) {
		if f == "same" {
			m.Same = true
		} else if number, ok := strings.CutPrefix(f, AddInstead+":"); ok {
			m.Instead, _ = strconv.ParseInt(number, 10, 64)
		}
	}
	return m
}

// AddInsteadForm is the add form with what is known of the company, and who
// named the right person.
func AddInsteadForm(p *coach.Prospect) *slack.ModalViewRequest {
	v := map[string]string{
		"company": p.Company, "industry": p.Industry, "purchase": string(p.Purchase), "urgency": string(p.Urgency),
		"trigger": Named(p),
	}
	if p.Line == coach.Switchboard {
		v["phone"], v["line"] = p.Phone, string(p.Line)
	}
	for _, f := range p.Facts { // the freshest of each kind goes into its field
		if f.Kind == coach.Research || f.Kind == coach.Introduction {
			v[string(f.Kind)] = f.Text
		}
	}
	w := addForm.draw(AddMeta{Instead: p.ID}.String(), v, words(Who(p)+" is the wrong person. What is known of the company comes along."))
	w.Title = plain("The right person", 24)
	return w
}

// Named notes who pointed to the right person.
func Named(p *coach.Prospect) string {
	if p.Title == "" {
		return p.Name + " named you as the right person to ask"
	}
	return p.Name + ", " + p.Title + ", named you as the right person to ask"
}
