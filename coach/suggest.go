package coach

import "time"

// Case is all that is known about one prospect at one moment. Functions of
// Case read it and change nothing, but for those in life*.go and settle.go.
type Case struct {
	*Playbook
	Now      time.Time // in the rep's zone or any other; the rep's zone decides the day
	Rep      *Rep
	Prospect *Prospect
	Nuggets  []Nugget
	Evidence Evidence // the team's own figures (A4, V8b); may be empty
}

// Advice answers everything at once (product: advise). The zero Date is "".
type Advice struct {
	Attempts     int
	PlanLength   int
	Due          Date
	OverdueDays  int
	Level        Level // as used
	LevelGuessed bool
	Verdict      Verdict
	Suggestion   *Suggestion // nil when none is due to be made
	Alternatives []Option
	Missing      []Missing
	Questions    []string
	Plan         []Step
	MovesOn      Date
	AsksOn       Date // C6: when a met prospect's next meeting is asked about
	Silence      Silence
}

// Suggestion is what the coach proposes for the next touch.
type Suggestion struct {
	Attempt   int
	Channel   Channel
	Angle     Angle
	Why       string // A5
	Subject   string // of an email
	Draft     string // what to send; for call the opener
	Voicemail string // for call and voicemail
	Pair      *Pair  // the email that follows a voicemail (H2); nil without one
	Uses      []Ref
	Variant   string
}

// Pair is the companion email of a voicemail.
type Pair struct {
	Channel Channel
	Subject string
	Draft   string
}

// Option is another way the next touch could go (A2).
type Option struct {
	Channel Channel
	Angle   Angle
}

// Missing names an angle that is closed and the one fact that would open it.
type Missing struct {
	Angle Angle
	Say   string
}

// Step is one attempt of the plan (V7).
type Step struct {
	On      Date
	Channel Channel
	Angle   Angle
}

// Silence is counted honestly (C10): days since we last wrote, and since they
// did (-1 when they never did). TooThin is set when the effort is no longer felt.
type Silence struct {
	Ours, Theirs int
	TooThin      bool
	Say          string
}

// Evidence is what the team's own history says (A4, V8b).
type Evidence struct {
	Angles   map[Situation]map[Angle]Rate
	Attempts []int // Attempts[n] replies that came at attempt n, index 0 unused
}

// Rate counts attempts made with an angle and the replies they earned.
type Rate struct{ Tried, Replied int }
