package templates

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/prospectcoach/prospectcoach/coach"
)

//go:embed angles words *.yaml
var embedded embed.FS

// pieces are what was read of a folder, by file name.
type pieces map[string]piece

// builtIn reads the embedded files once; pieces never change afterwards.
var builtIn = sync.OnceValues(func() (pieces, error) {
	ps, list, err := readAll(embedded, nil, "")
	if err != nil {
		return nil, fmt.Errorf("read the built-in templates: %w", err)
	}
	if len(list) > 0 {
		return nil, fmt.Errorf("the built-in templates are broken: %s", list[0])
	}
	return ps, nil
})

// BuiltIn is the playbook the program comes with. Stem and Holiday are not
// set; the caller hands them in, and calls Prepare then.
func BuiltIn() (*coach.Playbook, error) {
	base, err := builtIn()
	if err != nil {
		return nil, err
	}
	return build(base, nil), nil
}

// Load is the built-in playbook with a team's folder over it: angles/*.yaml,
// words/*, cadence.yaml, titles.yaml and limits.yaml, all optional. It always
// answers with a usable playbook: what is broken is named and left out, what
// is good of it counts (C2, A6). An empty dir means the built-in alone. Stem
// and Holiday are not set; call Prepare after setting them. Live does both.
func Load(dir string) (*coach.Playbook, []Fault) {
	pb, _, list := load(dir, nil)
	return pb, list
}

// load is Load with the last good pieces of the folder, which stay in use
// where the new ones are broken.
func load(dir string, old pieces) (*coach.Playbook, pieces, []Fault) {
	base, err := builtIn()
	if err != nil {
		// The embedded files are proven by the tests of this package.
		panic(err)
	}
	if dir == "" {
		return build(base, nil), nil, nil
	}
	own, list, err := readAll(os.DirFS(dir), old, dir)
	if err != nil {
		return build(base, old), old, []Fault{{File: dir, Say: "the templates folder cannot be read (" + reason(err) + "); the last good templates stay in use"}}
	}
	return build(base, own), own, list
}

// reason is the last word of an error, without the path it repeats.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return err.Error()
}

// build lays a team's pieces over the built-in ones, each layer in the order
// of its file names, so that every machine builds the same playbook (A4).
func build(base, own pieces) *coach.Playbook {
	pb := &coach.Playbook{Drafts: map[coach.Angle][]coach.Variant{}, Limits: coach.DefaultLimits(), Own: slices.Sorted(maps.Keys(own))}
	for _, ps := range []pieces{base, own} {
		for _, name := range slices.Sorted(maps.Keys(ps)) {
			ps[name].addTo(pb)
		}
	}
	return pb.Prepare()
}

// maxFile is the size over which a file is refused unread, in bytes.
const maxFile = 1 << 20

// readAll reads every known file of a folder. An error means that the folder
// itself cannot be read; what is wrong inside is a fault.
func readAll(fsys fs.FS, old pieces, source string) (pieces, []Fault, error) {
	names, err := files(fsys)
	if err != nil {
		return nil, nil, err
	}
	ps := pieces{}
	var list []Fault
	for _, name := range names {
		if !known(name) {
			if ours(name) && source != "" {
				list = append(list, Fault{File: name, Say: "no file of that name is read; there are angles/*.yaml, cadence.yaml, titles.yaml, limits.yaml and words/" + join(slices.Sorted(maps.Keys(wordFiles)))})
			}
			continue
		}
		data, say := content(fsys, name)
		p, found := old[name], []Fault(nil)
		if say != "" {
			found = []Fault{{File: name, Say: say}}
		} else {
			p, found = read(name, data, p, source)
		}
		list = append(list, found...)
		if p != nil {
			ps[name] = p
		}
	}
	sortFaults(list)
	return ps, list, nil
}

// content is the text of a file, or why there is none.
func content(fsys fs.FS, name string) (data, say string) {
	info, err := fs.Stat(fsys, name)
	if err == nil && info.Size() > maxFile {
		return "", fmt.Sprintf("the file has %d bytes; %d is the most", info.Size(), maxFile)
	}
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return "", "the file cannot be read (" + reason(err) + ")"
	}
	return strings.ToValidUTF8(strings.ReplaceAll(string(b), "\r\n", "\n"), "\uFFFD"), ""
}

// files are the names of the regular files at the top, in angles/ and words/,
// sorted. Links are followed, because mounted folders are made of them.
func files(fsys fs.FS) ([]string, error) {
	var names []string
	for _, dir := range []string{".", "angles", "words"} {
		entries, err := fs.ReadDir(fsys, dir)
		if err != nil {
			if dir != "." && errors.Is(err, fs.ErrNotExist) {
				continue
			}
			return nil, err
		}
		for _, e := range entries {
			name := e.Name()
			if dir != "." {
				name = dir + "/" + name
			}
			if info, err := fs.Stat(fsys, name); err == nil && !info.Mode().IsRegular() {
				continue
			}
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}

// sortFaults orders by file and line, so that the same folder reads the same.
func sortFaults(list []Fault) {
	slices.SortStableFunc(list, func(a, b Fault) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return strings.Compare(a.Say, b.Say)
	})
}

// Endings are company endings and titles after a comma ("Inc.", "GmbH", "PhD")
// that stay with the piece before them in `add`, in lower case and without
// full stops.
func Endings() []string {
	base, err := builtIn()
	if err != nil {
		panic(err) // as in load
	}
	if w, ok := base["words/"+endingsFile].(*words); ok {
		list := slices.Clone(w.add)
		for i := range list {
			list[i] = strings.ReplaceAll(list[i], ".", "")
		}
		return list
	}
	return nil
}
