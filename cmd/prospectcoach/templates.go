package main

import (
	"errors"
	"fmt"
	"slices"
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
	list := &cobra.Command{Use: "list", Short: "Angles with their purpose and number of drafts by channel, and the cadence, with where they come from", Args: noArgs}
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
	fmt.Fprintln(w, "ANGLE\tDRAFTS\tYOURS\tBY CHANNEL\tPURPOSE")
	list := templates.Describe(pb)
	for len(list) > 0 {
		angle, all, own := list[0], 0, 0
		var channels []string
		for ; len(list) > 0 && list[0].Angle == angle.Angle; list = list[1:] {
			all, own = all+list[0].Variants, own+list[0].Own
			channels = append(channels, fmt.Sprintf("%s %d", list[0].Channel, list[0].Variants))
		}
		fmt.Fprintf(w, "%s\t%d\t%d\t%s\t%s\n", angle.Angle, all, own, strings.Join(channels, ", "), angle.Angle.Purpose())
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "\nDays between attempts (%s):\n", source(pb, "cadence.yaml"))
	return p.printCadence(pb.Cadence)
}

// source says where a file of the playbook comes from.
func source(pb *coach.Playbook, file string) string {
	if slices.Contains(pb.Own, file) {
		return "your " + file
	}
	return "built in"
}

func (p *program) printCadence(t coach.Table) error {
	w := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
	fmt.Fprint(w, "PURCHASE\tURGENCY")
	for _, l := range coach.Levels {
		fmt.Fprintf(w, "\t%s", l)
	}
	fmt.Fprintln(w)
	for _, purchase := range coach.Purchases {
		for _, u := range coach.Urgencies {
			fmt.Fprintf(w, "%s\t%s", purchase, u)
			for _, l := range coach.Levels {
				fmt.Fprintf(w, "\t%d", t[purchase][u][l])
			}
			fmt.Fprintln(w)
		}
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
	fmt.Fprintf(p.out, "%s: %s\n", a, a.Purpose())
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
