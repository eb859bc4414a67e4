package storage

import (
	"context"
	"database/sql"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

// The states of a message.
const (
	Pending = "pending" // waits for RunAt; claimed by a worker when Worker is set
	Sending = "sending" // the call may be on its way
	Sent    = "sent"    // Slack has it, at Channel and TS
	Unknown = "unknown" // the call's answer never came: look before sending again
	Dropped = "dropped" // nothing to send any more
)

// Message is a row of the outbox: something the bot says unasked. It holds no
// text; that is built when it is sent.
type Message struct {
	ID       int64
	Key      string // unique for ever: kind, rep, local day, slot
	Kind     string
	Rep      string
	Day      coach.Date
	Slot     string
	Prospect int64 // 0 when it is about several or none
	Priority int   // lower goes first

	State      string
	Attempts   int       // how often it was claimed; with Worker it fences late answers off
	Failures   int       // how often it could not be made, or Slack refused it
	Looks      int       // how often it was looked for and not found since its fate is unknown
	RunAt      time.Time // not before; for an unknown one: not looked at before
	LeaseUntil time.Time // how long it is Worker's
	Worker     string
	Channel    string // where it was posted
	TS         string
}

func messageColumns(m *Message) []column {
	return []column{
		number("id", &m.ID), text("key", &m.Key), text("kind", &m.Kind), text("rep", &m.Rep), day("day", &m.Day),
		text("slot", &m.Slot), number("prospect", &m.Prospect), number("priority", &m.Priority), text("state", &m.State),
		number("attempts", &m.Attempts), number("failures", &m.Failures), number("looks", &m.Looks), instant("run_at", &m.RunAt), instant("lease_until", &m.LeaseUntil),
		text("worker", &m.Worker), text("channel", &m.Channel), text("ts", &m.TS),
	}
}

var messageSelect = names(messageColumns(&Message{}))

// Queue puts a message into the outbox unless its key is there already.
func (s *Store) Queue(ctx context.Context, m Message) error {
	return s.write(ctx, "queueing a message", func(q querier) error { return q.queue(0, m) })
}

// queue takes what a new message may say; the rest begins at nothing.
func (q querier) queue(change int64, m Message) error {
	fresh := Message{Key: m.Key, Kind: m.Kind, Rep: m.Rep, Day: m.Day, Slot: m.Slot, Prospect: m.Prospect, Priority: m.Priority, RunAt: m.RunAt, State: Pending}
	cols := append(messageColumns(&fresh)[1:], column{name: "change_id", arg: change})
	_, err := q.exec(insertInto("outbox", cols)+" ON CONFLICT (key) DO NOTHING", args(cols)...)
	return err
}

// Posted is the sent message of that kind to that rep for that day, to update
// or delete it; [ErrNotFound] when there is none.
func (s *Store) Posted(ctx context.Context, kind, rep string, on coach.Date) (m Message, err error) {
	err = s.read(ctx, "looking for a message", func(q querier) error {
		ms, err := q.messages("WHERE rep = $1 AND kind = $2 AND day = $3 AND state = 'sent' ORDER BY id DESC LIMIT 1", rep, kind, on.String())
		if err == nil && len(ms) == 0 {
			return ErrNotFound
		}
		if err == nil {
			m = ms[0]
		}
		return err
	})
	return m, err
}

func (q querier) messages(rest string, args ...any) (ms []Message, err error) {
	read := readerOf(messageColumns)
	err = q.each("SELECT "+messageSelect+" FROM outbox "+rest, args, func(rows *sql.Rows) error {
		m, err := read.row(rows)
		ms = append(ms, m)
		return err
	})
	return ms, err
}

// OutboxStats are the figures for health and metrics.
type OutboxStats struct {
	Counts map[string]int // those that are not over, by state
	Oldest time.Time      // RunAt of the pending message that waits longest; zero if none waits
}

// OutboxStats counts what is not over: each part by an index of its own that
// holds nothing else, so that a year of sent messages costs nothing.
func (s *Store) OutboxStats(ctx context.Context) (st OutboxStats, err error) {
	st.Counts = map[string]int{}
	var oldest int64
	err = s.read(ctx, "counting the outbox", func(q querier) error {
		return q.each(`SELECT 'pending', count(*), coalesce(min(run_at), 0) FROM outbox WHERE state = 'pending' AND worker = ''
			UNION ALL SELECT 'unknown', count(*), 0 FROM outbox WHERE state = 'unknown' AND lease_until = 0
			UNION ALL SELECT state, count(*), min(run_at) FROM outbox WHERE lease_until > 0 GROUP BY state`, nil, func(rows *sql.Rows) error {
			var state string
			var n int
			var first int64
			err := rows.Scan(&state, &n, &first)
			if n > 0 {
				st.Counts[state] += n
			}
			if state == Pending && first > 0 && (oldest == 0 || first < oldest) {
				oldest = first
			}
			return err
		})
	})
	st.Oldest = fromMillis(oldest)
	return st, err
}

// Unsettled counts the messages whose fate may be looked up now, or whose
// worker's lease ran out: what somebody left behind.
func (s *Store) Unsettled(ctx context.Context, now time.Time) (n int, err error) {
	err = s.read(ctx, "reading the outbox", func(q querier) error {
		return q.one(`SELECT (SELECT count(*) FROM outbox WHERE state = 'unknown' AND run_at <= $1 AND lease_until = 0)
			+ (SELECT count(*) FROM outbox WHERE lease_until > 0 AND lease_until < $1)`, []any{millis(now)}, &n)
	})
	return n, err
}

// Upcoming are up to n pending messages whose turn comes by then: those due now
// in the order of [Store.Claim], then the others. Nothing is claimed.
func (s *Store) Upcoming(ctx context.Context, now, by time.Time, n int) (ms []Message, err error) {
	err = s.read(ctx, "reading the outbox", func(q querier) error {
		ms, err = q.messages("WHERE state = 'pending' AND worker = '' AND run_at <= $2 ORDER BY run_at > $1, priority, run_at, id LIMIT $3", millis(now), millis(by), int64(n))
		return err
	})
	return ms, err
}

// NextRun is the earliest RunAt of a pending message that nobody has claimed,
// zero when there is none: when the sender has to look again.
func (s *Store) NextRun(ctx context.Context) (at time.Time, err error) {
	err = s.read(ctx, "reading the outbox", func(q querier) error {
		return q.one("SELECT coalesce(min(run_at), 0) FROM outbox WHERE state = 'pending' AND worker = ''", nil, instantDest{&at})
	})
	return at, err
}
