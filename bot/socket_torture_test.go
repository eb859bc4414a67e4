package bot

import (
	"context"
	"flag"
	"fmt"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"github.com/prospectcoach/prospectcoach/bot/localslack"
)

var (
	refreshes = flag.Int("refreshes", 12, "how often the sockets are refreshed or dropped in the socket experiment")
	halfOpens = flag.Int("half-opens", 1, "how often a socket is left half open; more than once tries slack-go's client beside it")
	perSecond = flag.Int("per-second", 50, "commands a second in the socket experiment")
)

// side is one client of Socket Mode under the experiment's faults.
type side struct {
	name  string
	slack *localslack.Server

	mu   sync.Mutex
	did  map[string]bool   // commands that the program carried out
	ends map[string]string // what the person was told: "" is an answer, else Slack's own code
}

func newSide(name string, s *localslack.Server) *side {
	return &side{name: name, slack: s, did: map[string]bool{}, ends: map[string]string{}}
}

func (s *side) carry(n string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.did[n] = true
}

// ask types one command and keeps what the person was told.
func (s *side) ask(who string, n int) {
	_, err := s.slack.Person(who).In("C00000002").Command(fmt.Sprintf("/prospect zebra %d", n))
	code := ""
	if err != nil {
		code = err.(*localslack.Trouble).Code
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ends[fmt.Sprint(n)] = code
}

// tally is what became of the commands of one side.
type tally struct {
	asked, answered int
	nowhere         int // Slack had no socket to send them on, and says so at once
	dead            int // sent into a socket that was dying; nothing of theirs happened
	unanswered      int // carried out, but the person was told that nothing came
}

func (s *side) count() (t tally) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for n, code := range s.ends {
		t.asked++
		switch {
		case code == "":
			t.answered++
		case code == "dispatch_failed":
			t.nowhere++
		case s.did[n]:
			t.unanswered++
		default:
			t.dead++
		}
	}
	return t
}

func (t tally) String() string {
	return fmt.Sprintf("%d asked, %d answered, %d found no socket, %d sent into a dead socket without effect, %d carried out and unanswered",
		t.asked, t.answered, t.nowhere, t.dead, t.unanswered)
}

// baseline is a program that does what slack-go's own client is made for:
// read, carry out, acknowledge.
func baseline(t *testing.T) *side {
	s := localslack.New(localslack.Options{
		Now: time.Now, Team: localslack.Team{ID: "T1", Name: "Northwind", Domain: "northwind"},
		Users: []localslack.User{{ID: "U1", Name: "ada"}, {ID: "U2", Name: "max"}, {ID: "U6", Name: "eve"}},
		Channels: []localslack.Channel{
			{ID: "C00000002", Name: "random", Members: []string{"U1", "U2", "U6"}},
		},
		App: localslack.App{
			ID: "A1", Name: "Coach", BotUserID: "UBOT", Command: "/prospect", BotToken: "xoxb-1", AppToken: "xapp-1", SocketMode: true, Scopes: []string{"commands"},
		},
		PingEvery: time.Second, WarningTime: time.Second,
	})
	srv := httptest.NewServer(s.Handler())
	s.SetURL(srv.URL)
	out := newSide("slack-go's client", s)
	ctx, cancel := context.WithCancel(context.Background())
	client := socketmode.New(slack.New("xoxb-1", slack.OptionAppLevelToken("xapp-1"), slack.OptionAPIURL(srv.URL+"/api/")))
	var running sync.WaitGroup
	running.Go(func() { _ = client.RunContext(ctx) })
	running.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-client.Events:
				cmd, ok := e.Data.(slack.SlashCommand)
				if !ok || e.Request == nil {
					continue
				}
				var n string
				_, _ = fmt.Sscanf(cmd.Text, "zebra %s", &n)
				out.carry(n)
				_ = client.AckCtx(ctx, e.Request.EnvelopeID, map[string]any{"text": "in"})
			}
		}
	})
	t.Cleanup(func() { s.Close(); cancel(); running.Wait(); srv.Close() })
	for s.Connections() == 0 {
		<-time.After(10 * time.Millisecond)
	}
	return out
}

