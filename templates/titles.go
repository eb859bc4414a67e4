package templates

import (
	"slices"

	"github.com/prospectcoach/prospectcoach/coach"
)

// titles is the piece of titles.yaml (C4). A team's rules go before the
// built-in ones, because the first hit wins.
type titles []coach.TitleRule

func (t titles) addTo(pb *coach.Playbook) { pb.Titles = slices.Concat(t, pb.Titles) }

// readTitles reads a list of {level, any}; a broken rule is left out.
func readTitles(f *faults, data string) []coach.TitleRule {
	root := parse(f, data)
	if root == nil {
		return nil
	}
	list, ok := items(f, root, "the file")
	if !ok {
		return nil
	}
	if len(list) == 0 {
		f.add(root.Line, "there is no rule in it; one looks like `- level: vp` with `any: [head of]` under it")
	}
	var rules []coach.TitleRule
	for _, it := range list {
		before := len(f.list)
		fields, ok := pairs(f, it, "a rule")
		if !ok {
			continue
		}
		var rule coach.TitleRule
		for _, p := range fields {
			switch p.key {
			case "level":
				rule.Level = coach.Level(p.value.Value)
				if !slices.Contains(coach.Levels, rule.Level) {
					f.add(p.line, "level %q is not known; the levels are %s", p.value.Value, join(coach.Levels))
				}
			case "any":
				words, _ := items(f, p.value, "`any`")
				for _, w := range words {
					if s, ok := scalar(f, w, "a word of a title"); ok && s != "" {
						rule.Any = append(rule.Any, plain(s))
					}
				}
			default:
				f.add(p.line, "%q is not known in a rule; it has `level` and `any`", p.key)
			}
		}
		if len(f.list) == before && (rule.Level == "" || len(rule.Any) == 0) {
			f.add(it.Line, "a rule needs a level and at least one word under `any`")
		}
		if len(f.list) == before {
			rules = append(rules, rule)
		}
	}
	return rules
}
