package storage

import (
	"context"
	"time"

	"github.com/prospectcoach/prospectcoach/coach"
)

type ErrHeld struct{ Who string }

func (e ErrHeld) Error() string { return e.Who }

func (s *Store) Meta(ctx context.Context, key string) (string, error)    { panic("storage") }
func (s *Store) SetMeta(ctx context.Context, key, value string) error    { panic("storage") }
func (s *Store) ClaimWorkspace(ctx context.Context, teamID string) error { panic("storage") }
func (s *Store) Rep(ctx context.Context, id string) (RepRow, error)      { panic("storage") }
func (s *Store) Reps(ctx context.Context) ([]RepRow, error)              { panic("storage") }
func (s *Store) SaveRep(ctx context.Context, r RepRow) error             { panic("storage") }
func (s *Store) UpdateRep(ctx context.Context, id string, fn func(*RepRow) error) error {
	panic("storage")
}
func (s *Store) NudgesDue(ctx context.Context, now time.Time, limit int) ([]RepRow, error) {
	panic("storage")
}

type RepRow struct {
	coach.Rep
	Handle    string
	DM        string
	Welcomed  bool
	NextNudge time.Time
	LastWhy   time.Time
	HomeSeen  time.Time
}

type ListQuery struct {
	Owner         string
	States        []coach.State
	DueBy         coach.Date
	Words         string
	Limit, Offset int
	OrderDue      bool
}

type Row struct {
	ID                   int64
	Owner                string
	Added                time.Time
	Name, Company, Title string
	State                coach.State
	Situation            coach.Situation
	Due                  coach.Date
	Urgency              coach.Urgency
	Level                coach.Level
	Purchase             coach.Purchase
	SnoozedUntil         coach.Date
	ComeBack             coach.Date
	Attempts             int
	LastTouch            coach.Date
	NeverContact         bool
}

func (s *Store) Prospect(ctx context.Context, id int64) (coach.Prospect, error) { panic("storage") }
func (s *Store) List(ctx context.Context, q ListQuery) ([]Row, int, error)      { panic("storage") }
func (s *Store) Full(ctx context.Context, q ListQuery) ([]coach.Prospect, error) {
	panic("storage")
}
func (s *Store) Find(ctx context.Context, owner, name string) ([]Row, error) { panic("storage") }
func (s *Store) FindRun(ctx context.Context, owner string, words []string) (hits []Row, used int, err error) {
	panic("storage")
}
func (s *Store) Duplicates(ctx context.Context, p coach.Prospect) ([]Row, error) { panic("storage") }
func (s *Store) SameCompany(ctx context.Context, company, exceptOwner string) ([]Row, error) {
	panic("storage")
}
func (s *Store) DueCounts(ctx context.Context, owner string, from, to coach.Date) (map[coach.Date]int, error) {
	panic("storage")
}
func EmailKey(email string) string { panic("storage") }
func PhoneKey(phone string) string { panic("storage") }

type Change struct {
	Key, Rep, Label string
	At              time.Time
}
type Done struct {
	ID       int64
	Repeated bool
}
type Undone struct {
	Label     string
	Prospects []int64
	Reps      []string
	Repeated  bool
}
type Tx struct{}

func (s *Store) Change(ctx context.Context, c Change, fn func(tx *Tx) error) (Done, error) {
	panic("storage")
}
func (s *Store) Undo(ctx context.Context, c Change, id int64) (Undone, error) { panic("storage") }
func (s *Store) Forget(ctx context.Context, c Change, id int64) ([]Message, error) {
	panic("storage")
}
func (s *Store) Import(ctx context.Context, c Change) (*Import, error) { panic("storage") }

type Import struct{}

func (i *Import) Add(ctx context.Context, ps []*coach.Prospect) error { panic("storage") }
func (i *Import) Finish(ctx context.Context, fn func(tx *Tx) error) (Done, error) {
	panic("storage")
}
func (i *Import) Abort(ctx context.Context) error { panic("storage") }