// ours is the program's own socket, from the frame to the acknowledgement.
func ours(t *testing.T) (*side, *world) {
	var out *side
	var made sync.WaitGroup
	made.Add(1)
	w := newWorld(t, monday(t, 10, 0), nil, withRoutes(word("zebra", func(c Command) (Reply, error) {
		made.Wait()
		out.carry(c.Text)
		return Say("in"), nil
	})))
	out = newSide("ours", w.slack)
	made.Done()
	w.slack.SetIdle(nil) // a command is over with its acknowledgement, as on the other side
	return out, w
}

// The sockets are refreshed, with a warning and without, and reset, under a
// steady load of commands, for our socket and for slack-go's own client at the
// same moments. What reached our process is answered, all of it; what Slack
// sent into a socket that was dying never happened.
func TestTorture_SocketsThatComeAndGo(t *testing.T) {
	t.Parallel()
	mine, w := ours(t)
	theirs := baseline(t)
	sides := []*side{mine, theirs}
	ctx, enough := context.WithCancel(t.Context())
	defer enough()
	var asking sync.WaitGroup
	asking.Go(func() {
		beat := time.NewTicker(time.Second / time.Duration(*perSecond))
		defer beat.Stop()
		for n := 0; ctx.Err() == nil; n++ {
			<-beat.C
			for _, s := range sides {
				asking.Go(func() { s.ask([]string{"ada", "max", "eve"}[n%3], n) })
			}
		}
	})
	faults := map[string]int{}
	for i := range *refreshes {
		what := []string{"refresh after a warning", "refresh", "reset"}[i%3]
		faults[what]++
		for _, s := range sides {
			switch what {
			case "refresh":
				s.slack.Faults().Refresh(false)
			case "reset":
				s.slack.Faults().Drop()
			default:
				s.slack.Faults().Refresh(true)
			}
		}
		<-time.After(500 * time.Millisecond)
	}
	enough()
	asking.Wait()
	w.bot.Idle(t.Context())

	got := mine.count()
	t.Logf("%v at %d commands a second", faults, *perSecond)
	for _, s := range sides {
		t.Logf("%-18s %s", s.name+":", s.count())
	}
	read := envelopesRead(t, w.bot, "slash_commands")
	carried := len(mine.did)
	t.Logf("our process read %d commands and carried out %d", read, carried)
	if read != carried {
		t.Errorf("%d commands reached our process and were not carried out", read-carried)
	}
	if got.unanswered > 0 {
		t.Errorf("%d commands were carried out and not answered", got.unanswered)
	}
	if got.answered == 0 || got.asked != got.answered+got.nowhere+got.dead+got.unanswered {
		t.Errorf("the count is off: %s", got)
	}
}

// envelopesRead is the figure of the operator's page: envelopes of that type.
func envelopesRead(t *testing.T, b *Bot, typ string) (n int) {
	t.Helper()
	families, err := b.Registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() != "prospectcoach_envelopes_total" {
			continue
		}
		for _, m := range f.GetMetric() {
			if m.GetLabel()[0].GetValue() == typ {
				n = int(m.GetCounter().GetValue())
			}
		}
	}
	return n
}

// A socket whose other end has silently gone is noticed, and another one asked
// for, within fifteen seconds, by the program's own deadlines.
func TestTorture_AHalfOpenSocketIsNoticed(t *testing.T) {
	t.Parallel()
	mine, _ := ours(t)
	sides := []*side{mine}
	if *halfOpens > 1 {
		sides = append(sides, baseline(t))
	}
	for range *halfOpens {
		var noticed sync.WaitGroup
		for _, s := range sides {
			before, since := s.slack.Calls("apps.connections.open"), time.Now()
			s.slack.Faults().HalfOpen()
			noticed.Go(func() {
				look := time.NewTicker(20 * time.Millisecond)
				defer look.Stop()
				for s.slack.Calls("apps.connections.open") == before {
					select {
					case <-look.C:
					case <-t.Context().Done():
						return
					}
				}
				took := time.Since(since)
				t.Logf("%-18s noticed after %.1f s", s.name+":", took.Seconds())
				if s == mine && took > 15*time.Second {
					t.Errorf("a half-open socket was noticed after %s", took)
				}
			})
		}
		noticed.Wait()
		for _, s := range sides {
			s.slack.Faults().Reap()
			for s.slack.Connections() == 0 {
				<-time.After(20 * time.Millisecond)
			}
		}
	}
}
