package storage

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

func TestCopyMovesEverythingBetweenEngines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, to int }{{0, 1}, {1, 0}, {0, 0}} {
		t.Run(engines[c.from].name+" to "+engines[c.to].name, func(t *testing.T) {
			t.Parallel()
			a, b := newWorld(t, engines[c.from]), newWorld(t, engines[c.to])
			id := a.add(jane())
			gone := a.add(jane())
			_, err := a.undo(0)
			a.must(err)
			a.must(a.SaveRep(a.ctx, RepRow{Rep: coach.Rep{ID: "UADA", Paused: true}, NextNudge: monday}))
			a.queue("k")
			a.must(a.SetMeta(a.ctx, "workspace", "T1"))
			a.change("Renamed", func(tx *Tx) error {
				p, err := tx.Prospect(id)
				p.Name = "New"
				return err
			})
			told := map[string]int{}
			n, err := Copy(a.ctx, a.Store, b.Store, func(table string, rows int) { told[table] = rows })
			if err != nil || n < 10 {
				t.Fatalf("%d rows, %v", n, err)
			}
			all := 0
			for _, rows := range told {
				all += rows
			}
			if all != n {
				t.Errorf("told of %d rows, copied %d", all, n)
			}
			if x, y := asJSON(t, a.life(id)), asJSON(t, b.life(id)); x != y {
				t.Errorf("from %s\nto   %s", x, y)
			}
			x, err := a.Tally(a.ctx)
			a.must(err)
			y, err := b.Tally(b.ctx)
			b.must(err)
			if !slices.Equal(x, y) || len(x) != len(tables) {
				t.Errorf("tallies differ:\nfrom %+v\nto   %+v", x, y)
			}
			if _, err := b.undo(0); err != nil || b.life(id).Name != jane().Name {
				t.Errorf("undo after the move: %v", err)
			}
			if next := b.add(jane()); next <= gone {
				t.Errorf("the number %d came again as %d", gone, next)
			}
			if r, err := b.Rep(b.ctx, "UADA"); err != nil || !r.Paused || !r.NextNudge.Equal(monday) {
				t.Errorf("rep: %+v, %v", r, err)
			}
			_, err = Copy(a.ctx, a.Store, b.Store, nil)
			b.wantProblem(err, "not empty")
			if y, err := b.Tally(b.ctx); err != nil || slices.Equal(x, y) {
				t.Errorf("the tally did not see the change: %v", err)
			}
		})
	}
}

var skipTrials = []trial{
	{"after a restore nothing of the past is said", func(t *testing.T, w *world) {
		w.queue("k1", "k2")
		m := w.claimOne()
		if ok, err := w.Sending(w.ctx, m); !ok || err != nil {
			t.Fatal(err)
		}
		hours := map[string]time.Duration{"U1": -time.Hour, "U2": -49 * time.Hour, "U3": time.Hour, "U4": 0}
		for id, h := range hours {
			w.must(w.SaveRep(w.ctx, RepRow{Rep: coach.Rep{ID: id}, NextNudge: w.now.Add(h)}))
		}
		w.must(w.SetSlot(w.ctx, "weekly", w.now.Add(-time.Hour)))
		w.must(w.SkipTo(w.ctx, w.now))
		if got := w.states(); got[Dropped] != 2 || len(got) != 1 {
			t.Errorf("states: %v", got)
		}
		if ok, err := w.Fire(w.ctx, "weekly", w.now.Add(-time.Minute), nil); ok || err != nil {
			t.Errorf("a past slot fired: %v, %v", ok, err)
		}
		for id, want := range map[string]time.Duration{"U1": 23 * time.Hour, "U2": 23 * time.Hour, "U3": time.Hour, "U4": 24 * time.Hour} {
			if r, err := w.Rep(w.ctx, id); err != nil || !r.NextNudge.Equal(w.now.Add(want)) {
				t.Errorf("%s: %v, %v", id, r.NextNudge.Sub(w.now), err)
			}
		}
	}},
}

func TestCopyKnowsEveryTable(t *testing.T) {
	t.Parallel()
	w := newWorld(t, engines[0])
	known := map[string]bool{"leases": true, "replicas": true, "paces": true, "goose_db_version": true}
	for _, t := range tables {
		known[t.name] = true
	}
	w.must(w.read(w.ctx, "listing tables", func(q querier) error {
		return q.each("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", nil, func(rows *sql.Rows) error {
			var name string
			err := rows.Scan(&name)
			if !known[name] {
				t.Errorf("table %s would be left behind", name)
			}
			return err
		})
	}))
}

// A file is looked at as a whole before anything is made of it.
func TestCheckKnowsAGoodFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t, engines[0])
	for range 40 {
		w.add(jane())
	}
	dir := t.TempDir()
	good := filepath.Join(dir, "good.db")
	w.must(w.Backup(w.ctx, good))
	whole, err := os.ReadFile(good)
	w.must(err)
	write := func(name string, b []byte) string {
		path := filepath.Join(dir, name)
		w.must(os.WriteFile(path, b, 0o600))
		return path
	}
	torn := slices.Clone(whole)
	copy(torn[len(torn)-3*4096:], make([]byte, 2*4096))
	other := filepath.Join(dir, "other.db")
	db, err := sql.Open("sqlite", other)
	w.must(err)
	_, err = db.Exec("CREATE TABLE t (x)")
	w.must(err)
	w.must(db.Close())
	newer := write("newer.db", whole)
	db, err = sql.Open("sqlite", newer)
	w.must(err)
	_, err = db.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
	w.must(err)
	w.must(db.Close())
	for path, want := range map[string]string{
		good:                                     "",
		write("torn.db", torn):                   "damaged",
		write("half.db", whole[:len(whole)/2]):   "damaged",
		write("empty.db", nil):                   "not a database of prospectcoach",
		write("text.db", []byte("name,company")): "not a database of prospectcoach",
		other:                                    "not a database of prospectcoach",
		newer:                                    "newer prospectcoach",
		filepath.Join(dir, "nowhere.db"):         "no such file",
	} {
		err := Check(context.Background(), "sqlite://"+path)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", filepath.Base(path), err, want)
		}
	}
}
