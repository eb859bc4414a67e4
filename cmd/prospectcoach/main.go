// Command prospectcoach is the whole program: the Slack bot, the demo with a
// local Slack, and what an operator needs around them. This package only
// wires: it reads settings, holds the one clock, starts and stops things.
//
// Start reading at program and at the list in commands.go; each command has a
// file of its own.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
	_ "time/tzdata" // the image has no zone files

	"github.com/spf13/cobra"
)

// program is one run of the binary with everything it touches outside, so that
// tests run the real thing.
type program struct {
	in       io.Reader
	out, err io.Writer
	environ  []string
	dotenv   string
	now      func() time.Time
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := &program{in: os.Stdin, out: os.Stdout, err: os.Stderr, environ: os.Environ(), dotenv: ".env", now: time.Now}
	os.Exit(p.run(ctx, os.Args[1:]))
}

// run answers the exit code: 0 done, 1 it did not work, 2 wrong usage.
func (p *program) run(ctx context.Context, args []string) int {
	root := p.newRoot()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errQuiet):
		return 1
	case errors.As(err, &usage):
		fmt.Fprintf(p.err, "prospectcoach: %v\nSee prospectcoach --help.\n", err)
		return 2
	}
	fmt.Fprintf(p.err, "prospectcoach: %v\n", err)
	return 1
}

// errQuiet ends the program with exit code 1 when all has been said already.
var errQuiet = errors.New("said already")

// usageError is a mistake in the command line itself.
type usageError struct{ error }

func (p *program) newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "prospectcoach",
		Short: "A Slack bot that coaches salespeople through prospects who do not answer",
		Long: "prospectcoach keeps each rep's prospects, sends one message in the morning with who is due and a fresh\n" +
			"reason to get in touch, and says, with evidence, when it is time to move on.\n\n" +
			"New here? Try:  prospectcoach demo",
		Version:       version(),
		SilenceUsage:  true,
		SilenceErrors: true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{fmt.Errorf("there is no command %q", args[0])}
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetOut(p.out)
	root.SetErr(p.err)
	root.SetIn(p.in)
	root.SetVersionTemplate("prospectcoach {{.Version}}\n")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(p.commands()...)
	return root
}

// noArgs refuses arguments with one line.
func noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("%s takes no %q", c.CommandPath(), args[0])}
	}
	return nil
}

// version is the module's version, or the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "dev-" + s.Value[:12]
		}
	}
	return "dev"
}
