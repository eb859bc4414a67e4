package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"

	"github.com/prospectcoach/prospectcoach/bot"
)

var slashCommand = regexp.MustCompile(`^/[a-z0-9_-]{1,31}$`)

func (p *program) manifestCommand() *cobra.Command {
	var asJSON bool
	var command, name string
	c := &cobra.Command{
		Use:   "manifest",
		Short: "Prints the Slack app manifest to paste when creating the app",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			if !slashCommand.MatchString(command) {
				return usageError{fmt.Errorf("--command held %q; it may hold a slash and up to 31 lower-case letters, such as /prospect", command)}
			}
			if n := utf8.RuneCountInString(name); n < 1 || n > 35 {
				return usageError{fmt.Errorf("--name held %d characters; it may hold 1 to 35, such as Prospectcoach", n)}
			}
			return p.printManifest(bot.BuildManifest(name, command), asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON instead of YAML")
	c.Flags().StringVar(&command, "command", "/prospect", "the slash command")
	c.Flags().StringVar(&name, "name", "Prospectcoach", "the app's name")
	return c
}

func (p *program) printManifest(m bot.Manifest, asJSON bool) error {
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if asJSON {
		_, err = fmt.Fprintln(p.out, string(b))
		return err
	}
	// JSON is YAML too: read it as YAML to keep the order of the keys, then
	// write it in the block style that people read.
	var node yaml.Node
	if err := yaml.Unmarshal(b, &node); err != nil {
		return err
	}
	blockStyle(&node)
	enc := yaml.NewEncoder(p.out)
	enc.SetIndent(2)
	if err := enc.Encode(&node); err != nil {
		return err
	}
	return enc.Close()
}

func blockStyle(n *yaml.Node) {
	n.Style = 0
	for _, child := range n.Content {
		blockStyle(child)
	}
}
