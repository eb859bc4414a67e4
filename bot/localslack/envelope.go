package localslack

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"
)

// ackMax is the size from which Slack silently drops an acknowledgement
// (slack-go issue 1196, measured against the real Slack).
const ackMax = 20000

// retryAfter are the waits before an event's three further attempts
// (docs.slack.dev/apis/events-api, "Retries"): at once, a minute, five minutes.
var retryAfter = [...]time.Duration{0, time.Minute, 5 * time.Minute}

// pending is an envelope that waits for its acknowledgement.
type pending struct {
	s       *Server
	id      string
	timer   *time.Timer
	done    chan struct{}
	trouble *Trouble
	onAck   func(payload json.RawMessage) *Trouble // lock held
	onLate  func()                                 // lock held
}

// envelope is the frame of docs.slack.dev/apis/events-api/using-socket-mode, "Events".
type envelope struct {
	EnvelopeID   string          `json:"envelope_id"`
	Type         string          `json:"type"`
	Payload      json.RawMessage `json:"payload"`
	Accepts      bool            `json:"accepts_response_payload"`
	RetryAttempt *int            `json:"retry_attempt,omitempty"`
	RetryReason  *string         `json:"retry_reason,omitempty"`
}

// frame is the envelope as it is sent.
func (e envelope) frame() ([]byte, error) {
	payload := e.Payload
	e.Payload = json.RawMessage("0") // the largest part is put in as it is
	head, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	before, after, _ := bytes.Cut(head, []byte(`"payload":0`))
	frame := make([]byte, 0, len(head)+len(payload)+1)
	frame = append(append(append(frame, before...), `"payload":`...), payload...)
	return append(frame, after...), nil
}

// dispatchEnvelope sends an envelope to one open connection and starts its
// deadline. Without a connection it returns nil. The lock is held.
func (s *Server) dispatchEnvelope(e envelope, onAck func(json.RawMessage) *Trouble, onLate func()) *pending {
	l := s.pick()
	if l == nil || s.closed {
		return nil
	}
	e.EnvelopeID = uuid()
	frame, err := e.frame()
	if err != nil {
		s.violate("envelope cannot be encoded: %v", err)
		return nil
	}
	p := &pending{s: s, id: e.EnvelopeID, done: make(chan struct{}), onAck: onAck, onLate: onLate}
	s.pending[p.id] = p
	s.sentEnvelopes[p.id] = struct{}{}
	p.timer = time.AfterFunc(s.opt.AckDeadline, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		p.expire()
	})
	s.route(l, frame)
	return p
}

// route writes the frame, with the disorder the faults ask for.
func (s *Server) route(l *link, frame []byte) {
	f := s.faults
	if f.reorder {
		f.reorder = false
		f.held = &heldFrame{link: l, frame: frame}
		return
	}
	l.send(frame)
	if f.duplicate > 0 {
		f.duplicate--
		if other := s.pick(); other != nil {
			other.send(frame)
		}
	}
	if h := f.held; h != nil {
		f.held = nil
		h.link.send(h.frame)
	}
}

// expire ends the wait for an acknowledgement. Commands and clicks are never
// sent again; the person sees operation_timeout
// (docs.slack.dev/interactivity/implementing-slash-commands).
func (p *pending) expire() {
	if p.s.pending[p.id] != p || p.s.closed {
		return
	}
	delete(p.s.pending, p.id)
	p.timer.Stop()
	p.trouble = &Trouble{Code: "operation_timeout", Say: "The app did not answer in time (operation_timeout)."}
	if p.onLate != nil {
		p.onLate()
	}
	close(p.done)
}

// acknowledged takes a frame of the app's. Any connection may acknowledge what
// another one carried.
func (s *Server) acknowledged(l *link, data []byte, fragmented bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l.mute || s.closed {
		return
	}
	if len(data) >= ackMax || fragmented {
		s.droppedAcks++
		return
	}
	var in struct {
		ID      string          `json:"envelope_id"`
		Payload json.RawMessage `json:"payload"`
	}
	if err := json.Unmarshal(data, &in); err != nil || in.ID == "" {
		s.violate("socket: a frame that is no acknowledgement")
		return
	}
	p := s.pending[in.ID]
	if p == nil {
		_, sent := s.sentEnvelopes[in.ID]
		if _, before := s.sentBefore[in.ID]; !sent && !before {
			s.violate("socket: acknowledgement of an envelope that was never sent")
		}
		return // Late, or for the second time.
	}
	delete(s.pending, in.ID)
	p.timer.Stop()
	if p.onAck != nil {
		p.trouble = p.onAck(in.Payload)
	}
	close(p.done)
}

