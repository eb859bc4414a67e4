package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// intake is a file on its way in: what is in it, and what of it is new.
type intake struct {
	name   string
	rep    storage.RepRow
	sheet  sheet
	digest string // of the bytes: the same file twice adds nothing

	before time.Time // when this rep imported the very same file; zero if not
	fresh  []*arrival
	known  []double // the rep's own already, or twice in the file
	bad    []refused
	// without are rows that are taken without their address or number; turned is
	// the first name that stood as “Doe, Jane”.
	without []refused
	turned  string
	theirs  map[string]int // owner's name to how many of the rows are theirs
	never   int            // asked not to be contacted (V5)
}

// double is a row about somebody who is the rep's already, or who stands in
// the file before.
type double struct {
	e     *arrival
	id    int64    // of the prospect in the store, 0 if of the file
	first *arrival // of the file
}

// key of the change: the same content, by the same rep, is one import.
func (i *intake) key() string { return "import:" + i.rep.ID + ":" + i.digest }

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// readBatch reads a file for a rep and compares it with what is there. It
// writes nothing.
func (b *Bot) readBatch(ctx context.Context, row storage.RepRow, name string, data []byte, how view.Dropped, now time.Time) (*intake, error) {
	i := &intake{name: name, rep: row, digest: digest(data), theirs: map[string]int{}}
	var err error
	if i.sheet, err = readSheet(data, how); err != nil {
		return nil, err
	}
	read := readRows(&i.sheet, row.ID, now.In(b.rep(row).Zone), b.Endings)
	i.bad, i.without, i.turned = read.refused, read.without, read.turned
	if i.before, err = b.Store.Imported(ctx, i.key()); err != nil {
		return nil, err
	}
	entries := i.doubles(read.entries)
	for from := 0; from < len(entries); from += storage.ImportStep {
		if err := b.compare(ctx, i, entries[from:min(len(entries), from+storage.ImportStep)]); err != nil {
			return nil, err
		}
	}
	return i, nil
}

// doubles takes out who stands in the file twice: the first one counts.
func (i *intake) doubles(entries []*arrival) []*arrival {
	seen := map[string][]*arrival{}
	keys := make(map[*arrival]storage.Keys, len(entries))
	var left []*arrival
	for _, e := range entries {
		k := storage.KeysOf(&e.p)
		keys[e] = k
		var first *arrival
		for _, key := range k.List() {
			for _, other := range seen[key] {
				if k.Same(keys[other]) && (first == nil || other.at < first.at) {
					first = other
				}
			}
		}
		if first != nil {
			i.known = append(i.known, double{e: e, first: first})
			continue
		}
		for _, key := range k.List() {
			if len(seen[key]) < 50 { // a number that a whole company shares tells nobody apart
				seen[key] = append(seen[key], e)
			}
		}
		left = append(left, e)
	}
	return left
}

// compare sorts one step of entries by what the store knows of them.
func (b *Bot) compare(ctx context.Context, i *intake, entries []*arrival) error {
	never, err := b.neverOf(ctx, entries)
	if err != nil {
		return err
	}
	ps := make([]*coach.Prospect, len(entries))
	for n, e := range entries {
		ps[n] = &e.p
	}
	matches, err := b.Store.Matches(ctx, i.rep.ID, ps)
	if err != nil {
		return err
	}
	for n, e := range entries {
		switch m := matches[n]; {
		case never[e]:
			i.never++
			i.bad = append(i.bad, refused{e.at, "This person asked not to be contacted and cannot be added.", true})
		case len(m) > 0 && m[0].Owner == i.rep.ID:
			i.known = append(i.known, double{e: e, id: m[0].ID})
		case len(m) > 0:
			name, err := b.ownerName(ctx, m[0].Owner)
			if err != nil {
				return err
			}
			i.theirs[name]++
			i.bad = append(i.bad, refused{e.at, name + " seems to pursue this person already.", true})
		default:
			i.fresh = append(i.fresh, e)
		}
	}
	return nil
}

// ownerName is all that anybody learns of a colleague's prospect.
func (b *Bot) ownerName(ctx context.Context, id string) (string, error) {
	row, err := b.Store.Rep(ctx, id)
	if isNotFound(err) {
		return "A colleague", nil
	}
	return row.Name, err
}

// neverOf tells who of the entries asked not to be contacted (V5).
func (b *Bot) neverOf(ctx context.Context, entries []*arrival) (map[*arrival]bool, error) {
	var all [][]byte
	for _, e := range entries {
		e.hashes = b.neverKeys(&e.p)
		all = append(all, e.hashes...)
	}
	listed, err := b.Store.NeverAmong(ctx, all)
	if err != nil {
		return nil, fmt.Errorf("comparing with the never-contact list: %w", err)
	}
	out := map[*arrival]bool{}
	for _, e := range entries {
		for _, h := range e.hashes {
			out[e] = out[e] || listed[string(h)]
		}
	}
	return out, nil
}
