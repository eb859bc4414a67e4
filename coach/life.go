package coach

// Begin starts the prospect's first campaign in situation s (C0): active, the
// first attempt due on starts, or on the day C0 names if starts is zero.
func (c Case) Begin(s Situation, starts Date) error { panic("life") }

// Import puts the prospect into the waiting state (C11).
func (c Case) Import(s Situation) error { panic("life") }

// LetIn makes a waiting prospect active today (C11).
func (c Case) LetIn() error { panic("life") }

// Log records a touch (On zero means today), renumbers the attempts of the
// campaign, and does what the outcome means: spoke ends the campaign (V9),
// bounced makes the address unusable, call with left becomes a voicemail.
// It answers the touch as recorded.
func (c Case) Log(t Touch) (Touch, error) { panic("life") }

// Skip leaves out the attempt now due (C8); "bounced" and "bad-data" make the
// channel that was due unusable.
func (c Case) Skip(reason string) error { panic("life") }

// Reply ends the campaign (V9) with what came of it; until is the meeting's or
// the later day. meeting plans the question after it, later the next date
// (C12), no stops, dnc stops for good (V5), wrong-person stops, won wins. It
// may be called again on an engaged prospect to say what came of the answer.
func (c Case) Reply(a Answer, on, until Date, words string) error { panic("life") }

// Met starts a campaign in situation met (C6): the talk was on on, the next
// meeting on next (zero for none).
func (c Case) Met(on, next Date) error { panic("life") }

// Restart starts a new campaign in situation s.
func (c Case) Restart(s Situation) error { panic("life") }

// Snooze until a day after today.
func (c Case) Snooze(until Date) error { panic("life") }

// Away: the prospect is out of office, until is the last day away (C9).
func (c Case) Away(until Date) error { panic("life") }

// MoveOn ends the campaign (V6, V8); again is the day to come back as
// dormant, zero for never.
func (c Case) MoveOn(again Date, reason string) error { panic("life") }

// Reopen starts a new campaign for a prospect that moved on, stopped, was won
// or is engaged (C0); dormant unless it never talked.
func (c Case) Reopen() error { panic("life") }

// Wake does what the calendar brings without anybody asking: a snoozed
// prospect whose day has come is active again, a moved-on one comes back as
// dormant (V8). It tells whether anything changed.
func (c Case) Wake() bool { panic("life") }

// Reindex rewrites Prospect.Due (C8); call it after every change.
func (c Case) Reindex() { panic("life") }

// Note adds a fact, answering it.
func (c Case) Note(kind FactKind, text string) (Fact, error) { panic("life") }

// NoteGatekeeper records what the gatekeeper is or said: "Ana, try before 9"
// sets the name and a best time (C5), "no chance" sets NoChance (V5).
func (c Case) NoteGatekeeper(text string) error { panic("life") }

// Decline puts the suggested angle aside for this attempt (A2).
func (c Case) Decline(s Suggestion) { panic("life") }

// Advise answers everything at once.
func (c Case) Advise() Advice { panic("advise") }

// Hint is the little of Advise that a list needs: cheap, no drafts, no plan.
type Hint struct {
	Attempts, PlanLength int
	Due                  Date
	OverdueDays          int
	Verdict              VerdictKind
	Until                Date
}

// Hint is the little of Advise that a list needs.
func (c Case) Hint() Hint { panic("advise") }
