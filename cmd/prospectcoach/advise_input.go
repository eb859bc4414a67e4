package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// caseDoc is one document of advise as it comes in; README and the tests hold
// an example. All but now and prospect.name may be left out.
type caseDoc struct {
	Now        string        `json:"now"`
	Rep        repDoc        `json:"rep"`
	Prospect   prospectDoc   `json:"prospect"`
	Gatekeeper gatekeeperDoc `json:"gatekeeper"`
	Facts      []factDoc     `json:"facts"`
	Nuggets    []nuggetDoc   `json:"nuggets"`
	Touches    []touchDoc    `json:"touches"`
	Skips      []skipDoc     `json:"skips"`
	Declined   []string      `json:"declined"`
}

type repDoc struct {
	Name        string       `json:"name"`
	Company     string       `json:"company"`
	Zone        string       `json:"zone"`
	WorkingDays []string     `json:"working_days"`
	DaysOff     []coach.Date `json:"days_off"`
	Country     string       `json:"country"`
}

type prospectDoc struct {
	Name        string     `json:"name"`
	Company     string     `json:"company"`
	Title       string     `json:"title"`
	Level       string     `json:"level"`
	Industry    string     `json:"industry"`
	Purchase    string     `json:"purchase"`
	Urgency     string     `json:"urgency"`
	Situation   string     `json:"situation"`
	Email       string     `json:"email"`
	Phone       string     `json:"phone"`
	LinkedIn    string     `json:"linkedin"`
	Line        string     `json:"line"`
	Zone        string     `json:"zone"`
	Starts      coach.Date `json:"starts"`
	AwayUntil   coach.Date `json:"away_until"`
	NextMeeting coach.Date `json:"next_meeting"`
	LastTalk    coach.Date `json:"last_talk"`
}

type gatekeeperDoc struct {
	Name     string `json:"name"`
	BestTime string `json:"best_time"`
	NoChance bool   `json:"no_chance"`
}

type factDoc struct {
	Kind string     `json:"kind"`
	Text string     `json:"text"`
	On   coach.Date `json:"on"`
}

type nuggetDoc struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

type touchDoc struct {
	On      coach.Date `json:"on"`
	Channel string     `json:"channel"`
	Angle   string     `json:"angle"`
	Outcome string     `json:"outcome"`
	Subject string     `json:"subject"`
	Text    string     `json:"text"`
	Uses    []string   `json:"uses"`
	Variant string     `json:"variant"`
}

type skipDoc struct {
	On     coach.Date `json:"on"`
	Reason string     `json:"reason"`
}

// mistake is what is wrong with a document, by place.
type mistake struct {
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Say    string `json:"say"`
}

func (m *mistake) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", m.Line, m.Column, m.Say)
}

// place makes a mistake at a byte offset of the document that begins on line.
func place(doc []byte, offset, line int, say string) *mistake {
	offset = min(max(offset, 0), len(doc))
	before := doc[:offset]
	return &mistake{
		Line: line + bytes.Count(before, []byte("\n")), Column: offset - (bytes.LastIndexByte(before, '\n') + 1) + 1, Say: say,
	}
}

// decodeCase reads one document strictly: an unknown field is refused by name.
func decodeCase(doc []byte, line int, into any) error {
	dec := json.NewDecoder(bytes.NewReader(doc))
	dec.DisallowUnknownFields()
	err := dec.Decode(into)
	if err == nil {
		if _, err := dec.Token(); !errors.Is(err, io.EOF) {
			return place(doc, int(dec.InputOffset()), line, "one document ends here; the next begins on a line of its own")
		}
		return nil
	}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return place(doc, int(syntax.Offset)-1, line, "this is no JSON: "+syntax.Error())
	case errors.As(err, &kind):
		return place(doc, int(kind.Offset)-1, line, fmt.Sprintf("%s holds a %s, but it may hold a %s", kind.Field, kind.Value, jsonKind(kind.Type.Kind().String())))
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return place(doc, len(doc), line, "the document ends too early")
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		field, _ := strconv.Unquote(name)
		return place(doc, keyOffset(doc, field), line, fmt.Sprintf("there is no field %q here", field))
	}
	// A date's own sentence names the value; find it.
	return place(doc, quotedOffset(doc, err.Error()), line, err.Error())
}

