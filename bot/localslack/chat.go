package localslack

import (
	"strings"
)

// postTarget finds where a message goes: a conversation id, a channel name, or
// a user id, which opens the direct message
// (docs.slack.dev/reference/methods/chat.postMessage, "Channels").
func (s *Server) postTarget(where string) (*conversation, *refusal) {
	if where == "" {
		return nil, refuse("channel_not_found")
	}
	if where[0] == 'U' || where[0] == 'W' {
		conv, ref := s.openDM(where)
		if ref != nil {
			return nil, refuse("channel_not_found")
		}
		conv.open = true
		return conv, nil
	}
	conv := s.convs[where]
	if conv == nil {
		name := strings.TrimPrefix(where, "#")
		for _, other := range s.convs {
			if !other.im && other.Name == name {
				conv = other
			}
		}
	}
	if conv == nil {
		return nil, refuse("channel_not_found")
	}
	return conv, nil
}

// mayPost says why the app may not post in the conversation.
func (s *Server) mayPost(c *conversation) *refusal {
	if c.im {
		u := s.users[c.user]
		switch {
		case !s.app.MessagesTab:
			return refuse("messages_tab_disabled")
		case u == nil || u.Deleted:
			return refuse("is_archived")
		}
		return nil
	}
	if !c.member(s.app.BotUserID) {
		if c.Private {
			return refuse("channel_not_found")
		}
		if !s.hasScope("chat:write.public") {
			return refuse("not_in_channel")
		}
	}
	if c.Archived {
		return refuse("is_archived")
	}
	if c.PostingRestricted {
		return refuse("restricted_action")
	}
	return nil
}

// chatPostMessage follows docs.slack.dev/reference/methods/chat.postMessage.
func (s *Server) chatPostMessage(c *call) (answer, *refusal) {
	conv, ref := s.postTarget(c.str("channel"))
	if ref != nil {
		return nil, ref
	}
	if ref := s.mayPost(conv); ref != nil {
		return nil, ref
	}
	for _, key := range []string{"username", "icon_url", "icon_emoji"} {
		if c.str(key) != "" && !s.hasScope("chat:write.customize") {
			return nil, s.missing("chat:write.customize", c.kind)
		}
	}
	d, ref := s.readDraft(c, postTextMax)
	if ref != nil {
		return nil, ref
	}
	if d.empty() {
		return nil, refuse("no_text")
	}
	thread := c.str("thread_ts")
	if thread != "" {
		if _, ok := parseTS(thread); !ok {
			return nil, refuse("invalid_thread_ts")
		}
		if p := conv.byTS[thread]; p != nil && p.ThreadTS != "" && p.ThreadTS != p.TS || p != nil && p.EphemeralFor != "" {
			return nil, refuse("cannot_reply_to_message")
		}
	}
	if wait := s.rate.post(conv.ID); wait > 0 {
		return nil, &refusal{code: "ratelimited", retryAfter: wait}
	}
	m := s.fromApp(conv, d)
	m.ThreadTS = thread
	m.UnfurlLinks, m.UnfurlMedia = c.flag("unfurl_links", true), c.flag("unfurl_media", true)
	s.post(conv, m)
	return answer{"channel": conv.ID, "ts": m.TS, "message": s.messageJSON(m, true)}, nil
}

// fromApp makes a message of the app's, not yet stored.
func (s *Server) fromApp(conv *conversation, d draft) *Message {
	return &Message{Channel: conv.ID, User: s.app.BotUserID, BotID: s.app.BotID, Text: d.text, Blocks: d.blocks, Attachments: d.attachments, Metadata: d.metadata}
}

// post stores a message of the app's, marks its thread, remembers it as not yet
// expected, and sends it back as an event, as Slack does to who listens.
func (s *Server) post(conv *conversation, m *Message) {
	s.add(conv, m)
	s.markThread(conv, m)
	s.unread = append(s.unread, m)
	if m.EphemeralFor == "" && !s.opt.NoSelfEvents {
		s.messageEvent(conv, m, "")
	}
}

// markThread gives the parent of a reply its own ts as thread_ts.
func (s *Server) markThread(conv *conversation, m *Message) {
	if m.ThreadTS == "" || m.ThreadTS == m.TS {
		return
	}
	if p := conv.byTS[m.ThreadTS]; p != nil {
		p.ThreadTS = p.TS
		s.touch(p)
	}
}

