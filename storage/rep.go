package storage

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// RepRow is a rep with what the bot has to remember about them.
type RepRow struct {
	coach.Rep           // Zone is never nil when loaded: UTC if it is not known
	Handle    string    // as Slack shows it
	DM        string    // id of the DM channel, opened once; "" before
	Welcomed  bool      // the welcome was said
	NextNudge time.Time // the next morning nudge (S1); zero: none
	LastWhy   time.Time // when the nudge last carried the rep's why (S5)
	HomeSeen  time.Time // when the App Home was opened last
}

// repColumns ties a row to its columns. The zone goes by its name.
func repColumns(r *RepRow, zone *string, off *[]coach.Span) []column {
	return append(settingColumns(r, zone, off),
		text("id", &r.ID), text("handle", &r.Handle), text("name", &r.Name), truth("gone", &r.Gone),
		text("dm", &r.DM), truth("welcomed", &r.Welcomed), instant("next_nudge", &r.NextNudge),
		instant("last_why", &r.LastWhy), instant("home_seen", &r.HomeSeen),
	)
}

// settingColumns are those a person changes, and undo gives back.
func settingColumns(r *RepRow, zone *string, off *[]coach.Span) []column {
	return []column{
		text("company", &r.Company), text("zone", zone), text("country", &r.Country), number("working_days", &r.WorkingDays),
		number("from_minute", &r.From), number("to_minute", &r.To), list("days_off", off),
		number("nudge_at", &r.NudgeAt), number("daily", &r.Daily), truth("paused", &r.Paused), day("paused_until", &r.PausedUntil),
		text("why", &r.Why),
	}
}

func writtenRep(r *RepRow) []column {
	zone := zoneName(r)
	return repColumns(r, &zone, &r.DaysOff)
}

func writtenSettings(r *RepRow) []column {
	zone := zoneName(r)
	return settingColumns(r, &zone, &r.DaysOff)
}

func zoneName(r *RepRow) string {
	if r.Zone == nil {
		return ""
	}
	return r.Zone.String()
}

// Rep loads one; [ErrNotFound] when it was never saved.
func (s *Store) Rep(ctx context.Context, id string) (r RepRow, err error) {
	r, known, age := s.kept.rep(id)
	if known {
		return r, nil
	}
	err = s.glance(ctx, "loading a rep", func(q querier) error {
		r, _, err = s.loadRep(q, id, "")
		return err
	})
	if err == nil && s.writer != nil {
		s.kept.learnRep(r, age)
	}
	return r, err
}

// Reps loads all, the gone ones too, by id.
func (s *Store) Reps(ctx context.Context) (rs []RepRow, err error) {
	err = s.read(ctx, "loading the reps", func(q querier) error {
		rs, err = s.loadReps(q, "ORDER BY id")
		return err
	})
	return rs, err
}

// NudgesDue are the reps whose NextNudge is now or before, longest waiting
// first, found by index.
func (s *Store) NudgesDue(ctx context.Context, now time.Time, limit int) (rs []RepRow, err error) {
	err = s.read(ctx, "looking for nudges", func(q querier) error {
		rs, err = s.loadReps(q, "WHERE next_nudge > 0 AND next_nudge <= $1 ORDER BY next_nudge, id"+limited(limit), millis(now))
		return err
	})
	return rs, err
}

// Unplanned are the reps at work who have no next nudge, by id, found by index.
func (s *Store) Unplanned(ctx context.Context) (rs []RepRow, err error) {
	err = s.read(ctx, "looking for reps without a nudge", func(q querier) error {
		rs, err = s.loadReps(q, "WHERE next_nudge = 0 AND gone = FALSE ORDER BY id")
		return err
	})
	return rs, err
}

func (s *Store) loadReps(q querier, where string, args ...any) (rs []RepRow, err error) {
	read := newRepReader()
	err = q.each("SELECT last_change, "+repSelect+" FROM reps "+where, args, func(rows *sql.Rows) error {
		r, err := read.row(rows)
		r.Zone = s.zone(read.zone)
		rs = append(rs, r)
		return err
	})
	return rs, err
}

func (s *Store) loadRep(q querier, id, lock string) (r RepRow, lastChange int64, err error) {
	found := false
	read := newRepReader()
	err = q.each("SELECT last_change, "+repSelect+" FROM reps WHERE id = $1"+lock, []any{id}, func(rows *sql.Rows) error {
		found = true
		r, err = read.row(rows)
		r.Zone = s.zone(read.zone)
		return err
	})
	if err == nil && !found {
		err = ErrNotFound
	}
	return r, read.lastChange, err
}

var repSelect = names(writtenRep(&RepRow{}))

// repReader reads reps, with the name of each one's zone and the change that
// touched it last.
type repReader struct {
	*reader[RepRow]
	zone       string
	lastChange int64
}

func newRepReader() *repReader {
	r := &repReader{}
	r.reader = readerOf(func(row *RepRow) []column { return repColumns(row, &r.zone, &row.DaysOff) }, numberDest[int64]{&r.lastChange})
	return r
}

// zone by name, UTC if it is unknown to this machine.
func (s *Store) zone(name string) *time.Location {
	if name == "" {
		return time.UTC
	}
	if z, ok := s.zones.Load(name); ok {
		return z.(*time.Location)
	}
	z, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	s.zones.Store(name, z)
	return z
}

// AddRep writes the row of somebody new; [ErrConflict] when it is there
// already, which may be since a moment ago, and stays as it is.
func (s *Store) AddRep(ctx context.Context, r RepRow) error {
	return s.write(ctx, "adding a rep", func(q querier) error {
		cols := writtenRep(&r)
		n, err := q.exec(insertInto("reps", cols)+" ON CONFLICT (id) DO NOTHING", args(cols)...)
		if err == nil && n == 0 {
			err = ErrConflict
		}
		return err
	})
}

// SaveRep writes the whole row, new or not. Where only a little of a known rep
// changes, [Store.UpdateRep] does not overwrite what somebody else changed
// meanwhile.
func (s *Store) SaveRep(ctx context.Context, r RepRow) error {
	return s.write(ctx, "saving a rep", func(q querier) error {
		before, _, err := s.loadRep(q, r.ID, forUpdate)
		if errors.Is(err, ErrNotFound) {
			cols := writtenRep(&r)
			_, err = q.exec(insertInto("reps", cols), args(cols)...)
			return err
		}
		if err != nil {
			return err
		}
		return q.update("reps", changed(writtenRep(&before), writtenRep(&r)), "id = $1", r.ID)
	})
}

// UpdateRep lets fn change one rep under the write lock. It is not undoable:
// it is for what the bot remembers (DM, HomeSeen …), not for settings.
func (s *Store) UpdateRep(ctx context.Context, id string, fn func(*RepRow) error) error {
	return s.write(ctx, "saving a rep", func(q querier) error {
		r, _, err := s.loadRep(q, id, forUpdate)
		if err != nil {
			return err
		}
		before := cloneRep(r)
		if err := fn(&r); err != nil {
			return err
		}
		return q.update("reps", changed(writtenRep(&before), writtenRep(&r)), "id = $1", id)
	})
}

func cloneRep(r RepRow) RepRow {
	r.DaysOff = slices.Clone(r.DaysOff)
	return r
}
