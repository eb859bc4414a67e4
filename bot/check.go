package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
)

// draftWords is from how many words on a text in the DM is taken for a draft.
const draftWords = 15

// pasted tells whether a line in the DM is a draft to be checked rather than
// words for the bot.
func (b *Bot) pasted(in Command) bool {
	return in.InDM && len(strings.Fields(in.Whole)) >= draftWords
}

// checkPasted checks a draft pasted into the DM, as an email until a button
// says otherwise, and under a card for the one on it.
func (b *Bot) checkPasted(ctx context.Context, in Command) (Reply, error) {
	id, err := b.underCard(ctx, in.Turn)
	if err != nil {
		return Reply{}, err
	}
	v, err := b.judged(ctx, in.Turn, view.Drafted{Channel: coach.Email, ID: id, TS: in.TS, Thread: in.ThreadTS, Text: inline(in)}, in.Whole)
	return Show(view.Check(v)), err
}

// underCard is whom a draft is for that names nobody: the one under whose card
// it was written, if that still is one's own; else 0.
func (b *Bot) underCard(ctx context.Context, t Turn) (int64, error) {
	id := b.threadProspect(ctx, t)
	if id == 0 {
		return 0, nil
	}
	_, err := b.mine(ctx, t, id)
	if gone := coach.Problem(""); errors.As(err, &gone) {
		return 0, nil
	}
	return id, err
}

// check judges a draft: check [CHANNEL] [REF] [TEXT]; without text, a form.
func (b *Bot) check(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	channel := coach.Email
	if tok, ok := l.peek(); ok && exactWord(tok, channelWords()...) {
		word, _ := l.keyword(channelWords()...)
		channel = coach.Channel(word)
	} else if ask, err := b.nearChannel(ctx, in, l); err != nil || ask != nil {
		return asked(ask), err
	}
	id, ask, err := b.draftFor(ctx, in, l)
	if err != nil || ask != nil {
		return asked(ask), err
	}
	text := l.rest()
	if text == "" {
		if in.Trigger != "" {
			w, err := b.whomWith(ctx, in.Turn, id)
			return Reply{Open: view.CheckForm(view.Checking{Prospect: refOf(id), Channel: string(channel)}, w)}, err
		}
		return Reply{}, coach.Problem(fmt.Sprintf("What shall I check? “%s check email 12 Jane, new hub, new carriers: who checks their invoices?”", in.Slash))
	}
	d, err := b.keep(ctx, in.Rep.ID, view.Drafted{Channel: channel, ID: id, Text: text})
	if err != nil {
		return Reply{}, err
	}
	v, err := b.judged(ctx, in.Turn, d, text)
	return Show(view.Check(v)), err
}

// nearChannel asks about a slip in the channel. A draft may begin with any word,
// so it does only where somebody is named behind it, and nobody by the word.
func (b *Bot) nearChannel(ctx context.Context, in Command, l *line) (*Reply, error) {
	tok, ok := l.peek()
	near := nearWord(strings.ToLower(tok.text), channelWords()...)
	if !ok || tok.quoted || near == "" {
		return nil, nil
	}
	if rows, _, err := b.named(ctx, in.Turn, l); err != nil || len(rows) > 0 {
		return nil, err
	}
	behind := *l
	behind.next()
	who, _ := behind.peek()
	if _, number := refNumber(who); !number {
		if rows, _, err := b.named(ctx, in.Turn, &behind); err != nil || len(rows) == 0 {
			return nil, err
		}
	}
	r := Show(view.Ask(fmt.Sprintf("“%.40s”: did you mean “%s”? Nothing is checked yet.", tok.text, near),
		view.Next{Label: "Yes: " + near, Line: "check " + near + l.s[tok.end:]},
		view.Next{Label: "It is the draft", Line: "check " + asText(l.s[l.at:])},
	))
	return &r, nil
}

