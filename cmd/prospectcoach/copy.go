package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/prospectcoach/prospectcoach/storage"
)

func (p *program) copyCommand() *cobra.Command {
	var to string
	c := &cobra.Command{
		Use:   "copy --to URL",
		Short: "Copies everything from DATABASE_URL into another, empty database: SQLite into PostgreSQL, and back",
		Long: "Copies all of DATABASE_URL into an empty database, sqlite://FILE or postgres://user@host/name, and compares the two.\n" +
			"Stop the bot first. The first database stays as it is. A password is better kept out of the address, which shows in ps:\n" +
			"PGPASSWORD and ~/.pgpass are read.",
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			s, err := p.settings(c)
			if err != nil {
				return err
			}
			if to == "" {
				return usageError{errors.New("copy needs --to, such as: prospectcoach copy --to postgres://coach@db.example/coach")}
			}
			return p.copyInto(c.Context(), s, to)
		},
	}
	c.Flags().StringVar(&to, "to", "", "the empty database to fill: sqlite://FILE or postgres://user@host/name")
	addSettingFlags(c.Flags())
	return c
}

// copyInto copies, counts both sides, and says what else has to move.
func (p *program) copyInto(ctx context.Context, s Settings, to string) error {
	from := s.DatabaseURL.Reveal()
	if err := isThere(from); err != nil {
		return err
	}
	source, err := storage.Open(ctx, storage.Options{URL: from, Now: p.now, Upgrading: p.tellUpgrade})
	if err != nil {
		return fmt.Errorf("the database to copy from: %w", err)
	}
	defer source.Close()
	target, err := storage.Open(ctx, storage.Options{URL: to, Now: p.now})
	if err != nil {
		return fmt.Errorf("the database to copy into: %w", err)
	}
	defer target.Close()
	n, err := storage.Copy(ctx, source, target, func(table string, rows int) {
		if rows > 0 {
			fmt.Fprintf(p.err, "  %-14s %9d\n", table, rows)
		}
	})
	if err != nil {
		return err
	}
	fmt.Fprintln(p.err, "comparing both sides …")
	if err := sameTallies(ctx, source, target); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "Copied %d rows; counts and checksums agree. %s\n", n, keyAdvice(s, to))
	return nil
}

// isThere refuses a SQLite file that does not exist, instead of making it.
func isThere(url string) error {
	path, ok := strings.CutPrefix(url, "sqlite://")
	if !ok {
		return nil
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("DATABASE_URL held a file that is not there: %s", path)
	}
	return nil
}

// sameTallies fails unless both stores hold the same.
func sameTallies(ctx context.Context, a, b *storage.Store) error {
	x, err := a.Tally(ctx)
	if err != nil {
		return err
	}
	y, err := b.Tally(ctx)
	if err != nil {
		return err
	}
	if slices.Equal(x, y) {
		return nil
	}
	for i := range x {
		if x[i] != y[i] {
			return fmt.Errorf("table %s differs after copying (%d rows against %d): was the bot still running? Empty the new database and copy again", x[i].Table, x[i].Rows, y[i].Rows)
		}
	}
	return errors.New("the two databases differ after copying")
}

// keyAdvice says how the key of the never-contact list moves along: with
// another one the list knows nobody, and serve does not start.
func keyAdvice(s Settings, to string) string {
	if s.HashKey.Reveal() != "" {
		return "Use the same HASH_KEY with the new database, or the bot refuses to start."
	}
	db, ok := strings.CutPrefix(s.DatabaseURL.Reveal(), "sqlite://")
	if !ok {
		return "The same HASH_KEY must be used with the new database, or the bot refuses to start."
	}
	file := db + ".key"
	if path, ok := strings.CutPrefix(to, "sqlite://"); ok {
		return fmt.Sprintf("Copy the key file too (%s to %s.key), or the bot refuses to start.", file, path)
	}
	return fmt.Sprintf("Set HASH_KEY_FILE=%s with the new database: the same HASH_KEY must be used, or the bot refuses to start.", file)
}
