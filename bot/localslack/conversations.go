package localslack

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"sort"
	"strings"
)

// visibleTo gives a conversation the app may know of. A private channel the
// bot is not in, and another person's direct message, do not exist for it
// (docs.slack.dev/reference/methods/conversations.info, channel_not_found).
func (s *Server) forBot(id string) *conversation {
	c := s.convs[id]
	if c == nil || c.Private && !c.member(s.app.BotUserID) || c.im && !c.open {
		return nil
	}
	return c
}

// readable refuses a conversation that the scope of its kind does not open.
func (s *Server) readable(c *call, what string) (*conversation, *refusal) {
	conv := s.forBot(c.str("channel"))
	if conv == nil {
		return nil, refuse("channel_not_found")
	}
	if sc := scopeFor(conv, what); !s.hasScope(sc) {
		return nil, s.missing(sc, c.kind)
	}
	return conv, nil
}

// channelJSON draws a conversation as docs.slack.dev/reference/objects/conversation-object.
func (s *Server) channelJSON(c *conversation) map[string]any {
	if c.im {
		u := s.users[c.user]
		return map[string]any{"id": c.ID, "created": 0, "is_im": true, "is_org_shared": false, "user": c.user,
			"is_user_deleted": u != nil && u.Deleted, "is_archived": false, "is_open": c.open, "priority": 0}
	}
	return map[string]any{
		"id": c.ID, "name": c.Name, "name_normalized": c.Name, "created": 0, "creator": "", "is_channel": !c.Private, "is_group": c.Private,
		"is_im": false, "is_mpim": false, "is_private": c.Private, "is_archived": c.Archived, "is_general": c.General,
		"is_member": c.member(s.app.BotUserID), "is_shared": c.ExtShared, "is_ext_shared": c.ExtShared, "is_org_shared": false,
		"is_pending_ext_shared": false, "num_members": len(c.Members), "context_team_id": s.opt.Team.ID,
		"topic":   map[string]any{"value": c.Topic, "creator": "", "last_set": 0},
		"purpose": map[string]any{"value": c.Purpose, "creator": "", "last_set": 0},
	}
}

// conversationsOpen follows docs.slack.dev/reference/methods/conversations.open.
// Only direct messages with one person are here; more gives not_in_scope rather
// than a group message nobody looks at.
func (s *Server) conversationsOpen(c *call) (answer, *refusal) {
	if id := c.str("channel"); id != "" {
		conv := s.convs[id]
		if conv == nil || !conv.im {
			return nil, refuse("channel_not_found")
		}
		was := conv.open
		conv.open = true
		return answer{"no_op": was, "already_open": was, "channel": map[string]any{"id": id}}, nil
	}
	users := c.list("users")
	if len(users) == 0 {
		return nil, refuse("users_list_not_supplied")
	}
	if len(users) > 8 {
		return nil, refuse("too_many_users")
	}
	if len(users) > 1 {
		return nil, refuse("method_not_supported_for_channel_type")
	}
	if !s.hasScope("im:write") {
		return nil, s.missing("im:write", c.kind)
	}
	conv, ref := s.openDM(users[0])
	if ref != nil {
		return nil, ref
	}
	was := conv.open
	conv.open = true
	ch := map[string]any{"id": conv.ID}
	if c.flag("return_im", false) {
		ch = s.channelJSON(conv)
	}
	return answer{"no_op": was, "already_open": was, "channel": ch}, nil
}

// openDM gives the direct message with a user, or Slack's reason why not.
func (s *Server) openDM(user string) (*conversation, *refusal) {
	u := s.users[user]
	switch {
	case u == nil:
		return nil, refuse("user_not_found")
	case u.Deleted:
		return nil, refuse("user_disabled")
	case u.Bot || u.ID == "USLACKBOT":
		return nil, refuse("cannot_dm_bot")
	case u.TeamID != s.opt.Team.ID:
		return nil, refuse("user_not_visible")
	}
	return s.dm(user), nil
}

func (s *Server) conversationsInfo(c *call) (answer, *refusal) {
	conv, ref := s.readable(c, "read")
	if ref != nil {
		return nil, ref
	}
	j := s.channelJSON(conv)
	if !c.flag("include_num_members", false) {
		delete(j, "num_members")
	}
	return answer{"channel": j}, nil
}

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

// listed says whether the types argument asks for this kind and the scope for
// it is there; public channels are the default.
func (s *Server) listed(c *call, conv *conversation, types []string) bool {
	kind := "public_channel"
	switch {
	case conv.im:
		kind = "im"
	case conv.Private:
		kind = "private_channel"
	}
	return slices.Contains(types, kind) && !(conv.Archived && c.flag("exclude_archived", false))
}

func (s *Server) types(c *call) ([]string, *refusal) {
	types := c.list("types")
	if len(types) == 0 {
		types = []string{"public_channel"}
	}
	for _, t := range types {
		scope := map[string]string{"public_channel": "channels:read", "private_channel": "groups:read", "im": "im:read", "mpim": "mpim:read"}[t]
		if scope == "" {
			return nil, refuse("invalid_types")
		}
		if !s.hasScope(scope) {
			return nil, s.missing(scope, c.kind)
		}
	}
	return types, nil
}

func (s *Server) conversationsList(c *call) (answer, *refusal) {
	types, ref := s.types(c)
	if ref != nil {
		return nil, ref
	}
	var ids []string
	for id, conv := range s.convs {
		if s.forBot(id) != nil && s.listed(c, conv, types) {
			ids = append(ids, id)
		}
	}
	return s.channelPage(c, ids)
}

func (s *Server) channelPage(c *call, ids []string) (answer, *refusal) {
	sort.Strings(ids)
	ids, next, ref := page(c, ids, 100)
	if ref != nil {
		return nil, ref
	}
	out := make([]any, 0, len(ids))
	for _, id := range ids {
		out = append(out, s.channelJSON(s.convs[id]))
	}
	return answer{"channels": out, "response_metadata": cursor(next)}, nil
}

// usersConversations lists where the bot (or the user, as far as the bot sees)
// is a member (docs.slack.dev/reference/methods/users.conversations).
func (s *Server) usersConversations(c *call) (answer, *refusal) {
	types, ref := s.types(c)
	if ref != nil {
		return nil, ref
	}
	user := c.str("user")
	if user == "" {
		user = s.app.BotUserID
	}
	if s.users[user] == nil {
		return nil, refuse("user_not_found")
	}
	var ids []string
	for id, conv := range s.convs {
		in := conv.member(user) || conv.im && conv.open && user == s.app.BotUserID
		if in && s.forBot(id) != nil && s.listed(c, conv, types) {
			ids = append(ids, id)
		}
	}
	return s.channelPage(c, ids)
}

func (s *Server) conversationsMembers(c *call) (answer, *refusal) {
	conv, ref := s.readable(c, "read")
	if ref != nil {
		return nil, ref
	}
	members := conv.Members
	if conv.im {
		members = []string{conv.user, s.app.BotUserID}
	}
	ids, next, ref := page(c, members, 100)
	if ref != nil {
		return nil, ref
	}
	return answer{"members": append([]string{}, ids...), "response_metadata": cursor(next)}, nil
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
