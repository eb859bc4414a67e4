package bot

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
)

// slackWaits is how long Slack waits for an acknowledgement; a later one is
// ignored, and so is a second one.
const slackWaits = 3 * time.Second

// ack answers an envelope on the link that brought it, else on a sibling, else
// on the next link that opens in time. It fails only for a message, which can
// still go another way.
func (l *links) ack(id string, payload any, from *link) error {
	raw, err := ackFrame(id, payload)
	if err != nil {
		return err
	}
	if err = from.write(websocket.TextMessage, raw); err == nil {
		return nil
	}
	if l.sibling(raw) {
		return nil
	}
	switch payload.(type) {
	case nil, *slack.ViewSubmissionResponse: // a form's answer has no other way
		l.again([][]byte{raw})
		return nil
	}
	if bare, err := ackFrame(id, nil); err == nil {
		l.again([][]byte{bare})
	}
	return fmt.Errorf("acknowledging: %w", err)
}

func ackFrame(id string, payload any) ([]byte, error) {
	if ready, ok := payload.(json.RawMessage); ok {
		name, err := json.Marshal(id)
		if err != nil {
			return nil, fmt.Errorf("drawing an acknowledgement: %w", err)
		}
		raw := make([]byte, 0, len(name)+len(ready)+40)
		raw = append(append(raw, `{"envelope_id":`...), name...)
		raw = append(append(raw, `,"payload":`...), ready...)
		return append(raw, '}'), nil
	}
	raw, err := json.Marshal(struct {
		ID      string `json:"envelope_id"`
		Payload any    `json:"payload,omitempty"`
	}{id, payload})
	if err != nil {
		return nil, fmt.Errorf("drawing an acknowledgement: %w", err)
	}
	return raw, nil
}

// sibling writes the frame on any open link; false when none takes it.
func (l *links) sibling(raw []byte) bool {
	l.mu.Lock()
	open := append([]*link(nil), l.all...)
	l.mu.Unlock()
	for _, k := range open {
		if k.write(websocket.TextMessage, raw) == nil {
			return true
		}
	}
	return false
}

// again acknowledges once more what was written on a link that broke: the
// system takes a frame as written that a dead connection then swallows, and
// the person would be told that nothing came though it is done. Without an
// open link the frames wait for the next, as long as Slack waits for them.
func (l *links) again(frames [][]byte) {
	for len(frames) > 0 && l.sibling(frames[0]) {
		frames = frames[1:]
	}
	if len(frames) == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	l.keep(frames)
}

// keep lets frames wait for the next link, as long as Slack waits for them.
// The caller holds mu.
func (l *links) keep(frames [][]byte) {
	for _, raw := range frames {
		w := &waiting{raw: raw}
		l.unheard = append(l.unheard, w)
		time.AfterFunc(slackWaits, func() { // whichever link takes it, Slack has stopped waiting
			l.mu.Lock()
			defer l.mu.Unlock()
			l.unheard = slices.DeleteFunc(l.unheard, func(o *waiting) bool { return o == w })
		})
	}
}

// waiting is an acknowledgement for which no link is open.
type waiting struct{ raw []byte }

// catchUp sends on a new link what no other could say. What it does not take
// waits for the next; what it took and swallows, its end brings there.
func (l *links) catchUp(k *link) {
	l.mu.Lock()
	frames := l.unheard
	l.unheard = nil
	l.mu.Unlock()
	for i, w := range frames {
		if k.write(websocket.TextMessage, w.raw) != nil {
			l.mu.Lock()
			l.unheard = append(l.unheard, frames[i:]...)
			l.mu.Unlock()
			return
		}
	}
}
