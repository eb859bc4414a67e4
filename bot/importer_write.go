package bot

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// Imported is what came of an import.
type Imported struct {
	Undo     int64 // number of the change; 0 when nothing was changed
	Added    int
	Filled   int // of those who were there, given what they lacked
	Skipped  int // of those who were there or stood twice in the file, left as they are
	Twice    int // of them those who stood twice in the file
	Without  int // of those added, taken without an address or a number that cannot be right
	Rejected int
	Before   time.Time // the very same file was imported then, and nothing was done; else zero
	// Bad are the rejected rows as a CSV in the columns of the file, with the
	// reason in a last column; nil without any.
	Bad []byte
}

// ImportFile brings a CSV in for a rep, as the program's command line does. The
// person need not have used the bot before. fillIn gives known prospects what
// they lack; else they are left as they are. progress is called after each
// step and may be nil.
func (b *Bot) ImportFile(ctx context.Context, rep, name string, data []byte, fillIn bool, progress func(done, total int)) (Imported, error) {
	row, err := b.Store.Rep(ctx, rep)
	if errors.Is(err, storage.ErrNotFound) {
		row = storage.RepRow{Rep: coach.Rep{ID: rep, Name: rep, Zone: b.Settings.TeamZone}}
		row.NextNudge = b.NextNudge(row, b.now())
		if err = b.Store.SaveRep(ctx, row); err == nil {
			err = b.Store.Rewind(ctx, "daily") // the bot's next beat asks Slack who they are
		}
	}
	if err != nil {
		return Imported{}, err
	}
	batch, err := b.readBatch(ctx, row, name, data, view.Dropped{}, b.now())
	if err != nil {
		return Imported{}, err
	}
	return b.write(ctx, batch, fillIn, progress)
}

// write brings a batch in by steps, hidden until the last. On an error, or when
// ctx ends, nothing of it stays.
func (b *Bot) write(ctx context.Context, i *intake, fillIn bool, progress func(done, total int)) (done Imported, err error) {
	done = Imported{Rejected: len(i.bad), Bad: i.badRows(), Skipped: len(i.known), Twice: i.twice(), Without: len(i.without), Before: i.before}
	if !i.before.IsZero() {
		done.Skipped += len(i.fresh)
		return done, nil
	}
	var merges []double
	if fillIn {
		if merges, err = b.merges(ctx, i); err != nil {
			return done, err
		}
	}
	if len(i.fresh)+len(merges) == 0 {
		return done, nil
	}
	began := b.now()
	imp, err := b.Store.Import(ctx, storage.Change{Key: i.key(), Rep: i.rep.ID, Label: i.label(len(merges)), At: began})
	if err != nil {
		return done, err
	}
	imp.Pause = func() { b.lanes.giveWay(givenWay) }
	defer func() {
		if err != nil {
			late, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
			defer cancel()
			err = errors.Join(err, imp.Abort(late))
		}
	}()
	if done.Added, done.Filled, err = b.bring(ctx, imp, i, merges, progress); err != nil {
		return done, err
	}
	finished, err := imp.Finish(ctx, func(tx *storage.Tx) error { return b.stopNever(tx, i, began) })
	if finished.Repeated { // another process was faster with the same file
		return Imported{Before: b.now(), Skipped: done.Added + len(i.known), Rejected: done.Rejected, Bad: done.Bad}, err
	}
	done.Undo, done.Skipped = finished.ID, len(i.known)-done.Filled
	return done, err
}

// bring adds the new ones and fills in the others.
func (b *Bot) bring(ctx context.Context, imp *storage.Import, i *intake, merges []double, progress func(done, total int)) (added, filled int, err error) {
	at, total := 0, len(i.fresh)+len(merges)
	told := func(n int) {
		if at += n; progress != nil {
			progress(at, total)
		}
	}
	for step := range slices.Chunk(i.fresh, storage.ImportStep) {
		n, err := b.addStep(ctx, imp, i, step)
		if err != nil {
			return added, filled, err
		}
		added += n
		told(len(step))
	}
	for step := range slices.Chunk(merges, storage.ImportStep) {
		if err := b.mergeStep(ctx, imp, i, step); err != nil {
			return added, filled, err
		}
		filled += len(step)
		told(len(step))
	}
	return added, filled, nil
}

// givenWay is how long a step of an import waits at most for people who are
// being answered.
const givenWay = 20 * time.Millisecond

// sweptAMinute is how many short transactions of a beat clean up after imports.
const sweptAMinute = 50

// sweepImports removes what is hidden of imports that were taken back, or that
// a process left behind when it died. Nobody sees it, so nothing waits for it.
func (b *Bot) sweepImports(ctx context.Context, now time.Time, most int) error {
	for n := 0; most == 0 || n < most; n++ {
		if left, err := b.Store.Sweep(ctx, now.Add(-time.Hour), 1); err != nil || !left {
			return err
		}
		b.lanes.giveWay(givenWay)
	}
	return nil
}

// twice is how many rows stand in the file before.
func (i *intake) twice() (n int) {
	for _, d := range i.known {
		if d.first != nil {
			n++
		}
	}
	return n
}

