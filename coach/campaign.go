package coach

// End says how a campaign ended; "" while it runs.
type End string

// The ends of a campaign.
const (
	EndReply     End = "reply"     // V9
	EndMovedOn   End = "moved_on"  // V1, or earlier by the rep's choice
	EndStopped   End = "stopped"   // V5
	EndRestarted End = "restarted" // a new situation took its place
)

// Answer is what came of a reply.
type Answer string

// The answers; AnswerUnknown until the rep says what came of it.
const (
	AnswerUnknown     Answer = ""
	AnswerMeeting     Answer = "meeting"
	AnswerInterested  Answer = "interested" // they are talking, and no day is set
	AnswerLater       Answer = "later"
	AnswerNo          Answer = "no"
	AnswerWrongPerson Answer = "wrong-person"
	AnswerDNC         Answer = "dnc"
	AnswerWon         Answer = "won"
)

// Answers in the order of the documentation.
var Answers = []Answer{AnswerMeeting, AnswerInterested, AnswerLater, AnswerNo, AnswerWrongPerson, AnswerDNC, AnswerWon}

// Campaign is a run of attempts on one prospect in one situation, from its
// start until a reply, a move-on or a stop.
type Campaign struct {
	No        int // from 1, within the prospect's life
	Situation Situation
	Starts    Date // the first attempt is due that day (C0)

	Ended  Date
	End    End
	Reason string
	Answer Answer

	// What earned the reply (V8): of the last attempt before it.
	Angle   Angle
	Channel Channel
	Attempt int

	// Early is set when the rep moved on while V1 did not hold (V6).
	Early bool
	// LastTries is set once the last tries have begun; they are not left (V2).
	LastTries bool
}
