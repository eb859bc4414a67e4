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
// reader of the socket puts work in and never waits. A worker that has nothing
// to do stays for a moment: its stack has grown as deep as a turn goes, which a
// new one's would have to do again for each.
type lanes struct {
	mu      sync.Mutex
	byUser  map[string][]func()
	ready   []string // people whose next work nobody does yet
	waiting int
	busy    int           // waiting, running and later work
	idle    chan struct{} // closed while nothing is busy
	free    chan struct{} // closed while no person's work is held

	most    int           // workers at a time that do something
	workers int           // there are
	lent    int           // of them only wait; others may work meanwhile
	resting int           // of them have nothing to do
	wake    chan struct{} // for one that rests
}

// restsFor is how long a worker stays without work.
const restsFor = time.Second

func newLanes() *lanes {
	l := &lanes{byUser: map[string][]func(){}, idle: make(chan struct{}), free: make(chan struct{}), most: laneWorkers, wake: make(chan struct{}, laneWorkers+lanesLength)}
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
	if running {
		return true
	}
	l.ready = append(l.ready, user)
	switch {
	case l.resting > 0:
		l.resting--
		l.wake <- struct{}{}
	default:
		l.hire()
	}
	return true
}

// hire adds a worker where there are too few; under mu.
func (l *lanes) hire() {
	if l.workers < l.most+l.lent {
		l.workers++
		go l.run()
	}
}

// lend lets somebody else's work be done while this worker's only waits.
func (l *lanes) lend(wait func() error) error {
	l.mu.Lock()
	l.lent++
	if len(l.ready) > 0 {
		l.hire()
	}
	l.mu.Unlock()
	defer func() {
		l.mu.Lock()
		l.lent--
		l.mu.Unlock()
	}()
	return wait()
}

// run is one worker: it does the next work of whoever waits longest.
func (l *lanes) run() {
	rest := time.NewTimer(restsFor)
	defer rest.Stop()
	for {
		user, work, stays := l.next()
		if !stays {
			return
		}
		if work == nil {
			rest.Reset(restsFor)
			select {
			case <-l.wake:
			case <-rest.C:
				if l.leave() {
					return
				}
			}
			continue
		}
		work()
		l.end(user)
		l.done()
	}
}

// next is what a worker does next; nil: it rests. One too many does not stay:
// it was hired while another lent its place.
func (l *lanes) next() (user string, work func(), stays bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.workers > l.most+l.lent {
		l.workers--
		return "", nil, false
	}
	if len(l.ready) == 0 {
		l.resting++
		return "", nil, true
	}
	user = l.ready[0]
	l.ready = l.ready[1:]
	lane := l.byUser[user]
	l.byUser[user] = lane[1:]
	l.waiting--
	return user, lane[0], true
}

// end lets a person's next work be done, if there is any.
func (l *lanes) end(user string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.byUser[user]) > 0 {
		l.ready = append(l.ready, user)
		return
	}
	if delete(l.byUser, user); len(l.byUser) == 0 {
		close(l.free)
	}
}

// leave lets a worker that rests go, unless it was woken meanwhile.
func (l *lanes) leave() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case <-l.wake:
		return false
	default:
	}
	l.workers--
	l.resting--
	return true
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
