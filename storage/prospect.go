package storage

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/prospectcoach/prospectcoach/coach"
)

// life is a prospect as it is kept: with the change that touched it last,
// which undo compares.
type life struct {
	coach.Prospect
	lastChange int64
}

// Prospect loads a whole life; [ErrNotFound] when there is none, or it was
// forgotten, or its import is not finished. Whose it is, the caller checks.
func (s *Store) Prospect(ctx context.Context, id int64) (p coach.Prospect, err error) {
	err = s.read(ctx, "loading a prospect", func(q querier) error {
		l, err := q.life(id, "")
		p = l.Prospect
		return err
	})
	return p, err
}

const forUpdate = " /*for update*/"

// life loads one; lock is "" or forUpdate.
func (q querier) life(id int64, lock string) (life, error) {
	ls, err := q.lives([]int64{id}, lock)
	if err != nil {
		return life{}, err
	}
	if len(ls) == 0 {
		return life{}, ErrNotFound
	}
	return ls[0], nil
}

// shown are the prospects that are not hidden with the import that brought
// them: one that is not finished yet, or that was taken back.
const shown = "(batch = 0 OR batch NOT IN (SELECT id FROM changes WHERE open = TRUE))"

// visible are those of them that somebody owns: not the forgotten ones.
const visible = "owner > '' AND " + shown

// ofHidden names the prospects of tables that hold what belongs to one.
const ofHidden = "(SELECT id FROM prospects WHERE batch > 0 AND batch IN (SELECT id FROM changes WHERE open = TRUE))"

// lives loads whole lives in the order of the ids, with one query per table
// whatever their number. Those that are not visible are left out.
func (q querier) lives(ids []int64, lock string) ([]life, error) {
	at := make(map[int64]int, len(ids))
	var ls []life
	among, arg := q.d.among(ids)
	in := []any{arg}
	read := readerOf(lifeColumns)
	err := q.each("SELECT "+lifeSelect+" FROM prospects WHERE id "+among+" AND "+visible+" ORDER BY id"+lock, in,
		func(rows *sql.Rows) error {
			l, err := read.row(rows)
			at[l.ID] = len(ls)
			ls = append(ls, l)
			return err
		})
	if err != nil || len(ls) == 0 {
		return nil, err
	}
	of := func(id int64) *coach.Prospect { return &ls[at[id]].Prospect }
	have := func(id int64) bool { _, ok := at[id]; return ok }
	for _, err := range []error{
		loadChildren(q, "facts", among, in, have, factColumns, func(id int64, f coach.Fact) { p := of(id); p.Facts = append(p.Facts, f) }),
		loadChildren(q, "touches", among, in, have, touchColumns, func(id int64, t coach.Touch) { p := of(id); p.Touches = append(p.Touches, t) }),
		loadChildren(q, "skips", among, in, have, skipColumns, func(id int64, k coach.Skip) { p := of(id); p.Skips = append(p.Skips, k) }),
		loadChildren(q, "campaigns", among, in, have, campaignColumns, func(id int64, c coach.Campaign) { p := of(id); p.Campaigns = append(p.Campaigns, c) }),
		loadChildren(q, "declines", among, in, have, declineColumns, func(id int64, d coach.Decline) { p := of(id); p.Declined = append(p.Declined, d) }),
	} {
		if err != nil {
			return nil, err
		}
	}
	order := make(map[int64]int, len(ids))
	for i, id := range ids {
		order[id] = i
	}
	slices.SortFunc(ls, func(a, b life) int { return order[a.ID] - order[b.ID] })
	return ls, nil
}

// loadChildren reads a child table of the prospects named by in, oldest first.
func loadChildren[T any](q querier, table, among string, in []any, have func(int64) bool, columns func(*T) []column, add func(int64, T)) error {
	var of int64
	read := readerOf(columns, numberDest[int64]{&of})
	return q.each("SELECT prospect_id, "+names(columns(&read.at))+" FROM "+table+" WHERE prospect_id "+among+" ORDER BY prospect_id, pos", in,
		func(rows *sql.Rows) error {
			child, err := read.row(rows)
			if err != nil {
				return err
			}
			if have(of) {
				add(of, child)
			}
			return nil
		})
}

func lifeColumns(l *life) []column {
	return append([]column{number("id", &l.ID), number("last_change", &l.lastChange)}, prospectColumns(&l.Prospect)...)
}

var lifeSelect = names(lifeColumns(&life{}))

