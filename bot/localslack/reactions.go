package localslack

import (
	"slices"
	"strings"
)

// reactionsAdd follows docs.slack.dev/reference/methods/reactions.add.
func (s *Server) reactionsAdd(c *call) (answer, *refusal) {
	conv := s.forBot(c.str("channel"))
	if conv == nil {
		return nil, refuse("channel_not_found")
	}
	m := conv.byTS[c.str("timestamp")]
	if m == nil || m.Deleted || m.EphemeralFor != "" {
		return nil, refuse("message_not_found")
	}
	name := strings.Trim(c.str("name"), ":")
	if name == "" {
		return nil, refuse("invalid_name")
	}
	if !m.react(name, s.app.BotUserID) {
		return nil, refuse("already_reacted")
	}
	s.touch(m)
	return answer{}, nil
}

// react adds a user's emoji and says whether it was new.
func (m *Message) react(name, user string) bool {
	rs := slices.Clone(m.Reactions)
	for i := range rs {
		if rs[i].Name == name {
			if slices.Contains(rs[i].Users, user) {
				return false
			}
			rs[i].Users = append(slices.Clone(rs[i].Users), user)
			m.Reactions = rs
			return true
		}
	}
	m.Reactions = append(rs, Reaction{Name: name, Users: []string{user}})
	return true
}
