//go:build bench

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// row is one line of the table.
type benchRow struct {
	section, what, ours, against, ratio, target string
	met                                         string // "yes", "no", or "" without a target
}

type table struct{ rows []benchRow }

func (t *table) add(r benchRow) { t.rows = append(t.rows, r) }

// verdict says whether a figure is within its target.
func verdict(ok bool) string {
	if ok {
		return "yes"
	}
	return "**no**"
}

func times(a, b time.Duration) float64 { return float64(a) / float64(b) }

func ratio(r float64) string { return fmt.Sprintf("%.2f ×", r) }

// ms is a duration with three digits that matter.
func ms(d time.Duration) string {
	switch {
	case d >= 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d >= time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	case d >= 100*time.Millisecond:
		return fmt.Sprintf("%.0f ms", d.Seconds()*1e3)
	case d >= time.Millisecond:
		return fmt.Sprintf("%.2f ms", d.Seconds()*1e3)
	}
	return fmt.Sprintf("%.0f µs", d.Seconds()*1e6)
}

func mib(n int64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }

// median of some rounds.
func median[T int64 | float64 | time.Duration](xs []T) T {
	xs = slices.Clone(xs)
	slices.Sort(xs)
	return xs[len(xs)/2]
}

func (t *table) String() string {
	var b strings.Builder
	section := ""
	for _, r := range t.rows {
		if r.section != section {
			section = r.section
			fmt.Fprintf(&b, "\n### %s\n\n| what | ours | against | ratio | target | met |\n| --- | --- | --- | --- | --- | --- |\n", section)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", r.what, r.ours, r.against, r.ratio, r.target, r.met)
	}
	return b.String()
}

// The table stands between these lines of docs/benchmarks.md; what is around
// it is written by hand.
const tableBegins, tableEnds = "<!-- what make bench measured -->", "<!-- end of what make bench measured -->"

// write puts the table into the document.
func (t *table) write(tb testing.TB, path, about string) {
	tb.Helper()
	doc, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	head, rest, ok1 := strings.Cut(string(doc), tableBegins)
	_, tail, ok2 := strings.Cut(rest, tableEnds)
	if !ok1 || !ok2 {
		tb.Fatalf("%s has lost the lines between which the table stands", path)
	}
	text := head + tableBegins + "\n" + about + t.String() + "\n" + tableEnds + tail
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		tb.Fatal(err)
	}
}

// aboutMachine says on what was measured, without naming it.
func aboutMachine(tb testing.TB) string {
	tb.Helper()
	model := "unknown processor"
	if b, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if _, rest, ok := strings.Cut(string(b), "model name"); ok {
			line, _, _ := strings.Cut(rest, "\n")
			model = strings.TrimSpace(strings.TrimLeft(line, "\t :"))
		}
	}
	return fmt.Sprintf("%s, %d cores (%s), %s/%s, one fsync takes %s.\n", runtime.Version(), runtime.NumCPU(), model, runtime.GOOS, runtime.GOARCH, ms(fsyncTakes(tb)))
}

// fsyncTakes is the median of a small append that is on disk when it returns.
func fsyncTakes(tb testing.TB) time.Duration {
	tb.Helper()
	f, err := os.Create(filepath.Join(tb.TempDir(), "fsync"))
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	var took []time.Duration
	for range 100 {
		start := time.Now()
		if _, err := f.Write(make([]byte, 4096)); err != nil {
			tb.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			tb.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	return median(took)
}