func prospectColumns(p *coach.Prospect) []column {
	return []column{
		text("owner", &p.Owner), instant("added", &p.Added),
		text("name", &p.Name), text("company", &p.Company), text("title", &p.Title),
		text("email", &p.Email), text("phone", &p.Phone), text("linkedin", &p.LinkedIn), text("line", &p.Line),
		truth("email_bad", &p.EmailBad), truth("phone_bad", &p.PhoneBad),
		text("industry", &p.Industry), text("zone", &p.Zone),
		text("level", &p.Level), text("purchase", &p.Purchase), text("urgency", &p.Urgency),
		text("state", &p.State), day("snoozed_until", &p.SnoozedUntil), day("away_until", &p.AwayUntil),
		day("come_back", &p.ComeBack), day("next_ask", &p.NextAsk), number("asked", &p.Asked),
		day("last_talk", &p.LastTalk), day("met_on", &p.MetOn), day("next_meeting", &p.NextMeeting),
		truth("never_contact", &p.NeverContact), text("stop_reason", &p.StopReason),
		text("keeper_name", &p.Gatekeeper.Name), text("keeper_said", &p.Gatekeeper.Said),
		text("keeper_time", &p.Gatekeeper.BestTime), truth("keeper_shut", &p.Gatekeeper.NoChance),
		day("keeper_since", &p.Gatekeeper.Since), day("keeper_best", &p.Gatekeeper.BestOn),
		number("warned", &p.Warned), dueDay("due", &p.Due),
	}
}

// derived is what lists and searches need at hand, rewritten with every save.
type derived struct {
	situation                           coach.Situation
	attempts                            int
	lastTouch                           coach.Date
	name, company, search, email, phone string
}

func (d *derived) columns() []column {
	return []column{
		text("situation", &d.situation), number("attempts", &d.attempts), day("last_touch", &d.lastTouch),
		text("name_key", &d.name), text("company_key", &d.company), text("search_key", &d.search),
		text("email_key", &d.email), text("phone_key", &d.phone),
	}
}

func derive(p *coach.Prospect) *derived {
	d := &derived{
		name: foldName(p.Name), company: foldCompany(p.Company), email: EmailKey(p.Email), phone: PhoneKey(p.Phone),
		// Every word stands between spaces, so that whole words can be looked for.
		search: " " + strings.Join([]string{foldName(p.Name), foldName(p.Company), fold(p.Title)}, " ") + " ",
	}
	no := 0
	if n := len(p.Campaigns); n > 0 {
		no, d.situation = p.Campaigns[n-1].No, p.Campaigns[n-1].Situation
	}
	for _, t := range p.Touches {
		d.lastTouch = max(d.lastTouch, t.On)
		if t.Campaign == no {
			d.attempts = max(d.attempts, t.Attempt)
		}
	}
	return d
}

func factColumns(f *coach.Fact) []column {
	return []column{number("id", &f.ID), text("kind", &f.Kind), text("text", &f.Text), day("on_day", &f.On)}
}

func touchColumns(t *coach.Touch) []column {
	return []column{
		number("id", &t.ID), number("campaign", &t.Campaign), day("on_day", &t.On), instant("at", &t.At),
		text("channel", &t.Channel), text("angle", &t.Angle), text("outcome", &t.Outcome),
		text("subject", &t.Subject), text("text", &t.Text), list("uses", &t.Uses), text("variant", &t.Variant),
		number("attempt", &t.Attempt), day("due", &t.Due), list("findings", &t.Findings),
	}
}

// touchRow is a touch with what week and evidence count of it, so that they
// need neither join nor sort.
type touchRow struct {
	coach.Touch
	situation coach.Situation // of its campaign
	leads     bool            // the first of its attempt
	tried     bool            // the first of its attempt with that angle that reached somebody (A4)
}

func touchRowColumns(t *touchRow) []column {
	return append(touchColumns(&t.Touch), text("situation", &t.situation), truth("leads", &t.leads), truth("tried", &t.tried))
}

func touchRows(p *coach.Prospect) []touchRow {
	type attempt struct {
		campaign, no int
		angle        coach.Angle
	}
	met := map[attempt]bool{}
	first := func(a attempt) bool { was := met[a]; met[a] = true; return !was }
	situations := map[int]coach.Situation{}
	for _, c := range p.Campaigns {
		situations[c.No] = c.Situation
	}
	out := make([]touchRow, len(p.Touches))
	for i, t := range p.Touches {
		out[i] = touchRow{Touch: t, situation: situations[t.Campaign]}
		if t.Attempt <= 0 {
			continue
		}
		out[i].leads = first(attempt{t.Campaign, t.Attempt, ""})
		if t.Angle != "" && t.Outcome != coach.OutcomeNoAnswer && t.Outcome != coach.OutcomeBounced {
			out[i].tried = first(attempt{t.Campaign, t.Attempt, t.Angle})
		}
	}
	return out
}

func skipColumns(k *coach.Skip) []column {
	return []column{number("id", &k.ID), number("campaign", &k.Campaign), day("on_day", &k.On), text("reason", &k.Reason)}
}

func campaignColumns(c *coach.Campaign) []column {
	return []column{
		number("no", &c.No), text("situation", &c.Situation), day("starts", &c.Starts),
		day("ended", &c.Ended), text("ending", &c.End), text("reason", &c.Reason), text("answer", &c.Answer),
		text("angle", &c.Angle), text("channel", &c.Channel), number("attempt", &c.Attempt),
		truth("early", &c.Early), truth("last_tries", &c.LastTries),
	}
}

func declineColumns(d *coach.Decline) []column {
	return []column{text("angle", &d.Angle), text("variant", &d.Variant)}
}
