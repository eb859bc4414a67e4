package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

func channelWords() []string {
	var out []string
	for _, c := range coach.Channels {
		out = append(out, string(c))
	}
	return out
}

func outcomeWords() []string {
	var out []string
	for _, o := range coach.Outcomes {
		out = append(out, string(o))
	}
	return out
}

func angleWords() []string {
	var out []string
	for _, a := range coach.Angles {
		out = append(out, string(a))
	}
	return out
}

// log records a touch: log REF CHANNEL [ANGLE] [outcome:WORD] [on:DATE] [TEXT].
func (b *Bot) log(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	if l.done() && in.Trigger != "" && in.ThreadTS == "" {
		w, _, err := b.whom(ctx, in.Turn, "")
		return Reply{Open: view.LogForm(view.Touched{}, w)}, err
	}
	id, ask, err := b.which(ctx, in, l)
	if err != nil || ask != nil {
		return asked(ask), err
	}
	t, ask, err := b.readTouch(in, id, l)
	if err != nil || ask != nil {
		return asked(ask), err
	}
	d, err := b.logTouch(ctx, in.Turn, id, t)
	if err != nil {
		return Reply{}, err
	}
	return b.loggedReply(ctx, in.Turn, view.InSuggestion, d, t)
}

// readTouch reads what stands after REF.
func (b *Bot) readTouch(in Command, id int64, l *line) (coach.Touch, *Reply, error) {
	channel, ok := saidChannel(l)
	if !ok {
		r := askChannel(in, id, l)
		return coach.Touch{}, &r, nil
	}
	t := coach.Touch{Channel: channel}
	for {
		switch l.key("outcome", "on") {
		case "outcome":
			said := l.next().text
			o, ok := oneOf(said, outcomeWords()...)
			if !ok {
				return t, nil, coach.Problem(fmt.Sprintf("“outcome:%.20s” is none of %s.", said, strings.Join(outcomeWords(), ", ")))
			}
			t.Outcome = coach.Outcome(o)
			continue
		case "on":
			on, ask, err := b.whichDay(in, l, Behind, touchLine(id, t)+" on:")
			if err != nil || ask != nil {
				return t, ask, err
			}
			t.On = on
			continue
		}
		if t.Angle == "" && angleNext(l) {
			a, _ := l.keyword(angleWords()...)
			t.Angle = coach.Angle(a)
			continue
		}
		break
	}
	outcome, ask := shortOutcome(id, t, l)
	if ask != nil {
		return t, ask, nil
	}
	if outcome != "" {
		t.Outcome = outcome
	}
	t.Text = l.rest()
	return t, nil, nil
}

// touchLine is the line read so far, for the buttons that ask about what follows.
func touchLine(id int64, t coach.Touch) string {
	s := fmt.Sprintf("log %d %s", id, t.Channel)
	if t.Angle != "" {
		s += " " + string(t.Angle)
	}
	if t.Outcome != "" {
		s += " outcome:" + string(t.Outcome)
	}
	if t.On != 0 {
		s += " on:" + t.On.String()
	}
	return s
}

// angleNext tells whether the next word is an angle: its whole name, or a
// unique beginning of four letters when nothing or a key follows, because a
// TEXT may begin with any word.
func angleNext(l *line) bool {
	tok, ok := l.peek()
	if !ok || tok.quoted {
		return false
	}
	a, ok := oneOf(tok.text, angleWords()...)
	if !ok {
		return false
	}
	if foldWord(a) == foldWord(tok.text) {
		return true
	}
	ahead := *l
	ahead.next()
	return len(tok.text) >= 4 && (ahead.done() || ahead.key("outcome", "on") != "")
}

// logTouch records one touch and queues the reminder of the email that a
// voicemail announced (H2).
func (b *Bot) logTouch(ctx context.Context, t Turn, id int64, touch coach.Touch) (deed, error) {
	return b.change(ctx, t, id, func(tx *storage.Tx, c coach.Case) (string, error) {
		touch.At = t.Now
		if touch.Text != "" {
			touch.Findings = findingIDs(c.CheckTouch(touch))
		}
		done, err := c.Log(touch)
		if err != nil {
			return "", err
		}
		if done.Outcome == coach.OutcomeSpoke {
			if err := b.answered(ctx, tx, t, c); err != nil {
				return "", err
			}
		}
		if done.Channel == coach.Voicemail && done.On == c.Today() && c.Prospect.Emailable() {
			return view.LoggedLabel(c.Prospect, done, c.Today()), tx.Queue(storage.Message{
				Key: fmt.Sprintf("%s:%s:%d:%s", kindReminder, remindPair, id, done.On), Kind: kindReminder, Rep: c.Prospect.Owner, Prospect: id,
				Slot: remindPair + ":" + done.On.String(), Day: done.On, Priority: prioReminder, RunAt: b.workingTime(c.Rep, t.Now, 2*time.Hour),
			})
		}
		return view.LoggedLabel(c.Prospect, done, c.Today()), nil
	})
}

