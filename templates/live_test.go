package templates

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// touch moves a file's time, because a test writes faster than clocks tick.
func touch(t *testing.T, dir, name string, second int) {
	t.Helper()
	at := time.Unix(int64(1_700_000_000+second), 0)
	if err := os.Chtimes(filepath.Join(dir, name), at, at); err != nil {
		t.Fatal(err)
	}
}

func open(dir string) *Live {
	return Open(dir, strings.ToLower, func(string, coach.Date) (string, bool) { return "", false })
}

func TestC2_LiveKeepsTheLastGoodOne(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{
		cadenceFile:             nineRows("{ic: 6, manager: 6, director: 6, vp: 6, c_suite: 6}"),
		"angles/short_ask.yaml": "text:\n- {id: ours, text: 'Yes or no, {first}? {me}'}\n",
	})
	touch(t, dir, cadenceFile, 1)
	touch(t, dir, "angles/short_ask.yaml", 1)
	l := open(dir)
	gap := func() int { return l.Playbook().Cadence[coach.Standard][coach.Normal][coach.IC] }
	if gap() != 6 || len(l.Faults()) > 0 {
		t.Fatalf("gap %d, faults %v", gap(), l.Faults())
	}
	if changed, _ := l.Refresh(); changed {
		t.Error("nothing changed")
	}

	before := l.Playbook()
	write(t, dir, cadenceFile, nineRows("{ic: 6, manager: 5, director: 6, vp: 6, c_suite: 6}"))
	touch(t, dir, cadenceFile, 2)
	write(t, dir, "angles/short_ask.yaml", "text:\n- {id: ours, text: '{oops}'}\n- {id: more, text: 'Is it yes, {first}? {me}'}\n")
	touch(t, dir, "angles/short_ask.yaml", 2)
	changed, faults := l.Refresh()
	if !changed || !said(faults, "cadence.yaml:2:") || !said(faults, "angles/short_ask.yaml:2:") {
		t.Errorf("changed %t, faults %v", changed, faults)
	}
	if gap() != 6 {
		t.Errorf("the last good table is not in use: %d", gap())
	}
	if v := variant(l.Playbook(), "short_ask/text/ours"); v == nil || !strings.HasPrefix(v.Text, "Yes or no") {
		t.Errorf("the last good draft is not in use: %+v", v)
	}
	if variant(l.Playbook(), "short_ask/text/more") == nil {
		t.Error("what is good of a broken file is not in use")
	}
	if variant(before, "short_ask/text/more") != nil {
		t.Error("a playbook changed after it was handed out")
	}

	write(t, dir, cadenceFile, nineRows("{ic: 8, manager: 8, director: 8, vp: 8, c_suite: 8}"))
	touch(t, dir, cadenceFile, 3)
	if l.Refresh(); gap() != 8 {
		t.Errorf("a mended table is not read: %d", gap())
	}
	if err := os.Remove(filepath.Join(dir, cadenceFile)); err != nil {
		t.Fatal(err)
	}
	if l.Refresh(); gap() != 3 {
		t.Errorf("with the file gone the built-in table counts: %d", gap())
	}
	if err := os.Rename(dir, dir+".away"); err != nil {
		t.Fatal(err)
	}
	if _, faults := l.Refresh(); len(faults) != 1 || variant(l.Playbook(), "short_ask/text/more") == nil {
		t.Errorf("a folder that went away takes its drafts along: %v", faults)
	}
	if l.Playbook().Stem == nil || l.Playbook().Holiday == nil {
		t.Error("the stemmer and the holidays are lost")
	}
}

func TestLiveIsSafeForManyReaders(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{limitsFile: "daily: 5\n"})
	l := open(dir)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 20 {
				if l.Playbook().Limits.Daily < 5 {
					t.Error("half a playbook")
				}
				l.Refresh()
			}
		})
	}
	for i := range 3 {
		write(t, dir, limitsFile, "daily: "+strings.Repeat("6", i+1)+"\n")
	}
	wg.Wait()
}
