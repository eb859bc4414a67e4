//go:build bench

package main

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// The measured company: every rep has two hundred prospects who are all due on
// one Monday morning. The lives are lived by the coach and written by the
// store for the first rep; the others are copies of that rep in SQL, with
// other names, companies, addresses and numbers, indexed as the store indexes.
const (
	benchEach = 200 // prospects of a rep
	benchKind = "3" // raise it when what is generated changes
)

var (
	benchMonday = time.Date(2026, time.January, 5, 9, 0, 0, 0, time.UTC)
	benchFriday = time.Date(2026, time.January, 2, 16, 0, 0, 0, time.UTC)
)

func benchRep(i int) string { return fmt.Sprintf("U0BENCH%05d", i) }

// Two reps besides, for list: one with 5,000 prospects and one with 20.
const (
	benchBig, benchSmall = "U0BENCHBIG", "U0BENCHSMALL"
	bigHas, smallHas     = 5000, 20
)

// benchSize is how large a company is.
type benchSize struct{ reps int }

func (s benchSize) prospects() int { return s.reps * benchEach }

// benchDatabase is the SQLite file of a company of that size, made once and
// kept in .cache until the schema or the generator changes.
func benchDatabase(t *testing.T, s benchSize) string {
	t.Helper()
	dir := filepath.Join("..", "..", ".cache", "bench")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, fmt.Sprintf("%d-%s.db", s.reps, benchSchema(t)))
	if _, err := os.Stat(path); err == nil {
		return path
	}
	start := time.Now()
	fill(t, "sqlite://"+path+".new", s)
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
	t.Logf("made %d prospects in %v", s.prospects(), time.Since(start).Round(time.Second))
	return path
}

