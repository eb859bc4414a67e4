package bot

import (
	"context"
	"sync"
	"time"
)

// Slack's budget, kept by pacing and not by failing.
const (
	perConversation = time.Second
	perWorkspace    = time.Second / 4
	perUpdate       = time.Minute / 45
	perPublish      = time.Minute / 90
)

// pacer hands out moments at which a call may be made. A moment is reserved
// when it is asked for, so that the clock may stand still (stories, demo) and
// the waiting may be skipped without losing count.
type pacer struct {
	mu    sync.Mutex
	now   func() time.Time
	sleep func(context.Context, time.Duration) error
	next  map[string]time.Time // key to the earliest moment of its next call
}

func newPacer(now func() time.Time, sleep func(context.Context, time.Duration) error) *pacer {
	return &pacer{now: now, sleep: sleep, next: map[string]time.Time{}}
}

// post waits until a message may go to that conversation. A burst lets a
// person's own answer go that many messages ahead of the even pace; what
// nobody asked for has none and comes after it.
func (p *pacer) post(ctx context.Context, conversation string, burst int) error {
	return p.wait(ctx, burst, [2]string{"", conversation}, [2]time.Duration{perWorkspace, perConversation})
}

// update waits until chat.update may be called, publish until views.publish may.
func (p *pacer) update(ctx context.Context) error {
	return p.wait(ctx, 4, [2]string{"chat.update", ""}, [2]time.Duration{perUpdate, 0})
}

func (p *pacer) publish(ctx context.Context) error {
	return p.wait(ctx, 8, [2]string{"views.publish", ""}, [2]time.Duration{perPublish, 0})
}

func (p *pacer) wait(ctx context.Context, burst int, keys [2]string, every [2]time.Duration) error {
	p.mu.Lock()
	now := p.now()
	at := now
	for i, k := range keys {
		if t := p.next[k].Add(-time.Duration(burst) * every[i]); every[i] > 0 && t.After(at) {
			at = t
		}
	}
	for i, k := range keys {
		if every[i] == 0 {
			continue
		}
		from := p.next[k]
		if from.Before(at) {
			from = at
		}
		p.next[k] = from.Add(every[i])
	}
	if len(p.next) > 4096 {
		for k, t := range p.next {
			if t.Before(now) {
				delete(p.next, k)
			}
		}
	}
	p.mu.Unlock()
	return p.sleep(ctx, at.Sub(now))
}

// hold keeps everything on that key back until a moment: Slack's Retry-After.
// The key "" is the workspace's posting as a whole.
func (p *pacer) hold(key string, until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if until.After(p.next[key]) {
		p.next[key] = until
	}
}
