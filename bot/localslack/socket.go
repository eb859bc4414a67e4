package localslack

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"

	"github.com/gorilla/websocket"
)

// maxLinks is how many connections an app may have open
// (docs.slack.dev/apis/events-api/using-socket-mode, "Using multiple connections").
const maxLinks = 10

// writeWait is how long a frame may take to be written, in real time.
const writeWait = 10 * time.Second

// link is one Socket Mode connection. All fields but ws are guarded by Server.mu.
type link struct {
	s        *Server
	ws       *websocket.Conn
	queue    [][]byte
	wake     chan struct{}
	done     chan struct{}
	dead     bool
	mute     bool // half open: see Faults.HalfOpen
	draining bool // told to refresh; gets envelopes only while there is no other
	last     bool // close when the queue is written
	life     *time.Timer
}

// appsConnectionsOpen follows docs.slack.dev/reference/methods/apps.connections.open.
func (s *Server) appsConnectionsOpen(c *call) (answer, *refusal) {
	if !s.app.SocketMode {
		return nil, refuse("forbidden_team")
	}
	key := secret()
	s.tickets[key] = true
	url := "ws" + c.base[len("http"):] + "/link?ticket=" + key + "&app_id=" + s.app.ID
	return answer{"url": url}, nil
}

// serveLink upgrades a request with a good ticket and reads its frames until the end.
func (s *Server) serveLink(w http.ResponseWriter, r *http.Request) {
	key := r.URL.Query().Get("ticket")
	s.mu.Lock()
	ok := s.tickets[key]
	delete(s.tickets, key) // The URL is good for one connection.
	ok = ok && !s.closed && s.app.SocketMode
	if ok {
		s.work.Add(2)
	}
	s.mu.Unlock()
	if !ok {
		http.Error(w, "invalid ticket", http.StatusForbidden)
		return
	}
	sniff := &sniffer{ResponseWriter: w}
	// The single-use ticket is the proof; slack-go names api.slack.com as Origin.
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := up.Upgrade(sniff, r, nil)
	if err != nil {
		s.work.Add(-2)
		return
	}
	life := 18060
	if r.URL.Query().Get("debug_reconnects") == "true" {
		life = 360
	}
	l := &link{s: s, ws: ws, wake: make(chan struct{}, 1), done: make(chan struct{})}
	s.register(l, life)
	go l.write()
	l.read(sniff)
}

// register adds the connection and greets it, or turns it away when there are
// ten already.
func (s *Server) register(l *link, life int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		l.kill()
		return
	}
	if len(s.conns) >= maxLinks {
		l.sendLast(disconnectFrame("too_many_websockets"))
		return
	}
	s.conns = append(s.conns, l)
	hello, _ := json.Marshal(map[string]any{
		"type": "hello", "num_connections": len(s.conns), "connection_info": map[string]any{"app_id": s.app.ID},
		"debug_info": map[string]any{"host": "applink-local", "build_number": 1, "approximate_connection_time": life},
	})
	l.send(hello)
	l.life = time.AfterFunc(time.Duration(life)*time.Second, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		l.refresh() // Slack renews its connections every few hours.
	})
	s.changed(Change{Kind: ChangeSocket})
}

func (s *Server) unregister(l *link) {
	if i := slices.Index(s.conns, l); i >= 0 {
		s.conns = slices.Delete(s.conns, i, i+1)
		s.changed(Change{Kind: ChangeSocket})
	}
}

// Connections says how many sockets Slack counts, dead ones it has not noticed
// included.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.conns)
}

// pick chooses the one connection an envelope goes to: any, at random, since
// Slack promises no distribution. A draining one is taken only when it is alone.
func (s *Server) pick() *link {
	var open, draining []*link
	for _, l := range s.conns {
		if l.draining {
			draining = append(draining, l)
		} else {
			open = append(open, l)
		}
	}
	if len(open) == 0 {
		open = draining
	}
	if len(open) == 0 {
		return nil
	}
	return open[rand.IntN(len(open))]
}

func disconnectFrame(reason string) []byte {
	frame, _ := json.Marshal(map[string]any{"type": "disconnect", "reason": reason, "debug_info": map[string]any{"host": "applink-local"}})
	return frame
}

// refresh asks the app to come back on a new connection. The old one stays open
// for another WarningTime, since what was sent on it may still be answered.
func (l *link) refresh() {
	if l.dead || l.draining {
		return
	}
	l.draining = true
	l.send(disconnectFrame("refresh_requested"))
	time.AfterFunc(l.s.opt.WarningTime, func() {
		l.s.mu.Lock()
		defer l.s.mu.Unlock()
		l.s.unregister(l)
		l.kill()
	})
}

// send queues a frame; the lock is held and nothing here waits.
func (l *link) send(frame []byte) {
	if l.dead || l.mute {
		return
	}
	l.queue = append(l.queue, frame)
	l.poke()
}

// sendLast queues a frame after which the connection is closed.
func (l *link) sendLast(frame []byte) {
	l.send(frame)
	l.last = true
	l.poke()
}

func (l *link) poke() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// kill closes the connection at once; the lock is held.
func (l *link) kill() {
	if !l.dead {
		l.dead = true
		if l.life != nil {
			l.life.Stop()
		}
		close(l.done)
		_ = l.ws.Close()
	}
}

// write sends what is queued, and the pings.
func (l *link) write() {
	defer l.s.work.Done()
	ping := time.NewTicker(l.s.opt.PingEvery)
	defer ping.Stop()
	for {
		select {
		case <-l.done:
			return
		case <-l.wake:
		case <-ping.C:
			l.s.mu.Lock()
			mute := l.mute
			l.s.mu.Unlock()
			if !mute {
				_ = l.ws.WriteControl(websocket.PingMessage, []byte("Ping from applink-local"), time.Time{})
			}
			continue
		}
		l.s.mu.Lock()
		frames, last := l.queue, l.last
		l.queue = nil
		l.s.mu.Unlock()
		for _, f := range frames {
			// A peer that does not read must not hold the writer for ever.
			stuck := time.AfterFunc(writeWait, func() { _ = l.ws.NetConn().Close() })
			err := l.ws.WriteMessage(websocket.TextMessage, f)
			stuck.Stop()
			if err != nil {
				break // The reader sees the end of the connection too.
			}
		}
		if last {
			_ = l.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), time.Time{})
			l.s.mu.Lock()
			l.kill()
			l.s.mu.Unlock()
			return
		}
	}
}

// read hands every frame of the app to the envelopes until the connection ends.
func (l *link) read(sniff *sniffer) {
	defer l.s.work.Done()
	defer func() {
		l.s.mu.Lock()
		defer l.s.mu.Unlock()
		l.s.unregister(l)
		l.kill()
	}()
	l.ws.SetPingHandler(func(data string) error {
		l.s.mu.Lock()
		mute := l.mute
		l.s.mu.Unlock()
		if mute {
			return nil
		}
		_ = l.ws.WriteControl(websocket.PongMessage, []byte(data), time.Time{})
		return nil
	})
	for {
		_, data, err := l.ws.ReadMessage()
		if err != nil {
			return
		}
		l.s.acknowledged(l, data, sniff.fragmented())
	}
}
