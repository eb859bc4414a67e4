package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/prospectcoach/prospectcoach/bot"
	"github.com/prospectcoach/prospectcoach/storage"
	"github.com/prospectcoach/prospectcoach/templates"
)

func (p *program) importCommand() *cobra.Command {
	var rep, bad string
	var fillIn bool
	c := &cobra.Command{
		Use:   "import FILE --rep U…",
		Short: "Brings a CSV of prospects in for a rep",
		Long: "Reads a CSV (own column names, or an export of Salesforce, HubSpot, Pipedrive, Zoho) and adds its prospects to those of\n" +
			"a rep, where they wait to be let in. Known ones are skipped, or filled in with --fill. Rows that cannot be brought in go\n" +
			"to standard output, or to a file with --bad, as a CSV with the reason in the last column. The same file twice adds nothing.\n" +
			"On SQLite the bot must not be running meanwhile; while it runs, drop the file into its direct message instead.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{errors.New("import takes one file, such as: prospectcoach import leads.csv --rep U024BE7LH")}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			ids, err := repFlag(rep)
			if err != nil || len(ids) != 1 {
				return usageError{errors.New("--rep names whose prospects they are, by Slack user id, such as --rep U024BE7LH")}
			}
			s, err := p.settings(c)
			if err != nil {
				return err
			}
			return p.importFile(c.Context(), s, args[0], ids[0], fillIn, bad)
		},
	}
	addSettingFlags(c.Flags())
	c.Flags().StringVar(&rep, "rep", "", "Slack user id of the rep")
	c.Flags().BoolVar(&fillIn, "fill", false, "give known prospects what they lack; nothing is overwritten")
	c.Flags().StringVar(&bad, "bad", "", "file for the rows that cannot be brought in (default: standard output)")
	return c
}

// repFlag reads --rep: one user id, or nothing.
func repFlag(rep string) (IDs, error) {
	var ids IDs
	err := ids.UnmarshalText([]byte(rep))
	return ids, err
}

func (p *program) importFile(ctx context.Context, s Settings, path, rep string, fillIn bool, bad string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	store, err := storage.Open(ctx, storage.Options{URL: s.DatabaseURL.Reveal(), Now: p.now, Upgrading: p.tellUpgrade})
	if held := (storage.ErrHeld{}); errors.As(err, &held) {
		return fmt.Errorf("%w. While the bot runs, drop the file into its direct message instead", err)
	}
	if err != nil {
		return err
	}
	defer store.Close()
	key, err := hashKey(ctx, s, store, false)
	if err != nil {
		return err
	}
	b, err := bot.New(bot.Config{
		Store: store, Playbook: openTemplates(s.TemplatesDir).Playbook, Log: p.newLog(s), Now: p.now, Settings: s.forBot(), Worker: workerName(),
		HashKey: key, Endings: templates.Endings(),
	})
	if err != nil {
		return err
	}
	bar := newProgressBar(p.err, "importing")
	done, err := b.ImportFile(ctx, rep, filepath.Base(path), data, fillIn, bar.show)
	bar.end()
	if err != nil {
		return err
	}
	fmt.Fprintln(p.err, importedWords(done))
	return p.handBack(done, bad)
}

// handBack writes the rows that were left out.
func (p *program) handBack(done bot.Imported, bad string) error {
	if len(done.Bad) == 0 {
		return nil
	}
	if bad == "" {
		_, err := p.out.Write(done.Bad)
		return err
	}
	if err := os.WriteFile(bad, done.Bad, 0o600); err != nil {
		return err
	}
	fmt.Fprintf(p.err, "The rows that were left out are in %s, with the reason in the last column.\n", bad)
	return nil
}

// importedWords say what came of an import, in one line.
func importedWords(done bot.Imported) string {
	if !done.Before.IsZero() {
		return "This very file was imported before, on " + done.Before.UTC().Format("2 January 2006") + "; it adds nothing a second time."
	}
	parts := []string{fmt.Sprintf("%d imported", done.Added)}
	for _, part := range []struct {
		n    int
		word string
	}{{done.Filled, "filled in"}, {done.Without, "of them without an address or number that cannot be right"}, {done.Skipped - done.Twice, "known already"}, {done.Twice, "twice in the file"}, {done.Rejected, "left out"}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.word))
		}
	}
	return strings.Join(parts, ", ") + "."
}
