package bot

import (
	"context"
	"fmt"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
)

// saidLike are ways to begin a line that are not commands and can only mean
// one, most of them as a button says it: what stands for the person's number
// and for the rest of the line is %d and %s. Longer ones stand first.
var saidLike = []struct{ words, line string }{
	{"left a voicemail", "log %d voicemail %s"}, {"left voicemail", "log %d voicemail %s"}, {"left a message", "log %d voicemail %s"},
	{"no answer", "log %d call outcome:" + string(coach.OutcomeNoAnswer) + " %s"},
	{"called", "log %d call %s"}, {"phoned", "log %d call %s"}, {"rang", "log %d call %s"}, {"emailed", "log %d email %s"}, {"mailed", "log %d email %s"},
	{"wrote back", "replied %d %s"}, {"wrote", "log %d email %s"}, {"texted", "log %d text %s"}, {"met", "met %d %s"},
	{"spoke", "log %d call outcome:" + string(coach.OutcomeSpoke) + " %s"}, {"talked", "log %d call outcome:" + string(coach.OutcomeSpoke) + " %s"},
	{"interested", "replied %d interested %s"}, {"wrong person", "replied %d wrong-person %s"}, {"meeting", "replied %d meeting %s"}, {"won", "replied %d won %s"},
	{"reply", "replied %d %s"}, {"replies", "replied %d %s"}, {"answered", "replied %d %s"}, {"replied", "replied %d %s"}, {"said", "replied %d %s"}, {"answer", "replied %d %s"}, {"responded", "replied %d %s"},
	{"hand over", "assign %d %s"}, {"give", "assign %d %s"}, {"delete", "forget %d %s"}, {"remove", "forget %d %s"}, {"erase", "forget %d %s"},
	{"open", "show %d %s"}, {"card", "show %d %s"}, {"draft", "next %d %s"}, {"postpone", "snooze %d %s"}, {"fact", "note %d %s"},
}

// tellers begin a line that tells what somebody did.
var tellers = []string{"i have just", "i've just", "i just", "i have", "i've", "i", "we have", "we've", "we"}

// told is a line without such a beginning: "I called jane" says what "called
// jane" does, and its I is no shortened import.
func told(whole string) (rest string, ok bool) {
	for _, words := range tellers {
		if l, ok := after(strings.ReplaceAll(whole, "’", "'"), words); ok && !l.done() {
			return strings.TrimSpace(l.s[l.at:]), true
		}
	}
	return whole, false
}

// aPhrase tells whether a line begins as several words of a button do, or tells
// what somebody did, so that its first word is no shortened command ("no
// answer" is no note).
func aPhrase(whole string) bool {
	if _, ok := told(whole); ok {
		return true
	}
	for _, s := range saidLike {
		if _, ok := after(whole, s.words); ok && strings.Contains(s.words, " ") {
			return true
		}
	}
	return false
}

// fillers are words between such a beginning and the person.
var fillers = map[string]bool{"to": true, "with": true, "from": true, "for": true, "by": true}

// asButtons reads a line that says in other words what a command says, if
// exactly one person of the rep's is named in it, and runs that command; of
// several it asks who, and of a channel alone what is wanted. nil for any
// other line.
func (b *Bot) asButtons(ctx context.Context, in Command) (*Reply, error) {
	whole, _ := told(in.Whole)
	if line, l := likeAButton(whole); line != nil {
		id, ask, err := b.onlyNamed(ctx, in.Turn, l, line)
		if err != nil || ask != nil || id == 0 {
			return ask, err
		}
		r, err := b.runs(ctx, in, line(id, l.s[l.at:]))
		return &r, err
	}
	if r, err := b.nameFirst(ctx, in, whole); r != nil || err != nil {
		return r, err
	}
	l := readLine(whole)
	channel, ok := saidChannel(l)
	if !ok || l.done() {
		return nil, nil
	}
	id, ask, err := b.onlyNamed(ctx, in.Turn, l, func(id int64, rest string) string {
		return strings.TrimSpace(fmt.Sprintf("log %d %s %s", id, channel, rest))
	})
	if err != nil || ask != nil || id == 0 {
		return ask, err
	}
	c, err := b.open(ctx, in.Turn, id)
	if err != nil {
		return nil, err
	}
	r := Show(askDoneOrNext(c.Prospect, channel, strings.TrimSpace(l.s[l.at:])))
	return &r, nil
}

