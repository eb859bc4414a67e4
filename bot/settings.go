package bot

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// settings opens the rep's own: nudge hour, working days and hours, daily
// number, days off, zone, country.
func (b *Bot) settings(_ context.Context, in Command) (Reply, error) {
	if in.Trigger == "" {
		return Show(view.SettingsButton()), nil
	}
	return Reply{Open: view.SettingsForm(b.rep(in.Rep), in.today())}, nil
}

func (b *Bot) settingsClick(_ context.Context, in Click) (Reply, error) {
	return Reply{Open: view.SettingsForm(b.rep(in.Rep), in.today())}, nil
}

// settingsForm saves them, with errors at the field, and moves the next nudge
// along.
func (b *Bot) settingsForm(ctx context.Context, in Form) (Reply, error) {
	fresh := *b.rep(in.Rep)
	if bad := b.readSettings(view.ReadSettings(in.State), &fresh, in.today()); len(bad) > 0 {
		return Reply{Errors: bad}, nil
	}
	d, err := b.changeRep(ctx, in.Turn, "changed the settings", func(r *storage.RepRow) { b.keepSettings(r, fresh) })
	if err != nil {
		return Reply{}, err
	}
	return Reply{Update: view.DoneWindow("Settings", view.SettingsWords(b.rep(d.row), in.today()), d.undo)}, nil
}

// keepSettings writes what differs from what holds now: where a rep never
// chose, the team's own goes on to hold, also when it changes.
func (b *Bot) keepSettings(row *storage.RepRow, fresh coach.Rep) {
	now := b.rep(*row)
	if fresh.NudgeAt != now.NudgeAt {
		row.NudgeAt = fresh.NudgeAt
	}
	if fresh.From != now.From || fresh.To != now.To {
		row.From, row.To = fresh.From, fresh.To
	}
	if fresh.WorkingDays != now.WorkingDays {
		row.WorkingDays = fresh.WorkingDays
	}
	if fresh.Daily != now.Daily {
		row.Daily = fresh.Daily
	}
	if fresh.Country != now.Country {
		row.Country = fresh.Country
	}
	row.Zone, row.DaysOff = fresh.Zone, fresh.DaysOff
}

type repDeed struct {
	row  storage.RepRow
	undo int64
}

// changeRep changes the rep's own settings in one transaction, and moves every
// due day along with a calendar that changed (C8).
func (b *Bot) changeRep(ctx context.Context, t Turn, label string, do func(*storage.RepRow)) (repDeed, error) {
	done, err := b.Store.Change(ctx, storage.Change{Key: t.Key, Rep: t.Rep.ID, Label: label, At: t.Now}, func(tx *storage.Tx) error {
		r, err := tx.Rep(t.Rep.ID)
		if err != nil {
			return err
		}
		do(r)
		b.replan(r, t.Now)
		return nil
	})
	if err != nil {
		return repDeed{}, err
	}
	row, err := b.Store.Rep(ctx, t.Rep.ID)
	if err == nil {
		b.settle(ctx, row, storage.Debt{Rep: row.ID, By: done.ID}, t.Now)
	}
	return repDeed{row, done.ID}, err
}

// readSettings puts what was typed into r and answers what cannot be read.
func (b *Bot) readSettings(v view.Settings, r *coach.Rep, today coach.Date) wrong {
	bad := readHours(v, r)
	r.WorkingDays = 0
	for _, d := range v.Days {
		if n, err := strconv.Atoi(d); err == nil && n >= 0 && n < 7 {
			r.WorkingDays |= 1 << n
		}
	}
	if r.WorkingDays == 0 {
		bad["days"] = "At least one working day is needed."
	}
	n, err := strconv.Atoi(v.Daily)
	if err != nil || n < 1 || n > 100 {
		bad["daily"] = "How many a day? A number from 1 to 100, such as 10."
	}
	r.Daily = n
	if z, ok := zoneSaid(v.Zone); !ok {
		bad["zone"] = fmt.Sprintf("I know no time zone “%.40s”. Name a large city in it, such as Berlin or New York, or write it like Europe/Berlin.", v.Zone)
	} else {
		r.Zone = z
	}
	r.Country = countrySaid(v.Country)
	if r.Country == "" && b.Settings.Holidays != "" {
		r.Country = view.NoCountry // none was chosen, which is not the team's
	} else if r.Country != "" && !b.knownCountry(r.Country, today) {
		bad["country"] = fmt.Sprintf("I know no public holidays of “%.40s”. Write a country, such as Germany or DE; empty for none.", v.Country)
	}
	if r.DaysOff, err = readDaysOff(v.Off, today, r.DaysOff); err != nil {
		bad["off"] = atField(err)
	}
	if len(bad) == 0 {
		var problem coach.Problem
		if err := b.Playbook().CheckCalendar(r, today); errors.As(err, &problem) {
			bad["days"] = string(problem)
		}
	}
	return bad
}

