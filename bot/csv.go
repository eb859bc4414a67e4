package bot

import (
	"fmt"
	"slices"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
)

// What a file may hold.
const (
	importBytes = 10 << 20
	importRows  = 20_000
)

// sheet is a CSV file as it was read.
type sheet struct {
	encoding string // a key of encodings
	comma    byte
	header   []string // as written; nil when the file has none
	cols     columns
	rows     []record // without the header and blank lines
}

// readSheet reads a CSV file: its encoding, its separator, its header and what
// the columns mean, as far as the person did not choose (how). What cannot be read at all
// is a coach.Problem; single rows that cannot be read are marked.
func readSheet(data []byte, how view.Dropped) (sheet, error) {
	if len(data) > importBytes {
		return sheet{}, tooBig()
	}
	text, used, err := decodeText(data, how.Encoding)
	if err != nil {
		return sheet{}, err
	}
	s := sheet{encoding: used}
	skipped := 0
	if rest, comma := sepLine(text); comma != 0 {
		text, s.comma, skipped = rest, comma, 1
	} else {
		s.comma = voteComma(text)
	}
	all := split(text, s.comma, importRows+2000)
	for i := range all {
		all[i].line += skipped
	}
	all = slices.DeleteFunc(all, record.blank)
	if len(all) == 0 {
		return s, coach.Problem("This file has no rows. A CSV has a first line with the names of its columns (Name, Company, Email …) and a line for each prospect.")
	}
	at := headerAt(all)
	if at >= 0 {
		s.header, s.rows = all[at].cells, all[at+1:]
		s.cols = guessColumns(s.header)
		s.profiles()
	} else {
		s.rows, s.cols = all, guessByContent(all)
	}
	s.choose(how.Columns)
	switch {
	case len(s.rows) > importRows:
		return s, coach.Problem(fmt.Sprintf("This file has more than %s rows, which is the most I take at a time. Split it, and drop the parts one after the other.", view.Thousands(importRows)))
	case len(s.rows) == 0:
		return s, coach.Problem("This file has the names of its columns and no rows below them.")
	}
	return s, nil
}

func tooBig() error {
	return coach.Problem("This file is larger than 10 MB, which is the most I take. Split it, and drop the parts one after the other.")
}

// sepLine takes off the line “sep=;” that some programs write first.
func sepLine(text string) (rest string, comma byte) {
	end := strings.IndexAny(text, "\r\n")
	if end < 0 || end > 8 {
		return text, 0
	}
	line := strings.ToLower(strings.Trim(text[:end], `"`))
	if len(line) != 5 || !strings.HasPrefix(line, "sep=") {
		return text, 0
	}
	n, _ := lineEnd(text, end)
	return text[n:], line[4]
}

// voteComma finds the separator: the one with which the header names most
// fields, then the one that cuts the rows most evenly.
func voteComma(text string) byte {
	sample := text[:min(len(text), 64<<10)]
	best, most := byte(','), -1
	for _, c := range []byte(",;\t|") {
		rows := split(sample, c, 60)
		if len(rows) > 1 && len(sample) < len(text) {
			rows = rows[:len(rows)-1] // the last one may be cut
		}
		rows = slices.DeleteFunc(rows, record.blank)
		widths := map[int]int{}
		for _, r := range rows {
			widths[len(r.cells)]++
		}
		even := 0
		for w, n := range widths {
			if w > 1 {
				even = max(even, n*100/len(rows))
			}
		}
		votes := even
		if at := headerAt(rows); at >= 0 && len(rows[at].cells) > 1 {
			votes += 100 * guessColumns(rows[at].cells).known()
		}
		if votes > most {
			best, most = c, votes
		}
	}
	return best
}

// headerAt is which of the first rows is the header: the one that names most
// fields, for some exports put a few lines before it; -1 without one.
func headerAt(rows []record) int {
	at, most := -1, 0
	for i, r := range rows[:min(len(rows), 10)] {
		if slices.ContainsFunc(r.cells, func(c string) bool { return strings.Contains(c, "@") }) {
			continue
		}
		known := guessColumns(r.cells).known()
		if known == 1 && len(r.cells) > 1 && i > 0 {
			known = 0 // one word in the midst of data is chance
		}
		if known > most {
			at, most = i, known
		}
	}
	return at
}

// profiles finds the profile column of exports that call it just “URL”.
func (s *sheet) profiles() {
	if s.cols.has("linkedin") {
		return
	}
	for i, h := range s.header {
		if name := foldHeader(h); name != "url" && name != "profile" && name != "profile url" {
			continue
		}
		for _, r := range s.rows[:min(len(s.rows), 20)] {
			if i < len(r.cells) && strings.Contains(strings.ToLower(r.cells[i]), "linkedin.com/") {
				s.cols["linkedin"] = []int{i}
				return
			}
		}
	}
}

// own tells that the file is one of our exports.
func (s *sheet) own() bool { return s.cols.has("record") }
