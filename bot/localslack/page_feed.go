package localslack

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// keepAlive is how often a silent stream gets a line, so that a browser and
// whatever lies between notice a dead connection. The line says when the world's
// clock has come to another minute, for a clock that runs by itself.
const keepAlive = 10 * time.Second

// changeClock tells a page that the world's clock moved; the feed itself knows no clock.
const changeClock ChangeKind = "clock"

// serveEvents is the change feed of one person as server-sent events. The event
// id is the feed's sequence number; a browser that reconnects sends the last one
// it saw and gets what followed, or a reset if that is no longer known.
func (p *pageDoor) serveEvents(w http.ResponseWriter, r *http.Request) {
	as, ok := p.persona(r.URL.Query().Get("as"))
	if !ok {
		refusePage(w, http.StatusForbidden, "You cannot act as that person.")
		return
	}
	after := r.Header.Get("Last-Event-ID")
	if after == "" {
		after = r.URL.Query().Get("after")
	}
	since, err := strconv.ParseInt(after, 10, 64)
	if err != nil {
		since = 0 // A browser that never listened before gets everything, which costs it one look.
	}
	out := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	wake, stop := p.s.Subscribe()
	defer stop()
	minute := p.opt.Now().Truncate(time.Minute)
	beat := time.NewTicker(keepAlive)
	defer beat.Stop()
	if _, err := fmt.Fprint(w, "retry: 1000\n\n"); err != nil {
		return
	}
	for {
		moved := p.movedSignal()
		changes, next := p.s.Changes(since)
		for _, c := range changes {
			if !p.s.tellsOf(as, c) {
				continue
			}
			if writeEvent(w, c) != nil {
				return
			}
		}
		since = next
		if out.Flush() != nil {
			return
		}
		select {
		case <-wake:
		case <-moved:
			if writeEvent(w, Change{Seq: since, Kind: changeClock}) != nil {
				return
			}
		case <-beat.C:
			if now := p.opt.Now().Truncate(time.Minute); !now.Equal(minute) {
				minute = now
				err = writeEvent(w, Change{Seq: since, Kind: changeClock})
			} else {
				_, err = fmt.Fprint(w, ": still here\n\n")
			}
			if err != nil {
				return
			}
		case <-r.Context().Done():
			return
		case <-p.s.ctx.Done():
			return
		}
	}
}

func writeEvent(w http.ResponseWriter, c Change) error {
	raw, err := json.Marshal(c)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "id: %d\nevent: change\ndata: %s\n\n", c.Seq, raw)
	return err
}

// tellsOf says whether the person may know of the change: their own, and those
// of conversations they can open.
func (s *Server) tellsOf(user string, c Change) bool {
	if c.User != "" && c.User != user {
		return false
	}
	if c.Channel == "" {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	conv := s.convs[c.Channel]
	return conv != nil && conv.opensFor(user)
}

// opensFor says whether the person can open the conversation.
func (c *conversation) opensFor(user string) bool {
	return !c.im && !c.Private || c.member(user)
}

// seesFile says whether the person uploaded the file or can open a conversation
// in which it is shown to them.
func (s *Server) seesFile(user string, f File) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.User == user {
		return true
	}
	for _, id := range f.Channels {
		if c := s.convs[id]; c != nil && c.opensFor(user) {
			return true
		}
	}
	return false
}

// movedSignal is closed by the next tell.
func (p *pageDoor) movedSignal() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.moved
}

// tell wakes every open page for a change that is the page's own.
func (p *pageDoor) tell() {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.moved)
	p.moved = make(chan struct{})
}
