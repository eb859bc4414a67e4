package storage

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// What is forgotten is in no byte of the file, of its log, of free pages, or
// of a backup made afterwards; a reader of an older state only delays it.
func TestForgottenIsInNoByte(t *testing.T) {
	t.Parallel()
	w := newWorld(t, engines[0])
	path := strings.TrimPrefix(w.url, "sqlite://")
	long := strings.Repeat("Secretword and more. ", 2000) // pages of its own, which become free
	p := jane()
	p.Name, p.Email, p.Facts[0].Text, p.Touches[0].Text = "Jo Secretword", "secretword@x.test", long, long
	id := w.add(p)
	w.change("Renamed Secretword", func(tx *Tx) error {
		p, err := tx.Prospect(id)
		p.Company = "Secretword Ltd"
		return err
	})
	if !holdsBytes(t, path, "ecretword") {
		t.Fatal("there is nothing to forget")
	}

	reading, err := w.r.BeginTx(w.ctx, nil)
	w.must(err)
	var n int
	w.must(reading.QueryRow("SELECT count(*) FROM prospects").Scan(&n))
	since := time.Now()
	w.must(w.Forget(w.ctx, Change{Rep: "UADA", At: w.now}, id, nil, nil))
	if took := time.Since(since); took > 3*time.Second {
		t.Errorf("a reader beside made it take %s", took)
	}
	killed := killedCopy(t, path)
	if w.endErasures(w.Store) == 0 {
		t.Error("an erasure is over, while somebody reads what was erased")
	}
	w.must(reading.Rollback())
	if n := w.endErasures(w.Store); n != 0 {
		t.Errorf("%d erasures do not end", n)
	}
	w.noTraces("ecretword")

	backup := filepath.Join(t.TempDir(), "after.db")
	w.must(w.Backup(w.ctx, backup))
	if holdsBytes(t, backup, "ecretword") {
		t.Error("a backup made afterwards holds it")
	}

	// A process that is killed before the log is empty leaves that to the next.
	if !holdsBytes(t, killed, "ecretword") {
		t.Fatal("the kill left nothing to do")
	}
	next, err := Open(w.ctx, Options{URL: "sqlite://" + killed, Now: time.Now})
	w.must(err)
	if n := w.endErasures(next); n != 0 {
		t.Errorf("%d erasures do not end after a kill", n)
	}
	if holdsBytes(t, killed, "ecretword") {
		t.Error("what a killed process left is still there")
	}
	w.must(next.Close())
}

// endErasures ends all that are begun, as the bot does when Slack is done, and
// answers how many are left.
func (w *world) endErasures(s *Store) int {
	w.t.Helper()
	left, err := s.Erasures(w.ctx)
	w.must(err)
	for _, e := range left {
		w.must(s.EndErasure(w.ctx, e, nil))
	}
	left, err = s.Erasures(w.ctx)
	w.must(err)
	return len(left)
}

// killedCopy is the database as it would lie there if its process were killed
// now: the file and its log.
func killedCopy(t *testing.T, path string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "killed.db")
	for _, suffix := range []string{"", "-wal"} {
		raw, err := os.ReadFile(path + suffix)
		if err == nil {
			err = os.WriteFile(to+suffix, raw, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return to
}

func holdsBytes(t *testing.T, path, word string) bool {
	t.Helper()
	found := false
	for _, suffix := range []string{"", "-wal"} {
		raw, err := os.ReadFile(path + suffix)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		found = found || bytes.Contains(raw, []byte(word))
	}
	return found
}

// A backup under a load of writes opens and equals one moment: each change
// moves two prospects together, and no copy may hold one without the other.
func TestABackupUnderWritesIsOneMoment(t *testing.T) {
	t.Parallel()
	w := newWorld(t, engines[0])
	for _, name := range []string{"Left Hand", "Right Hand"} {
		w.add(coach.Prospect{Owner: "UADA", Name: name, Company: "0", State: coach.Waiting, Campaigns: []coach.Campaign{{No: 1, Situation: coach.Cold, Starts: date("2026-03-05")}}})
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for n := 1; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			_, err := w.Change(w.ctx, Change{Rep: "UADA", Label: "moved", At: w.now}, func(tx *Tx) error {
				for _, id := range []int64{1, 2} {
					p, err := tx.Prospect(id)
					if err != nil {
						return err
					}
					p.Company = strings.Repeat("x", n%50) + time.Duration(n).String()
				}
				return nil
			})
			if err != nil {
				t.Error(err)
				return
			}
		}
	}()
	dir, seen := t.TempDir(), map[string]bool{}
	for i := range 12 {
		path := filepath.Join(dir, time.Duration(i).String())
		w.must(w.Backup(w.ctx, path))
		c, err := Open(w.ctx, Options{URL: "sqlite://" + path, Now: time.Now})
		w.must(err)
		left, err := c.Prospect(w.ctx, 1)
		w.must(err)
		right, err := c.Prospect(w.ctx, 2)
		w.must(err)
		if left.Company != right.Company {
			t.Errorf("backup %d holds half a change: %q and %q", i, left.Company, right.Company)
		}
		seen[left.Company] = true
		w.must(c.d.sound(w.ctx, c.r))
		w.must(c.Close())
	}
	close(stop)
	<-stopped
	if len(seen) < 3 {
		t.Errorf("only %d moments; nothing was written meanwhile", len(seen))
	}
}
