package localslack

import "time"

// heldFrame is an envelope kept back so that the next one overtakes it.
type heldFrame struct {
	link  *link
	frame []byte
}

// Refresh renews every open connection, as Slack does every few hours: with
// warningFirst a disconnect "warning" now and the refresh after WarningTime,
// otherwise "refresh_requested" without warning
// (docs.slack.dev/apis/events-api/using-socket-mode, "Disconnect messages").
func (f *Faults) Refresh(warningFirst bool) {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	for _, l := range f.s.conns {
		if !warningFirst {
			l.refresh()
			continue
		}
		l.send(disconnectFrame("warning"))
		time.AfterFunc(f.s.opt.WarningTime, func() {
			f.s.mu.Lock()
			defer f.s.mu.Unlock()
			l.refresh()
		})
	}
}

// Drop resets every open connection without a word.
func (f *Faults) Drop() {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	for _, l := range append([]*link(nil), f.s.conns...) {
		f.s.unregister(l)
		reset(l.ws.NetConn())
		l.kill()
	}
}

// HalfOpen makes every open connection a dead one: nothing is sent on it, not
// even pings, and nothing heard from it, while Slack goes on counting it and
// routing envelopes to it until Reap, or until the app closes it.
func (f *Faults) HalfOpen() {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	for _, l := range f.s.conns {
		l.mute = true
	}
}

// Reap makes Slack notice its dead connections.
func (f *Faults) Reap() {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	for _, l := range append([]*link(nil), f.s.conns...) {
		if l.mute {
			f.s.unregister(l)
			l.kill()
		}
	}
}

// LinkDisabled is the operator switching Socket Mode off: every connection gets
// "link_disabled" and is closed, new ones are refused until LinkEnabled.
func (f *Faults) LinkDisabled() {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	f.s.app.SocketMode = false
	for _, l := range append([]*link(nil), f.s.conns...) {
		f.s.unregister(l)
		l.sendLast(disconnectFrame("link_disabled"))
	}
}

// LinkEnabled switches Socket Mode on again.
func (f *Faults) LinkEnabled() {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	f.s.app.SocketMode = true
}

// DuplicateNext sends the next n envelopes twice.
func (f *Faults) DuplicateNext(n int) {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	f.duplicate += n
}

// Reorder keeps the next envelope back until the one after it has been sent.
func (f *Faults) Reorder() {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	f.reorder = true
}

// ExpireAcks lets every unacknowledged envelope time out at once.
func (f *Faults) ExpireAcks() {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	for _, p := range f.s.pending {
		p.expire()
	}
}

// RedeliverNow sends the events that wait for their next attempt at once,
// instead of after Slack's minute or five, and says how many there were.
func (f *Faults) RedeliverNow() int {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	var due []*delivery
	for d := range f.s.waiting {
		due = append(due, d)
	}
	for _, d := range due {
		d.stop()
		d.try()
	}
	return len(due)
}
