package bot

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
)

// progressEvery is how often a long import tells how far it is.
const progressEvery = 5 * time.Second

// imports are those under way in this process, by rep and file; a rep's export
// is among them.
type imports struct {
	mu      sync.Mutex
	running map[string][2]int // done and total
}

func newImports() *imports { return &imports{running: map[string][2]int{}} }

// begin notes an import; false when it is under way already.
func (i *imports) begin(key string) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	if _, busy := i.running[key]; busy {
		return false
	}
	i.running[key] = [2]int{}
	return true
}

// under tells whether it is under way.
func (i *imports) under(key string) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	_, busy := i.running[key]
	return busy
}

// at is how far an import is, zeros when it is not under way.
func (i *imports) at(key string) (done, total int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	at := i.running[key]
	return at[0], at[1]
}

func (i *imports) set(key string, done, total int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.running[key] = [2]int{done, total}
}

func (i *imports) end(key string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	delete(i.running, key)
}

// howToImport tells how a file comes in: import.
func (b *Bot) howToImport(_ context.Context, in Command) (Reply, error) {
	return Show(view.ImportHelp(in.Slash, len(b.me.Scopes) == 0 || b.has("files:read"))), nil
}

// noCSV are kinds of files that are told from CSV by their name alone.
var noCSV = map[string]string{
	".xlsx": "a spreadsheet file (XLSX)", ".xls": "an old spreadsheet file (XLS)", ".xlsm": "a spreadsheet file (XLSM)", ".ods": "a spreadsheet file (ODS)",
	".numbers": "a Numbers file", ".pdf": "a PDF", ".docx": "a text document", ".doc": "a text document", ".vcf": "a file of business cards",
	".zip": "an archive", ".png": "a picture", ".jpg": "a picture", ".jpeg": "a picture", ".gif": "a picture", ".json": "a JSON file",
}

// dropped reads files dropped into the DM and shows what is in them. Nothing
// is written before a button is pressed, and nobody waits for the reading.
func (b *Bot) dropped(_ context.Context, in Command) (Reply, error) {
	return Reply{Follow: func(ctx context.Context) (Reply, error) {
		var r Reply
		for _, f := range in.Files[:min(len(in.Files), 5)] {
			var m view.Message
			err := b.bulk.run(ctx, in.Rep.ID, func() (err error) { m, err = b.previewOf(ctx, in.Turn, f); return err })
			var problem coach.Problem
			if errors.As(err, &problem) {
				m = view.Words(string(problem))
			} else if err != nil {
				return r, err
			}
			r.Also = append(r.Also, m)
		}
		return r, nil
	}}, nil
}

func (b *Bot) previewOf(ctx context.Context, t Turn, f slack.File) (view.Message, error) {
	if is, ok := noCSV[strings.ToLower(path.Ext(f.Name))]; ok {
		return view.Message{}, saveAsCSV(is)
	}
	if f.URLPrivate == "" && f.URLPrivateDownload == "" {
		var err error
		if f, err = b.fileOf(ctx, t.Rep.ID, f.ID); err != nil {
			return view.Message{}, err
		}
	}
	data, err := b.download(ctx, f)
	if err != nil {
		return view.Message{}, err
	}
	return b.preview(ctx, t, f, data, view.Dropped{}, "")
}

// preview reads the bytes of a file and draws what is in them.
func (b *Bot) preview(ctx context.Context, t Turn, f slack.File, data []byte, how view.Dropped, note string) (view.Message, error) {
	i, err := b.readBatch(ctx, t.Rep, f.Name, data, how, t.Now)
	if err != nil {
		return view.Message{}, err
	}
	v := i.preview(t.today())
	v.Dropped, v.Note = view.Dropped{File: f.ID, Encoding: how.Encoding, Digest: i.digest[:16], Columns: how.Columns}, note
	return view.Importing(v), nil
}

