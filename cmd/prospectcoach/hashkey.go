package main

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/prospectcoach/prospectcoach/storage"
)

// keyMark is the name under which a database keeps the mark of its key.
const keyMark = "key"

// hashKey is the salt of the never-contact list: HASH_KEY, or for SQLite a
// file beside the database, made at the first start. Without it nobody can
// tell from the database whose address is on the list; so a database that
// began with another key is refused, unless a new one is asked for.
func hashKey(ctx context.Context, s Settings, store *storage.Store, anew bool) ([]byte, error) {
	key, file, err := keptKey(s)
	if err != nil {
		return nil, err
	}
	if !anew {
		held, err := store.Meta(ctx, keyMark)
		if err == nil {
			err = sameKey(key, file, held)
		}
		if err != nil {
			return nil, err
		}
	}
	if key == nil {
		if key, err = makeKey(file); err != nil {
			return nil, err
		}
	}
	if anew {
		return key, store.SetMeta(ctx, keyMark, markOf(key))
	}
	held, err := store.ClaimMeta(ctx, keyMark, markOf(key))
	if err == nil {
		err = sameKey(key, file, held)
	}
	return key, err
}

// keptKey is the key as it is given, nil if its file is not there; file is ""
// when it comes from HASH_KEY.
func keptKey(s Settings) (key []byte, file string, err error) {
	if key := s.HashKey.Reveal(); key != "" {
		if len(key) < 16 {
			return nil, "", errors.New("HASH_KEY is too short; it may hold 16 characters or more, such as the output of: openssl rand -hex 32")
		}
		return []byte(key), "", nil
	}
	db, ok := strings.CutPrefix(s.DatabaseURL.Reveal(), "sqlite://")
	if !ok {
		return nil, "", errors.New("HASH_KEY is missing; on PostgreSQL every replica needs the same one, such as the output of: openssl rand -hex 32")
	}
	file = db + ".key"
	b, err := os.ReadFile(file)
	switch text := strings.TrimSpace(string(b)); {
	case err == nil && len(text) >= 16:
		return []byte(text), file, nil
	case err == nil:
		return nil, "", fmt.Errorf("%s is not the key it was; put the old file back, or the never-contact list knows nobody", file)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, "", fmt.Errorf("%s cannot be read: %w", file, err)
	}
	return nil, file, nil
}

// markOf tells keys apart without telling the key.
func markOf(key []byte) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("key"))
	return hex.EncodeToString(mac.Sum(nil))
}

// sameKey refuses another key than the one whose mark the database holds.
func sameKey(key []byte, file, held string) error {
	const accept = "; to go on without it, start once with: prospectcoach serve --new-key (nobody on the never-contact list is recognised then)"
	switch {
	case held == "" || key != nil && markOf(key) == held:
		return nil
	case key == nil:
		return fmt.Errorf("%s is not there, and without it the never-contact list knows nobody: put it back from where it is kept with the backups%s", file, accept)
	case file == "":
		file = "HASH_KEY"
	}
	return fmt.Errorf("%s is not the key that this database began with, and the never-contact list knows nobody by it: put the old one back%s", file, accept)
}

func makeKey(file string) ([]byte, error) {
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, err
	}
	text := hex.EncodeToString(key)
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the key of the never-contact list cannot be kept beside the database: %w", err)
	}
	defer f.Close()
	if _, err := f.WriteString(text + "\n"); err != nil {
		return nil, err
	}
	return []byte(text), f.Sync()
}
