package bot

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// longestName is how many words a name is looked for in.
const longestName = 8

// which reads the REF at the beginning of the line: a number, a quoted phrase,
// or the longest run of words that names one of the rep's own. Several hits
// are answered as a ready choice, and nothing is changed; its buttons run the
// same line with the number in place of the name.
func (b *Bot) which(ctx context.Context, in Command, l *line) (int64, *Reply, error) {
	tok, ok := l.peek()
	if !ok {
		if id := b.threadProspect(ctx, in.Turn); id != 0 {
			return id, nil, nil
		}
		return 0, nil, coach.Problem(fmt.Sprintf("Whom do you mean? Like this: “%s %s”, or with the number on their card.", in.Slash, b.exampleOf(in.Word)))
	}
	if id, ok := refNumber(tok); ok {
		if here := b.countedDays(ctx, in, l); here != 0 {
			return here, nil, nil
		}
		l.next()
		_, err := b.mine(ctx, in.Turn, id)
		return id, nil, err
	}
	rows, used, err := b.named(ctx, in.Turn, l)
	if err != nil {
		return 0, nil, err
	}
	said := tok.text
	if !tok.quoted && used > 0 {
		said = strings.Join(l.bare(used), " ")
	}
	switch {
	case len(rows) == 1:
		l.skip(used)
		return rows[0].ID, nil, nil
	case len(rows) > 1:
		l.skip(used)
		return b.chooseOne(ctx, in, l, said, rows)
	}
	if id := b.threadProspect(ctx, in.Turn); id != 0 {
		return id, nil, nil
	}
	if _, day := readDay(said, in.today(), AnyDay); day {
		return 0, nil, coach.Problem(fmt.Sprintf("“%.60s” is a day, and the person comes first. Like this: “%s %s”, or with the number on their card.", said, in.Slash, b.exampleOf(in.Word)))
	}
	if ask, err := b.nearlyNamed(ctx, in, l); ask != nil || err != nil {
		return 0, ask, err
	}
	return 0, nil, coach.Problem(fmt.Sprintf("None of your prospects is called “%.60s”. “%s list” shows them all.", said, in.Slash))
}

// nearlyNamed asks about a slip of the finger in a name: "hendrik" may be one's
// own Henrik. Its buttons run the line with the number in place of the name.
func (b *Bot) nearlyNamed(ctx context.Context, in Command, l *line) (*Reply, error) {
	tok, _ := l.peek()
	if tok.quoted {
		return nil, nil
	}
	rows, _, err := b.Store.List(ctx, storage.ListQuery{Owner: in.Rep.ID, Limit: mostNames})
	if err != nil {
		return nil, err
	}
	var near []view.Next
	for _, r := range rows {
		names := strings.Fields(strings.ToLower(r.Name))
		if nearWord(strings.ToLower(strings.Trim(tok.text, ",.:")), names...) == "" {
			continue
		}
		rest := *l
		rest.next()
		for more, ok := rest.peek(); ok && nearest(more.text, names...) != ""; more, ok = rest.peek() {
			rest.next() // the other half of the name
		}
		near = append(near, view.Next{Label: clipLabel(r.Name + ", " + r.Company), Line: strings.TrimSpace(fmt.Sprintf("%s %d %s", in.Word, r.ID, strings.TrimSpace(rest.s[rest.at:])))})
	}
	if len(near) == 0 || len(near) > 5 {
		return nil, nil
	}
	r := Show(view.Ask(fmt.Sprintf("None of your prospects is called “%.60s”. Did you mean one of these? Nothing is changed yet.", tok.text), near...))
	return &r, nil
}

// mostNames is among how many of one's own a slip is looked for.
const mostNames = 1000

// countedDays is the prospect under whose card a line stands that begins with a
// span of days: there "snooze 3 days" is not about number 3.
func (b *Bot) countedDays(ctx context.Context, in Command, l *line) int64 {
	if in.ThreadTS == "" || !in.InDM {
		return 0
	}
	words := l.bare(3)
	for n := len(words); n > 1; n-- {
		if _, day := readDay(strings.Join(words[:n], " "), in.today(), Ahead); day {
			return b.threadProspect(ctx, in.Turn)
		}
	}
	return 0
}

// exampleOf is the example of a word that is about somebody.
func (b *Bot) exampleOf(word string) string {
	if r, ok := b.routes.command(word, false); ok && strings.HasPrefix(r.Example, word+" jane") {
		return r.Example
	}
	return word + " jane"
}

// chooseOne asks which of several was meant; its buttons run the line again.
func (b *Bot) chooseOne(ctx context.Context, in Command, l *line, said string, rows []storage.Row) (int64, *Reply, error) {
	lines, err := b.ownedLines(ctx, in.Turn, rows)
	if err != nil {
		return 0, nil, err
	}
	rest := strings.TrimSpace(l.s[l.at:])
	r := Show(view.Choose(said, lines, func(id int64) string {
		return strings.TrimSpace(fmt.Sprintf("%s %d %s", in.Word, id, rest))
	}))
	return 0, &r, nil
}

