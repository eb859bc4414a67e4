package bot

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// byteOrderMark lets a spreadsheet read the file as what it is.
const byteOrderMark = "\ufeff"

// exportHeader are the columns of an export. A row is a prospect, or one of
// its facts or touches (first column), so that nothing has to be squeezed into
// one cell; the import reads all of it back.
var exportHeader = []string{
	"record", "number", "name", "company", "title", "email", "phone", "line", "linkedin", "industry", "time zone",
	"level", "purchase", "urgency", "situation", "state", "due", "added", "last talk", "gatekeeper", "gatekeeper said", "best time",
	"on", "kind", "channel", "angle", "outcome", "subject", "text", "variant", "owner",
}

// exportRows are the rows of one life.
func exportRows(p *coach.Prospect, owner string) [][]string {
	number := strconv.FormatInt(p.ID, 10)
	row := func(record string, more map[string]string) []string {
		cells := make([]string, len(exportHeader))
		for i, h := range exportHeader {
			switch h {
			case "record":
				cells[i] = record
			case "number":
				cells[i] = number
			case "name":
				cells[i] = guard(p.Name)
			case "company":
				cells[i] = guard(p.Company)
			case "owner":
				cells[i] = guard(owner)
			default:
				cells[i] = guard(more[h])
			}
		}
		return cells
	}
	rows := [][]string{row("prospect", map[string]string{
		"title": p.Title, "email": p.Email, "phone": p.Phone, "line": string(p.Line), "linkedin": p.LinkedIn, "industry": p.Industry, "time zone": p.Zone,
		"level": string(p.Level), "purchase": string(p.Purchase), "urgency": string(p.Urgency), "situation": string(p.Situation()),
		"state": string(p.State), "due": p.Due.String(), "added": p.Added.UTC().Format("2006-01-02"), "last talk": p.LastTalk.String(),
		"gatekeeper": p.Gatekeeper.Name, "gatekeeper said": p.Gatekeeper.Said, "best time": p.Gatekeeper.BestTime,
	})}
	for _, f := range p.Facts {
		rows = append(rows, row("fact", map[string]string{"on": f.On.String(), "kind": string(f.Kind), "text": f.Text}))
	}
	for _, t := range p.Touches {
		rows = append(rows, row("touch", map[string]string{
			"on": t.On.String(), "channel": string(t.Channel), "angle": string(t.Angle), "outcome": string(t.Outcome),
			"subject": t.Subject, "text": t.Text, "variant": t.Variant,
		}))
	}
	return rows
}

// Export writes every fact and touch of a rep's prospects as a CSV that is
// safe to open in a spreadsheet, and answers how many prospects there were.
// owner "" is the whole team. progress may be nil. It holds who was there when
// it began and still is when their turn comes, each once, whatever happens
// meanwhile.
func Export(ctx context.Context, store *storage.Store, owner string, w io.Writer, progress func(done, total int)) (int, error) {
	names, err := repNames(ctx, store)
	if err != nil {
		return 0, err
	}
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return 0, fmt.Errorf("writing the export: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(exportHeader); err != nil {
		return 0, fmt.Errorf("writing the export: %w", err)
	}
	ids, err := store.IDs(ctx, storage.ListQuery{Owner: owner})
	if err != nil {
		return 0, err
	}
	done, written := 0, 0
	for some := range slices.Chunk(ids, storage.ImportStep) {
		lives, err := store.Lives(ctx, some)
		if err != nil {
			return written, err
		}
		for i := range lives {
			p := &lives[i]
			if owner != "" && p.Owner != owner {
				continue // handed over meanwhile
			}
			if err := out.WriteAll(exportRows(p, names[p.Owner])); err != nil {
				return written, fmt.Errorf("writing the export: %w", err)
			}
			written++
		}
		done += len(some)
		if progress != nil {
			progress(done, len(ids))
		}
	}
	return written, nil
}

func repNames(ctx context.Context, store *storage.Store) (map[string]string, error) {
	reps, err := store.Reps(ctx)
	names := map[string]string{}
	for _, r := range reps {
		names[r.ID] = r.Name
	}
	return names, err
}

// export posts the rep's own prospects as a file into the DM: one at a time,
// however often it is asked for.
func (b *Bot) export(_ context.Context, in Command) (Reply, error) {
	if !b.has("files:write") {
		return Show(view.ExportByHand(in.Rep.ID)), nil
	}
	key := "export " + in.Rep.ID
	if b.imports.under(key) {
		return Show(view.Words("Your file is on its way already; it comes into our direct message.")), nil
	}
	r := Reply{Follow: func(ctx context.Context) (r Reply, err error) {
		if !b.imports.begin(key) {
			return Reply{}, nil
		}
		defer b.imports.end(key)
		err = b.bulk.run(ctx, in.Rep.ID, func() (err error) { r, err = b.exporting(ctx, in); return err })
		return r, err
	}}
	if !in.InDM {
		r.Message = view.Words("The file comes into our direct message.")
	}
	return r, nil
}

// exporting makes the file and posts it.
func (b *Bot) exporting(ctx context.Context, in Command) (Reply, error) {
	var file bytes.Buffer
	n, err := Export(ctx, b.Store, in.Rep.ID, &file, nil)
	if err != nil {
		return Reply{}, err
	}
	if n == 0 {
		return Show(view.Words("There is nothing to export yet.")), nil
	}
	dm, err := b.dm(ctx, in.Rep)
	if err != nil {
		return Reply{}, err
	}
	return Reply{}, b.upload(ctx, dm, "prospects "+in.today().String()+".csv", view.ExportLine(n), file.Bytes())
}
