package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

func answerWords() []string {
	var out []string
	for _, a := range coach.Answers {
		out = append(out, string(a))
	}
	return out
}

// replied ends the campaign: replied REF [meeting DATE|interested|
// later DATE|no|wrong-person|dnc|won] [TEXT]. "no" or "won" with more words asks first,
// because "no problem, call me Monday" is no no.
func (b *Bot) replied(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	id, ask, err := b.which(ctx, in, l)
	if err != nil || ask != nil {
		return asked(ask), err
	}
	word := wholeAnswer(l)
	if word == "" {
		if ask := nearAnswer(l, id); ask != nil {
			return *ask, nil
		}
	}
	answer := coach.Answer(word)
	var day coach.Date
	switch answer {
	case coach.AnswerMeeting, coach.AnswerLater:
		tense := Ahead
		if answer == coach.AnswerMeeting {
			tense = AtLeast
		}
		if day, ask, err = b.whichDay(in, l, tense, fmt.Sprintf("replied %d %s ", id, word)); err != nil || ask != nil {
			return asked(ask), err
		}
	case coach.AnswerNo, coach.AnswerWon:
		if rest := strings.TrimSpace(l.s[l.at:]); rest != "" && rest[0] != '"' {
			return askAnswer(id, word, rest), nil
		}
	}
	words := l.rest()
	if answer == coach.AnswerUnknown && words == "" {
		c, err := b.open(ctx, in.Turn, id)
		if err != nil {
			return Reply{}, err
		}
		if c.Prospect.State == coach.Engaged { // nothing new: only what came of it is asked
			return b.askWhatCame(ctx, in.Turn, view.InSuggestion, deed{Case: c}, "")
		}
	}
	return b.recordAnswer(ctx, in.Turn, id, answer, day, words, view.InSuggestion)
}

// wholeAnswer reads the answer's word. It must stand there in full, or as a
// beginning when nothing follows, else it is "": TEXT may begin with any word.
func wholeAnswer(l *line) string {
	tok, ok := l.peek()
	if !ok || tok.quoted {
		return ""
	}
	word, ok := oneOf(strings.Trim(tok.text, ",.:;"), answerWords()...)
	ahead := *l
	ahead.next()
	if !ok || foldWord(word) != foldWord(strings.Trim(tok.text, ",.:;")) && !ahead.done() {
		return ""
	}
	l.next()
	return word
}

// nearAnswer asks when the first word is nearly one of the answers: a slip of
// the finger must not cost the meeting and its day.
func nearAnswer(l *line, id int64) *Reply {
	tok, ok := l.peek()
	if !ok || tok.quoted {
		return nil
	}
	typed := strings.ToLower(strings.Trim(tok.text, ",.:;"))
	near := nearWord(typed, answerWords()...)
	if near == "" {
		return nil
	}
	whole := strings.TrimSpace(l.s[l.at:])
	rest := strings.TrimSpace(l.s[tok.end:])
	r := Show(view.Ask(fmt.Sprintf("“%.60s”: did you mean the answer “%s”, or are these their words? Nothing is changed yet.", tok.text, near),
		view.Next{Label: clipLabel("Yes: " + near + " " + rest), Line: strings.TrimSpace(fmt.Sprintf("replied %d %s %s", id, near, rest))},
		view.Next{Label: "Only their words", Line: fmt.Sprintf("replied %d %s", id, asText(whole))},
	))
	return &r
}

// askAnswer asks, by two buttons, whether the first word was the answer.
func askAnswer(id int64, word, rest string) Reply {
	meant := map[string]string{"no": "They said no", "won": "Won"}[word]
	text := word + " " + rest
	return Show(view.Ask(fmt.Sprintf("“%.200s”: is that the answer “%s”, or only their words? Nothing is changed yet.", text, word),
		view.Next{Label: meant, Line: fmt.Sprintf("replied %d %s %s", id, word, asText(rest))},
		view.Next{Label: "Only their words", Line: fmt.Sprintf("replied %d %s", id, asText(text))},
	))
}

// recordAnswer records a reply or what came of it (V9, V5) and says so.
func (b *Bot) recordAnswer(ctx context.Context, t Turn, id int64, a coach.Answer, day coach.Date, words string, place view.Place) (Reply, error) {
	d, err := b.answerWith(ctx, t, id, a, day, words)
	if err != nil {
		return Reply{}, err
	}
	if a == coach.AnswerUnknown {
		return b.askWhatCame(ctx, t, place, d, fmt.Sprintf("%s answered: the campaign is over.", d.Prospect.Name))
	}
	if a == coach.AnswerWrongPerson {
		return b.wrongPerson(ctx, t, place, d)
	}
	return b.seen(ctx, t, place, d, view.AnsweredWords(d.Prospect, a, day, t.today()))
}

// askWhatCame asks what came of an answer (V9). A nudge stays what it is, and
// the question stands where the row was.
func (b *Bot) askWhatCame(ctx context.Context, t Turn, place view.Place, d deed, done string) (Reply, error) {
	v := view.RepliedView{Prospect: d.Prospect, Done: done, Undo: d.Undo, Place: place}
	if !many(place) {
		return Redraw(view.Replied(v)), nil
	}
	v.Done, v.Undo = "", 0
	if place.NudgeDay() != 0 {
		v.Place = view.InNudge(t.today())
	}
	q := view.Replied(v)
	return b.dueAgain(ctx, t, place, d.Undo, done, view.NudgeAsk{ID: d.Prospect.ID, Row: t.row, Text: q.Text, Blocks: q.Blocks})
}

