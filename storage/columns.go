package storage

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/prospectcoach/prospectcoach/coach"
)

// column ties one column of a table to one field of a value, for both
// directions, so that a list of names and a list of values cannot drift apart.
type column struct {
	name string
	arg  any // as written: a string, an int64 or a bool, hence comparable
	dest any // where Scan puts it
}

func text[T ~string](name string, p *T) column {
	return column{name, clean(string(*p)), textDest[T]{p}}
}

func number[T ~int | ~int64 | ~uint8](name string, p *T) column {
	return column{name, int64(*p), numberDest[T]{p}}
}

func truth(name string, p *bool) column { return column{name, *p, truthDest{p}} }

func day(name string, p *coach.Date) column { return column{name, p.String(), dayDest{p}} }

func instant(name string, p *time.Time) column { return column{name, millis(*p), instantDest{p}} }

// dueDay is a day that sorts behind all others when it is none: the lists by
// due day put what is never due last without asking twice.
func dueDay(name string, p *coach.Date) column { return column{name, dueText(*p), dayDest{p}} }

func list[T any](name string, p *[]T) column {
	text := "[]"
	if len(*p) > 0 {
		b, err := json.Marshal(*p)
		if err != nil {
			// Only lists of plain strings and numbers are kept this way.
			panic(fmt.Sprintf("storage: column %s: %v", name, err))
		}
		text = string(b)
	}
	return column{name, clean(text), listDest[T]{p}}
}

const never = "never"

func dueText(d coach.Date) string {
	if d == 0 {
		return never
	}
	return d.String()
}

// The dests take what both drivers answer as it comes: database/sql would go by
// reflection for every value of a type with a name, and write a number down to
// read it again.
type textDest[T ~string] struct{ p *T }

func (d textDest[T]) Scan(src any) error {
	s, err := scannedText(src)
	*d.p = T(s)
	return err
}

type numberDest[T ~int | ~int64 | ~uint8] struct{ p *T }

func (d numberDest[T]) Scan(src any) error {
	n, ok := src.(int64)
	if !ok || int64(T(n)) != n {
		return fmt.Errorf("a number expected, not %T %v", src, src)
	}
	*d.p = T(n)
	return nil
}

type truthDest struct{ p *bool }

func (d truthDest) Scan(src any) error {
	switch v := src.(type) {
	case bool:
		*d.p = v
	case int64: // SQLite has no other truth
		*d.p = v != 0
	default:
		return fmt.Errorf("true or false expected, not %T", src)
	}
	return nil
}

type dayDest struct{ p *coach.Date }

func (d dayDest) Scan(src any) error {
	s, err := scannedText(src)
	if err != nil {
		return err
	}
	switch s {
	case "", never:
		*d.p = 0
		return nil
	}
	if day, ok := plainDay(s); ok {
		*d.p = day
		return nil
	}
	*d.p, err = coach.ParseDate(s)
	return err
}

// plainDay reads a day as the store writes it, without the whole of
// time.Parse: a page of lives holds hundreds. What is anything else is left to
// coach.ParseDate.
func plainDay(s string) (coach.Date, bool) {
	if len(s) != len("2006-01-02") || s[4] != '-' || s[7] != '-' {
		return 0, false
	}
	number := func(s string) (n int, ok bool) {
		for i := range len(s) {
			if s[i] < '0' || s[i] > '9' {
				return 0, false
			}
			n = 10*n + int(s[i]-'0')
		}
		return n, true
	}
	year, ok1 := number(s[:4])
	month, ok2 := number(s[5:7])
	day, ok3 := number(s[8:])
	if !ok1 || !ok2 || !ok3 || year == 0 || month < 1 || month > 12 || day < 1 || day > 28 {
		return 0, false // the last days of a month are for those who know them
	}
	return coach.NewDate(year, time.Month(month), day), true
}

type instantDest struct{ p *time.Time }

func (d instantDest) Scan(src any) error {
	ms, ok := src.(int64)
	if !ok {
		return fmt.Errorf("an instant is a number of milliseconds, not %T", src)
	}
	*d.p = fromMillis(ms)
	return nil
}

type listDest[T any] struct{ p *[]T }

func (d listDest[T]) Scan(src any) error {
	s, err := scannedText(src)
	if err != nil {
		return err
	}
	*d.p = nil
	if s == "[]" {
		return nil
	}
	return json.Unmarshal([]byte(s), d.p)
}

func scannedText(src any) (string, error) {
	switch v := src.(type) {
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	}
	return "", fmt.Errorf("text expected, not %T", src)
}

// millis is the instant in Unix milliseconds, 0 for none. The database keeps
// no time.Time: its text would carry the process's monotonic clock.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// clean makes text acceptable to both engines: PostgreSQL refuses NUL bytes
// and broken UTF-8, which SQLite would take and give back.
func clean(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

func names(cols []column) string {
	out := make([]string, len(cols))
	for i, c := range cols {
		out[i] = c.name
	}
	return strings.Join(out, ", ")
}

func args(cols []column) []any {
	out := make([]any, len(cols))
	for i, c := range cols {
		out[i] = c.arg
	}
	return out
}

// reader reads the rows of one statement, each into the same place, for the
// places of forty columns take longer to gather than a row to read.
type reader[T any] struct {
	at   T
	into []any
}

// readerOf reads what columns names, and before it what first points to.
func readerOf[T any](columns func(*T) []column, first ...any) *reader[T] {
	r := &reader[T]{}
	cols := columns(&r.at)
	r.into = append(make([]any, 0, len(first)+len(cols)), first...)
	for _, c := range cols {
		r.into = append(r.into, c.dest)
	}
	return r
}

// row is the row that rows stands on.
func (r *reader[T]) row(rows *sql.Rows) (T, error) {
	var none T
	r.at = none
	err := rows.Scan(r.into...)
	return r.at, err
}

// changed are the columns of after whose value differs from before.
func changed(before, after []column) []column {
	var out []column
	for i := range after {
		if before[i].arg != after[i].arg {
			out = append(out, after[i])
		}
	}
	return out
}

func marks(n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = "$" + strconv.Itoa(i+1)
	}
	return strings.Join(out, ", ")
}

func insertInto(table string, cols []column) string {
	return "INSERT INTO " + table + " (" + names(cols) + ") VALUES (" + marks(len(cols)) + ")"
}

// update writes cols into the rows of table that where (with its placeholders
// counted from $1) names. Only changed columns should come here: an index
// whose column is not named is not touched either.
func (q querier) update(table string, cols []column, where string, keys ...any) error {
	if len(cols) == 0 {
		return nil
	}
	set := make([]string, len(cols))
	for i, c := range cols {
		set[i] = c.name + " = $" + strconv.Itoa(len(keys)+i+1)
	}
	_, err := q.exec("UPDATE "+table+" SET "+strings.Join(set, ", ")+" WHERE "+where, append(keys, args(cols)...)...)
	return err
}

// ids as a JSON list, which /*rows($1)*/ reads: one parameter for any number.
func idList(ids []int64) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(id, 10))
	}
	b.WriteByte(']')
	return b.String()
}
