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
// says otherwise.
func (b *Bot) checkPasted(ctx context.Context, in Command) (Reply, error) {
	v, err := b.judged(ctx, in.Turn, view.Drafted{Channel: coach.Email, TS: in.TS, Thread: in.ThreadTS, Text: inline(in)}, in.Whole)
	return Show(view.Check(v)), err
}

// check judges a draft: check [CHANNEL] [REF] [TEXT]; without text, a form.
func (b *Bot) check(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	channel := coach.Email
	if tok, ok := l.peek(); ok && exactWord(tok, channelWords()...) {
		word, _ := l.keyword(channelWords()...)
		channel = coach.Channel(word)
	}
	var id int64
	if tok, ok := l.peek(); ok {
		if n, isNumber := refNumber(tok); isNumber {
			l.next()
			id = n
		} else if rows, used, err := b.named(ctx, in.Turn, l); err != nil {
			return Reply{}, err
		} else if len(rows) == 1 {
			id = rows[0].ID
			if !strings.HasSuffix(strings.Join(l.bare(used), " "), ",") {
				l.skip(used)
			} // else it is the greeting and stays in the draft
		}
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
	v.Prospect, v.Report = c.Prospect, b.checked(c, touch)
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
