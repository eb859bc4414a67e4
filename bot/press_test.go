package bot

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"testing"

	"github.com/prospectcoach/prospectcoach/bot/view"
	"github.com/prospectcoach/prospectcoach/coach"
)

// Presses of one button that reach several replicas in the same moment, each
// with a key of its own, are one press.
func TestPressesInTheSameMomentAreOne(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	p := k.life(1)
	s := coach.Case{Playbook: k.w.bot.Playbook(), Now: k.w.now(), Rep: k.w.bot.rep(k.turn().Rep), Prospect: &p}.Advise().Suggestion
	value := view.Target{ID: 1, Stamp: view.Stamp(&p), Place: view.InSuggestion, Rest: string(s.Channel) + " " + string(s.Angle) + " " + s.Variant + " -"}.String()
	var wg sync.WaitGroup
	for i := range 8 {
		in := Click{Turn: k.turn(), Tail: "no-answer", Value: value}
		in.press = &press{}
		in.Key += strconv.Itoa(i)
		wg.Go(func() {
			var problem coach.Problem
			if _, err := k.w.bot.logClick(context.Background(), in); err != nil && !errors.As(err, &problem) {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := len(k.life(1).Touches); n != 1 {
		t.Errorf("%d touches", n)
	}
}

// C6: the answer to how a meeting went counts once, however often its button
// is pressed before it is redrawn.
func TestC6_HowItWentIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	k := newTalk(t, monday(t, 10, 0))
	k.types(addJane)
	k.types("replied 1 meeting tomorrow")
	k.w.move(monday(t, 10, 0).AddDate(0, 0, 2))
	for _, tail := range []string{"took-place", "no-show"} {
		p := k.life(1)
		value := view.Target{ID: 1, Stamp: view.Stamp(&p), Place: view.InSuggestion}.String()
		for i := range 3 {
			in := Click{Turn: k.turn(), Tail: tail, Value: value}
			in.Key += tail + strconv.Itoa(i)
			if _, err := k.w.bot.metClick(context.Background(), in); err != nil {
				t.Fatal(err)
			}
		}
		if n := len(k.life(1).Campaigns); n != len(p.Campaigns)+1 {
			t.Errorf("%s: %d campaigns after %d", tail, n, len(p.Campaigns))
		}
	}
}
