package bot

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/prospectcoach/prospectcoach/coach"
)

// mangled is a number that a spreadsheet has shortened (4.93E+11).
var mangled = regexp.MustCompile(`^\d+([.,]\d+)?[eE]\+?\d+$`)

// longest is how much a cell may hold, in characters.
const longest = 500

func (r *rowReader) prospect(at int, get func(string) string) (why string) {
	number := get("number")
	if number != "" {
		r.byNo[number] = nil
	}
	switch state := coach.State(get("state")); state {
	case coach.MovedOn, coach.Won, coach.Stopped:
		return fmt.Sprintf("This one was %s; an import begins nobody anew. Use add if you want to.", strings.ReplaceAll(string(state), "_", " "))
	}
	v := r.fields(get)
	if total(v) {
		return "This looks like a line of totals, not like a person."
	}
	for f, s := range v {
		if utf8.RuneCountInString(s) > longest {
			return fmt.Sprintf("The %s is longer than %d characters.", f, longest)
		}
	}
	e := &arrival{at: at, number: number, p: coach.Prospect{Owner: r.owner, Added: r.now}}
	if why := r.take(e, v); why != "" {
		return why
	}
	e.p.Zone = r.zone(get("zone"))
	r.keeper(e, get)
	for _, kind := range coach.FactKinds {
		for _, text := range strings.Split(get(string(kind)), "\n") {
			addFact(&e.p, coach.Fact{Kind: kind, Text: brief(tidy(text)), On: coach.DateOf(r.now)})
		}
	}
	if number != "" {
		r.byNo[number] = e
	}
	r.entries = append(r.entries, e)
	return ""
}

// fields are those of a row that the add form has, by its keys.
func (r *rowReader) fields(get func(string) string) map[string]string {
	v := map[string]string{"email": oneAddress(get("email"))}
	for _, f := range []string{"name", "company", "title", "industry", "linkedin", "line", "level", "purchase", "urgency", "situation", "last"} {
		v[f] = get(f)
	}
	if v["name"] == "" {
		v["name"] = strings.TrimSpace(get("first") + " " + get("last name"))
	} else if !r.s.own() {
		v["name"] = r.firstNameFirst(v["name"])
	}
	for _, f := range []struct{ field, line string }{{"direct", "direct"}, {"phone", ""}, {"mobile", "mobile"}} {
		if n := strings.TrimPrefix(get(f.field), "tel:"); n != "" && v["phone"] == "" {
			v["phone"] = n
			if v["line"] == "" {
				v["line"] = f.line
			}
		}
	}
	return v
}

// take reads the fields into the prospect. A row is not lost for an address
// or a number that cannot be right: it is taken without, and that is said.
func (r *rowReader) take(e *arrival, v map[string]string) (why string) {
	if mangled.MatchString(v["phone"]) {
		r.without = append(r.without, refused{at: e.at, why: fmt.Sprintf("the phone number was shortened to “%.20s” by a spreadsheet; make it a column of text there.", v["phone"])})
		v["phone"] = ""
	}
	var w wishes
	bad := readFields(v, &e.p, &w, coach.DateOf(r.now))
	for _, f := range []string{"email", "phone", "linkedin"} {
		if say, ok := bad[f]; ok {
			r.without = append(r.without, refused{at: e.at, why: say})
			v[f] = ""
		}
	}
	if len(r.without) > 0 && r.without[len(r.without)-1].at == e.at {
		bad = readFields(v, &e.p, &w, coach.DateOf(r.now))
	}
	if err := bad.first(); err != nil {
		r.without = slices.DeleteFunc(r.without, func(x refused) bool { return x.at == e.at })
		return err.Error()
	}
	if e.situation = w.Situation; e.situation == "" {
		e.situation = coach.Cold
	}
	return ""
}

// firstNameFirst turns “Doe, Jane” round; “Jane Doe, PhD” stays.
func (r *rowReader) firstNameFirst(name string) string {
	last, first, ok := strings.Cut(name, ",")
	last, first = strings.TrimSpace(last), strings.TrimSpace(first)
	if !ok || last == "" || first == "" || strings.Contains(first, ",") {
		return name
	}
	if isEnding(first, r.endings) {
		return name
	}
	if r.turned == "" {
		r.turned = name
	}
	return first + " " + last
}

// total tells a last line that only adds up.
func total(v map[string]string) bool {
	switch coach.Fold(v["name"]) {
	case "total", "totals", "grand total", "sum", "summe", "gesamt", "gesamtsumme", "insgesamt", "subtotal", "somme":
		return v["email"] == "" && v["phone"] == "" && strings.IndexFunc(v["company"], unicode.IsLetter) < 0
	}
	return false
}

// brief cuts a note to what a fact may hold.
func brief(s string) string {
	if r := []rune(s); len(r) > longest {
		return string(r[:longest-2]) + " …"
	}
	return s
}

// oneAddress is the first address of a cell that may hold several, or one with
// a name beside it.
func oneAddress(s string) string {
	if i, j := strings.IndexByte(s, '<'), strings.IndexByte(s, '>'); i >= 0 && j > i {
		s = s[i+1 : j]
	}
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(";, \n|", r) }) {
		if strings.Contains(part, "@") {
			return strings.TrimPrefix(part, "mailto:")
		}
	}
	return s
}

// zone is the zone as it is written in forms; a wrong one costs nobody the row.
func (r *rowReader) zone(name string) string {
	zone, known := r.zones[name]
	if !known {
		if z, ok := zoneSaid(name); ok {
			zone = z.String()
		}
		r.zones[name] = zone
	}
	return zone
}

// keeper reads the gatekeeper: field by field in our own exports, else as
// somebody would note it.
func (r *rowReader) keeper(e *arrival, get func(string) string) {
	if !r.s.own() {
		e.keeper = tidy(get("gatekeeper"))
		return
	}
	e.p.Gatekeeper = coach.Gatekeeper{Name: tidy(get("gatekeeper")), Said: tidy(get("gatekeeper said")), BestTime: tidy(get("best time"))}
}
