package coach

import "time"

// Level of the prospect in their company; "" means guess from the title (C4).
type Level string

// The levels of C1, lowest first.
const (
	IC       Level = "ic"
	Manager  Level = "manager"
	Director Level = "director"
	VP       Level = "vp"
	CSuite   Level = "c_suite"
)

// Levels in order, lowest first.
var Levels = []Level{IC, Manager, Director, VP, CSuite}

// Purchase is how big a decision it is for them; "" means standard.
type Purchase string

// The purchases of C1, most frequent first.
const (
	Commodity Purchase = "commodity"
	Standard  Purchase = "standard"
	Capital   Purchase = "capital"
)

// Purchases in order, most frequent first.
var Purchases = []Purchase{Commodity, Standard, Capital}

// Urgency the prospect expressed; "" means normal.
type Urgency string

// The urgencies of C1, highest first.
const (
	High   Urgency = "high"
	Normal Urgency = "normal"
	Low    Urgency = "low"
)

// Urgencies in order, highest first.
var Urgencies = []Urgency{High, Normal, Low}

// Situation is why we are talking to them now.
type Situation string

// The six situations.
const (
	Cold         Situation = "cold"
	Existing     Situation = "existing"
	Dormant      Situation = "dormant"
	Met          Situation = "met"
	BlownOff     Situation = "blown_off"
	ProposalSent Situation = "proposal"
)

// Situations in the order of the documentation.
var Situations = []Situation{Cold, Existing, Dormant, Met, BlownOff, ProposalSent}

// State of a prospect.
type State string

// The seven states.
const (
	Waiting State = "waiting" // imported or handed over, not begun (C11)
	Active  State = "active"
	Snoozed State = "snoozed"  // until SnoozedUntil
	Engaged State = "engaged"  // they answered (V9)
	MovedOn State = "moved_on" // with an optional ComeBack (V8)
	Won     State = "won"
	Stopped State = "stopped" // V5
)

// States in the order in which a person meets them.
var States = []State{Waiting, Active, Snoozed, Engaged, MovedOn, Won, Stopped}

// Line says what kind of telephone line the number is (H3).
type Line string

// The three lines; "" means unknown.
const (
	Switchboard Line = "switchboard"
	Mobile      Line = "mobile"
	Direct      Line = "direct"
)

// Prospect is a person at a company whom one rep pursues, with the whole life:
// facts, touches, campaigns. Its ID is the short number people type (12); it
// never changes and is never reused. Slices are oldest first.
type Prospect struct {
	ID    int64
	Owner string // Slack user id of the rep
	Added time.Time

	Name, Company, Title   string
	Email, Phone, LinkedIn string
	Line                   Line
	EmailBad, PhoneBad     bool // a bounce or bad data made it unusable (H1)
	Industry               string
	Zone                   string // IANA name, "" if unknown (C5)
	Level                  Level  // "" means guessed from Title (C4)
	Purchase               Purchase
	Urgency                Urgency

	State        State
	SnoozedUntil Date   // first day it is due again
	AwayUntil    Date   // C9: the last day away
	ComeBack     Date   // V8: when a moved-on prospect comes back; 0 never
	NextAsk      Date   // C12: when an engaged prospect is asked about next; 0 none
	Asked        int    // C12: how often an engaged one was asked
	LastTalk     Date   // the last real talk with them
	MetOn        Date   // C6: the day of the talk the met campaign follows up
	NextMeeting  Date   // C6
	NeverContact bool   // V5: asked not to be contacted
	StopReason   string // V5: in a few words

	Gatekeeper Gatekeeper
	Facts      []Fact
	Touches    []Touch
	Skips      []Skip
	Campaigns  []Campaign // never empty once begun; the last one is the current
	Declined   []Decline  // A2: declined for the attempt now due
	Warned     int        // V6: number of the campaign in which early giving-up was answered once

	// Due is an index only: the day it wants attention, rewritten with every
	// change from what really happened (C8). 0 means never.
	Due Date
}

// Gatekeeper is the assistant or receptionist.
type Gatekeeper struct {
	Name     string
	Said     string
	BestTime string // C5: "[weekday] [HH[:MM] | before HH | after HH]"; anything else is only shown
	NoChance bool   // V5: made clear that there is no chance
	Since    Date   // H3: the day this person became known; 0 unknown
	BestOn   Date   // C5: the day the best time was told; 0 unknown
}

// FactKind says what sort of thing is known about the prospect.
type FactKind string

// The four kinds of facts.
const (
	Research     FactKind = "research"
	Said         FactKind = "said"
	Introduction FactKind = "introduction"
	Trigger      FactKind = "trigger"
)

// FactKinds in the order of the documentation.
var FactKinds = []FactKind{Research, Said, Introduction, Trigger}

// Fact is something known about the prospect, usable once (A1).
type Fact struct {
	ID   int64
	Kind FactKind
	Text string
	On   Date
}

// NuggetKind says what sort of asset a nugget is.
type NuggetKind string

// The four kinds of nuggets.
const (
	NuggetOutcome  NuggetKind = "outcome"
	NuggetStory    NuggetKind = "story"
	NuggetIssue    NuggetKind = "issue"
	NuggetResource NuggetKind = "resource"
)

// NuggetKinds in the order of the documentation.
var NuggetKinds = []NuggetKind{NuggetOutcome, NuggetStory, NuggetIssue, NuggetResource}

// Nugget is a team asset: reusable across prospects, once per prospect (A1).
type Nugget struct {
	ID   int64
	Kind NuggetKind
	Text string
}
