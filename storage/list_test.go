package storage

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

func modeOf(t *testing.T, path string) os.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

func rowNames(rs []Row) string {
	var out []string
	for _, r := range rs {
		out = append(out, r.Name)
	}
	return strings.Join(out, ",")
}

// people adds prospects written as "name/company/state/due".
func (w *world) people(owner string, lines ...string) {
	w.t.Helper()
	for _, l := range lines {
		f := strings.Split(l, "/")
		w.add(coach.Prospect{Owner: owner, Name: f[0], Company: f[1], State: coach.State(f[2]), Due: date(f[3])})
	}
}

var listTrials = []trial{
	{"S2: an announced email without one after it is seen, of that rep, those days, not due anyway and with a good address", func(t *testing.T, w *world) {
		day := date("2026-03-02")
		left := func(change func(*coach.Prospect)) int64 {
			p := jane()
			p.Owner, p.State, p.Due, p.EmailBad = "UADA", coach.Active, date("2026-03-09"), false
			p.Campaigns = []coach.Campaign{{No: 1, Situation: coach.Cold, Starts: day}}
			p.Touches = []coach.Touch{{Campaign: 1, Attempt: 1, On: day, Channel: coach.Voicemail, Outcome: coach.OutcomeLeft}}
			change(&p)
			return w.add(p)
		}
		email := coach.Touch{Campaign: 1, Attempt: 1, On: day, Channel: coach.Email, Outcome: coach.OutcomeSent}
		owed := left(func(*coach.Prospect) {})
		before := left(func(p *coach.Prospect) { p.Touches = []coach.Touch{email, p.Touches[0]} })
		left(func(p *coach.Prospect) { p.Touches = append(p.Touches, email) })
		left(func(p *coach.Prospect) { p.Touches[0].On = day - 1 })
		left(func(p *coach.Prospect) { p.Touches[0].Channel = coach.Call })
		left(func(p *coach.Prospect) { p.Due = day + 1 })
		left(func(p *coach.Prospect) { p.EmailBad = true })
		left(func(p *coach.Prospect) { p.Email = "" })
		left(func(p *coach.Prospect) { p.State = coach.Snoozed })
		left(func(p *coach.Prospect) { p.Owner = "UBOB" })
		got, err := w.Owed(w.ctx, "UADA", []coach.Date{day}, day+1)
		w.must(err)
		slices.SortFunc(got, func(a, b coach.Sight) int { return int(a.ID - b.ID) })
		if len(got) != 2 || got[0].ID != owed || got[1].ID != before || got[0].LastTouch != day {
			t.Errorf("%+v, want %d and %d", got, owed, before)
		}
		if got, err := w.Owed(w.ctx, "UADA", nil, day+1); err != nil || len(got) > 0 {
			t.Errorf("no days: %+v, %v", got, err)
		}
	}},
	{"what is due is seen without its life, and its lives are loaded by id", func(t *testing.T, w *world) {
		told := jane()
		told.Owner, told.State, told.Due, told.Urgency, told.Gatekeeper.BestTime = "UADA", coach.Active, date("2026-03-01"), coach.High, "before 9"
		told.Campaigns = []coach.Campaign{{No: 1, Situation: coach.ProposalSent, Starts: date("2026-02-01"), LastTries: true}}
		told.Touches = []coach.Touch{{Campaign: 1, Attempt: 1, On: date("2026-02-03"), Channel: coach.Email, Outcome: coach.OutcomeSent}}
		id := w.add(told)
		w.people("UADA", "Bert/Acme/active/2026-03-01", "Later/Acme/active/2026-03-02", "Rests/Acme/snoozed/2026-03-01")
		w.people("UBOB", "Bob/Acme/active/2026-02-01")
		due := ListQuery{Owner: "UADA", States: []coach.State{coach.Active}, DueBy: date("2026-03-01"), OrderDue: true}
		got, err := w.Sights(w.ctx, due)
		w.must(err)
		if len(got) != 2 {
			t.Fatalf("%+v", got)
		}
		was := w.life(id)
		want := coach.Sight{ID: id, Added: was.Added, Urgency: coach.High, Situation: coach.ProposalSent, Level: was.Level, Title: was.Title,
			Due: was.Due, LastTouch: date("2026-02-03"), BestTime: true, LastTries: true}
		if got[0] != want || got[1].BestTime || got[1].LastTries || got[1].LastTouch != 0 {
			t.Errorf("%+v, want %+v first", got, want)
		}
		lives, err := w.Lives(w.ctx, []int64{got[1].ID, 1 << 40, id})
		w.must(err)
		if len(lives) != 2 || lives[0].Name != "Bert" || lives[1].ID != id || len(lives[1].Touches) != 1 {
			t.Errorf("%+v", lives)
		}
		if _, err := w.Sights(w.ctx, ListQuery{}); err == nil {
			t.Error("the whole team is no rep's morning")
		}
	}},
	{"lists by state, day, words, order and page", func(t *testing.T, w *world) {
		w.people("UADA", "Zoë/Acme/active/2026-03-05", "Émile/Globex/snoozed/2026-03-01", "Bert/Acme Logistics/active/2026-03-01", "Carl/100% Pure_Co/won/", "ärz/Initech/waiting/")
		w.people("UBOB", "Bob/Acme/active/2026-02-01")
		for _, c := range []struct {
			q     ListQuery
			want  string
			total int
		}{
			{ListQuery{Owner: "UADA"}, "ärz,Bert,Carl,Émile,Zoë", 5},
			{ListQuery{Owner: "UADA", OrderDue: true}, "Émile,Bert,Zoë,Carl,ärz", 5},
			{ListQuery{Owner: "UADA", OrderDue: true, DueBy: date("2026-03-01")}, "Émile,Bert", 2},
			{ListQuery{Owner: "UADA", States: []coach.State{coach.Active, coach.Won}}, "Bert,Carl,Zoë", 3},
			{ListQuery{Owner: "UADA", Limit: 2, Offset: 1}, "Bert,Carl", 5},
			{ListQuery{Owner: "UADA", Words: "ACME log"}, "Bert", 1},
			{ListQuery{Owner: "UADA", Words: "zoe"}, "Zoë", 1},
			{ListQuery{Owner: "UADA", Words: "cme"}, "", 0},
			{ListQuery{Owner: "UADA", Words: "%"}, "", 0},
			{ListQuery{Words: "acme"}, "Bert,Bob,Zoë", 3},
			{ListQuery{Owner: "UNOBODY"}, "", 0},
		} {
			rs, total, err := w.List(w.ctx, c.q)
			if err != nil || rowNames(rs) != c.want || total != c.total {
				t.Errorf("%+v: %s (%d), %v; want %s (%d)", c.q, rowNames(rs), total, err, c.want, c.total)
			}
			full, err := w.Full(w.ctx, c.q)
			var got []string
			for _, p := range full {
				got = append(got, p.Name)
			}
			if err != nil || strings.Join(got, ",") != c.want {
				t.Errorf("%+v: full %v, %v", c.q, got, err)
			}
			ids, err := w.IDs(w.ctx, c.q)
			if err != nil || !slices.EqualFunc(ids, rs, func(id int64, r Row) bool { return id == r.ID }) {
				t.Errorf("%+v: numbers %v, %v", c.q, ids, err)
			}
		}
		counts, err := w.DueCounts(w.ctx, "UADA", date("2026-03-01"), date("2026-03-07"))
		if err != nil || len(counts) != 2 || counts[date("2026-03-01")] != 2 || counts[date("2026-03-05")] != 1 {
			t.Errorf("due counts: %v, %v", counts, err)
		}
		w.people("UADA", "Dora/Acme/engaged/2026-02-28", "Emil/Acme/moved_on/2026-02-28")
		loads, err := w.Loads(w.ctx, date("2026-03-01"))
		if want := map[string]Load{"UADA": {Active: 3, Due: 2, Late: 1}, "UBOB": {Active: 1, Due: 1, Late: 1}}; err != nil || !maps.Equal(loads, want) {
			t.Errorf("loads: %v, %v; want %v", loads, err, want)
		}
		if team, err := w.DueCounts(w.ctx, "", date("2026-01-01"), date("2026-12-31")); err != nil || team[date("2026-02-01")] != 1 {
			t.Errorf("team's due counts: %v, %v", team, err)
		}
	}},
	{"a page says which lives an import may still touch", func(t *testing.T, w *world) {
		id, other := w.add(jane()), w.add(jane())
		page := func() Page {
			t.Helper()
			p, err := w.Page(w.ctx, ListQuery{Owner: "UADA"}, func(p Page) []int64 {
				if len(p.Rows) != 2 || p.Total != 2 {
					t.Errorf("asked with %d rows of %d", len(p.Rows), p.Total)
				}
				return []int64{id}
			})
			w.must(err)
			if len(p.Lives) != 1 || p.Lives[0].ID != id || p.Rows[1].ID != other || p.Rows[1].Stamp == 0 {
				t.Errorf("got %+v", p)
			}
			return p
		}
		if p := page(); p.Rows[0].Stamp == 0 {
			t.Error("no stamp")
		}
		imp, err := w.Import(w.ctx, Change{Rep: "UADA", At: monday})
		w.must(err)
		w.must(imp.Merge(w.ctx, []int64{id}, func(_ *Tx, p *coach.Prospect) error { p.Title = "COO"; return nil }))
		if p := page(); p.Rows[0].Stamp != 0 {
			t.Error("a stamp though the import goes on")
		}
		_, err = imp.Finish(w.ctx, nil)
		w.must(err)
		if p := page(); p.Rows[0].Stamp != imp.id {
			t.Errorf("stamp %d after import %d", p.Rows[0].Stamp, imp.id)
		}
	}},
	{"a row tells what a list shows", func(t *testing.T, w *world) {
		id := w.add(jane())
		rs, _, err := w.List(w.ctx, ListQuery{Owner: "UADA"})
		w.must(err)
		want := Row{ID: id, Owner: "UADA", Added: monday, Name: "Jané  O'Doe", Company: "Ärzte & Co GmbH", Title: "CFO", State: coach.Active, Situation: coach.ProposalSent,
			Due: date("2026-03-03"), Urgency: coach.Low, Level: coach.CSuite, Purchase: coach.Capital, SnoozedUntil: date("2026-03-05"), ComeBack: date("2026-06-01"), Attempts: 1, LastTouch: date("2026-02-24"), NeverContact: true}
		if len(rs) == 1 {
			if rs[0].Stamp == 0 {
				t.Error("no stamp")
			}
			want.Stamp = rs[0].Stamp
		}
		if len(rs) != 1 || rs[0] != want {
			t.Errorf("got  %+v\nwant %+v", rs, want)
		}
	}},
}

