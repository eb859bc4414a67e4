package localslack

import "slices"

// Trim forgets all but the newest messages of every conversation, the files
// that no message shows any more, and the response_urls whose time is over, so
// that a workspace that is used for hours needs no more memory than one of
// minutes. Slack's free plan hides old messages likewise
// (slack.com/help/articles/115002422943, "Message and file history").
func (s *Server) Trim(keep int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	shown := map[string]bool{}
	for _, c := range s.convs {
		old := c.messages[:max(0, len(c.messages)-keep)]
		for _, m := range old {
			delete(c.byTS, m.TS)
			m.taken = true
		}
		c.messages = slices.Clone(c.messages[len(old):])
		for _, m := range c.messages {
			for _, f := range m.Files {
				shown[f.ID] = true
			}
		}
	}
	for id, f := range s.files {
		if !shown[id] && f.uploaded && !f.Pending {
			delete(s.files, id)
		}
	}
	for key, r := range s.responses {
		if s.opt.Now().Sub(r.made) > responseLife {
			delete(s.responses, key)
		}
	}
	s.untaken(func(*Message) bool { return false })
	// An acknowledgement may come late, but not two trims late.
	s.sentBefore, s.sentEnvelopes = s.sentEnvelopes, make(map[string]struct{}, len(s.pending))
}
