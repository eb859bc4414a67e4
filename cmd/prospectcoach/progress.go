package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// progressBar draws how far long work is, on one line of a terminal that is
// drawn over. Where nobody looks on (a file, a pipe) it draws nothing.
type progressBar struct {
	w    io.Writer // nil draws nothing
	what string
	last string
}

const barWidth = 30

func newProgressBar(w io.Writer, what string) *progressBar {
	if !isTerminal(w) {
		w = nil
	}
	return &progressBar{w: w, what: what}
}

// isTerminal tells whether somebody sees what is written.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// show draws the bar anew if it looks different.
func (b *progressBar) show(done, total int) {
	if b.w == nil || total <= 0 {
		return
	}
	full := min(done, total) * barWidth / total
	line := fmt.Sprintf("%s [%s%s] %d of %d", b.what, strings.Repeat("#", full), strings.Repeat(".", barWidth-full), done, total)
	if line == b.last {
		return
	}
	fmt.Fprint(b.w, "\r"+line+strings.Repeat(" ", max(0, len(b.last)-len(line))))
	b.last = line
}

// end leaves the line, so that what follows begins on one of its own.
func (b *progressBar) end() {
	if b.w != nil && b.last != "" {
		fmt.Fprintln(b.w)
		b.last = ""
	}
}