func (tx *Tx) ID() int64                                  { panic("storage") }
func (tx *Tx) Prospect(id int64) (*coach.Prospect, error) { panic("storage") }
func (tx *Tx) Add(p *coach.Prospect) error                { panic("storage") }
func (tx *Tx) SetLabel(label string)                      { panic("storage") }
func (tx *Tx) Rep(id string) (*RepRow, error)             { panic("storage") }
func (tx *Tx) AddNugget(n *coach.Nugget) error            { panic("storage") }
func (tx *Tx) RemoveNugget(n int64) error                 { panic("storage") }
func (tx *Tx) Nuggets() ([]coach.Nugget, error)           { panic("storage") }
func (tx *Tx) Queue(m Message) error                      { panic("storage") }
func (tx *Tx) Dismiss(prospect int64) error               { panic("storage") }
func (tx *Tx) NeverContact(hashes ...[]byte) error        { panic("storage") }
func (tx *Tx) IsNeverContact(hashes ...[]byte) (bool, error) {
	panic("storage")
}
func (s *Store) IsNeverContact(ctx context.Context, hashes ...[]byte) (bool, error) {
	panic("storage")
}
func (s *Store) Nuggets(ctx context.Context) ([]coach.Nugget, error) { panic("storage") }
func (s *Store) Evidence(ctx context.Context, since coach.Date) (coach.Evidence, error) {
	panic("storage")
}
func (s *Store) Week(ctx context.Context, rep string, from, to coach.Date) ([]coach.WeekTouch, []coach.WeekEnd, error) {
	panic("storage")
}
func (s *Store) CountLastTries(ctx context.Context, rep string) (int, error)      { panic("storage") }
func (s *Store) Seen(ctx context.Context, key string, at time.Time) (bool, error) { panic("storage") }
func (s *Store) Slot(ctx context.Context, name string) (time.Time, error)         { panic("storage") }
func (s *Store) SetSlot(ctx context.Context, name string, slot time.Time) error   { panic("storage") }
func (s *Store) Fire(ctx context.Context, name string, slot time.Time, msgs []Message) (bool, error) {
	panic("storage")
}
func (s *Store) FireNudge(ctx context.Context, rep string, was, next time.Time, m *Message) (bool, error) {
	panic("storage")
}

type Message struct {
	ID          int64
	Key         string
	Kind        string
	Rep         string
	Day         coach.Date
	Slot        string
	Prospect    int64
	Priority    int
	State       string
	Attempts    int
	Looks       int
	RunAt       time.Time
	LeaseUntil  time.Time
	Worker      string
	Channel, TS string
}

const (
	Pending = "pending"
	Sending = "sending"
	Sent    = "sent"
	Unknown = "unknown"
	Dropped = "dropped"
)

func (s *Store) Queue(ctx context.Context, m Message) error { panic("storage") }
func (s *Store) TakeLease(ctx context.Context, name, holder string, now, until time.Time) (bool, error) {
	panic("storage")
}
func (s *Store) Claim(ctx context.Context, worker string, now, lease time.Time, n int) ([]Message, error) {
	panic("storage")
}
func (s *Store) Sending(ctx context.Context, m Message) (bool, error) { panic("storage") }
func (s *Store) Sent(ctx context.Context, m Message, channel, ts string) (bool, error) {
	panic("storage")
}
func (s *Store) Renew(ctx context.Context, m Message, lease time.Time) (bool, error) {
	panic("storage")
}
func (s *Store) Release(ctx context.Context, m Message, runAt time.Time) error { panic("storage") }
func (s *Store) Unclear(ctx context.Context, m Message) error                  { panic("storage") }
func (s *Store) Drop(ctx context.Context, m Message, why string) error         { panic("storage") }
func (s *Store) Expired(ctx context.Context, now time.Time) (int, error)       { panic("storage") }
func (s *Store) Unknowns(ctx context.Context, worker string, now, lease time.Time, n int) ([]Message, error) {
	panic("storage")
}
func (s *Store) Supersede(ctx context.Context, kind, rep string, before coach.Date) (int, error) {
	panic("storage")
}

type OutboxStats struct {
	Counts map[string]int
	Oldest time.Time
}

func (s *Store) OutboxStats(ctx context.Context) (OutboxStats, error) { panic("storage") }
func (s *Store) NextRun(ctx context.Context) (time.Time, error)       { panic("storage") }
func (s *Store) Posted(ctx context.Context, kind, rep string, day coach.Date) (Message, error) {
	panic("storage")
}
func (s *Store) Prune(ctx context.Context, before time.Time) (int, error) { panic("storage") }
func (s *Store) Backup(ctx context.Context, path string) error            { panic("storage") }
