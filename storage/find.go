package storage

import (
	"context"
	"slices"
	"strings"

	"github.com/prospectcoach/prospectcoach/coach"
)

// Find is whom a rep means by a name: those with exactly that name, else those
// in whose name or company all its words stand as whole words. It looks among
// the rep's own only.
func (s *Store) Find(ctx context.Context, owner, name string) (rs []Row, err error) {
	words := strings.Fields(foldName(name))
	if len(words) == 0 {
		return nil, nil
	}
	err = s.read(ctx, "finding a prospect", func(q querier) error {
		rs, err = q.find(owner, words)
		return err
	})
	return rs, err
}

// FindRun is whom the longest run of leading words names, and how many words
// that took; 0 when not even the first names anybody.
func (s *Store) FindRun(ctx context.Context, owner string, words []string) (rs []Row, used int, err error) {
	err = s.read(ctx, "finding a prospect", func(q querier) error {
		// Whoever a longer run names, its first word names too: one query
		// finds all candidates, and the longest run is told among them.
		first := firstWords(words)
		if first == 0 {
			return nil
		}
		all, err := q.named(owner, strings.Fields(foldName(strings.Join(words[:first], " "))))
		if err != nil {
			return err
		}
		for n := first; n <= len(words) && len(all) > 0; n++ {
			if left := among(all, strings.Fields(foldName(strings.Join(words[:n], " ")))); len(left) > 0 {
				rs, used = left, n
			} else {
				break
			}
		}
		if used > 0 {
			rs = exactly(rs, foldName(strings.Join(words[:used], " ")))
		}
		return nil
	})
	return rs, used, err
}

// firstWords is how many words it takes until one of them holds a letter.
func firstWords(words []string) int {
	for i, w := range words {
		if foldName(w) != "" {
			return i + 1
		}
	}
	return 0
}

func (q querier) find(owner string, words []string) ([]Row, error) {
	rs, err := q.named(owner, words)
	return exactly(rs, strings.Join(words, " ")), err
}

// What is looked for in the table: each word is one more level for the engine,
// and no name has so many. The rest is compared here.
const (
	mostWords   = 30
	longestWord = 4000 // bytes
)

// named are those in whose name or company all words stand, by name.
func (q querier) named(owner string, words []string) ([]Row, error) {
	conds, args := []string{visible}, []any{}
	if owner != "" {
		conds, args = []string{"owner = $1", shown}, []any{owner}
	}
	for _, w := range words[:min(len(words), mostWords)] {
		if len(w) > longestWord {
			return nil, nil // no name is that long, and the engine refuses the pattern
		}
		args = append(args, "% "+escaped(w)+" %")
		conds = append(conds, "search_key LIKE $"+itoa(len(args))+" ESCAPE '!'")
	}
	rs, err := q.rows(strings.Join(conds, " AND ")+" ORDER BY name_key, id", args...)
	return among(rs, words), err // the key holds the title too, which names nobody
}

// among keeps the rows in whose name or company all words stand.
func among(rs []Row, words []string) []Row {
	var out []Row
	for _, r := range rs {
		has := append(strings.Fields(foldName(r.Name)), strings.Fields(foldName(r.Company))...)
		if !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(has, w) }) {
			out = append(out, r)
		}
	}
	return out
}

// exactly are the rows with just that name, if there are any.
func exactly(rs []Row, key string) []Row {
	var out []Row
	for _, r := range rs {
		if foldName(r.Name) == key {
			out = append(out, r)
		}
	}
	if len(out) > 0 {
		return out
	}
	return rs
}

// Duplicates are others that are likely the same person: same address, same
// phone unless it is a switchboard's, or same name and company, whoever owns
// them. p itself is left out.
func (s *Store) Duplicates(ctx context.Context, p coach.Prospect) (rs []Row, err error) {
	d := derive(&p)
	phone := d.keys(p.Line).Phone
	err = s.read(ctx, "looking for duplicates", func(q querier) error {
		// One indexed look-up each: an OR over three columns would read all.
		for _, look := range []struct {
			cond string
			args []any
			skip bool
		}{
			{"email_key = $1 AND email_key <> ''", []any{d.email}, d.email == ""},
			{"phone_key = $1 AND phone_key <> '' AND line <> '" + string(coach.Switchboard) + "'", []any{phone}, phone == ""},
			{"company_key = $1 AND name_key = $2", []any{d.company, d.name}, d.name == ""},
		} {
			if look.skip {
				continue
			}
			found, err := q.rows(look.cond+" AND "+visible+" ORDER BY id LIMIT 50", look.args...)
			if err != nil {
				return err
			}
			for _, r := range found {
				if r.ID != p.ID && !slices.ContainsFunc(rs, func(have Row) bool { return have.ID == r.ID }) {
					rs = append(rs, r)
				}
			}
		}
		return nil
	})
	return rs, err
}

// SameCompany are the people at a company whom other reps still pursue: active,
// snoozed or waiting (V8c).
func (s *Store) SameCompany(ctx context.Context, company, exceptOwner string) (rs []Row, err error) {
	key := foldCompany(company)
	if key == "" {
		return nil, nil
	}
	err = s.read(ctx, "looking for the company", func(q querier) error {
		rs, err = q.rows("company_key = $1 AND owner <> $2 AND "+visible+" AND state IN ('waiting', 'active', 'snoozed') ORDER BY owner, id", key, exceptOwner)
		return err
	})
	return rs, err
}