// nameFirst reads "jane answered: send me details": the person stands before
// what is said of them.
func (b *Bot) nameFirst(ctx context.Context, in Command, whole string) (*Reply, error) {
	l := readLine(whole)
	first, _ := l.peek()
	if _, number := refNumber(first); first.quoted || number {
		return nil, nil
	}
	rows, used, err := b.named(ctx, in.Turn, l)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	said := *l
	said.skip(used)
	line, rest := likeAButton(said.s[said.at:])
	if line == nil {
		return nil, nil
	}
	behind := rest.s[rest.at:]
	id, ask, err := b.onlyNamed(ctx, in.Turn, l, func(id int64, _ string) string { return line(id, behind) })
	if err != nil || ask != nil {
		return ask, err
	}
	r, err := b.runs(ctx, in, line(id, behind))
	return &r, err
}

// likeAButton finds the one of [saidLike] that a text begins with: the command
// line it stands for, by the person's number and the rest, and what is still to
// be read of the text. nil for none.
func likeAButton(text string) (runs func(id int64, rest string) string, rest *line) {
	for _, s := range saidLike {
		if l, ok := after(text, s.words); ok {
			return func(id int64, rest string) string {
				return strings.TrimSpace(fmt.Sprintf(s.line, id, strings.TrimSpace(rest)))
			}, l
		}
	}
	return nil, nil
}

// askDoneOrNext asks about "call jane": somebody wants to know what to say, or
// to keep that it is done.
func askDoneOrNext(p *coach.Prospect, channel coach.Channel, rest string) view.Message {
	line := func(format string, a ...any) string {
		return strings.TrimSpace(fmt.Sprintf("log %d ", p.ID) + fmt.Sprintf(format, a...) + " " + rest)
	}
	next := []view.Next{{Label: "What to say", Line: fmt.Sprintf("next %d", p.ID)}}
	if channel == coach.Call {
		next = append(next, view.Next{Label: "No answer", Line: line("call outcome:%s", coach.OutcomeNoAnswer)},
			view.Next{Label: "Left voicemail", Line: line("voicemail")}, view.Next{Label: "Spoke", Line: line("call outcome:%s", coach.OutcomeSpoke)})
	} else {
		next = append(next, view.Next{Label: "Log it", Line: line("%s", channel)})
	}
	return view.Ask(fmt.Sprintf("%s: do you want to know what to say, or is the %s done? Nothing is logged yet.", view.Who(p), view.ChannelName(channel)), next...)
}

// onlyNamed reads the one person whom the line names next, among the rep's own.
// Several are answered as a choice, each running its line; nobody is 0.
func (b *Bot) onlyNamed(ctx context.Context, t Turn, l *line, run func(id int64, rest string) string) (int64, *Reply, error) {
	tok, ok := l.peek()
	if !ok {
		return 0, nil, nil
	}
	if id, ok := refNumber(tok); ok {
		l.next()
		_, err := b.mine(ctx, t, id)
		return id, nil, err
	}
	rows, used, err := b.named(ctx, t, l)
	if err != nil || len(rows) == 0 {
		return 0, nil, err
	}
	said := tok.text
	if !tok.quoted {
		said = strings.Join(l.bare(used), " ")
	}
	l.skip(used)
	if len(rows) == 1 {
		return rows[0].ID, nil, nil
	}
	lines, err := b.ownedLines(ctx, t, rows)
	if err != nil {
		return 0, nil, err
	}
	rest := strings.TrimSpace(l.s[l.at:])
	r := Show(view.Choose(said, lines, func(id int64) string { return run(id, rest) }))
	return 0, &r, nil
}

// after is what follows the words at the beginning of a line, and a filler.
func after(whole, words string) (*line, bool) {
	l := readLine(whole)
	for _, w := range strings.Fields(words) {
		if tok := l.next(); tok.quoted || !strings.EqualFold(strings.TrimRight(tok.text, ":,;"), w) {
			return nil, false
		}
	}
	ahead := *l
	if tok := ahead.next(); !tok.quoted && fillers[strings.ToLower(tok.text)] && !ahead.done() {
		*l = ahead
	}
	return l, true
}

// runs does a command line in the place of the one that was typed.
func (b *Bot) runs(ctx context.Context, in Command, whole string) (Reply, error) {
	word, rest := firstWord(whole)
	r, ok := b.routes.command(word, false)
	if !ok {
		return Reply{}, fmt.Errorf("a line stands for %.60q", whole)
	}
	in.Word, in.Text, in.Whole = r.Word, strings.TrimSpace(rest), strings.TrimSpace(whole)
	return r.do(b, ctx, in)
}

// hyphened joins the first two words where they are one command, as people
// write "move on" and the button says it.
func (r Routes) hyphened(word, rest string) (string, string) {
	second, more := firstWord(rest)
	if joined := strings.ToLower(word) + "-" + strings.ToLower(second); second != "" {
		if c, ok := r.command(joined, false); ok {
			return c.Word, more
		}
	}
	return word, rest
}
