package bot

import (
	"context"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sirupsen/logrus"
	"github.com/sirupsen/logrus/hooks/test"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

func TestARefreshLosesNothing(t *testing.T) {
	t.Parallel()
	var turns counter
	w := newWorld(t, monday(t, 10, 0), nil, withRoutes(word("zebra", func(Command) (Reply, error) { turns.add(); return Say("in"), nil })))
	hellos := func() time.Time { return w.bot.Health(context.Background()).LastHello }
	const people, each = 3, 12
	var all sync.WaitGroup
	failed := make(chan error, people*each)
	for _, name := range []string{"ada", "max", "eve"} {
		all.Go(func() {
			p := w.slack.Person(name).In("C00000002")
			for range each {
				if _, err := p.Command("/prospect zebra"); err != nil {
					failed <- err
				}
			}
		})
	}
	for range 3 {
		w.move(w.now().Add(time.Second))
		before := hellos()
		w.slack.Faults().Refresh(true)
		w.until("the next socket", func() bool { return hellos().After(before) })
	}
	all.Wait()
	close(failed)
	for err := range failed {
		t.Errorf("a command was lost at a refresh: %v", err)
	}
	if turns.get() != people*each {
		t.Errorf("%d of %d commands arrived", turns.get(), people*each)
	}
}

func TestADeadLinkIsNoticedAndReplaced(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 10, 0), nil, func(b *Bot) {
		withRoutes(word("zebra", func(Command) (Reply, error) { return Say("in"), nil }))(b)
		b.links.pingEvery, b.links.deadAfter = 20*time.Millisecond, 150*time.Millisecond
	})
	if l := newLinks(w.bot); l.deadAfter > 15*time.Second || l.pingEvery*2 > l.deadAfter {
		t.Errorf("a dead link is noticed after %s with a ping every %s", l.deadAfter, l.pingEvery)
	}
	w.move(w.now().Add(time.Second))
	before := w.bot.Health(context.Background()).LastHello
	w.slack.Faults().HalfOpen()
	w.until("another socket", func() bool { return w.bot.Health(context.Background()).LastHello.After(before) })
	w.slack.Faults().Reap()
	if got, err := w.slack.Person("ada").In("C00000002").Command("/prospect zebra"); err != nil || len(got.Shown) != 1 {
		t.Errorf("after the dead link: %v, %v", got.Shown, err)
	}
}

func TestABrokenSocketIsOpenedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, monday(t, 10, 0), nil, withRoutes(word("zebra", func(Command) (Reply, error) { return Say("in"), nil })))
	w.move(w.now().Add(time.Second))
	before := w.bot.Health(context.Background()).LastHello
	w.slack.Faults().Drop()
	w.until("another socket", func() bool { return w.bot.Health(context.Background()).LastHello.After(before) })
	if _, err := w.slack.Person("ada").In("C00000002").Command("/prospect zebra"); err != nil {
		t.Error(err)
	}
}

// However often a socket broke before, a door that was closed once is tried
// again soon.
func TestSocketsThatBrokeMakeNobodyCautious(t *testing.T) {
	t.Parallel()
	logged := test.NewLocal(logrus.New())
	w := newWorld(t, monday(t, 10, 0), func(c *Config) { c.Log.(*logrus.Logger).AddHook(logged) }, nil)
	hellos := func() int { return len(saidInLog(logged, "connected to Slack")) }
	for range 5 {
		before := hellos()
		w.slack.Faults().Drop()
		w.until("another socket", func() bool { return hellos() > before })
	}
	w.slack.Faults().Refuse("apps.connections.open", 1, "internal_error")
	before := hellos()
	w.slack.Faults().Drop()
	w.until("another socket", func() bool { return hellos() > before })
	refused := saidInLog(logged, "no socket to Slack")
	if len(refused) != 1 {
		t.Fatalf("refused %d times", len(refused))
	}
	if wait, _ := refused[0].Data["again_in"].(time.Duration); wait > 200*time.Millisecond {
		t.Errorf("tried again in %v", wait)
	}
}

func saidInLog(h *test.Hook, words string) (found []*logrus.Entry) {
	for _, e := range h.AllEntries() {
		if e.Message == words {
			found = append(found, e)
		}
	}
	return found
}

// TestSlackSaysNoOnce is for what no retry can mend: one sentence, and Run ends.
func TestSlackSaysNoOnce(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name, bot, app, want string
		scopes               []string
	}{
		{"a wrong bot token", "xoxb-9", "xapp-1", "does not know this token", nil},
		{"a wrong app token", "xoxb-1", "xapp-9", "does not know this token", nil},
		{"a bot token for the socket", "xoxb-1", "xoxb-1", "app-level token", nil},
		{"an app token without its scope", "xoxb-1", "xapp-1", "connections:write", []string{"authorizations:read"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := localslack.New(localslack.Options{Now: time.Now, Team: localslack.Team{ID: "T1", Name: "N", Domain: "n"}, App: localslack.App{
				ID: "A1", Name: "Coach", BotUserID: "UBOT", BotToken: "xoxb-1", AppToken: "xapp-1", SocketMode: true, AppScopes: row.scopes,
			}})
			srv := httptest.NewServer(s.Handler())
			defer srv.Close()
			defer s.Close()
			s.SetURL(srv.URL)
			log := logrus.New()
			log.SetLevel(logrus.PanicLevel)
			store, err := storage.Open(context.Background(), storage.Options{URL: "sqlite://" + t.TempDir() + "/a.db", Now: time.Now})
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			b, err := New(Config{
				Store: store, Playbook: func() *coach.Playbook { return &coach.Playbook{} }, BotToken: row.bot, AppToken: row.app, APIURL: srv.URL + "/api/",
				Log: log, Now: time.Now, Heartbeat: -1, Worker: "w", Settings: Settings{WeeklyCron: "0 16 * * FRI"},
			})
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
			defer cancel()
			if err := b.Run(ctx); err == nil || !strings.Contains(err.Error(), row.want) || strings.Contains(err.Error(), row.bot) {
				t.Errorf("Run says %v, want %q", err, row.want)
			}
		})
	}
}

func TestAStopFinishesWhatItHolds(t *testing.T) {
	t.Parallel()
	begun, late, finish := make(chan struct{}), make(chan struct{}), make(chan struct{})
	slow := word("zslow", func(Command) (Reply, error) {
		close(begun)
		<-finish
		return Say("finished"), nil
	})
	quick := word("zlate", func(Command) (Reply, error) {
		close(late)
		return Say("in time"), nil
	})
	w := newWorld(t, monday(t, 10, 0), nil, withRoutes(Routes{Commands: append(slow.Commands, quick.Commands...)}))
	answered := make(chan error, 2)
	ask := func(who, command, want string) {
		got, err := w.slack.Person(who).In("C00000002").Command("/prospect " + command)
		if err == nil && (len(got.Shown) != 1 || got.Shown[0].Text != want) {
			err = context.Canceled
		}
		answered <- err
	}
	go ask("ada", "zslow", "finished")
	<-begun
	stopped := make(chan struct{})
	go func() { w.halt(); close(stopped) }()
	w.until("it is about to stop", w.bot.links.stopping)
	go ask("max", "zlate", "in time") // Slack gives it to nobody else
	<-late
	close(finish)
	<-stopped
	for range 2 {
		if err := <-answered; err != nil {
			t.Errorf("what had reached it was not answered: %v", err)
		}
	}
}
