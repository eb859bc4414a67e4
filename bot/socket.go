package bot

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"github.com/sirupsen/logrus"
)

// links holds the open sockets: usually one, two while one takes over.
type links struct {
	b      *Bot
	mu     sync.Mutex
	all    []*link
	closed bool // no new socket is opened
	wg     sync.WaitGroup

	unheard []*acked // acknowledgements that wait for the next link

	pingEvery, deadAfter, drain, slow time.Duration
}

func newLinks(b *Bot) *links {
	return &links{b: b, pingEvery: 5 * time.Second, deadAfter: 12 * time.Second, drain: 10 * time.Second, slow: time.Minute}
}

// run keeps one good socket up until ctx ends. It returns an error only when
// Slack will never let us in and never has.
func (l *links) run(ctx context.Context) error {
	var current *link
	defer l.shut()
	ever := false
	for refused, broken := 0, 0; ctx.Err() == nil; { // one after the other
		next, err := l.open(ctx)
		if err != nil {
			if ctx.Err() != nil {
				break
			}
			refused++
			if say, hopeless := fatal(err); hopeless {
				l.b.health.note(func(h *Health) { h.Trouble = say })
				if !ever {
					return errors.New(say)
				}
				l.b.Log.Error(say)
				_ = sleep(ctx, l.slow)
				continue
			}
			if say, known := turnedAway(err); known {
				l.told(say)
				_ = sleep(ctx, l.slow)
				continue
			}
			wait := backoff(refused)
			if d, limited := retryAfter(err); limited {
				wait = d
			}
			l.b.Log.WithError(hideURL(err)).WithField("again_in", wait.Round(time.Millisecond)).Warn("no socket to Slack")
			_ = sleep(ctx, wait)
			continue
		}
		if current != nil {
			l.retire(current)
		}
		current, ever, refused = next, true, 0
		reason := l.watch(ctx, current)
		switch reason {
		case "": // it broke, or we stop
			if ctx.Err() == nil {
				broken++
				l.b.Log.Warn("socket to Slack broke, opening another")
				// Slack let us in a moment ago: whoever waits for an answer is
				// not kept waiting by a caution that is meant for a closed door.
				_ = sleep(ctx, min(backoff(broken-1), breakWait))
			}
			current = nil
		case "link_disabled", "too_many_websockets":
			l.told(disconnectSays[reason])
			l.retire(current)
			current = nil
			_ = sleep(ctx, l.slow)
		default:
			broken = 0
			l.b.Log.WithField("reason", reason).Info("Slack refreshes the socket, opening the next one first")
		}
	}
	return nil
}

var disconnectSays = map[string]string{
	"link_disabled":       "Socket Mode was switched off for this app; switch it on under Settings, Socket Mode",
	"too_many_websockets": "Slack counts more than ten connections of this app; stop the other processes that use its token",
}

// sentAway is Slack's reason for ending a socket before its greeting.
type sentAway string

func (r sentAway) Error() string { return "Slack said " + string(r) }

// turnedAway is what to say when Slack ended a new socket for a reason that
// trying again at once does not mend.
func turnedAway(err error) (say string, known bool) {
	var reason sentAway
	if errors.As(err, &reason) {
		say, known = disconnectSays[string(reason)]
	}
	return say, known
}

// told says a trouble once, to the log and to whoever asks how we are.
func (l *links) told(say string) {
	l.b.health.note(func(h *Health) { h.Trouble = say })
	l.b.Log.Error(say)
}

// watch waits until the socket breaks ("") or Slack asks to leave it.
func (l *links) watch(ctx context.Context, k *link) string {
	select {
	case <-ctx.Done():
	case <-k.gone:
	case reason := <-k.leave:
		return reason
	}
	return ""
}

// breakWait is the longest wait after a socket that was greeted broke. It must
// leave room within the time that Slack waits for an acknowledgement.
const breakWait = time.Second

// backoff is how long to wait after so many failures, with jitter: at once,
// then 0.2 s doubling up to half a minute.
func backoff(fails int) time.Duration {
	if fails <= 0 {
		return 0
	}
	d := min(200*time.Millisecond<<min(fails-1, 8), 30*time.Second)
	return d/2 + rand.N(d/2)
}

// open asks Slack for an address, dials it and waits for the greeting.
func (l *links) open(ctx context.Context) (*link, error) {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	_, url, err := l.b.api.StartSocketModeContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("asking for a socket: %w", err)
	}
	// Slack drops fragmented frames, so the write buffer holds the largest ack.
	dialer := websocket.Dialer{Proxy: http.ProxyFromEnvironment, HandshakeTimeout: 10 * time.Second, WriteBufferSize: 32 << 10}
	conn, res, err := dialer.DialContext(ctx, url, nil)
	if err != nil {
		if res != nil {
			return nil, fmt.Errorf("opening the socket: Slack answered %s", res.Status)
		}
		return nil, fmt.Errorf("opening the socket: %w", hideURL(err))
	}
	k := &link{l: l, conn: conn, hello: make(chan struct{}), leave: make(chan string, 1), gone: make(chan struct{})}
	k.dead = time.AfterFunc(l.deadAfter, func() { conn.Close() })
	conn.SetReadLimit(16 << 20)
	conn.SetPongHandler(func(string) error { k.alive(); return nil })
	conn.SetPingHandler(func(data string) error {
		k.alive()
		return k.write(websocket.PongMessage, []byte(data))
	})
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		conn.Close()
		return nil, context.Canceled
	}
	l.all = append(l.all, k)
	l.wg.Add(2)
	l.mu.Unlock()
	go k.read()
	go k.ping()
	select {
	case <-k.hello:
		return k, nil
	case reason := <-k.leave:
		conn.Close()
		return nil, fmt.Errorf("opening the socket: %w", sentAway(reason))
	case <-k.gone:
		return nil, errors.New("opening the socket: it closed before the greeting")
	case <-ctx.Done():
		conn.Close()
		return nil, fmt.Errorf("opening the socket: %w", ctx.Err())
	}
}

// retire lets an old socket deliver what is still on its way, then closes it
// for certain: half-open sockets would go on receiving people's clicks.
func (l *links) retire(k *link) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	l.wg.Add(1)
	go func() {
		defer l.wg.Done()
		t := time.NewTimer(l.drain)
		defer t.Stop()
		select {
		case <-k.gone:
		case <-t.C:
			k.bye()
		}
	}()
}

// How long a goodbye waits for Slack's, and a stop for what came meanwhile.
const (
	hearOut    = time.Second
	lastMoment = 2 * time.Second
)

// shut closes all sockets once run ended. Until the held work is done, what
// Slack still delivers is work like any other: it reached us, and nobody else
// will get it. What came in the very last moment is carried out too; its
// answer then goes through the response_url.
func (l *links) shut() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.b.lanes.wait(finishWithin)
	l.mu.Lock()
	all := append([]*link(nil), l.all...)
	l.mu.Unlock()
	for _, k := range all {
		k.bye()
	}
	l.wg.Wait()
	l.b.lanes.wait(lastMoment)
	l.b.Log.WithFields(logrus.Fields{"sockets": len(all)}).Info("sockets to Slack closed")
}

// stopping tells whether the program is about to end.
func (l *links) stopping() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.closed
}
