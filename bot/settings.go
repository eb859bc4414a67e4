package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

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
// and every due day along (C8).
func (b *Bot) settingsForm(ctx context.Context, in Form) (Reply, error) {
	v := view.ReadSettings(in.State)
	fresh := in.Rep
	if bad := b.readSettings(v, &fresh.Rep, in.today()); len(bad) > 0 {
		return Reply{Errors: bad}, nil
	}
	d, err := b.changeRep(ctx, in.Turn, "changed the settings", func(r *storage.RepRow) { r.Rep = fresh.Rep })
	if err != nil {
		return Reply{}, err
	}
	return Reply{Update: view.DoneWindow("Saved", view.SettingsWords(b.rep(d.row)), d.undo)}, nil
}

type repDeed struct {
	row  storage.RepRow
	undo int64
}

// changeRep changes the rep's own settings in one transaction.
func (b *Bot) changeRep(ctx context.Context, t Turn, label string, do func(*storage.RepRow)) (repDeed, error) {
	done, err := b.Store.Change(ctx, storage.Change{Key: t.Key, Rep: t.Rep.ID, Label: label, At: t.Now}, func(tx *storage.Tx) error {
		r, err := tx.Rep(t.Rep.ID)
		if err != nil {
			return err
		}
		do(r)
		r.NextNudge = b.NextNudge(*r, t.Now)
		return nil
	})
	if err != nil {
		return repDeed{}, err
	}
	row, err := b.Store.Rep(ctx, t.Rep.ID)
	if err != nil {
		return repDeed{}, err
	}
	return repDeed{row, done.ID}, b.reindexAll(ctx, row, t.Now)
}

// reindexAll rewrites the due days of a rep's prospects after a change of
// their calendar (C8). It is nobody's change: what is stored is only an index.
func (b *Bot) reindexAll(ctx context.Context, row storage.RepRow, now time.Time) error {
	const batch = 100
	for from := 0; ; from += batch {
		rows, _, err := b.Store.List(ctx, storage.ListQuery{Owner: row.ID, States: []coach.State{coach.Active, coach.Snoozed, coach.Engaged}, Limit: batch, Offset: from})
		if err != nil || len(rows) == 0 {
			return err
		}
		_, err = b.Store.Change(ctx, storage.Change{Label: "due days", At: now}, func(tx *storage.Tx) error {
			for _, r := range rows {
				p, err := tx.Prospect(r.ID)
				if isNotFound(err) {
					continue
				}
				if err != nil {
					return err
				}
				coach.Case{Playbook: b.Playbook(), Now: now, Rep: b.rep(row), Prospect: p}.Reindex()
			}
			return nil
		})
		if err != nil || len(rows) < batch {
			return err
		}
	}
}

// readSettings puts what was typed into r and answers what cannot be read.
func (b *Bot) readSettings(v view.Settings, r *coach.Rep, today coach.Date) wrong {
	bad := wrong{}
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
	if len(bad) == 0 && r.From >= r.To {
		bad["to"] = "The working day ends before it begins. Like this: 08:00 and 18:00."
	}
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
	if z, err := time.LoadLocation(v.Zone); err != nil || v.Zone == "" || v.Zone == "Local" {
		bad["zone"] = fmt.Sprintf("“%.40s” is no time zone. Like this: Europe/Berlin.", v.Zone)
	} else {
		r.Zone = z
	}
	r.Country = strings.ToUpper(v.Country)
	if r.Country != "" && !b.knownCountry(r.Country, today) {
		bad["country"] = fmt.Sprintf("I know no public holidays of “%.10s”. Two letters, such as DE; empty for none.", v.Country)
	}
	if r.DaysOff, err = readDaysOff(v.Off, today, r.DaysOff); err != nil {
		bad["off"] = err.Error()
	}
	if len(bad) == 0 {
		var problem coach.Problem
		if err := b.Playbook().CheckCalendar(r, today); errors.As(err, &problem) {
			bad["days"] = string(problem)
		}
	}
	return bad
}

// knownCountry tells whether a year of that country has any public holiday.
func (b *Bot) knownCountry(country string, today coach.Date) bool {
	for d := today; d < today+366; d++ {
		if _, ok := b.Playbook().Holiday(country, d); ok {
			return true
		}
	}
	return false
}

// minuteOf reads 9, 9:30, 09:30, 0930 and 9.30 as the minute of the day.
func minuteOf(s string) (int, error) {
	s = strings.NewReplacer(".", ":", " ", "").Replace(s)
	if len(s) == 4 && !strings.Contains(s, ":") {
		s = s[:2] + ":" + s[2:]
	}
	hour, minute, _ := strings.Cut(s, ":")
	if minute == "" {
		minute = "0"
	}
	h, err1 := strconv.Atoi(hour)
	m, err2 := strconv.Atoi(minute)
	if err1 != nil || err2 != nil || h < 0 || h > 24 || m < 0 || m > 59 || h == 24 && m > 0 {
		return 0, coach.Problem("A time of day looks like 09:00.")
	}
	return h*60 + m, nil
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
	for _, l := range strings.FieldsFunc(clean(text), func(r rune) bool { return r == '\n' || r == ';' }) {
		first, last, two := strings.Cut(l, " to ")
		if !two {
			first, last, two = strings.Cut(l, " - ")
		}
		from, err := ParseDay(strings.TrimSpace(first), today, AnyDay)
		if err != nil {
			return nil, err
		}
		to := from
		if two {
			if to, err = ParseDay(strings.TrimSpace(last), max(from, today), AtLeast); err != nil {
				return nil, err
			}
		}
		if to < from {
			return nil, coach.Problem(fmt.Sprintf("“%.60s” ends before it begins.", l))
		}
		spans = append(spans, coach.Span{From: from, To: to})
	}
	return spans, nil
}