func jsonKind(goKind string) string {
	switch goKind {
	case "slice":
		return "list"
	case "struct", "map":
		return "object"
	case "bool":
		return "true or false"
	}
	return goKind
}

// keyOffset finds where "name" stands as a key.
func keyOffset(doc []byte, name string) int {
	quoted := []byte(strconv.Quote(name))
	for from := 0; ; {
		i := bytes.Index(doc[from:], quoted)
		if i < 0 {
			return 0
		}
		at := from + i
		if rest := bytes.TrimLeft(doc[at+len(quoted):], " \t\r\n"); len(rest) > 0 && rest[0] == ':' {
			return at
		}
		from = at + len(quoted)
	}
}

// quotedOffset finds the first quoted piece of a sentence in the document.
func quotedOffset(doc []byte, sentence string) int {
	_, rest, _ := strings.Cut(sentence, `"`)
	piece, _, ok := strings.Cut(rest, `"`)
	if !ok {
		return 0
	}
	return max(bytes.Index(doc, []byte(`"`+piece+`"`)), 0)
}

// oneOf checks a word against the words of the documentation.
func oneOf[T ~string](field, word string, words []T) (T, error) {
	if word == "" {
		return "", nil
	}
	if slices.Contains(words, T(word)) {
		return T(word), nil
	}
	list := make([]string, 0, len(words))
	for _, w := range words {
		list = append(list, string(w))
	}
	return "", fmt.Errorf("%s holds %q, but it may hold %s", field, word, strings.Join(list, ", "))
}

// vocabulary checks several fields and keeps the first mistake.
type vocabulary struct{ err error }

func check[T ~string](w *vocabulary, field, word string, list []T) T {
	v, err := oneOf(field, word, list)
	if w.err == nil {
		w.err = err
	}
	return v
}

// toCase makes the coach's case of a document.
func (d *caseDoc) toCase(pb *coach.Playbook) (coach.Case, error) {
	now, err := time.Parse(time.RFC3339, d.Now)
	if err != nil {
		return coach.Case{}, fmt.Errorf(`now holds %q, but it may hold a moment such as "2026-03-02T09:00:00+01:00"`, d.Now)
	}
	if strings.TrimSpace(d.Prospect.Name) == "" {
		return coach.Case{}, errors.New(`prospect.name is missing, such as "Jane Doe"`)
	}
	rep, err := d.Rep.toRep(now)
	if err != nil {
		return coach.Case{}, err
	}
	c := coach.Case{Playbook: pb, Now: now.In(rep.Zone), Rep: &rep}
	p, err := d.toProspect(c)
	if err != nil {
		return coach.Case{}, err
	}
	c.Prospect = &p
	var w vocabulary
	for i, n := range d.Nuggets {
		kind := check(&w, fmt.Sprintf("nuggets[%d].kind", i), n.Kind, coach.NuggetKinds)
		c.Nuggets = append(c.Nuggets, coach.Nugget{ID: int64(i + 1), Kind: kind, Text: n.Text})
	}
	return c, w.err
}

func (r repDoc) toRep(now time.Time) (coach.Rep, error) {
	rep := coach.Rep{Name: r.Name, Company: r.Company, Zone: now.Location(), Country: strings.ToUpper(r.Country), WorkingDays: coach.MonToFri}
	if r.Zone != "" {
		zone, err := zoneAt("rep.zone", r.Zone)
		if err != nil {
			return rep, err
		}
		rep.Zone = zone
	}
	if len(r.WorkingDays) > 0 {
		var days WeekDays
		if err := days.UnmarshalText([]byte(strings.Join(r.WorkingDays, ","))); err != nil {
			return rep, fmt.Errorf("rep.working_days: %w; it may hold mon, tue, wed, thu, fri, sat, sun", err)
		}
		rep.WorkingDays = coach.Weekdays(days)
	}
	for _, d := range r.DaysOff {
		rep.DaysOff = append(rep.DaysOff, coach.Span{From: d, To: d})
	}
	return rep, nil
}

// zoneAt reads the zone that stands at a place of the document.
func zoneAt(place, name string) (*time.Location, error) {
	var z Zone
	if err := z.UnmarshalText([]byte(name)); err != nil {
		return nil, fmt.Errorf("%s holds %q, but it may hold a zone such as Europe/Berlin", place, name)
	}
	return z.Location, nil
}

