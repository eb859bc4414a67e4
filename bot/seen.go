package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// seen redraws a message in the kind of place a click came from: the nudge or
// what is due now, the suggestion, or the card. done says what just happened.
func (b *Bot) seen(ctx context.Context, t Turn, at view.Place, d deed, done string) (Reply, error) {
	switch {
	case many(at):
		return b.dueAgain(ctx, t, at, d.Undo, done)
	case at == view.InCard:
		return Redraw(b.card(t, d.Case, done, d.Undo)), nil
	case done == "":
		return Redraw(b.suggestion(t, d.Case, "", 0)), nil
	}
	return Redraw(view.Done(done, d.Undo, view.Next{Label: "Next due", Line: "next"},
		view.Next{Label: "Card", Line: fmt.Sprintf("show %d", d.Prospect.ID)})), nil
}

// many tells whether a message of that kind shows several prospects: a question
// about one of them must not take the others away.
func many(at view.Place) bool { return at == view.InToday || at.NudgeDay() != 0 }

// askInPlace puts a question about one prospect where it was asked for: in a
// nudge in place of its row, elsewhere in place of the message.
func (b *Bot) askInPlace(ctx context.Context, t Turn, at view.Place, id int64, question view.Message) (Reply, error) {
	if !many(at) {
		return Redraw(question), nil
	}
	return b.dueAgain(ctx, t, at, 0, "", view.NudgeAsk{ID: id, Row: t.row, Text: question.Text, Blocks: question.Blocks})
}

// dueAgain redraws a nudge, or what is due now: who is done leaves, the rest
// stays, and all that was done from this message stays in sight with its Undo.
// A nudge of an earlier day says that it moved to today.
func (b *Bot) dueAgain(ctx context.Context, t Turn, at view.Place, undo int64, done string, asks ...view.NudgeAsk) (Reply, error) {
	cards, more, err := b.dueNow(ctx, t.Rep, t.Now)
	if err != nil {
		return Reply{}, err
	}
	v := view.NudgeView{Rep: b.rep(t.Rep), Today: t.today(), Cards: cards, More: more, Slash: t.Slash, Place: at, Asks: asks}
	if at.NudgeDay() != 0 {
		v.Place, v.Moved = view.InNudge(t.today()), at.NudgeDay() != t.today()
	}
	if v.Done, err = b.doneHere(ctx, t, undo, done); err != nil {
		return Reply{}, err
	}
	if len(cards) == 0 {
		if v.Next, err = b.nextDay(ctx, t); err != nil {
			return Reply{}, err
		}
	}
	open, err := b.unanswered(ctx, t, v)
	if err != nil {
		return Reply{}, err
	}
	v.Asks = append(v.Asks, open...)
	return Redraw(view.Nudge(v)), nil
}

// nextDay is the next day on which something of the rep's is due, within what
// the Home shows; the zero count for none.
func (b *Bot) nextDay(ctx context.Context, t Turn) (coach.DayCount, error) {
	load, err := b.Store.DueCounts(ctx, t.Rep.ID, t.today()+1, t.today()+14)
	for d := t.today() + 1; d <= t.today()+14; d++ {
		if load[d] > 0 {
			return coach.DayCount{Day: d, Attempts: load[d]}, err
		}
	}
	return coach.DayCount{}, err
}

// unanswered are the questions what came of today's answers (V9): they stay in
// sight in what is drawn anew, until they are answered.
func (b *Bot) unanswered(ctx context.Context, t Turn, v view.NudgeView) ([]view.NudgeAsk, error) {
	lives, err := b.Store.Full(ctx, storage.ListQuery{Owner: t.Rep.ID, States: []coach.State{coach.Engaged}, Limit: considered, OrderDue: true})
	var out []view.NudgeAsk
	for i := range lives {
		p := &lives[i]
		camp := p.Campaigns[len(p.Campaigns)-1]
		if camp.End != coach.EndReply || camp.Answer != coach.AnswerUnknown || camp.Ended != t.today() || v.Has(p.ID) {
			continue
		}
		q := view.Replied(view.RepliedView{Prospect: p, Place: v.Place})
		out = append(out, view.NudgeAsk{ID: p.ID, Text: q.Text, Blocks: q.Blocks})
	}
	if err != nil {
		return nil, err
	}
	pairs, err := b.announced(ctx, t, v)
	return append(out, pairs...), err
}

