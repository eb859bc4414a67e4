package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/prospectcoach/prospectcoach/bot"
	"github.com/prospectcoach/prospectcoach/storage"
)

func (p *program) exportCommand() *cobra.Command {
	var rep string
	c := &cobra.Command{
		Use:   "export [--rep U…]",
		Short: "Writes prospects with every fact and touch as a CSV to standard output",
		Long: "Writes the prospects of a rep, or of the whole team, with every fact and touch, as a CSV to standard output. It is safe to\n" +
			"open in a spreadsheet, import reads it back, and it works while the bot runs:  prospectcoach export > prospects.csv",
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			ids, err := repFlag(rep)
			if err != nil || len(ids) > 1 {
				return usageError{errors.New("--rep names a rep by Slack user id, such as --rep U024BE7LH")}
			}
			s, err := p.settings(c)
			if err != nil {
				return err
			}
			return p.export(c.Context(), s, ids)
		},
	}
	addSettingFlags(c.Flags())
	c.Flags().StringVar(&rep, "rep", "", "Slack user id of one rep (default: the whole team)")
	return c
}

func (p *program) export(ctx context.Context, s Settings, rep IDs) error {
	store, err := storage.Open(ctx, storage.Options{URL: s.DatabaseURL.Reveal(), Now: p.now, ReadOnly: true})
	if err != nil {
		return err
	}
	defer store.Close()
	owner := ""
	if len(rep) == 1 {
		owner = rep[0]
	}
	progress := (func(int, int))(nil)
	bar := newProgressBar(p.err, "exporting")
	if !isTerminal(p.out) { // else the rows themselves are to be seen
		progress = bar.show
	}
	out := bufio.NewWriter(p.out)
	n, err := bot.Export(ctx, store, owner, out, progress)
	bar.end()
	if err := errors.Join(err, out.Flush()); err != nil {
		return err
	}
	fmt.Fprintf(p.err, "%d exported.\n", n)
	return nil
}
