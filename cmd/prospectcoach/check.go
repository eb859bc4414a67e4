package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/prospectcoach/prospectcoach/coach"
)

// checkOptions are the flags of check.
type checkOptions struct {
	channel, angle, prospect string
	asJSON                   bool
}

func (p *program) checkCommand() *cobra.Command {
	var o checkOptions
	c := &cobra.Command{
		Use:   "check [FILE]",
		Short: "Draft check from standard input or a file: is this message worth an answer?",
		Long: "Judges a draft: send, tighten or rework, with the words each finding points at. It never rewrites. What is known of\n" +
			"the prospect comes from --prospect FILE, a document as advise takes it; without one, what needs it is not judged.",
		Args: atMostOneFile,
		RunE: func(c *cobra.Command, args []string) error {
			s, err := p.settings(c)
			if err != nil {
				return err
			}
			text, err := p.readInput(args)
			if err != nil {
				return err
			}
			return p.checkDraft(string(text), o, openTemplates(s.TemplatesDir).Playbook())
		},
	}
	f := c.Flags()
	f.StringVar(&o.channel, "channel", "email", "call, voicemail, email, linkedin or text")
	f.StringVar(&o.angle, "angle", "", "the angle the draft is built on, if any")
	f.StringVar(&o.prospect, "prospect", "", "a file with what is known of the prospect, as advise takes it")
	f.BoolVar(&o.asJSON, "json", false, "the answer as JSON; offsets are bytes of the input")
	f.String("templates-dir", "", "a folder with the team's own drafts, cadence and word lists [TEMPLATES_DIR]")
	return c
}

func (p *program) checkDraft(text string, o checkOptions, pb *coach.Playbook) error {
	if strings.TrimSpace(text) == "" {
		return errors.New("there is no draft to check; give a file, or write it to standard input")
	}
	report, prospect, err := o.report(text, pb)
	if err != nil {
		return err
	}
	if o.asJSON {
		b, err := marshal(newReportDoc(report), false)
		if err != nil {
			return err
		}
		_, err = p.out.Write(b)
		return err
	}
	printReport(p.out, text, prospect, report)
	return nil
}

// report is what the check finds, with a prospect if one is known.
func (o checkOptions) report(text string, pb *coach.Playbook) (r coach.DraftReport, p *coach.Prospect, err error) {
	var w vocabulary
	t := coach.Touch{
		Text: text, Channel: check(&w, "--channel", strings.ToLower(o.channel), coach.Channels), Angle: check(&w, "--angle", strings.ToLower(o.angle), coach.Angles),
	}
	if w.err != nil {
		return r, nil, usageError{w.err}
	}
	if o.prospect == "" {
		return pb.CheckDraft(coach.DraftInput{Text: text, Channel: t.Channel, Angle: t.Angle}), nil, nil
	}
	b, err := os.ReadFile(o.prospect)
	if err != nil {
		return r, nil, err
	}
	var doc caseDoc
	if err := decodeCase(b, 1, &doc); err != nil {
		return r, nil, fmt.Errorf("%s: %w", o.prospect, err)
	}
	c, err := doc.toCase(pb)
	if err != nil {
		return r, nil, fmt.Errorf("%s: %w", o.prospect, err)
	}
	return c.CheckTouch(t), c.Prospect, nil
}

// reportDoc is the report as JSON; all keys are always there.
type reportDoc struct {
	Verdict       coach.DraftVerdict `json:"verdict"`
	SpokenSeconds int                `json:"spoken_seconds"`
	Words         int                `json:"words"`
	Findings      []findingDoc       `json:"findings"`
	NotJudged     []string           `json:"not_judged"`
	Good          []string           `json:"good"`
}

type findingDoc struct {
	ID    string `json:"id"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Say   string `json:"say"`
	Do    string `json:"do"`
}

func newReportDoc(r coach.DraftReport) reportDoc {
	d := reportDoc{
		Verdict: r.Verdict, SpokenSeconds: r.SpokenSeconds, Words: r.Words, Findings: []findingDoc{},
		NotJudged: append([]string{}, r.NotJudged...), Good: append([]string{}, r.Good...),
	}
	for _, f := range r.Findings {
		d.Findings = append(d.Findings, findingDoc{f.ID, f.Start, f.End, f.Say, f.Do})
	}
	return d
}

// printReport is the report as people read it in a terminal; the ids are in
// --json.
func printReport(out io.Writer, text string, p *coach.Prospect, r coach.DraftReport) {
	head := map[coach.DraftVerdict]string{coach.Send: "Send it", coach.Tighten: "Tighten it first", coach.Rework: "Rework it first"}[r.Verdict]
	fmt.Fprintf(out, "%s: %d words", head, r.Words)
	if r.SpokenTo > 0 {
		fmt.Fprintf(out, ", about %d to %d seconds spoken", r.SpokenFrom, r.SpokenTo)
	}
	fmt.Fprintln(out, ".")
	for _, point := range r.Points(text) {
		fmt.Fprintf(out, "\n- %s\n  %s\n", point.Say, point.Do)
	}
	if len(r.Good) > 0 {
		fmt.Fprintf(out, "\nGood: %s\n", strings.Join(r.Good, " "))
	}
	if note := r.Unjudged(p); note != "" {
		if p == nil {
			note += " (--prospect FILE)"
		}
		fmt.Fprintf(out, "\n%s\n", note)
	}
}
