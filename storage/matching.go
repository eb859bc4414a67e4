package storage

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/prospectcoach/prospectcoach/coach"
)

// Keys are what two rows that mean the same person have in common; "" for what
// is not known.
type Keys struct {
	Email  string
	Phone  string // "" too for a switchboard's number, which is nobody's own
	Person string // name and company
}

// KeysOf are the keys of a prospect, stored or not.
func KeysOf(p *coach.Prospect) Keys {
	d := derive(p)
	return d.keys(p.Line)
}

func (d *derived) keys(line coach.Line) Keys {
	k := Keys{Email: d.email, Phone: d.phone}
	if line == coach.Switchboard {
		k.Phone = ""
	}
	if d.name != "" {
		k.Person = d.name + "\x00" + d.company
	}
	return k
}

// Same tells whether both are likely one person: the same address, or the same
// name at the same company, or the same phone unless their addresses differ.
func (k Keys) Same(o Keys) bool {
	switch {
	case k.Email != "" && k.Email == o.Email, k.Person != "" && k.Person == o.Person:
		return true
	}
	return k.Phone != "" && k.Phone == o.Phone && (k.Email == "" || o.Email == "")
}

// Match is somebody in the store who is likely the same person.
type Match struct {
	ID    int64
	Owner string
	Name  string
	Keys  Keys
}

// Matches finds for up to [ImportStep] prospects who in the team likely is the
// same person; the owner's own first, nil for nobody. It asks three times,
// however many there are.
func (s *Store) Matches(ctx context.Context, owner string, ps []*coach.Prospect) (out [][]Match, err error) {
	if len(ps) > ImportStep {
		return nil, fmt.Errorf("at most %d prospects are matched at a time, not %d", ImportStep, len(ps))
	}
	keys := make([]Keys, len(ps))
	var emails, phones, companies, people []string
	for i, p := range ps {
		d := derive(p)
		keys[i] = d.keys(p.Line)
		emails, phones = append(emails, keys[i].Email), append(phones, keys[i].Phone)
		companies, people = append(companies, d.company), append(people, d.name)
	}
	found := map[int64]Match{}
	err = s.read(ctx, "looking for duplicates", func(q querier) error {
		for _, look := range []struct {
			where string
			lists [][]string
		}{
			{"email_key IN (SELECT value FROM /*texts($1)*/) AND email_key <> ''", [][]string{emails}},
			{"phone_key IN (SELECT value FROM /*texts($1)*/) AND phone_key <> ''", [][]string{phones}},
			{"company_key IN (SELECT value FROM /*texts($1)*/) AND name_key IN (SELECT value FROM /*texts($2)*/)", [][]string{companies, people}},
		} {
			if err := q.matches(look.where, look.lists, found); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return matched(owner, keys, found), nil
}

// matches reads all that the condition finds; the lists are its arguments.
func (q querier) matches(where string, lists [][]string, into map[int64]Match) error {
	args := make([]any, len(lists))
	for i, values := range lists {
		list, err := textList(values)
		if err != nil || list == "[]" {
			return err
		}
		args[i] = list
	}
	return q.each("SELECT id, owner, name, name_key, company_key, email_key, phone_key, line FROM prospects WHERE "+where+" AND "+visible, args, func(rows *sql.Rows) error {
		var m Match
		var d derived
		var line coach.Line
		if err := rows.Scan(&m.ID, &m.Owner, &m.Name, &d.name, &d.company, &d.email, &d.phone, &line); err != nil {
			return err
		}
		m.Keys = d.keys(line)
		into[m.ID] = m
		return nil
	})
}

// matched sorts the found under those they match.
func matched(owner string, keys []Keys, found map[int64]Match) [][]Match {
	byKey := map[string][]Match{}
	for _, m := range found {
		for _, k := range m.Keys.List() {
			byKey[k] = append(byKey[k], m)
		}
	}
	out := make([][]Match, len(keys))
	for i, k := range keys {
		seen := map[int64]bool{}
		for _, key := range k.List() {
			for _, m := range byKey[key] {
				if !seen[m.ID] && k.Same(m.Keys) {
					seen[m.ID] = true
					out[i] = append(out[i], m)
				}
			}
		}
		sortMatches(owner, out[i])
	}
	return out
}

// List are the keys that are known, each told apart from the other kinds.
func (k Keys) List() []string {
	var out []string
	for _, s := range []string{"e" + k.Email, "p" + k.Phone, "n" + k.Person} {
		if len(s) > 1 {
			out = append(out, s)
		}
	}
	return out
}

// sortMatches puts the owner's own first, then the oldest.
func sortMatches(owner string, ms []Match) {
	slices.SortFunc(ms, func(a, b Match) int {
		if own := (a.Owner == owner); own != (b.Owner == owner) {
			if own {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.ID, b.ID)
	})
}

// NeverAmong tells which of the hashes are on the list of those who asked not
// to be contacted (V5).
func (s *Store) NeverAmong(ctx context.Context, hashes [][]byte) (map[string]bool, error) {
	texts := make([]string, len(hashes))
	for i, h := range hashes {
		texts[i] = hex.EncodeToString(h)
	}
	out := map[string]bool{}
	list, err := textList(texts)
	if err != nil || list == "[]" {
		return out, err
	}
	err = s.read(ctx, "reading the never-contact list", func(q querier) error {
		return q.each("SELECT hash FROM never_contact WHERE hash IN (SELECT value FROM /*texts($1)*/)", []any{list}, func(rows *sql.Rows) error {
			var text string
			if err := rows.Scan(&text); err != nil {
				return err
			}
			h, err := hex.DecodeString(text)
			out[string(h)] = true
			return err
		})
	})
	return out, err
}

// textList is a JSON array of the values that are not empty, for the dialect's
// texts.
func textList(values []string) (string, error) {
	list := make([]string, 0, len(values))
	for _, v := range values {
		if v != "" {
			list = append(list, clean(v))
		}
	}
	slices.Sort(list)
	list = slices.Compact(list)
	b, err := json.Marshal(list)
	return string(b), err
}
