package templates

import (
	"slices"
	"strconv"
	"strings"

	"github.com/prospectcoach/prospectcoach/coach"
)

// wordFile is one file of words/: exactly one of its places is set.
type wordFile struct {
	list   func(*coach.WordLists) *[]string
	topics func(*coach.WordLists) *map[string][]string
	counts func(*coach.WordLists) *map[string]int
	spoken func(*coach.WordLists) *map[string]string
	other  bool // read here, but no part of the playbook
}

// endingsFile lists company endings and titles for the grammar of `add`.
const endingsFile = "company_endings.txt"

// wordFiles are the word lists by file name.
var wordFiles = map[string]wordFile{
	"jargon.txt":      {list: func(w *coach.WordLists) *[]string { return &w.Jargon }},
	"stock.txt":       {list: func(w *coach.WordLists) *[]string { return &w.Stock }},
	"empty.txt":       {list: func(w *coach.WordLists) *[]string { return &w.Empty }},
	"needy.txt":       {list: func(w *coach.WordLists) *[]string { return &w.Needy }},
	"bump.txt":        {list: func(w *coach.WordLists) *[]string { return &w.Bump }},
	"strangers.txt":   {list: func(w *coach.WordLists) *[]string { return &w.Strangers }},
	"common.txt":      {list: func(w *coach.WordLists) *[]string { return &w.Common }},
	"offers.txt":      {list: func(w *coach.WordLists) *[]string { return &w.Offers }},
	"requests.txt":    {list: func(w *coach.WordLists) *[]string { return &w.Requests }},
	"greetings.txt":   {list: func(w *coach.WordLists) *[]string { return &w.Greetings }},
	"closings.txt":    {list: func(w *coach.WordLists) *[]string { return &w.Closings }},
	"paired.txt":      {list: func(w *coach.WordLists) *[]string { return &w.Paired }},
	"between.txt":     {list: func(w *coach.WordLists) *[]string { return &w.Between }},
	"industries.yaml": {topics: func(w *coach.WordLists) *map[string][]string { return &w.Industries }},
	"syllables.yaml":  {counts: func(w *coach.WordLists) *map[string]int { return &w.Syllables }},
	"spoken.yaml":     {spoken: func(w *coach.WordLists) *map[string]string { return &w.Spoken }},
	endingsFile:       {other: true},
}

// words is the piece of one file of words/. Lists grow by add and shrink by
// drop; maps are added to and replaced key by key.
type words struct {
	file      wordFile
	add, drop []string
	topics    map[string][]string
	counts    map[string]int
	spoken    map[string]string
}

func (w *words) addTo(pb *coach.Playbook) {
	switch {
	case w.file.list != nil:
		to := w.file.list(&pb.Words)
		*to = w.onto(*to)
	case w.file.topics != nil:
		put(w.file.topics(&pb.Words), w.topics)
	case w.file.counts != nil:
		put(w.file.counts(&pb.Words), w.counts)
	case w.file.spoken != nil:
		put(w.file.spoken(&pb.Words), w.spoken)
	}
}

// onto is list with what w adds and without what it drops, in a new slice.
func (w *words) onto(list []string) []string {
	out := slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(w.drop, s) })
	for _, s := range w.add {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func put[V any](to *map[string]V, from map[string]V) {
	if *to == nil {
		*to = map[string]V{}
	}
	for k, v := range from {
		(*to)[k] = v
	}
}

// plain is a text as the lists hold it: lower case, straight quotes.
func plain(s string) string { return straight.Replace(strings.ToLower(strings.TrimSpace(s))) }

var straight = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`)

// readWords reads one file of words/; a broken line or entry is left out. The
// answer is nil when nothing of the file can be read.
func readWords(f *faults, base, data string) piece {
	w := &words{file: wordFiles[base]}
	if strings.HasSuffix(base, ".txt") {
		w.readLines(data)
		return w
	}
	root := parse(f, data)
	if root == nil {
		return nil
	}
	list, ok := pairs(f, root, "the file")
	if !ok {
		return nil
	}
	w.topics, w.counts, w.spoken = map[string][]string{}, map[string]int{}, map[string]string{}
	for _, p := range list {
		w.readEntry(f, p)
	}
	return w
}

func (w *words) readLines(data string) {
	for line := range strings.Lines(strings.TrimPrefix(data, "\ufeff")) {
		line = plain(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if rest, ok := strings.CutPrefix(line, "-"); ok {
			w.drop = append(w.drop, strings.TrimSpace(rest))
			continue
		}
		w.add = append(w.add, line)
	}
}

func (w *words) readEntry(f *faults, p pair) {
	key := plain(p.key)
	switch {
	case w.file.topics != nil:
		list, _ := items(f, p.value, key)
		var out []string
		for _, it := range list {
			if s, ok := scalar(f, it, "a word of "+key); ok && s != "" {
				out = append(out, plain(s))
			}
		}
		if len(out) > 0 {
			w.topics[key] = out
		}
	case w.file.counts != nil:
		n, err := strconv.Atoi(p.value.Value)
		if err != nil || n < 1 || n > 30 {
			f.add(p.line, "%q: syllables are a whole number from 1 to 30, not %q", p.key, p.value.Value)
			return
		}
		w.counts[key] = n
	case w.file.spoken != nil:
		if s, ok := scalar(f, p.value, p.key); ok && s != "" {
			w.spoken[key] = plain(s)
		}
	}
}
