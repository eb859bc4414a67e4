package storage

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// ListQuery says which prospects, in which order, and which page of them.
type ListQuery struct {
	Owner  string        // "" means the whole team
	States []coach.State // none means all
	DueBy  coach.Date    // due on that day or before; 0 means whenever, or never
	Timed  bool          // only those whose best time a gatekeeper told
	Words  string        // all of them begin a word of name, company or title
	// OrderDue orders by due day, never due last, then by id; else by name.
	OrderDue bool
	// Besides counts the owner's other states by the way; not with Words, DueBy
	// or Timed.
	Besides       bool
	Limit, Offset int // Limit 0 means all
}

// Row is the little of a prospect that a list shows.
type Row struct {
	ID                   int64
	Owner                string
	Added                time.Time
	Name, Company, Title string
	State                coach.State
	Situation            coach.Situation
	Due                  coach.Date
	Urgency              coach.Urgency
	Level                coach.Level // "" means guessed from Title
	Purchase             coach.Purchase
	SnoozedUntil         coach.Date
	ComeBack             coach.Date
	Attempts             int        // in the current campaign
	LastTouch            coach.Date // in the whole life
	NeverContact         bool
	Stamp                int64 // of the change that touched its life last: another one, another life
}

func rowColumns(r *Row) []column {
	return []column{
		number("id", &r.ID), text("owner", &r.Owner), instant("added", &r.Added),
		text("name", &r.Name), text("company", &r.Company), text("title", &r.Title),
		text("state", &r.State), text("situation", &r.Situation), dueDay("due", &r.Due),
		text("urgency", &r.Urgency), text("level", &r.Level), text("purchase", &r.Purchase),
		day("snoozed_until", &r.SnoozedUntil), day("come_back", &r.ComeBack),
		number("attempts", &r.Attempts), day("last_touch", &r.LastTouch), truth("never_contact", &r.NeverContact),
		number("last_change", &r.Stamp),
	}
}

var rowSelect = names(rowColumns(&Row{}))

// rows reads prospects where the rest of the statement says.
func (q querier) rows(where string, args ...any) (rs []Row, err error) {
	read := readerOf(rowColumns)
	err = q.each("SELECT "+rowSelect+" FROM prospects WHERE "+where, args, func(rows *sql.Rows) error {
		r, err := read.row(rows)
		rs = append(rs, r)
		return err
	})
	return rs, err
}

// where is the condition and order of the query, with its arguments.
func (l ListQuery) where() (cond, order string, args []any) {
	arg := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	conds := []string{visible}
	order = "name_key, id"
	if l.Owner != "" {
		conds = []string{"owner = " + arg(l.Owner), shown}
	}
	if len(l.States) > 0 {
		in := make([]string, len(l.States))
		for i, s := range l.States {
			in[i] = arg(string(s))
		}
		conds = append(conds, "state IN ("+strings.Join(in, ", ")+")")
	}
	if l.DueBy != 0 {
		conds = append(conds, "due <= "+arg(l.DueBy.String()))
	}
	if l.Timed {
		conds = append(conds, "keeper_time <> ''")
	}
	asked := strings.Fields(foldName(l.Words))
	for _, w := range asked[:min(len(asked), 30)] { // each is one more level for the engine, and no name has so many
		if r := []rune(w); len(r) > 200 {
			w = string(r[:200]) // longer patterns are refused by the engine
		}
		conds = append(conds, `search_key LIKE `+arg("% "+escaped(w)+"%")+` ESCAPE '!'`)
	}
	if l.OrderDue {
		order = "due, id"
	}
	return strings.Join(conds, " AND "), order, args
}

// escaped is text that LIKE takes as it stands; signs survive in names that
// are nothing but signs.
func escaped(s string) string {
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(s)
}

func (l ListQuery) page(args []any) (string, []any) {
	limit := l.Limit
	if limit <= 0 {
		limit = 1 << 40
	}
	return limited(limit) + " OFFSET $" + strconv.Itoa(len(args)+1), append(slices.Clip(args), int64(max(0, l.Offset)))
}

// limited is the LIMIT as part of the text: SQLite plans for the number, and
// would plan anew each time that a parameter gets one.
func limited(n int) string { return " LIMIT " + strconv.Itoa(n) }

// List is one page and the number of all.
func (s *Store) List(ctx context.Context, l ListQuery) (rs []Row, total int, err error) {
	rs, total, _, err = s.list(ctx, l)
	return rs, total, err
}

func (s *Store) list(ctx context.Context, l ListQuery) (rs []Row, total int, besides string, err error) {
	l.Besides = l.besides()
	seen := s.countOf(l)
	besides = seen.besides
	err = s.glance(ctx, "listing prospects", func(q querier) error {
		rs, total, err = q.page(l, seen, &besides)
		return err
	})
	return rs, total, besides, err
}

// besides tells whether the numbers of the other states can be told.
func (l ListQuery) besides() bool {
	return l.Besides && l.Owner != "" && l.Words == "" && l.DueBy == 0 && !l.Timed && len(l.States) > 0
}

// byState is an owner's number of prospects in each state, as one text: one
// pass over the index, as for a single number.
var byState = func() string {
	var each []string
	for _, s := range coach.States {
		each = append(each, "CAST(count(*) FILTER (WHERE state = '"+string(s)+"') AS TEXT)")
	}
	return "(SELECT " + strings.Join(each, " || ' ' || ") + " FROM prospects WHERE owner = $1 AND " + shown + ")"
}()

