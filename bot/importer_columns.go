package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/bot/view"
)

// columnsSoon is how long the file is waited for before a window opens without
// it: Slack opens one within three seconds of the click.
const columnsSoon = time.Second

// importColumns opens the window in which a person says which column is what.
// A file that takes long to come is waited for in the window.
func (b *Bot) importColumns(in Click, d view.Dropped) (Reply, error) {
	type read struct {
		form *slack.ModalViewRequest
		err  error
	}
	done := make(chan read, 1)
	go func() {
		var r read
		r.err = b.bulk.run(b.work, in.Rep.ID, func() error {
			return b.guard(func() (err error) { r.form, err = b.columnsOf(b.work, in, d); return err })
		})
		done <- r
	}()
	soon := time.NewTimer(columnsSoon)
	defer soon.Stop()
	select {
	case r := <-done:
		return Reply{Open: r.form}, r.err
	case <-soon.C:
		return Reply{Open: view.ColumnsReading(), Later: func(ctx context.Context) (*slack.ModalViewRequest, error) {
			select {
			case r := <-done:
				return r.form, r.err
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}}, nil
	}
}

// columnsOf fetches the file and draws that window.
func (b *Bot) columnsOf(ctx context.Context, in Click, d view.Dropped) (*slack.ModalViewRequest, error) {
	f, err := b.fileOf(ctx, in.Rep.ID, d.File)
	if err != nil {
		return nil, err
	}
	data, err := b.download(ctx, f)
	if err != nil {
		return nil, err
	}
	s, err := readSheet(data, d)
	if err != nil {
		return nil, err
	}
	return view.ColumnsForm(d, f.Name, s.columnLabels(), s.chosen()), nil
}

// columnsForm reads the file anew with the columns as chosen and redraws the
// preview behind the window.
func (b *Bot) columnsForm(ctx context.Context, in Form) (Reply, error) {
	d, ok := view.ParseDropped(in.Meta)
	if !ok {
		return Reply{}, fmt.Errorf("a window of columns holds %.60q", in.Meta)
	}
	columns, errs := view.ReadColumns(in.State)
	if len(errs) > 0 {
		return Reply{Errors: errs}, nil
	}
	d.Columns = columns.String()
	f, err := b.fileOf(ctx, in.Rep.ID, d.File)
	if err != nil {
		return Reply{}, err
	}
	data, err := b.download(ctx, f)
	if err != nil {
		return Reply{}, err
	}
	m, err := b.preview(ctx, in.Turn, f, data, d, "")
	return Reply{Behind: m}, err
}

// choose takes the columns as a person chose them, if they did, instead of the
// guess.
func (s *sheet) choose(chosen string) {
	columns, ok := view.ParseColumns(chosen)
	if !ok || s.own() {
		return
	}
	for field, at := range s.cols {
		if view.HasColumn(field) || field == "direct" {
			delete(s.cols, field)
			continue
		}
		at = slices.DeleteFunc(at, func(i int) bool {
			for _, chosen := range columns {
				if chosen == i {
					return true
				}
			}
			return false
		})
		if s.cols[field] = at; len(at) == 0 {
			delete(s.cols, field)
		}
	}
	for field, i := range columns {
		s.cols[field] = []int{i}
	}
}

// chosen is how the columns are read now, the first of each field.
func (s *sheet) chosen() view.Columns {
	c := view.Columns{}
	for field, at := range s.cols {
		if view.HasColumn(field) && len(at) > 0 {
			c[field] = at[0]
		}
	}
	if _, ok := c["phone"]; !ok && s.cols.has("direct") {
		c["phone"] = s.cols["direct"][0]
	}
	return c
}

// columnLabels name the columns, each with the first thing that stands in it.
func (s *sheet) columnLabels() []string {
	width := len(s.header)
	for _, r := range s.rows[:min(len(s.rows), 20)] {
		width = max(width, len(r.cells))
	}
	labels := make([]string, width)
	for i := range labels {
		labels[i] = fmt.Sprintf("Column %d", i+1)
		if i < len(s.header) && strings.TrimSpace(s.header[i]) != "" {
			labels[i] = fmt.Sprintf("%.40s", strings.TrimSpace(s.header[i]))
		}
		for _, r := range s.rows[:min(len(s.rows), 20)] {
			if i < len(r.cells) && strings.TrimSpace(r.cells[i]) != "" {
				labels[i] += fmt.Sprintf(": %.30s", strings.TrimSpace(strings.ReplaceAll(unguard(r.cells[i]), "\n", " ")))
				break
			}
		}
	}
	return labels
}
