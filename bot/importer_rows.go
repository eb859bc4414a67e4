package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// arrival is one prospect of a file, ready to be begun.
type arrival struct {
	at        int // row of the sheet
	p         coach.Prospect
	situation coach.Situation
	keeper    string   // the gatekeeper as somebody noted it
	hashes    [][]byte // of address and number, as the never-contact list has them
	number    string   // in our own exports: what the rows of facts and touches refer to
}

// refused is a row that is not brought in, and why.
type refused struct {
	at    int
	why   string
	final bool // no mending of the file helps: a colleague's, or asked not to be contacted
}

// rowReader turns rows into prospects. A row that cannot be read gets one
// reason, the first that was found.
type rowReader struct {
	s       *sheet
	owner   string
	now     time.Time           // in the rep's zone
	zones   map[string]string   // as read, by what was written
	byNo    map[string]*arrival // own exports: nil for one that is left out
	entries []*arrival
	refused []refused
	without []refused // taken, but without their address or number, and why
	turned  string    // the first name that stood as “Doe, Jane”
	endings []string  // of names: Jr, PhD
}

// readRows reads all rows of a sheet for a rep. endings are what may follow a
// name after a comma without being the first name.
func readRows(s *sheet, owner string, now time.Time, endings []string) *rowReader {
	r := &rowReader{s: s, owner: owner, now: now, zones: map[string]string{}, byNo: map[string]*arrival{}, endings: endings}
	for at := range s.rows {
		if why := r.read(at); why != "" {
			r.refused = append(r.refused, refused{at: at, why: why})
		}
	}
	return r
}

func (r *rowReader) read(at int) (why string) {
	row := r.s.rows[at]
	if row.torn && len(row.cells) < max(2, len(r.s.header)) {
		return "A quotation mark is opened here and never closed."
	}
	get := func(field string) string { return r.s.cols.value(field, row.cells) }
	switch kind := strings.ToLower(get("record")); kind {
	case "", "prospect":
		return r.prospect(at, get)
	case "fact", "touch":
		e, known := r.byNo[get("number")]
		if !known {
			return fmt.Sprintf("No prospect with the number “%.20s” stands before this %s.", get("number"), kind)
		}
		if e == nil {
			return "" // of a prospect that is left out, and says why itself
		}
		if kind == "fact" {
			return r.fact(e, get)
		}
		return r.touch(e, get)
	default:
		return fmt.Sprintf("“%.20s” is none of prospect, fact, touch.", kind)
	}
}

// addFact adds a fact that is not known yet and tells whether it did.
func addFact(p *coach.Prospect, f coach.Fact) bool {
	if f.Text == "" || slices.ContainsFunc(p.Facts, func(have coach.Fact) bool { return have.Kind == f.Kind && coach.Fold(have.Text) == coach.Fold(f.Text) }) {
		return false
	}
	p.Facts = append(p.Facts, f)
	return true
}

func (r *rowReader) fact(e *arrival, get func(string) string) (why string) {
	f := coach.Fact{Kind: coach.FactKind(get("kind")), Text: tidy(get("text"))}
	var err error
	switch f.On, err = coach.ParseDate(get("on")); {
	case err != nil:
		return err.Error()
	case !slices.Contains(coach.FactKinds, f.Kind):
		return fmt.Sprintf("“%.20s” is no kind of fact; there are research, said, introduction and trigger.", f.Kind)
	case f.Text == "":
		return "A fact needs a few words."
	}
	addFact(&e.p, f)
	return ""
}

// touch reads a touch of our own export. It becomes part of an earlier
// campaign: nothing is said twice to somebody (A1), but the count begins anew.
func (r *rowReader) touch(e *arrival, get func(string) string) (why string) {
	t := coach.Touch{
		Channel: coach.Channel(get("channel")), Angle: coach.Angle(get("angle")), Outcome: coach.Outcome(get("outcome")),
		Subject: tidy(get("subject")), Text: tidy(get("text")), Variant: get("variant"),
	}
	on, err := coach.ParseDate(get("on"))
	switch {
	case err != nil:
		return err.Error()
	case on == 0 || on > coach.DateOf(r.now):
		return "A touch needs the day it was made, such as 2026-02-10."
	case !slices.Contains(coach.Channels, t.Channel):
		return fmt.Sprintf("“%.20s” is no channel.", t.Channel)
	case t.Angle != "" && !slices.Contains(coach.Angles, t.Angle):
		return fmt.Sprintf("“%.20s” is no angle.", t.Angle)
	case !slices.Contains(coach.Outcomes, t.Outcome):
		return fmt.Sprintf("“%.20s” is no outcome.", t.Outcome)
	}
	t.On, t.At = on, on.At(12*60, r.now.Location())
	e.p.Touches = append(e.p.Touches, t)
	return ""
}

// begin makes a waiting prospect of an entry (C11). What somebody noted of the
// gatekeeper comes last: it may say that there is no chance.
func (e *arrival) begin(c coach.Case) error {
	p := &e.p
	c.Prospect = p
	if len(p.Touches) == 0 {
		if err := c.Import(e.situation); err != nil {
			return err
		}
	} else {
		slices.SortStableFunc(p.Touches, func(a, b coach.Touch) int { return int(a.On - b.On) })
		c.Settle(e.situation, c.Today()+1)
		p.State = coach.Waiting
		p.Campaigns[len(p.Campaigns)-1].Starts = 0
		c.Reindex()
	}
	if e.keeper == "" {
		return nil
	}
	return c.NoteGatekeeper(e.keeper)
}

// fill gives p what it lacks and the other knows; nothing is overwritten. It
// tells whether anything was new.
func fill(p, from *coach.Prospect) (changed bool) {
	for _, f := range []struct{ to, from *string }{
		{&p.Title, &from.Title}, {&p.Email, &from.Email}, {&p.LinkedIn, &from.LinkedIn}, {&p.Industry, &from.Industry}, {&p.Zone, &from.Zone},
		{(*string)(&p.Level), (*string)(&from.Level)}, {(*string)(&p.Purchase), (*string)(&from.Purchase)}, {(*string)(&p.Urgency), (*string)(&from.Urgency)},
	} {
		if *f.to == "" && *f.from != "" {
			*f.to, changed = *f.from, true
		}
	}
	if p.Phone == "" && from.Phone != "" {
		p.Phone, p.Line, changed = from.Phone, from.Line, true
	}
	if p.LastTalk == 0 && from.LastTalk != 0 {
		p.LastTalk, changed = from.LastTalk, true
	}
	if p.Gatekeeper == (coach.Gatekeeper{}) && from.Gatekeeper != (coach.Gatekeeper{}) {
		p.Gatekeeper, changed = from.Gatekeeper, true
	}
	for _, f := range from.Facts {
		f.ID = 0
		changed = addFact(p, f) || changed
	}
	return changed
}

// lineOf is where a row stands in the file.
func (s *sheet) lineOf(at int) string { return "line " + strconv.Itoa(s.rows[at].line) }
