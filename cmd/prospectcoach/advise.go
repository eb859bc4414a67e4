package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/prospectcoach/prospectcoach/coach"
)

func (p *program) adviseCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "advise [FILE]",
		Short: "The coach as a filter: a prospect as JSON in, the advice as JSON out",
		Long: "Reads one JSON document, or one per line, from FILE or standard input, and answers in the same way. Unknown fields\n" +
			"are refused by name. A broken line is answered in its place by {\"error\": {\"line\", \"column\", \"say\"}}; exit 1.",
		Args: atMostOneFile,
		RunE: func(c *cobra.Command, args []string) error {
			s, err := p.settings(c)
			if err != nil {
				return err
			}
			input, err := p.readInput(args)
			if err != nil {
				return err
			}
			return p.advise(input, openTemplates(s.TemplatesDir).Playbook())
		},
	}
	c.Flags().String("templates-dir", "", "a folder with the team's own drafts, cadence and word lists [TEMPLATES_DIR]")
	return c
}

func atMostOneFile(c *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usageError{fmt.Errorf("%s takes one file, not %d", c.CommandPath(), len(args))}
	}
	return nil
}

// readInput reads the file, or standard input.
func (p *program) readInput(args []string) ([]byte, error) {
	if len(args) == 0 || args[0] == "-" {
		return io.ReadAll(p.in)
	}
	return os.ReadFile(args[0])
}

// advise answers each document of the input.
func (p *program) advise(input []byte, pb *coach.Playbook) error {
	failed := false
	for _, d := range documents(input) {
		answer, wrong := adviseOn(d, pb)
		if wrong != nil {
			failed = true
			answer = map[string]any{"error": wrong}
		}
		b, err := marshal(answer, !d.alone)
		if err != nil {
			return err
		}
		if _, err := p.out.Write(b); err != nil {
			return err
		}
	}
	if failed {
		return errQuiet
	}
	return nil
}

// marshal writes JSON as people read it: no < for <, one line or indented.
func marshal(v any, line bool) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if !line {
		enc.SetIndent("", "  ")
	}
	err := enc.Encode(v)
	return b.Bytes(), err
}

// document is one JSON document of the input and the line it begins on.
type document struct {
	text  []byte
	line  int
	alone bool
}

// documents splits the input: several lines of which one at least is a whole
// JSON object are one document each; anything else is one document.
func documents(input []byte) []document {
	var lines []document
	whole := false
	for i, text := range bytes.Split(input, []byte("\n")) {
		text = bytes.TrimSpace(text)
		if len(text) == 0 {
			continue
		}
		lines = append(lines, document{text: text, line: i + 1})
		whole = whole || text[0] == '{' && json.Valid(text)
	}
	if len(lines) > 1 && whole {
		return lines
	}
	return []document{{text: input, line: 1, alone: true}}
}

func adviseOn(d document, pb *coach.Playbook) (any, *mistake) {
	var doc caseDoc
	if err := decodeCase(d.text, d.line, &doc); err != nil {
		return nil, err.(*mistake)
	}
	c, err := doc.toCase(pb)
	if err != nil {
		return nil, place(d.text, quotedOffset(d.text, err.Error()), d.line, err.Error())
	}
	return newAdviceDoc(c.Advise()), nil
}

// adviceDoc is the answer; all keys are always there.
type adviceDoc struct {
	Attempts     int            `json:"attempts"`
	PlanLength   int            `json:"plan_length"`
	Due          coach.Date     `json:"due"`
	OverdueDays  int            `json:"overdue_days"`
	Verdict      verdictDoc     `json:"verdict"`
	Suggestion   *suggestionDoc `json:"suggestion"`
	Alternatives []stepDoc      `json:"alternatives"`
	Missing      []missingDoc   `json:"missing"`
	Questions    []string       `json:"questions"`
	Plan         []plannedDoc   `json:"plan"`
	MovesOn      coach.Date     `json:"moves_on"`
}

type verdictDoc struct {
	Kind   coach.VerdictKind `json:"kind"`
	Until  coach.Date        `json:"until"`
	Say    string            `json:"say"`
	Checks []checkDoc        `json:"checks"`
}

type checkDoc struct {
	ID   string `json:"id"`
	OK   bool   `json:"ok"`
	Have int    `json:"have"`
	Need int    `json:"need"`
	Say  string `json:"say"`
}

type suggestionDoc struct {
	Channel   coach.Channel `json:"channel"`
	Angle     coach.Angle   `json:"angle"`
	Why       string        `json:"why"`
	Subject   string        `json:"subject"`
	Draft     string        `json:"draft"`
	Voicemail string        `json:"voicemail"`
	Pair      *pairDoc      `json:"pair"`
	Uses      []string      `json:"uses"`
	Variant   string        `json:"variant"`
}

type pairDoc struct {
	Channel coach.Channel `json:"channel"`
	Subject string        `json:"subject"`
	Draft   string        `json:"draft"`
}

type stepDoc struct {
	Channel coach.Channel `json:"channel"`
	Angle   coach.Angle   `json:"angle"`
}

type plannedDoc struct {
	On      coach.Date    `json:"on"`
	Channel coach.Channel `json:"channel"`
	Angle   coach.Angle   `json:"angle"`
}

type missingDoc struct {
	Angle coach.Angle `json:"angle"`
	Say   string      `json:"say"`
}

func newAdviceDoc(a coach.Advice) adviceDoc {
	d := adviceDoc{
		Attempts: a.Attempts, PlanLength: a.PlanLength, Due: a.Due, OverdueDays: a.OverdueDays, MovesOn: a.MovesOn,
		Verdict:      verdictDoc{Kind: a.Verdict.Kind, Until: a.Verdict.Until, Say: a.Verdict.Say, Checks: []checkDoc{}},
		Alternatives: []stepDoc{}, Missing: []missingDoc{}, Questions: append([]string{}, a.Questions...), Plan: []plannedDoc{},
	}
	for _, c := range a.Verdict.Checks {
		d.Verdict.Checks = append(d.Verdict.Checks, checkDoc(c))
	}
	if s := a.Suggestion; s != nil {
		out := suggestionDoc{
			Channel: s.Channel, Angle: s.Angle, Why: s.Why, Subject: s.Subject, Draft: s.Draft, Voicemail: s.Voicemail, Uses: []string{}, Variant: s.Variant,
		}
		if s.Pair != nil {
			pair := pairDoc(*s.Pair)
			out.Pair = &pair
		}
		for _, u := range s.Uses {
			kind := "fact:"
			if u.Nugget {
				kind = "nugget:"
			}
			out.Uses = append(out.Uses, kind+strconv.FormatInt(u.ID, 10))
		}
		d.Suggestion = &out
	}
	for _, o := range a.Alternatives {
		d.Alternatives = append(d.Alternatives, stepDoc(o))
	}
	for _, m := range a.Missing {
		d.Missing = append(d.Missing, missingDoc(m))
	}
	for _, s := range a.Plan {
		d.Plan = append(d.Plan, plannedDoc(s))
	}
	return d
}
