package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// listWords are what list can show, in the order of the documentation.
var listWords = []string{"due", "active", "waiting", "snoozed", "engaged", "moved-on", "won", "stopped", "all"}

// list shows prospects by state and words, a page at a time: list [due|active|
// …|all] [words]; managers also list @rep.
func (b *Bot) list(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	owner, err := b.listOwner(ctx, in.Turn, l)
	if err != nil {
		return Reply{}, err
	}
	base := "list"
	if owner.ID != in.Rep.ID {
		base += " @" + owner.ID
	}
	what, words, page := readList(l)
	q := listQuery(owner.ID, what, strings.Join(words, " "), in.today(), page)
	lines, found, err := b.standing(ctx, owner, q, in.Now)
	if err != nil {
		return Reply{}, err
	}
	v := view.ListView{What: what, Words: strings.Join(words, " "), Lines: lines, Total: found.Total, Besides: found.Besides, From: q.Offset, Today: in.today(), Slash: in.Slash}
	v.Line = strings.Join(strings.Fields(base+" "+what+" "+v.Words), " ")
	if what == "" && len(words) > 0 {
		if near := nearWord(strings.ToLower(words[0]), listWords...); near != "" {
			v.Meant = strings.Join(append([]string{near}, words[1:]...), " ")
			v.Instead = base + " " + v.Meant
		}
	}
	if owner.ID != in.Rep.ID {
		v.Owner = owner.Name
	}
	return Show(view.List(v)), nil
}

// readList reads what to list, the words that names begin with, and the page.
func readList(l *line) (what string, words []string, page int) {
	what, _ = l.keyword(listWords...)
	page = 1
	for !l.done() {
		tok := l.next()
		if n, err := strconv.Atoi(strings.TrimPrefix(strings.ToLower(tok.text), "page:")); err == nil && strings.HasPrefix(strings.ToLower(tok.text), "page:") {
			page = min(max(1, n), 100_000)
			continue
		}
		words = append(words, tok.text)
	}
	return what, words, page
}

// standing is a page of lines, each with the coach's word on it, and the page
// they were made from.
func (b *Bot) standing(ctx context.Context, owner storage.RepRow, q storage.ListQuery, now time.Time) ([]view.Line, storage.Page, error) {
	rep := b.rep(owner)
	pb, day := b.Playbook(), coach.DateOf(now.In(rep.Zone))
	var ground uint64
	var said map[int64]opinion
	page, err := b.Store.Page(ctx, q, func(p storage.Page) (unknown []int64) {
		ground, said = b.opinions.ground(rep, p.Nuggets), make(map[int64]opinion, len(p.Rows))
		for _, r := range p.Rows {
			if w, ok := b.opinions.recall(pb, ground, day, r); ok {
				said[r.ID] = w
			} else {
				unknown = append(unknown, r.ID)
			}
		}
		return unknown
	})
	if err != nil {
		return nil, page, err
	}
	lives := make(map[int64]*coach.Prospect, len(page.Lives))
	for i := range page.Lives {
		lives[page.Lives[i].ID] = &page.Lives[i]
	}
	lines := viewLines(page.Rows)
	for i, r := range page.Rows {
		w, known := said[r.ID]
		if p := lives[r.ID]; !known && p != nil {
			h := coach.Case{Playbook: pb, Now: now.In(rep.Zone), Rep: rep, Prospect: p, Nuggets: page.Nuggets}.Hint()
			h.Angle = "" // the team's figures choose it, and were not asked
			w = opinion{h, p.NextMeeting}
			b.opinions.learn(pb, ground, day, r, w)
		}
		lines[i].Hint, lines[i].Meeting = w.hint, w.meeting
	}
	return lines, page, nil
}

func listQuery(owner, what, words string, today coach.Date, page int) storage.ListQuery {
	q := storage.ListQuery{Owner: owner, Words: words, Limit: view.PageSize, Offset: (page - 1) * view.PageSize, OrderDue: true}
	switch what {
	case "all":
	case "due":
		q.States, q.DueBy = []coach.State{coach.Active, coach.Engaged}, today
	case "":
		if words == "" {
			q.States = []coach.State{coach.Active} // engaged ones have their own word
		}
	case "moved-on":
		q.States = []coach.State{coach.MovedOn}
	default:
		q.States = []coach.State{coach.State(what)}
	}
	q.Besides = words == "" && (what == "" || what == "active")
	return q
}

// listOwner reads @rep at the beginning: managers see their reps' lists, and
// may leave the @ away.
func (b *Bot) listOwner(ctx context.Context, t Turn, l *line) (storage.RepRow, error) {
	tok, ok := l.peek()
	if ok && t.Manager && !tok.quoted && !strings.HasPrefix(tok.text, "@") && !slices.Contains(listWords, strings.ToLower(tok.text)) {
		if rep, one, err := b.repCalled(ctx, tok.text); err != nil || one {
			l.next()
			return rep, err
		}
	}
	if !ok || !strings.HasPrefix(tok.text, "@") {
		return t.Rep, nil
	}
	l.next()
	row, err := b.repNamed(ctx, tok.text)
	var unknown coach.Problem
	if !t.Manager && (errors.As(err, &unknown) || err == nil && row.ID != t.Rep.ID) { // who is a rep is not told either
		return row, coach.Problem(fmt.Sprintf("Only managers see other people's lists. “%s list” shows yours.", t.Slash))
	}
	return row, err
}

// repNamed finds a rep by @U123 (a mention) or @handle.
func (b *Bot) repNamed(ctx context.Context, said string) (storage.RepRow, error) {
	name := strings.TrimPrefix(said, "@")
	reps, err := b.Store.Reps(ctx)
	if err != nil {
		return storage.RepRow{}, err
	}
	for _, r := range reps {
		if r.ID == strings.ToUpper(name) || strings.EqualFold(r.Handle, name) {
			return r, nil
		}
	}
	return storage.RepRow{}, coach.Problem(fmt.Sprintf("I know no rep called “%.40s”. Mention them with @.", said))
}
