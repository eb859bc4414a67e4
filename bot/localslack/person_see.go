package localslack

// Screen is one conversation as a person sees it.
type Screen struct {
	ID       string
	Messages []Message // oldest first; with this person's ephemerals
}

// Last is the newest message, or the zero Message.
func (c Screen) Last() Message {
	if len(c.Messages) == 0 {
		return Message{}
	}
	return c.Messages[len(c.Messages)-1]
}

// DM is the direct message with the app.
func (p *Person) DM() Screen { return p.Channel("") }

// Channel is a channel by id or name; of one the person cannot see it is empty.
func (p *Person) Channel(id string) Screen {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if p.s.users[p.id] == nil {
		return Screen{}
	}
	c, err := p.where(id)
	if err != nil {
		return Screen{}
	}
	return Screen{ID: c.ID, Messages: p.s.visible(c, p.id)}
}

// View is the modal on top of the person's screen, or nil.
func (p *Person) View() *View {
	stack := p.Views()
	if len(stack) == 0 {
		return nil
	}
	return &stack[len(stack)-1]
}

// Views is the stack of open modals, bottom first.
func (p *Person) Views() []View {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.s.modalsOf(p.id)
}

// Home is the App Home as last published, or nil.
func (p *Person) Home() *View {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	v := p.s.homes[p.id]
	if v == nil {
		return nil
	}
	c := v.copy()
	return &c
}

// message copies a message the user can see.
func (s *Server) message(channel, ts, user string) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.convs[channel]
	if c == nil || c.im && c.user != user {
		return Message{}, false
	}
	m := c.byTS[ts]
	if m == nil || m.Deleted || m.EphemeralFor != "" && m.EphemeralFor != user {
		return Message{}, false
	}
	return *m, true
}

// Message reads a message anew, as the person sees it now.
func (p *Person) Message(m Message) (Message, bool) { return p.s.message(m.Channel, m.TS, p.id) }

// Unexpected lists the app's messages nobody has taken, oldest first. A story
// that ends with any has heard something it did not expect.
func (s *Server) Unexpected() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.untaken(func(*Message) bool { return true })
}

// Unexpected lists the untaken messages in this person's direct message, and
// the ephemeral ones shown to them elsewhere.
func (p *Person) Unexpected() []Message {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	dm := p.s.dms[p.id]
	return p.s.untaken(func(m *Message) bool { return m.Channel == dm || m.EphemeralFor == p.id })
}

// UnexpectedIn lists the untaken messages of one conversation.
func (s *Server) UnexpectedIn(channel string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.untaken(func(m *Message) bool { return m.Channel == channel })
}

func (s *Server) untaken(want func(*Message) bool) []Message {
	kept := s.unread[:0]
	var out []Message
	for _, m := range s.unread {
		if m.taken || m.Deleted {
			continue
		}
		kept = append(kept, m)
		if want(m) {
			out = append(out, *m)
		}
	}
	clear(s.unread[len(kept):])
	s.unread = kept
	return out
}

// Take marks a message as expected and says whether it was still waiting.
func (s *Server) Take(m Message) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.convs[m.Channel]
	if c == nil || c.byTS[m.TS] == nil || c.byTS[m.TS].taken {
		return false
	}
	c.byTS[m.TS].taken = true
	return true
}

// Take marks a message as expected and says whether it was still waiting.
func (p *Person) Take(m Message) bool { return p.s.Take(m) }
