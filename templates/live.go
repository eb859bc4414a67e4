package templates

import (
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/prospectcoach/prospectcoach/coach"
)

// Live is a team's folder that may change while the program runs. It is safe
// for concurrent use; each playbook it hands out never changes.
type Live struct {
	dir     string
	stem    func(string) string
	holiday func(string, coach.Date) (string, bool)

	now atomic.Pointer[reading]

	mu     sync.Mutex // one Refresh at a time; a slow disk never holds up readers
	stamp  string
	pieces pieces
}

// reading is what the folder gave when it was last read.
type reading struct {
	playbook *coach.Playbook
	faults   []Fault
}

// Open reads the folder for the first time; dir "" means the built-in
// templates alone. stem and holiday go into every playbook.
func Open(dir string, stem func(string) string, holiday func(string, coach.Date) (string, bool)) *Live {
	l := &Live{dir: dir, stem: stem, holiday: holiday}
	l.Refresh()
	return l
}

// Playbook is the one in use now.
func (l *Live) Playbook() *coach.Playbook { return l.now.Load().playbook }

// Faults are what is wrong with the folder as it was last read.
func (l *Live) Faults() []Fault { return l.now.Load().faults }

// Refresh reads the folder again when a file's name, time or size changed
// (C2: within a minute, by the bot's beat). changed is false, and faults nil,
// when nothing did. What was good before stays in use where it is broken now.
func (l *Live) Refresh() (changed bool, faults []Fault) {
	l.mu.Lock()
	defer l.mu.Unlock()
	// The stamp is taken before reading: a change in between is seen next time.
	stamp := stampOf(l.dir)
	if l.now.Load() != nil && stamp == l.stamp {
		return false, nil
	}
	pb, ps, list := load(l.dir, l.pieces)
	pb.Stem, pb.Holiday = l.stem, l.holiday
	pb.Prepare()
	l.stamp, l.pieces = stamp, ps
	l.now.Store(&reading{playbook: pb, faults: list})
	return true, list
}

// stampOf names every file of the folder with its time and size.
func stampOf(dir string) string {
	if dir == "" {
		return ""
	}
	fsys := os.DirFS(dir)
	names, err := files(fsys)
	if err != nil {
		return "unreadable: " + reason(err)
	}
	var b strings.Builder
	for _, name := range names {
		b.WriteString(name)
		if info, err := fs.Stat(fsys, name); err == nil {
			b.WriteString(" " + strconv.FormatInt(info.ModTime().UnixNano(), 36) + " " + strconv.FormatInt(info.Size(), 36))
		}
		b.WriteByte('\n')
	}
	return b.String()
}
