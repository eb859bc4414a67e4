package localslack

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
)

// conversationsHistory follows docs.slack.dev/reference/methods/conversations.history:
// newest first, oldest and latest exclusive unless inclusive, threads' replies
// left out, ephemeral messages never in it.
func (s *Server) conversationsHistory(c *call) (answer, *refusal) {
	conv, ref := s.readable(c, "history")
	if ref != nil {
		return nil, ref
	}
	if !conv.im && !conv.member(s.app.BotUserID) {
		return nil, refuse("not_in_channel")
	}
	return s.historyOf(c, conv, "")
}

func (s *Server) conversationsReplies(c *call) (answer, *refusal) {
	conv, ref := s.readable(c, "history")
	if ref != nil {
		return nil, ref
	}
	if !conv.im && !conv.member(s.app.BotUserID) {
		return nil, refuse("not_in_channel")
	}
	ts := c.str("ts")
	if m := conv.byTS[ts]; m == nil || m.EphemeralFor != "" || m.Deleted {
		return nil, refuse("thread_not_found")
	}
	return s.historyOf(c, conv, ts)
}

func (s *Server) historyOf(c *call, conv *conversation, thread string) (answer, *refusal) {
	limit, ok := c.num("limit", 100, 999)
	if !ok {
		return nil, refuse("invalid_limit")
	}
	oldest, latest := int64(0), int64(1)<<62
	if v := c.str("oldest"); v != "" {
		if oldest, ok = parseTS(v); !ok {
			return nil, refuse("invalid_ts_oldest")
		}
	}
	if v := c.str("latest"); v != "" && v != "now" {
		if latest, ok = parseTS(v); !ok {
			return nil, refuse("invalid_ts_latest")
		}
	}
	inclusive := c.flag("inclusive", false)
	var found []*Message
	for _, m := range conv.messages {
		us, _ := parseTS(m.TS)
		in := us > oldest && us < latest || inclusive && (us == oldest || us == latest)
		if thread != "" && m.TS == thread {
			in = true // The parent always comes along.
		}
		reply := m.ThreadTS != "" && m.ThreadTS != m.TS
		if in && !m.Deleted && m.EphemeralFor == "" && (thread == "" && !reply || thread != "" && (m.TS == thread || m.ThreadTS == thread)) {
			found = append(found, m)
		}
	}
	if thread == "" {
		slices.Reverse(found) // Channels newest first, threads oldest first.
	}
	start := 0
	if cur := c.str("cursor"); cur != "" {
		raw, err := base64.StdEncoding.DecodeString(cur)
		at, isNext := strings.CutPrefix(string(raw), "next_ts:")
		if err != nil || !isNext {
			return nil, refuse("invalid_cursor")
		}
		start = slices.IndexFunc(found, func(m *Message) bool { return m.TS == at })
		if start < 0 {
			start = len(found)
		}
	}
	end := min(start+limit, len(found))
	all := c.flag("include_all_metadata", false)
	out := make([]any, 0, end-start)
	for _, m := range found[start:end] {
		out = append(out, s.messageJSON(m, all))
	}
	next := ""
	if end < len(found) {
		next = base64.StdEncoding.EncodeToString([]byte("next_ts:" + found[end].TS))
	}
	ans := answer{"messages": out, "has_more": next != "", "pin_count": 0}
	if next != "" {
		ans["response_metadata"] = cursor(next)
	}
	return ans, nil
}

// messageJSON draws a message as docs.slack.dev/reference/events/message does.
// Without include_all_metadata only the event_type of the metadata comes back
// (docs.slack.dev/messaging/message-metadata).
func (s *Server) messageJSON(m *Message, allMetadata bool) map[string]any {
	j := map[string]any{"type": "message", "ts": m.TS, "text": m.Text, "user": m.User, "team": s.opt.Team.ID}
	if m.SubType != "" {
		j["subtype"] = m.SubType
	}
	if m.BotID != "" {
		j["bot_id"], j["app_id"] = m.BotID, s.app.ID
		j["bot_profile"] = map[string]any{"id": m.BotID, "app_id": s.app.ID, "name": s.app.Name, "deleted": false, "updated": 0, "team_id": s.opt.Team.ID}
	}
	if m.ClientMsgID != "" {
		j["client_msg_id"] = m.ClientMsgID
	}
	if m.ThreadTS != "" {
		j["thread_ts"] = m.ThreadTS
		s.threadInfo(m, j)
	}
	if len(m.Blocks) > 0 {
		j["blocks"] = m.Blocks
	}
	if len(m.Attachments) > 0 {
		j["attachments"] = m.Attachments
	}
	if m.EditedTS != "" {
		j["edited"] = map[string]any{"user": m.EditedBy, "ts": m.EditedTS}
	}
	if len(m.Files) > 0 {
		files := make([]any, len(m.Files))
		for i := range m.Files {
			files[i] = s.fileJSON(&m.Files[i])
		}
		j["files"], j["upload"] = files, false
	}
	if len(m.Reactions) > 0 {
		var rs []any
		for _, r := range m.Reactions {
			rs = append(rs, map[string]any{"name": r.Name, "users": r.Users, "count": len(r.Users)})
		}
		j["reactions"] = rs
	}
	if len(m.Metadata) > 0 {
		if allMetadata {
			j["metadata"] = m.Metadata
		} else {
			var md struct {
				Type string `json:"event_type"`
			}
			_ = json.Unmarshal(m.Metadata, &md)
			j["metadata"] = map[string]any{"event_type": md.Type}
		}
	}
	return j
}

// threadInfo adds what a thread's parent tells of its replies, and the parent's
// author to a reply.
func (s *Server) threadInfo(m *Message, j map[string]any) {
	c := s.convs[m.Channel]
	if m.ThreadTS != m.TS {
		if p := c.byTS[m.ThreadTS]; p != nil {
			j["parent_user_id"] = p.User
		}
		return
	}
	n, last, who := 0, "", []string{}
	for _, r := range c.messages {
		if r.ThreadTS == m.TS && r.TS != m.TS && !r.Deleted && r.EphemeralFor == "" {
			n, last = n+1, r.TS
			if !slices.Contains(who, r.User) {
				who = append(who, r.User)
			}
		}
	}
	j["reply_count"], j["reply_users_count"], j["reply_users"], j["latest_reply"], j["subscribed"], j["is_locked"] = n, len(who), who, last, false, false
}
