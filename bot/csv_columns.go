package bot

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// aliases are what columns are called in files of one's own making, in our own
// exports, and in those of Salesforce, HubSpot, Pipedrive, Zoho, Google and
// LinkedIn, folded by foldHeader. Where a file has several columns of a field,
// the one named first here counts and the others fill its gaps.
var aliases = []struct {
	field string
	names []string
}{
	{"name", []string{"name", "full name", "contact name", "person name", "lead name", "contact full name", "prospect", "prospect name", "contact", "person", "customer name", "display name", "ansprechpartner", "kontakt", "nom complet", "nombre completo"}},
	{"first", []string{"first name", "firstname", "given name", "forename", "first", "person first name", "contact first name", "vorname", "prenom", "nombre"}},
	{"last name", []string{"last name", "lastname", "surname", "family name", "person last name", "contact last name", "nachname", "familienname", "nom", "nom de famille", "apellido", "apellidos"}},
	{"company", []string{"company", "company name", "account name", "organization name", "organisation name", "person organization", "person organisation", "organization", "organisation", "account", "associated company", "primary company", "primary associated company", "company account", "account company", "organization 1 name", "contact organization", "employer", "business name", "firma", "firmenname", "unternehmen", "societe", "entreprise", "empresa"}},
	{"title", []string{"title", "job title", "jobtitle", "position", "person job title", "contact title", "designation", "role", "organization 1 title", "organization title", "funktion", "titel", "jobtitel", "poste", "cargo", "puesto"}},
	{"email", []string{"email", "work email", "business email", "email work", "person email work", "person email", "primary email", "email address", "email addresses", "contact email", "email 1 value", "email 1", "mail", "emailadresse", "email adresse", "courriel", "correo electronico", "person email other", "person email home", "other email", "secondary email", "email 2 value", "email 2", "additional email addresses"}},
	{"direct", []string{"direct phone", "direct dial", "direct line", "direct number", "direct", "durchwahl"}},
	{"phone", []string{"phone", "work phone", "business phone", "phone work", "person phone work", "person phone", "phone number", "contact phone", "telephone", "telephone number", "tel", "office phone", "phone 1 value", "phone 1", "telefon", "telefonnummer", "telefono", "main phone", "company phone", "other phone", "person phone other", "phone 2 value", "phone 2"}},
	{"mobile", []string{"mobile", "mobile phone", "mobile phone number", "mobile number", "cell", "cell phone", "cellphone", "person phone mobile", "contact mobile", "mobil", "mobiltelefon", "mobilnummer", "handy", "handynummer", "portable", "movil"}},
	{"linkedin", []string{"linkedin", "linkedin url", "linkedin profile", "linkedin profile url", "linkedin bio", "linkedin link", "linkedin account", "hs linkedin url", "person linkedin", "person linkedin url", "person linkedin profile", "contact linkedin url", "linkedin profil"}},
	{"industry", []string{"industry", "sector", "company industry", "account industry", "organization industry", "branche", "industrie", "secteur"}},
	{"zone", []string{"zone", "time zone", "timezone", "zeitzone"}},
	{"line", []string{"line", "kind of line"}},
	{"level", []string{"level"}},
	{"purchase", []string{"purchase"}},
	{"urgency", []string{"urgency"}},
	{"situation", []string{"situation"}},
	{"research", []string{"research", "notes", "note", "comments", "comment", "remarks", "remark", "background", "notiz", "notizen", "bemerkung", "bemerkungen", "kommentar", "remarque", "remarques", "notas"}},
	{"said", []string{"said"}},
	{"introduction", []string{"introduction"}},
	{"trigger", []string{"trigger"}},
	{"gatekeeper", []string{"gatekeeper", "assistant", "assistant name", "asst name"}},
	{"gatekeeper said", []string{"gatekeeper said"}},
	{"best time", []string{"best time"}},
	{"last", []string{"last talk", "last"}},

	// What only our own exports have.
	{"record", []string{"record"}}, {"number", []string{"number"}}, {"state", []string{"state"}}, {"on", []string{"on"}}, {"kind", []string{"kind"}},
	{"text", []string{"text"}}, {"channel", []string{"channel"}}, {"angle", []string{"angle"}}, {"outcome", []string{"outcome"}},
	{"subject", []string{"subject"}}, {"variant", []string{"variant"}},
}

