package bot

import "strings"

// How long a quoted cell may be. What goes on for longer is a quotation mark
// that somebody forgot to close, which must not swallow the rows behind it.
const (
	cellBytes = 40_000
	cellLines = 200
)

// record is one row as it stands in the file.
type record struct {
	line  int // on which it begins, from 1
	cells []string
	torn  bool // a quotation mark is opened and never closed; cells are those of its first line
}

func (r record) blank() bool {
	for _, c := range r.cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// split cuts text into rows, at most limit of them (0 for all). It reads what
// spreadsheets write (quoted cells, doubled quotes, breaks within quotes, line
// ends of all three kinds) and what people write by hand (a quote within a
// cell). encoding/csv gives up at the first mistake and cannot go on behind an
// open quote, so this is our own.
func split(text string, comma byte, limit int) []record {
	var out []record
	line := 1
	for len(text) > 0 && (limit == 0 || len(out) < limit) {
		r, n, lines := firstRecord(text, comma)
		r.line = line
		line += lines
		text = text[n:]
		out = append(out, r)
	}
	return out
}

// firstRecord reads one row and answers how many bytes and line ends it took.
func firstRecord(text string, comma byte) (r record, n, lines int) {
	at := 0
	for {
		var cell string
		if at < len(text) && text[at] == '"' {
			end, breaks, ok := quotedCell(text, at, comma)
			if !ok {
				return tornRecord(text, comma)
			}
			lines += breaks
			cell, at = quoted(text[at+1:end]), end+1
			for at < len(text) && (text[at] == ' ' || text[at] == '\t') && text[at] != comma {
				at++
			}
		} else {
			end := at
			for end < len(text) && text[end] != comma && text[end] != '\n' && text[end] != '\r' {
				end++
			}
			cell, at = text[at:end], end
		}
		r.cells = append(r.cells, cell)
		if at < len(text) && text[at] == comma {
			at++
			continue
		}
		n, more := lineEnd(text, at)
		return r, n, lines + more
	}
}

// quotedCell finds the quote that closes the cell opened at from: the first
// one that is not doubled and that a separator or the end of the line follows.
func quotedCell(text string, from int, comma byte) (end, breaks int, ok bool) {
	limit := min(len(text), from+cellBytes)
	at := from + 1
	for {
		i := strings.IndexByte(text[at:limit], '"')
		if i < 0 {
			return 0, 0, false
		}
		breaks += lineEnds(text[at : at+i])
		if breaks > cellLines {
			return 0, 0, false
		}
		at += i
		if at+1 < len(text) && text[at+1] == '"' {
			if at += 2; at >= limit {
				return 0, 0, false
			}
			continue
		}
		rest := strings.TrimLeft(text[at+1:min(len(text), at+9)], " ")
		if rest == "" || rest[0] == comma || rest[0] == '\n' || rest[0] == '\r' || rest[0] == '\t' {
			return at, breaks, true
		}
		at++ // a quote that is part of the text
	}
}

// quoted is what stands within the quotes; breaks in it become plain ones.
func quoted(s string) string {
	if strings.Contains(s, `""`) {
		s = strings.ReplaceAll(s, `""`, `"`)
	}
	if strings.Contains(s, "\r") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	return s
}

// tornRecord is the first line alone, cut at every separator.
func tornRecord(text string, comma byte) (r record, n, lines int) {
	end := strings.IndexAny(text, "\r\n")
	if end < 0 {
		end = len(text)
	}
	r = record{cells: strings.Split(text[:end], string(rune(comma))), torn: true}
	n, lines = lineEnd(text, end)
	return r, n, lines
}

// lineEnd skips one line end at at.
func lineEnd(text string, at int) (n, lines int) {
	switch {
	case strings.HasPrefix(text[at:], "\r\n"):
		return at + 2, 1
	case at < len(text):
		return at + 1, 1
	}
	return at, 0
}

func lineEnds(s string) int {
	return strings.Count(s, "\n") + strings.Count(s, "\r") - strings.Count(s, "\r\n")
}