// chatPostEphemeral follows docs.slack.dev/reference/methods/chat.postEphemeral.
func (s *Server) chatPostEphemeral(c *call) (answer, *refusal) {
	conv, ref := s.postTarget(c.str("channel"))
	if ref != nil {
		return nil, ref
	}
	if ref := s.mayPost(conv); ref != nil {
		return nil, ref
	}
	user := c.str("user")
	if s.users[user] == nil || s.users[user].Deleted {
		return nil, refuse("user_not_found")
	}
	if !conv.member(user) {
		return nil, refuse("user_not_in_channel")
	}
	d, ref := s.readDraft(c, postTextMax)
	if ref != nil {
		return nil, ref
	}
	if d.empty() {
		return nil, refuse("no_text")
	}
	m := s.fromApp(conv, d)
	m.EphemeralFor, m.ThreadTS, m.Metadata = user, c.str("thread_ts"), nil
	s.post(conv, m)
	return answer{"message_ts": m.TS}, nil
}

// own finds a message of the app's for an update or a deletion.
func (s *Server) own(c *call, otherwise string) (*conversation, *Message, *refusal) {
	conv := s.forBot(c.str("channel"))
	if conv == nil {
		return nil, nil, refuse("channel_not_found")
	}
	m := conv.byTS[c.str("ts")]
	if m == nil || m.Deleted || m.EphemeralFor != "" {
		return nil, nil, refuse("message_not_found")
	}
	if m.BotID != s.app.BotID {
		return nil, nil, refuse(otherwise)
	}
	return conv, m, nil
}

// chatUpdate follows docs.slack.dev/reference/methods/chat.update: blocks,
// attachments and metadata that are not given stay as they were.
func (s *Server) chatUpdate(c *call) (answer, *refusal) {
	conv, m, ref := s.own(c, "cant_update_message")
	if ref != nil {
		return nil, ref
	}
	d, ref := s.readDraft(c, updateTextMax)
	if ref != nil {
		return nil, ref
	}
	if d.empty() && !(d.hasBlocks && len(m.Attachments) > 0) {
		return nil, refuse("no_text")
	}
	s.rewrite(conv, m, d, c.has("text"))
	return answer{"channel": conv.ID, "ts": m.TS, "text": m.Text, "message": s.messageJSON(m, true)}, nil
}

// rewrite puts new content into a stored message.
func (s *Server) rewrite(conv *conversation, m *Message, d draft, withText bool) {
	if withText {
		m.Text = d.text
	}
	if d.hasBlocks {
		m.Blocks = d.blocks
		m.state = nil
	}
	if d.hasAttach {
		m.Attachments = d.attachments
	}
	if len(d.metadata) > 0 {
		m.Metadata = d.metadata
	}
	m.EditedTS, m.EditedBy = formatTS(s.opt.Now().UnixMicro()), m.User
	s.touch(m)
	if m.EphemeralFor == "" && !s.opt.NoSelfEvents {
		s.messageEvent(conv, m, "message_changed")
	}
}

// chatDelete follows docs.slack.dev/reference/methods/chat.delete.
func (s *Server) chatDelete(c *call) (answer, *refusal) {
	conv, m, ref := s.own(c, "cant_delete_message")
	if ref != nil {
		return nil, ref
	}
	s.remove(conv, m)
	return answer{"channel": conv.ID, "ts": m.TS}, nil
}

func (s *Server) remove(conv *conversation, m *Message) {
	m.Deleted = true
	s.touch(m)
	if m.EphemeralFor == "" && !s.opt.NoSelfEvents {
		s.messageEvent(conv, m, "message_deleted")
	}
}

// chatGetPermalink follows docs.slack.dev/reference/methods/chat.getPermalink.
func (s *Server) chatGetPermalink(c *call) (answer, *refusal) {
	conv := s.forBot(c.str("channel"))
	if conv == nil {
		return nil, refuse("channel_not_found")
	}
	m := conv.byTS[c.str("message_ts")]
	if m == nil || m.Deleted || m.EphemeralFor != "" {
		return nil, refuse("message_not_found")
	}
	return answer{"channel": conv.ID, "permalink": s.permalink(m)}, nil
}

func (s *Server) permalink(m *Message) string {
	link := "https://" + s.opt.Team.Domain + ".slack.com/archives/" + m.Channel + "/p" + strings.ReplaceAll(m.TS, ".", "")
	if m.ThreadTS != "" && m.ThreadTS != m.TS {
		link += "?thread_ts=" + m.ThreadTS + "&cid=" + m.Channel
	}
	return link
}
