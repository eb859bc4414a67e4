package storage

import (
	"context"
	"database/sql"
	"encoding/hex"
	"time"
)

// NeverContact puts addresses and numbers on the list of those who asked not
// to be contacted (V5), as salted hashes: the list outlives the person's data
// and must not tell who is on it. Empty hashes are left out.
// What others add at the same moment is there, for the caller to look for.
func (tx *Tx) NeverContact(hashes ...[]byte) error {
	if err := tx.q.d.holdNever(tx.q, true); err != nil {
		return err
	}
	for _, h := range hashes {
		if len(h) == 0 {
			continue
		}
		text := hex.EncodeToString(h)
		n, err := tx.q.exec("INSERT INTO never_contact (hash, at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING", text, millis(tx.at))
		if err != nil {
			return err
		}
		if n == 0 {
			continue // on the list before this change, and after its undo
		}
		if err := tx.item("never", text, nil); err != nil {
			return err
		}
	}
	return nil
}

// NeverSince are the hashes that came onto the list then or later; none comes
// while the change is under way.
func (tx *Tx) NeverSince(at time.Time) (hashes [][]byte, err error) {
	if err := tx.q.d.holdNever(tx.q, false); err != nil {
		return nil, err
	}
	err = tx.q.each("SELECT hash FROM never_contact WHERE at >= $1", []any{millis(at)}, func(rows *sql.Rows) error {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		h, err := hex.DecodeString(text)
		hashes = append(hashes, h)
		return err
	})
	return hashes, err
}

// IsNeverContact tells whether any of the hashes is on the list; none comes
// onto it while the change is under way.
func (tx *Tx) IsNeverContact(hashes ...[]byte) (bool, error) {
	if err := tx.q.d.holdNever(tx.q, false); err != nil {
		return false, err
	}
	return tx.q.neverContact(hashes)
}

// IsNeverContact tells whether any of the hashes is on the list.
func (s *Store) IsNeverContact(ctx context.Context, hashes ...[]byte) (on bool, err error) {
	err = s.read(ctx, "reading the never-contact list", func(q querier) error {
		on, err = q.neverContact(hashes)
		return err
	})
	return on, err
}

func (q querier) neverContact(hashes [][]byte) (bool, error) {
	for _, h := range hashes {
		if len(h) == 0 {
			continue
		}
		var n int
		if err := q.one("SELECT count(*) FROM never_contact WHERE hash = $1", []any{hex.EncodeToString(h)}, &n); err != nil {
			return false, err
		}
		if n > 0 {
			return true, nil
		}
	}
	return false, nil
}
