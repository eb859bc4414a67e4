package bot

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// Whoever works while an export runs loses nobody from it and doubles nobody,
// neither by taking somebody back who was written already nor by adding
// somebody who would stand before them. Who is handed over goes with it.
func TestAnExportIsCompleteWhileOthersWork(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types("add Aaron First, Acme email:aaron@acme.test")
	w, ctx := k.w, t.Context()
	theirs := func(from, n int) (ps []*coach.Prospect) {
		for i := range n {
			ps = append(ps, &coach.Prospect{Owner: "U1", Added: w.now(), State: coach.Waiting, Name: fmt.Sprintf("Person %04d", from+i), Company: "Acme"})
		}
		return ps
	}
	add := func(ps ...*coach.Prospect) {
		t.Helper()
		if _, err := w.store.Change(ctx, storage.Change{Rep: "U1", At: w.now()}, func(tx *storage.Tx) error {
			for _, p := range ps {
				if err := tx.Add(p); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	const many = 2*storage.ImportStep + 10
	all := theirs(1, many)
	last := all[many-1]
	var file bytes.Buffer
	pages := 0
	undone := k.life(1)
	add(all...)
	n, err := Export(ctx, w.store, "U1", &file, func(int, int) {
		switch pages++; pages {
		case 1: // Aaron is written, and taken back
			if err := w.store.Forget(ctx, storage.Change{Rep: "U1", At: w.now()}, undone.ID, nil, nil); err != nil {
				t.Error(err)
			}
		case 2: // two are added before all others, and the last is handed over
			add(&coach.Prospect{Owner: "U1", Added: w.now(), State: coach.Waiting, Name: "Aa", Company: "Acme"}, &coach.Prospect{Owner: "U1", Added: w.now(), State: coach.Waiting, Name: "Ab", Company: "Acme"})
			if _, err := w.store.Change(ctx, storage.Change{Rep: "U2", At: w.now()}, func(tx *storage.Tx) error {
				p, err := tx.Prospect(last.ID)
				if err == nil {
					p.Owner = "U2"
				}
				return err
			}); err != nil {
				t.Error(err)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.String(), byteOrderMark))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	held := map[string]int{}
	for _, r := range rows {
		if r[0] == "prospect" {
			held[r[2]]++
		}
	}
	for _, p := range all[:many-1] {
		if held[p.Name] != 1 {
			t.Errorf("%s stands there %d times", p.Name, held[p.Name])
		}
	}
	if held[last.Name] != 0 {
		t.Errorf("%s is a colleague's by now, and stands there", last.Name)
	}
	if names := slices.Sorted(maps.Keys(held)); n != len(names) || n != many {
		t.Errorf("%d are said to be in it, %d are, of %d", n, len(names), many)
	}
}