// importClick is the choice under a preview: bring the new ones in, fill in
// the others too, or leave it. Pressed while an import is under way it tells
// how far it is; after a restart it begins again.
func (b *Bot) importClick(ctx context.Context, in Click) (Reply, error) {
	d, ok := view.ParseDropped(in.Value)
	if !ok {
		return Reply{}, fmt.Errorf("an import button holds %.60q", in.Value)
	}
	if in.Tail == "cancel" {
		return Redraw(view.Words("Left as it was: nothing was imported.")), nil
	}
	if in.Tail == "columns" {
		return b.importColumns(in, d)
	}
	f, err := b.fileOf(ctx, in.Rep.ID, d.File)
	if err != nil {
		return Reply{}, err
	}
	fillIn := in.Tail == "fill"
	key := in.Rep.ID + d.Digest
	n, total := b.imports.at(key)
	r := Redraw(view.ImportUnderway(f.Name, n, total, d, fillIn))
	r.Follow = func(ctx context.Context) (Reply, error) {
		if !b.imports.begin(key) {
			return Reply{}, nil // pressed twice: the first press does the work
		}
		defer b.imports.end(key)
		return b.importing(ctx, in, f, d, fillIn)
	}
	return r, nil
}

// importing brings the file in and tells the outcome in the preview's place.
func (b *Bot) importing(ctx context.Context, in Click, f slack.File, d view.Dropped, fillIn bool) (Reply, error) {
	var m view.Message
	var file []byte
	err := b.bulk.run(ctx, in.Rep.ID, func() (err error) { m, file, err = b.bringIn(ctx, in, f, d, fillIn); return err })
	var problem coach.Problem
	switch {
	case errors.As(err, &problem):
		m, err = view.ImportStopped(f.Name, string(problem), d, fillIn), nil
	case err != nil:
		m = view.ImportStopped(f.Name, "something went wrong on our side.", d, fillIn)
	}
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	var out Reply
	if uerr := b.update(late, in.Channel, in.Message.TS, m); uerr != nil {
		b.Log.WithError(uerr).Warn("the outcome of an import is told in a new message")
		out = Show(m)
	}
	return out, errors.Join(err, b.handBack(late, in, f.Name, file))
}

// bringIn downloads the file once more and writes it, telling how far it is.
func (b *Bot) bringIn(ctx context.Context, in Click, f slack.File, d view.Dropped, fillIn bool) (view.Message, []byte, error) {
	data, err := b.download(ctx, f)
	if err != nil {
		return view.Message{}, nil, err
	}
	if digest(data)[:16] != d.Digest {
		m, err := b.preview(ctx, in.Turn, f, data, d, "The file has changed since I read it. This is how it is now.")
		return m, nil, err
	}
	i, err := b.readBatch(ctx, in.Rep, f.Name, data, d, b.now())
	if err != nil {
		return view.Message{}, nil, err
	}
	told := b.now()
	done, err := b.write(ctx, i, fillIn, func(n, total int) {
		b.imports.set(in.Rep.ID+d.Digest, n, total)
		if n == total || b.now().Sub(told) < progressEvery {
			return
		}
		told = b.now()
		if err := b.update(ctx, in.Channel, in.Message.TS, view.ImportUnderway(f.Name, n, total, d, fillIn)); err != nil {
			b.Log.WithError(err).Warn("progress of an import could not be shown")
		}
	})
	if err != nil {
		return view.Message{}, nil, err
	}
	v := view.ImportResult{
		Name: f.Name, Added: done.Added, Filled: done.Filled, Known: done.Skipped - done.Twice, Twice: done.Twice, Without: i.withoutWhat(3), Rejected: done.Rejected, Before: !done.Before.IsZero(),
		Undo: done.Undo, BadFile: b.has("files:write"), Daily: b.rep(in.Rep).Daily,
	}
	if !v.BadFile {
		v.Bad, done.Bad = i.firstReasons(10), nil
	}
	return view.ImportDone(v), done.Bad, nil
}

// handBack posts the rows that were left out as a file.
func (b *Bot) handBack(ctx context.Context, in Click, name string, file []byte) error {
	if len(file) == 0 {
		return nil
	}
	base := strings.TrimSuffix(name, path.Ext(name))
	return b.upload(ctx, in.Channel, base+" - left out.csv", "Left out, with the reason in the last column.", file)
}

// importAs reads the file in the encoding that was chosen and shows it anew.
func (b *Bot) importAs(ctx context.Context, in Click) (Reply, error) {
	d, ok := view.ParseDropped(in.Value)
	if !ok {
		return Reply{}, fmt.Errorf("an encoding holds %.60q", in.Value)
	}
	f, err := b.fileOf(ctx, in.Rep.ID, d.File)
	if err != nil {
		return Reply{}, err
	}
	data, err := b.download(ctx, f)
	if err != nil {
		return Reply{}, err
	}
	m, err := b.preview(ctx, in.Turn, f, data, d, "")
	return Redraw(m), err
}
