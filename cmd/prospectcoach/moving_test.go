package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

var movingDay = time.Date(2026, time.March, 2, 8, 30, 0, 0, time.UTC)

// filled makes a database with a rep, their prospect, a nudge that waits to be
// sent and one that is due.
func filled(t *testing.T, url string) {
	t.Helper()
	s := opened(t, url)
	defer s.Close()
	ctx := t.Context()
	if err := s.ClaimWorkspace(ctx, demoWorkspaceID); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveRep(ctx, storage.RepRow{Rep: coach.Rep{ID: demoAda, Name: "Ada"}, NextNudge: movingDay.Add(-time.Hour)}); err != nil {
		t.Fatal(err)
	}
	_, err := s.Change(ctx, storage.Change{Key: "k1", Rep: demoAda, Label: "Added", At: movingDay}, func(tx *storage.Tx) error {
		p := coach.Prospect{Owner: demoAda, Name: "Jane Doe", Company: "Acme", State: coach.Active, Campaigns: []coach.Campaign{{No: 1, Situation: coach.Cold, Starts: coach.DateOf(movingDay)}}}
		if err := tx.Add(&p); err != nil {
			return err
		}
		return tx.Queue(storage.Message{Key: "nudge:1", Kind: "nudge", Rep: demoAda, Day: coach.DateOf(movingDay), RunAt: movingDay})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func opened(t *testing.T, url string) *storage.Store {
	t.Helper()
	s, err := storage.Open(t.Context(), storage.Options{URL: url, Now: func() time.Time { return movingDay }})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// keyed is the key of that SQLite database, made if there is none.
func keyed(t *testing.T, url string) []byte {
	t.Helper()
	s := opened(t, url)
	defer s.Close()
	key, err := hashKey(t.Context(), Settings{DatabaseURL: Secret{url}}, s, false)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// holds fails unless Jane is in that database, and answers its outbox.
func holds(t *testing.T, url string) map[string]int {
	t.Helper()
	s := opened(t, url)
	defer s.Close()
	rows, _, err := s.List(t.Context(), storage.ListQuery{Owner: demoAda})
	if err != nil || len(rows) != 1 || rows[0].Name != "Jane Doe" || rows[0].ID != 1 {
		t.Errorf("prospects: %+v, %v", rows, err)
	}
	stats, err := s.OutboxStats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return stats.Counts
}

func TestCopyMovesALaptopToAFleetAndBack(t *testing.T) {
	t.Parallel()
	lite, pg := engines[0].url(t), engines[1].url(t)
	filled(t, lite)
	env := []string{"DATABASE_URL=" + lite}
	keyed(t, lite)
	code, out, errs := operator(t, movingDay, env, "copy", "--to", pg)
	if code != 0 || !strings.Contains(out, "counts and checksums agree") || strings.Count(out, "\n") != 1 ||
		!strings.Contains(out, "HASH_KEY_FILE="+strings.TrimPrefix(lite, "sqlite://")+".key") || !strings.Contains(errs, "prospects") {
		t.Fatalf("%d\n%s\n%s", code, out, errs)
	}
	if outbox := holds(t, pg); outbox[storage.Pending] != 1 {
		t.Errorf("what waits did not come along: %v", outbox)
	}
	code, out, errs = operator(t, movingDay, env, "copy", "--to", pg)
	if code != 1 || out != "" || errs != "prospectcoach: the database to copy into is not empty\n" {
		t.Errorf("copying over what is there: %d\n%s%s", code, out, errs)
	}
	back := engines[0].url(t)
	env = []string{"DATABASE_URL=" + pg, "HASH_KEY=0123456789abcdef0123456789"}
	code, out, errs = operator(t, movingDay, env, "copy", "--to", back)
	if code != 0 || !strings.Contains(out, "same HASH_KEY") {
		t.Fatalf("back: %d\n%s%s", code, out, errs)
	}
	holds(t, back)
}

func TestCopyRefusesWhatItCannotDoWell(t *testing.T) {
	t.Parallel()
	lite := engines[0].url(t)
	if code, _, errs := operator(t, movingDay, []string{"DATABASE_URL=" + lite}, "copy", "--to", engines[0].url(t)); code != 1 || !strings.Contains(errs, "not there") {
		t.Errorf("from nowhere: %d %s", code, errs)
	}
	if code, _, errs := operator(t, movingDay, nil, "copy"); code != 2 || !strings.Contains(errs, "--to") {
		t.Errorf("to nowhere: %d %s", code, errs)
	}
	filled(t, lite)
	if code, _, errs := operator(t, movingDay, []string{"DATABASE_URL=" + lite}, "copy", "--to", lite); code != 1 || !strings.Contains(errs, "in use by process") {
		t.Errorf("onto itself: %d %s", code, errs)
	}
	s := opened(t, lite)
	defer s.Close()
	if code, _, errs := operator(t, movingDay, []string{"DATABASE_URL=" + lite}, "copy", "--to", engines[0].url(t)); code != 1 || !strings.Contains(errs, "in use by process") || strings.Count(errs, "\n") != 1 {
		t.Errorf("beside a running bot: %d %s", code, errs)
	}
}

func TestRestoreSendsNothingTwice(t *testing.T) {
	t.Parallel()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			lite := engines[0].url(t)
			filled(t, lite)
			keyed(t, lite)
			dir := t.TempDir()
			backup := filepath.Join(dir, "monday.db")
			if code, _, errs := operator(t, movingDay, []string{"DATABASE_URL=" + lite}, "backup", backup); code != 0 {
				t.Fatal(errs)
			}
			target, later := e.url(t), movingDay.Add(26*time.Hour)
			env := []string{"DATABASE_URL=" + target}
			if e.name == "postgres" {
				env = append(env, "HASH_KEY=0123456789abcdef0123456789")
			}
			code, out, errs := operator(t, later, env, "restore", backup)
			if code != 0 || !strings.Contains(out, "counts as sent") || errs != "" {
				t.Fatalf("%d\n%s%s", code, out, errs)
			}
			if e.name == "sqlite" && !strings.Contains(out, "No key file lay beside the backup") {
				t.Errorf("not a word about the key: %s", out)
			}
			if outbox := holds(t, target); len(outbox) != 0 {
				t.Errorf("outbox after the restore: %v", outbox)
			}
			s := opened(t, target)
			due, err := s.NudgesDue(t.Context(), later, 10)
			if err != nil || len(due) != 0 {
				t.Errorf("%d nudges of the past are due, %v", len(due), err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if code, out, errs := operator(t, later, env, "restore", backup); code != 1 || out != "" || !strings.Contains(errs, "empty") || strings.Count(errs, "\n") != 1 {
				t.Errorf("over what is there: %d\n%s%s", code, out, errs)
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
				t.Errorf("beside the backup lie %v, %v", left, err)
			}
		})
	}
}

func TestRestoreTakesTheKeyAlong(t *testing.T) {
	t.Parallel()
	lite := engines[0].url(t)
	filled(t, lite)
	key := keyed(t, lite)
	path := strings.TrimPrefix(lite, "sqlite://")
	backup := filepath.Join(t.TempDir(), "monday.db")
	if code, _, errs := operator(t, movingDay, []string{"DATABASE_URL=" + lite}, "backup", backup); code != 0 {
		t.Fatal(errs)
	}
	text, err := os.ReadFile(path + ".key")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(backup+".key", text, 0o600); err != nil {
		t.Fatal(err)
	}
	target := engines[0].url(t)
	code, out, errs := operator(t, movingDay, []string{"DATABASE_URL=" + target}, "restore", backup)
	if code != 0 || !strings.Contains(out, "key file came along") {
		t.Fatalf("%d %s%s", code, out, errs)
	}
	if got := keyed(t, target); string(got) != string(key) {
		t.Error("another key than before")
	}
	for _, name := range []string{"", ".key"} {
		info, err := os.Stat(strings.TrimPrefix(target, "sqlite://") + name)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("mode of the restored %q: %v, %v", name, info, err)
		}
	}
	other := engines[0].url(t)
	if err := os.WriteFile(strings.TrimPrefix(other, "sqlite://")+".key", []byte("another key of enough letters\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := operator(t, movingDay, []string{"DATABASE_URL=" + other}, "restore", backup); code != 1 || !strings.Contains(errs, "another key") {
		t.Errorf("a wrong key in the way: %d %s", code, errs)
	}
	holds(t, target)
}

func TestRestoreRefusesWhatIsNoBackup(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(text, []byte("not a database at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	live := engines[0].url(t)
	filled(t, live)
	s := opened(t, live)
	defer s.Close()
	if err := s.SetMeta(t.Context(), "k", "v"); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		text:                                  "not a database of prospectcoach",
		filepath.Join(dir, "nowhere.db"):      "no such file",
		strings.TrimPrefix(live, "sqlite://"): "prospectcoach backup",
	} {
		target := filepath.Join(t.TempDir(), "coach.db")
		code, out, errs := operator(t, movingDay, []string{"DATABASE_URL=sqlite://" + target}, "restore", file)
		if code != 1 || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%s: %d\n%s%s", file, code, out, errs)
		}
		if left, err := os.ReadDir(filepath.Dir(target)); err != nil || len(left) != 0 {
			t.Errorf("%s: the place is not as it was: %v, %v", file, left, err)
		}
	}
}
