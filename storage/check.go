package storage

import (
	"context"
	"errors"
	"fmt"
)

// Check looks at a database as a whole without changing it: is it one of ours,
// not written by a newer program, and not damaged. An older schema is fine,
// [Open] brings it up to date. On PostgreSQL, which looks after itself, only
// the first two are asked.
func Check(ctx context.Context, url string) (err error) {
	d, err := parseURL(url)
	if err != nil {
		return err
	}
	if err := d.exists(); err != nil {
		return err
	}
	w, r, err := d.open(true)
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, r.Close())
		if w != r {
			err = errors.Join(err, w.Close())
		}
	}()
	if err := d.sound(ctx, r); err != nil {
		return err
	}
	var have int64
	if err := r.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version").Scan(&have); err != nil {
		return fmt.Errorf("this is not a database of prospectcoach: %w", err)
	}
	newest, err := newestSchema(d)
	if err != nil {
		return err
	}
	return tooNew(have, newest)
}
