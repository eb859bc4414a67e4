package storage

import (
	"context"
	"database/sql"
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

// migrate brings the tables up to date; when only reading, it refuses those
// that are not.
func migrate(ctx context.Context, d dialect, db *sql.DB, readOnly bool) error {
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
	if readOnly {
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
