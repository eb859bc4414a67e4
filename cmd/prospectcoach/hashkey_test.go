package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestHashKeyIsMadeOnceAndKept(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "p.db")
	s, err := readSettings(map[string]string{"DATABASE_URL": "sqlite://" + db})
	if err != nil {
		t.Fatal(err)
	}
	store := opened(t, "sqlite://"+db)
	defer store.Close()
	first, err := hashKey(t.Context(), s, store, false)
	if err != nil {
		t.Fatal(err)
	}
	second, err := hashKey(t.Context(), s, store, false)
	if err != nil || string(first) != string(second) || len(first) != 64 {
		t.Errorf("first %d bytes, second the same: %v, %v", len(first), string(first) == string(second), err)
	}
	info, err := os.Stat(db + ".key")
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode of the key: %v, %v", info, err)
	}
	if err := os.WriteFile(db+".key", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := hashKey(t.Context(), s, store, true); err == nil {
		t.Error("an emptied key was replaced silently")
	}
}

func TestHashKeyIsRequiredOnPostgres(t *testing.T) {
	t.Parallel()
	for vars, want := range map[*map[string]string]string{
		{"DATABASE_URL": "postgres://db/x"}:                                         "HASH_KEY is missing",
		{"DATABASE_URL": "postgres://db/x", "HASH_KEY": "short"}:                    "too short",
		{"DATABASE_URL": "postgres://db/x", "HASH_KEY": "0123456789abcdef01234567"}: "",
	} {
		s, err := readSettings(*vars)
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = keptKey(s)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %q", *vars, err, want)
		}
	}
}

// Without its key the never-contact list knows nobody: a database is served
// with the key it began with, or not at all.
func TestALostKeyIsNotReplacedSilently(t *testing.T) {
	t.Parallel()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			leads := filepath.Join(t.TempDir(), "leads.csv")
			if err := os.WriteFile(leads, []byte("name,company,email\nJane Doe,Acme,jane@acme.test\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			o := newOffice(t, e.url(t))
			// What is served with a wrong token ends at its first word with Slack.
			env := []string{"DATABASE_URL=" + o.dbURL, "SLACK_BOT_TOKEN=xoxb-wrong", "SLACK_APP_TOKEN=" + demoAppToken, "SLACK_API_URL=" + o.slack.URL() + "/api/"}
			file := strings.TrimPrefix(o.dbURL, "sqlite://") + ".key"
			first := []string{"HASH_KEY=0123456789abcdef0123456789"}
			if e.name == "sqlite" {
				first = nil // a key file is made
			}
			with := func(key []string, args ...string) (int, string) {
				t.Helper()
				code, out, errs := operator(t, movingDay, append(append([]string(nil), env...), key...), args...)
				return code, out + errs
			}
			for range 2 {
				if code, said := with(first, "import", leads, "--rep", demoAda); code != 0 {
					t.Fatalf("with its key: %d %s", code, said)
				}
			}
			refused := func(what, want string, key []string) {
				t.Helper()
				for _, args := range [][]string{{"serve"}, {"import", leads, "--rep", demoAda}} {
					if code, said := with(key, args...); code != 1 || strings.Count(said, "\n") > 2 || !strings.Contains(said, want) || !strings.Contains(said, "--new-key") {
						t.Errorf("%s, %s: exit %d, want one line with %q:\n%s", what, args[0], code, want, said)
					}
				}
				if code, said := with(key, "doctor"); code != 1 || !strings.Contains(said, "WRONG  key") || !strings.Contains(said, want) {
					t.Errorf("%s, doctor: exit %d\n%s", what, code, said)
				}
			}
			another := []string{"HASH_KEY=another key of enough letters"}
			refused("another key", "HASH_KEY is not the key", another)
			if e.name == "sqlite" {
				if err := os.Rename(file, file+".away"); err != nil {
					t.Fatal(err)
				}
				refused("no key file", file+" is not there", nil)
				if _, err := os.Stat(file); err == nil {
					t.Error("a new key file was made")
				}
				if err := os.WriteFile(file, []byte("another key of enough letters\n"), 0o600); err != nil {
					t.Fatal(err)
				}
				refused("another key file", file+" is not the key", nil)
				if err := os.Rename(file+".away", file); err != nil {
					t.Fatal(err)
				}
			}
			if code, said := with(first, "import", leads, "--rep", demoAda); code != 0 {
				t.Errorf("its key again: %d %s", code, said)
			}
			if code, said := with(another, "serve", "--new-key"); code != 1 || strings.Contains(said, "not the key") || !strings.Contains(said, "SLACK_BOT_TOKEN") {
				t.Errorf("a new key that was asked for: %d %s", code, said)
			}
			if code, said := with(another, "import", leads, "--rep", demoAda); code != 0 {
				t.Errorf("the new key: %d %s", code, said)
			}
			refused("the old key", "is not the key", first)
		})
	}
}
