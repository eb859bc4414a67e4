package bot

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// nugget keeps the team's value nuggets: nugget [add KIND: TEXT|list|remove N].
func (b *Bot) nugget(ctx context.Context, in Command) (Reply, error) {
	l := readLine(in.Text)
	switch word, _ := l.keyword("add", "list", "remove"); word {
	case "add":
		return b.addNugget(ctx, in, l)
	case "remove":
		return b.removeNugget(ctx, in, l)
	case "list":
	default:
		if !l.done() {
			return Reply{}, sayNugget(in.Slash)
		}
	}
	nuggets, err := b.Store.Nuggets(ctx)
	if err != nil {
		return Reply{}, err
	}
	uses, err := b.Store.NuggetUses(ctx, in.today()-view.NuggetDays)
	if err != nil {
		return Reply{}, err
	}
	return Show(view.Nuggets(nuggets, uses, typed(in))), nil
}

func sayNugget(slash string) error {
	return coach.Problem(fmt.Sprintf("A nugget needs its kind: “%s nugget add outcome: cut invoice errors by a third in one quarter”, with one of outcome, story, issue, resource. “%s nugget remove 3” takes one away.", slash, slash))
}

// askNuggetKind keeps the words of a nugget and asks what they are.
func askNuggetKind(text, slash string) (Reply, error) {
	if text == "" {
		return Reply{}, sayNugget(slash)
	}
	var next []view.Next
	for _, k := range []struct {
		label string
		kind  coach.NuggetKind
	}{{"An outcome", coach.NuggetOutcome}, {"A story", coach.NuggetStory}, {"An issue", coach.NuggetIssue}, {"A resource", coach.NuggetResource}} {
		next = append(next, view.Next{Label: k.label, Line: fmt.Sprintf("nugget add %s: %s", k.kind, text)})
	}
	return Show(view.Ask(fmt.Sprintf("“%.300s”: what is it? A resource is something to send along, an issue what such people struggle with. Nothing is added yet.", text), next...)), nil
}

func (b *Bot) addNugget(ctx context.Context, in Command, l *line) (Reply, error) {
	var kinds []string
	for _, k := range coach.NuggetKinds {
		kinds = append(kinds, string(k))
	}
	kind, text := saidKind(l, kinds...)
	if kind == "" {
		return askNuggetKind(l.rest(), in.Slash)
	}
	if text == "" {
		return Reply{}, sayNugget(in.Slash)
	}
	n := coach.Nugget{Kind: coach.NuggetKind(kind), Text: text}
	done, err := b.Store.Change(ctx, storage.Change{Key: in.Key, Rep: in.Rep.ID, At: in.Now, Label: "added a nugget"}, func(tx *storage.Tx) error { return tx.AddNugget(&n) })
	if err != nil {
		return Reply{}, err
	}
	return Show(view.Done(fmt.Sprintf("Added for the whole team: %s “%.300s”. Each prospect gets it at most once.", kind, text), done.ID, view.Next{Label: "All nuggets", Line: "nugget list"})), nil
}

func (b *Bot) removeNugget(ctx context.Context, in Command, l *line) (Reply, error) {
	n, err := strconv.ParseInt(strings.TrimPrefix(l.next().text, "#"), 10, 64)
	if err != nil {
		return Reply{}, sayNugget(in.Slash)
	}
	done, err := b.Store.Change(ctx, storage.Change{Key: in.Key, Rep: in.Rep.ID, At: in.Now, Label: fmt.Sprintf("removed nugget %d", n)}, func(tx *storage.Tx) error { return tx.RemoveNugget(n) })
	if err != nil {
		return Reply{}, nuggetGone(err, n, in.Slash)
	}
	return Show(view.Done(fmt.Sprintf("Removed nugget %d. What was said with it stays said.", n), done.ID, view.Next{Label: "All nuggets", Line: "nugget list"})), nil
}

func nuggetGone(err error, n int64, slash string) error {
	if isNotFound(err) {
		return coach.Problem(fmt.Sprintf("There is no nugget %d. “%s nugget list” shows them.", n, slash))
	}
	return err
}
