package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// hashKey is the salt of the never-contact list: HASH_KEY, or for SQLite a
// file beside the database, made at the first start. Without it nobody can
// tell from the database whose address is on the list.
func hashKey(s Settings) ([]byte, error) {
	if key := s.HashKey.Reveal(); key != "" {
		if len(key) < 16 {
			return nil, fmt.Errorf("HASH_KEY is too short; it may hold 16 characters or more, such as the output of: openssl rand -hex 32")
		}
		return []byte(key), nil
	}
	db, ok := strings.CutPrefix(s.DatabaseURL.Reveal(), "sqlite://")
	if !ok {
		return nil, errors.New("HASH_KEY is missing; on PostgreSQL every replica needs the same one, such as the output of: openssl rand -hex 32")
	}
	path := db + ".key"
	b, err := os.ReadFile(path)
	switch {
	case err == nil && len(strings.TrimSpace(string(b))) >= 16:
		return []byte(strings.TrimSpace(string(b))), nil
	case err == nil:
		return nil, fmt.Errorf("%s is not the key it was; put the old file back, or the never-contact list knows nobody", path)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s cannot be read: %w", path, err)
	}
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, err
	}
	text := hex.EncodeToString(key)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the key of the never-contact list cannot be kept beside the database: %w", err)
	}
	defer f.Close()
	if _, err := f.WriteString(text + "\n"); err != nil {
		return nil, err
	}
	return []byte(text), f.Sync()
}