// label is what Undo will say was taken back.
func (i *intake) label(filled int) string {
	if len(i.fresh) == 0 {
		return fmt.Sprintf("filled in %s of %s", howMany(filled), i.name)
	}
	return fmt.Sprintf("imported %s from %s", howMany(len(i.fresh)), i.name)
}

func howMany(n int) string {
	if n == 1 {
		return "1 prospect"
	}
	return view.Thousands(n) + " prospects"
}

// newCase is what the coach needs of a new prospect: it has no past to weigh,
// and nothing is due before it is let in.
func (b *Bot) newCase(row storage.RepRow, now time.Time, p *coach.Prospect) coach.Case {
	rep := b.rep(row)
	return coach.Case{Playbook: b.Playbook(), Now: now.In(rep.Zone), Rep: rep, Prospect: p}
}

// addStep adds some of the new ones and answers how many.
func (b *Bot) addStep(ctx context.Context, imp *storage.Import, i *intake, step []*arrival) (int, error) {
	never, err := b.neverOf(ctx, step) // once more: the list may have grown since the preview
	if err != nil {
		return 0, err
	}
	var ps []*coach.Prospect
	for _, e := range step {
		if never[e] {
			continue
		}
		if err := e.begin(b.newCase(i.rep, b.now(), &e.p)); err != nil {
			return 0, fmt.Errorf("beginning the prospect of %s: %w", i.sheet.lineOf(e.at), err)
		}
		ps = append(ps, &e.p)
	}
	return len(ps), imp.Add(ctx, ps)
}

// merges are those known prospects that the file knows more about. Who stands
// twice in the file is filled in right here, before being added.
func (b *Bot) merges(ctx context.Context, i *intake) ([]double, error) {
	var stored []double
	for _, d := range i.known {
		if d.first != nil {
			fill(&d.first.p, &d.e.p)
			continue
		}
		stored = append(stored, d)
	}
	var out []double
	for _, d := range stored {
		p, err := b.Store.Prospect(ctx, d.id)
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if fill(&p, &d.e.p) {
			out = append(out, d)
		}
	}
	return out, nil
}

func (b *Bot) mergeStep(ctx context.Context, imp *storage.Import, i *intake, step []double) error {
	ground, err := b.ground(ctx, b.rep(i.rep), b.now())
	if err != nil {
		return err
	}
	from := make(map[int64][]*arrival, len(step))
	var ids []int64
	for _, d := range step {
		if from[d.id] == nil {
			ids = append(ids, d.id)
		}
		from[d.id] = append(from[d.id], d.e)
	}
	return imp.Merge(ctx, ids, func(tx *storage.Tx, p *coach.Prospect) error {
		if p.Owner != i.rep.ID || p.NeverContact {
			return nil
		}
		for _, e := range from[p.ID] {
			// What a row brings may belong to somebody on the list, also by way of
			// another row about the same person, and since a moment ago.
			never, err := tx.IsNeverContact(b.neverKeys(&e.p)...)
			if err != nil {
				return err
			}
			if !never {
				fill(p, &e.p)
			}
		}
		on(ground, p).Reindex()
		return nil
	})
}

// askedBefore is how long a click may take until it is stored: who asked not to
// be contacted so short before an import began may have been missed by it.
const askedBefore = 10 * time.Minute

// stopNever stops those of the new ones who asked not to be contacted while
// the import was under way: nobody could see them there (V5).
func (b *Bot) stopNever(tx *storage.Tx, i *intake, began time.Time) error {
	listed, err := tx.NeverSince(began.Add(-askedBefore))
	if err != nil || len(listed) == 0 {
		return err
	}
	hashes := map[string]bool{}
	for _, h := range listed {
		hashes[string(h)] = true
	}
	for _, e := range i.fresh {
		if e.p.ID == 0 || !slices.ContainsFunc(e.hashes, func(h []byte) bool { return hashes[string(h)] }) {
			continue
		}
		p, err := tx.Prospect(e.p.ID)
		if err != nil {
			return err
		}
		c := b.newCase(i.rep, b.now(), p)
		if err := c.Stop("asked not to be contacted"); err != nil {
			return err
		}
		p.NeverContact = true
		c.Reindex()
	}
	return nil
}

// badRows are the rejected rows as a CSV to mend and drop again.
func (i *intake) badRows() []byte {
	if len(i.bad) == 0 {
		return nil
	}
	slices.SortFunc(i.bad, func(a, b refused) int { return a.at - b.at })
	var out bytes.Buffer
	out.WriteString(byteOrderMark)
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	width := len(i.sheet.header)
	for _, r := range i.bad {
		width = max(width, len(i.sheet.rows[r.at].cells))
	}
	line := func(cells []string, last string) {
		row := make([]string, width+1)
		for n, c := range cells {
			row[n] = guard(unguard(strings.ToValidUTF8(c, "")))
		}
		row[width] = guard(last)
		_ = w.Write(row) // into memory: cannot fail
	}
	if i.sheet.header != nil {
		line(i.sheet.header, "reason")
	}
	for _, r := range i.bad {
		line(i.sheet.rows[r.at].cells, r.why)
	}
	w.Flush()
	return out.Bytes()
}
