package templates

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// parse reads one YAML document into its root node; nil when the file is empty
// or cannot be read, which is a fault with its line.
func parse(f *faults, data string) *yaml.Node {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(data), &doc); err != nil {
		line, say := yamlProblem(err)
		f.add(line, "this is not readable as YAML: %s", say)
		return nil
	}
	if len(doc.Content) == 0 {
		f.add(0, "the file is empty")
		return nil
	}
	return doc.Content[0]
}

var yamlLine = regexp.MustCompile(`^line (\d+): `)

// yamlProblem takes the line out of the reader's message, where it has one.
func yamlProblem(err error) (int, string) {
	for e := errors.Unwrap(err); e != nil; e = errors.Unwrap(e) {
		err = e
	}
	say := strings.TrimPrefix(err.Error(), "yaml: ")
	if m := yamlLine.FindStringSubmatch(say); m != nil {
		line, _ := strconv.Atoi(m[1])
		return line, say[len(m[0]):]
	}
	return 0, say
}

// pair is one key of a mapping with its value.
type pair struct {
	key   string
	line  int
	value *yaml.Node
}

// pairs of a mapping in the order of the file; a key that comes twice is a
// fault and its second value is left out. ok is false when n is no mapping.
func pairs(f *faults, n *yaml.Node, what string) (list []pair, ok bool) {
	if n.Kind != yaml.MappingNode {
		f.add(n.Line, "%s must be written as `key: value` lines", what)
		return nil, false
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if k.Kind != yaml.ScalarNode {
			f.add(k.Line, "%s has a key that is not a word", what)
			continue
		}
		if line, twice := seen[k.Value]; twice {
			f.add(k.Line, "%s has %q twice, first in line %d", what, k.Value, line)
			continue
		}
		seen[k.Value] = k.Line
		list = append(list, pair{key: k.Value, line: k.Line, value: v})
	}
	return list, true
}

// scalar is the text of a node; a list, a mapping or an alias is a fault.
func scalar(f *faults, n *yaml.Node, what string) (string, bool) {
	if n.Kind != yaml.ScalarNode {
		f.add(n.Line, "%s must be a text", what)
		return "", false
	}
	if n.Tag == "!!null" {
		return "", true
	}
	return strings.TrimSpace(n.Value), true
}

// items of a list; a single text counts as a list of one.
func items(f *faults, n *yaml.Node, what string) ([]*yaml.Node, bool) {
	switch n.Kind {
	case yaml.SequenceNode:
		return n.Content, true
	case yaml.ScalarNode:
		if n.Tag != "!!null" {
			return []*yaml.Node{n}, true
		}
	}
	f.add(n.Line, "%s must be a list, such as [one, two]", what)
	return nil, false
}
