package storage

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"slices"
)

// Tally is what one table holds: how many rows, and a sum over all their
// values that does not depend on their order or on the engine.
type Tally struct {
	Table string
	Rows  int
	Sum   uint64
}

// Tally counts and sums every table of [Copy], in its order. Two
// stores with equal tallies hold the same.
func (s *Store) Tally(ctx context.Context) (all []Tally, err error) {
	err = s.read(ctx, "counting", func(q querier) error {
		for _, t := range tables {
			one := Tally{Table: t.name}
			err := q.each("SELECT * FROM "+t.name, nil, func(rows *sql.Rows) error {
				h, err := rowHash(rows)
				one.Rows++
				one.Sum += h
				return err
			})
			if err != nil {
				return fmt.Errorf("table %s: %w", t.name, err)
			}
			all = append(all, one)
		}
		return nil
	})
	return all, err
}

// rowHash is a number for a row's values by the names of their columns: the
// engines may keep the columns in another order, and booleans as 0 and 1.
func rowHash(rows *sql.Rows) (uint64, error) {
	cols, err := rows.Columns()
	if err != nil {
		return 0, err
	}
	values, into := make([]any, len(cols)), make([]any, len(cols))
	order := make([]int, len(cols))
	for i := range values {
		into[i], order[i] = &values[i], i
	}
	if err := rows.Scan(into...); err != nil {
		return 0, err
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(cols[a], cols[b]) })
	h := sha256.New()
	for _, i := range order {
		v := values[i]
		switch x := v.(type) {
		case bool:
			v = int64(0)
			if x {
				v = int64(1)
			}
		case []byte:
			v = string(x)
		}
		if v == nil {
			fmt.Fprintf(h, "%s nothing\n", cols[i])
			continue
		}
		fmt.Fprintf(h, "%s %T %q\n", cols[i], v, fmt.Sprint(v))
	}
	return binary.BigEndian.Uint64(h.Sum(nil)), nil
}
