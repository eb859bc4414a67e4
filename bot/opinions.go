package bot

import (
	"hash/maphash"
	"math"
	"slices"
	"sync"

	"github.com/prospectcoach/prospectcoach/coach"
	"github.com/prospectcoach/prospectcoach/storage"
)

// The coach's word on a prospect depends on the life, the day, the rep, the
// nuggets and the playbook, and on nothing else as far as a list shows it: the
// team's figures only choose among the angles, which a list does not name. So
// what was said is remembered, and a list looked at again needs no whole lives.
// The memory is a fixed number of slots without pointers; it changes the time a
// list takes, never its words.

// opinionSlots is how many words are remembered, of 32 bytes each, a few in
// each bucket: the first pages of five thousand reps leave room.
const (
	opinionSlots  = 1 << 17
	opinionBucket = 4
)

// opinion is what a list shows of the coach's advice.
type opinion struct {
	hint    coach.Hint
	meeting coach.Date
}

// remembered is a word as it is kept, under a number for all that it depends on.
type remembered struct {
	key                      uint64
	day, due, until, meeting coach.Date
	attempts, length, late   int16
	verdict, channel         uint8
}

// opinions is the memory.
type opinions struct {
	mu    sync.Mutex
	seed  maphash.Seed
	pb    *coach.Playbook
	slots []remembered
}

func newOpinions() *opinions { return &opinions{seed: maphash.MakeSeed()} }

var verdictKinds = []coach.VerdictKind{"", coach.KeepGoing, coach.LastTries, coach.WaitVerdict, coach.MoveOnVerdict, coach.StopVerdict}

// ground is one number for the rep and the nuggets.
func (w *opinions) ground(rep *coach.Rep, nuggets []coach.Nugget) uint64 {
	var h maphash.Hash
	h.SetSeed(w.seed)
	say := func(texts ...string) {
		for _, s := range texts {
			maphash.WriteComparable(&h, len(s))
			h.WriteString(s)
		}
	}
	say(rep.ID, rep.Name, rep.Company, rep.Zone.String(), rep.Country)
	maphash.WriteComparable(&h, [...]int{int(rep.WorkingDays), rep.From, rep.To, rep.NudgeAt, rep.Daily, int(rep.PausedUntil), len(rep.DaysOff)})
	maphash.WriteComparable(&h, [...]bool{rep.Paused, rep.Gone})
	for _, s := range rep.DaysOff {
		maphash.WriteComparable(&h, s)
	}
	for _, n := range nuggets {
		maphash.WriteComparable(&h, n.ID)
		say(string(n.Kind), n.Text)
	}
	return h.Sum64()
}

// bucket is where the word on a prospect may be kept, under w.mu, and key the
// number for the row, the day and what the word rests on.
func (w *opinions) bucket(id int64) []remembered {
	from := uint64(id) % (opinionSlots / opinionBucket) * opinionBucket
	return w.slots[from : from+opinionBucket]
}

func (w *opinions) key(ground uint64, day coach.Date, row storage.Row) uint64 {
	return maphash.Comparable(w.seed, [...]uint64{uint64(row.ID), uint64(row.Stamp), ground, uint64(day)})
}

// recall answers what was said of that row under the same conditions.
func (w *opinions) recall(pb *coach.Playbook, ground uint64, day coach.Date, row storage.Row) (opinion, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.pb != pb || w.slots == nil || row.Stamp == 0 {
		return opinion{}, false
	}
	key := w.key(ground, day, row)
	for _, r := range w.bucket(row.ID) {
		if r.key == key && r.day == day {
			return opinion{hint: coach.Hint{
				Attempts: int(r.attempts), PlanLength: int(r.length), Due: r.due, OverdueDays: int(r.late),
				Verdict: verdictKinds[r.verdict], Until: r.until, Channel: channelAt(int(r.channel)),
			}, meeting: r.meeting}, true
		}
	}
	return opinion{}, false
}

// learn keeps what was said of a row.
func (w *opinions) learn(pb *coach.Playbook, ground uint64, day coach.Date, row storage.Row, said opinion) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if row.Stamp == 0 {
		return // an import is not done with it yet
	}
	if w.pb != pb || w.slots == nil {
		w.pb, w.slots = pb, make([]remembered, opinionSlots)
	}
	h := said.hint
	kind, channel := slices.Index(verdictKinds, h.Verdict), slices.Index(coach.Channels, h.Channel)+1
	if kind < 0 || h.Channel != "" && channel == 0 || max(h.Attempts, h.PlanLength, h.OverdueDays) > math.MaxInt16 {
		return // a word this memory has no room for
	}
	key, bucket := w.key(ground, day, row), w.bucket(row.ID)
	at := int(key % opinionBucket) // whose place it takes if all are of today
	for i, r := range bucket {
		if r.key == key || r.day != day {
			at = i
			break
		}
	}
	bucket[at] = remembered{
		key: key, day: day, due: h.Due, until: h.Until, meeting: said.meeting,
		attempts: int16(h.Attempts), length: int16(h.PlanLength), late: int16(h.OverdueDays), verdict: uint8(kind), channel: uint8(channel),
	}
}

// channelAt is the channel by its place, counted from one; "" for none.
func channelAt(i int) coach.Channel {
	if i == 0 {
		return ""
	}
	return coach.Channels[i-1]
}
