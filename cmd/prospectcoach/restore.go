package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/prospectcoach/prospectcoach/storage"
)

func (p *program) restoreCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "restore FILE",
		Short: "Brings a backup back into an empty place; what was due before now counts as sent",
		Long: "Makes DATABASE_URL from a backup. There must be no database yet (on PostgreSQL: an empty one). Messages that were\n" +
			"waiting when the backup was made are not sent, and days before now count as nudged, so that nobody hears twice.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{errors.New("restore takes one file, such as: prospectcoach restore prospectcoach-monday.db")}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			s, err := p.settings(c)
			if err != nil {
				return err
			}
			return p.restore(c.Context(), s, args[0])
		},
	}
	addSettingFlags(c.Flags())
	return c
}

// restore brings the backup into the place that DATABASE_URL names.
func (p *program) restore(ctx context.Context, s Settings, file string) (err error) {
	url := s.DatabaseURL.Reveal()
	say := "Use the HASH_KEY that it had."
	if path, lite := strings.CutPrefix(url, "sqlite://"); lite {
		say, err = p.restoreFile(ctx, s, file, path)
	} else {
		err = p.staged(ctx, file, "", func(staged string) error { return p.intoPostgres(ctx, staged, url) })
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "Restored %s. What was due until now counts as sent. %s\n", file, say)
	return nil
}

// restoreFile prepares the backup beside its place and moves it there at the
// end, so that a restore that was cut off leaves nothing that looks like a
// database. It says in a sentence what became of the key.
func (p *program) restoreFile(ctx context.Context, s Settings, file, path string) (say string, err error) {
	if err := free(path); err != nil {
		return "", err
	}
	err = p.staged(ctx, file, filepath.Dir(path), func(staged string) error {
		// The key first: a database without its key would be served without it.
		if say, err = bringKey(s, file, path); err != nil {
			return err
		}
		if err := os.Link(staged, path); errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("there is a database at %s; a restore goes into an empty place only", path)
		} else if err != nil { // no hard links on this file system
			if err := os.Rename(staged, path); err != nil {
				return fmt.Errorf("putting the database into its place: %w", err)
			}
		}
		return nil
	})
	return say, err
}

// staged checks a copy of the backup in a folder of its own within dir, counts
// what was due until now as sent in it, and hands it over, closed.
func (p *program) staged(ctx context.Context, file, dir string, then func(staged string) error) (err error) {
	stage, err := os.MkdirTemp(dir, ".prospectcoach-restore-")
	if err != nil {
		return fmt.Errorf("preparing the restore: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(stage)) }()
	staged := filepath.Join(stage, "restored.db")
	if err := copyBackup(file, staged); err != nil {
		return err
	}
	if err := storage.Check(ctx, "sqlite://"+staged); err != nil {
		return fmt.Errorf("%s cannot be restored: %w", file, err)
	}
	store, err := storage.Open(ctx, storage.Options{URL: "sqlite://" + staged, Now: p.now})
	if err != nil {
		return err
	}
	if err := errors.Join(store.SkipTo(ctx, p.now()), store.Close()); err != nil {
		return err
	}
	return then(staged)
}

func (p *program) intoPostgres(ctx context.Context, staged, url string) error {
	from, err := storage.Open(ctx, storage.Options{URL: "sqlite://" + staged, Now: p.now})
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := storage.Open(ctx, storage.Options{URL: url, Now: p.now})
	if err != nil {
		return err
	}
	defer to.Close()
	if _, err := storage.Copy(ctx, from, to, nil); err != nil {
		return err
	}
	return sameTallies(ctx, from, to)
}

// free refuses a place where there is a database already, or what is left of one.
func free(path string) error {
	for _, name := range []string{path, path + "-wal"} {
		if _, err := os.Lstat(name); err == nil {
			return fmt.Errorf("there is already %s; a restore goes into an empty place only: move it away first", name)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("looking at %s: %w", name, err)
		}
	}
	return nil
}

// copyBackup copies the file as it is. The live file of a running bot is no
// backup: its newest changes lie in a second file.
func copyBackup(from, to string) (err error) {
	if info, err := os.Stat(from + "-wal"); err == nil && info.Size() > 0 {
		return fmt.Errorf("%s is in use or was not closed; make a backup of it with: prospectcoach backup FILE", from)
	}
	in, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("reading the backup: %w", err)
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("writing the database: %w", err)
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		return fmt.Errorf("writing the database: %w", err)
	}
	return nil
}

// bringKey puts the key of the never-contact list beside the restored file, if
// it lies beside the backup, and says in a sentence what was done.
func bringKey(s Settings, file, path string) (string, error) {
	if s.HashKey.Reveal() != "" {
		return "HASH_KEY must be the one it had.", nil
	}
	var key []byte
	from := ""
	for _, name := range []string{file + ".key", filepath.Join(filepath.Dir(file), filepath.Base(path)+".key")} {
		b, err := os.ReadFile(name)
		if err == nil {
			key, from = b, name
			break
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("reading the key file: %w", err)
		}
	}
	here, err := os.ReadFile(path + ".key")
	switch {
	case err == nil && (from == "" || bytes.Equal(bytes.TrimSpace(here), bytes.TrimSpace(key))):
		return fmt.Sprintf("The key file %s.key is used as it lies there.", path), nil
	case err == nil:
		return "", fmt.Errorf("%s.key is another key than %s; move the wrong one away first", path, from)
	case !errors.Is(err, fs.ErrNotExist):
		return "", fmt.Errorf("reading the key file: %w", err)
	case from == "":
		return fmt.Sprintf("No key file lay beside the backup: put it at %s.key before the first start; the bot does not start with another.", path), nil
	}
	f, err := os.OpenFile(path+".key", os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", fmt.Errorf("writing the key file: %w", err)
	}
	_, err = f.Write(key)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", fmt.Errorf("writing the key file: %w", err)
	}
	return "Its key file came along.", nil
}
