package bot

import (
	"sync"
	"time"
)

// How much may wait. A person's own queue is short, because nobody has a
// hundred things on their mind; the whole is bounded so that a burst ends in a
// calm answer and not in memory.
const (
	laneLength  = 100
	lanesLength = 4000
	laneWorkers = 8
)

// lanes run the work of one person in order and of several side by side. The
// reader of the socket puts work in and never waits.
type lanes struct {
	mu      sync.Mutex
	byUser  map[string][]func()
	waiting int
	busy    int           // waiting, running and later work
	idle    chan struct{} // closed while nothing is busy
	free    chan struct{} // closed while no person's work is held
	workers chan struct{}
}

func newLanes() *lanes {
	l := &lanes{byUser: map[string][]func(){}, idle: make(chan struct{}), free: make(chan struct{}), workers: make(chan struct{}, laneWorkers)}
	close(l.idle)
	close(l.free)
	return l
}

// put queues work of a person; false when there is no room.
func (l *lanes) put(user string, work func()) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	lane, running := l.byUser[user]
	if l.waiting >= lanesLength || len(lane) >= laneLength {
		return false
	}
	if len(l.byUser) == 0 {
		l.free = make(chan struct{})
	}
	l.byUser[user] = append(lane, work)
	l.waiting++
	l.add()
	if !running {
		go l.run(user)
	}
	return true
}

// run empties one person's lane and ends.
func (l *lanes) run(user string) {
	for {
		l.mu.Lock()
		lane := l.byUser[user]
		if len(lane) == 0 {
			if delete(l.byUser, user); len(l.byUser) == 0 {
				close(l.free)
			}
			l.mu.Unlock()
			return
		}
		work := lane[0]
		l.byUser[user] = lane[1:]
		l.waiting--
		l.mu.Unlock()
		l.workers <- struct{}{}
		work()
		<-l.workers
		l.done()
	}
}

// begin counts later work that runs outside the lanes; done ends it.
func (l *lanes) begin() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.add()
}

func (l *lanes) add() {
	if l.busy == 0 {
		l.idle = make(chan struct{})
	}
	l.busy++
}

func (l *lanes) done() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.busy--; l.busy == 0 {
		close(l.idle)
	}
}

// quiet is closed when nothing is held.
func (l *lanes) quiet() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.idle
}

// giveWay is called by long work between two small steps: while people wait to
// be answered, they have the machine, but not for longer than that.
func (l *lanes) giveWay(most time.Duration) {
	l.mu.Lock()
	free := l.free
	l.mu.Unlock()
	select {
	case <-free: // mostly
		return
	default:
	}
	t := time.NewTimer(most)
	defer t.Stop()
	select {
	case <-free:
	case <-t.C:
	}
}

// length is how much waits for its turn.
func (l *lanes) length() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.waiting
}

// wait until nothing is held, or so long has passed; it tells which.
func (l *lanes) wait(d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-l.quiet():
		return true
	case <-t.C:
		return false
	}
}
