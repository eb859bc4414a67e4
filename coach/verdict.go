package coach

// VerdictKind says whether to go on.
type VerdictKind string

// The five verdicts (section 5).
const (
	KeepGoing     VerdictKind = "keep_going"
	LastTries     VerdictKind = "last_tries"
	WaitVerdict   VerdictKind = "wait"
	MoveOnVerdict VerdictKind = "move_on"
	StopVerdict   VerdictKind = "stop"
)

// Verdict is the word on the whole campaign, with its list of ticks (V1).
type Verdict struct {
	Kind   VerdictKind
	Until  Date // for wait
	Say    string
	Checks []Check
}

// Check is one tick of V1: attempts, reworked, channels, asked, silence.
type Check struct {
	ID   string
	OK   bool
	Have int
	Need int
	Say  string
}
