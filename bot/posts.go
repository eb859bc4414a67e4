package bot

import (
	"errors"
	"sync"

	"github.com/prospectcoach/prospectcoach/storage"
)

// posts are the calls of the sender that are on their way: a few side by side,
// but never two to one person or channel, whose messages come in their order.
type posts struct {
	slots chan struct{}

	mu   sync.Mutex
	busy map[string]chan struct{} // whom a call is on its way to; closed when it is answered
	errs []error
}

func newPosts() *posts {
	return &posts{slots: make(chan struct{}, sideBySide), busy: map[string]chan struct{}{}}
}

// to is whose messages come one after the other: a person's, or all of the
// team's channel.
func to(m storage.Message) string {
	if inChannel(m) {
		return ""
	}
	return m.Rep
}

// before waits until nothing is on its way to whom m is for.
func (p *posts) before(m storage.Message) {
	p.mu.Lock()
	answered := p.busy[to(m)]
	p.mu.Unlock()
	if answered != nil {
		<-answered
	}
}

// start makes a call beside the others as soon as there is room.
func (p *posts) start(m storage.Message, call func() error) {
	p.slots <- struct{}{}
	answered := make(chan struct{})
	p.mu.Lock()
	p.busy[to(m)] = answered
	p.mu.Unlock()
	go func() {
		err := call()
		p.mu.Lock()
		delete(p.busy, to(m))
		if err != nil {
			p.errs = append(p.errs, err)
		}
		p.mu.Unlock()
		close(answered)
		<-p.slots
	}()
}

// any tells whether something is on its way, failed whether a call could not
// be written down.
func (p *posts) any() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.busy) > 0
}

func (p *posts) failed() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.errs) > 0
}

// wait waits for all calls and answers what could not be written down.
func (p *posts) wait() error {
	for range sideBySide {
		p.slots <- struct{}{}
	}
	for range sideBySide {
		<-p.slots
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	errs := p.errs
	p.errs = nil
	return errors.Join(errs...)
}