// benchSchema names what the generated file depends on.
func benchSchema(t *testing.T) string {
	h := sha256.New()
	h.Write([]byte(benchKind))
	err := fs.WalkDir(os.DirFS("../../storage/migrations"), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(filepath.Join("../../storage/migrations", path))
		h.Write(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}

// fill makes a company in an empty database of either engine.
func fill(t *testing.T, url string, s benchSize) {
	t.Helper()
	ctx := t.Context()
	store, err := storage.Open(ctx, storage.Options{URL: url, Now: func() time.Time { return benchMonday.AddDate(0, 0, -1) }})
	if err != nil {
		t.Fatal(err)
	}
	for i := range s.reps {
		saveBenchRep(t, store, benchRep(i))
	}
	saveBenchRep(t, store, benchBig)
	saveBenchRep(t, store, benchSmall)
	liveBench(t, store)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	db := benchSQL(t, url)
	defer db.Close()
	db.SetMaxOpenConns(1)
	lite := strings.HasPrefix(url, "sqlite://")
	must := func(text string, args ...any) {
		if _, err := db.ExecContext(ctx, text, args...); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	if lite {
		must("PRAGMA journal_mode = OFF")
		must("PRAGMA synchronous = OFF")
		must("PRAGMA cache_size = -1000000")
	}
	again := withoutIndexes(t, db, lite)
	c := newCopier(t, db)
	for i := 1; i < s.reps; i++ {
		c.copy(i, benchRep(i), benchEach)
	}
	for i := range bigHas / benchEach {
		c.copy(s.reps+i, benchBig, benchEach)
	}
	c.copy(s.reps+bigHas/benchEach, benchSmall, smallHas)
	c.end()
	for _, text := range again {
		must(text)
	}
	if lite {
		must("PRAGMA journal_mode = WAL")
		return
	}
	must("VACUUM (ANALYZE)") // as autovacuum does by itself within a minute or so
	for _, table := range []string{"prospects", "facts", "touches"} {
		must("SELECT setval(pg_get_serial_sequence('" + table + "', 'id')::regclass, (SELECT max(id) FROM " + table + "))")
	}
}

func benchSQL(t testing.TB, url string) *sql.DB {
	t.Helper()
	driver, dsn := "pgx", url
	if path, lite := strings.CutPrefix(url, "sqlite://"); lite {
		driver, dsn = "sqlite", "file:"+path+"?_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// saveBenchRep is a rep as after some weeks of use: greeted, the DM known, the
// next nudge planned for Tuesday.
func saveBenchRep(t *testing.T, store *storage.Store, id string) {
	t.Helper()
	err := store.SaveRep(t.Context(), storage.RepRow{
		Rep:    coach.Rep{ID: id, Name: "Rep " + id[2:], Zone: time.UTC, Company: demoCompany},
		Handle: strings.ToLower(id), DM: "D" + strings.TrimLeft(id, "UW"), Welcomed: true, NextNudge: benchMonday.AddDate(0, 0, 1),
	})
	if err != nil {
		t.Fatal(err)
	}
}

// liveBench lets the first rep's prospects live until Monday: six in ten are
// new, the others have had one to three attempts, each as the coach advised.
func liveBench(t *testing.T, store *storage.Store) {
	t.Helper()
	ctx, pb := t.Context(), openTemplates("").Playbook()
	row, err := store.Rep(ctx, benchRep(0))
	if err != nil {
		t.Fatal(err)
	}
	rep := row.Rep
	rep.WorkingDays = coach.MonToFri
	add := func(tx *storage.Tx) error {
		for _, n := range demoNuggets() {
			if err := tx.AddNugget(&n); err != nil {
				return err
			}
		}
		dice := rand.New(rand.NewPCG(1, 2))
		for i := range benchEach {
			p, err := benchLife(ctx, pb, &rep, i, dice)
			if err != nil {
				return err
			}
			if err := tx.Add(&p); err != nil {
				return err
			}
		}
		return nil
	}
	if _, err := store.Change(ctx, storage.Change{Rep: rep.ID, Label: "a company", At: benchMonday.AddDate(0, 0, -70)}, add); err != nil {
		t.Fatal(err)
	}
}

// The marks that the copies replace, in every spelling the store keeps.
const markLower, markUpper, markDigits = "qaaaaa", "Qaaaaa", "99999"

var benchTitles = []string{"CFO", "Head of Procurement", "Operations Manager", "Accountant", "VP Logistics", "Finance Manager", "COO", "Supply Chain Director"}

func benchLife(ctx context.Context, pb *coach.Playbook, rep *coach.Rep, i int, dice *rand.Rand) (coach.Prospect, error) {
	monday := coach.DateOf(benchMonday)
	for {
		attempts := max(0, dice.IntN(10)-6)
		p := coach.Prospect{
			Owner: rep.ID, Name: fmt.Sprintf("%s %s %s", benchFirst[i%len(benchFirst)], markUpper, benchLast[i%len(benchLast)]),
			Company: fmt.Sprintf("%s %s %d", benchTrade[i%len(benchTrade)], markUpper, i), Title: benchTitles[i%len(benchTitles)],
			Industry: "logistics", Email: fmt.Sprintf("p%d@%s.test", i, markLower), Phone: fmt.Sprintf("+49 %s %04d", markDigits, i),
		}
		if i%10 == 0 {
			p.Urgency = coach.High
		}
		starts := monday - coach.Date(dice.IntN(4))
		if attempts > 0 {
			starts = monday - coach.Date(7+dice.IntN(60))
		}
		p.Added = (starts - 3).At(10*60, rep.Zone)
		c := coach.Case{Playbook: pb, Now: p.Added, Rep: rep, Prospect: &p}
		if i%5 == 0 {
			if _, err := c.Note(coach.Research, "opened a hub in Leipzig in January", 0); err != nil {
				return p, err
			}
		}
		if err := c.Begin(coach.Cold, starts); err != nil {
			return p, err
		}
		made := 0
		for ; made < attempts; made++ {
			c.Now = c.Hint().Due.At(10*60, rep.Zone)
			s := c.Advise().Suggestion
			if s == nil || coach.DateOf(c.Now) >= monday-2 {
				break
			}
			if err := logAttempt(c, *s); err != nil {
				return p, err
			}
		}
		c.Now = benchMonday.AddDate(0, 0, -3)
		c.Reindex()
		if made == attempts && p.Due != 0 && p.Due <= monday {
			return p, nil
		}
		if err := ctx.Err(); err != nil {
			return p, err
		}
	}
}

var (
	benchFirst = []string{"Jane", "Tomas", "Lena", "Piotr", "Sofia", "Marc", "Katrin", "Henrik", "Eva", "Oskar", "Nadia", "Jonas", "Greta"}
	benchLast  = []string{"Doe", "Brandt", "Fischer", "Nowak", "Lindqvist", "Dubois", "Hofer", "Vos", "Marek", "Lund", "Rossi"}
	benchTrade = []string{"Acme", "Brandt Baustoffe", "Kornhaus", "Baltic Cold Chain", "Nordljus", "Vergers", "Alpenglas"}
)
