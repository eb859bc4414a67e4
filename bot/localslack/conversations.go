package localslack

import (
	"slices"
	"sort"
)

// forBot gives a conversation the app may know of. A private channel the
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

// listed says whether the types asked for hold this kind, and archived ones
// are wanted if it is one.
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

// types are the kinds asked for, public channels by default; each needs the
// scope of its kind.
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
