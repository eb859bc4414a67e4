package localslack

import "time"

// Limits are Slack's rate limits (docs.slack.dev/apis/web-api/rate-limits). The
// zero value is off; with On the zero fields mean Slack's own sizes.
type Limits struct {
	On bool
	// Now is the clock the windows follow; nil means the world's. A benchmark
	// with a still world hands in a running one.
	Now func() time.Time
	// PerMinute is by tier, 1 to 4; zero means 10, 20, 50 and 100.
	// Tier 1, "1+ per minute", bears bursts: a reconnecting app opens a few
	// sockets in a row and is served.
	PerMinute [5]int
	// PostBurst is how many messages a conversation takes at once before one
	// second each is asked for; zero means 3.
	PostBurst int
	// PostsPerMinute is the workspace's limit over all conversations; zero means
	// 300 ("several hundred messages per minute").
	PostsPerMinute int
}

// window counts calls in one minute that begins with the first of them.
type window struct {
	start time.Time
	n     int
}

// bucket is a conversation's allowance of messages.
type bucket struct {
	at   time.Time
	left float64
}

type limiter struct {
	on        bool
	now       func() time.Time
	perMinute [5]int
	burst     float64
	workspace int
	methods   map[string]*window
	posts     map[string]*bucket
	all       window
}

func newLimiter(l Limits, now func() time.Time) *limiter {
	if l.Now != nil {
		now = l.Now
	}
	r := &limiter{on: l.On, now: now, perMinute: [5]int{0, 10, 20, 50, 100}, burst: 3, workspace: 300, methods: map[string]*window{}, posts: map[string]*bucket{}}
	for i, n := range l.PerMinute {
		if n > 0 {
			r.perMinute[i] = n
		}
	}
	if l.PostBurst > 0 {
		r.burst = float64(l.PostBurst)
	}
	if l.PostsPerMinute > 0 {
		r.workspace = l.PostsPerMinute
	}
	return r
}

// count takes one from a minute's window and returns the seconds to wait if
// there was none left.
func (w *window) count(now time.Time, most int) int {
	if now.Sub(w.start) >= time.Minute || w.start.After(now) {
		w.start, w.n = now, 0
	}
	if w.n >= most {
		return seconds(time.Minute - now.Sub(w.start))
	}
	w.n++
	return 0
}

func seconds(d time.Duration) int { return max(1, int((d+time.Second-1)/time.Second)) }

// method counts a call against its tier; 0 means go on.
func (r *limiter) method(name string, tier int) int {
	if !r.on || tier == 0 {
		return 0
	}
	w := r.methods[name]
	if w == nil {
		w = &window{}
		r.methods[name] = w
	}
	return w.count(r.now(), r.perMinute[tier])
}

// post counts a chat.postMessage: one a second per conversation with a burst,
// and the workspace's minute
// (docs.slack.dev/reference/methods/chat.postMessage, "Rate limiting").
func (r *limiter) post(channel string) int {
	if !r.on {
		return 0
	}
	now := r.now()
	b := r.posts[channel]
	if b == nil {
		b = &bucket{at: now, left: r.burst}
		r.posts[channel] = b
	}
	b.left = min(r.burst, b.left+now.Sub(b.at).Seconds())
	b.at = now
	if b.left < 1 {
		return seconds(time.Duration((1 - b.left) * float64(time.Second)))
	}
	if wait := r.all.count(now, r.workspace); wait > 0 {
		return wait
	}
	b.left--
	return 0
}
