package localslack

// ChangeKind says what a change touched.
type ChangeKind string

// The kinds of change the feed tells of.
const (
	ChangeMessage ChangeKind = "message" // posted, edited, deleted
	ChangeChannel ChangeKind = "channel" // made, joined, left, archived
	ChangeView    ChangeKind = "view"    // a modal opened, changed, closed
	ChangeHome    ChangeKind = "home"    // App Home published
	ChangeUser    ChangeKind = "user"    // a member changed
	ChangeSocket  ChangeKind = "socket"  // a connection came or went
	ChangeReset   ChangeKind = "reset"   // older changes were forgotten: read everything again
)

// Change is one entry of the feed. User is set when only that person sees it.
type Change struct {
	Seq     int64      `json:"seq"`
	Kind    ChangeKind `json:"kind"`
	Channel string     `json:"channel,omitempty"`
	TS      string     `json:"ts,omitempty"`
	User    string     `json:"user,omitempty"`
}

// feedKept is how many changes are remembered; who is further behind gets a
// ChangeReset and reads the whole state again.
const feedKept = 4096

// changed appends to the feed and wakes the subscribers. The lock is held.
func (s *Server) changed(c Change) int64 {
	s.seq++
	c.Seq = s.seq
	s.feed = append(s.feed, c)
	if len(s.feed) >= 2*feedKept {
		s.feed = append(s.feed[:0:0], s.feed[len(s.feed)-feedKept:]...)
	}
	for ch := range s.subscribers {
		select {
		case ch <- struct{}{}:
		default: // It has a wake-up waiting already.
		}
	}
	return s.seq
}

// Changes returns what happened after the sequence number since, oldest first,
// and the number to ask from next time.
func (s *Server) Changes(since int64) ([]Change, int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if since >= s.seq || len(s.feed) == 0 {
		return nil, s.seq
	}
	first := s.feed[0].Seq
	if since < first-1 {
		return []Change{{Seq: s.seq, Kind: ChangeReset}}, s.seq
	}
	return append([]Change(nil), s.feed[since-first+1:]...), s.seq
}

// Subscribe returns a channel that gets a value after changes (several changes
// may share one), and a function that ends the subscription.
func (s *Server) Subscribe() (<-chan struct{}, func()) {
	ch := make(chan struct{}, 1)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.subscribers[ch] = struct{}{}
	return ch, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.subscribers, ch)
	}
}
