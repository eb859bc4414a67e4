package bot

import (
	"context"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
)

// help shows six commands first, examples first; all the rest with "all", and
// one with its word.
func (b *Bot) help(_ context.Context, in Command) (Reply, error) {
	word := readLine(in.Text).next().text
	switch strings.ToLower(word) {
	case "me", "please", "help", "you":
		word = ""
	}
	if r, ok := b.routes.command(word, true); ok && !isQuestion(in.Text) {
		return Show(view.HelpWord(helpLine(r), typed(in))), nil
	}
	all := strings.EqualFold(word, "all")
	if word != "" && !all {
		if r := b.explain(in, in.Text, ""); r != nil {
			return *r, nil
		}
		near := nearest(word, b.words()...)
		return Show(view.Unknown(word, near, "help "+near, "", typed(in))), nil
	}
	var lines []view.HelpLine
	for _, r := range b.routes.Commands {
		if all || r.First {
			lines = append(lines, helpLine(r))
		}
	}
	return Show(view.Help(lines, all, typed(in))), nil
}

// typed is what stands before a word where the person types: the command's
// name, and nothing in the bot's DM.
func typed(in Command) string {
	if in.TS != "" {
		return ""
	}
	return in.Slash
}

// greetings are words that mean the work of the day.
var greetings = map[string]bool{
	"today": true, "due": true, "what is due": true, "whats due": true, "what's due": true, "who is due": true, "whos due": true, "who's due": true, "due today": true,
	"hi": true, "hello": true, "hey": true, "hi there": true, "hello there": true, "good morning": true, "morning": true, "good afternoon": true, "start": true, "menu": true, "home": true, "todo": true,
	"what now": true, "what next": true, "whats next": true, "what's next": true, "who is next": true, "who's next": true,
}

// greeted tells whether the whole line is one of them.
func greeted(line string) bool {
	return greetings[strings.ToLower(strings.Join(strings.Fields(strings.Trim(line, " .!?")), " "))]
}

func helpLine(r CommandRoute) view.HelpLine {
	return view.HelpLine{Word: r.Word, Args: r.Args, Help: r.Help, Example: r.Example, Group: r.Group}
}

// otherwise answers a line that begins with no command: exactly one prospect
// meant shows its card, several a choice, a typo the nearest command as a
// button, never done.
func (b *Bot) otherwise(ctx context.Context, in Command) (Reply, error) {
	if b.pasted(in) {
		return b.checkPasted(ctx, in)
	}
	if means, err := b.nothingButSomebody(ctx, in); err != nil {
		return Reply{}, err
	} else if means {
		in.Word, in.Text = "show", in.Whole
		return b.showCard(ctx, in)
	}
	if greeted(in.Whole) {
		in.Word, in.Text = "", ""
		return b.today(ctx, in)
	}
	if isQuestion(in.Whole) {
		if r := b.explain(in, in.Whole, draftIn(in)); r != nil {
			return *r, nil
		}
	}
	if r, err := b.asButtons(ctx, in); r != nil || err != nil {
		return asked(r), err
	}
	if rest, ok := told(in.Whole); ok {
		if r := b.explain(in, rest, draftIn(in)); r != nil {
			return *r, nil
		}
		first, _, _ := strings.Cut(rest, " ")
		return Show(view.Unknown(strings.TrimSuffix(in.Whole, rest)+first, "", "", draftIn(in), typed(in))), nil
	}
	return b.unknown(in), nil
}

// nothingButSomebody tells whether a line is a prospect's number or name, or
// what several are called, and nothing else.
func (b *Bot) nothingButSomebody(ctx context.Context, in Command) (bool, error) {
	l := readLine(in.Whole)
	tok, _ := l.peek()
	if !tok.quoted && len(l.bare(longestName+1)) > longestName {
		return false, nil
	}
	if _, ok := refNumber(tok); ok && len(strings.Fields(in.Whole)) == 1 {
		return true, nil
	}
	rows, used, err := b.named(ctx, in.Turn, l)
	if err != nil {
		return false, err
	}
	l.skip(used)
	return len(rows) > 0 && l.done(), nil
}

// unknown names the nearest command, which a press of its button runs.
func (b *Bot) unknown(in Command) Reply {
	first, rest, _ := strings.Cut(in.Whole, " ")
	near := nearest(first, b.words()...)
	if isQuestion(in.Whole) {
		near = "" // “how is ada” is no slip of “show”
	} else if near == "" {
		near = b.onlyBeginnings(first)
	}
	return Show(view.Unknown(first, near, strings.TrimSpace(near+" "+rest), draftIn(in), typed(in)))
}

// draftIn is what a button carries to check a line in the DM as a draft; ""
// where it cannot be one: fewer words are nobody's draft.
func draftIn(in Command) string {
	if !in.InDM || in.TS == "" || len(strings.Fields(in.Whole)) <= 3 {
		return ""
	}
	return view.Drafted{Channel: coach.Email, TS: in.TS, Thread: in.ThreadTS}.String()
}

// words are all the words a line can begin with.
func (b *Bot) words() []string {
	var out []string
	for _, r := range b.routes.Commands {
		out = append(out, r.Word)
	}
	return out
}

// onlyBeginnings is the first command of several that begin as typed, so that
// "m" offers met rather than nothing.
func (b *Bot) onlyBeginnings(typed string) string {
	for _, w := range b.words() {
		if typed != "" && strings.HasPrefix(w, strings.ToLower(typed)) {
			return w
		}
	}
	return ""
}
