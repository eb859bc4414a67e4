package templates

import (
	"maps"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
)

// fill is one prospect's own values for the blanks, in free words as reps type
// them.
type fill map[string]string

// The prospects differ in length, in industry and in how the rep writes: what
// is known of them is a clause, a sentence without its subject, a mere noun.
var fills = []fill{
	{"first": "Jane", "name": "Jane Miller", "company": "Acme", "industry": "logistics", "title": "CFO",
		"me": "Ada", "my_name": "Ada Weber", "my_company": "Northwind",
		"fact": "opened a hub in Leipzig in January", "said": "onboarding takes six weeks",
		"introduction": "Tom Becker, who runs claims at Fastline", "nugget": "cut invoice errors by a third in one quarter",
		"story": "a haulier in Kassel with 40 trucks halved its claims desk", "resource": "a two-page checklist for audit season",
		"gatekeeper": "Ana", "last_talk": "in May", "meeting": "Thursday 12 March"},
	{"first": "Li", "name": "Li Wei", "company": "Bright Foods", "industry": "food production", "title": "head of operations",
		"me": "Sam", "my_name": "Sam Ortiz", "my_company": "Lumen Labs",
		"fact": "They're hiring 12 drivers", "said": "we lose a day a week to paper",
		"introduction": "our customer Ruth Adler", "nugget": "late invoices eat a day a week",
		"story": "A dairy near Lyon went from nine forms to two", "resource": "our guide to recalls, twelve pages",
		"gatekeeper": "Marek", "last_talk": "last week", "meeting": "Monday 2 November"},
	{"first": "Charlotte", "name": "Charlotte van Dijk", "company": "Kestrel Partners", "industry": "insurance", "title": "VP claims",
		"me": "Jonathan", "my_name": "Jonathan Frei", "my_company": "Harbour",
		"fact": "new plant in Brno goes live in autumn", "said": "nobody reads the reports",
		"introduction": "Mia Lang, who wrote the audit guide", "nugget": "open claims cost a point of margin a year",
		"story": "an insurer in Bern with 40 clerks halved its claims desk", "resource": "The claims calendar for next year",
		"gatekeeper": "Mrs Oak", "last_talk": "in May 2024", "meeting": "Wednesday 9 September"},
	{"first": "Tomas", "name": "Tomas Brandt", "company": "Delta Freight", "industry": "shipping", "title": "Head of Imports",
		"me": "Piotr", "my_name": "Piotr Nowak", "my_company": "Harborline",
		"fact": "three new docks in Rotterdam", "said": "Mondays are the worst",
		"introduction": "Ines Faro from the port", "nugget": "late customs papers",
		"story": "a forwarder in Leipzig found 40 wrong invoices in the first week", "resource": "customs glossary",
		"gatekeeper": "Ana", "last_talk": "in March", "meeting": "Friday 6 March"},
}

// forAngle has the nugget of the kind that the angle uses.
func (f fill) forAngle(a coach.Angle) fill {
	own := maps.Clone(f)
	switch a {
	case coach.Story:
		own["nugget"] = f["story"]
	case coach.UsefulPiece:
		own["nugget"] = f["resource"]
	}
	return own
}

// of fills the blanks of a text; what only the rep can fill is filled too.
func (f fill) of(a coach.Angle, text string) string {
	own := f.forAngle(a)
	text = blank.ReplaceAllStringFunc(text, func(b string) string { return own[b[1:len(b)-1]] })
	return repBlank.ReplaceAllString(text, "you get the draft agreement from me by Friday")
}

// part is one text of a variant as it is sent or spoken.
type part struct {
	id      string
	angle   coach.Angle
	name    string // "text", "opener", "voicemail", "companion"
	channel coach.Channel
	subject string
	text    string
}

func partsOf(v coach.Variant) []part {
	var list []part
	add := func(name string, c coach.Channel, subject, text string) {
		if text != "" {
			list = append(list, part{v.ID, v.Angle, name, c, subject, text})
		}
	}
	add("opener", coach.Call, "", v.Opener)
	add("voicemail", coach.Voicemail, "", v.Voicemail)
	if v.Channel == coach.Call || v.Channel == coach.Voicemail {
		add("companion", coach.Email, v.Subject, v.Text)
	} else {
		add("text", v.Channel, v.Subject, v.Text)
	}
	return list
}

// everyPart of the built-in drafts, in the order of the table.
func everyPart(t *testing.T) []part {
	t.Helper()
	pb := mustBuiltIn(t)
	var list []part
	for _, a := range coach.Angles {
		for _, v := range pb.Drafts[a] {
			list = append(list, partsOf(v)...)
		}
	}
	return list
}