var findTrials = []trial{
	{"a name finds one's own", func(t *testing.T, w *world) {
		w.people("UADA", "Jane Doe/Acme/active/", "Jane/Globex/active/", "John O'Brien/Doe Ltd/active/", "Jürgen Groß/Ärzte GmbH/active/", "★/Stars/active/")
		w.people("UBOB", "Jane Doe/Initech/active/")
		for name, want := range map[string]string{
			"jane doe": "Jane Doe", "JANE": "Jane", "doe": "Jane Doe,John O'Brien", "acme": "Jane Doe", "doe jane": "Jane Doe",
			"jurgen": "Jürgen Groß", "gross": "Jürgen Groß", "ärzte": "Jürgen Groß", "obrien": "John O'Brien", "O’Brien": "John O'Brien",
			"initech": "", "jan": "", "": "", "%": "", "★": "★",
		} {
			rs, err := w.Find(w.ctx, "UADA", name)
			if err != nil || rowNames(rs) != want {
				t.Errorf("find %q: %s, %v; want %s", name, rowNames(rs), err, want)
			}
		}
		for _, c := range []struct {
			words, want string
			used        int
		}{
			{"jane doe tomorrow", "Jane Doe", 2}, {"jane tomorrow", "Jane", 1}, {"doe next tue", "Jane Doe,John O'Brien", 1},
			{"tomorrow jane", "", 0}, {"john o'brien doe call", "John O'Brien", 3}, {"", "", 0},
		} {
			rs, used, err := w.FindRun(w.ctx, "UADA", strings.Fields(c.words))
			if err != nil || rowNames(rs) != c.want || used != c.used {
				t.Errorf("run %q: %s (%d), %v; want %s (%d)", c.words, rowNames(rs), used, err, c.want, c.used)
			}
		}
	}},
	{"duplicates are seen across the team, by any of three signs", func(t *testing.T, w *world) {
		id := w.add(coach.Prospect{Owner: "UBOB", Name: "Jane Doe", Company: "Acme Inc.", Email: "jane@acme.test", Phone: "+49 341 1234567", State: coach.Active})
		w.add(coach.Prospect{Owner: "UBOB", Name: "Central", Company: "Acme", Phone: "+49 341 5550110", Line: coach.Switchboard, State: coach.Active})
		for _, c := range []struct {
			p    coach.Prospect
			want int
		}{
			{coach.Prospect{Name: "X", Email: " JANE@acme.test"}, 1},
			{coach.Prospect{Name: "X", Phone: "(0341) 123-4567"}, 1},
			{coach.Prospect{Name: "X", Phone: "(0341) 123-4567", Line: coach.Switchboard}, 0},
			{coach.Prospect{Name: "X", Phone: "+49 341 5550110"}, 0},
			{coach.Prospect{Name: "jane  DOE", Company: "ACME"}, 1},
			{coach.Prospect{Name: "Jane Doe", Company: "Globex"}, 0},
			{coach.Prospect{Name: "X", Company: "Acme"}, 0},
			{coach.Prospect{ID: id, Name: "Jane Doe", Company: "Acme", Email: "jane@acme.test"}, 0},
		} {
			rs, err := w.Duplicates(w.ctx, c.p)
			if err != nil || len(rs) != c.want {
				t.Errorf("%+v: %v, %v; want %d", c.p, rs, err, c.want)
			}
		}
	}},
	{"V8c others at the company who are still pursued", func(t *testing.T, w *world) {
		w.people("UBOB", "A/Acme GmbH/active/", "B/ACME/stopped/", "C/Acme/waiting/")
		w.people("UADA", "D/Acme/active/")
		rs, err := w.SameCompany(w.ctx, "acme", "UADA")
		if err != nil || rowNames(rs) != "A,C" {
			t.Errorf("%s, %v", rowNames(rs), err)
		}
	}},
}

