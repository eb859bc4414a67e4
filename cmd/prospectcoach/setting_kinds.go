package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
	"github.com/sirupsen/logrus"

	"github.com/prospectcoach/prospectcoach/coach"
)

// Secret is a setting that never shows in a log, an error or a dump.
type Secret struct{ text string }

// Reveal is the secret itself; call it only where it is used.
func (s Secret) Reveal() string { return s.text }

// String hides the secret.
func (s Secret) String() string { return "(hidden)" }

// GoString hides the secret from %#v too.
func (s Secret) GoString() string { return "(hidden)" }

// MarshalText hides the secret from JSON and other encoders.
func (s Secret) MarshalText() ([]byte, error) { return []byte("(hidden)"), nil }

// UnmarshalText reads the secret without the line break of a file.
func (s *Secret) UnmarshalText(b []byte) error {
	s.text = strings.TrimSpace(string(b))
	return nil
}

// IDs are Slack ids with commas between.
type IDs []string

// UnmarshalText reads ids of users (U… or W…).
func (ids *IDs) UnmarshalText(b []byte) error {
	*ids = nil
	for _, id := range strings.Split(string(b), ",") {
		id = strings.TrimSpace(id)
		if id == "" {
			continue
		}
		if (id[0] != 'U' && id[0] != 'W') || strings.ToUpper(id) != id {
			return fmt.Errorf("%q is no user id", id)
		}
		*ids = append(*ids, id)
	}
	return nil
}

// Zone is an IANA time zone; nil when unset.
type Zone struct{ *time.Location }

// UnmarshalText reads a zone's name.
func (z *Zone) UnmarshalText(b []byte) error {
	if string(b) == "Local" {
		return errors.New("the machine's own zone is no setting")
	}
	loc, err := time.LoadLocation(string(b))
	z.Location = loc
	return err
}

// Cron is a checked cron line of five fields.
type Cron string

// UnmarshalText refuses what the cron library would panic on, never fire, or
// fire as often as it likes.
func (c *Cron) UnmarshalText(b []byte) (err error) {
	spec := string(b)
	if len(spec) > 64 || strings.ContainsAny(spec, "=@") {
		return errors.New("not five fields")
	}
	defer func() {
		if recover() != nil {
			err = errors.New("not five fields")
		}
	}()
	schedule, err := cron.ParseStandard(spec)
	if err != nil {
		return err
	}
	if schedule.Next(time.Unix(0, 0).UTC()).IsZero() {
		return errors.New("never comes")
	}
	*c = Cron(spec)
	return nil
}

// Choice is off or thread.
type Choice string

// UnmarshalText reads one of the two words.
func (c *Choice) UnmarshalText(b []byte) error {
	switch w := strings.ToLower(string(b)); w {
	case "off", "thread":
		*c = Choice(w)
		return nil
	}
	return errors.New("neither off nor thread")
}

// YesNo is yes or no.
type YesNo bool

// UnmarshalText reads one of the two words.
func (y *YesNo) UnmarshalText(b []byte) error {
	switch strings.ToLower(string(b)) {
	case "yes":
		*y = true
		return nil
	case "no":
		*y = false
		return nil
	}
	return errors.New("neither yes nor no")
}

// Country is the code of a country whose public holidays are known.
type Country string

// UnmarshalText reads DE or de.
func (c *Country) UnmarshalText(b []byte) error {
	code := strings.ToUpper(strings.TrimSpace(string(b)))
	if _, ok := countries[code]; !ok {
		return fmt.Errorf("no holidays of %q are known", code)
	}
	*c = Country(code)
	return nil
}

// WeekDays is a set of days.
type WeekDays coach.Weekdays

// UnmarshalText reads mon,tue,….
func (d *WeekDays) UnmarshalText(b []byte) error {
	names := []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
	*d = 0
words:
	for _, w := range strings.Split(strings.ToLower(string(b)), ",") {
		for i, n := range names {
			if strings.TrimSpace(w) == n {
				*d |= 1 << i
				continue words
			}
		}
		return fmt.Errorf("%q is no day", w)
	}
	return nil
}

// Hours are from and to as minutes of the day.
type Hours struct{ From, To int }

// UnmarshalText reads 08:00-18:00.
func (h *Hours) UnmarshalText(b []byte) error {
	from, to, ok := strings.Cut(string(b), "-")
	f, err1 := time.Parse("15:04", strings.TrimSpace(from))
	t, err2 := time.Parse("15:04", strings.TrimSpace(to))
	if !ok || err1 != nil || err2 != nil || !f.Before(t) {
		return errors.New("not from-to")
	}
	h.From, h.To = f.Hour()*60+f.Minute(), t.Hour()*60+t.Minute()
	return nil
}

// Level is a log level.
type Level logrus.Level

// UnmarshalText reads debug, info, warn or error.
func (l *Level) UnmarshalText(b []byte) error {
	switch strings.ToLower(string(b)) {
	case "debug", "info", "warn", "warning", "error":
		v, err := logrus.ParseLevel(string(b))
		*l = Level(v)
		return err
	}
	return errors.New("no level")
}

// Format is the log format.
type Format string

// UnmarshalText reads text or json.
func (f *Format) UnmarshalText(b []byte) error {
	switch w := strings.ToLower(string(b)); w {
	case "text", "json":
		*f = Format(w)
		return nil
	}
	return errors.New("neither text nor json")
}