// readHours reads the three times of day. An hour of the team's own that lies
// outside of the working hours is no fault of the rep's: it is moved when it
// comes to it.
func readHours(v view.Settings, r *coach.Rep) wrong {
	bad, was := wrong{}, *r
	clock := func(field, said string, into *int) {
		m, err := minuteOf(said)
		if err != nil {
			bad[field] = err.Error()
		}
		*into = m
	}
	clock("nudge", v.Nudge, &r.NudgeAt)
	clock("from", v.From, &r.From)
	clock("to", v.To, &r.To)
	same := r.NudgeAt == was.NudgeAt && r.From == was.From && r.To == was.To
	switch {
	case len(bad) > 0:
	case r.From >= r.To:
		bad["to"] = "The working day ends before it begins. Like this: 08:00 and 18:00."
	case (r.NudgeAt < r.From || r.NudgeAt >= r.To) && !same: // S4
		bad["nudge"] = "I write within your working hours alone. Choose an hour between the two below."
	}
	return bad
}

// knownCountry tells whether a year of that country has any public holiday.
func (b *Bot) knownCountry(country string, today coach.Date) bool {
	if b.Playbook().Holiday == nil {
		return false
	}
	for d := today; d < today+366; d++ {
		if _, ok := b.Playbook().Holiday(country, d); ok {
			return true
		}
	}
	return false
}

// cutSpan parts "1 Aug to 14 Aug" into its two days.
func cutSpan(l string) (first, last string, two bool) {
	for _, between := range []string{" to ", " until ", " - ", " – "} {
		if first, last, two = strings.Cut(l, between); two {
			return first, last, two
		}
	}
	return l, "", false
}

// minuteOf reads 9, 9:30, 09:30, 0930, 9.30, 9 am and 5:30 pm as the minute of
// the day.
func minuteOf(said string) (int, error) {
	s := strings.NewReplacer(".", ":", " ", "").Replace(strings.ToLower(said))
	s, pm := strings.CutSuffix(s, "pm")
	s, am := strings.CutSuffix(s, "am")
	if len(s) == 4 && !strings.Contains(s, ":") {
		s = s[:2] + ":" + s[2:]
	}
	hour, minute, written := strings.Cut(s, ":")
	if !written {
		minute = "0"
	}
	h, err1 := strconv.Atoi(hour)
	m, err2 := strconv.Atoi(minute)
	wrong := err1 != nil || err2 != nil || h < 0 || m < 0 || m > 59 || h*60+m > 24*60
	if am || pm {
		wrong = wrong || am && pm || h < 1 || h > 12
		h %= 12
		if pm {
			h += 12
		}
	}
	if wrong {
		return 0, coach.Problem("A time of day looks like 09:00.")
	}
	return h*60 + m, nil
}

// halfYear is how long days off may be without a year written.
const halfYear = 183

var yearWritten = regexp.MustCompile(`\b2\d{3}\b`)

// dayOff reads one line: a day, or a span of days. "24 Dec" in spring is next
// winter's; a span may have begun already, if it ends soon.
func dayOff(l string, today coach.Date) (s coach.Span, err error) {
	first, last, two := cutSpan(l)
	first, last = strings.TrimSpace(first), strings.TrimSpace(last)
	if s.From, err = ParseDay(first, today, AtLeast); yearWritten.MatchString(first) {
		s.From, err = ParseDay(first, today, AnyDay)
	}
	if !two {
		s.To = s.From
		return s, err
	}
	if begun, wrong := ParseDay(first, today, Behind); wrong == nil {
		to, err := ParseDay(last, today, AtLeast)
		if err == nil && (to-begun <= halfYear || yearWritten.MatchString(last)) {
			return coach.Span{From: begun, To: to}, nil
		}
	}
	if err != nil {
		return s, err
	}
	s.To, err = ParseDay(last, max(s.From, today), AtLeast)
	return s, err
}

// readDaysOff reads one day or one span a line: "1 Aug to 14 Aug". Spans that
// are over stay as they were, because the plan was made around them.
func readDaysOff(text string, today coach.Date, old []coach.Span) ([]coach.Span, error) {
	var spans []coach.Span
	for _, s := range old {
		if s.To < today {
			spans = append(spans, s)
		}
	}
	for _, l := range strings.FieldsFunc(tidy(text), func(r rune) bool { return r == '\n' || r == ';' }) {
		s, err := dayOff(l, today)
		var two *TwoReadings
		if err != nil && !errors.As(err, &two) {
			return nil, coach.Problem(fmt.Sprintf("“%.60s” is no day to come that I can read. One a line, like “24 Dec” or “1 Aug to 14 Aug”.", strings.TrimSpace(l)))
		}
		if err != nil {
			return nil, err
		}
		_, last, _ := cutSpan(l)
		switch {
		case s.To < s.From, s.To-s.From > halfYear && !yearWritten.MatchString(last): // "9 March to 3 March" is a slip, not a year
			return nil, coach.Problem(fmt.Sprintf("“%.60s” ends before it begins.", l))
		case s.To < today:
			return nil, coach.Problem(fmt.Sprintf("“%.60s” is over already. Name days to come, such as “24 Dec” or “1 Aug to 14 Aug”.", l))
		}
		spans = append(spans, s)
	}
	return spans, nil
}
