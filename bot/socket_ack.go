package bot

import (
	"encoding/json"
	"fmt"
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
	l.unheard = append(l.unheard, frames...)
	time.AfterFunc(slackWaits, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.unheard = l.unheard[min(len(frames), len(l.unheard)):]
	})
}

// catchUp sends on a new link what no other could say.
func (l *links) catchUp(k *link) {
	l.mu.Lock()
	frames := l.unheard
	l.unheard = nil
	l.mu.Unlock()
	for _, raw := range frames {
		if k.write(websocket.TextMessage, raw) != nil {
			return // its end brings them to the next
		}
	}
}
