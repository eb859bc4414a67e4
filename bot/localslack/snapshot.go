package localslack

import "sort"

// Conversation is what a person's sidebar knows of a channel or direct message.
type Conversation struct {
	Channel
	DM     bool
	Member bool
}

// Snapshot is all that one person's screen shows.
type Snapshot struct {
	Seq           int64
	Team          Team
	App           App
	Me            User
	Users         []User
	Conversations []Conversation
	Messages      map[string][]Message // by conversation id, oldest first, this person's ephemerals included
	Modals        []View               // bottom first
	Home          *View
}

// snapshotFor copies what the user sees, in one moment.
func (s *Server) snapshotFor(user string) Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.users[user]
	if u == nil {
		return Snapshot{Seq: s.seq, Team: s.opt.Team, App: s.app}
	}
	snap := Snapshot{Seq: s.seq, Team: s.opt.Team, App: s.app, Me: *u, Messages: map[string][]Message{}}
	snap.App.BotToken, snap.App.AppToken = "", ""
	for _, id := range s.userOrder {
		snap.Users = append(snap.Users, *s.users[id])
	}
	s.dm(user)
	for _, c := range s.convs {
		if c.im && c.user != user || c.Private && !c.member(user) {
			continue
		}
		conv := Conversation{Channel: c.Channel, DM: c.im, Member: c.member(user)}
		conv.Members = append([]string(nil), c.Members...)
		snap.Conversations = append(snap.Conversations, conv)
		snap.Messages[c.ID] = s.visible(c, user)
	}
	sort.Slice(snap.Conversations, func(i, j int) bool {
		a, b := snap.Conversations[i], snap.Conversations[j]
		if a.DM != b.DM {
			return a.DM
		}
		return a.Name < b.Name
	})
	snap.Modals = s.modalsOf(user)
	if v := s.homes[user]; v != nil {
		h := v.copy()
		snap.Home = &h
	}
	return snap
}

// modalsOf copies the user's open modals, bottom first.
func (s *Server) modalsOf(user string) []View {
	var out []View
	for _, v := range s.modals[user] {
		out = append(out, v.copy())
	}
	return out
}

// copy gives a value that stays as it is when the view changes.
func (v *View) copy() View {
	c := *v
	c.State = map[string]map[string]any{}
	for b, as := range v.state {
		c.State[b] = map[string]any{}
		for a, val := range as {
			c.State[b][a] = val
		}
	}
	if v.Errors != nil {
		c.Errors = map[string]string{}
		for k, e := range v.Errors {
			c.Errors[k] = e
		}
	}
	c.state, c.raw = nil, nil
	return c
}
