package storage

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

var metaTrials = []trial{
	{"meta keeps the last value", func(t *testing.T, w *world) {
		for _, v := range []string{"", "a", "b"} {
			if v != "" {
				w.must(w.SetMeta(w.ctx, "hello", v))
			}
			got, err := w.Meta(w.ctx, "hello")
			if err != nil || got != v {
				t.Fatalf("got %q, %v, want %q", got, err, v)
			}
		}
	}},
	{"a value is edited with nobody in between", func(t *testing.T, w *world) {
		var all sync.WaitGroup
		w.must(w.SetMeta(w.ctx, "n", ""))
		for range 20 {
			all.Go(func() {
				if err := w.EditMeta(w.ctx, "n", func(was string) (string, error) { return was + "x", nil }); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		w.must(w.EditMeta(w.ctx, "new", func(was string) (string, error) { return was + "x", nil }))
		if err := w.EditMeta(w.ctx, "n", func(string) (string, error) { return "", errors.New("no") }); err == nil {
			t.Error("an error is lost")
		}
		for key, want := range map[string]string{"n": strings.Repeat("x", 20), "new": "x"} {
			if got, err := w.Meta(w.ctx, key); err != nil || got != want {
				t.Errorf("%s is %q, %v", key, got, err)
			}
		}
	}},
	{"what is claimed first stays", func(t *testing.T, w *world) {
		for _, v := range []string{"a", "b"} {
			if got, err := w.ClaimMeta(w.ctx, "key", v); err != nil || got != "a" {
				t.Fatalf("claiming %q: %q, %v", v, got, err)
			}
		}
	}},
	{"a database belongs to one workspace", func(t *testing.T, w *world) {
		for _, want := range []string{"", "T1"} {
			if got, err := w.Workspace(w.ctx); err != nil || got != want {
				t.Errorf("workspace %q, %v; want %q", got, err, want)
			}
			w.must(w.ClaimWorkspace(w.ctx, "T1"))
		}
		var p coach.Problem
		if err := w.ClaimWorkspace(w.ctx, "T2"); !errors.As(err, &p) || !strings.Contains(err.Error(), "T1") {
			t.Fatalf("another workspace got %v", err)
		}
	}},
	{"an envelope is seen once", func(t *testing.T, w *world) {
		for i, want := range []bool{false, true, true} {
			if got, err := w.Seen(w.ctx, "Ev1", w.now); err != nil || got != want {
				t.Fatalf("time %d: %v, %v", i, got, err)
			}
		}
	}},
	{"a newer schema is refused in one clear line", func(t *testing.T, w *world) {
		w.must(w.write(w.ctx, "faking the future", func(q querier) error {
			_, err := q.exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (900, TRUE)")
			return err
		}))
		w.must(w.Close())
		for _, readOnly := range []bool{false, true} {
			_, err := Open(w.ctx, Options{URL: w.url, Now: time.Now, ReadOnly: readOnly})
			if err == nil || !strings.Contains(err.Error(), "newer prospectcoach") || strings.Contains(err.Error(), "\n") {
				t.Errorf("read-only %v: %v", readOnly, err)
			}
		}
	}},
	{"read-only reads and refuses to write", func(t *testing.T, w *world) {
		id := w.add(jane())
		r, err := Open(w.ctx, Options{URL: w.url, Now: time.Now, ReadOnly: true})
		w.must(err)
		defer r.Close()
		if p, err := r.Prospect(w.ctx, id); err != nil || p.Name != "Jané  O'Doe" {
			t.Errorf("reading: %q, %v", p.Name, err)
		}
		if w.e.name == "sqlite" {
			if err := r.SetMeta(w.ctx, "a", "b"); err == nil {
				t.Error("a read-only store wrote")
			}
		}
	}},
}

var repTrials = []trial{
	{"a rep comes back as saved", func(t *testing.T, w *world) {
		berlin, err := time.LoadLocation("Europe/Berlin")
		w.must(err)
		r := RepRow{
			Rep: coach.Rep{ID: "UADA", Name: "Ada Weber", Company: "Northwind", Zone: berlin, Country: "DE", WorkingDays: coach.MonToFri, From: 480, To: 1080,
				DaysOff: []coach.Span{{From: date("2026-03-06"), To: date("2026-03-08")}}, NudgeAt: 540, Daily: 12, Paused: true, PausedUntil: date("2026-04-01"), Why: "I help", Gone: true},
			Handle: "ada", DM: "D1", Welcomed: true, NextNudge: monday, LastWhy: monday.Add(time.Hour), HomeSeen: monday.Add(time.Minute),
		}
		for range 2 { // the second time it is there already
			w.must(w.SaveRep(w.ctx, r))
			got, err := w.Rep(w.ctx, "UADA")
			w.must(err)
			if a, b := asJSON(t, r), asJSON(t, got); a != b || got.Zone.String() != "Europe/Berlin" {
				t.Fatalf("saved  %s\nloaded %s", a, b)
			}
		}
		if _, err := w.Rep(w.ctx, "UNOBODY"); !errors.Is(err, ErrNotFound) {
			t.Errorf("unknown rep: %v", err)
		}
		w.must(w.SaveRep(w.ctx, RepRow{Rep: coach.Rep{ID: "UBOB"}}))
		all, err := w.Reps(w.ctx)
		if err != nil || len(all) != 2 || all[1].Zone != time.UTC {
			t.Errorf("all reps: %+v, %v", all, err)
		}
		w.must(w.UpdateRep(w.ctx, "UBOB", func(r *RepRow) error { r.DM = "D2"; return nil }))
		if b, err := w.Rep(w.ctx, "UBOB"); err != nil || b.DM != "D2" {
			t.Errorf("updated: %+v, %v", b, err)
		}
	}},
	{"S1 nudges due are found in the order of their time", func(t *testing.T, w *world) {
		for id, at := range map[string]time.Time{"U1": monday.Add(-time.Hour), "U2": monday, "U3": monday.Add(time.Millisecond), "U4": {}, "U5": monday.Add(-2 * time.Hour)} {
			w.must(w.SaveRep(w.ctx, RepRow{Rep: coach.Rep{ID: id}, NextNudge: at}))
		}
		due, err := w.NudgesDue(w.ctx, monday, 10)
		w.must(err)
		var got []string
		for _, r := range due {
			got = append(got, r.ID)
		}
		if !slices.Equal(got, []string{"U5", "U1", "U2"}) {
			t.Errorf("due: %v", got)
		}
	}},
}

var prospectTrials = []trial{
	{"a life comes back as saved", func(t *testing.T, w *world) {
		p := jane()
		w.add(p)
		p = jane()
		id := w.add(p) // a second one: children must not mix
		got := w.life(id)
		want := jane()
		want.ID, want.StopReason = id, "none yet\uFFFD"
		for i := range got.Facts {
			want.Facts[i].ID = got.Facts[i].ID
		}
		for i := range got.Touches {
			want.Touches[i].ID = got.Touches[i].ID
		}
		want.Skips[0].ID = got.Skips[0].ID
		if a, b := asJSON(t, want), asJSON(t, got); a != b {
			t.Fatalf("saved  %s\nloaded %s", a, b)
		}
		if got.Facts[0].ID == 0 || got.Facts[0].ID == got.Facts[1].ID || got.Touches[0].ID == 0 || got.Skips[0].ID == 0 {
			t.Errorf("children without ids: %+v", got)
		}
		if _, err := w.Prospect(w.ctx, 999); !errors.Is(err, ErrNotFound) {
			t.Errorf("unknown: %v", err)
		}
	}},
	{"changes to children are saved, in their order", func(t *testing.T, w *world) {
		id := w.add(jane())
		var want coach.Prospect
		w.change("Reworked", func(tx *Tx) error {
			p, err := tx.Prospect(id)
			w.must(err)
			p.Touches = slices.Insert(p.Touches, 1, coach.Touch{Campaign: 1, On: date("2026-02-12"), Channel: coach.Text, Text: "between"})
			p.Touches[0].Findings = append(p.Touches[0].Findings, "jargon")
			p.Facts = slices.Delete(p.Facts, 0, 1)
			p.Facts[0].Text = "seven weeks"
			p.Skips = append(p.Skips, coach.Skip{Campaign: 2, On: date("2026-03-01"), Reason: "bad-data"})
			p.Campaigns[1].Ended, p.Campaigns[1].End, p.Campaigns[1].Answer = date("2026-03-02"), coach.EndReply, coach.AnswerMeeting
			p.Campaigns = append(p.Campaigns, coach.Campaign{No: 3, Situation: coach.Met})
			p.Declined = p.Declined[:1]
			p.Name, p.Owner = "Jane Roe", "UBOB"
			again, err := tx.Prospect(id)
			if again != p {
				t.Error("a second load in one change is another value")
			}
			want = *p
			return err
		})
		want = func() coach.Prospect { // ids of what was added are set at save
			got := w.life(id)
			want.Touches[1].ID, want.Skips[1].ID = got.Touches[1].ID, got.Skips[1].ID
			return want
		}()
		if a, b := asJSON(t, want), asJSON(t, w.life(id)); a != b {
			t.Fatalf("saved  %s\nloaded %s", a, b)
		}
	}},
	{"a logged touch writes a few rows however long the life", func(t *testing.T, w *world) {
		p := coach.Prospect{Owner: "UADA", Name: "Long", State: coach.Active, Campaigns: []coach.Campaign{{No: 1, Situation: coach.Cold}}}
		for range 200 {
			p.Touches = append(p.Touches, coach.Touch{Campaign: 1, On: date("2026-01-01"), Channel: coach.Email, Text: strings.Repeat("word ", 100)})
		}
		id := w.add(p)
		changeID := w.change("Logged", func(tx *Tx) error {
			p, err := tx.Prospect(id)
			w.must(err)
			p.Touches = append(p.Touches, coach.Touch{Campaign: 1, On: date("2026-03-02"), Channel: coach.Email})
			return nil
		})
		w.must(w.read(w.ctx, "measuring", func(q querier) error {
			var size int
			err := q.one("SELECT sum(length(before)) FROM change_items WHERE change_id = $1", []any{changeID}, &size)
			if size > 6000 {
				t.Errorf("the image of one logged touch has %d bytes", size)
			}
			return err
		}))
		if got := w.life(id); len(got.Touches) != 201 {
			t.Errorf("%d touches", len(got.Touches))
		}
	}},
	{"numbers are never given again", func(t *testing.T, w *world) {
		first := w.add(coach.Prospect{Owner: "UADA", Name: "A", State: coach.Active})
		_, err := w.Undo(w.ctx, Change{Rep: "UADA", At: w.now}, 0)
		w.must(err)
		if second := w.add(coach.Prospect{Owner: "UADA", Name: "B", State: coach.Active}); second <= first {
			t.Errorf("the number %d came again as %d", first, second)
		}
	}},
	{"a wrong word is refused by the database", func(t *testing.T, w *world) {
		for _, p := range []coach.Prospect{{Owner: "UADA", State: "asleep"}, {Owner: "", State: coach.Active}, {Owner: "U", State: coach.Active, Level: "boss"}} {
			if _, err := w.Change(w.ctx, Change{Rep: "UADA", At: w.now}, func(tx *Tx) error { return tx.Add(&p) }); err == nil {
				t.Errorf("%+v was taken", p)
			}
		}
	}},
}

// A field that coach adds must be kept: this fails until jane has something in
// it, and then the test that a life comes back does until storage keeps it.
func TestJaneHasSomethingInEveryField(t *testing.T) {
	t.Parallel()
	p := jane()
	p.ID = 1
	filled := map[string]bool{}
	var look func(path string, v reflect.Value)
	look = func(path string, v reflect.Value) {
		switch {
		case v.Type() == reflect.TypeFor[time.Time]():
			filled[path] = filled[path] || !v.IsZero()
		case v.Kind() == reflect.Struct:
			for i := range v.NumField() {
				look(path+"."+v.Type().Field(i).Name, v.Field(i))
			}
		case v.Kind() == reflect.Slice:
			filled[path] = filled[path] || v.Len() > 0
			for i := range v.Len() {
				look(path+"[]", v.Index(i))
			}
		default:
			filled[path] = filled[path] || !v.IsZero()
		}
	}
	look("Prospect", reflect.ValueOf(p))
	for path, ok := range filled {
		// Ids of children are set at save.
		if !ok && !strings.HasSuffix(path, "[].ID") {
			t.Errorf("%s is empty", path)
		}
	}
}

func TestBackupIsConsistentAndPrivate(t *testing.T) {
	t.Parallel()
	w := newWorld(t, engines[0])
	id := w.add(jane())
	path := t.TempDir() + "/copy #1.db"
	w.must(w.Backup(w.ctx, path))
	if err := w.Backup(w.ctx, path); err == nil {
		t.Error("a backup overwrote another")
	}
	for _, p := range []string{path, strings.TrimPrefix(w.url, "sqlite://")} {
		if mode := modeOf(t, p); mode != 0o600 {
			t.Errorf("%s has mode %o", p, mode)
		}
	}
	c, err := Open(w.ctx, Options{URL: "sqlite://" + path, Now: time.Now})
	w.must(err)
	defer c.Close()
	if p, err := c.Prospect(w.ctx, id); err != nil || asJSON(t, p) != asJSON(t, w.life(id)) {
		t.Errorf("the copy holds %+v, %v", p, err)
	}
}

func TestBackupOnPostgresNamesPgDump(t *testing.T) {
	t.Parallel()
	w := newWorld(t, engines[1])
	var p coach.Problem
	if err := w.Backup(w.ctx, t.TempDir()+"/x"); !errors.As(err, &p) || !strings.Contains(err.Error(), "pg_dump") {
		t.Errorf("got %v", err)
	}
}

func TestASecondWriterIsRefusedByName(t *testing.T) {
	t.Parallel()
	w := newWorld(t, engines[0])
	_, err := Open(w.ctx, Options{URL: w.url, Now: time.Now})
	var held ErrHeld
	if !errors.As(err, &held) || !strings.HasPrefix(held.Who, "process ") {
		t.Fatalf("the second writer got %v", err)
	}
	w.must(w.Store.Close())
	again, err := Open(w.ctx, Options{URL: w.url, Now: time.Now})
	if err != nil {
		t.Fatalf("after the first let go: %v", err)
	}
	w.must(again.Close())
}

func TestAnUnreadableAddressSaysWhatItMayBe(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"", "coach.db", "mysql://x", "sqlite://", "sqlite://:memory:", "sqlite:///no/such/folder/x.db"} {
		if s, err := Open(context.Background(), Options{URL: url, Now: time.Now}); err == nil {
			t.Errorf("%q opened", url)
			s.Close()
		}
	}
	if _, err := Open(context.Background(), Options{URL: "sqlite://" + t.TempDir() + "/none.db", Now: time.Now, ReadOnly: true}); err == nil {
		t.Error("read-only made a file")
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
