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
// one too, so that unguard always gives back what was there.
func guard(cell string) string {
	if runs(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

// unguard takes the apostrophe of guard away.
func unguard(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && runs(strings.TrimLeft(rest, "'")) {
		return rest
	}
	return cell
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