// The lists of a rep with many prospects must not read them all, or sort.
func TestListsAreReadByIndex(t *testing.T) {
	t.Parallel()
	w := newWorld(t, engines[0])
	plan := func(text string, args ...any) string {
		var out []string
		w.must(w.read(w.ctx, "explaining", func(q querier) error {
			rows, err := q.tx.QueryContext(w.ctx, "EXPLAIN QUERY PLAN "+q.d.text(text), args...)
			w.must(err)
			defer rows.Close()
			for rows.Next() {
				var a, b, c int
				var detail string
				w.must(rows.Scan(&a, &b, &c, &detail))
				out = append(out, detail)
			}
			return rows.Err()
		}))
		return strings.Join(out, "; ")
	}
	byName, order, args := ListQuery{Owner: "U", States: coach.States[:2]}.where()
	byDue, dueOrder, dueArgs := ListQuery{Owner: "U", DueBy: date("2026-03-02"), OrderDue: true}.where()
	timed, _, timedArgs := ListQuery{Owner: "U", DueBy: date("2026-03-02"), Timed: true}.where()
	for _, c := range []struct {
		text, index string
		args        []any
	}{
		{"SELECT * FROM prospects WHERE " + byName + " ORDER BY " + order, "prospects_by_name", args},
		{"SELECT * FROM prospects WHERE " + byDue + " ORDER BY " + dueOrder, "prospects_by_due", dueArgs},
		{"SELECT count(*) FROM prospects WHERE " + byName, "COVERING INDEX prospects_by_", args},
		{"SELECT * FROM prospects WHERE email_key = $1 AND email_key <> ''", "prospects_by_email", []any{"a"}},
		{"SELECT * FROM prospects WHERE phone_key = $1 AND phone_key <> ''", "prospects_by_phone", []any{"a"}},
		{"SELECT * FROM prospects WHERE company_key = $1 AND name_key = $2", "prospects_by_company", []any{"a", "b"}},
		{"SELECT * FROM reps WHERE next_nudge > 0 AND next_nudge <= $1 ORDER BY next_nudge, id LIMIT 5", "reps_by_next_nudge", []any{1}},
		{"SELECT * FROM reps WHERE next_nudge = 0 AND gone = FALSE ORDER BY id", "reps_unplanned", nil},
		{"SELECT * FROM prospects WHERE " + timed, "prospects_by_time", timedArgs},
		{"SELECT id FROM outbox WHERE state = 'pending' AND worker = '' AND run_at <= $1", "outbox_due", []any{1}},
		{"SELECT id FROM outbox WHERE lease_until > 0 AND lease_until < $1", "outbox_leased", []any{1}},
		{"SELECT situation, angle, count(*) FROM touches WHERE tried = TRUE AND on_day >= $1 GROUP BY situation, angle", "COVERING INDEX touches_tried", []any{"2026-01-01"}},
		{"SELECT p.id " + owedOn(2), "SEARCH t USING INDEX touches_by_day (on_day=? AND rep=?); CORRELATED", []any{"U", "2026-03-02", "2026-03-01", "2026-02-28"}},
		{"SELECT * FROM touches WHERE prospect_id IN (SELECT CAST(value AS BIGINT) FROM /*rows($1)*/)", "touches_by_prospect", []any{"[1]"}},
	} {
		got := plan(c.text, c.args...)
		if !strings.Contains(got, c.index) || strings.Contains(got, "TEMP B-TREE") {
			t.Errorf("%s\nruns as %s", c.text, got)
		}
	}
}

