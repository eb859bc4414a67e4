package bot

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"
)

// slackWaits is how long Slack waits for an acknowledgement; a later one is
// ignored, and so is a second one.
const slackWaits = 3 * time.Second

// acked is an acknowledgement that was said, or is to be.
type acked struct {
	raw  []byte
	late atomic.Bool // Slack has stopped waiting for it
}

func newAcked(raw []byte) *acked {
	a := &acked{raw: raw}
	time.AfterFunc(slackWaits, func() { a.late.Store(true) })
	return a
}

// inTime are those that Slack still waits for.
func inTime(all []*acked) []*acked {
	return slices.DeleteFunc(all, func(a *acked) bool { return a.late.Load() })
}

// ack answers an envelope on the link that brought it, else on a sibling, else
// on the next link that opens in time. It fails only for a message, which can
// still go another way.
func (l *links) ack(id string, payload any, from *link) error {
	raw, err := ackFrame(id, payload)
	if err != nil {
		return err
	}
	a := newAcked(raw)
	if err = from.say(a); err == nil {
		return nil
	}
	if l.sibling(a) {
		return nil
	}
	switch payload.(type) {
	case nil, *slack.ViewSubmissionResponse: // a form's answer has no other way
		l.again([]*acked{a})
		return nil
	}
	if bare, err := ackFrame(id, nil); err == nil {
		l.again([]*acked{newAcked(bare)})
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

// sibling says it on any open link; false when none takes it.
func (l *links) sibling(a *acked) bool {
	l.mu.Lock()
	open := append([]*link(nil), l.all...)
	l.mu.Unlock()
	for _, k := range open {
		if k.say(a) == nil {
			return true
		}
	}
	return false
}

// again acknowledges once more what was written on a link that broke: the
// system takes a frame as written that a dead connection then swallows, and
// the person would be told that nothing came though it is done. Without an
// open link the frames wait for the next, as long as Slack waits for them:
// what is late already goes nowhere, or links that break one after the other
// would hand on all that was ever said.
func (l *links) again(all []*acked) {
	all = inTime(all)
	for len(all) > 0 && l.sibling(all[0]) {
		all = all[1:]
	}
	if len(all) == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.closed {
		l.unheard = inTime(append(l.unheard, all...))
	}
}

// catchUp says on a new link what no other could. What it does not take waits
// for the next; what it took and swallows, its end brings there.
func (l *links) catchUp(k *link) {
	l.mu.Lock()
	all := inTime(l.unheard)
	l.unheard = nil
	l.mu.Unlock()
	for i, a := range all {
		if k.say(a) != nil {
			l.mu.Lock()
			l.unheard = append(l.unheard, all[i:]...)
			l.mu.Unlock()
			return
		}
	}
}
