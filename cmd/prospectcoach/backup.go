package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/prospectcoach/prospectcoach/storage"
)

func (p *program) backupCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "backup FILE",
		Short: "Writes a consistent copy of the SQLite file while the bot runs (mode 0600)",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{fmt.Errorf("backup takes one file, such as: prospectcoach backup prospectcoach-monday.db")}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			s, err := p.settings(c)
			if err != nil {
				return err
			}
			store, err := storage.Open(c.Context(), storage.Options{URL: s.DatabaseURL.Reveal(), Now: p.now, ReadOnly: true})
			if err != nil {
				return err
			}
			defer store.Close()
			if err := store.Backup(c.Context(), args[0]); err != nil {
				return err
			}
			fmt.Fprintf(p.out, "Backed up to %s.\n", args[0])
			return nil
		},
	}
	addSettingFlags(c.Flags())
	return c
}