// refNumber reads 12 or #12; a number in quotes is a name.
func refNumber(tok token) (int64, bool) {
	if tok.quoted {
		return 0, false
	}
	id, err := strconv.ParseInt(strings.TrimPrefix(tok.text, "#"), 10, 64)
	return id, err == nil && id > 0
}

// named finds whom the next words mean and how many tokens that took. One's
// own go first; a manager's words may name anybody of the team, and do when
// they name more of the line than of any of the manager's own.
func (b *Bot) named(ctx context.Context, t Turn, l *line) ([]storage.Row, int, error) {
	rows, used, err := b.namedOf(ctx, t.Rep.ID, l)
	if err != nil || !t.Manager {
		return rows, used, err
	}
	team, more, err := b.namedOf(ctx, "", l)
	if len(rows) > 0 && more <= used || err != nil {
		return rows, used, err
	}
	return team, more, nil
}

// namedOf looks among one rep's prospects; owner "" is the whole team.
func (b *Bot) namedOf(ctx context.Context, owner string, l *line) ([]storage.Row, int, error) {
	if tok, _ := l.peek(); tok.quoted {
		rows, err := b.Store.Find(ctx, owner, tok.text)
		return rows, 1, err
	}
	return b.Store.FindRun(ctx, owner, l.bare(longestName))
}

// ownedLines are lines that say whose a prospect is, where it is not one's own.
func (b *Bot) ownedLines(ctx context.Context, t Turn, rows []storage.Row) ([]view.Line, error) {
	lines, names := viewLines(rows), map[string]string{t.Rep.ID: ""}
	for i, r := range rows {
		if _, known := names[r.Owner]; !known {
			owner, err := b.Store.Rep(ctx, r.Owner)
			if err != nil {
				return nil, fmt.Errorf("loading the owner of %d: %w", r.ID, err)
			}
			names[r.Owner] = owner.Name
		}
		lines[i].Owner = names[r.Owner]
	}
	return lines, nil
}

func viewLines(rows []storage.Row) []view.Line {
	lines := make([]view.Line, len(rows))
	for i, r := range rows {
		until := r.SnoozedUntil
		if r.State == coach.MovedOn {
			until = r.ComeBack
		}
		lines[i] = view.Line{ID: r.ID, Name: r.Name, Company: r.Company, Title: r.Title, State: r.State, Due: r.Due, Until: until, Attempts: r.Attempts}
	}
	return lines
}

// threadProspect is the prospect under whose card a DM thread stands; 0
// outside such threads. Our own block ids carry the number.
func (b *Bot) threadProspect(ctx context.Context, t Turn) int64 {
	if t.ThreadTS == "" || !t.InDM {
		return 0
	}
	b.pace.glance(looking)
	history, err := b.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
		ChannelID: t.Channel, Latest: t.ThreadTS, Oldest: t.ThreadTS, Inclusive: true, Limit: 1,
	})
	if err != nil || len(history.Messages) == 0 {
		return 0 // without the history scope REF has to be typed
	}
	for _, bl := range history.Messages[0].Blocks.BlockSet {
		if id, ok := view.CardOf(bl.ID()); ok {
			return id
		}
	}
	return 0
}

// whichDay reads the longest day at the beginning of the line. A day with two
// readings is answered as a choice; before is the line up to the day.
func (b *Bot) whichDay(in Command, l *line, tense Tense, before string) (coach.Date, *Reply, error) {
	words := l.bare(6)
	if tok, ok := l.peek(); ok && tok.quoted {
		d, err := ParseDay(tok.text, in.today(), tense)
		l.next()
		return b.askDay(in, d, err, before, strings.TrimSpace(l.s[l.at:]))
	}
	d, n, err := ParseDayPrefix(words, in.today(), tense)
	if n == 0 && err == nil {
		if guess, n := b.guessed(words, in.today(), tense); guess != "" {
			l.skip(n)
			after := strings.TrimSpace(l.s[l.at:])
			r := Show(view.Ask(fmt.Sprintf("“%.60s” is no day I know. Did you mean “%s”? Nothing is changed yet.", strings.Join(words[:n], " "), guess),
				view.Next{Label: "Yes: " + guess, Line: strings.TrimSpace(before + guess + " " + after)}))
			return 0, &r, nil
		}
		err = notADay(strings.Join(words[:min(len(words), 3)], " "), in.today(), tense)
	}
	l.skip(n)
	return b.askDay(in, d, err, before, strings.TrimSpace(l.s[l.at:]))
}

// guessed is the longest beginning of the words that is a day but for a slip.
func (b *Bot) guessed(words []string, today coach.Date, tense Tense) (guess string, n int) {
	for n = min(len(words), 3); n > 0; n-- {
		if guess = guessDay(strings.Join(words[:n], " "), today, tense); guess != "" {
			return guess, n
		}
	}
	return "", 0
}

func (b *Bot) askDay(in Command, d coach.Date, err error, before, after string) (coach.Date, *Reply, error) {
	two, ok := err.(*TwoReadings)
	if !ok {
		return d, nil, err
	}
	var answers []view.Next
	for _, day := range two.Days {
		answers = append(answers, view.Next{Label: longDay(day), Line: strings.TrimSpace(before + day.String() + " " + after)})
	}
	r := Show(view.Ask(two.Error(), answers...))
	return 0, &r, nil
}
