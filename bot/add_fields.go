package bot

import (
	"errors"
	"fmt"
	"net/mail"
	"strings"

	"github.com/prospectcoach/prospectcoach/coach"
)

// wishes are what adding and editing take beside the prospect's own fields.
type wishes struct {
	Situation  coach.Situation
	Starts     coach.Date // 0 when not said
	Gatekeeper string     // as typed; C5 reads it
	Facts      []coach.Fact
}

// wrong are the fields that cannot be read: field id to a sentence.
type wrong map[string]string

// first is the first of them in the order of the keys, as a problem for a
// person who typed a line.
func (w wrong) first() error {
	for _, k := range append([]string{"name", "company", "title"}, addKeys...) {
		if say, ok := w[k]; ok {
			return coach.Problem(say)
		}
	}
	return nil
}

// readFields puts what was typed, by field, into p and w, and answers what
// cannot be read. An empty value empties the field.
func readFields(v map[string]string, p *coach.Prospect, w *wishes, today coach.Date) wrong {
	bad := wrong{}
	need := func(field, label, example string) string {
		s := strings.Join(strings.Fields(tidy(v[field])), " ")
		if s == "" {
			bad[field] = fmt.Sprintf("A %s is missing, such as %s.", label, example)
		}
		return s
	}
	p.Name, p.Company = need("name", "name", "Jane Doe"), need("company", "company", "Acme")
	p.Title, p.Industry = tidy(v["title"]), tidy(v["industry"])
	readContacts(v, p, bad)
	readChoices(v, p, w, bad)
	if zone := strings.TrimSpace(v["zone"]); zone != "" {
		z, ok := zoneSaid(zone)
		if !ok {
			bad["zone"] = fmt.Sprintf("I know no time zone “%.40s”. Name a large city in it, such as Berlin or New York, or write it like Europe/Berlin.", zone)
		} else {
			zone = z.String()
		}
		p.Zone = zone
	} else if _, said := v["zone"]; said {
		p.Zone = ""
	}
	readDays(v, p, w, today, bad)
	w.Gatekeeper = tidy(v["gatekeeper"])
	for _, kind := range coach.FactKinds {
		if text := tidy(v[string(kind)]); text != "" {
			w.Facts = append(w.Facts, coach.Fact{Kind: kind, Text: text})
		}
	}
	return bad
}

// readContacts reads address, phone and profile. A changed one is good again
// until it bounces.
func readContacts(v map[string]string, p *coach.Prospect, bad wrong) {
	email, phone := strings.TrimSpace(tidy(v["email"])), tidy(v["phone"])
	if email != "" {
		if a, err := mail.ParseAddress(email); err != nil || a.Address != email || !strings.Contains(email[strings.LastIndexByte(email, '@'):], ".") {
			bad["email"] = fmt.Sprintf("“%.60s” is no email address. Like this: jane@acme.test.", email)
		}
	}
	digits, strange := 0, false
	number, _, _ := strings.Cut(strings.ToLower(phone), "x") // an extension is in words
	for _, r := range number {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune(" +-()/.", r):
			strange = true
		}
	}
	if phone != "" && (strange || digits < 4 || digits > 20) {
		bad["phone"] = fmt.Sprintf("“%.40s” is no phone number. Like this: +49 341 1234.", phone)
	}
	if email != p.Email {
		p.EmailBad = false
	}
	if phone != p.Phone {
		p.PhoneBad = false
	}
	p.Email, p.Phone = email, phone
	p.LinkedIn = tidy(v["linkedin"])
}

func readChoices(v map[string]string, p *coach.Prospect, w *wishes, bad wrong) {
	readChoice(v, "line", bad, &p.Line, coach.Switchboard, coach.Mobile, coach.Direct)
	readChoice(v, "level", bad, &p.Level, coach.Levels...)
	readChoice(v, "purchase", bad, &p.Purchase, coach.Purchases...)
	readChoice(v, "urgency", bad, &p.Urgency, coach.Urgencies...)
	readChoice(v, "situation", bad, &w.Situation, coach.Situations...)
}

// readChoice reads one of a few words, or the unique beginning of one.
func readChoice[T ~string](v map[string]string, field string, bad wrong, into *T, choices ...T) {
	said := strings.TrimSpace(v[field])
	if said == "" {
		*into = ""
		return
	}
	words := make([]string, len(choices))
	for i, c := range choices {
		words[i] = string(c)
	}
	word, ok := oneOf(said, words...)
	if !ok {
		bad[field] = fmt.Sprintf("“%s:%.20s” is none of %s.", field, said, strings.Join(words, ", "))
	}
	*into = T(word)
}

func readDays(v map[string]string, p *coach.Prospect, w *wishes, today coach.Date, bad wrong) {
	if last := tidy(v["last"]); last != "" {
		d, err := ParseDay(last, today, Behind)
		if err != nil {
			bad["last"] = atField(err)
		}
		p.LastTalk = d
	} else if _, said := v["last"]; said {
		p.LastTalk = 0
	}
	if starts := tidy(v["starts"]); starts != "" {
		d, err := startSaid(starts, today)
		if err != nil {
			bad["starts"] = atField(err)
		}
		w.Starts = max(d, today)
	}
}

// startSaid reads the day of the first attempt. It is a plan, so what is said
// without a direction lies ahead; a day that is over by its own words stays one.
func startSaid(said string, today coach.Date) (coach.Date, error) {
	d, err := ParseDay(said, today, AtLeast)
	var two *TwoReadings
	if err == nil || errors.As(err, &two) {
		return d, err
	}
	if over, wrong := ParseDay(said, today, AnyDay); wrong == nil {
		return over, nil
	}
	return d, err
}