// draftFor reads whom a draft is for, if the line says so or stands under a
// card: 0 is nobody. Several of a name are answered as a choice, but not where
// it is the greeting of the draft, which stays in it.
func (b *Bot) draftFor(ctx context.Context, in Command, l *line) (int64, *Reply, error) {
	before := strings.TrimSpace(l.s[:l.at])
	tok, ok := l.peek()
	if id, isNumber := refNumber(tok); ok && isNumber {
		l.next()
		return id, nil, nil
	}
	if ok {
		rows, used, err := b.named(ctx, in.Turn, l)
		if err != nil {
			return 0, nil, err
		}
		greeting := strings.HasSuffix(strings.Join(l.bare(used), " "), ",")
		switch {
		case len(rows) == 1:
			if !greeting {
				l.skip(used)
			}
			return rows[0].ID, nil, nil
		case len(rows) > 1 && !greeting:
			said := tok.text
			if !tok.quoted {
				said = strings.Join(l.bare(used), " ")
			}
			l.skip(used)
			in.Word = strings.TrimSpace(in.Word + " " + before) // the channel comes along
			return b.chooseOne(ctx, in, l, said, rows)
		}
	}
	id, err := b.underCard(ctx, in.Turn)
	return id, nil, err
}

// inline is the text that buttons carry: none when it can be read again in
// the DM.
func inline(in Command) string {
	if in.TS != "" {
		return ""
	}
	return in.Whole
}

// exactWord tells that the token is one of the words in full: a draft may
// begin with any word that is only the beginning of one.
func exactWord(tok token, known ...string) bool {
	word, ok := oneOf(tok.text, known...)
	return ok && !tok.quoted && foldWord(word) == foldWord(tok.text)
}

func refOf(id int64) string {
	if id == 0 {
		return ""
	}
	return fmt.Sprint(id)
}

// judged checks a text, knowing the prospect if there is one.
func (b *Bot) judged(ctx context.Context, t Turn, d view.Drafted, text string) (v view.CheckView, err error) {
	v = view.CheckView{Text: text, Channel: d.Channel, ID: d.ID, Draft: d}
	if d.ID == 0 {
		v.Report = b.Playbook().CheckDraft(coach.DraftInput{Text: text, Channel: d.Channel, Rep: b.rep(t.Rep)})
		w, id, err := b.whom(ctx, t, text)
		v.Lines, v.Greeted = w.Lines, id != 0
		return v, err
	}
	c, err := b.open(ctx, t, d.ID)
	if err != nil {
		return v, err
	}
	touch := coach.Touch{Text: text, Channel: d.Channel}
	if s := c.Advise().Suggestion; s != nil {
		touch.Angle = s.Angle
	}
	v.Prospect, v.Report = c.Prospect, c.CheckTouch(touch)
	return v, nil
}

// checkForm is the window, submitted: it shows the verdict itself.
func (b *Bot) checkForm(ctx context.Context, in Form) (Reply, error) {
	f, at := view.ReadCheck(in.State)
	var id int64
	if f.Prospect != "" {
		got, ask, err := b.which(ctx, Command{Turn: in.Turn, Word: "check"}, readLine(formRef(f.Prospect)))
		if ask != nil {
			return Reply{Errors: map[string]string{at: "That can be several. The number finds the right one."}}, nil
		}
		var problem coach.Problem
		if errors.As(err, &problem) {
			return Reply{Errors: map[string]string{at: string(problem)}}, nil
		}
		if err != nil {
			return Reply{}, err
		}
		id = got
	}
	text := tidy(f.Text)
	if text == "" {
		return Reply{Errors: map[string]string{"text": "There is nothing to check yet. Paste the message that you want to send."}}, nil
	}
	d, err := b.keepAlways(ctx, in.Rep.ID, view.Drafted{Channel: coach.Channel(f.Channel), ID: id, Text: text})
	if err != nil {
		return Reply{}, err
	}
	v, err := b.judged(ctx, in.Turn, d, text)
	return Reply{Update: view.CheckWindow(v)}, err
}

// checkShortcut checks a message; the answer is for the person alone.
func (b *Bot) checkShortcut(ctx context.Context, in Shortcut) (Reply, error) {
	text := clean(in.Message.Text)
	w, id, err := b.whom(ctx, in.Turn, text)
	return Reply{Open: view.CheckForm(view.Checking{Prospect: refOf(id), Channel: string(coach.Email), Text: text}, w)}, err
}