// answerWith records the answer in one change: reminders vanish, colleagues at
// that company are told, and who asked for it is never contacted again.
func (b *Bot) answerWith(ctx context.Context, t Turn, id int64, a coach.Answer, day coach.Date, words string) (deed, error) {
	return b.change(ctx, t, id, func(tx *storage.Tx, c coach.Case) (string, error) {
		first := c.Prospect.State != coach.Engaged
		if err := c.Reply(a, 0, day, words); err != nil {
			return "", err
		}
		if err := tx.Dismiss(id); err != nil {
			return "", err
		}
		if a == coach.AnswerDNC {
			if err := b.neverAgain(ctx, tx, t, c); err != nil {
				return "", err
			}
		}
		if first {
			if err := b.answered(ctx, tx, t, c); err != nil {
				return "", err
			}
		}
		return "recorded the answer of " + view.Who(c.Prospect), nil
	})
}

// answered tells the other reps who pursue people at that company, once (V8c).
func (b *Bot) answered(ctx context.Context, tx *storage.Tx, t Turn, c coach.Case) error {
	rows, err := b.Store.SameCompany(ctx, c.Prospect.Company, c.Prospect.Owner)
	if err != nil {
		return err
	}
	told := map[string]bool{}
	for _, r := range rows {
		if told[r.Owner] {
			continue
		}
		told[r.Owner] = true
		if err := tx.Queue(storage.Message{
			Key: fmt.Sprintf("answered:%d:%d:%s", c.Prospect.ID, len(c.Prospect.Campaigns), r.Owner), Kind: kindAnswered,
			Rep: r.Owner, Prospect: c.Prospect.ID, Day: c.Today(), Priority: prioNotice, RunAt: t.Now,
		}); err != nil {
			return err
		}
	}
	return nil
}

// repliedClick is They replied: the campaign ends at once, and the message
// asks what came of it.
func (b *Bot) repliedClick(ctx context.Context, in Click) (Reply, error) {
	at, c, err := b.clicked(ctx, in)
	if err != nil {
		return Reply{}, err
	}
	if decided(c.Prospect) {
		return b.asItIs(ctx, in.Turn, at, c)
	}
	if c.Prospect.State == coach.Engaged {
		return b.askWhatCame(ctx, in.Turn, at.Place, deed{Case: c}, "")
	}
	if in.row, err = b.rowIn(ctx, in.Turn, at.Place, at.ID); err != nil {
		return Reply{}, err
	}
	return b.recordAnswer(ctx, in.Turn, at.ID, coach.AnswerUnknown, 0, "", at.Place)
}

// decided tells that what came of a prospect is known: no button offers an
// answer then, so one that does stands in an old message.
func decided(p *coach.Prospect) bool { return p.State == coach.Won || p.State == coach.Stopped }

// answerClick is one of the answers. A meeting and "later" need a day.
func (b *Bot) answerClick(ctx context.Context, in Click) (Reply, error) {
	at, c, err := b.clicked(ctx, in)
	if err != nil {
		return Reply{}, err
	}
	if decided(c.Prospect) {
		return b.asItIs(ctx, in.Turn, at, c)
	}
	a := coach.Answer(in.Tail)
	if a == coach.AnswerMeeting || a == coach.AnswerLater {
		return Reply{Open: view.AnswerForm(c.Prospect, a, at.Place)}, nil
	}
	if stale(at, c.Prospect) {
		return b.asItIs(ctx, in.Turn, at, c)
	}
	return b.recordAnswer(ctx, in.Turn, at.ID, a, 0, "", at.Place)
}

// answerForm is the window that asked for the day.
func (b *Bot) answerForm(ctx context.Context, in Form) (Reply, error) {
	at, ok := view.ParseTarget(in.Meta)
	if !ok {
		return Reply{}, fmt.Errorf("the answer window holds %.60q", in.Meta)
	}
	v, a := view.ReadAnswer(in.State), coach.Answer(at.Rest)
	tense := Ahead
	if a == coach.AnswerMeeting || at.Rest == view.Moved {
		tense = AtLeast
	}
	day, err := ParseDay(tidy(v.Day), in.today(), tense)
	if err != nil {
		return Reply{Errors: map[string]string{"day": atField(err)}}, nil
	}
	if at.Rest == view.Moved {
		return b.meetingMoved(ctx, in.Turn, at, day)
	}
	words := tidy(v.Words)
	if _, hour := cutHour(tidy(v.Day)); hour != "" && a == coach.AnswerMeeting {
		words = strings.TrimSpace("At " + hour + ". " + words) // a plan knows days; the hour is kept with their words
	}
	c, err := b.open(ctx, in.Turn, at.ID)
	if err != nil {
		return Reply{}, err
	}
	if decided(c.Prospect) { // since the window was opened
		return Reply{Errors: map[string]string{"day": view.Standing(c.Prospect, c.Advise(), in.today())}}, nil
	}
	d, err := b.answerWith(ctx, in.Turn, at.ID, a, day, words)
	var problem coach.Problem
	if errors.As(err, &problem) {
		return Reply{Errors: map[string]string{"day": string(problem)}}, nil
	}
	if err != nil {
		return Reply{}, err
	}
	return b.inWindow(ctx, in.Turn, at.Place, d, "Recorded", view.AnsweredWords(d.Prospect, a, day, in.today()))
}
