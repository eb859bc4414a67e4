package bot

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/prospectcoach/prospectcoach/storage"
)

// Slack's budgets, kept by pacing and not by failing: so many calls of a
// method over all replicas.
var (
	posting    = storage.Pace{Name: "chat.postMessage", Every: time.Second / 4}
	updating   = storage.Pace{Name: "chat.update", Every: time.Minute / 45}
	publishing = storage.Pace{Name: "views.publish", Every: time.Minute / 90}
	looking    = storage.Pace{Name: "conversations.history", Every: time.Minute / 45}
	reading    = storage.Pace{Name: "conversations.replies", Every: time.Minute / 45}
	deleting   = storage.Pace{Name: "chat.delete", Every: time.Minute / 45}
)

const perConversation = time.Second

// How far calls for which a person waits may go ahead of the even pace: so
// many at once, then evenly. What nobody asked for comes after them.
const (
	answersAhead = 2
	updatesAhead = 4
	homesAhead   = 8
)

// pacer hands out moments at which a call may be made. A moment is taken when
// it is asked for, so that the clock may stand still (stories, demo) and the
// waiting may be skipped without losing count. A process that is alone counts
// by itself; several count in the database.
type pacer struct {
	mu    sync.Mutex
	now   func() time.Time
	sleep func(context.Context, time.Duration) error
	next  map[string]time.Time // budget to the earliest even moment of its next call
	held  map[string]time.Time // budget to the end of Slack's Retry-After
	// shared takes the moments for all replicas; nil moments when we are alone.
	shared func(ctx context.Context, now time.Time, paces []storage.Pace) []storage.Moment
}

func newPacer(now func() time.Time, sleep func(context.Context, time.Duration) error) *pacer {
	return &pacer{
		now: now, sleep: sleep, next: map[string]time.Time{}, held: map[string]time.Time{},
		shared: func(context.Context, time.Time, []storage.Pace) []storage.Moment { return nil },
	}
}

// post waits until a message may go to that conversation. A person's own
// answer may go that many messages ahead of the even pace; what nobody asked
// for has none and comes after it.
func (p *pacer) post(ctx context.Context, conversation string, ahead int) error {
	return p.wait(ctx, ahead, posting, storage.Pace{Name: posting.Name + ":" + conversation, Every: perConversation})
}

// update waits until chat.update may be called, publish until views.publish
// may, look until conversations.history may, read until conversations.replies
// may, remove until chat.delete may.
func (p *pacer) update(ctx context.Context) error  { return p.wait(ctx, updatesAhead, updating) }
func (p *pacer) publish(ctx context.Context) error { return p.wait(ctx, homesAhead, publishing) }
func (p *pacer) look(ctx context.Context) error    { return p.wait(ctx, 0, looking) }
func (p *pacer) read(ctx context.Context) error    { return p.wait(ctx, 0, reading) }
func (p *pacer) remove(ctx context.Context) error  { return p.wait(ctx, 0, deleting) }

// glance counts a call that a person waits for. It does not wait itself: what
// nobody waits for gives way to it.
func (p *pacer) glance(budget storage.Pace) { p.take(p.now(), 0, []storage.Pace{budget}) }

// errFar says that the next moment lies too far ahead for whoever asked.
var errFar = errors.New("no moment in time at the pace of Slack")

// wait takes the next moment in each of the budgets and waits for the last of
// them. A moment that comes too late for ctx is given back.
func (p *pacer) wait(ctx context.Context, ahead int, paces ...storage.Pace) error {
	now := p.now()
	at := p.take(now, ahead, paces)
	for i, m := range p.shared(ctx, now, paces) {
		at = later(at, m.At.Add(-time.Duration(ahead)*paces[i].Every))
		at = later(at, p.hold(paces[i].Name, m.Held))
	}
	err := p.sleep(ctx, at.Sub(now))
	if errors.Is(err, errFar) {
		p.giveBack(paces)
	}
	return err
}

func (p *pacer) giveBack(paces []storage.Pace) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, k := range paces {
		p.next[k.Name] = p.next[k.Name].Add(-k.Every)
	}
}

// take is what this process alone would have to wait for.
func (p *pacer) take(now time.Time, ahead int, paces []storage.Pace) (at time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	at = now
	for _, k := range paces {
		even := later(p.next[k.Name], now)
		p.next[k.Name] = even.Add(k.Every)
		at = later(at, even.Add(-time.Duration(ahead)*k.Every))
		at = later(at, p.held[k.Name])
	}
	if len(p.next) > 4096 {
		for k, t := range p.next {
			if t.Before(now) {
				delete(p.next, k)
			}
		}
	}
	return at
}

// hold keeps a budget back until a moment, Slack's Retry-After, and answers
// the latest such moment. What waits goes out evenly afterwards.
func (p *pacer) hold(name string, until time.Time) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	if until.After(p.held[name]) {
		p.held[name] = until
		p.next[name] = later(p.next[name], until)
	}
	return p.held[name]
}

// heldUntil is when Slack's last Retry-After on that budget ends or ended.
func (p *pacer) heldUntil(budget storage.Pace) time.Time { return p.hold(budget.Name, time.Time{}) }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// sharedPace takes moments in the database when other replicas are up. When it
// does not answer, the own count has to do: an answer is worth more than an
// exact pace, and Slack says so if it was too fast.
func (b *Bot) sharedPace(ctx context.Context, now time.Time, paces []storage.Pace) []storage.Moment {
	if b.fleet.alone() {
		return nil
	}
	moments, err := b.Store.TakePace(ctx, now, paces...)
	if err != nil {
		b.Log.WithError(err).Warn("Slack's budget could not be shared with the other replicas")
		return nil
	}
	return moments
}

// hold keeps all replicas from a budget for as long as Slack asks.
func (b *Bot) hold(ctx context.Context, budget storage.Pace, wait time.Duration) {
	until := b.now().Add(wait)
	b.pace.hold(budget.Name, until)
	if err := b.Store.HoldPace(context.WithoutCancel(ctx), budget.Name, until); err != nil {
		b.Log.WithError(err).Warn("the other replicas could not be told of Slack's Retry-After")
	}
}

// waitOut is the longest Retry-After that is waited out where nothing else says
// how long there is time.
const waitOut = 15 * time.Second

// paced makes a call of a budget when its turn has come, and once more when
// Slack asks for a wait that there is time for.
func (b *Bot) paced(ctx context.Context, budget storage.Pace, turn func(context.Context) error, call func() error) error {
	for again := true; ; again = false {
		if err := turn(ctx); err != nil {
			return err
		}
		err := call()
		wait, limited := retryAfter(err)
		if limited {
			b.hold(ctx, budget, wait)
		}
		_, timed := ctx.Deadline() // then the turn decides
		if !limited || !again || wait > waitOut && !timed {
			return err
		}
	}
}