// announced are the emails that today's voicemails say are coming (H2): they
// stay in sight until they are logged.
func (b *Bot) announced(ctx context.Context, t Turn, v view.NudgeView) ([]view.NudgeAsk, error) {
	sights, err := b.Store.Owed(ctx, t.Rep.ID, []coach.Date{t.today()}, t.today())
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(sights))
	for i, s := range sights {
		ids[i] = s.ID
	}
	lives, err := b.Store.Lives(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []view.NudgeAsk
	for _, p := range lives {
		if p.Owner != t.Rep.ID || v.Has(p.ID) {
			continue
		}
		c, err := b.caseOf(ctx, t, p)
		if err != nil {
			return nil, err
		}
		if pair := b.pairNow(c); pair != nil {
			out = append(out, pairAsk(&p, pair, v.Place, 0))
		}
	}
	return out, nil
}

// pairAsk is the email that a voicemail announced, within a nudge.
func pairAsk(p *coach.Prospect, pair *coach.Pair, at view.Place, row int) view.NudgeAsk {
	m := view.PairOffer(view.PairView{Prospect: p, Pair: *pair, Place: at})
	return view.NudgeAsk{ID: p.ID, Row: row, Text: m.Text, Blocks: m.Blocks}
}

// rowIn is where a prospect stands in what is due now, counted from 0.
func (b *Bot) rowIn(ctx context.Context, t Turn, at view.Place, id int64) (int, error) {
	if !many(at) {
		return 0, nil
	}
	cards, _, err := b.dueNow(ctx, t.Rep, t.Now)
	return max(0, slices.IndexFunc(cards, func(c view.NudgeCard) bool { return c.Prospect.ID == id })), err
}

// doneHere is what was done from this message within the day and not taken
// back, oldest first. done are the words of the change undo, or, where that is
// 0, of what was just taken back.
func (b *Bot) doneHere(ctx context.Context, t Turn, undo int64, done string) ([]view.DoneLine, error) {
	var lines []view.DoneLine
	if here := t.origin.here(); here != "" {
		recent, err := b.Store.Recent(ctx, t.Rep.ID, t.Now.Add(-24*time.Hour))
		if err != nil {
			return nil, err
		}
		for _, r := range recent {
			if strings.HasPrefix(r.Key, here) && r.ID != undo {
				lines = append(lines, view.DoneLine{Words: view.Sentence(r.Label), Undo: r.ID})
			}
		}
	}
	if done != "" {
		lines = append(lines, view.DoneLine{Words: done, Undo: undo})
	}
	return lines, nil
}

// quiet is the turn of a change that is not shown as done, such as a declined
// angle: what was asked for is its answer.
func (t Turn) quiet() Turn {
	t.origin = origin{}
	return t
}

// inWindow shows in the window itself what came of a form, with Undo, and
// redraws the message behind it.
func (b *Bot) inWindow(ctx context.Context, t Turn, at view.Place, d deed, title, done string) (Reply, error) {
	r := Reply{Update: view.DoneWindow(title, done, d.Undo)}
	r.Update.PrivateMetadata = view.Target{ID: d.Prospect.ID, Stamp: "-", Place: at}.String()
	if t.origin.ts == "" {
		return r, nil
	}
	behind, err := b.seen(ctx, t, at, d, done)
	r.Behind = behind.Message
	return r, err
}

// moved redraws a nudge of an earlier day beside the answer to its click.
func (b *Bot) moved(ctx context.Context, t Turn, value string, r Reply) (Reply, error) {
	at, ok := view.ParseTarget(value)
	if day := at.Place.NudgeDay(); !ok || day == 0 || day == t.today() || r.Replace || !r.Behind.Empty() {
		return r, nil
	}
	again, err := b.dueAgain(ctx, t, at.Place, 0, "")
	r.Behind = again.Message
	return r, err
}

// stale tells that something happened in the prospect's life since the button
// was drawn, so that pressing it now would mean something else.
func stale(at view.Target, p *coach.Prospect) bool {
	return at.Stamp != "-" && at.Stamp != view.Stamp(p)
}

// asItIs redraws the message with what is the case now, and changes nothing.
func (b *Bot) asItIs(ctx context.Context, t Turn, at view.Target, c coach.Case) (Reply, error) {
	r, err := b.seen(ctx, t, at.Place, deed{Case: c}, "")
	if err != nil || at.Place != view.InSuggestion {
		return r, err
	}
	return Redraw(b.suggestion(t, c, "", 0, "Something happened here in the meantime; this is how it stands now.")), nil
}
