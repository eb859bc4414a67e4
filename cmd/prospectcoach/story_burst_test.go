package main

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

// A thousand commands in one moment: Slack has every acknowledgement in time
// (the local one waits three seconds, as Slack does), and everybody is answered.
// What may wait at a time is bounded by lanes.go.
func TestStory_ABurstOfAThousandCommands(t *testing.T) {
	t.Parallel()
	const people = 50
	each := 20
	if underRace {
		each = 4 // the watching takes ten times as long, and what is too late is told so instead
	}
	w := newWorld(t, "Mon 2026-01-05 10:00", "Europe/Berlin", func(_ *worldOptions, o *localslack.Options) {
		for i := range people {
			id := fmt.Sprintf("U0BURST%03d", i)
			o.Users = append(o.Users, localslack.User{ID: id, Name: strings.ToLower(id), RealName: "Rep", TZ: "UTC", TeamID: demoWorkspaceID})
			o.Channels[0].Members = append(o.Channels[0].Members, id)
		}
	})
	w.slack.SetIdle(nil)
	began := time.Now()
	var wg sync.WaitGroup
	var mu sync.Mutex
	worst := time.Duration(0)
	for i := range people {
		p := w.slack.Person(fmt.Sprintf("U0BURST%03d", i)).In(demoChannel)
		for n := range each {
			wg.Go(func() {
				start := time.Now()
				if _, err := p.Command(fmt.Sprintf("/prospect add Kim N%dx, Firm %d %d", n, i, n)); err != nil {
					t.Errorf("Slack shows its own error: %v", err)
				}
				mu.Lock()
				defer mu.Unlock()
				worst = max(worst, time.Since(start))
			})
		}
	}
	wg.Wait()
	w.bot.Idle(t.Context())
	all := time.Since(began)
	answered := 0
	for i := range people {
		p := w.slack.Person(fmt.Sprintf("U0BURST%03d", i))
		for _, m := range p.Channel(demoChannel).Messages {
			if strings.HasPrefix(words(m), "Added #") && m.EphemeralFor == p.ID() {
				answered++
			}
		}
	}
	if answered != people*each {
		t.Errorf("%d of %d were answered", answered, people*each)
	}
	t.Logf("the slowest acknowledgement came after %s, the last answer after %s", worst.Round(time.Millisecond), all.Round(time.Millisecond))
	w.takeAll("Added #")
}
