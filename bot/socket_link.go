package bot

import (
	"encoding/json"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// envelope is one delivery of Slack; the payload is kept as it came.
type envelope struct {
	ID       string          `json:"envelope_id"`
	Type     string          `json:"type"`
	Payload  json.RawMessage `json:"payload"`
	Reason   string          `json:"reason"` // of disconnect
	Retry    int             `json:"retry_attempt"`
	NumConns int             `json:"num_connections"` // of hello
}

// link is one socket.
type link struct {
	l     *links
	conn  *websocket.Conn
	wmu   sync.Mutex
	said  []*acked      // acknowledgements written lately; under wmu
	dead  *time.Timer   // closes the socket when it stays silent for too long
	hello chan struct{} // closed at the greeting
	leave chan string   // the reason of the first disconnect frame
	gone  chan struct{} // closed when the reader ended
	once  sync.Once
}

// alive notes a sign of life from the other end.
func (k *link) alive() { k.dead.Reset(k.l.deadAfter) }

// read takes frames until the socket ends. It only decodes and hands over, so
// that a slow handler never keeps it from the next frame.
func (k *link) read() {
	defer k.l.wg.Done()
	defer k.end()
	for {
		kind, raw, err := k.conn.ReadMessage()
		if err != nil {
			return
		}
		k.alive()
		if kind != websocket.TextMessage {
			continue
		}
		e, err := readEnvelope(raw)
		if err != nil {
			k.l.b.Log.WithField("bytes", len(raw)).Warn("a frame from Slack could not be read")
			continue
		}
		switch e.Type {
		case "hello":
			k.greeted(e)
		case "disconnect":
			select {
			case k.leave <- e.Reason:
			default: // the warning was followed by the refresh; we are leaving already
			}
		default:
			if e.ID != "" {
				k.l.b.take(e, k)
			}
		}
	}
}

func (k *link) greeted(e envelope) {
	b := k.l.b
	b.health.note(func(h *Health) {
		h.LastHello, h.NumConnections, h.Trouble = b.now(), e.NumConns, ""
		h.Links++
	})
	b.Log.WithField("connections", e.NumConns).Info("connected to Slack")
	k.once.Do(func() { close(k.hello) })
	k.l.catchUp(k)
	b.health.hello()
}

// end forgets the link once its reader stopped.
func (k *link) end() {
	k.dead.Stop()
	k.conn.Close()
	k.l.mu.Lock()
	for i, o := range k.l.all {
		if o == k {
			k.l.all = append(k.l.all[:i], k.l.all[i+1:]...)
			break
		}
	}
	k.l.mu.Unlock()
	select {
	case <-k.hello:
		k.l.b.health.note(func(h *Health) { h.Links-- })
	default:
	}
	close(k.gone)
	k.l.again(k.lately())
}

// lately are the acknowledgements that Slack may not have read.
func (k *link) lately() []*acked {
	k.wmu.Lock()
	defer k.wmu.Unlock()
	said := k.said
	k.said = nil
	return said
}

// ping tells the other end, and every NAT between, that we are here; without
// an answer in time the dead timer closes the socket.
func (k *link) ping() {
	defer k.l.wg.Done()
	t := time.NewTicker(k.l.pingEvery)
	defer t.Stop()
	for {
		select {
		case <-k.gone:
			return
		case <-t.C:
			if k.write(websocket.PingMessage, nil) != nil {
				k.conn.Close()
				return
			}
		}
	}
}

// write sends one frame. A socket that does not take it within two seconds is
// dead and is closed, which also ends the write.
func (k *link) write(kind int, data []byte) error {
	k.wmu.Lock()
	defer k.wmu.Unlock()
	return k.send(kind, data)
}

// send is write under wmu.
func (k *link) send(kind int, data []byte) error {
	stuck := time.AfterFunc(2*time.Second, func() { k.conn.Close() })
	defer stuck.Stop()
	return k.conn.WriteMessage(kind, data)
}

// say writes an acknowledgement and remembers it while Slack waits for it.
func (k *link) say(a *acked) error {
	k.wmu.Lock()
	defer k.wmu.Unlock()
	if err := k.send(websocket.TextMessage, a.raw); err != nil {
		return err
	}
	for len(k.said) > 0 && k.said[0].late.Load() {
		k.said = k.said[1:]
	}
	k.said = append(k.said, a)
	return nil
}

// bye says goodbye and then hears out what Slack sent before it understood.
func (k *link) bye() {
	_ = k.write(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""))
	t := time.NewTimer(hearOut)
	defer t.Stop()
	select {
	case <-k.gone:
	case <-t.C:
	}
	k.conn.Close()
}
