package templates

import (
	"path"
	"strings"

	"github.com/prospectcoach/prospectcoach/coach"
)

// piece is what one file contributes to a playbook. Pieces never change once
// they are read, so that playbooks may share their parts.
type piece interface{ addTo(pb *coach.Playbook) }

// The files beside angles/ and words/.
const (
	cadenceFile = "cadence.yaml"
	titlesFile  = "titles.yaml"
	limitsFile  = "limits.yaml"
)

// read turns one file into its piece. old is the last good piece of that file,
// or nil: it is the answer when nothing of the new text can be used, and lends
// its drafts to entries that are broken now (C2). The answer is nil when there
// is nothing to contribute. source is "" for the built-in files.
func read(name, data string, old piece, source string) (piece, []Fault) {
	f := &faults{file: name}
	var p piece
	switch dir, base := path.Split(name); {
	case dir == "angles/":
		was, _ := old.(*drafts)
		if d := readDrafts(f, base, data, was, source); d != nil {
			p = d
		}
	case name == cadenceFile:
		if t := readCadence(f, data); t != nil {
			p = table(t)
		}
	case name == titlesFile:
		if t := readTitles(f, data); t != nil {
			p = titles(t)
		}
	case name == limitsFile:
		if l := readLimits(f, data); l != nil {
			p = limits(*l)
		}
	case dir == "words/":
		p = readWords(f, base, data)
	}
	if p == nil {
		p = old
	}
	return p, f.list
}

// known tells whether a file of that name is read at all.
func known(name string) bool {
	switch dir, base := path.Split(name); dir {
	case "angles/":
		ext := path.Ext(base)
		return ext == ".yaml" || ext == ".yml"
	case "words/":
		_, ok := wordFiles[base]
		return ok
	default:
		return name == cadenceFile || name == titlesFile || name == limitsFile
	}
}

// ours tells whether a file that is not known looks as if it was meant to be:
// notes, hidden files and editors' leftovers are no fault.
func ours(name string) bool {
	base := path.Base(name)
	if strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~") {
		return false
	}
	switch path.Ext(base) {
	case ".yaml", ".yml", ".txt":
		return !strings.HasPrefix(strings.ToLower(base), "readme")
	}
	return false
}