// readStates reads what byState says, without those states; the rest are they.
func readStates(text string, without []coach.State) (others map[coach.State]int, rest int) {
	others = map[coach.State]int{}
	for i, word := range strings.Fields(text) {
		switch n, _ := strconv.Atoi(word); {
		case slices.Contains(without, coach.States[i]):
			rest += n
		case n > 0:
			others[coach.States[i]] = n
		}
	}
	return others, rest
}

// page is one page and the number of all, by one statement, but for a page
// behind the last, and for an empty one when the other states are to be told.
func (q querier) page(l ListQuery, seen count, besides *string) (rs []Row, total int, err error) {
	cond, order, args := l.where()
	page, paged := l.page(args)
	from, what := max(0, l.Offset), rowSelect
	read := readerOf(rowColumns)
	switch counted := l.Limit > 0 && !seen.known; {
	case counted && l.Besides: // the owner is $1
		what += ", " + byState
		read.into = append(read.into, textDest[string]{besides})
	case counted:
		what += ", (SELECT count(*) FROM prospects WHERE " + cond + ")"
		read.into = append(read.into, numberDest[int]{&total})
	}
	err = q.each("SELECT "+what+" FROM prospects WHERE "+cond+" ORDER BY "+order+page, paged, func(rows *sql.Rows) error {
		r, err := read.row(rows)
		rs = append(rs, r)
		return err
	})
	if err == nil && l.Besides && len(rs) == 0 && *besides == "" {
		err = q.one("SELECT "+byState, args[:1], textDest[string]{besides})
	}
	if err == nil && l.Besides && !seen.known {
		_, total = readStates(*besides, l.States)
		seen.learn(total, *besides)
	}
	switch {
	case err != nil:
		return nil, 0, err
	case (len(rs) > 0 || from == 0) && (l.Limit <= 0 || len(rs) < l.Limit):
		return rs, from + len(rs), nil
	case seen.known:
		return rs, seen.n, nil
	case l.Besides:
		return rs, total, nil
	case len(rs) == 0:
		err = q.one("SELECT count(*) FROM prospects WHERE "+cond, args, &total)
	}
	if err == nil {
		seen.learn(total, "")
	}
	return rs, total, err
}

// Page is a page of rows with what the coach needs for a word on each.
type Page struct {
	Rows    []Row
	Total   int
	Besides map[coach.State]int // the owner's in other states, where the query asks
	Nuggets []coach.Nugget
	Lives   []coach.Prospect // those that were asked for
}

// Page is a page of a list; whose whole lives are needed besides, asked tells
// when it has seen the rows and the nuggets. If any are, rows come with a Stamp
// of 0 in the end whose life was changed in between, or which an import under
// way touched: it may touch them again.
func (s *Store) Page(ctx context.Context, l ListQuery, asked func(Page) []int64) (p Page, err error) {
	if p.Nuggets, err = s.Nuggets(ctx); err != nil {
		return p, err
	}
	besides := ""
	if p.Rows, p.Total, besides, err = s.list(ctx, l); err != nil {
		return p, err
	}
	p.Besides, _ = readStates(besides, l.States)
	ids := asked(p)
	if len(ids) == 0 {
		return p, nil
	}
	settled := map[int64]int64{} // the stamps that hold, by prospect
	err = s.read(ctx, "listing prospects", func(q querier) error {
		ls, err := q.lives(ids, "")
		if err != nil {
			return err
		}
		for i := range ls {
			p.Lives = append(p.Lives, ls[i].Prospect)
			settled[ls[i].ID] = ls[i].lastChange
		}
		return q.each("SELECT id FROM changes WHERE open = TRUE", nil, func(rows *sql.Rows) error {
			var open int64
			err := rows.Scan(&open)
			for id, stamp := range settled {
				if stamp == open {
					delete(settled, id)
				}
			}
			return err
		})
	})
	for i, r := range p.Rows {
		if stamp, ok := settled[r.ID]; slices.Contains(ids, r.ID) && (!ok || stamp != r.Stamp) {
			p.Rows[i].Stamp = 0
		}
	}
	return p, err
}

// Full is one page of whole lives, with one query per table.
func (s *Store) Full(ctx context.Context, l ListQuery) (ps []coach.Prospect, err error) {
	err = s.read(ctx, "loading prospects", func(q querier) error {
		ids, err := q.ids(l)
		if err != nil {
			return err
		}
		ls, err := q.lives(ids, "")
		for i := range ls {
			ps = append(ps, ls[i].Prospect)
		}
		return err
	})
	return ps, err
}

// IDs are the numbers of those of a page. Who goes through everybody takes them
// first and then [Store.Lives] a few at a time: pages shift while others work,
// numbers do not.
func (s *Store) IDs(ctx context.Context, l ListQuery) (ids []int64, err error) {
	err = s.read(ctx, "numbering prospects", func(q querier) error {
		ids, err = q.ids(l)
		return err
	})
	return ids, err
}

func (q querier) ids(l ListQuery) (ids []int64, err error) {
	cond, order, args := l.where()
	page, args := l.page(args)
	err = q.each("SELECT id FROM prospects WHERE "+cond+" ORDER BY "+order+page, args, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}
