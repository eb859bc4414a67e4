package main

import (
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/templates"
)

func (p *program) templatesCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "templates",
		Short: "What angles and templates there are, the team's own included",
		Args:  noArgs,
	}
	list := &cobra.Command{Use: "list", Short: "Angles with their purpose, channels and number of variants", Args: noArgs}
	check := &cobra.Command{Use: "check", Short: "Names what is wrong in TEMPLATES_DIR by file and line; exit 1 if anything is", Args: noArgs}
	show := &cobra.Command{Use: "show ANGLE", Short: "All variants of an angle, whole"}
	list.RunE = p.withTemplates(func(live *templates.Live, _ []string) error { return p.listTemplates(live.Playbook()) })
	check.RunE = p.withTemplates(func(live *templates.Live, _ []string) error { return p.checkTemplates(live) })
	show.RunE = p.withTemplates(func(live *templates.Live, args []string) error {
		if len(args) != 1 {
			return usageError{errors.New("show takes one angle, such as: prospectcoach templates show value_nugget")}
		}
		return p.showAngle(live.Playbook(), coach.Angle(strings.ToLower(args[0])))
	})
	c.RunE = list.RunE
	for _, sub := range []*cobra.Command{c, list, check, show} {
		addSettingFlags(sub.Flags())
	}
	c.AddCommand(list, check, show)
	return c
}

func (p *program) withTemplates(do func(*templates.Live, []string) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		s, err := p.settings(c)
		if err != nil {
			return err
		}
		return do(openTemplates(s.TemplatesDir), args)
	}
}

func (p *program) listTemplates(pb *coach.Playbook) error {
	w := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "ANGLE\tVARIANTS\tWRITTEN FOR\tPURPOSE")
	for _, a := range coach.Angles {
		channels := make([]string, 0, 4)
		for _, c := range templates.WrittenFor(a) {
			channels = append(channels, string(c))
		}
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\n", a, len(pb.Drafts[a]), strings.Join(channels, ", "), templates.Purpose(a))
	}
	return w.Flush()
}

func (p *program) checkTemplates(live *templates.Live) error {
	faults := live.Faults()
	for _, f := range faults {
		fmt.Fprintln(p.out, f.String())
	}
	if len(faults) > 0 {
		return fmt.Errorf("%d to mend; what is good stays in use", len(faults))
	}
	fmt.Fprintln(p.out, "All templates are in order.")
	return nil
}

func (p *program) showAngle(pb *coach.Playbook, a coach.Angle) error {
	variants := pb.Drafts[a]
	if len(variants) == 0 {
		return usageError{fmt.Errorf("there is no angle %q; prospectcoach templates list names them all", a)}
	}
	fmt.Fprintf(p.out, "%s: %s\n", a, templates.Purpose(a))
	for _, v := range variants {
		fmt.Fprintf(p.out, "\n%s  (%s)\n", v.ID, v.Source)
		for _, part := range []struct{ name, text string }{
			{"opener", v.Opener}, {"voicemail", v.Voicemail}, {"subject", v.Subject}, {"text", v.Text},
		} {
			if part.text != "" {
				fmt.Fprintf(p.out, "  %s:\n    %s\n", part.name, strings.ReplaceAll(strings.TrimSpace(part.text), "\n", "\n    "))
			}
		}
	}
	return nil
}