// ownFields are read in our own exports only; elsewhere columns of those names
// mean other things ("Owner", "State" as in Ohio, "Subject").
var ownFields = map[string]bool{
	"record": true, "number": true, "state": true, "on": true, "kind": true, "text": true, "channel": true,
	"angle": true, "outcome": true, "subject": true, "variant": true,
}

// oneWord joins what some write apart.
var oneWord = strings.NewReplacer("e-mail", "email", "e mail", "email", "linked in", "linkedin")

// foldHeader makes column names comparable: "Person - E-Mail (Work)" is
// "person email work".
func foldHeader(s string) string {
	s = strings.ToLower(norm.NFD.String(strings.ReplaceAll(s, "ß", "ss")))
	s = oneWord.Replace(s)
	return strings.Join(strings.FieldsFunc(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// columns tell for each field which columns hold it, the best first.
type columns map[string][]int

// guessColumns reads a header. Columns it does not know are left out.
func guessColumns(header []string) columns {
	cols := columns{}
	at := map[string][]int{}
	for i, h := range header {
		name := foldHeader(h)
		at[name] = append(at[name], i)
	}
	for _, a := range aliases {
		for _, name := range a.names {
			if i, ok := at[name]; ok {
				cols[a.field] = append(cols[a.field], i...)
			}
		}
	}
	if _, own := cols["record"]; !own {
		for f := range ownFields {
			delete(cols, f)
		}
	}
	if i := at["last"]; len(i) > 0 && len(cols["first"]) > 0 && len(cols["last name"]) == 0 { // first and last
		cols["last name"] = i
		delete(cols, "last")
	}
	if _, ok := cols["name"]; !ok && len(cols["first"]) == 0 && len(cols["last name"]) > 0 { // a last name alone is a name
		cols["name"] = cols["last name"]
		delete(cols, "last name")
	}
	return cols
}

// has tells whether the header names one of the fields.
func (c columns) has(fields ...string) bool {
	for _, f := range fields {
		if len(c[f]) > 0 {
			return true
		}
	}
	return false
}

// known is how many fields the header names; 0 when it does not say enough to
// be one: whom, or where or how.
func (c columns) known() int {
	if !c.has("name", "first", "last name", "email", "company") || c.has("record") && !c.has("name") {
		return 0
	}
	return len(c)
}

// value is the first that is not empty among the field's columns.
func (c columns) value(field string, cells []string) string {
	own := c.has("record") // our own exports leave empty what is empty
	for _, i := range c[field] {
		if i < len(cells) {
			if s := strings.TrimSpace(unguard(cells[i])); s != "" && (own || !nothing(s)) {
				return s
			}
		}
	}
	return ""
}

// nothing tells a cell that only says that it is empty.
func nothing(s string) bool {
	switch strings.ToLower(s) {
	case "-", "–", "—", "--", ".", "n/a", "na", "#n/a", "none", "null", "nil", "unknown", "(none)", "[none]", "k.a.":
		return true
	}
	return false
}

// guessByContent tells columns of a file without a header by what they hold:
// addresses, numbers and profiles are known when seen; of the others the first
// is taken for the name, then the company, then the title.
func guessByContent(rows []record) columns {
	cols := columns{}
	width := 0
	for _, r := range rows {
		width = max(width, len(r.cells))
	}
	rest := []string{"name", "company", "title"}
	for i := range width {
		filled, emails, phones, profiles, words := 0, 0, 0, 0, 0
		for _, r := range rows[:min(len(rows), 50)] {
			if i >= len(r.cells) || strings.TrimSpace(r.cells[i]) == "" {
				continue
			}
			filled++
			switch s := strings.TrimSpace(unguard(r.cells[i])); {
			case strings.Contains(strings.ToLower(s), "linkedin.com/"):
				profiles++
			case strings.Contains(s, "@") && !strings.Contains(s, " "):
				emails++
			case looksLikePhone(s):
				phones++
			case strings.IndexFunc(s, unicode.IsLetter) >= 0:
				words++
			}
		}
		most := func(n int) bool { return filled > 0 && n*2 > filled }
		switch {
		case most(emails) && !cols.has("email"):
			cols["email"] = []int{i}
		case most(phones) && !cols.has("phone"):
			cols["phone"] = []int{i}
		case most(profiles) && !cols.has("linkedin"):
			cols["linkedin"] = []int{i}
		case most(words) && len(rest) > 0:
			cols[rest[0]], rest = []int{i}, rest[1:]
		}
	}
	return cols
}

func looksLikePhone(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune(" +-/().", r):
			return false
		}
	}
	return digits >= 6 && digits <= 16
}
