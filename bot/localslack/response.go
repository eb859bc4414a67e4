package localslack

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"
)

// responseURL is one response_url: five uses within thirty minutes
// (docs.slack.dev/interactivity/handling-user-interaction, "Message responses").
type responseURL struct {
	channel, user string
	original      *Message // the message acted on; nil for a command
	made          time.Time
	uses          int
}

const (
	responseUses = 5
	responseLife = 30 * time.Minute
)

// newResponse hands out a response_url.
func (s *Server) newResponse(r responseURL) string {
	r.made = s.opt.Now()
	key := secret()
	s.responses[key] = &r
	return s.base + "/response/" + s.opt.Team.ID + "/" + key
}

// reply is a message the app answers with, in an ack or to a response_url.
type reply struct {
	Text         *string         `json:"text"`
	Blocks       json.RawMessage `json:"blocks"`
	Attachments  json.RawMessage `json:"attachments"`
	Metadata     json.RawMessage `json:"metadata"`
	ResponseType string          `json:"response_type"`
	Replace      bool            `json:"replace_original"`
	Delete       bool            `json:"delete_original"`
	ThreadTS     string          `json:"thread_ts"`
}

func (s *Server) serveResponse(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	f := s.faults.take(r.Context(), "response_url")
	if f != nil && f.beforeEffect(w) {
		return
	}
	status, body := http.StatusBadRequest, "invalid_payload"
	if err == nil && r.Method == http.MethodPost {
		status, body = s.respond(r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:], raw)
	}
	if f != nil && f.afterEffect(w) {
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

// respond carries out what was sent to a response_url.
func (s *Server) respond(key string, raw []byte) (int, string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls["response_url"]++
	ru := s.responses[key]
	switch {
	case ru == nil:
		return http.StatusNotFound, `{"ok":false,"error":"invalid_url"}`
	case s.opt.Now().Sub(ru.made) > responseLife:
		return http.StatusNotFound, `{"ok":false,"error":"expired_url"}`
	case ru.uses >= responseUses:
		return http.StatusNotFound, `{"ok":false,"error":"used_url"}`
	}
	var in reply
	if json.Unmarshal(raw, &in) != nil {
		s.violate("response_url: body is no JSON object")
		return http.StatusBadRequest, "invalid_payload"
	}
	if ref := s.apply(ru, in); ref != nil {
		s.violate("response_url: %s", ref.Error())
		return http.StatusBadRequest, ref.code
	}
	ru.uses++
	return http.StatusOK, "ok"
}

// readReply checks the content of an answer.
func (s *Server) readReply(in reply) (draft, *refusal) {
	d := draft{hasBlocks: len(in.Blocks) > 0, hasAttach: len(in.Attachments) > 0, attachments: in.Attachments, metadata: in.Metadata}
	if in.Text != nil {
		if utf8.RuneCountInString(*in.Text) > postTextMax {
			return d, refuse("msg_too_long")
		}
		d.text = s.rewriteText(*in.Text)
	}
	if len(in.Blocks) > 0 && string(in.Blocks) != "null" {
		blocks, ref := s.readBlocks(in.Blocks, inMessage)
		if ref != nil {
			return d, ref
		}
		d.blocks = blocks
	}
	if string(in.Attachments) == "null" || string(in.Attachments) == "[]" {
		d.attachments = nil
	}
	if len(in.Metadata) > 0 {
		if ref := checkMetadata(in.Metadata); ref != nil {
			return d, ref
		}
	}
	return d, nil
}

// apply posts, replaces or deletes as an answer asks. A response_url may post
// where the app is no member, is ephemeral unless in_channel, and cannot turn an
// ephemeral message into one for all
// (docs.slack.dev/interactivity/handling-user-interaction).
func (s *Server) apply(ru *responseURL, in reply) *refusal {
	conv := s.convs[ru.channel]
	if conv == nil {
		return refuse("channel_not_found")
	}
	if in.Delete {
		if ru.original == nil || ru.original.Deleted {
			return refuse("message_not_found")
		}
		s.remove(conv, ru.original)
		return nil
	}
	d, ref := s.readReply(in)
	if ref != nil {
		return ref
	}
	if d.empty() {
		return refuse("no_text")
	}
	if in.Replace && ru.original != nil {
		if ru.original.Deleted {
			return refuse("message_not_found")
		}
		d.hasBlocks = true // Replacing leaves nothing of the old content.
		d.hasAttach = true
		s.rewrite(conv, ru.original, d, true)
		return nil
	}
	m := s.fromApp(conv, d)
	m.ThreadTS = in.ThreadTS
	if in.ResponseType != "in_channel" {
		m.EphemeralFor = ru.user
	}
	s.post(conv, m)
	if ru.original == nil {
		ru.original = m // replace_original after a command means the answer before.
	}
	return nil
}