// DroppedAcks says how many acknowledgements were too large or fragmented.
func (s *Server) DroppedAcks() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.droppedAcks
}

// delivery is one event on its way, with up to four attempts under one event_id.
type delivery struct {
	s       *Server
	payload json.RawMessage
	attempt int
	reason  string
	timer   *time.Timer
	settled chan struct{} // closed after the first attempt, whatever came of it
	once    bool
}

// event delivers an Events API event if the app subscribed to it and one of the
// scopes is granted; otherwise nothing is sent and nil returned. The lock is held.
func (s *Server) event(name string, scopes []string, body map[string]any) *delivery {
	if !slices.Contains(s.app.Events, name) {
		return nil
	}
	if len(scopes) > 0 && !slices.ContainsFunc(scopes, s.hasScope) {
		return nil
	}
	payload, err := written(map[string]any{
		"token": "local", "team_id": s.opt.Team.ID, "api_app_id": s.app.ID, "event": body, "type": "event_callback",
		"event_id": s.id("Ev"), "event_time": s.unix(), "is_ext_shared_channel": s.extShared(body),
		"authorizations": []any{map[string]any{"enterprise_id": nil, "team_id": s.opt.Team.ID, "user_id": s.app.BotUserID, "is_bot": true, "is_enterprise_install": false}},
	})
	if err != nil {
		s.violate("event cannot be encoded: %v", err)
		return nil
	}
	d := &delivery{s: s, payload: payload, settled: make(chan struct{})}
	d.try()
	return d
}

func (s *Server) extShared(body map[string]any) bool {
	id, _ := body["channel"].(string)
	c := s.convs[id]
	return c != nil && c.ExtShared
}

// try makes one attempt; the lock is held.
func (d *delivery) try() {
	attempt, reason := d.attempt, d.reason
	p := d.s.dispatchEnvelope(envelope{Type: "events_api", Payload: d.payload, RetryAttempt: &attempt, RetryReason: &reason},
		func(json.RawMessage) *Trouble { d.settle(); return nil },
		func() { d.failed("timeout") })
	if p == nil {
		d.failed("connection_failed")
	}
}

// failed plans the next attempt, up to the third retry.
func (d *delivery) failed(reason string) {
	d.settle()
	if d.attempt >= len(retryAfter) || d.s.closed {
		return
	}
	wait := retryAfter[d.attempt]
	d.attempt++
	d.reason = reason
	if wait == 0 {
		d.try()
		return
	}
	d.s.waiting[d] = struct{}{}
	d.timer = time.AfterFunc(wait, func() {
		d.s.mu.Lock()
		defer d.s.mu.Unlock()
		if _, still := d.s.waiting[d]; still && !d.s.closed {
			d.stop()
			d.try()
		}
	})
}

func (d *delivery) stop() {
	delete(d.s.waiting, d)
	if d.timer != nil {
		d.timer.Stop()
	}
}

func (d *delivery) settle() {
	if !d.once {
		d.once = true
		close(d.settled)
	}
}

// messageEvent tells the app of a message: message.im, message.channels or
// message.groups (docs.slack.dev/reference/events/message), with the subtypes
// message_changed and message_deleted as Slack shapes them.
func (s *Server) messageEvent(conv *conversation, m *Message, subtype string) *delivery {
	kind, name := "channel", "message.channels"
	switch {
	case conv.im:
		kind, name = "im", "message.im"
	case conv.Private:
		kind, name = "group", "message.groups"
	}
	if !slices.Contains(s.app.Events, name) || !conv.im && !conv.member(s.app.BotUserID) {
		return nil
	}
	body := s.messageJSON(m, true)
	if subtype != "" {
		now := formatTS(s.opt.Now().UnixMicro())
		inner := body
		body = map[string]any{"type": "message", "subtype": subtype, "hidden": true, "ts": now}
		if subtype == "message_changed" {
			body["message"], body["previous_message"] = inner, inner
		} else {
			body["previous_message"], body["deleted_ts"] = inner, m.TS
		}
	}
	body["channel"], body["channel_type"] = conv.ID, kind
	body["event_ts"] = body["ts"]
	return s.event(name, []string{scopeFor(conv, "history")}, body)
}
