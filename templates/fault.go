package templates

import (
	"fmt"
	"strings"
)

// Fault is one thing that is wrong with a team's file, in words for the person
// who wrote it. A fault never stops the start (C2).
type Fault struct {
	File string // as in the folder, with slashes: "angles/homework.yaml"
	Line int    // from 1; 0 when it is about the whole file
	Say  string
}

// String is "file:line: what is wrong".
func (f Fault) String() string {
	if f.Line == 0 {
		return f.File + ": " + f.Say
	}
	return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Say)
}

// faults collects what is wrong with one file while it is read.
type faults struct {
	file string
	list []Fault
}

func (f *faults) add(line int, format string, args ...any) {
	f.list = append(f.list, Fault{File: f.file, Line: line, Say: fmt.Sprintf(format, args...)})
}

// join lists words as people do: "a, b or c".
func join[S ~string](words []S) string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = string(w)
	}
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " or " + list[len(list)-1]
}