func findingIDs(r coach.DraftReport) []string {
	var ids []string
	for _, f := range r.Findings {
		ids = append(ids, f.ID)
	}
	return ids
}

// loggedReply says what was recorded and what comes next: the question what
// came of it after spoke, the announced email after a voicemail, a better
// address after a bounce.
func (b *Bot) loggedReply(ctx context.Context, t Turn, place view.Place, d deed, touch coach.Touch) (Reply, error) {
	if touch.Outcome == coach.OutcomeSpoke {
		return b.askWhatCame(ctx, t, place, d, "You spoke with "+d.Prospect.Name+". The campaign is over.")
	}
	done := view.LoggedWords(d.Prospect, touch, d.Advise(), t.today())
	if d.Prospect.State == coach.Engaged && !many(place) && touch.Outcome != coach.OutcomeBounced {
		if n := len(d.Prospect.Campaigns); n > 0 && d.Prospect.Campaigns[n-1].Answer == coach.AnswerUnknown {
			return Redraw(view.LoggedInTalk(d.Prospect, done, d.Undo)), nil
		}
	}
	if touch.Outcome == coach.OutcomeBounced {
		return Redraw(view.Done(done, d.Undo, view.Next{Label: "Edit", Line: fmt.Sprintf("edit %d", d.Prospect.ID)})), nil
	}
	if pair := b.pairNow(d.Case); pair != nil {
		if place == view.InSuggestion || place == view.InCard {
			return Redraw(view.PairOffer(view.PairView{Prospect: d.Prospect, Pair: *pair, Done: done, Undo: d.Undo})), nil
		}
		if many(place) { // where the row was, so that nobody has to look for it
			return b.dueAgain(ctx, t, place, d.Undo, done, pairAsk(d.Prospect, pair, place, t.row))
		}
		r, err := b.seen(ctx, t, place, d, done)
		r.Also = append(r.Also, view.PairOffer(view.PairView{Prospect: d.Prospect, Pair: *pair}))
		return r, err
	}
	r, err := b.seen(ctx, t, place, d, done)
	if touch.Channel == coach.Voicemail && !many(place) && d.Unpaired() && err == nil { // in the rep's own words
		r.Also = append(r.Also, view.PairOwed(d.Prospect))
	}
	if touch.Text != "" && touch.Variant == "" && err == nil { // the rep's own words
		if note := view.CheckLine(touch, d.CheckTouch(touch)); note != "" {
			r.Also = append(r.Also, view.Words(note))
		}
	}
	return r, err
}

// logClick is one of the log buttons under a suggestion. What it records is
// what the message said; its text and uses come from the store's own advice.
func (b *Bot) logClick(ctx context.Context, in Click) (Reply, error) {
	at, c, err := b.clicked(ctx, in)
	if err != nil {
		return Reply{}, err
	}
	l, ok := view.ParseLogged(at.Rest)
	outcome, known := oneOf(in.Tail, outcomeWords()...)
	if !ok || !known {
		return Reply{}, fmt.Errorf("a log button holds %.60q", in.Value)
	}
	if stale(at, c.Prospect) && !owed(c, l) {
		return b.asItIs(ctx, in.Turn, at, c)
	}
	touch := coach.Touch{Channel: l.Channel, Angle: l.Angle, Variant: l.Variant, Uses: l.Uses, Outcome: coach.Outcome(outcome)}
	if s := c.Advise().Suggestion; s != nil && s.Variant == l.Variant && s.Angle == l.Angle {
		touch.Subject, touch.Text = s.Subject, s.Draft
		if touch.Outcome == coach.OutcomeLeft && s.Voicemail != "" {
			touch.Text = s.Voicemail
		}
	}
	if touch.Outcome == coach.OutcomeSpoke || touch.Outcome == coach.OutcomeLeft { // what they bring stands in the place of the row
		if in.row, err = b.rowIn(ctx, in.Turn, at.Place, at.ID); err != nil {
			return Reply{}, err
		}
	}
	d, err := b.logTouch(ctx, in.Turn, at.ID, touch)
	if err != nil {
		return Reply{}, err
	}
	return b.loggedReply(ctx, in.Turn, at.Place, d, touch)
}
