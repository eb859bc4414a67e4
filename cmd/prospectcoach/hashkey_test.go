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
	first, err := hashKey(s)
	if err != nil {
		t.Fatal(err)
	}
	second, err := hashKey(s)
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
	if _, err := hashKey(s); err == nil {
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
		_, err = hashKey(s)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %q", *vars, err, want)
		}
	}
}
