package bot

import (
	"strings"
	"unicode"
)

// risky are the beginnings that a spreadsheet may take for a formula or for
// something else than text, in half and in full width.
const risky = "=+-@|%＝＋－＠｜％"

// guard makes a cell safe to open in a spreadsheet: what could run there as a
// formula gets an apostrophe before it. A cell that looks guarded already gets
// one too, so that unguard always gives back what was there. Where the list
// separator is a semicolon, as in much of Europe, a spreadsheet parts our cells
// once more, and knows no quotes that begin in the middle; so what stands
// behind a semicolon, a tab or a line break is guarded as a cell of its own.
func guard(cell string) string {
	cell = eachPart(cell, func(part string) string {
		if runs(strings.TrimLeft(part, "'")) {
			return "'" + part
		}
		return part
	})
	if runs(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

// unguard takes the apostrophes of guard away.
func unguard(cell string) string {
	bare := func(part string) string {
		if rest, ok := strings.CutPrefix(part, "'"); ok && runs(strings.TrimLeft(rest, "'")) {
			return rest
		}
		return part
	}
	return eachPart(bare(cell), bare)
}

// eachPart changes what stands behind each separator in a cell, but not what
// stands before the first.
func eachPart(cell string, change func(string) string) string {
	const separators = ";\t\r\n"
	at := strings.IndexAny(cell, separators)
	if at < 0 {
		return cell
	}
	var out strings.Builder
	out.WriteString(cell[:at])
	for at < len(cell) {
		out.WriteByte(cell[at])
		rest := cell[at+1:]
		end := strings.IndexAny(rest, separators)
		if end < 0 {
			end = len(rest)
		}
		out.WriteString(change(rest[:end]))
		at += 1 + end
	}
	return out.String()
}

// runs tells whether a spreadsheet might do something with the cell: it begins
// with a tab or a line break, or, behind spaces, with a risky sign.
func runs(cell string) bool {
	if cell != "" && strings.IndexByte("\t\r\n", cell[0]) >= 0 {
		return true
	}
	for _, r := range cell {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) {
			continue
		}
		return strings.ContainsRune(risky, r)
	}
	return false
}
