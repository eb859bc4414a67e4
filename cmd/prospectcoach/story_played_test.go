package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/prospectcoach/prospectcoach/bot"
)

// playbill remembers what the stories of this test binary did, as a person
// does it: words typed, buttons pressed, windows submitted. Forged envelopes
// do not count.
type playbill struct {
	mu   sync.Mutex
	used map[string]bool
}

// played is this test binary's. It is written by the verbs of actor alone and
// read once, when all tests are over.
var played = &playbill{used: map[string]bool{}}

func (p *playbill) use(kind, name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.used[kind+" "+name] = true
}

// choice notes what an entry of a menu does: the first word of its value is
// the action of a button that would do the same.
func (p *playbill) choice(blocks []byte, label string) {
	entry := regexp.MustCompile(`"text":"` + regexp.QuoteMeta(label) + `"[^}]*\},"value":"([a-z]+) `)
	if m := entry.FindSubmatch(blocks); m != nil {
		p.use("click", string(m[1]))
	}
}

// line notes the command word that a line begins with, if it is one or the
// only beginning of one.
func (p *playbill) line(text string) {
	word, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(text)), " ")
	if word == "" {
		return
	}
	hit, hits := "", 0
	for _, c := range bot.Table().Commands {
		if c.Word == word {
			hit, hits = c.Word, 1
			break
		}
		if strings.HasPrefix(c.Word, word) {
			hit, hits = c.Word, hits+1
		}
	}
	if hits == 1 {
		p.use("command", hit)
	}
}

// press notes the action behind a button's label or a menu's action id.
func (p *playbill) press(blocks json.RawMessage, name string) {
	var list any
	if json.Unmarshal(blocks, &list) == nil {
		p.find(list, name)
	}
}

func (p *playbill) find(v any, name string) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			p.find(x, name)
		}
	case map[string]any:
		if id, ok := v["action_id"].(string); ok {
			text, _ := v["text"].(map[string]any)
			label, _ := text["text"].(string)
			action, _, _ := strings.Cut(id, ":")
			if label == name || action == name {
				p.use("click", action)
			}
		}
		for _, x := range v {
			p.find(x, name)
		}
	}
}

// verdict is the exit code of the test binary: a full run in which something
// that a person can do was never done fails, naming it.
func (p *playbill) verdict(code int) int {
	if code != 0 || testing.Short() || flag.Lookup("test.run").Value.String() != "" || flag.Lookup("test.skip").Value.String() != "" || flag.Lookup("test.list").Value.String() != "" {
		return code // only some tests ran
	}
	if left := p.unplayed(); len(left) > 0 {
		fmt.Fprintf(os.Stderr, "no story does this:\n\t%s\n", strings.Join(left, "\n\t"))
		return 1
	}
	return code
}

// unplayed names what the routes offer and no story ever used.
func (p *playbill) unplayed() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	table := bot.Table()
	var all []string
	for _, c := range table.Commands {
		all = append(all, "command "+c.Word)
	}
	for _, c := range table.Clicks {
		all = append(all, "click "+c.Action)
	}
	for _, f := range table.Forms {
		all = append(all, "form "+f.Callback)
	}
	for _, s := range table.Shortcuts {
		all = append(all, "shortcut "+s.Callback)
	}
	for _, e := range table.Events {
		all = append(all, "event "+e.Type)
	}
	if table.Dropped != nil {
		all = append(all, "event file_shared")
	}
	return slices.DeleteFunc(all, func(name string) bool { return p.used[name] })
}