func (d *caseDoc) toProspect(c coach.Case) (coach.Prospect, error) {
	in := d.Prospect
	if in.Zone != "" {
		if _, err := zoneAt("prospect.zone", in.Zone); err != nil {
			return coach.Prospect{}, err
		}
	}
	var w vocabulary
	p := coach.Prospect{
		ID: 1, Name: in.Name, Company: in.Company, Title: in.Title, Industry: in.Industry, Email: in.Email, Phone: in.Phone, LinkedIn: in.LinkedIn,
		Line:     check(&w, "prospect.line", in.Line, []coach.Line{coach.Switchboard, coach.Mobile, coach.Direct}),
		Level:    check(&w, "prospect.level", in.Level, coach.Levels),
		Purchase: check(&w, "prospect.purchase", in.Purchase, coach.Purchases),
		Urgency:  check(&w, "prospect.urgency", in.Urgency, coach.Urgencies),
		Zone:     in.Zone, AwayUntil: in.AwayUntil, NextMeeting: in.NextMeeting, LastTalk: in.LastTalk,
		Gatekeeper: coach.Gatekeeper{Name: d.Gatekeeper.Name, BestTime: d.Gatekeeper.BestTime, NoChance: d.Gatekeeper.NoChance},
	}
	situation := check(&w, "prospect.situation", in.Situation, coach.Situations)
	for i, f := range d.Facts {
		kind := check(&w, fmt.Sprintf("facts[%d].kind", i), f.Kind, coach.FactKinds)
		p.Facts = append(p.Facts, coach.Fact{ID: int64(i + 1), Kind: kind, Text: f.Text, On: f.On})
	}
	for i, t := range d.Touches {
		touch, err := t.toTouch(&w, i, len(d.Facts), len(d.Nuggets))
		if err != nil {
			return p, err
		}
		touch.ID = int64(i + 1)
		p.Touches = append(p.Touches, touch)
	}
	for i, s := range d.Skips {
		p.Skips = append(p.Skips, coach.Skip{ID: int64(i + 1), On: s.On, Reason: s.Reason})
	}
	for i, a := range d.Declined {
		p.Declined = append(p.Declined, coach.Decline{Angle: check(&w, fmt.Sprintf("declined[%d]", i), a, coach.Angles)})
	}
	if w.err != nil {
		return p, w.err
	}
	byDay := func(a, b coach.Touch) int { return int(a.On - b.On) }
	slices.SortStableFunc(p.Touches, byDay)
	slices.SortStableFunc(p.Skips, func(a, b coach.Skip) int { return int(a.On - b.On) })
	c.Prospect = &p
	c.Settle(situation, in.Starts)
	return p, nil
}

func (t touchDoc) toTouch(w *vocabulary, i, facts, nuggets int) (coach.Touch, error) {
	at := fmt.Sprintf("touches[%d]", i)
	if t.On == 0 {
		return coach.Touch{}, fmt.Errorf(`%s.on is missing, such as "2026-02-10"`, at)
	}
	touch := coach.Touch{
		On: t.On, Channel: check(w, at+".channel", t.Channel, coach.Channels), Angle: check(w, at+".angle", t.Angle, coach.Angles),
		Outcome: check(w, at+".outcome", t.Outcome, coach.Outcomes), Subject: t.Subject, Text: t.Text, Variant: t.Variant,
	}
	if touch.Channel == "" {
		return touch, fmt.Errorf(`%s.channel is missing, such as "email"`, at)
	}
	if touch.Outcome == "" {
		touch.Outcome = coach.OutcomeSent
	}
	for _, u := range t.Uses {
		kind, number, _ := strings.Cut(u, ":")
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || kind == "fact" && n > facts || kind == "nugget" && n > nuggets || kind != "fact" && kind != "nugget" {
			return touch, fmt.Errorf("%s.uses holds %q, but it may hold fact:1 or nugget:1, by the place in the input", at, u)
		}
		touch.Uses = append(touch.Uses, coach.Ref{Nugget: kind == "nugget", ID: int64(n)})
	}
	return touch, nil
}
