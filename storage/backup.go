package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"modernc.org/sqlite"
)

// Backup writes a consistent copy of the SQLite database to path (mode 0600),
// which must not exist yet, while the bot goes on writing. On PostgreSQL it
// answers a coach.Problem that names pg_dump.
func (s *Store) Backup(ctx context.Context, path string) error {
	return s.d.backup(ctx, s.r, path)
}

// sqliteBackup copies all pages in one step: a copy in small steps begins anew
// with every foreign write and never ends beside a busy bot.
func sqliteBackup(ctx context.Context, r *sql.DB, path, uri string) (err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("writing the backup: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("writing the backup: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("writing the backup: %w", err), os.Remove(path))
		}
	}()
	conn, err := r.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	err = conn.Raw(func(c any) error {
		b, err := c.(interface {
			NewBackup(uri string) (*sqlite.Backup, error)
		}).NewBackup(uri)
		if err != nil {
			return err
		}
		_, err = b.Step(-1)
		return errors.Join(err, b.Finish())
	})
	if err != nil {
		return err
	}
	return synced(path)
}

// synced waits until the file is on disk: a backup that a power cut can take
// away is none.
func synced(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