func TestFoldMakesNamesComparable(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Jürgen  Groß": "jurgen gross", "ÅNGSTRÖM": "angstrom", "e\u0301mile": "emile", "O'Brien-Smith": "obrien smith",
		"ΟΔΥΣΣΕΥΣ": "οδυσσευσ", "Łódź": "lodz", "  ": "", "山田 太郎": "山田 太郎", "★": "", "Æsir": "aesir",
	} {
		if got := fold(in); got != want {
			t.Errorf("fold(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"Acme Inc.": "acme", "Ärzte & Co GmbH": "arzte", "AG": "ag", "Co": "co", "": ""} {
		if got := foldCompany(in); got != want {
			t.Errorf("foldCompany(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"+49 341 1234567": "411234567", "0049(341)1234567": "411234567", "0341/1234567": "411234567", "123": "", "": ""} {
		if got := PhoneKey(in); got != want {
			t.Errorf("PhoneKey(%q) = %q, want %q", in, got, want)
		}
	}
	if !slices.IsSorted([]string{fold("Abel"), fold("Äbel X"), fold("Abt")}) {
		t.Error("accents sort away from their letters")
	}
}

func BenchmarkList(b *testing.B) {
	for _, n := range []int{20, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s, err := Open(b.Context(), Options{URL: engines[0].url(b), Now: time.Now})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			_, err = s.Change(b.Context(), Change{Rep: "U"}, func(tx *Tx) error {
				for i := range n {
					p := jane()
					p.Owner, p.Name = "U", fmt.Sprint("Person ", i)
					if err := tx.Add(&p); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, _, err := s.List(b.Context(), ListQuery{Owner: "U", Limit: 10, OrderDue: true}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
