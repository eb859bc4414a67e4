package storage

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrationFiles embed.FS

// newestSchema is the version that the migrations lead to.
func newestSchema(d dialect) (int64, error) {
	_, folder, _, err := d.migrations()
	if err != nil {
		return 0, err
	}
	files, err := fs.Glob(migrationFiles, folder+"/*.sql")
	if err != nil {
		return 0, fmt.Errorf("reading the migrations: %w", err)
	}
	return goose.NumericComponent(files[len(files)-1])
}

// Upgrade is a database that a newer program finds and changes.
type Upgrade struct {
	From, To int64  // numbers of the schema
	Copy     string // where the SQLite file as it was lies; "" on PostgreSQL, whose own pg_dump makes copies
}

// migrate brings the tables up to date, each step in a transaction of its own;
// when only reading, it refuses those that are not. Before a file with people's
// work in it is changed, a copy of it is laid beside it.
func (s *Store) migrate(ctx context.Context, o Options) error {
	d, db := s.d, s.w
	dialect, folder, opts, err := d.migrations()
	if err != nil {
		return err
	}
	files, err := fs.Sub(migrationFiles, folder)
	if err != nil {
		return fmt.Errorf("reading the migrations: %w", err)
	}
	p, err := goose.NewProvider(dialect, db, files, append(opts, goose.WithDisableGlobalRegistry(true))...)
	if err != nil {
		return fmt.Errorf("reading the migrations: %w", err)
	}
	known := p.ListSources()
	newest := known[len(known)-1].Version
	if o.ReadOnly {
		// goose would make its own table first; one query tells as much.
		var have int64
		if err := db.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version").Scan(&have); err != nil {
			return fmt.Errorf("this is not a database of prospectcoach: %w", err)
		}
		if have < newest {
			return fmt.Errorf("the database has schema %d, this program reads %d: start it once with serve to bring it up to date", have, newest)
		}
		return tooNew(have, newest)
	}
	have, err := p.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("reading the schema's version: %w", err)
	}
	if err := tooNew(have, newest); err != nil {
		return err
	}
	if have == newest {
		return nil
	}
	if have > 0 {
		up := Upgrade{From: have, To: newest}
		if up.Copy, err = d.copyBefore(ctx, s.r, have, s.now()); err != nil {
			return fmt.Errorf("the database has schema %d and must be copied before it is brought to %d: %w", have, newest, err)
		}
		if o.Upgrading != nil {
			o.Upgrading(up)
		}
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("bringing the database up to date: %w", err)
	}
	return nil
}

func tooNew(have, newest int64) error {
	if have <= newest {
		return nil
	}
	return fmt.Errorf("the database has schema %d, this program knows %d: it was written by a newer prospectcoach, start that one", have, newest)
}
